"""Citations as the words put them, each with the clause it belongs to and the act that governs it there.

A footnote's citations belong to the paragraph that calls it; a locator right behind the note mark ("… Programme of
Action¹⁰, paragraphs 52 and 53") belongs to what the note cites.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Literal, cast

from kg.extract.drafts import Draft
from kg.extract.names import Names
from kg.extract.runs import Reader
from kg.extract.tokens import tokens
from kg.extract.words import Words
from kg.languages import LanguageRules
from kg.model import ActReading, Clause, Footnote, Locator, Outline, Passage, Reference, Span, governing
from kg.uris import DEPTH


def read_references(
    outline: Outline,
    words: Mapping[str, Words],
    acts: Mapping[str, tuple[ActReading, ...]],
    names: Names,
    rules: LanguageRules,
) -> tuple[Reference, ...]:
    """Every citation of the outline, in the order of its clauses; a note's stand where the note is called."""
    notes: dict[str | None, list[Footnote]] = defaultdict(list)
    for footnote in outline.footnotes:
        notes[footnote.clause].append(footnote)
    found = [_of_report(outline)] if outline.heading.report else []
    for clause in outline.clauses:
        found.extend(_of_clause(clause, notes.get(clause.id, []), words, acts.get(clause.id, ()), names, rules))
    for footnote in notes[None]:
        drafts, _ = _drafts(footnote, words, names, rules)
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
    footnotes: list[Footnote],
    words: Mapping[str, Words],
    acts: tuple[ActReading, ...],
    names: Names,
    rules: LanguageRules,
) -> list[Reference]:
    # The words of a heading name the document itself or what follows; only its notes cite.
    drafts, behind_calls = _drafts(clause, words, names, rules) if clause.kind != "heading" else ([], {})
    if not (drafts or footnotes):
        return []
    placed = [(draft.start, _reference(draft, clause.passage, clause.id, None, acts)) for draft in drafts]
    for footnote in footnotes:
        call = footnote.call or 0
        drafts, _ = _drafts(footnote, words, names, rules)
        if drafts:
            for unit, values in behind_calls.get(footnote.marker, {}).items():
                drafts[0].place(unit, values)
        placed.extend(
            (call, _reference(draft, footnote.passage, clause.id, footnote.id, acts, at=call)) for draft in drafts
        )
    return [reference for _, reference in sorted(placed, key=lambda item: item[0])]


def _drafts(
    part: Clause | Footnote, words: Mapping[str, Words], names: Names, rules: LanguageRules
) -> tuple[list[Draft], Mapping[str, Locator]]:
    """The citations of one passage, and the locators right behind its note marks; most passages have neither."""
    calls = part.calls if isinstance(part, Clause) else ()
    found = tokens(words[part.id], rules, everywhere=bool(calls))
    if not found:
        return [], {}
    named = [(name.mention, Span(name.start, name.end)) for name in names[part.id]]
    reader = Reader(
        words[part.id].folded,
        found,
        rules,
        bodies=[(span, mention.target.removeprefix("body/")) for mention, span in named if mention.kind == "body"],
        names=[span for mention, span in named if mention.kind != "body"] if calls else (),
        calls=calls,
    )
    return reader.read(), reader.behind_calls


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
