"""Citations as the words put them, each with the clause it belongs to and the act that governs it there.

A footnote's citations belong to the paragraph that calls it; a locator right behind the note mark ("… Programme of
Action¹⁰, paragraphs 52 and 53") belongs to what the note cites.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Literal, cast

from kg.extract.drafts import Draft
from kg.extract.names import Name
from kg.extract.runs import Reader
from kg.languages import LanguageRules
from kg.model import ActReading, Clause, Footnote, Outline, Passage, Reference, Span, governing
from kg.uris import DEPTH

_Bodies = Mapping[str, list[tuple[Span, str]]]


def read_references(
    outline: Outline, acts: Mapping[str, tuple[ActReading, ...]], names: list[Name], rules: LanguageRules
) -> tuple[Reference, ...]:
    """Every citation of the outline, in the order of its clauses; a note's stand where the note is called."""
    bodies: _Bodies = defaultdict(list)
    things: dict[str, list[Span]] = defaultdict(list)
    for name in names:
        if name.mention.kind == "body":
            slug = name.mention.target.removeprefix("body/")
            bodies[name.mention.clause].append((Span(name.start, name.end), slug))
        else:
            things[name.mention.clause].append(Span(name.start, name.end))
    notes: dict[str | None, list[Footnote]] = defaultdict(list)
    for footnote in outline.footnotes:
        notes[footnote.clause].append(footnote)
    found = [_of_report(outline)] if outline.heading.report else []
    for clause in outline.clauses:
        if clause.kind != "heading":
            reader = Reader(
                clause.passage, rules, bodies=bodies[clause.id], names=things[clause.id], calls=clause.calls
            )
            found.extend(_of_clause(clause, reader, notes[clause.id], acts.get(clause.id, ()), bodies, rules))
    for footnote in notes[None]:
        drafts = Reader(footnote.passage, rules, bodies=bodies[footnote.id]).read()
        # Nobody calls the note: it speaks for the document as a whole.
        found.extend(_reference(draft, footnote.passage, "header", footnote.id, ()) for draft in drafts)
    return tuple(found)


def _of_report(outline: Outline) -> Reference:
    """The committee report that the heading names."""
    heading = outline.heading
    span = heading.report_span or Span(0, 0)
    surface = outline.text.characters[span.start : span.end]
    return Reference("header", None, "symbol", span, surface, heading.report, locator=heading.report_locator)


def _of_clause(
    clause: Clause,
    reader: Reader,
    footnotes: list[Footnote],
    acts: tuple[ActReading, ...],
    bodies: _Bodies,
    rules: LanguageRules,
) -> list[Reference]:
    placed = [(draft.start, _reference(draft, clause.passage, clause.id, None, acts)) for draft in reader.read()]
    for footnote in footnotes:
        call = footnote.call or 0
        drafts = Reader(footnote.passage, rules, bodies=bodies[footnote.id]).read()
        if drafts:
            for unit, values in reader.behind_calls.get(footnote.marker, {}).items():
                drafts[0].place(unit, values)
        placed.extend(
            (call, _reference(draft, footnote.passage, clause.id, footnote.id, acts, at=call)) for draft in drafts
        )
    return [reference for _, reference in sorted(placed, key=lambda item: item[0])]


def _reference(
    draft: Draft,
    passage: Passage,
    clause: str,
    via: str | None,
    acts: tuple[ActReading, ...],
    *,
    at: int | None = None,
) -> Reference:
    act = governing(acts, draft.start if at is None else at)
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
        locator={unit: draft.locator[unit] for unit in sorted(draft.locator, key=lambda unit: DEPTH[unit])},
        act=act.act if act else None,
    )
