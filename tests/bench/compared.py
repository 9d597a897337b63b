"""The same works and the same three questions asked in three ways: here, with rdflib in memory, and with a regular
expression, pandas and networkx."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

import pandas
import rdflib

from kg import questions, run
from kg.graph import graph
from kg.model import Work
from kg.query import LocalStore, open_store
from kg.sources import Place
from kg.store import writing
from kg.uris import Names
from tests.bench import naive
from tests.bench.asking import drawn


@dataclass(frozen=True, slots=True)
class Way:
    """Seconds to have a graph (from N-Quads; the naive way from XML), and for each question, with its rows."""

    name: str
    ready: float
    asked: tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The ways, and how many pairs of documents the naive way has of those that are read here from English texts, how
    many it has beside them, and how many lines it took to write."""

    works: int
    statements: int
    document: str
    ways: tuple[Way, ...]
    found: int
    pairs: int
    others: int
    lines: int


QUESTIONS = ("who cites a document", "what it rests on, transitively", "the most cited")


def compared(tasks: Sequence[tuple[Place, ...]], folder: Path) -> Compared:
    """Makes the works of these tasks, and asks each way."""
    names = Names()
    works = [work for task in tasks for work in run.work(task) if isinstance(work, Work)]
    quads = "".join(graph(work, names) for work in works)
    begin = perf_counter()
    with writing(folder) as writer:
        writer.load(quads)
        writer.note({})
    store = open_store(folder)
    ready = perf_counter() - begin
    root = drawn(store, 1, 1).documents
    texts = [_asked(name, root[name != "cited-by"]) for name in ("cited-by", "ancestors", "most-cited")]
    here = Way("unkg", ready, tuple(_timed(partial(_rows, store, text)) for text in texts))
    table, way = _naively(tasks, works, root)
    ours = {
        (work.symbol, joined.citation.target)
        for work in works
        for joined in work.citations
        if joined.citation.target and "en" in joined.citation.languages
    }
    theirs = set(zip(table.citing, table.cited, strict=True))
    return Compared(
        works=len(works),
        statements=quads.count("\n"),
        document=root[1],
        ways=(here, _in_rdflib(quads, texts), way),
        found=len(ours & theirs),
        pairs=len(ours),
        others=len(theirs - ours),
        lines=_lines_of_code(),
    )


def _asked(name: str, symbol: str) -> str:
    question = questions.question(name)
    return questions.bind(question, {"document": symbol} if question.parameters else {}, Names())


def _rows(store: LocalStore, text: str) -> int:
    answer = store.sparql(text)
    return 0 if isinstance(answer, bool) else len(answer)


def _count(dataset: rdflib.Dataset, text: str) -> int:
    return len(dataset.query(text))


def _in_rdflib(quads: str, texts: Sequence[str]) -> Way:
    begin = perf_counter()
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=quads, format="nquads")
    ready = perf_counter() - begin
    return Way("rdflib", ready, tuple(_timed(partial(_count, dataset, text)) for text in texts))


def _naively(
    tasks: Sequence[tuple[Place, ...]], works: Sequence[Work], root: Sequence[str]
) -> tuple[pandas.DataFrame, Way]:
    """The naive way is told the symbol of each file."""
    symbols = {record.reading.outline.text.source: work.symbol for work in works for record in work.records}
    english = [
        (symbols[place.name], place.load().data)
        for task in tasks
        for place in task
        if place.load().language == "en" and place.name in symbols and place.name.endswith(".xml")
    ]
    begin = perf_counter()
    table = naive.citations(english)
    ready = perf_counter() - begin
    asked = (
        _timed(lambda: len(naive.who_cites(table, root[0]))),
        _timed(lambda: len(naive.rests_on(table, root[1]))),
        _timed(lambda: len(naive.most_cited(table))),
    )
    return table, Way("regex, pandas, networkx", ready, asked)


def _timed(ask: Callable[[], int]) -> tuple[float, int]:
    begin = perf_counter()
    rows = ask()
    return perf_counter() - begin, rows


def _lines_of_code() -> int:
    lines = inspect.getsource(naive).splitlines()
    return sum(1 for line in lines if line.strip() and not line.strip().startswith(('"""', "#")))
