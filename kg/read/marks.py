"""Note marks printed as plain digits, as raw text from a PDF has them: "by its resolution 70/1,3 in which".

A digit is a mark only where a note of that number begins a paragraph and the notes count up through the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Span

_NOTE = re.compile(r"[ \t\f]*\(?([1-9][0-9]{0,2})\)?[ \t\u00a0]+(?:\( ?\) ?)?(?=[^\W\d_]|[“\"«《(\[])")
_TO_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
#: What a mark is glued to: a letter, a stop or bracket; a stop and a space; a year; in Arabic brackets of its own.
_GLUED = (
    r"(?:(?<=[^\W\d_])|(?<=[,.;:”»\")\]》」）』，、。；：،؛’])|(?<=[,;.] )"
    r"|(?<=\b(?:19|20)[0-9]{2})|(?<=[^\W\d_]\()(?=[0-9]{1,3}\)))"
)
#: As a last resort the number of a resolution: 70/1 and the mark 3 are printed as 70/13.
_BEHIND_NUMBER = r"(?<=[0-9)])"
_NUMBER_BEFORE = re.compile(r"(?:/[0-9]{1,3}|\))$")
_ALONE = r"(?![0-9/]|[.,-][0-9]|[^\W\d_])"


def superscribed(characters: str, spans: Sequence[Span]) -> str:
    """The characters with the digits of note marks raised, each in its place; nothing else changes."""
    notes = [(int(found[1]), found.start(1)) for span in spans if (found := _NOTE.match(characters, *span))]
    marks = _marks(characters, _row(notes)) if notes else []
    raised = list(characters) if marks else []
    for at, digits in marks:
        raised[at : at + len(digits)] = digits.translate(_TO_SUPERSCRIPT)
    return "".join(raised) or characters


def _row(notes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of the paragraphs that begin with a number, the longest row in which the numbers go up one by one."""
    rows: dict[int, list[tuple[int, int]]] = {}
    longest: list[tuple[int, int]] = []
    for number, start in notes:
        rows[number] = [*(rows.get(number - 1) or rows.get(number - 2, [])), (number, start)]
        longest = max(longest, rows[number], key=len)
    return longest


def _marks(characters: str, notes: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
    """The places of the notes and of the marks that call them; none where half of the notes are not called."""
    starts = {start for _, start in notes}
    calls: list[tuple[int, str]] = []
    at = 0
    for number, start in notes:
        call = _call(characters, number, at, start, starts)
        if call is not None:
            calls.append((call, str(number)))
            at = call + 1
    if 2 * len(calls) < len(notes):
        return []
    return [*calls, *((start, str(number)) for number, start in notes)]


def _call(characters: str, number: int, start: int, end: int, notes: set[int]) -> int | None:
    """The first place between the last mark and the note where the number is glued to a word or stop."""
    for glued in (_GLUED, _BEHIND_NUMBER):
        found = (match.start() for match in re.finditer(f"{glued}{number}{_ALONE}", characters[start:end]))
        places = (start + at for at in found if start + at not in notes and not _leads(characters, start + at))
        place = next((at for at in places if glued is _GLUED or _NUMBER_BEFORE.search(characters[at - 4 : at])), None)
        if place is not None:
            return place
    return None


def _leads(characters: str, at: int) -> bool:
    """Whether the digit belongs to the number with which a line begins."""
    before = characters[characters.rfind("\n", 0, at) + 1 : at]
    return not before.strip(" \t0123456789(")
