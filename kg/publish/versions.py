"""Releases of the dataset: each has a version, a time, and what changed since the one before.

What was published is remembered in one file of the site, so that the folder alone tells its own past. A document
counts as changed where the digest of its graph did.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from kg.errors import OutputError
from kg.publish.folder import Folder
from kg.publish.packing import Graph

STATE = "changes/state.json"
ChangeKind = Literal["added", "changed", "withdrawn"]
#: How the names of graphs begin that are of no one document.
NO_DOCUMENT = "graph/"
_FORMAT = 1
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a document, or to a graph that is of none (graph/vocabulary); `digest` is that of its graph, of
    what was withdrawn the last one."""

    kind: ChangeKind
    symbol: str
    digest: str


@dataclass(frozen=True, slots=True)
class Release:
    """One publication; `issued` is in UTC: 2026-01-31T00:00:00Z."""

    version: str
    issued: str
    changes: tuple[Change, ...]

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind == kind)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A document that was published once and is no more: since which release, and what it is now, where that is
    known: a document read from the same file, or known by the same name."""

    symbol: str
    version: str
    issued: str
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What is published: the graphs by symbol, all releases, the first first, and what was withdrawn."""

    graphs: Mapping[str, Graph] = field(default_factory=dict)
    releases: tuple[Release, ...] = ()
    withdrawn: Mapping[str, Withdrawn] = field(default_factory=dict)

    @property
    def latest(self) -> Release:
        return self.releases[-1]

    @property
    def before(self) -> Release | None:
        """The release before the latest."""
        return self.releases[-2] if len(self.releases) > 1 else None


def state(folder: Folder) -> State:
    """What was published into the folder before; raises OutputError where that cannot be read."""
    path = folder.root / STATE
    if not path.is_file():
        return State()
    try:
        return _state(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = (
            f"does not tell what was published ({error!r}); bring it back from a copy, or publish into a new folder"
        )
        raise OutputError(str(path), message) from None


def withdrawn(folder: Folder) -> list[Withdrawn]:
    """The documents that were published there once and are no more, by symbol."""
    return [each for symbol, each in sorted(state(folder).withdrawn.items()) if not symbol.startswith(NO_DOCUMENT)]


def released(
    before: State,
    graphs: Iterable[Graph],
    *,
    name: str | None = None,
    issued: str | None = None,
    aliases: Mapping[str, str] | None = None,
) -> State:
    """What is published now: with a new release where anything differs from what was published before, or another
    name is asked for; otherwise as it was.

    Without a name the version follows from the contents; without a time (`issued`, a day or a time in UTC), the day of
    the newest document counts. A release is always younger than the one before. `aliases` gives the symbol of a
    document by what else it is called. Raises OutputError for a name that was given away, or a time that is none.
    """
    now = {graph.symbol: graph for graph in sorted(graphs, key=lambda graph: graph.symbol)}
    changes = _changes(before.graphs, now)
    if before.releases and not changes and name in (None, before.latest.version):
        return before
    time = _after(before, _time(issued or _newest(now)))
    version = _version(before, now, name)
    release = Release(version, time, changes)
    gone = {symbol: each for symbol, each in before.withdrawn.items() if symbol not in now}
    for change in release.of("withdrawn"):
        successor = _successor(before.graphs[change.symbol], now, aliases or {})
        gone[change.symbol] = Withdrawn(change.symbol, version, time, successor)
    return State(now, (*before.releases, release), dict(sorted(gone.items())))


def remember(folder: Folder, now: State) -> None:
    """Keeps what is published for the next time."""
    folder.write(STATE, (json.dumps(_as_json(now), ensure_ascii=False, indent=0) + "\n").encode())


def content_digest(graphs: Mapping[str, Graph]) -> str:
    """One digest of all graphs."""
    lines = "".join(f"{symbol} {graph.digest}\n" for symbol, graph in sorted(graphs.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _changes(before: Mapping[str, Graph], now: Mapping[str, Graph]) -> tuple[Change, ...]:
    found = [Change("withdrawn", symbol, graph.digest) for symbol, graph in before.items() if symbol not in now]
    for symbol, graph in now.items():
        if symbol not in before:
            found.append(Change("added", symbol, graph.digest))
        elif before[symbol].digest != graph.digest:
            found.append(Change("changed", symbol, graph.digest))
    return tuple(sorted(found, key=lambda change: change.symbol))


def _version(before: State, now: Mapping[str, Graph], name: str | None) -> str:
    taken = {release.version for release in before.releases}
    if name is None:
        # 2021.12.17-d5e8baee: a version that programs can compare too.
        day = ".".join(str(int(number)) for number in _newest(now).split("-"))
        derived = f"{day}-{content_digest(now)[:8]}"
        # What was taken back and published again has the contents of an earlier release.
        later = (f"{derived}.{n}" for n in range(2, len(taken) + 3))
        return derived if derived not in taken else next(each for each in later if each not in taken)
    if not _NAME.fullmatch(name):
        raise OutputError(name, "is no name for a release; expected letters, digits, points and hyphens: 2026.1")
    if name in taken:
        raise OutputError(name, "is the name of an earlier release with other contents; choose another --release")
    return name


def _newest(now: Mapping[str, Graph]) -> str:
    """The newest day of adoption among the documents."""
    return max((graph.adopted for graph in now.values() if graph.adopted), default="1945-10-24")


def _time(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise OutputError(text, "is no time; expected a day or a time in UTC: 2026-01-31") from None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def _after(before: State, time: datetime) -> str:
    """That time, or a second after the release before, so that a feed never runs backwards."""
    if before.releases:
        time = max(time, _time(before.latest.issued) + timedelta(seconds=1))
    return time.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _successor(gone: Graph, now: Mapping[str, Graph], aliases: Mapping[str, str]) -> str | None:
    """The document that took the place of another: one that is known by its name, or was read from one of its files."""
    if gone.symbol in aliases:
        return aliases[gone.symbol]
    files = set(gone.sources)
    return next((graph.symbol for graph in now.values() if files & set(graph.sources)), None)


def _as_json(now: State) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "graphs": {
            symbol: [graph.digest, graph.statements, graph.adopted, list(graph.sources)]
            for symbol, graph in now.graphs.items()
        },
        "releases": [
            {
                "version": release.version,
                "issued": release.issued,
                "changes": [[change.kind, change.symbol, change.digest] for change in release.changes],
            }
            for release in now.releases
        ],
        "withdrawn": {symbol: [each.version, each.issued, each.replaced_by] for symbol, each in now.withdrawn.items()},
    }


def _state(value: dict[str, Any]) -> State:
    if value["format"] != _FORMAT:
        raise ValueError(f"format {value['format']}")
    return State(
        {
            symbol: Graph(symbol, digest, statements, adopted, tuple(sources))
            for symbol, (digest, statements, adopted, sources) in value["graphs"].items()
        },
        tuple(
            Release(each["version"], each["issued"], tuple(Change(*change) for change in each["changes"]))
            for each in value["releases"]
        ),
        {symbol: Withdrawn(symbol, *rest) for symbol, rest in value["withdrawn"].items()},
    )


def documents(release: Release) -> Release:
    """The release with the changes of documents alone."""
    return replace(release, changes=tuple(each for each in release.changes if not each.symbol.startswith(NO_DOCUMENT)))
