"""What the graph says of a thing, as Turtle, JSON-LD or N-Triples: the same bytes for the site and the server."""

from __future__ import annotations

import pyoxigraph as ox

from kg.pages.site import Site
from kg.uris import ONTOLOGY

FORMATS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}
_PREFIXES = {
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "unkg": ONTOLOGY,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def describe(site: Site, iri: str, form: str) -> bytes | None:
    """What is said of a thing: of a document that is held, its whole graph; of anything else, the statements about it.

    `form` is ttl, jsonld or nt. None where the graph says nothing of it.
    """
    graph = ox.NamedNode(site.names.graph(site.names.symbol(iri)))
    if iri.startswith(f"{site.names.base}doc/") and _has(site, graph):
        if form == "nt":
            return site.graph.oxigraph.dump(format=FORMATS[form], from_graph=graph)
        return site.graph.oxigraph.dump(format=FORMATS[form], from_graph=graph, prefixes=_PREFIXES)
    found = site.graph.oxigraph.quads_for_pattern(ox.NamedNode(iri), None, None, None)
    # Several documents say the same of what they cite.
    triples = sorted({quad.triple for quad in found}, key=str)
    if not triples:
        return None
    prefixes = None if form == "nt" else _PREFIXES
    return ox.serialize(triples, format=FORMATS[form], prefixes=prefixes)


def _has(site: Site, graph: ox.NamedNode) -> bool:
    return bool(site.graph.oxigraph.contains_named_graph(graph))
