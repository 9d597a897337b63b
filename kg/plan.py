"""What there is to do between what a store holds and what it shall hold."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg import resources, sources
from kg.errors import UnreadableSource
from kg.manifest import Batch, Held, Manifest
from kg.shards import Task, lie, sources_of, task
from kg.sources import Place
from kg.uris import Names


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do. `anew` says that nothing stays of what is held, and `facts` are then what is begun with;
    `newer`, that what the tasks give replaces what is held of the same language: without, whatever comes first by its
    place is taken."""

    #: To be made.
    tasks: tuple[Task, ...]
    #: Made before and asked for again.
    same: tuple[Task, ...]
    #: Keys of batches that are held and go.
    dropped: tuple[str, ...]
    facts: Batch | None = None
    newer: bool = False
    anew: bool = False


def replacing(
    paths: Iterable[str | Path], names: Names, folder: Path, before: Manifest | None, facts: Batch | None
) -> Plan:
    """The store shall hold what lies under the paths, the facts of what does not, and nothing else.

    Raises UnreadableSource where nothing lies there."""
    tasks = _tasks(paths, names, folder, before.batches_by_digest() if before else {})
    if facts and (before is None or facts.key not in before.batches()):
        # Facts are what a store begins with.
        return Plan(tuple(tasks), (), (), facts=facts, anew=True)
    wanted, same = _parted(tasks, before)
    kept = {*(each.key for each in same), *([facts.key] if facts else [])}
    gone = tuple(key for key in (before.every_batch() if before else ()) if key not in kept)
    return Plan(wanted, same, gone, anew=not kept)


def adding(paths: Iterable[str | Path], names: Names, folder: Path, before: Manifest) -> Plan:
    """The store shall hold what lies under the paths beside what it holds; raises UnreadableSource."""
    wanted, same = _parted(_tasks(paths, names, folder, {}), before)
    return Plan(wanted, same, (), newer=True)


def fingerprint(paths: Iterable[str | Path], names: Names, vocabulary: Path | None, facts: Batch | None = None) -> str:
    """A digest of all that a store is made of: code and rules, the base, facts, and every file under the paths as it
    lies there, archives unopened. What has the same gives the same store."""
    begin = f"{resources.version()} {names.base} {facts.key if facts else ''}"
    digest = hashlib.blake2b(begin.encode(), digest_size=16)
    for path in (*map(Path, paths), *([vocabulary] if vocabulary else [])):
        for file in sources.files([path]) if path != vocabulary else sorted(path.rglob("*")):
            digest.update(f"\n{file.resolve()} ".encode())
            # What is no file, or may not be read, is told of when it is to be read.
            with suppress(OSError), file.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()


def joined(tasks: Sequence[Task], others: Iterable[Place], *, newer: bool) -> Task:
    """One task with the sources of all and the others, which come last where the tasks' are newer; there is at least
    one task."""
    own = [place for each in tasks for place in each.places]
    ordered = [*sorted(own, key=_order), *sorted(others, key=_order)] if newer else sorted([*own, *others], key=_order)
    return task(dict.fromkeys(ordered), tasks[0].names, tasks[0].folder)


def places(held: Iterable[Held]) -> dict[Held, Place]:
    """Where sources lie that were read before; raises UnreadableSource where one is gone, or holds something else now.

    Each archive is opened once, however many of its members are asked for."""
    opened: dict[str, dict[str | None, Place]] = {}
    found = {}
    for source in held:
        if source.path not in opened:
            opened[source.path] = {place.member: place for place in sources.places([source.path])}
        there = opened[source.path].get(source.member)
        place = there and there.looked_at()[1]
        if place is None or place.digest != source.digest:
            raise UnreadableSource(
                source.shown,
                f"is gone or has changed since the store was built from it, and {', '.join(source.versions)} would be "
                "lost; give it again, or take the document out first: unkg remove SYMBOL",
            )
        found[source] = place
    return found


def _tasks(paths: Iterable[str | Path], names: Names, folder: Path, batches: Mapping[str, str]) -> list[Task]:
    """The tasks for all sources; those whose sources went into one batch the last time are one task again."""
    groups = sources.works(paths, digests=True)
    if not groups:
        raise UnreadableSource(", ".join(map(str, paths)), f"no documents here; expected {sources.EXPECTED}")
    known: dict[str, int] = {}
    merged: dict[int, list[Place]] = {}
    for number, group in enumerate(groups):
        before = next((known[batches[p.digest]] for p in group if batches.get(p.digest) in known), number)
        merged.setdefault(before, []).extend(group)
        known.update((batches[place.digest], before) for place in group if place.digest in batches)
    return [task(sorted(group, key=_order), names, folder) for group in merged.values()]


def _parted(tasks: Iterable[Task], before: Manifest | None) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
    """The tasks that are to be made, and those of which the store holds all that they give."""
    held = before.batches() if before else set()
    wanted: list[Task] = []
    same: list[Task] = []
    for each in tasks:
        # What was left out is named by where it lies, so that it is told anew where that has changed.
        moved = before and before.left_out(each.key) and lie(before.sources(each.key)) != lie(sources_of(each))
        (wanted if each.key not in held or moved else same).append(each)
    return tuple(wanted), tuple(same)


def connected(groups: Iterable[Collection[str]]) -> list[set[str]]:
    """The groups, those that share a member put together."""
    found: list[set[str]] = []
    for group in groups:
        apart = [each for each in found if each.isdisjoint(group)]
        together = set(group).union(*(each for each in found if not each.isdisjoint(group)))
        found = [*apart, together]
    return found


def _order(place: Place) -> tuple[str, str]:
    # Paths as they were given and those that the manifest has are of one kind then.
    return str(Path(place.path).absolute()), place.member or ""
