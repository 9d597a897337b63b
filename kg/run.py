"""The whole line on one screen: from files to a validated store."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kg import registry
from kg.errors import InputError, UnreadableSource
from kg.extract import extract
from kg.graph import graph
from kg.merge import merge
from kg.model import Record, Source, Work
from kg.read import read, source
from kg.resolve import resolve
from kg.segment import segment
from kg.store import writing
from kg.uris import Names
from kg.validate import Report, validate_store

#: Called after each document with the number done and the number of all.
Progress = Callable[[int, int], None]

_READABLE = (".txt", ".md")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A source that could not be read, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did."""

    store: Path
    works: tuple[Work, ...]
    statements: int
    left_out: tuple[LeftOut, ...]
    report: Report


def record(source: Source) -> Record:
    """One document in one language, read, taken apart, extracted and resolved."""
    return resolve(extract(segment(read(source))))


def records(
    paths: Iterable[str | Path], *, jobs: int = 1, progress: Progress | None = None
) -> Iterator[Record | LeftOut]:
    """The records of the files, and of the texts in the folders, in the order of their names; a file that cannot be
    read is left out with the reason, and the others go on."""
    files = list(sources(paths))
    done = 0
    with ProcessPoolExecutor(jobs) if jobs > 1 and len(files) > 1 else _InOrder() as pool:
        for outcome in pool.map(_attempt, files):
            done += 1
            if progress:
                progress(done, len(files))
            yield outcome


def build(
    paths: Sequence[str | Path],
    store: str | Path,
    *,
    jobs: int = os.cpu_count() or 1,
    names: Names | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Builds the store at `store` from files and folders; the store that was there before stays until the end.

    Raises UnreadableSource where no document is found, StoreBusy, and StoreWriteFailed.
    """
    names, store = names or Names(), Path(store)
    by_symbol: dict[str, list[Record]] = {}
    left_out: list[LeftOut] = []
    for outcome in records(paths, jobs=jobs, progress=progress):
        if isinstance(outcome, LeftOut):
            left_out.append(outcome)
        elif same := _same_version(outcome, by_symbol.get(outcome.symbol, [])):
            reason = f"is {outcome.symbol} in {outcome.language} once more; {_name(same)} is kept"
            left_out.append(LeftOut(_name(outcome), reason))
        else:
            by_symbol.setdefault(outcome.symbol, []).append(outcome)
    if not by_symbol:
        if left_out:
            raise UnreadableSource(left_out[0].source, left_out[0].reason)
        raise UnreadableSource(", ".join(map(str, paths)), f"no documents here; expected {' or '.join(_READABLE)}")
    works = tuple(merge(by_symbol[symbol]) for symbol in sorted(by_symbol))
    with writing(store, names) as writer:
        writer.load_vocabulary()
        statements = 0
        for work in works:
            nquads = graph(work, names)
            writer.load(nquads)
            statements += nquads.count("\n")
        report = validate_store(writer.read())
        writer.note({"documents": len(works), "statements": statements, "conforms": report.conforms})
    return Summary(store, works, statements, tuple(left_out), report)


def _same_version(record: Record, others: list[Record]) -> Record | None:
    return next((other for other in others if other.language == record.language), None)


def _name(record: Record) -> str:
    return record.reading.outline.text.source


def sources(paths: Iterable[str | Path]) -> Iterator[Path]:
    """The files named, and the texts in the folders named, each once; a README describes the others and is none."""
    seen: set[Path] = set()
    for path in map(Path, paths):
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in found:
            wanted = not path.is_dir() or (file.suffix in _READABLE and file.stem != "README" and file.is_file())
            if wanted and file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


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


def _attempt(path: Path) -> Record | LeftOut:
    try:
        return record(source(path))
    except InputError as error:
        return LeftOut(str(path), error.what)


class _InOrder:
    """Does in this process what a pool does in others: for one document a pool costs more than it saves."""

    def __enter__(self) -> _InOrder:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(self, function: Callable[[Path], Record | LeftOut], items: list[Path]) -> Iterator[Record | LeftOut]:
        return map(function, items)
