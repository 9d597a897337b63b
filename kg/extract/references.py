"""Citations as the words put them, each with the clause it belongs to and the act that governs it there.

A footnote's citations belong to the paragraph that calls it; a locator right behind the note mark ("… Programme of
Action¹⁰, paragraphs 52 and 53") belongs to what the note cites.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal, cast

from kg.extract.drafts import Draft
from kg.extract.names import Name, Names
from kg.extract.runs import Reader
from kg.extract.tokens import Token, tokens_in_each
from kg.extract.words import Words
from kg.languages import LanguageRules
from kg.model import ActReading, Call, Clause, Footnote, Locator, Outline, Passage, Reference, Span, governing
from kg.uris import DEPTH

#: The citations of a passage, and the locators right behind its note marks.
_Cited = tuple[list[Draft], Mapping[str, Locator]]
_NOTHING: _Cited = ([], {})


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
    cited = _cited(outline, words, names, rules)
    found = [_of_report(outline)] if outline.heading.report else []
    for clause in outline.clauses:
        if clause.id in cited or clause.id in notes:
            found += _of_clause(clause, notes.get(clause.id, []), cited, acts.get(clause.id, ()))
    for footnote in notes.get(None, ()):
        drafts, _ = cited.get(footnote.id, _NOTHING)
        # Nobody calls the note: it speaks for the document as a whole.
        found += [_reference(draft, footnote.passage, "header", footnote.id, ()) for draft in drafts]
    return tuple(found)


def _cited(outline: Outline, words: Mapping[str, Words], names: Names, rules: LanguageRules) -> dict[str, _Cited]:
    """The citations of each passage, by its id; most have none."""
    # The words of a heading name the document itself or what follows; only its notes cite.
    clauses = [clause for clause in outline.clauses if clause.kind != "heading"]
    parts: list[tuple[str, tuple[Call, ...]]] = [(clause.id, clause.calls) for clause in clauses]
    parts += [(footnote.id, ()) for footnote in outline.footnotes]
    found = tokens_in_each([words[name] for name, _ in parts], rules, [bool(calls) for _, calls in parts])
    return {
        name: _drafts(words[name].folded, those, calls, names[name], rules)
        for (name, calls), those in zip(parts, found, strict=True)
        if those
    }


def _of_report(outline: Outline) -> Reference:
    """The committee report that the heading names."""
    heading = outline.heading
    span = heading.report_span or Span(0, 0)
    surface = outline.text.characters[span.start : span.end]
    return Reference("header", None, "symbol", span, surface, heading.report, locator=heading.report_locator)


def _of_clause(
    clause: Clause,
    footnotes: list[Footnote],
    cited: Mapping[str, _Cited],
    acts: tuple[ActReading, ...],
) -> list[Reference]:
    drafts, behind_calls = cited.get(clause.id, _NOTHING)
    placed = [(draft.start, _reference(draft, clause.passage, clause.id, None, acts)) for draft in drafts]
    for footnote in footnotes:
        call = footnote.call or 0
        drafts, _ = cited.get(footnote.id, _NOTHING)
        if drafts:
            for unit, values in behind_calls.get(footnote.marker, {}).items():
                drafts[0].place(unit, values)
        placed.extend(
            (call, _reference(draft, footnote.passage, clause.id, footnote.id, acts, at=call)) for draft in drafts
        )
    return [reference for _, reference in sorted(placed, key=lambda item: item[0])]


def _drafts(
    folded: str, found: list[Token], calls: tuple[Call, ...], names: Sequence[Name], rules: LanguageRules
) -> _Cited:
    reader = Reader(
        folded,
        found,
        rules,
        bodies=[
            (Span(name.start, name.end), name.target.removeprefix("body/")) for name in names if name.kind == "body"
        ],
        names=[Span(name.start, name.end) for name in names if name.kind != "body"] if calls else (),
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
        locator=_by_depth(draft.locator) if len(draft.locator) > 1 else draft.locator,
        act=act.act if act else None,
    )


def _by_depth(locator: Locator) -> Locator:
    """The place by its units, the widest first."""
    return {unit: locator[unit] for unit in sorted(locator, key=DEPTH.__getitem__)}
