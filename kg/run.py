"""The whole line on one screen: from files to a validated store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from kg import registry, sources, vocabularies
from kg.errors import InputError, UnreadableSource
from kg.extract import extract
from kg.graph import graph
from kg.links import compare
from kg.merge import merge
from kg.model import Record, Source, Text, Work
from kg.read import read, texts
from kg.resolve import resolve
from kg.segment import segment
from kg.sources import Place
from kg.store import writing
from kg.uris import Names
from kg.validate import Report, validate_store

#: Called after each document with the number done and the number of all.
Progress = Callable[[int, int], None]

#: Tasks that are sent to a process at once.
_CHUNK = 4

_Task = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A source that could not be read, and why."""

    source: str
    reason: str


_Done = list["Work | LeftOut"]
_Outcome = TypeVar("_Outcome")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did."""

    store: Path
    works: tuple[Work, ...] = field(repr=False)
    statements: int
    left_out: tuple[LeftOut, ...]
    report: Report = field(repr=False)
    official: int = 0


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


def pooled(
    tasks: Sequence[_Task], function: Callable[[_Task], _Outcome], *, jobs: int = 1, progress: Progress | None = None
) -> Iterator[_Outcome]:
    """What the function makes of each task, in their order, by as many processes as are allowed."""
    total, done = sum(map(len, tasks)), 0
    with ProcessPoolExecutor(jobs) if jobs > 1 and len(tasks) > 1 else _InOrder() as pool:
        for task, outcome in zip(tasks, pool.map(function, tasks, chunksize=_CHUNK), strict=True):
            done += len(task)
            if progress:
                progress(done, total)
            yield outcome


def records(
    paths: Iterable[str | Path], *, jobs: int = 1, progress: Progress | None = None
) -> Iterator[Record | LeftOut]:
    """The records of the works, one for each language version."""
    for outcome in works(paths, jobs=jobs, progress=progress):
        yield from (outcome,) if isinstance(outcome, LeftOut) else outcome.records


def work(places: _Task, line: Callable[[Text], Record] | None = None) -> _Done:
    """One task: the versions of one work, read one by one and merged; a file with several documents gives several.
    `line` makes a record of a text, where that is not to be held against the file's links."""
    by_symbol: dict[str, list[Record]] = {}
    left_out: list[LeftOut] = []
    for place in places:
        try:
            for each in [(line or _line)(text) for text in texts(place.load())]:
                _keep(each, by_symbol, left_out)
        except InputError as error:
            left_out.append(LeftOut(place.shown, error.what))
    return [*(merge(versions) for versions in by_symbol.values()), *left_out]


def works_in(source: Source) -> tuple[Work, ...]:
    """The works of one source, each in one language; raises InputError where it cannot be read."""
    return tuple(merge([_line(text)]) for text in texts(source))


def _keep(record: Record, by_symbol: dict[str, list[Record]], left_out: list[LeftOut]) -> None:
    """One version a language: a second one is left out, with the reason."""
    versions = by_symbol.setdefault(record.symbol, [])
    same = next((other for other in versions if other.language == record.language), None)
    if same is None:
        versions.append(record)
        return
    reason = f"is {record.symbol} in {record.language} once more; {_name(same)} is kept"
    left_out.append(LeftOut(_name(record), reason))


def build(
    paths: Sequence[str | Path],
    store: str | Path,
    *,
    jobs: int = 1,
    names: Names | None = None,
    vocabulary: Path | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Builds the store at `store` from files and folders; the store that was there before stays until the end.
    `vocabulary` is a folder with vocabularies of the United Nations that were fetched, to stand beside the graph.

    Raises UnreadableSource where no document is found, StoreBusy, and StoreWriteFailed.
    """
    names, store = names or Names(), Path(store)
    by_symbol: dict[str, list[Record]] = {}
    left_out: list[LeftOut] = []
    for outcome in works(paths, jobs=jobs, progress=progress):
        if isinstance(outcome, LeftOut):
            left_out.append(outcome)
            continue
        # Texts whose names do not say of which work they are come as works of their own.
        for record in outcome.records:
            _keep(record, by_symbol, left_out)
    if not by_symbol:
        if left_out:
            raise UnreadableSource(left_out[0].source, left_out[0].reason)
        readable = " or ".join((*sources.READABLE, *sources.ARCHIVES))
        raise UnreadableSource(", ".join(map(str, paths)), f"no documents here; expected {readable}")
    merged = tuple(merge(by_symbol[symbol]) for symbol in sorted(by_symbol))
    with writing(store, names) as writer:
        writer.load_vocabulary()
        official = writer.load_official(vocabularies.statements(vocabulary)) if vocabulary else 0
        statements = 0
        for work in merged:
            nquads = graph(work, names)
            writer.load(nquads)
            statements += nquads.count("\n")
        report = validate_store(writer.read())
        writer.note({"documents": len(merged), "statements": statements, "conforms": report.conforms})
    return Summary(store, merged, statements, tuple(left_out), report, official)


def _name(record: Record) -> str:
    return record.reading.outline.text.source


def counts(summary: Summary) -> dict[str, int]:
    """The figures of a build, by name."""
    readings = [record.reading for work in summary.works for record in work.records]
    clauses = Counter(kind for work in summary.works for kind in _clauses(work).values())
    notes = {(w.symbol, note.id) for w in summary.works for r in w.records for note in r.reading.outline.footnotes}
    statuses = Counter(joined.citation.status for work in summary.works for joined in work.citations)
    cited = {j.citation.target for work in summary.works for j in work.citations if j.citation.target}
    named = {mention.target for reading in readings for mention in reading.mentions if not mention.inferred}
    kinds = Counter(registry.entry(target).kind for target in named)
    return {
        "documents": len(summary.works),
        "versions": len(readings),
        "preambular": clauses["preambular"],
        "operative": clauses["operative"],
        "footnotes": len(notes),
        "citations": sum(statuses.values()),
        "resolved": statuses["resolved"],
        "ambiguous": statuses["ambiguous"],
        "unresolved": statuses["unresolved"],
        "documents cited": len(cited - {work.symbol for work in summary.works}),
        "bodies": kinds["body"],
        "instruments": kinds["instrument"],
        "events": kinds["event"],
        "findings": sum(len(work.findings) for work in summary.works),
        "statements": summary.statements,
    }


def _clauses(work: Work) -> dict[str, str]:
    """The kind of every clause of a work, by its id; a clause counts once, in however many languages it is held."""
    return {clause.id: clause.kind for record in work.records for clause in record.reading.outline.clauses}


class _InOrder:
    """Does in this process what a pool does in others: for one document a pool costs more than it saves."""

    def __enter__(self) -> _InOrder:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(self, function: Callable[[_Task], _Outcome], tasks: Sequence[_Task], **_: int) -> Iterator[_Outcome]:
        return map(function, tasks)
