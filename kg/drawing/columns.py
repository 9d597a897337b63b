"""Time as columns: which year a document stands in, and which of the columns of that year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: One line of the picture as the places of its documents in the list: citing, cited.
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Columns:
    """The column of each document, the year of each column (None: not known), and who has no year of its own."""

    of: tuple[int, ...]
    years: tuple[int | None, ...]
    undated: frozenset[int]
    #: The last year of each span of years that stands in one band, by its first.
    spans: Mapping[int, int]


def columns(dates: Sequence[str | None], pairs: Sequence[Pair], *, bands: int | None = None) -> Columns:
    """Puts documents in columns by date; `dates` as in Document. Of more years than `bands`, neighbours are put
    together in spans."""
    cites: dict[int, list[int]] = {}
    for citing, cited in pairs:
        cites.setdefault(citing, []).append(cited)
    own = [_year(date) for date in dates]
    undated = frozenset(place for place, year in enumerate(own) if year is None)
    years = [
        max((y for cited in cites.get(place, ()) if (y := own[cited]) is not None), default=None)
        if place in undated
        else year
        for place, year in enumerate(own)
    ]
    spans = _spans([year for year in years if year is not None], bands)
    first = {year: start for start, end in spans.items() for year in range(start, end + 1)}
    years = [None if year is None else first[year] for year in years]
    days = [date if date and len(date) == 10 else "" for date in dates]
    found = [0] * len(dates)
    of_columns: list[int | None] = []
    for year in sorted(set(years), key=lambda year: -1 if year is None else year):
        members = [place for place in range(len(dates)) if years[place] == year]
        ranks = _ranks(members, days, cites)
        for place in members:
            found[place] = len(of_columns) + ranks[place]
        of_columns.extend([year] * (1 + max(ranks.values())))
    return Columns(tuple(found), tuple(of_columns), undated, spans)


def _spans(years: Sequence[int], bands: int | None) -> dict[int, int]:
    """Spans of years, with about as many documents in each, at most `bands` of them."""
    counted = Counter(years)
    if bands is None or len(counted) <= bands:
        return {year: year for year in sorted(counted)}
    found: dict[int, int] = {}
    passed = 0
    start, band = min(counted), 0
    for year in sorted(counted):
        now = min(passed * bands // len(years), bands - 1)
        if now > band:
            start, band = year, now
        found[start] = year
        passed += counted[year]
    return found


def _year(date: str | None) -> int | None:
    return int(date[:4]) if date and date[:4].isdigit() else None


def _ranks(members: list[int], days: Sequence[str], cites: Mapping[int, list[int]]) -> dict[int, int]:
    """The column inside a year: right of what one cites, and never left of an earlier day."""
    ranks: dict[int, int] = {}
    day, before, until = "", 0, 0
    inside = set(members)
    for place in _in_order(members, days, cites):
        older = [
            ranks[c] + 1 for c in cites.get(place, ()) if c in inside and c in ranks and not _later(days, c, place)
        ]
        rank = max(older, default=0)
        if days[place] >= day and days[place]:
            if days[place] > day:
                day, before = days[place], until
            rank = max(rank, before)
            until = max(until, rank)
        ranks[place] = rank
    return ranks


def _in_order(members: list[int], days: Sequence[str], cites: Mapping[int, list[int]]) -> list[int]:
    """By day and symbol, but what is cited before what cites it where the days allow; circles are cut where met."""
    inside = set(members)
    seen: set[int] = set()
    order: list[int] = []
    for first in sorted(members, key=lambda place: (days[place], place)):
        way = [(first, iter(sorted(cites.get(first, ()))))] if first not in seen else []
        seen.add(first)
        while way:
            place, rest = way[-1]
            cited = next((c for c in rest if c in inside and c not in seen and not _later(days, c, place)), None)
            if cited is None:
                order.append(place)
                way.pop()
            else:
                seen.add(cited)
                way.append((cited, iter(sorted(cites.get(cited, ())))))
    return order


def _later(days: Sequence[str], one: int, other: int) -> bool:
    return bool(days[one] and days[other]) and days[one] > days[other]
