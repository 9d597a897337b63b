"""One step of a store from a state to the next: batches out, batches in, and what follows from the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from sqlite3 import Error as DatabaseError

from kg import across, facts, holdings, manifest, resources, shacl, shards, vocabularies
from kg.errors import UnreadableSource
from kg.indexing import indexing
from kg.manifest import Batch, Held, Manifest
from kg.plan import Plan, connected, joined, places
from kg.pool import Progress, pooled
from kg.shards import Task, lie, sources_of
from kg.state import Summary, manifest_of, told
from kg.store import SHARDS, Writer, current, writing
from kg.uris import Names, term

#: Findings that a summary shows.
_SHOWN = 10


@contextmanager
def updating(store: Path, names: Names) -> Iterator[Update]:
    """The next state of the store, taken over when the block ends well.

    Raises StoreBusy where another process writes the store, StoreWriteFailed where the disk refuses, and FormatError
    where UNKG_SHACL names no engine.
    """
    # A wrong choice is told of before anything is read.
    shacl.chosen()
    with writing(store, names) as writer:
        update = Update(store, names, writer)
        try:
            yield update
        except DatabaseError as error:
            raise OSError(f"{manifest.FILE}: {error}") from error
        finally:
            update.close()


class Update:
    """The next state of a store in the making; got from `updating`."""

    def __init__(self, store: Path, names: Names, writer: Writer) -> None:
        self.before = manifest_of(store)
        self._store = store
        self._names = names
        self._writer = writer
        self._now: Manifest | None = None
        self._continued = False
        #: Batches that were made and not loaded, by their keys.
        self._given: dict[str, Batch] = {}
        #: Works that are to come of a batch, by its key, where its sources give others as well that were taken out.
        self._wanted: dict[str, set[str]] = {}
        #: Sources of versions that were held, and give way to what is given.
        self._read_again: set[str] = set()
        self._made: set[str] = set()
        self._dropped: set[str] = set()
        #: Batches of what was asked for, made now or before.
        self._asked: set[str] = set()

    def run(self, plan: Plan, *, jobs: int, progress: Progress | None) -> None:
        """Takes out what the plan drops, makes what it lists, and loads it.

        Raises UnreadableSource where the store would hold nothing then, or where a source that is to be read again is
        gone."""
        self._asked.update(task.key for task in plan.same)
        tasks, clashes = plan.tasks, self._made_by(plan.tasks, plan, jobs=jobs, progress=progress)
        while clashes:
            tasks = tuple(self._joined(tasks, clashes, plan))
            clashes = self._made_by(tasks, plan, jobs=jobs, progress=None)
        now = self._begun(plan)
        if not now.works():
            first, *others = now.left_out()
            as_well = f" ({len(others)} more cannot be read either)" if others else ""
            raise UnreadableSource(first.source, first.reason + as_well)

    def take(self, batches: Iterable[Batch], graphs: Iterable[bytes]) -> None:
        """Loads what was made elsewhere in place of all that was held: the batches, then the graphs of their works."""
        now = self._begun(Plan((), (), (), anew=True))
        for batch in batches:
            now.add(batch)
            self._made.update(batch.works)
            self._asked.add(batch.key)
        for quads in graphs:
            self._writer.load(quads)

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
        with indexing(self._writer, self._names, self._changed()):
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
        self._writer.note({"documents": len(works), "statements": counts["statements"]})
        left_out = [left for key in now.every_batch() if key in self._asked for left in now.left_out(key)]
        made, dropped = len(self._made & works.keys()), len(self._dropped - works.keys())
        return told(self._store, now, left_out=left_out, made=made, dropped=dropped)

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
        if self.before is None or (plan is not None and plan.anew):
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
        for task in plan.same if plan else ():
            self._move(self._now, task)
        return self._now

    def _move(self, now: Manifest, task: Task) -> None:
        """What is held and is asked for again may lie elsewhere now."""
        held, given = now.sources(task.key), sources_of(task)
        if lie(held) != lie(given):
            now.move(
                task.key, (replace(old, path=new.path, member=new.member) for old, new in zip(held, given, strict=True))
            )

    def _made_by(
        self, tasks: Sequence[Task], plan: Plan, *, jobs: int, progress: Progress | None
    ) -> list[frozenset[str]]:
        """Loads what the tasks make; gives the sets of batches that have a work in common, of which the first alone
        is loaded."""
        holder: dict[str, str] = {}
        clashes = []
        for made in pooled(tasks, shards.make, jobs=jobs, progress=progress, lost=shards.lost):
            now, batch = self._begun(plan), self._cut(made)
            self._supersede(batch)
            others = {other for symbol in batch.works if (other := holder.get(symbol) or now.batch_of(symbol))}
            holder.update(dict.fromkeys(batch.works, batch.key))
            if others:
                clashes.append(frozenset({batch.key, *others}))
                self._given[batch.key] = batch
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
        left_out = tuple(each for each in batch.left_out if each.source not in self._read_again)
        sources = tuple(each for each in batch.sources if each.versions or each.shown not in self._read_again)
        whole = batch.whole and left_out == batch.left_out
        self._begun(None).add(replace(batch, sources=sources, left_out=left_out, whole=whole))
        self._made.update(batch.works)
        self._asked.add(batch.key)
        if batch.works:
            graphs = map(self._names.graph, batch.works) if batch.key in self._wanted else None
            self._writer.load(shards.quads(self._store / SHARDS, batch.key, graphs=graphs))

    def _cut(self, batch: Batch) -> Batch:
        """The batch without works that were taken out of the store before, and that its sources still give."""
        wanted = self._wanted.get(batch.key)
        if wanted is None or wanted.issuperset(batch.works):
            return batch
        works = {symbol: count for symbol, count in batch.works.items() if symbol in wanted}
        violations = {symbol: found for symbol, found in batch.violations.items() if symbol in wanted}
        return replace(batch, works=works, violations=violations, whole=False)

    def _joined(self, tasks: Sequence[Task], clashes: Iterable[frozenset[str]], plan: Plan) -> Iterator[Task]:
        """One task for each set of batches with a work in common; those of them that were loaded are taken out."""
        now, made = self._begun(None), {task.key: task for task in tasks}
        groups = connected(clashes)
        needed = [self._needed(keys, made.keys(), plan) for keys in groups]
        lying = places(source for sources in needed for source in sources)
        for keys, sources in zip(groups, needed, strict=True):
            others = [lying[source] for source in sources]
            if plan.newer:
                self._read_again.update(place.shown for place in others)
            wanted = {symbol for key in keys for symbol in self._works(key)}
            for key in keys & set(now.every_batch()):
                self._drop_batch(key)
            task = joined([task for key, task in made.items() if key in keys], others, newer=plan.newer)
            self._wanted[task.key] = wanted
            yield task

    def _works(self, key: str) -> Iterable[str]:
        """The works that a batch gave, or that are held of it."""
        return self._given[key].works if key in self._given else self._begun(None).works(key)

    def _needed(self, keys: Set[str], made: Set[str], plan: Plan) -> list[Held]:
        """The sources of batches that were not made just now; but for those all of whose versions were, where what is
        newer replaces them."""
        now = self._begun(None)
        held = [source for key in sorted(keys - made) for source in now.sources(key)]
        if not plan.newer:
            return held
        batches = [self._given[key].sources if key in self._given else now.sources(key) for key in keys & made]
        again = {source.shown for sources in batches for source in sources}
        given = {version for sources in batches for source in sources for version in source.versions}
        left = {symbol for key in keys - made for symbol in now.works(key)}
        return [
            source
            for source in held
            if source.shown not in again
            and any(each not in given and each.partition("@")[0] in left for each in source.versions)
        ]

    def _drop_batch(self, key: str) -> None:
        now = self._begun(None)
        works = now.works(key)
        self._dropped.update(works)
        self._writer.drop(map(self._names.graph, works))
        now.drop_batch(key)
