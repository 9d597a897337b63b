"""A published file as plain text, to see whether its clauses are known again without its markup."""

from __future__ import annotations

from kg.errors import InputError
from kg.evaluate.structure import Fault
from kg.model import Block, Outline, Record, Source, Text
from kg.read import texts
from kg.segment import segment

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain(text: Text) -> str:
    """The blocks as paragraphs, with their numbers as printed and note marks as superscripts."""
    notes = {block.marker for block in text.blocks if block.marker}
    return "\n\n".join(_paragraph(block, text, notes) for block in text.blocks) + "\n"


def _paragraph(block: Block, text: Text, notes: set[str]) -> str:
    words, at = "", 0
    for call in block.calls:
        words += block.passage.text[at : call.at] + (_mark(call.marker) if call.marker in notes else "")
        at = call.at
    words += block.passage.text[at:]
    if block.marker:
        return f"{_mark(block.marker)} {words}"
    if block.number:
        printed = text.characters[block.spans[0].start : block.spans[0].end]
        return f"{printed.strip()} {words}"
    return words


def _mark(marker: str) -> str:
    return marker.translate(_SUPERSCRIPTS)


def read_otherwise(record: Record) -> Fault | None:
    """Where the clauses of the plain text first differ from those of the file; None where all are the same."""
    outline = record.reading.outline
    source = Source("plain text", plain(outline.text).encode(), outline.text.language)
    try:
        again = segment(texts(source)[0])
    except InputError as error:
        return Fault("plain", "document", error.what)
    ours, theirs = _clauses(outline), _clauses(again)
    for mine, other in zip([*ours, "the end"], [*theirs, "the end"], strict=False):
        if mine != other:
            return Fault("plain", mine, f"{mine} of the file is {other} of the plain text")
    return None


def _clauses(outline: Outline) -> list[str]:
    return [clause.id for clause in outline.clauses if clause.kind != "heading"]
