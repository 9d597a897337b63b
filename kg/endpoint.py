"""A SPARQL 1.1 endpoint over HTTP, asked with the same calls as the embedded store."""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError

import pyoxigraph as ox

from kg import addresses, query
from kg.answers import Rows, Triples
from kg.connection import PASSING, Authority, Credentials, passing, waits
from kg.errors import AnswerCut, EndpointError, UnkgError
from kg.nquads import iri
from kg.query import Answer, ask, paged, syntax_error
from kg.refusal import MOST_BYTES, words_of
from kg.uris import BASE, Names, term

_NAME_TEXT_OR_COMMENT = re.compile(r"""<[^<>\s]*>|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*""")
_CHOOSES_GRAPHS = re.compile(r"\b(?:FROM|GRAPH)\b", re.IGNORECASE)
_ANY = f"SELECT ?document ?symbol WHERE {{ ?document <{term('symbol')}> ?symbol }} LIMIT 1"
#: How servers whose default graph is not all graphs together are asked for that: Oxigraph and Jena.
_TOGETHER = ("?union-default-graph", "urn:x-arq:UnionGraph")
#: What is asked of a server at once, so that those which cut their answers (Virtuoso: 10,000 rows) need not.
_DOCUMENTS, _ROWS = 50, 5000
#: The variable in whose rows Virtuoso answers ASK: one row for yes, none for no.
_VIRTUOSO_SAYS = "__ASK_RETVAL"
#: How many digits of the MD5 of a subject tell the smallest part in which a graph is read.
_DEEPEST = 3


class Endpoint:
    """A SPARQL 1.1 endpoint that holds a graph of ours; what its server is like is found out when it is first asked."""

    documents_at_once: int | None = _DOCUMENTS
    rows_at_once: int | None = _ROWS

    def __init__(
        self, url: str, *, base: str | None = None, credentials: Credentials | None = None, attempts: int = 1
    ) -> None:
        from SPARQLWrapper import POST, SPARQLWrapper

        self.where = addresses.checked(url)
        self.authority = Authority(credentials or Credentials())
        self._names = Names(base) if base else None
        self._attempts = attempts
        self._remote = SPARQLWrapper(url)
        # A query may be longer than an address.
        self._remote.setMethod(POST)
        if self.authority.credentials.user is not None:
            self._remote.setCredentials(self.authority.credentials.user, self.authority.credentials.password)
        self._found = ""
        self._together = ""

    @property
    def names(self) -> Names:
        """The names below the base that the graph there has."""
        self.address()
        return self._names or Names(BASE)

    def sparql(self, text: str, *, source: str = "query") -> Answer:
        address = self.address()
        together = "" if _CHOOSES_GRAPHS.search(_without_comments(text)) else self._together
        return self._ask(address, text, source, together)

    def query(self, name: str, **parameters: str) -> Answer:
        """The answer to one of the questions in queries/; see `ask`."""
        return ask(self, name, **parameters)

    def graphs(self) -> Sequence[str]:
        """The named graphs of ours, in order; what else the server holds is none of ours."""
        ours = f'FILTER(STRSTARTS(STR(?graph), "{self.names.base}graph/"))'
        # Not every server lists its graphs without looking at what stands in them.
        quick = [str(row["graph"]) for row in paged(self, f"GRAPH ?graph {{}} {ours}", "graph")]
        return quick or [str(row["graph"]) for row in paged(self, f"GRAPH ?graph {{ ?s a ?class }} {ours}", "graph")]

    def statements(self, graph: str) -> Sequence[ox.Triple]:
        """All that a named graph says; raises EndpointError where the server does not give all of it."""
        return self._part(graph, "")

    def lines(self, graph: str) -> Sequence[bytes]:
        """The same as lines of N-Triples."""
        written = ox.serialize(self.statements(graph), format=ox.RdfFormat.N_TRIPLES)
        return (written or b"").splitlines(keepends=True)

    def _part(self, graph: str, start: str) -> Sequence[ox.Triple]:
        """The statements of subjects whose MD5 starts so; where the server cuts them, part by part."""
        subjects = f'FILTER(STRSTARTS(MD5(STR(?s)), "{start}"))' if start else ""
        where = f"GRAPH {iri(graph)} {{ ?s ?p ?o }} {subjects}"
        count = query.rows(self, f"SELECT (COUNT(*) AS ?n) WHERE {{ {where} }}")[0]["n"]
        try:
            answer = self.sparql(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where} }}")
        except AnswerCut:
            answer = False
        if isinstance(answer, Triples) and len(answer) == count:
            return answer.triples
        if len(start) == _DEEPEST:
            given = len(answer) if isinstance(answer, Triples) else "a part"
            raise EndpointError(
                self.where, f"gives {given} of {count} statements of {graph}; raise the server's limits"
            )
        return [triple for digit in "0123456789abcdef" for triple in self._part(graph, start + digit)]

    def address(self) -> str:
        """Where queries are answered; looked for until documents of ours are there, whose names then tell the base."""
        if self._found:
            return self._found
        answering, failures = "", []
        for each in addresses.queries(self.where):
            for address, together in _ways(each):
                try:
                    found = self._ask(address, _ANY, "query", together)
                except UnkgError as error:
                    failures.append(error)
                    if not answering:
                        break
                    continue
                answering = answering or address
                if isinstance(found, Rows) and len(found):
                    self._remember(address, together, str(found[0]["document"]), str(found[0]["symbol"]))
                    return address
        if not answering:
            raise failures[0]
        return answering

    def _remember(self, address: str, together: str, document: str, symbol: str) -> None:
        self._found, self._together = address, together
        own = Names("").document(symbol)
        if self._names is None and document.endswith(own):
            self._names = Names(document.removesuffix(own))

    def _ask(self, address: str, text: str, source: str, together: str) -> Answer:
        from SPARQLWrapper import JSON, N3, SPARQLExceptions

        # SPARQLWrapper takes a word of a comment ("# who asks whom") for the kind of query.
        asked = _without_comments(text)
        self._remote.endpoint = address
        self._remote.clearParameter("default-graph-uri")
        if together:
            self._remote.addDefaultGraph(together)
        self._remote.setQuery(asked)
        kind = self._remote.queryType
        self._remote.setReturnFormat(N3 if kind in ("CONSTRUCT", "DESCRIBE") else JSON)
        try:
            with self._response(address) as response:
                self._refuse_part(response)
                return _read(response.read(), kind)
        except SPARQLExceptions.QueryBadFormed as error:
            _close(error)
            raise syntax_error(asked, _first_line(error), source) from None
        except (SPARQLExceptions.SPARQLWrapperException, OSError) as error:
            said = ": ".join(filter(None, (_first_line(error), _said(error))))
            _close(error)
            raise EndpointError(self.where, f"gives no answer: {said}{_advice(error)}") from None
        except (SyntaxError, ValueError) as error:
            # A half-read answer may be let go of only in the thread that began it, not whenever the error is forgotten.
            traceback.clear_frames(error.__traceback__)
            raise EndpointError(self.where, f"gives no answer that is SPARQL: {_first_line(error)}") from None

    def _response(self, address: str) -> Any:
        """The server's answer; a question who asks is answered, and what may pass is tried again."""
        from SPARQLWrapper import SPARQLExceptions

        pauses = waits(self._attempts)
        while True:
            self._identify(address)
            try:
                return self._remote.query().response
            except SPARQLExceptions.Unauthorized as error:
                refused = error.__context__
                if not (isinstance(refused, HTTPError) and self.authority.learns(refused.headers["WWW-Authenticate"])):
                    raise
                _close(error)
            except OSError as error:
                may_pass = error.code in PASSING if isinstance(error, HTTPError) else passing(error)
                pause = next(pauses, None) if may_pass else None
                if pause is None:
                    raise
                _close(error)
                time.sleep(pause)

    def _refuse_part(self, response: Any) -> None:
        """Virtuoso says in a header that it cut the answer; half an answer is none."""
        most, why = response.headers.get("X-SPARQL-MaxRows"), response.headers.get("X-SQL-Message")
        if most or response.headers.get("X-SQL-State"):
            cut = f"after {most} rows (ResultSetMaxRows in virtuoso.ini)" if most else f"for {why or 'want of time'}"
            raise AnswerCut(self.where, f"cuts its answer {cut}; ask for less, with a LIMIT or fewer documents")

    def _identify(self, address: str) -> None:
        """Says who asks, as the server wants to hear it; SPARQLWrapper by itself knows Basic alone."""
        self._remote.clearCustomHttpHeader("Authorization")
        header = self.authority.header("POST", address)
        for name, value in header.items():
            self._remote.addCustomHttpHeader(name, value)
        if not header:
            self._remote.user = None


