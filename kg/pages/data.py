"""What the graph says of a thing, as Turtle, JSON-LD or N-Triples: the same bytes for the site and the server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import pyoxigraph as ox

from kg.answers import PREFIXES
from kg.named_graph import NamedGraph, read_graph
from kg.pages.site import Site

FORMATS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}


@lru_cache(maxsize=16)
def graph_of(site: Site, symbol: str) -> NamedGraph:
    """All that the graph of a work says; nothing where the document is not held."""
    return read_graph(site.graph, site.names.graph(symbol))


def statements(site: Site, iri: str) -> Sequence[ox.Triple]:
    """What is said of a thing: of a document that is held, its whole graph; of anything else, the statements about it;
    of a document that registries alone know, what they say."""
    if iri.startswith(f"{site.names.base}doc/"):
        whole = graph_of(site, site.names.symbol(iri)).triples
        if whole:
            return whole
    # Several documents say the same of what they cite.
    quads = site.graph.oxigraph.quads_for_pattern(ox.NamedNode(iri), None, None, None)
    found = {quad.triple for quad in quads} or set(_registered(site, iri))
    return sorted(found, key=str)


def _registered(site: Site, iri: str) -> Iterator[ox.Triple]:
    for thing, property_ in site.registered.get(iri, ()):
        quads = site.graph.oxigraph.quads_for_pattern(ox.NamedNode(thing), ox.NamedNode(property_), None, None)
        for quad in quads:
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.partition("#")[0] == iri:
                yield quad.triple


def describe(site: Site, iri: str, form: str) -> bytes | None:
    """The statements about a thing as ttl, jsonld or nt; None where the graph says nothing of it."""
    found = statements(site, iri)
    if not found:
        return None
    return ox.serialize(found, format=FORMATS[form], prefixes=None if form == "nt" else PREFIXES)
