"""What there is to do between what a store holds and what it shall hold."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import resources, sources
from kg.errors import UnreadableSource
from kg.manifest import Batch, Held, Manifest
from kg.shards import Task, task
from kg.sources import Place
from kg.uris import Names


@dataclass(frozen=True, slots=True)
class Plan:
    """The tasks to do; the keys of the batches that are held and stay; of those that are held and go; and facts to
    begin with."""

    tasks: tuple[Task, ...]
    kept: frozenset[str]
    dropped: tuple[str, ...]
    facts: Batch | None = None


def replacing(
    paths: Iterable[str | Path], names: Names, folder: Path, before: Manifest | None, facts: Batch | None
) -> Plan:
    """The store shall hold what lies under the paths, the facts of what does not, and nothing else.

    Raises UnreadableSource where nothing lies there."""
    tasks = _tasks(paths, names, folder, before.batches_by_digest() if before else {})
    held = before.batches() if before else set()
    if facts and facts.key not in held:
        # Facts are what a store begins with.
        return Plan(tuple(tasks), frozenset(), (), facts)
    kept = frozenset((*(each.key for each in tasks), *([facts.key] if facts else []))) & held
    gone = tuple(key for key in (before.every_batch() if before else ()) if key not in kept)
    return Plan(tuple(each for each in tasks if each.key not in kept), kept, gone)


def adding(paths: Iterable[str | Path], names: Names, folder: Path, before: Manifest) -> Plan:
    """The store shall hold what lies under the paths beside what it holds; raises UnreadableSource."""
    tasks, held = _tasks(paths, names, folder, {}), before.batches()
    return Plan(tuple(each for each in tasks if each.key not in held), frozenset(before.every_batch()), ())


def fingerprint(paths: Iterable[str | Path], names: Names, vocabulary: Path | None, facts: Batch | None = None) -> str:
    """A digest of all that a store is made of: code and rules, the base, facts, and every file under the paths as it
    lies there, archives unopened. What has the same gives the same store."""
    begin = f"{resources.version()} {names.base} {facts.key if facts else ''}"
    digest = hashlib.blake2b(begin.encode(), digest_size=16)
    for path in (*map(Path, paths), *([vocabulary] if vocabulary else [])):
        for file in sources.files([path]) if path != vocabulary else sorted(path.rglob("*")):
            digest.update(f"\n{file} ".encode())
            if file.is_file():
                with file.open("rb") as opened:
                    digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()


def joined(tasks: Sequence[Task], others: Iterable[Place]) -> Task:
    """One task with the sources of all, then the others; there is at least one task."""
    own = sorted((place for each in tasks for place in each.places), key=_order)
    return task(dict.fromkeys([*own, *others]), tasks[0].names, tasks[0].folder)


def places(held: Iterable[Held]) -> list[Place]:
    """Where the sources of a batch lie; raises UnreadableSource where one is gone, or holds something else now."""
    found = []
    for source in held:
        every = sources.places([source.path])
        place = next((each for each in every if each.member == source.member), None)
        place = place and place.looked_at()[1]
        if place is None or place.digest != source.digest:
            raise UnreadableSource(
                source.shown,
                "is gone or has changed since the store was built from it, and its document would lose "
                "that version; give it again, or take the document out first: unkg remove SYMBOL",
            )
        found.append(place)
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


def connected(groups: Iterable[Collection[str]]) -> list[set[str]]:
    """The groups, those that share a member put together."""
    found: list[set[str]] = []
    for group in groups:
        apart = [each for each in found if each.isdisjoint(group)]
        together = set(group).union(*(each for each in found if not each.isdisjoint(group)))
        found = [*apart, together]
    return found


def _order(place: Place) -> tuple[str, str]:
    return place.path, place.member or ""
