"""Runs one query on a store, within its limits."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NoReturn, TypeVar

import pyoxigraph as ox

from kg.errors import QuerySyntaxError
from kg.query import syntax_error
from kg.serve.negotiate import choose
from kg.serve.sparql import results
from kg.serve.sparql.results import ALSO, GRAPHS, ROWS, Row
from kg.serve.sparql.scan import Form, scan

Item = TypeVar("Item")

#: More than a reader takes in, and less than would fill the memory of a server.
MOST_BYTES = 64_000_000


#: What is said as it was asked for.
_PLAIN = ("application/json", "application/xml", "text/xml")
#: What clients call formats, for rows and for graphs.
_NAMES = {
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdf"),
    "turtle": ("", "ttl"),
    "n3": ("", "ttl"),
    "ntriples": ("", "nt"),
    "n-triples": ("", "nt"),
    "json-ld": ("", "jsonld"),
    "rdf+xml": ("", "rdf"),
    "rdfxml": ("", "rdf"),
    "srj": ("json", ""),
    "srx": ("xml", ""),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A query and how it is to be answered: within how many rows or triples, in a format that is accepted or named;
    `partial` takes a part of an answer that is too long. The graphs are those that the protocol names."""

    query: str
    rows: int
    accept: str | None = None
    form: str | None = None
    partial: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer as HTTP has it; `cut` is how many rows it was cut to."""

    status: int
    body: bytes = field(repr=False)
    media: str = ""
    title: str = ""
    detail: str = ""
    cut: int | None = None
    line: int | None = None
    column: int | None = None


class Failed(Exception):
    """What ends a query early."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.title)
        self.outcome = outcome


def run(store: ox.Store, task: Task) -> Outcome:
    """The answer, or why there is none; never raises for what a query may hold."""
    try:
        _refuse(task.query)
        form, media = chosen(scan(task.query).form, task)
        return _answered(_solve(store, task), task, form, media)
    except Failed as failed:
        return failed.outcome
    except QuerySyntaxError as error:
        return Outcome(400, b"", title="Not SPARQL 1.1", detail=str(error), line=error.line, column=error.column)
    except OSError as error:
        return Outcome(403, b"", title="Refused", detail=f"The query asks another server, or the disk fails: {error}")
    except (RuntimeError, ValueError) as error:
        return Outcome(400, b"", title="The query cannot be run", detail=str(error))


def fail(status: int, title: str, detail: str, **more: Any) -> NoReturn:
    raise Failed(Outcome(status, b"", title=title, detail=detail, **more))


def _refuse(query: str) -> None:
    """Refuses before anything runs what would ask others or change the store."""
    scanned = scan(query)
    if scanned.update:
        fail(403, "Updates are refused", f"{scanned.update} is an update; this endpoint answers queries and no more")
    if scanned.asks_others:
        line, column = scanned.asks_others
        told = f"query:{line}:{column}: SERVICE would ask another server; ask it yourself, or a client that federates"
        fail(403, "SERVICE is refused", told, line=line, column=column)


def chosen(form: Form | None, task: Task) -> tuple[str, str]:
    """The format to answer in and its media type; raises Failed with 406 where none fits."""
    found = _format(form in ("CONSTRUCT", "DESCRIBE"), task.accept, task.form)
    if found is None:
        there = GRAPHS if form in ("CONSTRUCT", "DESCRIBE") else ROWS
        offered = ", ".join(f"{name} ({media.partition(';')[0]})" for name, media in there.items())
        fail(406, "Nothing that is accepted", f"The answer to {form or 'this'} comes as {offered}")
    return found


@lru_cache(maxsize=1024)
def _format(of_graph: bool, accept: str | None, name: str | None) -> tuple[str, str] | None:
    """The format that is named, else the one that is accepted, and its media type; None where there is none."""
    offered = GRAPHS if of_graph else ROWS
    by_media = {media.partition(";")[0]: form for form, media in offered.items()}
    also = {name: by_media[media.partition(";")[0]] for name, media in ALSO.items() if media in offered.values()}
    every = {**by_media, **also}
    if name is not None:
        name = _NAMES.get(name.lower(), (name.lower(),) * 2)[of_graph]
        form = name if name in offered else every.get(name)
        return (form, offered[form]) if form else None
    media = choose(accept, tuple(every))
    if media is None:
        return None
    # Whoever asks for application/json is told that it is that.
    return every[media], media if media in _PLAIN else offered[every[media]]


def _solve(store: ox.Store, task: Task) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Begins the query; what the protocol says of the data set goes before what the query says."""
    options: dict[str, Any] = {"use_default_graph_as_union": True}
    if task.default_graphs or task.named_graphs:
        options = {
            "default_graph": [ox.NamedNode(each) for each in task.default_graphs],
            "named_graphs": [ox.NamedNode(each) for each in task.named_graphs],
        }
    elif scan(task.query).own_data:
        options = {}
    try:
        return store.query(task.query, **options)
    except SyntaxError as error:
        raise syntax_error(task.query, str(error), "query") from None


def _answered(
    found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, task: Task, form: str, media: str
) -> Outcome:
    if isinstance(found, ox.QueryBoolean):
        return Outcome(200, results.truth(form, bool(found)), media)
    if isinstance(found, ox.QueryTriples):
        triples, cut = _limited(found, task)
        return _sized(results.graph(form, triples), media, cut)
    variables = [variable.value for variable in found.variables]
    read: list[Row]
    read, cut = _limited((tuple(solution) for solution in found), task)
    return _sized(results.rows(form, variables, read, cut=cut is not None), media, cut)


def _limited(found: Iterable[Item], task: Task) -> tuple[list[Item], int | None]:
    """As many as may be sent, and how many that is where there are more; raises Failed where a part is no answer."""
    read = list(itertools.islice(found, task.rows + 1))
    if len(read) <= task.rows:
        return read, None
    if not task.partial:
        told = f"The answer has more than the {task.rows:,} rows that are sent at once; narrow the query, or give it"
        fail(422, "The answer is too long", f"{told} a LIMIT and OFFSET, or ask with partial=true for the first ones")
    return read[: task.rows], task.rows


def _sized(body: bytes, media: str, cut: int | None) -> Outcome:
    if len(body) > MOST_BYTES:
        fail(422, "The answer is too long", f"It has {len(body):,} bytes, of which {MOST_BYTES:,} are sent at most")
    return Outcome(200, body, media, cut=cut)
