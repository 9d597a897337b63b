"""RDF: TriG and N-Quads keep the named graphs, the others hold all statements as one graph."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from kg.answers import PREFIXES

if TYPE_CHECKING:
    from kg.query import LocalStore

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_WITH_GRAPHS = ("trig", "nq", "jsonld")


def write(store: LocalStore, form: str, out: IO[bytes]) -> None:
    """The whole store, the vocabulary included, in an order that is the same for the same store."""
    quads = sorted(store.oxigraph.quads_for_pattern(None, None, None, None), key=str)
    statements = quads if form in _WITH_GRAPHS else dict.fromkeys(quad.triple for quad in quads)
    ox.serialize(statements, out, format=FORMATS[form], prefixes={**PREFIXES, "doc": f"{store.names.base}doc/"})
