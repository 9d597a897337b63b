"""Writes named graphs into a store over HTTP: whole by the Graph Store Protocol, or in batches by SPARQL Update."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol
from urllib.parse import quote

from kg.connection import Connection, Reply
from kg.errors import EndpointError, EndpointRefused
from kg.nquads import iri

_TRIPLES = "application/n-triples"
_QUADS = "application/n-quads"
_UPDATE = "application/sparql-update"
_GONE = 404
_ASKS_WHO = 401
_TOO_LARGE = 413
#: Statements in one INSERT DATA; halved where a server cannot take so many (400 and 500 are how they say it).
_BATCH = 1000
_TOO_MANY = (400, _TOO_LARGE, 500)
_FEWEST = 10

Lines = Sequence[bytes]


class Writer(Protocol):
    """One way to write; `url` is where, `way` what it is called. A graph's statements are lines of N-Triples."""

    url: str
    way: str

    def replace(self, graph: str, lines: Lines) -> None:
        """Makes the graph hold these statements and no others; the last line arrives last. Raises EndpointRefused."""
        ...

    def drop(self, graph: str) -> None:
        """Removes the graph, if it is there. Raises EndpointRefused."""
        ...


class GraphStore:
    """The Graph Store Protocol: one request a graph, which replaces it whole."""

    way = "Graph Store Protocol"

    def __init__(self, connection: Connection, url: str) -> None:
        self.url = url
        self._connection = connection
        self._product = ""

    def replace(self, graph: str, lines: Lines) -> None:
        if not self._product:
            self._greet(graph)
        self._send("PUT", graph, lines)

    def drop(self, graph: str) -> None:
        reply = self._connection.send("DELETE", self._address(graph))
        if reply.status != _GONE:
            refuse(reply, self.url, graph)

    @property
    def takes_many(self) -> bool:
        """Whether the server takes many graphs in one request, as N-Quads; Oxigraph does, and says who it is."""
        return self._product.startswith("Oxigraph")

    def add_many(self, graphs: Sequence[tuple[str, Lines]], *, bulk: bool) -> None:
        """Adds to graphs; `bulk` is several times faster, but leaves a part behind where it is broken off."""
        quads = b"".join(line[:-2] + iri(graph).encode() + b" .\n" for graph, lines in graphs for line in lines)
        url = f"{self.url}?no_transaction" if bulk else self.url
        refuse(self._connection.send("POST", url, quads, kind=_QUADS), self.url, graphs[0][0])

    def _greet(self, graph: str) -> None:
        """A small request first: a server that asks who is there should not be sent a graph to no end."""
        headers = self._connection.send("GET", self._address(f"{graph}/none")).headers
        self._product = headers.get("server", "unknown")

    def _send(self, method: str, graph: str, lines: Lines) -> None:
        reply = self._connection.send(method, self._address(graph), b"".join(lines), kind=_TRIPLES)
        if reply.status == _TOO_LARGE and len(lines) > 1:
            half = len(lines) // 2
            self._send(method, graph, lines[:half])
            self._send("POST", graph, lines[half:])
        else:
            refuse(reply, self.url, graph)

    def _address(self, graph: str) -> str:
        return f"{self.url}{'&' if '?' in self.url else '?'}graph={quote(graph, safe='')}"


class Updates:
    """SPARQL Update: the graph is dropped and filled again, batch by batch."""

    way = "SPARQL Update"

    def __init__(self, connection: Connection, url: str) -> None:
        self.url = url
        self._connection = connection
        self._batch = _BATCH

    def replace(self, graph: str, lines: Lines) -> None:
        self.drop(graph)
        start = 0
        while start < len(lines):
            batch = lines[start : start + self._batch]
            text = b"INSERT DATA { GRAPH " + iri(graph).encode() + b" {\n" + b"".join(batch) + b"} }"
            reply = self._connection.send("POST", self.url, text, kind=_UPDATE)
            if reply.status in _TOO_MANY and self._batch > _FEWEST:
                self._batch //= 2
                continue
            refuse(reply, self.url, graph)
            start += len(batch)

    def drop(self, graph: str) -> None:
        text = f"DROP SILENT GRAPH {iri(graph)}".encode()
        refuse(self._connection.send("POST", self.url, text, kind=_UPDATE), self.url, graph)


def refuse(reply: Reply, url: str, graph: str) -> None:
    """Raises EndpointRefused where the answer is a refusal."""
    if not reply.fine:
        raise EndpointRefused(url, f"{graph}: {reply.refusal()}", status=reply.status)


def first_that_works(
    writers: Sequence[Writer], action: Callable[[Writer], None], done: Callable[[], bool], where: str
) -> Writer:
    """Does something to a graph by the first way that has the effect wanted at `where`, and gives that way.

    Raises the EndpointRefused of a server that asks who is there, else an EndpointError with the reasons of all.
    """
    reasons: list[EndpointError] = []
    for writer in writers:
        try:
            action(writer)
        except EndpointRefused as error:
            reasons.append(error)
            continue
        if done():
            return writer
        reasons.append(EndpointError(writer.url, "takes the graph, but not into the store that answers queries"))
    raise next(
        (error for error in reasons if isinstance(error, EndpointRefused) and error.status == _ASKS_WHO),
        reasons[0]
        if len(reasons) == 1
        else EndpointError(where, "takes no graphs: " + "\n  ".join(map(str, ["", *reasons])).strip(" ")),
    )
