"""Documents that are cited by more than a number: symbols with their addenda, treaties, labour conventions, supplements
of the Official Records, publications, the Charter."""

from __future__ import annotations

import re

from kg import numerals
from kg.extract.drafts import Draft
from kg.extract.places import PlaceReader
from kg.extract.tokens import Token

_SERIES = {"united-nations": "UNTS", "league-of-nations": "LNTS"}
_TWO_SYMBOLS = re.compile(r"(?<=[0-9)])-(?=[A-Z]{1,5}/)")
#: The symbol of a supplement, behind its number.
_SYMBOL_AHEAD = re.compile(r"[^;.()⟧]{0,60}?\(?\(?[AE]/[0-9]")
_PART = re.compile(r"(?P<stem>.*/(?:Add|Corr|Rev)\.)(?P<last>\d{1,3})")
_PART_NUMBER = re.compile(r" ?(\d{1,3})(?![0-9/.(])")
#: What ends a list of such numbers: anything but a word that they would count.
_ENDS = re.compile(r" ?(?:[^\w\s]|$)")
_MOST_PARTS = 30


class DocumentReader(PlaceReader):
    """Takes the tokens of such documents."""

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

    def _on_charter(self, token: Token, _: str) -> None:
        """The Charter is named everywhere; it is cited where an article or chapter of it stands before or behind."""
        self._charter = Draft("symbol", token.start, token.end, token.end, "charter")
        if self._locators and self._fits("charter_gap", self._locators[-1][0], token.start):
            for _end, unit, values in self._locators:
                self._charter.place(unit, values)
            self.drafts.append(self._charter)
        self._locators = []

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
        session = str(numerals.ordinal(groups.get("session") or "", self.rules) or "")
        if session and groups.get("special"):
            session = f"S-{session}"
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
        # The series goes on behind a semicolon: "Ibid., vol. 1125, No. 17512; vol. 2404, No. 43425".
        self._series = self._series or "ibid"
        for volume in numerals.values("volume", token.match["volume"], self.rules):
            for number in numerals.values("number", token.match["number"], self.rules):
                target = f"{series}/{numerals.volume(series, volume)}/{number}"
                self.drafts.append(Draft("treaty", token.start, token.end, token.end, target))

    def _on_sales(self, token: Token, _: str) -> None:
        number = numerals.symbol(token.match["number"].rstrip("."), self.rules) if token.match else ""
        self.drafts.append(Draft("symbol", token.start, token.end, token.end, f"UN-SALES/{number}"))
