"""The ways of the lines through the columns between their ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.drawing.columns import Pair


@dataclass(frozen=True, slots=True)
class Tracks:
    """The column of everything that has a height: the documents first, then the waypoints; the short lines between
    neighbouring columns (left, right); and for each pair its waypoints, from the citing side to the cited."""

    column: tuple[int, ...]
    short: tuple[tuple[int, int], ...]
    ways: dict[Pair, tuple[int, ...]]


def tracks(column_of: Sequence[int], pairs: Sequence[Pair]) -> Tracks:
    """Waypoints for all lines that span more than one column; those that share their busier end share waypoints."""
    busy = [0] * len(column_of)
    for citing, cited in pairs:
        busy[citing] += 1
        busy[cited] += 1
    column = list(column_of)
    waypoint: dict[tuple[int, bool, int], int] = {}
    short: dict[tuple[int, int], None] = {}
    ways: dict[Pair, tuple[int, ...]] = {}
    for citing, cited in pairs:
        left, right = column_of[cited], column_of[citing]
        if left >= right:
            ways[citing, cited] = ()
            continue
        hub = citing if busy[citing] > busy[cited] else cited
        way = []
        for between in range(right - 1, left, -1):
            key = (hub, hub == citing, between)
            if key not in waypoint:
                waypoint[key] = len(column)
                column.append(between)
            way.append(waypoint[key])
        ways[citing, cited] = tuple(way)
        stations = [citing, *way, cited]
        for there, here in pairwise(stations):
            short[here, there] = None
    return Tracks(tuple(column), tuple(short), ways)
