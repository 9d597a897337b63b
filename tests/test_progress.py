"""The line that tells a person how far a long verb has come."""

from __future__ import annotations

import io
import sys

import pytest

from kg.cli.progress import line, shown


@pytest.mark.parametrize(
    ("done", "total", "seconds", "expected"),
    [
        (1200, 12529, 12.5, "Reading 1,200 of 12,529 documents  9 %  96/s  1 min 58 s left"),
        (1, 4, 2.0, "Reading 1 of 4 documents  25 %  30/min  6 s left"),
        (6000, 2_000_000, 4.0, "Reading 6,000 of 2,000,000 documents  0 %  1,500/s  22 min 9 s left"),
        (100, 1_000_000, 10.0, "Reading 100 of 1,000,000 documents  0 %  10/s  27 h 46 min left"),
        (1, 61, 60.0, "Reading 1 of 61 documents  1 %  1/min  1 h 0 min left"),
        (4, 4, 2.0, "Reading 4 of 4 documents  100 %"),
        (0, 4, 2.0, "Reading 0 of 4 documents  0 %"),
        (0, 0, 0.0, "Reading 0 of 0 documents  100 %"),
        (3, 4, 0.0, "Reading 3 of 4 documents  75 %"),
    ],
)
def test_the_line_tells_number_share_rate_and_time_left(done: int, total: int, seconds: float, expected: str) -> None:
    assert line("Reading", done, total, seconds) == expected


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_where_a_person_watches_the_line_is_written_over_and_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with shown("Reading") as step:
        assert step is not None
        for number in range(1, 1001):
            step(number, 1000)
    lines = [each for each in screen.getvalue().split("\r\033[K") if each]
    assert lines[-1] == "Reading 1,000 of 1,000 documents  100 %"
    assert len(lines) < 100, "a line a document would take longer to print than the document to read"
    assert screen.getvalue().endswith("\r\033[K")


def test_where_a_program_reads_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with shown("Reading") as step:
        assert step is None
