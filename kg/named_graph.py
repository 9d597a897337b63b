"""A named graph that is read once, as a whole, for all that is made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import pyoxigraph as ox

from kg.query import Graph
from kg.uris import term

#: What a graph says, by subject and predicate; nodes without a name are left out.
About = Mapping[str, Mapping[str, Sequence[ox.NamedNode | ox.Literal]]]

_DIGEST = f"<{term('graphDigest')}>".encode()


class NamedGraph:
    """What a named graph says, without the statement that a push leaves to know the graph again; empty where the store
    has no such graph. `lines` are N-Triples, in order."""

    def __init__(self, name: str, lines: Iterable[bytes]) -> None:
        self.name = name
        self.lines: Sequence[bytes] = sorted(line for line in lines if not _is_digest(line))

    @cached_property
    def text(self) -> bytes:
        """The graph as N-Triples."""
        return b"".join(self.lines)

    @cached_property
    def digest(self) -> str:
        """What unkg:graphDigest holds: a digest of the statements."""
        return f"sha256:{hashlib.sha256(self.text).hexdigest()}"

    @cached_property
    def nquads(self) -> bytes:
        """The graph as N-Quads."""
        # Ends of lines stand between statements alone: those inside a text are escaped.
        return self.text.replace(b" .\n", f" <{self.name}> .\n".encode())

    @cached_property
    def triples(self) -> Sequence[ox.Triple]:
        """The statements in the order of the lines."""
        return [quad.triple for quad in ox.parse(self.text, ox.RdfFormat.N_TRIPLES)]

    @cached_property
    def about(self) -> About:
        """The statements by subject and predicate."""
        found: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
        for triple in self.triples:
            subject, value = triple.subject, triple.object
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
                found.setdefault(subject.value, {}).setdefault(triple.predicate.value, []).append(value)
        return found


def _is_digest(line: bytes) -> bool:
    """Whether the line states the digest; the name may stand in a text too."""
    return _DIGEST in line and line.split(b" ", 2)[1] == _DIGEST


def read_graph(store: Graph, name: str) -> NamedGraph:
    """The graph of that name in a store."""
    return NamedGraph(name, store.lines(name))
