"""The whole line on one screen: from files to works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg import sources
from kg.errors import InputError
from kg.extract import extract
from kg.links import compare
from kg.merge import merge
from kg.model import Language, LeftOut, Record, Source, Text, Work
from kg.pool import Progress, pooled
from kg.read import read, texts
from kg.resolve import resolve
from kg.segment import segment
from kg.sources import Place

_Task = tuple[Place, ...]
_Done = list["Work | LeftOut"]


def record(source: Source) -> Record:
    """The one document of a source, read, taken apart, extracted, resolved and held against the file's links."""
    return _line(read(source))


def _line(text: Text) -> Record:
    return compare(resolve(extract(segment(text))))


def works(paths: Iterable[str | Path], *, jobs: int = 1, progress: Progress | None = None) -> Iterator[Work | LeftOut]:
    """The works of the files, folders and archives, each with all its versions, in the order of their names; a file
    that cannot be read is left out with the reason, and the others go on."""
    for outcomes in pooled(sources.works(paths), work, jobs=jobs, progress=progress):
        yield from outcomes


def records(
    paths: Iterable[str | Path], *, jobs: int = 1, progress: Progress | None = None
) -> Iterator[Record | LeftOut]:
    """The records of the works, one for each language version."""
    for outcome in works(paths, jobs=jobs, progress=progress):
        yield from (outcome,) if isinstance(outcome, LeftOut) else outcome.records


def work(places: _Task, line: Callable[[Text], Record] | None = None) -> _Done:
    """One task: the versions of one work, read one by one and merged; a file with several documents gives several. Of
    two versions in one language the first is kept, and the second is left out with the reason.
    `line` makes a record of a text, where that is not to be held against the file's links."""
    kept: dict[tuple[str, Language], tuple[str, Record]] = {}
    left_out: list[LeftOut] = []
    for place in places:
        try:
            for each in [(line or _line)(text) for text in texts(place.load())]:
                where, first = kept.setdefault((each.symbol, each.language), (place.shown, each))
                if first is not each:
                    reason = f"is {each.symbol} in {each.language} once more; {where} is kept"
                    left_out.append(LeftOut(place.shown, reason))
        except InputError as error:
            left_out.append(LeftOut(place.shown, error.what))
    by_symbol: dict[str, list[Record]] = {}
    for _, record in kept.values():
        by_symbol.setdefault(record.symbol, []).append(record)
    return [*(merge(versions) for versions in by_symbol.values()), *left_out]


def works_in(source: Source) -> tuple[Work, ...]:
    """The works of one source, each in one language; raises InputError where it cannot be read."""
    return tuple(merge([_line(text)]) for text in texts(source))
