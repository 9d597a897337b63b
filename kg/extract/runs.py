"""Reads one passage from left to right and puts its citations together: runs of numbers with their noun, organ, dates
and locators; symbols with their addenda; treaties; "ibid."; resolutions without a number.

A run keeps its organ until another is named or the part of the sentence ends, and every number in it takes the noun
that opens or closes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg import dates, numerals, registry, symbols
from kg.extract.drafts import LETTERED, Draft, base, locator_values
from kg.extract.tokens import Token, tokens
from kg.languages import LanguageRules, fold
from kg.model import Call, Locator, Passage, Span

_SERIES = {"united-nations": "UNTS", "league-of-nations": "LNTS"}
#: A document in which something is printed; no treaty.
_DOCUMENT = re.compile(r"(?!ILO/)[A-Z][A-Za-z]*/")
_OF_PARTIES = re.compile(r"\d+/(?:CP|CMP|CMA|COP)\.\d+")
_TWO_SYMBOLS = re.compile(r"-(?=[A-Z]{1,5}/)")
_NUMBER_AHEAD = re.compile(r"[A-Z]{1,4}/|(?:E?S-)?[0-9]{1,4}(?:[./-][0-9]|(?: ?[A-Z])? ?\()")
#: How far behind a name its note mark may stand.
_MARK_REACH = 2
_DIVISIONS = ("annex", "chapter", "section", "part")
#: How far behind a number its noun is looked for.
_NOUN_REACH = 12
#: The places of the Charter.
_CHARTER = ("article", "chapter", "paragraph")
#: The symbol of a supplement, behind its number.
_SYMBOL_AHEAD = re.compile(r"[^;.()⟧]{0,60}?\(?\(?[AE]/[0-9]")
_PART = re.compile(r"(?P<stem>.*/(?:Add|Corr|Rev)\.)(?P<last>\d{1,3})")
_PART_NUMBER = re.compile(r" ?(\d{1,3})(?![0-9/.(])")
#: What ends a list of such numbers: anything but a word that they would count.
_ENDS = re.compile(r" ?(?:[^\w\s]|$)")
_MOST_PARTS = 30
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|《[^》]*》")


class Reader:
    """Reads one passage. `bodies` are the places in it where a body is named, with the body's slug; `names`
    those where an instrument or event is; `calls` its note marks. The methods named `_on_…` take one kind of token
    each."""

    def __init__(
        self,
        passage: Passage,
        rules: LanguageRules,
        *,
        bodies: Iterable[tuple[Span, str]],
        names: Iterable[Span] = (),
        calls: tuple[Call, ...] = (),
    ) -> None:
        self.text = fold(passage.text)
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

    def read(self) -> list[Draft]:
        """The citations in the order of the words."""
        end = 0
        for token in self._tokens():
            if self.rules.citation["stop"].search(self.text, end, token.start):
                self._forget()
            kind, _, detail = token.kind.partition(".")
            getattr(self, f"_on_{kind.replace('-', '_')}")(token, detail)
            end = token.end
        # "Ibid." counts only where nothing else in its part of the sentence says what is cited.
        return [draft for draft in self.drafts if draft.form != "ibid" or not self._explained(draft)]

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
        self._locators: list[tuple[int, str, tuple[str, ...]]] = []

    def _fits(self, key: str, start: int, end: int) -> bool:
        """Whether what stands between two places is what the language allows there; False where it has no such rule."""
        pattern = self.rules.citation.get(key)
        return pattern is not None and bool(pattern.fullmatch(self.text, start, end))

    def _tokens(self) -> Iterator[Token]:
        """The tokens, with the bodies named as organs; an organ inside a body's name or a quotation is none."""
        quoted = [match.span() for match in _QUOTED.finditer(self.text)]
        known = {rule.name for rule in self.rules.organs}
        named = [
            Token(f"{'organ' if slug in known or self._numbers_ahead(span.end) else 'owner'}.{slug}", *span, None)
            for span, slug in self.bodies
            if slug in known or registry.entry(f"body/{slug}").symbol_prefix
        ]
        self._numbering = [Span(token.start, token.end) for token in named]
        found = sorted(
            [*tokens(self.text, self.rules, everywhere=bool(self.calls)), *named],
            key=lambda token: (token.start, -token.end),
        )
        return (token for token in found if not self._covered(token, quoted))

    def _covered(self, token: Token, quoted: list[tuple[int, int]]) -> bool:
        """Whether an organ is part of a quotation or of a longer body's name."""
        if not token.kind.startswith("organ"):
            return False
        # One that is known under no name ("the Tuna Commission") may be part of a longer name that is known.
        stranger = token.kind.startswith("organ.stranger")
        names = self._numbering if stranger else [span for span, _ in self.bodies] if token.match else []
        return any(start <= token.start and token.end <= end for start, end in [*quoted, *names])

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
            draft.noun, draft.organ = noun[1:] if noun else (before.noun, before.organ) if before else (None, None)
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

    def _before_number(self, token: Token) -> tuple[str | None, str | None]:
        """The date that stands before a number, if only its title stands between, and the organ; one that is named in
        the title is not the organ."""
        titled = next((organ for end, organ in self._organs if self._fits("date_gap", end, token.start)), None)
        date, self._date = self._date, None
        self._organs = []
        organ = titled or (self._organ[1] if self._organ else None)
        if date is None or not self._fits("date_gap", date[0], token.start):
            return None, organ
        return date[1], titled or date[2] or organ

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

    def _take_locators(self, draft: Draft, gaps: tuple[str, ...] = ("locator_before",)) -> None:
        """Locators that stand before the number: paragraph 19 of its resolution 77/279."""
        if self._locators and any(self._fits(gap, self._locators[-1][0], draft.start) for gap in gaps):
            for _, unit, values in self._locators:
                draft.place(unit, values)
        self._locators = []

    def _holds(self, document: Draft, draft: Draft) -> bool:
        """Whether a number is that of something printed in the document right before it: "…/Add.1, decision 1/CP.21",
        "A/74/53, chap. III, resolution 42/12"."""
        if document.form != "symbol" or not _DOCUMENT.match(document.number or ""):
            return False
        of_parties = _OF_PARTIES.fullmatch(draft.number or "") or symbols.reporting_body(document.number or "")
        if not (of_parties or document.locator):
            return False
        starts = [draft.start, *([self._noun_at] if self._noun_at is not None else [])]
        joined = self.rules.list_and
        return any(self._fits("locator_gap", document.end, at) and not joined.match(self.text, at) for at in starts)

    def _printed(self, document: Draft, draft: Draft) -> bool:
        """Whether what is printed in a document is cited beside it, as it is where its body is known; it is a place of
        the document in any case, and nothing of the organ that speaks."""
        noun = draft.noun or ("resolution" if self._ahead("resolution", draft.end) else "decision")
        document.place(noun, [draft.number or ""])
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

    def _on_symbol(self, token: Token, _: str) -> None:
        self._run = []
        start = token.start
        for written in _TWO_SYMBOLS.split(self._text(token).rstrip(".-")):
            end = start + len(written)
            draft = Draft("symbol", start, end, end, numerals.symbol(written, self.rules))
            draft.date = self._before_number(token)[0] if self.rules.date_first else None
            self._take_locators(draft)
            self.drafts.append(draft)
            start = end + 1
        self._more_parts(self.drafts[-1])

    def _on_part(self, token: Token, _: str) -> None:
        """A/66/7 and Add.21: another document, named by its end alone."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.form != "symbol" or not self._fits("between", last.end, token.start):
            return
        part = self._text(token)
        stem = last.number or ""
        if part.startswith(stem.rpartition("/")[2].partition(".")[0]) or "/Corr." in stem:
            stem = stem.rpartition("/")[0]
        self.drafts.append(Draft("symbol", token.start, token.end, token.end, f"{stem}/{part}"))
        self._more_parts(self.drafts[-1])

    def _more_parts(self, last: Draft) -> None:
        """Add.1 and 2, Add.1-3: a document for each number."""
        lettered = _PART.fullmatch(last.number or "")
        while lettered:
            ranges = self.rules.list_to.match(self.text, last.end)
            apart = last.end + (self.text[last.end : last.end + 1] == " ")
            joined = (
                ranges or self.rules.list_and.match(self.text, last.end) or self.rules.list_and.match(self.text, apart)
            )
            found = _PART_NUMBER.match(self.text, joined.end()) if joined else None
            if found is None or not (_ENDS.match(self.text, found.end()) or self._joined(found.end())):
                return
            first = int(lettered["last"]) + 1 if ranges else int(found[1])
            for number in range(max(first, int(found[1]) - _MOST_PARTS), int(found[1]) + 1):
                last = Draft("symbol", found.start(1), found.end(), found.end(), f"{lettered['stem']}{number}")
                self.drafts.append(last)
            lettered = _PART.fullmatch(last.number or "")

    def _joined(self, end: int) -> bool:
        return self.rules.list_and.match(self.text, end) is not None

    def _on_noun(self, token: Token, noun: str) -> None:
        self._noun_at = token.start
        if self.rules.noun_first:
            self._noun = (token.end, noun, self._organ_of_noun(token))
            return
        if self._run and self._fits("noun_gap", self._run[-1].end, token.start):
            for draft in self._run:
                draft.noun = draft.noun or noun
            self._run[-1].end = token.end
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
        if self._noun and self._fits("organ_gap", self._noun[0], token.start):
            self._noun = (token.end, self._noun[1], organ)
        if organ == "self" and self._organ and self._fits("its_gap", self._organ[0], token.start):
            organ = self._organ[1]
        self._organ = (token.end, organ)
        self._organs.append(self._organ)
        if not self.rules.noun_first:
            self._run = []

    def _on_owner(self, token: Token, organ: str) -> bool:
        """Whether a body stands right behind its run, and claims it."""
        if not self._run or not self._fits("organ_after", self._run[-1].end, token.start):
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
            (c for c in self.calls if c.at <= token.start and not self.text[c.at : token.start].strip(" ,，")), None
        )
        if call is not None:
            self.behind_calls[call.marker] = {**self.behind_calls.get(call.marker, {}), unit: values}
        elif call := self._call_of_named(token):
            own = {unit: values for _, unit, values in self._locators}
            self.behind_calls[call.marker] = {**self.behind_calls.get(call.marker, {}), **own}

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
            if found and not self.text[end : found.at].strip(" ,،，”»》)"):
                return found
        return None

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

    def _on_charter(self, token: Token, _: str) -> None:
        """The Charter is named everywhere; it is cited where an article or chapter of it stands before or behind."""
        self._charter = Draft("symbol", token.start, token.end, token.end, "charter")
        if self._locators and self._fits("charter_gap", self._locators[-1][0], token.start):
            for _end, unit, values in self._locators:
                self._charter.place(unit, values)
            self.drafts.append(self._charter)
        self._locators = []

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

    def _on_labour(self, token: Token, kind: str) -> None:
        """Conventions and recommendations of the International Labour Organization, by their numbers."""
        groups = token.match.groupdict() if token.match else {}
        for number in numerals.values("number", groups.get("number") or groups.get("several") or "", self.rules):
            letter = "C" if kind == "convention" else "R"
            self.drafts.append(Draft("symbol", token.start, token.end, token.end, f"ILO/{letter}{number}"))

    def _on_records(self, token: Token, organ: str) -> None:
        """A supplement of the Official Records, where its symbol does not stand behind it."""
        groups = token.match.groupdict() if token.match else {}
        year, supplement = groups.get("year"), groups.get("supplement") or ""
        session = numerals.ordinal(groups.get("session") or "", self.rules)
        if session or year:
            self._records = "economic-and-social-council" if year else "general-assembly"
        shown = _SYMBOL_AHEAD.match(self.text, token.end)
        if shown or (organ == "again" and self._ibid is None):
            return
        number = f"RECORDS/{self._records or ''}/{session or year or ''}/{supplement}"
        self.drafts.append(Draft("symbol", token.start, token.end, token.end, number))

    def _on_united_nations(self, _token: Token, _: str) -> None:
        self._series = "united-nations"

    def _on_league_of_nations(self, _token: Token, _: str) -> None:
        self._series = "league-of-nations"

    def _on_volume(self, token: Token, _: str) -> None:
        """A volume counts as a treaty's only behind the name of the series, or behind "ibid."; one treaty in several
        volumes is cited once a volume, several treaties in one volume once each."""
        if token.match is None or (self._series is None and self._ibid is None):
            return
        series = _SERIES.get(self._series or "", "IBID")
        for volume in numerals.values("volume", token.match["volume"], self.rules):
            for number in numerals.values("number", token.match["number"], self.rules):
                target = f"{series}/{numerals.volume(series, volume)}/{number}"
                self.drafts.append(Draft("treaty", token.start, token.end, token.end, target))

    def _on_sales(self, token: Token, _: str) -> None:
        number = token.match["number"].rstrip(".") if token.match else ""
        self.drafts.append(Draft("symbol", token.start, token.end, token.end, f"UN-SALES/{number}"))

    def _on_self_reference(self, token: Token, _: str) -> None:
        self.drafts.append(Draft("self", token.start, token.end, token.end))
        self._take_locators(self.drafts[-1], ("locator_before", "self_gap"))

    def _on_vague(self, token: Token, _: str) -> None:
        """Resolutions without a number; where a note follows, the note names them."""
        organ = self._organ[1] if self._organ else None
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
        return after is not None and not self.rules.citation["stop"].search(self.text, ibid.end, after.start)

    def _text(self, token: Token) -> str:
        return self.text[token.start : token.end]
