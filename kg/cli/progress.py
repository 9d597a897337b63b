"""Shows on standard error how far a long verb has come, if a person is watching."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.pool import Progress

#: Seconds between two lines; a line a document would take longer to print than the document to read.
_EVERY = 0.2


def watched() -> bool:
    """Whether a person is watching."""
    return sys.stderr.isatty()


@contextlib.contextmanager
def shown(label: str) -> Iterator[Progress | None]:
    """What is to be told of each document done: a line with the number, the rate and the time left is then printed over
    the one before. None where nobody watches."""
    if not watched():
        yield None
        return
    begun = last = monotonic()

    def step(done: int, total: int) -> None:
        nonlocal last
        now = monotonic()
        if done == total or now - last >= _EVERY:
            last = now
            click.echo(f"\r\033[K{line(label, done, total, now - begun)}", nl=False, err=True)

    try:
        yield step
    finally:
        click.echo("\r\033[K", nl=False, err=True)


def line(label: str, done: int, total: int, seconds: float) -> str:
    """Reading 1,200 of 12,529 documents  9 %  96/s  1 min 58 s left; the rate is by the minute where it is small."""
    rate = done / seconds if seconds else 0.0
    shown = f"{label} {done:,} of {total:,} documents  {done * 100 // total if total else 100} %"
    if not rate or done >= total:
        return shown
    speed = f"{rate:,.0f}/s" if rate >= 1 else f"{rate * 60:.0f}/min"
    return f"{shown}  {speed}  {_duration((total - done) / rate)} left"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
