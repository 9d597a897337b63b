"""Note marks printed as plain digits, as raw text from a PDF has them: "by its resolution 70/1,3 in which".

A digit is a mark only where a note of that number begins a paragraph and the marks count up through the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Span

_NOTE = re.compile(r"[ \t\f]*([1-9][0-9]{0,2})[ \t\u00a0]+(?=[^\W\d_]|[“\"«《(])")
_TO_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_GLUED = r"(?:(?<=[^\W\d_])|(?<=[,.;:”»\")\]》）」，、。；：،؛’])|(?<=[,;.] ))"


def superscribed(characters: str, spans: Sequence[Span]) -> str:
    """The characters with the digits of note marks raised, each in its place; nothing else changes."""
    notes = [(int(found[1]), found.start(1)) for span in spans if (found := _NOTE.match(characters, *span))]
    marks = _marks(characters, notes)
    if not marks:
        return characters
    raised = list(characters)
    for at, digits in marks:
        raised[at : at + len(digits)] = digits.translate(_TO_SUPERSCRIPT)
    return "".join(raised)


def _marks(characters: str, notes: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
    """The places of the notes, and of the marks that call them, in the order of their numbers."""
    found: list[tuple[int, str]] = []
    at, last = 0, 0
    starts = {start for _, start in notes}
    for number, start in notes:
        if last and not last < number <= last + 3:
            continue
        call = _call(characters, number, at, start, starts)
        if call is None:
            continue
        found.extend([(call, str(number)), (start, str(number))])
        at, last = call + 1, number
    return found


def _call(characters: str, number: int, start: int, end: int, notes: set[int]) -> int | None:
    """The first place between the last mark and the note where the number is glued to a word or stop."""
    pattern = re.compile(rf"{_GLUED}{number}(?![0-9/]|[.,-][0-9]|[^\W\d_])")
    found = (match.start() for match in pattern.finditer(characters, start, end))
    return next((at for at in found if at not in notes), None)
