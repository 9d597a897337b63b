"""Which documents are shown where a lineage holds more than a picture can."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.drawing.model import Line


def nearest(
    symbols: Iterable[str], lines: Iterable[Line], *, root: str, most: int, cited: Mapping[str, int] | None = None
) -> frozenset[str]:
    """At most so many documents: the nearest to the root first, of those equally near what has most lines, and of these
    what is cited most; `cited` is by how many documents each is."""
    known, often = frozenset(symbols), cited or {}
    if len(known) <= most:
        return known
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        beside[line.citing].add(line.cited)
        beside[line.cited].add(line.citing)
    away = {root: 0}
    front, steps = [root], 0
    while front:
        steps += 1
        following = [other for symbol in front for other in sorted(beside[symbol])]
        front = [other for other in dict.fromkeys(following) if other not in away]
        away.update(dict.fromkeys(front, steps))
    order = sorted(
        known,
        key=lambda symbol: (away.get(symbol, len(known) + 1), -len(beside[symbol]), -often.get(symbol, 0), symbol),
    )
    return frozenset(order[:most])
