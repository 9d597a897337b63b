"""The order inside each column, with few crossings."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

Order = list[list[int]]

#: Sweeps to either side; the best order met is kept, and four sweeps without a better one are the last.
_SWEEPS = 12
_IN_VAIN = 4
#: Rounds in which neighbours change places.
_ROUNDS = 8
#: So many short lines are swept over twice and change no places, so that a picture takes no longer than a second.
MANY = 8000


class Neighbours:
    """Who is joined to whom in the next column to the left and to the right."""

    def __init__(self, count: int, short: Iterable[tuple[int, int]]) -> None:
        self.left: list[list[int]] = [[] for _ in range(count)]
        self.right: list[list[int]] = [[] for _ in range(count)]
        self.count = 0
        for left, right in short:
            self.right[left].append(right)
            self.left[right].append(left)
            self.count += 1


def ordered(column: Sequence[int], joined: Neighbours, first: int, documents: int) -> tuple[Order, int]:
    """The things of each column from top to bottom, and how many crossings are left; `first` is where to begin, the
    first `documents` things are documents, the others waypoints."""
    order = _as_met(column, joined, first)
    best, fewest = [list(each) for each in order], crossings(order, joined)
    vain = 0
    many = joined.count > MANY
    for sweep in range(2 if many else _SWEEPS):
        if not fewest or vain == _IN_VAIN:
            break
        _sweep(order, joined, to_right=sweep % 2 == 0)
        found = crossings(order, joined)
        vain = vain + 1 if found >= fewest else 0
        if found < fewest:
            best, fewest = [list(each) for each in order], found
    if not many:
        _exchange(best, joined)
        fewest = crossings(best, joined)
    for things in best:
        for side, beyond in ((joined.left, joined.right), (joined.right, joined.left)):
            _centre(things, side, beyond, documents)
    return best, fewest


def crossings(order: Order, joined: Neighbours) -> int:
    """How many pairs of lines between neighbouring columns cross."""
    found = 0
    for here, there in pairwise(order):
        place = {thing: index for index, thing in enumerate(there)}
        before: list[int] = []
        for thing in here:
            others = joined.right[thing]
            ends = [place[others[0]]] if len(others) == 1 else sorted([place[other] for other in others])
            for end in ends:
                found += len(before) - bisect_right(before, end)
            for end in ends:
                insort(before, end)
    return found


def _as_met(column: Sequence[int], joined: Neighbours, first: int) -> Order:
    """The order in which everything is met when one goes outward from `first`, then from what is left over."""
    order: Order = [[] for _ in range(1 + max(column, default=-1))]
    seen = [False] * len(column)
    for start in (first, *range(len(column))):
        front = [start]
        while front:
            following: list[int] = []
            for thing in front:
                if not seen[thing]:
                    seen[thing] = True
                    order[column[thing]].append(thing)
                    following += joined.left[thing]
                    following += joined.right[thing]
            front = following
    return order


def _sweep(order: Order, joined: Neighbours, *, to_right: bool) -> None:
    sides = joined.left if to_right else joined.right
    indices = range(1, len(order)) if to_right else range(len(order) - 2, -1, -1)
    place = [0] * len(sides)
    for each in order:
        for index, thing in enumerate(each):
            place[thing] = index
    for index in indices:
        wanted = {}
        for thing in order[index]:
            others = sides[thing]
            wanted[thing] = sum([place[other] for other in others]) / len(others) if others else place[thing]
        order[index].sort(key=wanted.__getitem__)
        for at, thing in enumerate(order[index]):
            place[thing] = at


def _exchange(order: Order, joined: Neighbours) -> None:
    """Lets neighbours change places as long as that saves crossings."""
    for _ in range(_ROUNDS):
        changed = False
        for index, things in enumerate(order):
            left = _ends(order[index - 1] if index else [], joined.right)
            right = _ends(order[index + 1] if index + 1 < len(order) else [], joined.left)
            for at in range(len(things) - 1):
                one, other = things[at], things[at + 1]
                now = _between(left, one, other) + _between(right, one, other)
                if now and now > _between(left, other, one) + _between(right, other, one):
                    things[at], things[at + 1] = other, one
                    changed = True
        if not changed:
            return


def _centre(things: list[int], side: list[list[int]], beyond: list[list[int]], documents: int) -> None:
    """Lets a line go on in the middle of the documents that hang on it, which crosses nothing more: all have one
    neighbour, and nothing lies beyond the documents."""
    start = 0
    while start < len(things):
        one = side[things[start]]
        end = start
        while end < len(things) and side[things[end]] == one and (things[end] >= documents or not beyond[things[end]]):
            end += 1
        if len(one) == 1 and end - start > 2:
            run = things[start:end]
            hanging = [thing for thing in run if thing < documents]
            passing = [thing for thing in run if thing >= documents]
            half = len(hanging) // 2
            things[start:end] = hanging[:half] + passing + hanging[half:]
        start = max(end, start + 1)


def _ends(column: list[int], sides: list[list[int]]) -> dict[int, list[int]]:
    """Where the lines of a neighbouring column's things end, for each thing of this one, from top to bottom."""
    found: dict[int, list[int]] = {}
    for place, thing in enumerate(column):
        for other in sides[thing]:
            found.setdefault(other, []).append(place)
    return found


def _between(ends: dict[int, list[int]], upper: int, lower: int) -> int:
    """How often the lines of the upper thing cross those of the lower."""
    below = ends.get(lower, [])
    return sum(bisect_left(below, end) for end in ends.get(upper, ())) if below else 0
