"""Text → Outline: heading matter, paragraphs and footnotes, each note bound to the paragraph that calls it.

Every block of the text ends in exactly one of them, or among the leftovers; `unaccounted` says which characters did
not.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from kg import languages
from kg.heading import read_heading
from kg.languages import LanguageRules
from kg.model import Block, Clause, Finding, Footnote, Outline, Span, Text
from kg.segment.body import Body
from kg.segment.items import Item, items
from kg.segment.naming import Draft, name
from kg.segment.notes import bound, gathered, joined
from kg.segment.start import Start, start_of

__all__ = ["joined", "segment", "unaccounted"]


def segment(text: Text) -> Outline:
    """The text taken apart; raises NotAResolution where no organ opens it and no title tells what it is."""
    rules = languages.rules(text.language)
    start = start_of(text, rules)
    above = tuple(block for block in text.blocks[: start.at + 1] if block.marker is None)
    below = (*(note for note in text.blocks[: start.at + 1] if note.marker is not None), *text.blocks[start.at + 1 :])
    body = _body(text, start, above, items(below, rules), rules)
    body.take_all()
    name(body.drafts, body.restarts)
    name(body.notes, {})
    heading, findings = read_heading(text, above, tuple(body.closing), rules, decided=start.decided)
    clauses = (_header(above), *(_finished(draft, rules) for draft in body.drafts), *_closing(body.closing))
    footnotes, unbound = bound(clauses, body.notes, spaced=rules.spaced)
    remarks = (Finding(each.severity, each.code, each.draft.id, each.message) for each in body.remarks)
    outline = Outline(
        text,
        heading,
        clauses,
        footnotes,
        (*text.leftovers, *body.leftovers),
        (*text.findings, *findings, *remarks, *unbound),
    )
    lost = tuple(
        Finding("error", "text-lost", "document", f"characters {span.start} to {span.end} are in no part of the record")
        for span in unaccounted(outline)
    )
    return replace(outline, findings=outline.findings + lost)


def _body(text: Text, start: Start, above: tuple[Block, ...], below: list[Item], rules: LanguageRules) -> Body:
    enacted = start.organ is not None or above[-1].part == "opening"
    zone = _first_letter(above, below, start, rules)
    structured = text.published is not None
    return Body(rules, below, structured=structured, enacted=enacted, organ=start.organ, zone=zone, above=above)


def _first_letter(above: tuple[Block, ...], below: list[Item], start: Start, rules: LanguageRules) -> str:
    """The letter of the first of several texts that stand in one document, each opened by the same organ."""
    again = any(
        item.role == "opening" and item.organ == start.organ and before.role == "label"
        for before, item in pairwise(below)
    )
    label = items(above[-2:-1], rules)[0].label if again and len(above) > 1 else None
    return f"{label.name}." if label else ""


def unaccounted(outline: Outline) -> tuple[Span, ...]:
    """The stretches of the file, white space aside, that stand in no part of the outline, or in two."""
    parts: list[Clause | Footnote] = [*outline.clauses, *outline.footnotes]
    spans = [span for part in parts for span in part.spans] + [leftover.span for leftover in outline.leftovers]
    characters = outline.text.characters
    wrong: list[Span] = []
    at = 0
    for span in sorted([*spans, Span(len(characters), len(characters))]):
        if span.start < at:
            wrong.append(Span(span.start, min(at, span.end)))
        elif characters[at : span.start].strip():
            wrong.append(Span(at, span.start))
        at = max(at, span.end)
    return tuple(wrong)


def _finished(draft: Draft, rules: LanguageRules) -> Clause:
    passage, calls = gathered(draft, spaced=rules.spaced)
    spans = tuple(span for block in draft.blocks for span in block.spans)
    return Clause(draft.id, draft.kind, draft.position, passage, spans, draft.number, calls)  # type: ignore[arg-type]


def _header(blocks: tuple[Block, ...]) -> Clause:
    passage, calls = joined([block.passage for block in blocks], [block.calls for block in blocks], spaced=True)
    return Clause("header", "heading", 1, passage, tuple(span for block in blocks for span in block.spans), None, calls)


def _closing(blocks: list[Block]) -> tuple[Clause, ...]:
    return tuple(
        Clause("closing" if n == 0 else f"closing-{n + 1}", "heading", n + 1, block.passage, block.spans)
        for n, block in enumerate(blocks)
    )
