"""Citations as the words put them: runs of numbers with their noun, organ, dates and locators; symbols; treaties.

A run keeps its organ until another is named or the sentence part ends, and every number in it takes the noun that
opens or closes it. A footnote's citations belong to the paragraph that calls it; a locator right behind the note mark
("… Programme of Action¹⁰, paragraphs 52 and 53") belongs to what the note cites.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from kg import dates, numerals
from kg.extract.acts import governing
from kg.extract.tokens import Token, tokens
from kg.languages import LanguageRules, fold
from kg.model import ActReading, Call, Clause, Footnote, Form, Locator, Outline, Passage, Reference, Span

_LOCATOR_DEPTH = ("decision", "resolution", "annex", "part", "chapter", "section", "article", "paragraph", "page")
_SERIES = {"united-nations": "UNTS", "league-of-nations": "LNTS"}
_OF_PARTIES = re.compile(r"\d+/(?:CP|CMP|CMA|COP)\.\d+")


def read_references(
    outline: Outline, acts: Mapping[str, tuple[ActReading, ...]], rules: LanguageRules
) -> tuple[Reference, ...]:
    """Every citation of the outline, in the order of its clauses; a note's stand where the note is called."""
    notes: dict[str | None, list[Footnote]] = {}
    for footnote in outline.footnotes:
        notes.setdefault(footnote.clause, []).append(footnote)
    found = [_of_report(outline)] if outline.heading.report else []
    for clause in outline.clauses:
        if clause.kind != "heading":
            found.extend(_of_clause(clause, notes.get(clause.id, []), acts.get(clause.id, ()), rules))
    for footnote in notes.get(None, []):
        drafts = _Reader(footnote.passage, (), rules).read()
        found.extend(_reference(draft, footnote.passage, footnote.id, footnote.id, None) for draft in drafts)
    return tuple(found)


def _of_report(outline: Outline) -> Reference:
    """The committee report that the heading names."""
    heading = outline.heading
    span = heading.report_span or Span(0, 0)
    surface = outline.text.characters[span.start : span.end]
    return Reference("header", None, "symbol", span, surface, heading.report, locator=heading.report_locator)


def _of_clause(
    clause: Clause, footnotes: list[Footnote], acts: tuple[ActReading, ...], rules: LanguageRules
) -> list[Reference]:
    reader = _Reader(clause.passage, clause.calls, rules)
    placed = [(draft.start, _reference(draft, clause.passage, clause.id, None, acts)) for draft in reader.read()]
    for footnote in footnotes:
        call = footnote.call or 0
        drafts = _Reader(footnote.passage, (), rules).read()
        if drafts:
            _refine(drafts[0], reader.behind_calls.get(footnote.marker, {}))
        placed.extend(
            (call, _reference(draft, footnote.passage, clause.id, footnote.id, acts, at=call)) for draft in drafts
        )
    return [reference for _, reference in sorted(placed, key=lambda item: item[0])]


@dataclass(slots=True)
class _Draft:
    """A citation while the words around it are still being read; `end` moves as nouns and locators join it."""

    form: Form
    start: int
    stop: int
    end: int
    number: str | None = None
    organ: str | None = None
    noun: str | None = None
    date: str | None = None
    inside: str | None = None
    locator: dict[str, tuple[str, ...]] = field(default_factory=dict)


