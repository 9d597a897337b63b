"""Asks a store: the embedded one, or any SPARQL 1.1 endpoint, with the same calls and the same answers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pyoxigraph as ox

from kg import questions, store
from kg.answers import Rows, Triples
from kg.errors import EndpointError, QuerySyntaxError
from kg.uris import BASE, Names

if TYPE_CHECKING:
    import rdflib

Answer = Rows | Triples | bool

#: The prefixes of the queries that this package makes itself.
PROLOGUE = """\
PREFIX unkg: <https://w3id.org/unkg/ontology#>
PREFIX cito: <http://purl.org/spar/cito/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

_POSITION = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<what>.+)", re.DOTALL)


class Graph(Protocol):
    """What can be asked, wherever it lies; made by `open_store` or `open_endpoint`."""

    names: Names
    where: str

    def sparql(self, text: str, *, source: str = "query") -> Answer:
        """Runs SPARQL: rows for SELECT, triples for CONSTRUCT and DESCRIBE, a bool for ASK.

        Raises QuerySyntaxError, whose place is in `source`.
        """
        ...


class LocalStore:
    """The embedded store, open for reading; all its named graphs are asked as one."""

    def __init__(self, path: Path) -> None:
        self.where = str(path)
        self.names = Names(store.summary(path).get("base", BASE))
        self.oxigraph = store.open_current(path)

    def sparql(self, text: str, *, source: str = "query") -> Answer:
        try:
            answer = self.oxigraph.query(text, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise syntax_error(text, str(error), source) from None
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        if isinstance(answer, ox.QueryTriples):
            return Triples(tuple(answer))
        return Rows.from_json(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    def query(self, name: str, **parameters: str) -> Answer:
        """The answer to one of the questions in queries/; see `ask`."""
        return ask(self, name, **parameters)

    def to_rdflib(self) -> rdflib.Dataset:
        """The store as an rdflib Dataset, read where it lies (through oxrdflib), all graphs in one default graph."""
        import rdflib
        from oxrdflib import OxigraphStore

        return rdflib.Dataset(store=OxigraphStore(store=self.oxigraph), default_union=True)


class Endpoint:
    """A SPARQL 1.1 endpoint over HTTP."""

    def __init__(self, url: str, *, base: str = BASE, user: str | None = None, password: str | None = None) -> None:
        from SPARQLWrapper import SPARQLWrapper

        self.where = url
        self.names = Names(base)
        self._remote = SPARQLWrapper(url)
        if user is not None:
            self._remote.setCredentials(user, password)

    def sparql(self, text: str, *, source: str = "query") -> Answer:
        from SPARQLWrapper import JSON, N3, SPARQLExceptions

        self._remote.setQuery(text)
        graph = self._remote.queryType in ("CONSTRUCT", "DESCRIBE")
        self._remote.setReturnFormat(N3 if graph else JSON)
        try:
            body: bytes = self._remote.query().response.read()
        except SPARQLExceptions.QueryBadFormed as error:
            raise syntax_error(text, _first_line(error), source) from None
        except (SPARQLExceptions.SPARQLWrapperException, OSError) as error:
            raise EndpointError(self.where, f"gives no answer: {_first_line(error)}") from None
        if graph:
            return Triples(tuple(quad.triple for quad in ox.parse(body, ox.RdfFormat.TURTLE)))
        if self._remote.queryType == "ASK":
            return bool(ox.parse_query_results(body, ox.QueryResultsFormat.JSON))
        return Rows.from_json(body)

    def query(self, name: str, **parameters: str) -> Answer:
        """The answer to one of the questions in queries/; see `ask`."""
        return ask(self, name, **parameters)


def open_store(path: str | Path) -> LocalStore:
    """The store that `unkg build` wrote at `path`, for reading; raises StoreMissing where there is none."""
    return LocalStore(Path(path))


def open_endpoint(url: str, *, base: str = BASE, user: str | None = None, password: str | None = None) -> Endpoint:
    """A SPARQL 1.1 endpoint that holds a graph of ours whose names begin with `base`."""
    return Endpoint(url, base=base, user=user, password=password)


def ask(graph: Graph, name: str, **parameters: str) -> Answer:
    """The answer to one of the questions in queries/.

    Raises UnknownQuestion, and ParameterError where a parameter is missing, unknown or unreadable.
    """
    return graph.sparql(questions.bind(questions.question(name), parameters, graph.names), source=f"queries/{name}.rq")


def rows(graph: Graph, text: str) -> Rows:
    """The rows of a SELECT of our own making."""
    answer = graph.sparql(text)
    if not isinstance(answer, Rows):
        raise TypeError("expected a SELECT query")
    return answer


def syntax_error(text: str, message: str, source: str) -> QuerySyntaxError:
    """The error with the line it is in, and a mark below the place."""
    match = _POSITION.search(message)
    if match is None:
        return QuerySyntaxError(source, f"is not SPARQL 1.1: {message}", line=1, column=1)
    line, column = int(match["line"]), int(match["column"])
    lines = text.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    mark = " " * (column - 1) + "^"
    what = f"is not SPARQL 1.1: {_readable(match['what'])}\n  {shown}\n  {mark}"
    return QuerySyntaxError(source, what, line=line, column=column)


def _readable(what: str) -> str:
    """The parser's expectations without its character classes."""
    if "Prefix not found" in what:
        return "a prefix that no PREFIX line declares"
    if not what.startswith("expected one of "):
        return what.splitlines()[0]
    items = what.removeprefix("expected one of ").replace("\n", " ").split(", ")
    # The parser lists what could follow by extension only, but not, say, the term that is missing.
    kept = [item for item in items if "[" not in item and "'" not in item and item not in ("LATERAL", "SERVICE")]
    return f"expected {' or '.join(kept[:8])}" if kept else "something is missing or misplaced here"


def _first_line(error: Any) -> str:
    """What the endpoint itself says, of all that the library wraps round it."""
    text = str(getattr(error, "reason", None) or error)
    found = re.search(r"Response:\s*b?['\"]?(?P<said>.+)", text, re.DOTALL)
    return (found["said"] if found else text).replace("\\n", "\n").strip("'\" \n").splitlines()[0]
