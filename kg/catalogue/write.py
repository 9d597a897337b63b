"""Writes the catalogue from the graphs of works."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreWriteFailed
from kg.uris import SDG, Names, term

#: What the catalogue of a store is named, in the folder of its current generation.
FILE = "catalogue.sqlite"
#: Raised whenever the tables change, so that an older file is known for one.
VERSION = 1
_TABLES = """
CREATE TABLE works (
    symbol TEXT PRIMARY KEY, organ TEXT, session TEXT, year INTEGER, adopted TEXT, titles TEXT NOT NULL,
    languages TEXT NOT NULL, facts_only INTEGER NOT NULL, series TEXT
);
CREATE INDEX works_by_series ON works (series);
CREATE INDEX works_by_organ ON works (organ, adopted);
CREATE TABLE citations (
    citing TEXT NOT NULL, cited TEXT NOT NULL, clause TEXT NOT NULL, place INTEGER, act TEXT, locator TEXT, date TEXT
);
CREATE INDEX citations_by_citing ON citations (citing);
CREATE INDEX citations_by_cited ON citations (cited);
CREATE TABLE named (
    symbol TEXT NOT NULL, clause TEXT NOT NULL, place INTEGER, act TEXT, thing TEXT NOT NULL, role TEXT NOT NULL
);
CREATE INDEX named_by_symbol ON named (symbol);
CREATE INDEX named_by_thing ON named (thing, role);
"""
_CITO = "http://purl.org/spar/cito/"
_TITLE = ox.NamedNode("http://purl.org/dc/terms/title")
Row = tuple[str | int | None, ...]
#: How a thing can stand in a clause, by the property that leads there.
ROLES = {"addressee": "addressee", "mentions": "named", "concerns": "concerned"}


def write_catalogue(store: ox.Store, path: Path, names: Names, *, graphs: Iterable[str] | None = None) -> None:
    """Puts the works of the store into the catalogue at `path`: all, or those of the named graphs given, which replaces
    what it held of these. It changes as a whole or not at all; raises StoreWriteFailed."""
    if graphs is not None and path.exists():
        with _failing(path), contextlib.closing(sqlite3.connect(path, isolation_level=None)) as catalogue:
            catalogue.execute("BEGIN")
            for graph in graphs:
                _remove(catalogue, _symbol(graph, names))
                _add(catalogue, store, graph, names)
            catalogue.execute("COMMIT")
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _failing(path), contextlib.closing(sqlite3.connect(partial, isolation_level=None)) as catalogue:
            # Nobody reads it before it is complete.
            catalogue.execute("PRAGMA journal_mode = OFF")
            catalogue.execute("PRAGMA synchronous = OFF")
            catalogue.execute(f"PRAGMA user_version = {VERSION}")
            catalogue.executescript(_TABLES)
            catalogue.execute("BEGIN")
            for graph in sorted(each.value for each in store.named_graphs() if isinstance(each, ox.NamedNode)):
                _add(catalogue, store, graph, names)
            catalogue.execute("COMMIT")
        partial.replace(path)
    except OSError as error:
        raise StoreWriteFailed(str(path), f"cannot be written: {error}") from None
    finally:
        partial.unlink(missing_ok=True)


@contextlib.contextmanager
def _failing(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreWriteFailed(str(path), f"cannot be written: {error}") from None


def _symbol(graph: str, names: Names) -> str:
    """The symbol of the work that a graph is named after."""
    return names.symbol(graph.replace(f"{names.base}graph/", f"{names.base}doc/", 1))


def _remove(catalogue: sqlite3.Connection, symbol: str) -> None:
    for table, column in (("works", "symbol"), ("citations", "citing"), ("named", "symbol")):
        catalogue.execute(f"DELETE FROM {table} WHERE {column} = ?", (symbol,))


class _Graph:
    """One work's graph, asked property by property, as most of it is of no interest here."""

    def __init__(self, store: ox.Store, name: str) -> None:
        self._store = store
        self._name = ox.NamedNode(name)

    def objects(self, property_: str) -> Iterator[tuple[str, str]]:
        """Subject and object of each statement, as strings."""
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(property_), None, self._name):
            yield quad.subject.value, quad.object.value  # type: ignore[union-attr]

    def one(self, property_: str) -> Mapping[str, str]:
        """The least object of each subject, which has one as a rule."""
        found: dict[str, str] = {}
        for subject, value in self.objects(property_):
            found[subject] = min(value, found.get(subject, value))
        return found

    def of(self, subject: str, property_: ox.NamedNode) -> list[ox.Literal]:
        quads = self._store.quads_for_pattern(ox.NamedNode(subject), property_, None, self._name)
        return [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]