class _Reader:
    """Reads one passage from left to right. The methods named `on_…` take one kind of token each."""

    def __init__(self, passage: Passage, calls: tuple[Call, ...], rules: LanguageRules) -> None:
        self.text = fold(passage.text)
        self.calls = calls
        self.rules = rules
        self.drafts: list[_Draft] = []
        self.behind_calls: dict[str, Locator] = {}
        self._end = 0
        self._forget()

    def read(self) -> list[_Draft]:
        for token in tokens(self.text, self.rules):
            if self.rules.citation["stop"].search(self.text, self._end, token.start):
                self._forget()
            kind, _, detail = token.kind.partition(".")
            getattr(self, f"_on_{kind.replace('-', '_')}")(token, detail)
            self._end = token.end
        # "Ibid." counts only where nothing else in its part of the sentence says what is cited.
        return [draft for draft in self.drafts if draft.form != "ibid" or not self._explained(draft)]

    def _forget(self) -> None:
        """A new part of the sentence: nothing said before carries over."""
        self._run: list[_Draft] = []
        self._organ: tuple[int, str] | None = None
        self._noun: tuple[int, str, str | None] | None = None
        self._date: tuple[int, str] | None = None
        self._series: str | None = None
        self._ibid: _Draft | None = None
        self._locators: list[tuple[int, str, tuple[str, ...]]] = []

    def _fits(self, key: str, start: int, end: int) -> bool:
        """Whether what stands between two places is what the language allows there; False where it has no such rule."""
        pattern = self.rules.citation.get(key)
        return pattern is not None and bool(pattern.fullmatch(self.text, start, end))

    def _on_number(self, token: Token, _: str) -> None:
        number = numerals.document_number(token.match[0], self.rules)
        draft = _Draft("number", token.start, token.end, token.end, number, date=self._date_for(token))
        if _OF_PARTIES.fullmatch(number) and self.drafts and self._follows(self.drafts[-1], token):
            self._hold(self.drafts[-1], draft)
        before = self._run[-1] if self._run and self._fits("between", self._run[-1].end, token.start) else None
        if self.rules.noun_first:
            noun = self._noun if self._noun and self._fits("noun_gap", self._noun[0], token.start) else None
            draft.noun, draft.organ = noun[1:] if noun else (before.noun, before.organ) if before else (None, None)
        else:
            draft.organ = self._organ[1] if self._organ else None
        self._run = [*self._run, draft] if before else [draft]
        self._take_locators(draft)
        self.drafts.append(draft)

    def _take_locators(self, draft: _Draft) -> None:
        """Locators that stand before the number: paragraph 19 of its resolution 77/279."""
        if self._locators and self._fits("locator_before", self._locators[-1][0], draft.start):
            for _, unit, values in self._locators:
                draft.locator[unit] = (*draft.locator.get(unit, ()), *values)
        self._locators = []

    def _hold(self, document: _Draft, draft: _Draft) -> None:
        """A decision printed in the document named before it: both are cited."""
        if document.form == "symbol":
            document.locator["decision"] = (*document.locator.get("decision", ()), draft.number or "")
            draft.inside = document.number

    def _on_symbol(self, token: Token, _: str) -> None:
        self._run = []
        written = token.match[0].rstrip(".-")
        end = token.start + len(written)
        self.drafts.append(_Draft("symbol", token.start, end, end, numerals.document_number(written, self.rules)))

    def _on_noun(self, token: Token, noun: str) -> None:
        if self.rules.noun_first:
            organ = self._organ if self._organ and self._fits("organ_gap", self._organ[0], token.start) else None
            self._noun = (token.end, noun, organ[1] if organ else None)
            return
        if self._run and self._fits("noun_gap", self._run[-1].end, token.start):
            for draft in self._run:
                draft.noun = draft.noun or noun
            self._run[-1].end = token.end
        self._run = []

    def _on_organ(self, token: Token, organ: str) -> None:
        """An organ stands before its run, or behind it ("resolutions 34/8 and 35/34 of the Council")."""
        if self._run and self._fits("organ_after", self._run[-1].end, token.start):
            for draft in self._run:
                draft.organ = organ
            self._run[-1].end = token.end
            return
        if self._noun and self._fits("organ_gap", self._noun[0], token.start):
            self._noun = (token.end, self._noun[1], organ)
        self._organ = (token.end, organ)
        self._run = []

    def _on_date(self, token: Token, _: str) -> None:
        date = dates.iso(token.match[0], self.rules)
        if date is None:
            return
        if self.rules.date_first:
            self._date = (token.end, date)
        elif self.drafts and self._fits("date_gap", self.drafts[-1].end, token.start):
            self.drafts[-1].date = date
            self.drafts[-1].end = token.end

    def _date_for(self, token: Token) -> str | None:
        """The date that stands before a number, if only its title stands between."""
        if self._date is None:
            return None
        end, date = self._date
        self._date = None
        return date if self._fits("date_gap", end, token.start) else None

    def _on_locator(self, token: Token, unit: str) -> None:
        values = _values(unit, token, self.rules)
        if self.drafts and self._follows(self.drafts[-1], token):
            draft = self.drafts[-1]
            draft.locator[unit] = (*draft.locator.get(unit, ()), *values)
            draft.end = token.end
            return
        if self._locators and not self._fits("locator_gap", self._locators[-1][0], token.start):
            self._locators = []
        self._locators.append((token.end, unit, values))
        call = next((call for call in self.calls if not self.text[call.at : token.start].strip()), None)
        if call is not None and call.at <= token.start:
            self.behind_calls[call.marker] = {**self.behind_calls.get(call.marker, {}), unit: values}

    def _follows(self, draft: _Draft, token: Token) -> bool:
        return self._fits("locator_gap", draft.end, token.start)

    def _on_united_nations(self, _token: Token, _: str) -> None:
        self._series = "united-nations"

    def _on_league_of_nations(self, _token: Token, _: str) -> None:
        self._series = "league-of-nations"

    def _on_volume(self, token: Token, _: str) -> None:
        """A volume counts as a treaty's only behind the name of the series, or behind "ibid."."""
        if self._series is None and self._ibid is None:
            return
        series = _SERIES.get(self._series or "", "IBID")
        volume = numerals.number(token.match["volume"])
        written = numerals.values("annex", str(volume), self.rules)[0] if series == "LNTS" else str(volume)
        number = f"{series}/{written}/{token.match['number']}"
        self.drafts.append(_Draft("treaty", token.start, token.end, token.end, number))

    def _on_self_reference(self, token: Token, _: str) -> None:
        self.drafts.append(_Draft("self", token.start, token.end, token.end))

    def _on_vague(self, token: Token, _: str) -> None:
        """Resolutions without a number; where a note follows, the note names them."""
        noted = any(token.end <= call.at <= token.end + 2 for call in self.calls)
        if not noted:
            organ = self._organ[1] if self._organ else None
            self.drafts.append(_Draft("vague", token.start, token.end, token.end, None, organ, "resolution"))

    def _on_ibid(self, token: Token, _: str) -> None:
        self._ibid = _Draft("ibid", token.start, token.end, token.end)
        self.drafts.append(self._ibid)

    def _explained(self, ibid: _Draft) -> bool:
        after = next((draft for draft in self.drafts if draft.start > ibid.start), None)
        return after is not None and not self.rules.citation["stop"].search(self.text, ibid.end, after.start)


