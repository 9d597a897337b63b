"""The words round what was found, cut out of a paragraph."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from kg.model import Span

_CUT = "…"
#: So many places are tried for the best stretch.
_TRIED = 16


def excerpt(text: str, marks: Sequence[Span], *, width: int = 200) -> tuple[str, tuple[Span, ...]]:
    """So many columns of the text at most, where most marks stand, begun and ended between words; and the marks in it.

    What was cut off is shown by an ellipsis. White space becomes blanks, one for one, so that the marks fit.
    """
    text = re.sub(r"\s", " ", text)
    start, end = _best(_Cut(text, width), marks)
    before, behind = (_CUT if start > 0 else ""), (_CUT if end < len(text) else "")
    shift = len(before) - start
    inside = (mark for mark in marks if start <= mark.start and mark.end <= end)
    return f"{before}{text[start:end]}{behind}", tuple(Span(m.start + shift, m.end + shift) for m in inside)


def _best(cut: _Cut, marks: Sequence[Span]) -> tuple[int, int]:
    """The stretch that shows the most marks; of equals, the first."""
    if cut.columns[-1] <= cut.width:
        return 0, len(cut.text)
    stretches = (cut.round(mark) for mark in marks[:_TRIED] or [Span(0, 0)])
    return max(stretches, key=lambda s: sum(s[0] <= mark.start and mark.end <= s[1] for mark in marks))


class _Cut:
    """Cuts stretches of so many columns out of a text."""

    def __init__(self, text: str, width: int) -> None:
        self.text = text
        self.width = width
        #: The columns before each character, and at last those of the whole.
        self.columns = range(len(text) + 1) if text.isascii() else list(accumulate(map(_column, text), initial=0))

    def round(self, mark: Span) -> tuple[int, int]:
        """A stretch with a quarter of its columns before the mark, or more where the text ends before it is full."""
        start = self._back(mark.start, self.width // 4)
        end = self._on(start)
        if end == len(self.text):
            start = self._back(mark.start, self.width - (self.columns[end] - self.columns[mark.start]))
        return start, max(end, mark.end)

    def _back(self, at: int, columns: int) -> int:
        """Where, so many columns before a place at most, a word begins."""
        start = bisect_left(self.columns, self.columns[at] - columns, 0, at)
        while 0 < start < at and not (self.text[start - 1] == " " or self._wide(start)):
            start += 1
        while start < at and self.text[start] == " ":
            start += 1
        return start

    def _on(self, at: int) -> int:
        """Where the columns behind a place are full and a word has ended."""
        end = bisect_right(self.columns, self.columns[at] + self.width) - 1
        while at < end < len(self.text) and not (self.text[end] == " " or self._wide(end)):
            end -= 1
        return end

    def _wide(self, at: int) -> bool:
        """Whether a wide character stands beside a place: a text may be cut there."""
        return self.columns[at + 1] - self.columns[at - 1] > 2


@cache
def _column(character: str) -> int:
    """Columns on the screen: Chinese characters take two, accents none."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
