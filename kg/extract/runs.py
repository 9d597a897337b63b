"""Reads one passage from left to right and puts its citations together: runs of numbers with their noun, organ and
dates; "ibid."; resolutions without a number.

A run keeps its organ until another is named or the part of the sentence ends, and every number in it takes the noun
that opens or closes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from string import ascii_uppercase

from kg import dates, numerals, registry, symbols
from kg.extract.documents import DocumentReader
from kg.extract.drafts import LETTERED, Draft, base
from kg.extract.tokens import Token
from kg.model import Span

#: A document in which something is printed; no treaty.
_DOCUMENT = re.compile(r"(?!ILO/)[A-Z][A-Za-z]*/")
_OF_PARTIES = re.compile(r"\d+/(?:CP|CMP|CMA|COP)\.\d+")
#: How far behind a number its noun is looked for.
_NOUN_REACH = 12
#: How long the words before "its" may be.
_LEAD = 32
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|《[^》]*》")


def _inside(token: Token, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in spans)


@cache
def _taken_by(kind: str) -> tuple[str, str]:
    """The name of the method that takes tokens of that kind, and the detail it is told."""
    kind, _, detail = kind.partition(".")
    return f"_on_{kind.replace('-', '_')}", detail


class Reader(DocumentReader):
    """Takes the tokens of runs, and reads."""

    def read(self) -> list[Draft]:
        """The citations in the order of the words."""
        end = 0
        stop = self.rules.stop.search
        for token in self._tokens():
            if stop(self.text, end, token.start):
                self._forget()
            method, detail = _taken_by(token.kind)
            getattr(self, method)(token, detail)
            end = token.end
        # "Ibid." counts only where nothing else in its part of the sentence says what is cited.
        return [draft for draft in self.drafts if draft.form != "ibid" or not self._explained(draft)]

    def _tokens(self) -> Iterator[Token]:
        """The tokens, with the bodies named as organs; an organ inside a body's name or a quotation is none."""
        known = self.rules.organ_names
        named = [
            Token(f"{'organ' if slug in known or self._numbers_ahead(span.end) else 'owner'}.{slug}", *span, None)
            for span, slug in self.bodies
            if (slug in known or registry.entry(f"body/{slug}").symbol_prefix) and not self._sets_up(span.start)
        ]
        self._numbering = [Span(token.start, token.end) for token in named]
        found = self.found
        if named:
            found = sorted([*found, *named], key=lambda token: (token.start, -token.end))
        return (token for token in found if not (token.kind.startswith("organ") and self._covered(token)))

    def _covered(self, token: Token) -> bool:
        """Whether an organ is part of a longer body's name, or of a quotation and not right behind its noun."""
        if self.bodies and token.match:
            # One that is known under no name ("the Tuna Commission") may be part of a longer name that is known.
            stranger = token.kind.startswith("organ.stranger")
            if _inside(token, self._numbering if stranger else [span for span, _ in self.bodies]):
                return True
        return bool(self._quoted) and _inside(token, self._quoted) and not self._at_number(token)

    def _at_number(self, token: Token) -> bool:
        """Whether an organ stands right behind its noun or right behind its run, as it does in titles too."""
        if self._noun and 0 <= token.start - self._noun[0] <= 1:
            return True
        ends = [("organ_gap", self._noun[0])] if self._noun else []
        ends += [("organ_after", self._run[-1].end)] if self._run else []
        return any(end <= token.start and self._fits(gap, end, token.start) for gap, end in ends)

    def _sets_up(self, start: int) -> bool:
        """Whether a body is named as what a resolution sets up: "其设立委员会的第913(X)号决议"."""
        pattern = self.rules.citation.get("set_up")
        return pattern is not None and pattern.search(self.text, max(0, start - _LEAD), start) is not None

    @cached_property
    def _quoted(self) -> list[tuple[int, int]]:
        quotation = self.rules.citation.get("quoted", _QUOTED)
        return [match.span() for match in quotation.finditer(self.text)]

    def _numbers_ahead(self, end: int) -> bool:
        """Whether a body that is no organ of the language file is followed by numbers of its own."""
        pattern = self.rules.citation.get("organ_ahead")
        return pattern is None or pattern.match(self.text, end) is not None

    def _on_number(self, token: Token, _: str) -> None:
        number = numerals.document_number(self._text(token), self.rules)
        before = self._run[-1] if self._run and self._fits("between", self._run[-1].end, token.start) else None
        draft = Draft("number", token.start, token.end, token.end, number)
        held = self.drafts[-1] if self.drafts and self._holds(self.drafts[-1], draft) else before and self._held
        if self.rules.noun_first:
            noun = self._noun if self._noun and self._fits("noun_gap", self._noun[0], token.start) else None
            if noun and self._vague and self._vague.end == noun[0]:
                # "its previous resolutions on Iraq, in particular 1500 (2003)": the numbers say which.
                self.drafts.remove(self._vague)
                self._vague = None
            same = before or (None if noun else self._same(draft))
            draft.noun, draft.organ = noun[1:] if noun else (same.noun, same.organ) if same else (None, None)
            # "Resolution of the Council 16/21, which the Assembly …": the number is the Council's, and stays so.
            draft.closed = noun is not None and self._organ is not None and noun[0] == self._organ[0]
            self._maybe = (draft, self._run[-1]) if self._run and draft.noun is None else None
        else:
            draft.date, draft.organ = self._before_number(token)
        self._run = [*self._run, draft] if before else [draft]
        self._held = held or None
        if held and not self._printed(held, draft):
            return
        self._take_locators(draft)
        self.drafts.append(draft)
        self._letters_within(draft)
        self._more_letters(draft)

    def _same(self, draft: Draft) -> Draft | None:
        """What the passage has cited by that number, whatever its letter: "90/12 … bears the number 90/12 A"."""
        stem = (draft.number or "").rstrip(ascii_uppercase)
        return next((d for d in self.drafts if d.noun and (d.number or "").rstrip(ascii_uppercase) == stem), None)

    def _letters_within(self, first: Draft) -> None:
        """3411 A and B (XXX): a resolution for each letter, with the same words."""
        within = numerals.letters_within(self.text[first.start : first.stop], self.rules)
        for number in within[1:]:
            other = Draft("number", first.start, first.stop, first.end, number, first.organ, first.noun, first.date)
            self._run.append(other)
            self.drafts.append(other)
        first.number = within[0] if within else first.number

    def _more_letters(self, first: Draft) -> None:
        """74/255 A and B, 51/211 A to E: a resolution for each letter."""
        lettered = LETTERED.fullmatch(first.number or "")
        pattern = self.rules.citation.get("more_letters")
        last = first
        while lettered and pattern and (match := pattern.match(self.text, last.end)):
            letter = numerals.symbol(match["letter"], self.rules)
            letters = [letter]
            if self.rules.list_to.search(match[0][: -len(match["letter"])]):
                begin = LETTERED.fullmatch(last.number or "")
                letters = [chr(c) for c in range(ord(begin["letter"]) + 1 if begin else 0, ord(letter) + 1)]
            for letter in letters:
                number = lettered["base"] + letter
                last = Draft("number", match.start("letter"), match.end(), match.end(), number, first.organ, first.noun)
                last.date = first.date
                self._run.append(last)
                self.drafts.append(last)

    def _holds(self, document: Draft, draft: Draft) -> bool:
        """Whether a number is that of something printed in the document right before it: "…/Add.1, decision 1/CP.21",
        "A/74/53, chap. III, resolution 42/12"."""
        if document.form != "symbol" or not _DOCUMENT.match(document.number or ""):
            return False
        of_parties = _OF_PARTIES.fullmatch(draft.number or "") or symbols.reporting_body(document.number or "")
        if not (of_parties or document.locator):
            return False
        starts = [draft.start, *([self._noun_at] if self._noun_at is not None else [])]
        return any(
            self._fits("locator_gap", document.end, at) and not self._fits("locator_and", document.end, at)
            for at in starts
        )

    def _printed(self, document: Draft, draft: Draft) -> bool:
        """Whether what is printed in a document is cited beside it, as it is where its body is known; it is a place of
        the document in any case, and nothing of the organ that speaks."""
        noun = draft.noun or ("resolution" if self._ahead("resolution", draft.end) else "decision")
        draft.number = symbols.printed_in(document.number or "", draft.number or "")
        if _OF_PARTIES.fullmatch(draft.number):
            noun = "decision"
        document.place(noun, [draft.number])
        document.end = draft.end
        if _OF_PARTIES.fullmatch(draft.number or ""):
            return True
        draft.organ = symbols.reporting_body(document.number or "")
        draft.closed = draft.organ is not None
        return draft.closed

    def _ahead(self, noun: str, end: int) -> bool:
        """Whether that noun comes next behind a number, where nouns close their runs."""
        rule = next(rule for rule in self.rules.nouns if rule.name == noun)
        hit = rule.pattern.search(self.text, end, end + _NOUN_REACH)
        return hit is not None and self._fits("noun_gap", end, hit.start())

    def _on_noun(self, token: Token, noun: str) -> None:
        self._noun_at = token.start
        if self.rules.noun_first:
            self._noun = (token.end, noun, self._organ_of_noun(token))
            return
        if self._run and self._fits("noun_gap", self._run[-1].end, token.start):
            for draft in self._run:
                draft.noun = draft.noun or noun
            self._run[-1].end = token.end
            if self._held:
                self._held.end = token.end
        self._run = []
        self._organs = []

    def _organ_of_noun(self, token: Token) -> str | None:
        """The organ right before a noun, else that of the run which the noun continues (", and resolution S-23/3")."""
        if self._organ and self._fits("organ_gap", self._organ[0], token.start):
            return self._organ[1]
        continues = self._run and self._fits("between", self._run[-1].end, token.start)
        return self._run[-1].organ if continues else None

    def _on_organ(self, token: Token, organ: str) -> None:
        """An organ stands before its run, or behind it ("resolutions 34/8 and 35/34 of the Council")."""
        if organ == "council":
            # A council is that of the body whose name it ends: the League's Council.
            organ = next((slug for span, slug in self.bodies if 0 <= token.start - span.end <= 1), organ)
        if self._on_owner(token, organ) or organ == "stranger-behind":
            return
        self._speaks_next(token, organ)
        if organ == "self":
            leads = self.rules.citation.get("in_its")
            self._in_its = (
                leads is not None and leads.search(self.text, max(0, token.start - _LEAD), token.start) is not None
            )
        if self._noun and self._fits("organ_gap", self._noun[0], token.start):
            self._noun = (token.end, self._noun[1], organ)
        if organ == "self" and self._organ and self._fits("its_gap", self._organ[0], token.start):
            organ = self._organ[1]
        self._organ = (token.end, organ)
        self._organs.append(self._organ)

    def _speaks_next(self, token: Token, organ: str) -> None:
        """ "In its resolution 60/251, the Assembly decided": whose resolution it is comes behind it."""
        if not (self._in_its and self._run and organ != "self" and not organ.startswith("stranger")):
            return
        noun = any(rule.pattern.match(self.text, token.end + 1) for rule in self.rules.nouns)
        if not noun and self._fits("owner_behind", self._run[-1].end, token.start):
            for draft in self._run:
                draft.organ = organ if draft.organ == "self" else draft.organ

    def _on_owner(self, token: Token, organ: str) -> bool:
        """Whether a body stands right behind its run, and claims it."""
        # A conjunction that is glued to the organ (ومجلس الأمن) opens something else.
        if not self._run or self._joined(token.start):
            return False
        end = self._run[-1].end
        # In Arabic the "of" is the first letter of the name.
        if not (self._fits("organ_after", end, token.start) or self._fits("organ_of", end, token.start + 1)):
            return False
        for draft in self._run:
            draft.organ = draft.organ if draft.closed else organ
            draft.closed = True
        self._run[-1].end = token.end
        return True

    def _on_date(self, token: Token, _: str) -> None:
        date = dates.iso(self._text(token), self.rules)
        if date is None:
            return
        if not self.rules.date_first:
            if self.drafts and self._fits("date_gap", self.drafts[-1].end, token.start):
                last = self.drafts[-1]
                last.end = token.end
                # The letters of one number are dated together: 74/255 A and B of 27 December 2019.
                for draft in self.drafts:
                    if draft is last or (draft.date is None and base(draft) == base(last)):
                        draft.date = date
                self._confirm(last)
        elif self._date is None or not self._fits("date_gap", self._date[0], token.start):
            # A date inside the title that follows another date belongs to the title.
            self._date = (token.end, date, self._organ[1] if self._organ else None)

    def _confirm(self, draft: Draft) -> None:
        """A number with a date behind it goes on with the run, whatever title stands between."""
        if self._maybe and self._maybe[0] is draft:
            draft.noun, draft.organ = self._maybe[1].noun, self._maybe[1].organ

    def _on_self_reference(self, token: Token, _: str) -> None:
        self.drafts.append(Draft("self", token.start, token.end, token.end))
        self._take_locators(self.drafts[-1], ("locator_before", "self_gap"))

    def _on_vague(self, token: Token, _: str) -> None:
        """Resolutions without a number; where a note follows, the note names them."""
        organ = self._organ[1] if self._organ else None
        self._organs = []
        if not self.rules.noun_first and self._run and self._fits("between", self._run[-1].end, token.start):
            # "第74/120号和以往各项决议": what ends in resolutions without a number ends the run too.
            for draft in self._run:
                draft.noun = draft.noun or "resolution"
        if not any(token.end <= call.at <= token.end + 2 for call in self.calls):
            self._vague = Draft("vague", token.start, token.end, token.end, None, organ, "resolution")
            self.drafts.append(self._vague)
        if self.rules.noun_first:
            self._noun = (token.end, "resolution", organ)

    def _on_ibid(self, token: Token, _: str) -> None:
        self._ibid = Draft("ibid", token.start, token.end, token.end)
        self.drafts.append(self._ibid)

    def _explained(self, ibid: Draft) -> bool:
        after = next((draft for draft in self.drafts if draft.start > ibid.start), None)
        return after is not None and not self.rules.stop.search(self.text, ibid.end, after.start)
