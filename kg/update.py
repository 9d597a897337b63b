"""One step of a store from a state to the next: batches out, batches in, and what follows from the whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from sqlite3 import Error as DatabaseError

from kg import across, facts, holdings, manifest, resources, shards, vocabularies
from kg.errors import StoreMissing, UnreadableSource
from kg.indexing import indexing
from kg.manifest import Batch, Manifest
from kg.model import LeftOut
from kg.plan import Plan, connected, joined, places
from kg.pool import Progress, pooled
from kg.shards import Task
from kg.sources import Place
from kg.store import Writer, current, writing
from kg.uris import Names, term
from kg.validate import Report

#: The folder in a store where shards wait until it is complete.
SHARDS = "shards"
#: Findings that a summary shows.
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Summary:
    """What was done and what the store now holds: `made` works, `dropped` ones that were held before, and `counts`, the
    figures of the whole by name; `example` is the symbol of a document held."""

    store: Path
    made: int
    dropped: int
    counts: Mapping[str, int]
    left_out: tuple[LeftOut, ...]
    report: Report = field(repr=False)
    findings: tuple[tuple[str, str, str, str], ...] = field(repr=False)
    example: str

    @property
    def kept(self) -> int:
        """The works that were held before and still are, but for those of which facts alone are held."""
        return self.counts["works"] - self.made - self.counts["facts"]


def unchanged(store: Path, made_of: str) -> Summary | None:
    """The summary of a store that was made of just this, None where it was made of something else."""
    before = _manifest(store)
    if before is None:
        return None
    try:
        return _summary(store, before, made=0, dropped=0) if before.fact("made_of") == made_of else None
    finally:
        before.close()


@contextmanager
def updating(store: Path, names: Names) -> Iterator[Update]:
    """The next state of the store, taken over when the block ends well; shards that were made for it then go.

    Raises StoreBusy where another process writes the store, StoreWriteFailed where the disk refuses.
    """
    with writing(store, names) as writer:
        update = Update(store, names, writer)
        try:
            yield update
        except DatabaseError as error:
            raise OSError(f"{manifest.FILE}: {error}") from error
        finally:
            update.close()
    shutil.rmtree(store / SHARDS, ignore_errors=True)


class Update:
    """The next state of a store in the making; got from `updating`."""

    def __init__(self, store: Path, names: Names, writer: Writer) -> None:
        self.before = _manifest(store)
        self._store = store
        self._names = names
        self._writer = writer
        self._now: Manifest | None = None
        self._continued = False
        self._read_again: set[str] = set()
        self._made: set[str] = set()
        self._dropped: set[str] = set()

    def run(self, plan: Plan, *, jobs: int, progress: Progress | None) -> None:
        """Takes out what the plan drops, makes what it lists, and loads it.

        Raises UnreadableSource where the store would hold nothing then."""
        tasks, clashes = plan.tasks, self._made_by(plan.tasks, plan, jobs=jobs, progress=progress)
        while clashes:
            tasks = tuple(self._joined(tasks, clashes))
            clashes = self._made_by(tasks, plan, jobs=jobs, progress=None)
        now = self._begun(plan)
        if not now.works():
            first = next(iter(now.left_out()))
            raise UnreadableSource(first.source, first.reason)

    def drop_works(self, symbols: Sequence[str]) -> None:
        """Takes out works and leaves what came with them."""
        now = self._begun(None)
        self._dropped.update(symbols)
        self._writer.drop(map(self._names.graph, symbols))
        now.drop_works(symbols)

    def finish(self, *, made_of: str | None = None, vocabulary: Path | None = None) -> Summary:
        """Looks at the whole: rules across documents, figures; keeps them with the store."""
        now = self._begun(None)
        if made_of is not None:
            count = self._writer.load_official(vocabularies.statements(vocabulary) if vocabulary else ())
            now.note(official=count)
        self._writer.drop([self._names.across])
        with indexing(self._writer, self._changed()):
            found = across.graph(self._writer.read(), self._names)
            figures = holdings.counts(self._writer.read())
        self._writer.load(found)
        store, works = self._writer.read(), now.works()
        findings = figures["findings"] + found.count(term("severity"))
        statements = sum(works.values()) + found.count("\n")
        own = {"works": len(works), "facts": len(now.works_of(facts.PREFIX)), "statements": statements}
        counts = {**figures, "findings": findings, **own}
        now.note(made_of=made_of, counts=counts, findings=holdings.findings(store, _SHOWN), rules=resources.version())
        now.save()
        made = len(self._made & works.keys())
        summary = _summary(self._store, now, made=made, dropped=len(self._dropped - works.keys()))
        self._writer.note({"documents": len(works), "statements": counts["statements"]})
        return summary

    def _changed(self) -> list[str] | None:
        """The graphs that differ from the state before, None where all do."""
        if not self._continued:
            return None
        return sorted(map(self._names.graph, self._made | self._dropped))

    def close(self) -> None:
        for each in (self.before, self._now):
            if each is not None:
                each.close()

    def _begun(self, plan: Plan | None) -> Manifest:
        """The manifest of the next state, which is begun with what stays of the state before."""
        if self._now is not None:
            return self._now
        if self.before is None or (plan is not None and not plan.kept):
            self._writer.load_vocabulary()
            self._now = Manifest(self._writer.folder / manifest.FILE, new=True)
            self._dropped.update(self.before.works() if self.before else ())
            if plan is not None and plan.facts is not None:
                facts.load(plan.facts, self._writer.read(), self._names.base)
                self._now.add(plan.facts)
            return self._now
        self._continued = True
        self._writer.go_on_from(current(self._store))
        self._writer.read()
        self._now = Manifest(self._writer.folder / manifest.FILE)
        for key in plan.dropped if plan else ():
            self._drop_batch(key)
        return self._now

    def _made_by(
        self, tasks: Sequence[Task], plan: Plan, *, jobs: int, progress: Progress | None
    ) -> list[frozenset[str]]:
        """Loads what the tasks make; gives the sets of batches that have a work in common, of which none is loaded but
        those that were held before."""
        holder: dict[str, str] = {}
        clashes = []
        for batch in pooled(tasks, shards.make, jobs=jobs, progress=progress, lost=shards.lost):
            now = self._begun(plan)
            self._supersede(batch)
            others = {other for symbol in batch.works if (other := holder.get(symbol) or now.batch_of(symbol))}
            holder.update(dict.fromkeys(batch.works, batch.key))
            if others:
                clashes.append(frozenset({batch.key, *others}))
            else:
                self._load(batch)
        return clashes

    def _supersede(self, batch: Batch) -> None:
        """A document that is read from its words replaces what facts say of it."""
        now = self._begun(None)
        symbols = [each for each in batch.works if (now.batch_of(each) or "").startswith(facts.PREFIX)]
        self._writer.drop(map(self._names.graph, symbols))
        now.drop_works(symbols, superseded=True)

    def _load(self, batch: Batch) -> None:
        # What the store held of a language, and was given anew, is replaced: that is no source left out.
        old = {each.source for each in batch.left_out} & self._read_again
        sources = tuple(each for each in batch.sources if each.shown not in old)
        left_out = tuple(each for each in batch.left_out if each.source not in old)
        self._begun(None).add(replace(batch, sources=sources, left_out=left_out))
        self._made.update(batch.works)
        if batch.works:
            self._writer.load(shards.quads(self._store / SHARDS, batch.key))

    def _joined(self, tasks: Sequence[Task], clashes: Iterable[frozenset[str]]) -> Iterator[Task]:
        """One task for each set of batches with a work in common; those of them that were loaded are taken out."""
        now = self._begun(None)
        made = {task.key for task in tasks}
        for keys in connected(clashes):
            others: list[Place] = []
            for key in sorted(keys - made):
                others += places(now.sources(key))
            self._read_again.update(place.shown for place in others)
            for key in keys & set(now.every_batch()):
                self._drop_batch(key)
            yield joined([task for task in tasks if task.key in keys], others)

    def _drop_batch(self, key: str) -> None:
        now = self._begun(None)
        works = now.works(key)
        self._dropped.update(works)
        self._writer.drop(map(self._names.graph, works))
        now.drop_batch(key)


def _manifest(store: Path) -> Manifest | None:
    with suppress(StoreMissing):
        return manifest.found(current(store))
    return None


def _summary(store: Path, now: Manifest, *, made: int, dropped: int) -> Summary:
    works, known = now.works(), now.works_of(facts.PREFIX)
    return Summary(
        store=store,
        made=made,
        dropped=dropped,
        counts={**now.fact("counts"), "official": now.fact("official") or 0},
        left_out=tuple(now.left_out()),
        report=Report(tuple(now.violations()), b"", len(works)),
        findings=tuple((row[0], row[1], row[2], row[3]) for row in now.fact("findings")),
        example=next((each for each in works if each not in known), next(iter(works), "")),
    )
