"""What a search may be narrowed to, as there is something of it in the index."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.search.find import open_index
from kg.search.index import damaged


@dataclass(frozen=True, slots=True)
class Offered:
    """How many documents each organ has, by its slug, those with most first, and how many are of each year, in order.
    A document without an organ or without a date counts for none."""

    organs: Mapping[str, int]
    years: Mapping[int, int]


def offered(path: Path) -> Offered:
    """Of the index at `path`; raises StoreMissing where there is none."""
    try:
        with contextlib.closing(open_index(path)) as index:
            organs = _counted(index, "organ", "count(*) DESC, 1")
            years = _counted(index, "substr(day, 1, 4)", "1")
    except sqlite3.DatabaseError as error:
        raise damaged(path, error) from None
    return Offered(organs, {int(year): count for year, count in years.items()})


def _counted(index: sqlite3.Connection, what: str, order: str) -> dict[str, int]:
    rows = index.execute(f"SELECT {what}, count(*) FROM works WHERE {what} <> '' GROUP BY 1 ORDER BY {order}")
    return {str(value): int(count) for value, count in rows}
