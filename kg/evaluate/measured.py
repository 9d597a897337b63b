"""What is kept of a record to be measured: what its words cite and what its links lead to, each with its place.

The words are read without the links: neither adds a citation nor settles one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from kg import run, sources
from kg.errors import InputError
from kg.evaluate.forms import linked
from kg.evaluate.plain import read_otherwise
from kg.evaluate.structure import Agreement, Fault, Markup, agreement, markups
from kg.extract import extract
from kg.model import LeftOut, Link, Record, Span, Text, Work
from kg.pool import Progress, pooled
from kg.resolve import resolve
from kg.segment import segment
from kg.sources import Place


class Mark(NamedTuple):
    """A document that is cited, by the words or by a link, with the clause and the words that show it."""

    target: str
    clause: str
    surface: str


@dataclass(frozen=True, slots=True)
class Version:
    """One language version of a document, measured; `unread` are the addresses of links that lead to no symbol."""

    symbol: str
    language: str
    organ: str
    source: str
    found: tuple[Mark, ...]
    linked: tuple[Mark, ...] = ()
    unread: tuple[str, ...] = ()
    characters: int = 0
    seconds: float = 0.0
    agreement: Agreement = field(default_factory=Agreement)
    plain: Fault | None = None
    acts: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "symbol": self.symbol,
            "language": self.language,
            "organ": self.organ,
            "source": self.source,
            "found": [list(mark) for mark in self.found],
            "linked": [list(mark) for mark in self.linked],
            "unread": list(self.unread),
        }


@dataclass(frozen=True, slots=True)
class Measured:
    """The versions of one work, in the order of their languages."""

    symbol: str
    versions: tuple[Version, ...]


class _Line:
    """The stages from a text to its record, with the time that extracting took; links are not held against it."""

    def __init__(self) -> None:
        self._seconds: dict[int, float] = {}

    def __call__(self, text: Text) -> Record:
        outline = segment(text)
        start = perf_counter()
        record = resolve(extract(outline))
        self._seconds[id(text)] = perf_counter() - start
        return record

    def taken(self, record: Record) -> float:
        return self._seconds[id(record.reading.outline.text)]


def measured(
    paths: Iterable[str | Path],
    *,
    sample: int | None = None,
    seed: int = 0,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Iterator[Measured | LeftOut]:
    """The works of the files, folders and archives, measured; of a sample, those whose names the seed draws, which
    are the same wherever they lie and whatever lies beside them is the same."""
    tasks = sources.works(paths)
    if sample is not None:
        tasks = drawn(tasks, sample, seed)
    yield from measure(tasks, jobs=jobs, progress=progress)


def measure(
    tasks: Sequence[tuple[Place, ...]], *, jobs: int = 1, progress: Progress | None = None
) -> Iterator[Measured | LeftOut]:
    """The works that lie at the places, measured, each with its language versions."""
    for outcomes in pooled(tasks, _work, jobs=jobs, progress=progress):
        yield from outcomes


def drawn(tasks: Sequence[tuple[Place, ...]], sample: int, seed: int) -> list[tuple[Place, ...]]:
    """As many of the works as are wanted, drawn by their names, so that another file more changes one at most."""
    order = sorted(tasks, key=lambda task: sha256(f"{seed}:{task[0].work()}".encode()).digest())
    chosen = set(order[:sample])
    return [task for task in tasks if task in chosen]


def _work(places: tuple[Place, ...]) -> list[Measured | LeftOut]:
    line, files = _Line(), dict(_markups(places))
    return [each if isinstance(each, LeftOut) else _measured(each, line, files) for each in run.work(places, line)]


def _markups(places: tuple[Place, ...]) -> Iterator[tuple[str, tuple[Markup, ...]]]:
    """What the markup of each file shows, by the digest of the file."""
    for place in places:
        try:
            data = place.load().data
        except InputError:
            continue
        yield f"sha256:{sha256(data).hexdigest()}", markups(data)


def _measured(work: Work, line: _Line, files: Mapping[str, tuple[Markup, ...]]) -> Measured:
    return Measured(
        work.symbol,
        tuple(
            replace(
                _version(record),
                seconds=line.taken(record),
                agreement=agreement(record, files.get(record.reading.outline.text.digest, ())),
                plain=read_otherwise(record),
            )
            for record in work.records
        ),
    )


def _version(record: Record) -> Version:
    reading = record.reading
    text = record.reading.outline.text
    read = [(link, linked(link.address)) for link in text.links]
    place = _placing(record)
    return Version(
        symbol=record.symbol,
        language=record.language,
        organ=record.reading.outline.heading.organ,
        source=text.source,
        found=tuple(dict.fromkeys(_found(record))),
        linked=tuple(
            dict.fromkeys(
                Mark(target, place(link.span), _words(text, link))
                for link, target in read
                if target and target != record.symbol
            )
        ),
        unread=tuple(link.address for link, target in read if target is None),
        characters=len(text.characters),
        acts={clause.id: act.act for clause in reading.outline.clauses if (act := reading.opening_act(clause))},
    )


def _found(record: Record) -> Iterator[Mark]:
    heading = record.reading.outline.heading
    for citation in record.citations:
        # The report on the cover is the document's own matter and never linked.
        cover = citation.clause == "header" and citation.target == heading.report
        if citation.target and citation.target != record.symbol and citation.form != "self" and not cover:
            yield Mark(citation.target, citation.clause, citation.surface)


def _words(text: Text, link: Link) -> str:
    return " ".join(text.characters[link.span.start : link.span.end].split())


def _placing(record: Record) -> Callable[[Span], str]:
    """Tells in which clause a stretch of the file stands, or which clause calls the note it stands in."""
    outline = record.reading.outline
    parts = [(span, note.clause or "header") for note in outline.footnotes for span in note.spans]
    parts += [(span, clause.id) for clause in outline.clauses for span in clause.spans]

    def place(span: Span) -> str:
        return next((name for held, name in parts if held.start < span.end and span.start < held.end), "header")

    return place
