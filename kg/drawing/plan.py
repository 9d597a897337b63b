"""Documents and lines → Plan: the stages of the layout, one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from kg.drawing import labels
from kg.drawing.columns import Columns, Pair, columns
from kg.drawing.crossings import Neighbours, ordered
from kg.drawing.heights import heights
from kg.drawing.model import Band, Box, Document, Line, Plan
from kg.drawing.tracks import Tracks, tracks

#: Pixels: margins; the years above; the room of a waypoint, of a symbol (as high as what fingers hit), with its title.
MARGIN, TOP = 12, 30
WAYPOINT, ROW, ROW_WITH_TITLE = 8, 24, 32
#: Sizes of the letters, the dot before the label, the widest label, a label with a title.
SYMBOL, TITLE, DOT, WIDEST, TITLED = 11, 9, 14, 190, 150
#: Between two columns; each line in it adds a little, up to a bound; between two years.
GAP, PER_LINE, MOST, YEARS = 26, 2, 48, 10


def plan(
    documents: Iterable[Document], lines: Iterable[Line], *, root: str, titles: bool = False, bands: int | None = None
) -> Plan:
    """Where everything stands; the same for the same documents and lines in whatever order they come.

    `bands` is how many years or spans of years there may be side by side. Lines to what is not among the documents, and
    of a document to itself, are not drawn."""
    dates = {document.symbol: document.date for document in documents}
    symbols = sorted(dates)
    place = {symbol: index for index, symbol in enumerate(symbols)}
    pairs = sorted(
        {
            (place[line.citing], place[line.cited])
            for line in lines
            if line.citing != line.cited and line.citing in place and line.cited in place
        }
    )
    in_time = columns([dates[symbol] for symbol in symbols], pairs, bands=bands)
    ways = tracks(in_time.of, pairs)
    joined = Neighbours(len(ways.column), ways.short)
    order, crossed = ordered(ways.column, joined, place.get(root, 0), len(symbols))
    row = ROW_WITH_TITLE if titles else ROW
    rooms = [row if thing < len(symbols) else WAYPOINT for thing in range(len(ways.column))]
    middles = [TOP + MARGIN + y for y in heights(order, rooms, joined, len(symbols))]
    widths = [_label(symbol, titles=titles) for symbol in symbols]
    starts, ends = _across(in_time, ways, widths)
    boxes = {
        symbol: Box(starts[in_time.of[n]], middles[n] - row // 2, widths[n], row) for n, symbol in enumerate(symbols)
    }
    paths = {
        (symbols[citing], symbols[cited]): _path(
            boxes[symbols[citing]],
            boxes[symbols[cited]],
            [(starts[ways.column[way]], ends[ways.column[way]], middles[way]) for way in ways.ways[citing, cited]],
            (ends[in_time.of[cited]], ends[in_time.of[citing]]),
        )
        for citing, cited in pairs
    }
    shared = Counter(step for pair in pairs for step in _steps(pair, ways))
    run = "".join(
        _together(step, boxes, symbols, (starts, ends, ways.column, middles))
        for step, count in sorted(shared.items())
        if count > 1
    )
    bottom = max((middles[thing] + rooms[thing] // 2 for thing in range(len(rooms))), default=TOP)
    return Plan(
        width=(ends[-1] if ends else 0) + GAP + MARGIN,
        height=bottom + MARGIN,
        boxes=boxes,
        paths=paths,
        bands=_bands(in_time, starts, ends),
        undated=frozenset(symbols[n] for n in in_time.undated),
        crossings=crossed,
        together=run,
    )


def _label(symbol: str, *, titles: bool) -> int:
    own = DOT + int(labels.width(symbol, SYMBOL)) + 1
    return min(max(own, DOT + TITLED) if titles else own, WIDEST)


def _across(in_time: Columns, ways: Tracks, widths: Sequence[int]) -> tuple[list[int], list[int]]:
    """Where each column begins and ends; the gap before it grows with the lines that pass through."""
    widest = [0] * len(in_time.years)
    for n, column in enumerate(in_time.of):
        widest[column] = max(widest[column], widths[n])
    through = [0] * len(in_time.years)
    for _, right in ways.short:
        through[ways.column[right]] += 1
    starts: list[int] = []
    ends: list[int] = []
    x = MARGIN
    for column, width in enumerate(widest):
        if column:
            turn = in_time.years[column] != in_time.years[column - 1]
            x += GAP + min(PER_LINE * through[column], MOST) + (YEARS if turn else 0)
        starts.append(x)
        x += width
        ends.append(x)
    return starts, ends


def _path(citing: Box, cited: Box, way: Sequence[tuple[int, int, int]], ends: tuple[int, int]) -> str:
    """From the dot of the citing document to the end of the label of the cited: level through columns, bent between."""
    column_of_cited, column_of_citing = ends
    tip = cited.x + cited.width + 3
    if cited.x > citing.x:
        # Younger than what cites it.
        x, there = citing.x + citing.width + 3, cited.x - 3
        return f"M{x} {citing.middle}C{x + 20} {citing.middle} {there - 20} {cited.middle} {there} {cited.middle}"
    if cited.x == citing.x:
        out = column_of_citing + GAP // 2
        x = citing.x + citing.width + 3
        return f"M{x} {citing.middle}C{out} {citing.middle} {out} {cited.middle} {tip} {cited.middle}"
    x, y = citing.x, citing.middle
    path = f"M{x} {y}"
    for start, end, middle in way:
        path += f"{_bend(x, y, end, middle)}H{start}"
        x, y = start, middle
    path += _bend(x, y, column_of_cited + 3, cited.middle)
    return path + (f"H{tip}" if tip < column_of_cited + 3 else "")


def _steps(pair: Pair, ways: Tracks) -> list[tuple[int, int]]:
    """From column to column, the way of a line that spans several."""
    stations = [pair[0], *ways.ways[pair], pair[1]]
    return list(pairwise(stations)) if len(stations) > 2 else []


def _together(
    step: tuple[int, int],
    boxes: Mapping[str, Box],
    symbols: Sequence[str],
    where: tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]],
) -> str:
    """A stretch on which several lines run as one; it leaves their heads free."""
    starts, ends, column, middles = where
    here, there = step
    x = boxes[symbols[here]].x if here < len(symbols) else starts[column[here]]
    path = f"M{x} {middles[here]}"
    if there < len(symbols):
        box = boxes[symbols[there]]
        end = max(ends[column[there]] + 3, box.x + box.width + 12)
        return path + _bend(x, middles[here], end, box.middle)
    return path + _bend(x, middles[here], ends[column[there]], middles[there]) + f"H{starts[column[there]]}"


def _bend(x: int, y: int, to_x: int, to_y: int) -> str:
    if y == to_y:
        return f"H{to_x}"
    half = (x + to_x) // 2
    return f"C{half} {y} {half} {to_y} {to_x} {to_y}"


def _bands(in_time: Columns, starts: Sequence[int], ends: Sequence[int]) -> tuple[Band, ...]:
    columns_of: dict[int | None, list[int]] = {}
    for column, year in enumerate(in_time.years):
        columns_of.setdefault(year, []).append(column)
    found: list[Band] = []
    for year, mine in columns_of.items():
        before = found[-1].until if found else None
        gap = bool(found) and (before is None or year is None or year - before > 1)
        start = starts[mine[0]] - YEARS
        found.append(
            Band(year, in_time.spans[year] if year is not None else None, start, ends[mine[-1]] + YEARS - start, gap)
        )
    return tuple(found)
