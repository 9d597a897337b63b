"""Footnotes, each bound to the paragraph that calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Call, Clause, Finding, Footnote, Passage, Run
from kg.segment.naming import Draft

_STARS = re.compile(r"(?<![*\s])(\*+)|(?<=\s)(\*+)(?=\s)")


def gathered(draft: Draft, *, spaced: bool) -> tuple[Passage, tuple[Call, ...]]:
    """The pieces of a clause or note as one passage."""
    return joined([block.passage for block in draft.blocks], [block.calls for block in draft.blocks], spaced=spaced)


def joined(passages: list[Passage], calls: list[tuple[Call, ...]], *, spaced: bool) -> tuple[Passage, tuple[Call, ...]]:
    """Several pieces as one passage, with a space between them where the language sets words apart."""
    text = ""
    runs: list[Run] = []
    moved: list[Call] = []
    for passage, marks in zip(passages, calls, strict=True):
        text += " " if text and spaced else ""
        runs.extend(Run(run.at + len(text), run.source, run.length) for run in passage.runs)
        moved.extend(Call(call.at + len(text), call.marker) for call in marks)
        text += passage.text
    return Passage(text, tuple(runs)), tuple(moved)


def bound(
    clauses: Sequence[Clause], notes: Sequence[Draft], *, spaced: bool
) -> tuple[tuple[Footnote, ...], tuple[Finding, ...]]:
    """Each note with the paragraph whose mark calls it. Where marks begin anew on each page, the second note of a mark
    belongs to its second call; a mark used twice calls its one note from the first place."""
    calls: dict[str, list[tuple[str, int]]] = {}
    starred = any(set(draft.local.removeprefix("fn")) == {"*"} for draft in notes)
    for clause in clauses:
        marks = [*clause.calls, *(_stars(clause) if starred else ())]
        for call in marks:
            calls.setdefault(call.marker, []).append((clause.id, call.at))
    footnotes, findings = [], []
    for draft in notes:
        passage, _ = gathered(draft, spaced=spaced)
        marker = draft.local.removeprefix("fn")
        called = calls.get(marker, [])
        clause_id, at = called.pop(0) if called else (None, None)
        spans = tuple(span for block in draft.blocks for span in block.spans)
        footnotes.append(Footnote(draft.id, marker, passage, spans, clause_id, at))
        if clause_id is None:
            message = f"no paragraph calls note {marker}; its citations stand by themselves"
            findings.append(Finding("warning", "footnote-uncalled", draft.id, message))
    return tuple(footnotes), tuple(findings)


def _stars(clause: Clause) -> list[Call]:
    """The stars that a clause prints in its words, where the file does not mark them as notes."""
    marked = {call.at for call in clause.calls}
    found = ((mark.start(), mark[1] or mark[2]) for mark in _STARS.finditer(clause.passage.text))
    return [Call(at, stars) for at, stars in found if at not in marked]
