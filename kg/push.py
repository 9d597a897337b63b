"""Brings a store's named graphs into any SPARQL 1.1 store: only what differs is sent, whoever sent it before.

Each graph that is sent carries the digest of its statements. What the other store holds of us is therefore known from
anywhere, after an interruption too, and a graph that someone else replaced since loses its digest with its statements.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg import addresses, query
from kg.connection import ATTEMPTS, Authority, Connection, Credentials
from kg.endpoint import Endpoint
from kg.named_graph import read_graph
from kg.nquads import iri, text
from kg.query import PROLOGUE, Graph
from kg.remote import GraphStore, Updates, Writer, first_that_works
from kg.uris import term

#: Statements that go out together, where a server takes many graphs at once.
_TOGETHER = 200_000
#: Graphs that are counted in one query.
_COUNTED = 25
_DIGEST = term("graphDigest")


@dataclass(frozen=True, slots=True)
class Remote:
    """A store somewhere else: the address of the server, its data set or its queries; where it takes updates and whole
    graphs is tried out where it is not told."""

    url: str
    update: str | None = None
    graph_store: str | None = None
    credentials: Credentials = field(default=Credentials())


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a push has come; `graph` is the one it is at."""

    graph: str
    done: int
    graphs: int
    statements: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did, in names of graphs; `way` is how it wrote, None where nothing was to be written.

    `same` were there already, `gone` are there and no more here (kept, unless they are in `dropped`). `differing` holds
    graphs of which the other store counts another number of statements than it was sent, with both numbers.
    """

    sent: tuple[str, ...]
    same: int
    gone: tuple[str, ...]
    dropped: tuple[str, ...]
    differing: tuple[tuple[str, int, int], ...]
    statements: int
    seconds: float
    way: str | None


@dataclass(frozen=True, slots=True)
class _Parcel:
    """One graph to be sent: its statements as lines of N-Triples, and their digest."""

    graph: str
    lines: Sequence[bytes]
    digest: str

    @property
    def seal(self) -> str:
        """The statement that tells the digest, as a line of N-Triples."""
        return f"{iri(self.graph)} {iri(_DIGEST)} {text(self.digest)} .\n"


def push(
    store: Graph, remote: str | Remote, *, delete: bool = False, progress: Callable[[Progress], None] | None = None
) -> Pushed:
    """Sends every named graph of the store that the other one lacks or holds otherwise.

    With `delete`, graphs that were pushed once and are no more in the store are dropped there; no others ever are.
    Raises EndpointError, with what to do; all that was sent before stays, and the next push goes on from there.
    """
    target = _Target(Remote(remote) if isinstance(remote, str) else remote)
    try:
        return target.push(store, delete=delete, told=progress or (lambda _: None))
    finally:
        target.connection.close()


class _Target:
    """The other store while it is being filled."""

    def __init__(self, remote: Remote) -> None:
        authority = Authority(remote.credentials)
        self.endpoint = Endpoint(remote.url, credentials=remote.credentials, attempts=ATTEMPTS)
        self.connection = Connection(authority)
        self._remote = remote
        self._writer: Writer | None = None
        self._waiting: list[_Parcel] = []
        self._uncounted: dict[str, int] = {}
        self._differing: list[tuple[str, int, int]] = []
        self._sent: list[str] = []
        self._statements = 0

    def push(self, store: Graph, *, delete: bool, told: Callable[[Progress], None]) -> Pushed:
        began = time.monotonic()
        there = dict(self._digests(store.names.base))
        graphs = store.graphs()
        same = 0
        for done, graph in enumerate(graphs):
            told(Progress(graph, done, len(graphs), self._statements, time.monotonic() - began))
            parcel = _parcel(store, graph)
            if there.get(graph) == parcel.digest:
                same += 1
            else:
                self._send(parcel, known=graph in there)
        self._flush()
        self._count()
        gone = tuple(sorted(there.keys() - set(graphs)))
        for graph in gone if delete else ():
            self._drop(graph)
        told(Progress("", len(graphs), len(graphs), self._statements, time.monotonic() - began))
        return Pushed(
            sent=tuple(self._sent),
            same=same,
            gone=gone,
            dropped=gone if delete else (),
            differing=tuple(self._differing),
            statements=self._statements,
            seconds=time.monotonic() - began,
            way=self._writer.way if self._writer else None,
        )

    def _digests(self, base: str) -> Iterator[tuple[str, str]]:
        ours = f'GRAPH ?graph {{ ?graph {iri(_DIGEST)} ?digest }} FILTER(STRSTARTS(STR(?graph), "{base}graph/"))'
        for row in query.paged(self.endpoint, ours, "graph", "digest"):
            yield str(row["graph"]), str(row["digest"])

    def _send(self, parcel: _Parcel, *, known: bool) -> None:
        many = isinstance(self._writer, GraphStore) and self._writer.takes_many
        if many and not known and not self._has(parcel.graph):
            self._waiting.append(parcel)
            if sum(len(each.lines) for each in self._waiting) >= _TOGETHER:
                self._flush()
            return
        lines = [*parcel.lines, parcel.seal.encode()]
        self._write(
            lambda writer: writer.replace(parcel.graph, lines),
            lambda: self._has(parcel.graph, parcel.seal.removesuffix(".\n")),
        )
        self._keep(parcel)
        self._uncounted[parcel.graph] = len(lines)
        if len(self._uncounted) >= _COUNTED:
            self._count()

    def _flush(self) -> None:
        """Sends what waits to go together; the digests follow where all is there."""
        waiting, self._waiting = self._waiting, []
        if waiting and isinstance(self._writer, GraphStore):
            self._writer.add_many([(each.graph, each.lines) for each in waiting], bulk=True)
            differing = self._compared({each.graph: len(each.lines) for each in waiting})
            whole = [(each.graph, [each.seal.encode()]) for each in waiting if each.graph not in differing]
            if whole:
                self._writer.add_many(whole, bulk=False)
            for each in waiting:
                self._keep(each)

    def _drop(self, graph: str) -> None:
        self._write(lambda writer: writer.drop(graph), lambda: not self._has(graph))

    def _keep(self, parcel: _Parcel) -> None:
        self._sent.append(parcel.graph)
        self._statements += len(parcel.lines)

    def _count(self) -> None:
        expected, self._uncounted = self._uncounted, {}
        self._compared(expected)

    def _compared(self, expected: Mapping[str, int]) -> set[str]:
        """The graphs of which the other store does not count what it was sent."""
        held: dict[str, int] = {}
        graphs = list(expected)
        for start in range(0, len(graphs), _COUNTED):
            names = " ".join(map(iri, graphs[start : start + _COUNTED]))
            counting = f"VALUES ?graph {{ {names} }} GRAPH ?graph {{ ?s ?p ?o }}"
            found = query.rows(self.endpoint, f"SELECT ?graph (COUNT(*) AS ?n) WHERE {{ {counting} }} GROUP BY ?graph")
            held |= {str(row["graph"]): int(str(row["n"])) for row in found}
        differing = [(graph, n, held.get(graph, 0)) for graph, n in expected.items() if held.get(graph, 0) != n]
        self._differing += differing
        return {graph for graph, _, _ in differing}

    def _has(self, graph: str, statement: str = "?s ?p ?o") -> bool:
        return self.endpoint.sparql(f"{PROLOGUE}ASK {{ GRAPH {iri(graph)} {{ {statement} }} }}") is True

    def _write(self, action: Callable[[Writer], None], done: Callable[[], bool]) -> None:
        """By the way that worked before, or else by the first that works."""
        if self._writer is not None:
            action(self._writer)
        else:
            self._writer = first_that_works(list(self._writers()), action, done, self._remote.url)

    def _writers(self) -> Iterator[Writer]:
        """The ways to try: those that were told and no others, or all that servers have."""
        asked = self.endpoint.address().partition("?")[0]
        told = self._remote.graph_store is not None or self._remote.update is not None
        for url in (self._remote.graph_store,) if told else addresses.graph_stores(asked):
            if url is not None:
                yield GraphStore(self.connection, addresses.checked(url))
        for url in (self._remote.update,) if told else addresses.updates(asked):
            if url is not None:
                yield Updates(self.connection, addresses.checked(url))


def _parcel(store: Graph, graph: str) -> _Parcel:
    found = read_graph(store, graph)
    return _Parcel(graph, found.lines, found.digest)
