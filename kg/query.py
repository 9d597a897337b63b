"""Asks a store: the embedded one, or any SPARQL 1.1 endpoint, with the same calls and the same answers."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.error import HTTPError
from urllib.parse import urlsplit

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

_NAME_TEXT_OR_COMMENT = re.compile(r"""<[^<>\s]*>|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*""")
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
            if isinstance(answer, ox.QueryBoolean):
                return bool(answer)
            if isinstance(answer, ox.QueryTriples):
                return Triples(tuple(answer))
            return Rows.from_json(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        except SyntaxError as error:
            raise syntax_error(text, str(error), source) from None
        except OSError as error:
            raise EndpointError(source, f"a SERVICE it asks gives no answer: {error}") from None

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
        from SPARQLWrapper import POST, SPARQLWrapper

        if urlsplit(url).scheme not in ("http", "https"):
            raise EndpointError(
                url, "is no address of an endpoint; expected something like http://localhost:7878/query"
            )
        self.where = url
        self.names = Names(base)
        self._remote = SPARQLWrapper(url)
        # A query may be longer than an address.
        self._remote.setMethod(POST)
        if user is not None:
            self._remote.setCredentials(user, password)

    def sparql(self, text: str, *, source: str = "query") -> Answer:
        from SPARQLWrapper import JSON, N3, SPARQLExceptions

        # SPARQLWrapper takes a word of a comment ("# who asks whom") for the kind of query.
        asked = _without_comments(text)
        self._remote.setQuery(asked)
        kind = self._remote.queryType
        self._remote.setReturnFormat(N3 if kind in ("CONSTRUCT", "DESCRIBE") else JSON)
        try:
            with self._remote.query().response as response:
                return _read(response.read(), kind)
        except SPARQLExceptions.QueryBadFormed as error:
            _close(error)
            raise syntax_error(asked, _first_line(error), source) from None
        except (SPARQLExceptions.SPARQLWrapperException, OSError) as error:
            _close(error)
            raise EndpointError(self.where, f"gives no answer: {_first_line(error)}") from None
        except (SyntaxError, ValueError) as error:
            # A half-read answer may be let go of only in the thread that began it, not whenever the error is forgotten.
            traceback.clear_frames(error.__traceback__)
            raise EndpointError(self.where, f"gives no answer that is SPARQL: {_first_line(error)}") from None

    def query(self, name: str, **parameters: str) -> Answer:
        """The answer to one of the questions in queries/; see `ask`."""
        return ask(self, name, **parameters)


def _read(body: bytes, kind: str | None) -> Answer:
    if kind in ("CONSTRUCT", "DESCRIBE"):
        return Triples(tuple(quad.triple for quad in ox.parse(body, ox.RdfFormat.TURTLE)))
    if kind == "ASK":
        answer = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
        if not isinstance(answer, ox.QueryBoolean):
            raise ValueError("rows where true or false was asked for")
        return bool(answer)
    return Rows.from_json(body)


def _close(error: BaseException) -> None:
    """Lets go of the connection that an HTTP error holds, which SPARQLWrapper forgets."""
    for each in (error, error.__context__):
        if isinstance(each, HTTPError):
            each.close()


def _without_comments(text: str) -> str:
    """The query with its lines and columns kept, but no comments; a # in a name or a text is none."""
    return _NAME_TEXT_OR_COMMENT.sub(lambda found: "" if found[0].startswith("#") else found[0], text)


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


def _first_line(error: Any) -> str:
    """What the endpoint itself says, of all that the library wraps round it."""
    text = str(getattr(error, "reason", None) or error)
    found = re.search(r"Response:\s*b?['\"]?(?P<said>.+)", text, re.DOTALL)
    return (found["said"] if found else text).replace("\\n", "\n").strip("'\" \n").splitlines()[0]
