"""Finds words in the text of the paragraph in which they stand.

The graph tells where words begin in the file, whose markup lies between them; inside one paragraph they follow each
other at about the same distances. Each is looked for behind the one before, at the place that the distance foretells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from kg.pages.reading import Words

Thing = TypeVar("Thing")


class Stretch(NamedTuple, Generic[Thing]):
    """A part of a text, and what it stands for; None for what lies between."""

    text: str
    thing: Thing | None


def stretches(text: str, found: Iterable[tuple[Words, Thing]]) -> list[Stretch[Thing]]:
    """The text cut at the words, each with what it stands for. Of words that overlap, what comes first in `found` has
    them; words that are not in the text leave no trace. The parts joined are the text."""
    taken: list[tuple[int, int, Thing]] = []
    for start, end, thing in _placed(text, list(found)):
        if all(end <= other_start or start >= other_end for other_start, other_end, _ in taken):
            taken.append((start, end, thing))
    parts: list[Stretch[Thing]] = []
    at = 0
    for start, end, thing in sorted(taken, key=lambda each: each[0]):
        if start > at:
            parts.append(Stretch(text[at:start], None))
        parts.append(Stretch(text[start:end], thing))
        at = end
    if at < len(text):
        parts.append(Stretch(text[at:], None))
    return parts


def _placed(text: str, found: Sequence[tuple[Words, Thing]]) -> list[tuple[int, int, Thing]]:
    """Where each stands in the text, in the order given."""
    order = sorted(range(len(found)), key=lambda number: found[number][0].start)
    places: dict[int, tuple[int, int, Thing]] = {}
    before, before_source = 0, None
    for number in order:
        words, thing = found[number]
        expected = before if before_source is None else before + words.start - before_source
        place = _nearest(text, words.surfaces, expected, since=0 if before_source is None else before)
        if place is not None:
            places[number] = (*place, thing)
            before, before_source = place[0], words.start
    return [places[number] for number in sorted(places)]


def _nearest(text: str, surfaces: Iterable[str], expected: int, *, since: int) -> tuple[int, int] | None:
    """The occurrence of any of the words that is nearest to a place, not before `since`; of two there, the longer."""
    occurrences = [(at, at + len(surface)) for surface in surfaces if surface for at in _every(text, surface, since)]
    return min(occurrences, key=lambda place: (abs(place[0] - expected), place[0] - place[1]), default=None)


def _every(text: str, words: str, since: int) -> Iterable[int]:
    at = text.find(words, since)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