def _values(unit: str, token: Token, rules: LanguageRules) -> tuple[str, ...]:
    groups = token.match.groupdict()
    written = groups.get("value") or groups.get("letter") or ""
    point = (groups.get("point") or "").replace(" ", "")
    return tuple(value + point for value in numerals.values(unit, written, rules)) if written else ()


def _refine(draft: _Draft, locator: Locator) -> None:
    """Adds the locator that stands behind the note mark to that of the note's first citation."""
    for unit, values in locator.items():
        draft.locator[unit] = (*draft.locator.get(unit, ()), *values)


def _reference(
    draft: _Draft,
    passage: Passage,
    clause: str,
    via: str | None,
    acts: tuple[ActReading, ...] | None,
    *,
    at: int | None = None,
) -> Reference:
    act = governing(acts or (), draft.start if at is None else at)
    ordered = {unit: draft.locator[unit] for unit in _LOCATOR_DEPTH if unit in draft.locator}
    return Reference(
        clause=clause,
        via=via,
        form=draft.form,
        span=passage.span(draft.start, draft.stop),
        surface=passage.text[draft.start : draft.stop],
        number=draft.number,
        noun=cast('Literal["resolution", "decision"] | None', draft.noun),
        organ=draft.organ,
        date=draft.date,
        locator=ordered,
        act=act.act if act else None,
        inside=draft.inside,
    )
