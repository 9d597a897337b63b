"""Asks a graph, wherever it lies; the embedded store is here, an endpoint in kg.endpoint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from kg import nquads, questions, store
from kg.answers import Rows, Triples, Value
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

    where: str
    #: How many documents one query should name, and how many rows it should ask for, at most; None: as many as wanted.
    documents_at_once: int | None
    rows_at_once: int | None

    @property
    def names(self) -> Names:
        """The names below the graph's base."""
        ...

    def graphs(self) -> Sequence[str]:
        """The names of the named graphs of ours, in order."""
        ...

    def statements(self, graph: str) -> Sequence[ox.Triple]:
        """All that a named graph says, in no order."""
        ...

    def lines(self, graph: str) -> Sequence[bytes]:
        """The same as lines of N-Triples, in no order."""
        ...

    def sparql(self, text: str, *, source: str = "query") -> Answer:
        """Runs SPARQL: rows for SELECT, triples for CONSTRUCT and DESCRIBE, a bool for ASK.

        Raises QuerySyntaxError, whose place is in `source`.
        """
        ...


class LocalStore:
    """The embedded store, open for reading; all its named graphs are asked as one."""

    documents_at_once: int | None = None
    rows_at_once: int | None = None

    def __init__(self, path: Path) -> None:
        self.where = str(path)
        self.names = Names(store.summary(path).get("base", BASE))
        self.oxigraph = store.open_current(path)

    def sparql(self, text: str, *, source: str = "query") -> Answer:
        try:
            answer = self.oxigraph.query(text, use_default_graph_as_union=True)
            if isinstance(answer, ox.QueryBoolean):
                return bool(answer)
            if isinstance(answer, ox.QueryTriples):
                return Triples(tuple(answer))
            return Rows.from_json(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        except SyntaxError as error:
            raise syntax_error(text, str(error), source) from None
        except OSError as error:
            raise EndpointError(source, f"a SERVICE it asks gives no answer: {error}") from None

    def graphs(self) -> Sequence[str]:
        return sorted(graph.value for graph in self.oxigraph.named_graphs() if isinstance(graph, ox.NamedNode))

    def statements(self, graph: str) -> Sequence[ox.Triple]:
        return [quad.triple for quad in self.oxigraph.quads_for_pattern(None, None, None, ox.NamedNode(graph))]

    def lines(self, graph: str) -> Sequence[bytes]:
        dumped = self.oxigraph.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
        return (dumped or b"").splitlines(keepends=True)

    def query(self, name: str, **parameters: str) -> Answer:
        """The answer to one of the questions in queries/; see `ask`."""
        return ask(self, name, **parameters)

    def to_rdflib(self) -> rdflib.Dataset:
        """The store as an rdflib Dataset, read where it lies (through oxrdflib), all graphs in one default graph."""
        import rdflib
        from oxrdflib import OxigraphStore

        return rdflib.Dataset(store=OxigraphStore(store=self.oxigraph), default_union=True)


def open_store(path: str | Path) -> LocalStore:
    """The store that `unkg build` wrote at `path`, for reading; raises StoreMissing where there is none."""
    return LocalStore(Path(path))


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


def paged(graph: Graph, pattern: str, key: str, *others: str) -> Iterator[Mapping[str, Value]]:
    """Every row of these variables that `pattern` gives, in the order of the names under `key`; each has one row.

    Asked for page by page where the graph answers only so much at once.
    """
    variables = " ".join(f"?{variable}" for variable in (key, *others))
    limit = f"LIMIT {graph.rows_at_once}" if graph.rows_at_once else ""
    after = ""
    while True:
        text = f"{PROLOGUE}SELECT DISTINCT {variables} WHERE {{ {pattern} {after} }} ORDER BY ?{key} {limit}"
        page = rows(graph, text)
        yield from page
        if not len(page) or len(page) != graph.rows_at_once:
            return
        after = f"FILTER(STR(?{key}) > {nquads.text(str(page[-1][key]))})"


def documents(graph: Graph) -> list[str]:
    """The names of all documents that the graph knows, held or only cited, in order."""
    return [str(row["document"]) for row in paged(graph, "?document unkg:symbol ?symbol", "document")]


def portions(graph: Graph, names: Sequence[str]) -> Iterator[Sequence[str]]:
    """The names in portions that one query may hold."""
    size = graph.documents_at_once or len(names)
    return (names[start : start + size] for start in range(0, len(names), size or 1))


def syntax_error(text: str, message: str, source: str) -> QuerySyntaxError:
    """The error with the line it is in, and a mark below the place."""
    match = _POSITION.search(message)
    if match is None:
        return QuerySyntaxError(source, f"is not SPARQL 1.1: {message}", line=1, column=1)
    line, column = int(match["line"]), int(match["column"])
    lines = text.splitlines() or [""]
    if line > len(lines):
        # The query ended too early.
        line, column = len(lines), len(lines[-1]) + 1
    shown = lines[line - 1]
    mark = " " * (column - 1) + "^"
    what = f"is not SPARQL 1.1: {_readable(match['what'])}\n  {shown}\n  {mark}"
    return QuerySyntaxError(source, what, line=line, column=column)


def _readable(what: str) -> str:
    """The parser's expectations without its character classes."""
    if "Prefix not found" in what:
        return "a prefix that no PREFIX line declares"
    if not what.startswith("expected "):
        return what.splitlines()[0]
    items = what.removeprefix("expected ").removeprefix("one of ").replace("\n", " ").split(", ")
    # The parser lists what could follow by extension only, but not, say, the term that is missing.
    kept = [item for item in items if "[" not in item and "'" not in item and item not in ("LATERAL", "SERVICE")]
    return f"expected {' or '.join(kept[:8])}" if kept else "something is missing or misplaced here"
