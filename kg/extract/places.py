"""Where in a document: the paragraphs, sections, annexes and other places that stand beside what is cited, before it or
behind, and those of the Charter, which is cited by its places alone.

A section of a section keeps both, II.B, in every language; a range is written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extract.drafts import Draft, locator_values
from kg.extract.tokens import Token
from kg.languages import LanguageRules
from kg.model import Call, Locator, Span

_NUMBER_AHEAD = re.compile(r"[A-Z]{1,4}/|(?:E?S-)?[0-9]{1,4}(?:[./-][0-9]|(?: ?[A-Z])? ?\()")
#: How far behind a name its note mark may stand.
_MARK_REACH = 2
#: What may stand between it and what it belongs to; in Arabic it is printed in parentheses.
_ROUND_MARK = " ,،，”“»》()"
_DIVISIONS = ("annex", "chapter", "section", "part")
#: The places of the Charter.
_CHARTER = ("article", "chapter", "paragraph")


class PlaceReader:
    """A passage while it is being read, with what has been said so far and the places that wait for their document.

    Its look-alikes have been folded, its tokens found. `bodies` are the places in it where a body is named, with the
    body's slug; `names` those where an instrument or event is; `calls` its note marks. The methods named `_on_…` take
    one kind of token each.
    """

    def __init__(
        self,
        folded: str,
        found: list[Token],
        rules: LanguageRules,
        *,
        bodies: Iterable[tuple[Span, str]],
        names: Iterable[Span] = (),
        calls: tuple[Call, ...] = (),
    ) -> None:
        self.text = folded
        self.found = found
        self.rules = rules
        self.calls = calls
        self.bodies = tuple(bodies)
        self.names = tuple(names)
        self.drafts: list[Draft] = []
        #: Locators right behind a note mark, by the mark.
        self.behind_calls: dict[str, Locator] = {}
        self._series: str | None = None
        self._records: str | None = None
        self._numbering: list[Span] = []
        self._forget()

    def _forget(self) -> None:
        """A new part of the sentence: nothing said before carries over, but the name of a treaty series."""
        self._run: list[Draft] = []
        self._organ: tuple[int, str] | None = None
        self._organs: list[tuple[int, str]] = []
        self._noun: tuple[int, str, str | None] | None = None
        self._noun_at: int | None = None
        self._date: tuple[int, str, str | None] | None = None
        self._maybe: tuple[Draft, Draft] | None = None
        self._vague: Draft | None = None
        self._ibid: Draft | None = None
        self._charter: Draft | None = None
        self._held: Draft | None = None
        self._in_its = False
        self._locators: list[tuple[int, str, tuple[str, ...]]] = []

    def _fits(self, key: str, start: int, end: int) -> bool:
        """Whether what stands between two places is what the language allows there; False where it has no such rule."""
        pattern = self.rules.citation.get(key)
        return pattern is not None and bool(pattern.fullmatch(self.text, start, end))

    def _text(self, token: Token) -> str:
        return self.text[token.start : token.end]

    def _take_locators(self, draft: Draft, gaps: tuple[str, ...] = ("locator_before",)) -> None:
        """Locators that stand before the number: paragraph 19 of its resolution 77/279."""
        if self._locators and any(self._fits(gap, self._locators[-1][0], draft.start) for gap in gaps):
            for _, unit, values in self._locators:
                draft.place(unit, values)
        self._locators = []

    def _on_locator(self, token: Token, unit: str) -> None:
        values = locator_values(unit, token.match.groupdict() if token.match else {}, self.rules)
        if self._of_charter(token, unit, values):
            return
        if self.drafts and self._follows(self.drafts[-1], token, unit) and not self._opens_next(token):
            self.drafts[-1].place(unit, values)
            self.drafts[-1].end = token.end
            return
        if self._locators and not self._fits("locator_gap", self._locators[-1][0], token.start):
            self._locators = []
        self._locators.append((token.end, unit, values))
        call = next(
            (c for c in self.calls if c.at <= token.start and self._marks(c, token)),
            None,
        )
        if call is not None:
            self.behind_calls[call.marker] = {**self.behind_calls.get(call.marker, {}), unit: values}
        elif call := self._call_of_named(token):
            own = {unit: values for _, unit, values in self._locators}
            self.behind_calls[call.marker] = {**self.behind_calls.get(call.marker, {}), **own}

    def _marks(self, call: Call, token: Token) -> bool:
        """Whether a place stands right behind a note mark, or with what it is about between them."""
        return not self.text[call.at : token.start].strip(_ROUND_MARK) or self._fits("mark_gap", call.at, token.start)

    def _follows(self, draft: Draft, token: Token, unit: str) -> bool:
        if self._fits("locator_gap", draft.end, token.start):
            return True
        # "… and annex II", but not "… and annex II to the report".
        owner = self.rules.citation.get("locator_of")
        alone = owner is None or not owner.match(self.text, token.end)
        return (
            unit in _DIVISIONS and alone and bool(draft.locator) and self._fits("locator_and", draft.end, token.start)
        )

    def _opens_next(self, token: Token) -> bool:
        """Whether a locator belongs to the number that comes next: ", and paragraph 7 of resolution 90/12"."""
        pattern = self.rules.citation.get("locator_before")
        between = pattern.match(self.text, token.end) if pattern else None
        if between is None or "," in between[0] or "،" in between[0]:
            return False
        return _NUMBER_AHEAD.match(self.text, between.end()) is not None

    def _call_of_named(self, token: Token) -> Call | None:
        """The note that tells where the thing is set out whose place is named: "article 17 of the Covenant¹"."""
        for name in self.names:
            if self._fits("locator_of", token.end, name.start):
                end = name.end
            elif not self.rules.noun_first and 0 <= token.start - name.end <= 1:
                end = token.end
            else:
                continue
            found = next((c for c in self.calls if 0 <= c.at - end <= _MARK_REACH), None)
            if found and not self.text[end : found.at].strip(_ROUND_MARK):
                return found
        return None

    def _of_charter(self, token: Token, unit: str, values: tuple[str, ...]) -> bool:
        """Whether a locator behind the Charter belongs to it."""
        charter = self._charter
        if charter is None or unit not in _CHARTER or not self._fits("charter_follows", charter.end, token.start):
            return False
        if not any(draft is charter for draft in self.drafts):
            self.drafts.append(charter)
        charter.place(unit, values)
        charter.end = token.end
        return True