def _add(catalogue: sqlite3.Connection, store: ox.Store, name: str, names: Names) -> None:
    """One work, where the graph is one's."""
    graph = _Graph(store, name)
    symbol = _symbol(name, names)
    document = names.document(symbol)
    languages = sorted(version.rpartition("@")[2] for _, version in graph.objects(term("hasVersion")))
    if not languages:
        return
    places, acts = _places(graph), graph.one(term("act"))
    titles = {each.language or "": each.value for each in graph.of(document, _TITLE)}
    about = (
        symbol,
        _target(graph.one(term("organ")).get(document), names),
        graph.one(term("session")).get(document),
        _year(graph.one(term("year")).get(document)),
        graph.one(term("adopted")).get(document),
        json.dumps(titles, ensure_ascii=False, sort_keys=True),
        " ".join(languages),
        any(value == "true" for _, value in graph.objects(term("factsOnly"))),
        _series(titles),
    )
    catalogue.execute("INSERT INTO works VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", about)
    catalogue.executemany(
        "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?, ?)",
        _sorted(_citations(graph, symbol, names, places), 3),
    )
    catalogue.executemany(
        "INSERT INTO named VALUES (?, ?, ?, ?, ?, ?)",
        _sorted(_named(graph, symbol, names, places, acts), 2),
    )


def _citations(graph: _Graph, symbol: str, names: Names, places: Mapping[str, int]) -> Iterator[Row]:
    clauses = graph.one(f"{_CITO}hasCitingEntity")
    acts, locators = graph.one(term("act")), graph.one(term("locator"))
    dates = graph.one(term("citedDate"))
    for citation, cited in graph.objects(f"{_CITO}hasCitedEntity"):
        clause = clauses[citation]
        yield (
            symbol,
            names.symbol(cited),
            clause.partition("#")[2],
            places.get(clause, 0),
            _slug(acts.get(citation)),
            locators.get(citation),
            dates.get(citation),
        )


def _named(
    graph: _Graph, symbol: str, names: Names, places: Mapping[str, int], acts: Mapping[str, str]
) -> Iterator[Row]:
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for property_, role in ROLES.items():
        for clause, thing in graph.objects(term(property_)):
            found[clause, thing].add(role)
    for (clause, thing), roles in found.items():
        for role in roles:
            act = _slug(acts.get(clause))
            yield symbol, clause.partition("#")[2], places.get(clause, 0), act, _target(thing, names), role


def _places(graph: _Graph) -> Mapping[str, int]:
    """The place of each clause in its document; of graphs that do not tell it, that among the clauses of its kind, the
    preamble first."""
    told = graph.one(term("order"))
    if told:
        return {clause: int(place) for clause, place in told.items()}
    counts = {clause: int(position) for clause, position in graph.one(term("position")).items()}
    ordered = sorted(counts, key=lambda clause: (_part(clause.partition("#")[2]), counts[clause], clause))
    return {clause: place for place, clause in enumerate(ordered, start=1)}


def _part(clause: str) -> int:
    """Heading, preamble, operative part, annexes."""
    return next((n for n, start in enumerate(("header", "PP", "OP")) if clause.startswith(start)), 3)


def _sorted(rows: Iterable[Row], at: int) -> list[Row]:
    """By the place of the clause, which stands `at` in the row, then by all else."""
    return sorted(rows, key=lambda row: (row[at], *map(str, row)))


def _target(name: str | None, names: Names) -> str | None:
    """The end of a thing's name that tells what it is: body/cstd, sdg/17.6."""
    if name is None:
        return None
    return f"sdg/{name.removeprefix(SDG)}" if name.startswith(SDG) else name.removeprefix(names.base)


def _slug(name: str | None) -> str | None:
    return name.rpartition("/")[2] if name else None


def _year(value: str | None) -> int | None:
    return int(value) if value and value.lstrip("-").isdigit() else None


def _series(titles: Mapping[str, str]) -> str | None:
    """What documents of one series have alike: their title, in the first language that it is known in."""
    title = next((titles[language] for language in ("en", *sorted(titles)) if language in titles), None)
    return " ".join(title.casefold().split()) if title else None
