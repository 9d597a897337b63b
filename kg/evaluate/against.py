"""What an earlier run found and this one does not, and the other way round, one by one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import UnreadableSource
from kg.evaluate.measured import Mark, Version

_Key = tuple[str, str]


class Change(NamedTuple):
    """A citation gained or lost."""

    symbol: str
    language: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Changes:
    """`moved` counts citations of one document that only stand in another clause than before, `versions` those that
    both runs hold."""

    gained: tuple[Change, ...]
    lost: tuple[Change, ...]
    moved: int
    versions: int


def changes(versions: Iterable[Version], old: Path) -> Changes:
    """The changes since an earlier run: a JSON result of it, or records as `unkg extract` prints them."""
    earlier = _earlier(old)
    gained: list[Change] = []
    lost: list[Change] = []
    moved = both = 0
    for version in versions:
        before = earlier.get((version.symbol, version.language))
        if before is None:
            continue
        both += 1
        more, less, elsewhere = _compared(version.found, before)
        gained += [Change(version.symbol, version.language, mark) for mark in more]
        lost += [Change(version.symbol, version.language, mark) for mark in less]
        moved += elsewhere
    return Changes(tuple(gained), tuple(lost), moved, both)


def _compared(now: Iterable[Mark], before: Iterable[Mark]) -> tuple[list[Mark], list[Mark], int]:
    """What is new, what is gone, and how many only moved: a document cited once in each, from different clauses."""
    new, old = _by_place(now), _by_place(before)
    more = [mark for place, mark in new.items() if place not in old]
    less = [mark for place, mark in old.items() if place not in new]
    moved = 0
    for mark in list(more):
        gone = next((other for other in less if other.target == mark.target), None)
        if gone is not None:
            more.remove(mark)
            less.remove(gone)
            moved += 1
    return more, less, moved


def _by_place(marks: Iterable[Mark]) -> dict[_Key, Mark]:
    places: dict[_Key, Mark] = {}
    for mark in marks:
        places.setdefault((mark.target, mark.clause), mark)
    return places


def _earlier(path: Path) -> dict[_Key, tuple[Mark, ...]]:
    try:
        text = path.read_text(encoding="utf-8")
        found = dict(_versions(text))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problem = getattr(error, "strerror", None) or "is neither a JSON result of unkg evaluate nor records"
        raise UnreadableSource(str(path), str(problem)) from None
    if not found:
        raise UnreadableSource(str(path), "holds no version; expected a JSON result of unkg evaluate, or records")
    return found


def _versions(text: str) -> Iterator[tuple[_Key, tuple[Mark, ...]]]:
    try:
        whole = json.loads(text)
    except ValueError:
        # Several records, one a line, are no JSON as a whole.
        yield from (_of_record(json.loads(line)) for line in text.splitlines() if line.strip())
        return
    if "versions" not in whole:
        yield _of_record(whole)
        return
    for version in whole["versions"]:
        yield (version["symbol"], version["language"]), tuple(Mark(*mark) for mark in version["found"])


def _of_record(record: Mapping[str, Any]) -> tuple[_Key, tuple[Mark, ...]]:
    """The citations of a record that its words show."""
    marks = tuple(
        Mark(citation["target"], citation["clause"], citation["surface"])
        for citation in record["citations"]
        if citation["target"] and citation["method"] != "link" and citation["target"] != record["symbol"]
    )
    return (record["symbol"], record["language"]), marks