def open_endpoint(
    url: str, *, base: str | None = None, user: str | None = None, password: str | None = None, token: str | None = None
) -> Endpoint:
    """A SPARQL 1.1 endpoint that holds a graph of ours; `base` is found out where it is not told.

    `url` is the address of queries, or that of the server or data set: …/query and …/sparql are then tried below it.
    """
    return Endpoint(url, base=base, credentials=Credentials(user, password, token))


def _ways(address: str) -> Iterator[tuple[str, str]]:
    """How a server may be asked, each with the default graph to name: as it is, then for all graphs together."""
    yield address, ""
    if "?" not in address:
        yield address + _TOGETHER[0], ""
    yield address, _TOGETHER[1]


def _read(body: bytes, kind: str | None) -> Answer:
    if kind in ("CONSTRUCT", "DESCRIBE"):
        return Triples(tuple(quad.triple for quad in ox.parse(body, ox.RdfFormat.TURTLE)))
    if kind == "ASK":
        answer = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
        if isinstance(answer, ox.QuerySolutions) and [each.value for each in answer.variables] == [_VIRTUOSO_SAYS]:
            return any(row[0] is not None and row[0].value == "1" for row in answer)
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


def _first_line(error: Any) -> str:
    """What the endpoint itself says, of all that the library wraps round it."""
    text = str(getattr(error, "reason", None) or error)
    found = re.search(r"Response:\s*b?['\"]?(?P<said>.+)", text, re.DOTALL)
    return (found["said"] if found else text).replace("\\n", "\n").strip("'\" \n").splitlines()[0]


def _said(error: BaseException) -> str:
    """Why a server refuses, in its own words, where it says more than the status."""
    if not isinstance(error, HTTPError):
        return ""
    try:
        return words_of(error.read(MOST_BYTES))
    except (OSError, HTTPException):
        return ""


def _advice(error: BaseException) -> str:
    refused = error.__context__ if isinstance(error.__context__, HTTPError) else error
    asks = isinstance(refused, HTTPError) and refused.code == 401
    return "; give --user NAME with the password in UNKG_PASSWORD, or a token in UNKG_TOKEN" if asks else ""
