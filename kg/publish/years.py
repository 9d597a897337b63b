"""The parts of the dataset: the documents of one organ and one year, each part a file of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.catalogue import Work
from kg.uris import Names

#: Documents that one process packs before it takes others.
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Part:
    """Documents that are packed and offered together; `organ` is the slug of a body, empty where none is known."""

    organ: str
    year: int | None
    symbols: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where its files lie, without their endings: general-assembly/2021."""
        return f"{self.organ or 'other'}/{self.year or 'undated'}"

    def portions(self) -> Iterator[tuple[str, ...]]:
        """Its documents in portions, each of which one process packs."""
        for start in range(0, len(self.symbols), AT_ONCE):
            yield self.symbols[start : start + AT_ONCE]

    def graphs(self, names: Names) -> list[str]:
        """The named graphs of its documents."""
        return [names.graph(symbol) for symbol in self.symbols]


def parts(works: Iterable[Work]) -> tuple[Part, ...]:
    """The works held, by organ and year; a work without either has a part all the same."""
    found: dict[tuple[str, int], list[str]] = {}
    for work in works:
        year = work.year or (int(work.adopted[:4]) if work.adopted else 0)
        found.setdefault(((work.organ or "").removeprefix("body/"), year), []).append(work.symbol)
    return tuple(Part(organ, year or None, tuple(sorted(held))) for (organ, year), held in sorted(found.items()))
