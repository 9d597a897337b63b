"""The words round what was found, cut out of a paragraph."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kg.model import Span

_CUT = "…"
#: So many places are tried for the best stretch.
_TRIED = 16


def excerpt(text: str, marks: Sequence[Span], *, width: int = 200) -> tuple[str, tuple[Span, ...]]:
    """So many columns of the text at most, where most marks stand, begun and ended between words; and the marks in it.

    What was cut off is shown by an ellipsis. White space becomes single blanks of the same length, so that marks stay.
    """
    text = "".join(" " if character.isspace() else character for character in text)
    start, end = _best(text, marks, width)
    before, behind = (_CUT if start > 0 else ""), (_CUT if end < len(text) else "")
    shift = len(before) - start
    inside = (mark for mark in marks if start <= mark.start and mark.end <= end)
    return f"{before}{text[start:end]}{behind}", tuple(Span(m.start + shift, m.end + shift) for m in inside)


def _best(text: str, marks: Sequence[Span], width: int) -> tuple[int, int]:
    """The stretch that shows the most marks; of equals, the first."""
    if _columns(text) <= width:
        return 0, len(text)
    windows = (_window(text, mark, width) for mark in marks[:_TRIED] or [Span(0, 0)])
    return max(windows, key=lambda w: sum(w[0] <= mark.start and mark.end <= w[1] for mark in marks))


def _window(text: str, mark: Span, width: int) -> tuple[int, int]:
    """A stretch with a quarter of its columns before the mark."""
    start = _back(text, mark.start, width // 4)
    end = _on(text, start, width)
    # At the end of the text, what is left of the columns goes to the words before.
    start = _back(text, mark.start, width - _columns(text[mark.start : end])) if end == len(text) else start
    return start, max(end, mark.end)


def _back(text: str, at: int, columns: int) -> int:
    """Where so many columns before a place a word begins."""
    start = at
    while start > 0 and columns > 0:
        start -= 1
        columns -= _columns(text[start])
    while 0 < start < at and not (text[start - 1] == " " or _wide(text, start)):
        start += 1
    while start < at and text[start] == " ":
        start += 1
    return start


def _on(text: str, at: int, columns: int) -> int:
    """Where so many columns behind a place a word ends."""
    end = at
    while end < len(text) and columns > 0:
        columns -= _columns(text[end])
        end += 1
    while at < end < len(text) and not (text[end] == " " or _wide(text, end)):
        end -= 1
    return end


def _wide(text: str, at: int) -> bool:
    """Whether a wide character stands beside a place: a text may be cut there."""
    return _columns(text[at - 1 : at + 1]) > 2


def _columns(text: str) -> int:
    """Columns on the screen: Chinese characters take two, accents none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
