"""RDF: TriG and N-Quads keep the named graphs, the others hold all statements as one graph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from kg.answers import PREFIXES
from kg.uris import term

if TYPE_CHECKING:
    from kg.query import Graph

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_DIGEST = ox.NamedNode(term("graphDigest"))
_WITH_GRAPHS = ("trig", "nq", "jsonld")


def write(graph: Graph, form: str, out: IO[bytes]) -> None:
    """All that the graph says, the vocabulary included, in an order that is the same for the same statements.

    Formats with named graphs are written graph by graph, so that no more than one need be held at a time.
    """
    statements = quads(graph) if form in _WITH_GRAPHS else sorted({quad.triple for quad in quads(graph)}, key=str)
    ox.serialize(statements, out, format=FORMATS[form], prefixes={**PREFIXES, "doc": f"{graph.names.base}doc/"})


def quads(graph: Graph) -> Iterator[ox.Quad]:
    """All statements, by named graph; those that a push leaves to know its graphs again are left out."""
    for name in graph.graphs():
        node = ox.NamedNode(name)
        for triple in sorted(graph.statements(name), key=str):
            if triple.predicate != _DIGEST:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, node)
