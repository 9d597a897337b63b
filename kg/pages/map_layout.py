"""Where each document stands on the map: time runs across, a band for each organ runs along it.

A year is the wider the more documents it has, so that none is crowded; within a year documents stand in columns by
date, and in a column near the height of those that they cite and are cited by. The same documents give the same map.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: How crowded a year may be where it is most: documents for each unit of its width, if its band were all of the map.
_CROWD = 25
#: The height of the map for each unit of its width, and the room between bands.
_SHAPE = 0.5
_BETWEEN = 0.03
#: How often documents are put in order by their neighbours; more change little.
_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Dot:
    """A document to be placed: its symbol, its band, its year (None where none is known), and the date within it."""

    symbol: str
    band: int
    year: int | None
    date: str


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where a year (None: without a year) or a band reaches."""

    key: int | None
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Layout:
    """`places` holds x and y of each document; x grows with time, y from the last band to the first."""

    places: tuple[tuple[float, float], ...]
    years: tuple[Span, ...]
    bands: tuple[Span, ...]


def layout(dots: Sequence[Dot], links: Iterable[tuple[int, int]]) -> Layout:
    """Places for all documents; `links` are pairs of their numbers."""
    shares = _shares(dots)
    years = _years(dots, shares)
    width = max((span.end for span in years), default=1.0)
    bands = _bands(shares, height=width * _SHAPE)
    columns = _columns(dots, years, bands)
    heights = _heights(columns, bands, dots)
    neighbours = _neighbours(links)
    for sweep in range(_SWEEPS):
        _sweep(columns if sweep % 2 == 0 else columns[::-1], bands, dots, neighbours, heights)
    across = {number: x for x, column in columns for number in column}
    places = tuple((round(across[number], 3), round(heights[number], 3)) for number in range(len(dots)))
    return Layout(places, years, bands)


def _shares(dots: Sequence[Dot]) -> list[float]:
    """The part of the height that each band takes: the more documents, the more."""
    counts = Counter(dot.band for dot in dots)
    weights = [math.sqrt(counts[band]) for band in range(max(counts, default=0) + 1)]
    return [weight / (sum(weights) or 1) for weight in weights]


def _years(dots: Sequence[Dot], shares: Sequence[float]) -> tuple[Span, ...]:
    """The years from the first to the last, those without documents narrow; what has no year stands before all."""
    crowds: defaultdict[int | None, float] = defaultdict(float)
    for (year, band), count in Counter((dot.year, dot.band) for dot in dots).items():
        crowds[year] = max(crowds[year], count / shares[band])
    known = sorted(year for year in crowds if year is not None)
    keys: list[int | None] = [None] if None in crowds else []
    keys += list(range(known[0], known[-1] + 1)) if known else []
    spans, start = [], 0.0
    for key in keys:
        end = start + (max(1.0, math.sqrt(crowds[key] / _CROWD)) if key in crowds else 0.25)
        spans.append(Span(key, round(start, 3), round(end, 3)))
        start = end
    return tuple(spans)


def _bands(shares: Sequence[float], *, height: float) -> tuple[Span, ...]:
    """The first band lies on top."""
    room = height * (1 - _BETWEEN * (len(shares) - 1))
    spans, top = [], height
    for band, share in enumerate(shares):
        bottom = top - room * share
        spans.append(Span(band, round(bottom, 3), round(top, 3)))
        top = bottom - height * _BETWEEN
    return tuple(spans)


def _columns(dots: Sequence[Dot], years: Sequence[Span], bands: Sequence[Span]) -> list[tuple[float, list[int]]]:
    """The columns of all years and bands with their x, from left to right; each is a list of documents."""
    cells: defaultdict[tuple[int | None, int], list[int]] = defaultdict(list)
    for number, dot in enumerate(dots):
        cells[dot.year, dot.band].append(number)
    found = []
    for year in years:
        for band in bands:
            numbers = cells.get((year.key, band.key or 0), [])
            numbers.sort(key=lambda number: (dots[number].date, dots[number].symbol))
            wide, high = year.end - year.start, band.end - band.start
            count = max(1, math.ceil(math.sqrt(len(numbers) * wide / high))) if numbers else 0
            size = math.ceil(len(numbers) / count) if count else 0
            for column in range(count):
                part = numbers[column * size : (column + 1) * size]
                found.append((year.start + wide * (column + 0.5) / count, part))
    return found


def _heights(
    columns: Sequence[tuple[float, list[int]]], bands: Sequence[Span], dots: Sequence[Dot]
) -> dict[int, float]:
    heights: dict[int, float] = {}
    for _, column in columns:
        _stack(column, bands, dots, heights)
    return heights


def _stack(column: Sequence[int], bands: Sequence[Span], dots: Sequence[Dot], heights: dict[int, float]) -> None:
    """Spreads a column evenly over its band."""
    if column:
        band = bands[dots[column[0]].band]
        for place, number in enumerate(column):
            heights[number] = band.start + (band.end - band.start) * (place + 0.5) / len(column)


def _neighbours(links: Iterable[tuple[int, int]]) -> Mapping[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in links:
        if one != other:
            found[one].append(other)
            found[other].append(one)
    return found


def _sweep(
    columns: Sequence[tuple[float, list[int]]],
    bands: Sequence[Span],
    dots: Sequence[Dot],
    neighbours: Mapping[int, list[int]],
    heights: dict[int, float],
) -> None:
    """Puts each column in the order of the mean heights of its neighbours."""
    for _, column in columns:
        means = {
            number: sum(heights[other] for other in near) / len(near) if (near := neighbours.get(number)) else None
            for number in column
        }
        column.sort(key=lambda number: heights[number] if means[number] is None else means[number] or 0.0)
        _stack(column, bands, dots, heights)
