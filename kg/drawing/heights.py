"""How high everything stands: near its neighbours, in the order of its column, with room for its label."""

from __future__ import annotations

from collections.abc import Sequence

from kg.drawing.crossings import MANY, Neighbours, Order

_SWEEPS = 6


def heights(order: Order, rooms: Sequence[int], joined: Neighbours, documents: int) -> list[int]:
    """The middle of each thing in pixels below the top; `rooms` are even, and the first `documents` things are
    documents."""
    middle = [0.0] * len(rooms)
    for things in order:
        y = -sum(rooms[thing] for thing in things) / 2
        for thing in things:
            middle[thing] = y + rooms[thing] / 2
            y += rooms[thing]
    for sweep in range(2 if joined.count > MANY else _SWEEPS):
        for things in order if sweep % 2 == 0 else reversed(order):
            _settle(things, rooms, joined, documents, middle)
    top = min((middle[thing] - rooms[thing] / 2 for things in order for thing in things), default=0.0)
    return [int(y - top + 0.5) for y in middle]


def _settle(things: list[int], rooms: Sequence[int], joined: Neighbours, documents: int, middle: list[float]) -> None:
    """Pools what wants the same place, so that all together are as near to their wishes as the order allows."""
    # Each pool: sum of weights, sum of weighted wishes, how many things.
    pools: list[list[float]] = []
    offsets: list[float] = []
    offset = 0.0
    for index, thing in enumerate(things):
        if index:
            offset += (rooms[things[index - 1]] + rooms[thing]) / 2
        offsets.append(offset)
        wish, weight = _wish(thing, joined, documents, middle)
        pools.append([weight, (wish - offset) * weight, 1])
        while len(pools) > 1 and pools[-2][1] / pools[-2][0] >= pools[-1][1] / pools[-1][0]:
            last = pools.pop()
            pools[-1] = [pools[-1][0] + last[0], pools[-1][1] + last[1], pools[-1][2] + last[2]]
    at = 0
    for weight, weighted, count in pools:
        for _ in range(int(count)):
            middle[things[at]] = weighted / weight + offsets[at]
            at += 1


def _wish(thing: int, joined: Neighbours, documents: int, middle: list[float]) -> tuple[float, float]:
    """The mean of the neighbours; a waypoint wants to go on straight more than a document wants to be near."""
    total = weights = 0.0
    for other in (*joined.left[thing], *joined.right[thing]):
        weight = 1.0 + 3.0 * (thing >= documents) + 3.0 * (other >= documents) * (thing >= documents)
        total += weight * middle[other]
        weights += weight
    return (total / weights, weights) if weights else (middle[thing], 0.1)
