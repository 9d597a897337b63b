"""What the endpoint says of itself (SPARQL 1.1 Service Description); nothing that it does not do."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.serve.messages import Request, Response, digest, plain
from kg.serve.negotiate import choose
from kg.serve.sparql.pool import Limits
from kg.serve.sparql.results import GRAPHS, ROWS, W3C_NAMES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_COMMENT = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
_MEDIA = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_PREFIXES = {"sd": _SD, "formats": _FORMATS, "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
_DEFAULT_GRAPH = (
    "All named graphs together. A statement that stands in several of them matches once for each, so ask for DISTINCT "
    "rows where you count; SELECT ?graph { GRAPH ?graph {} } lists them."
)


def described(request: Request, endpoint: str, limits: Limits) -> Response:
    """The description in the format that is accepted; 406 where none is."""
    media = choose(request.headers.get("accept"), (*_MEDIA, "text/html"))
    if media is None:
        return plain(406, f"The description of the endpoint comes as {', '.join(_MEDIA)}")
    if media == "text/html":
        return Response(303, b"", "", (("Location", "query.html"), ("Vary", "Accept")))
    prefixes = None if media == "application/n-triples" else _PREFIXES
    body = ox.serialize(_statements(endpoint, limits), format=_MEDIA[media], prefixes=prefixes) or b""
    return Response(200, body, media, (("Vary", "Accept"), ("Cache-Control", "no-cache")), digest(body))


def _statements(endpoint: str, limits: Limits) -> Iterator[ox.Triple]:
    service = ox.NamedNode(f"{endpoint}#service")
    data, graph = ox.NamedNode(f"{endpoint}#data"), ox.NamedNode(f"{endpoint}#default-graph")
    yield ox.Triple(service, _RDF_TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint))
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for form in (*ROWS, *GRAPHS):
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + W3C_NAMES[form]))
    yield ox.Triple(service, _COMMENT, ox.Literal(_limits(limits), language="en"))
    yield ox.Triple(service, _sd("defaultDataset"), data)
    yield ox.Triple(data, _RDF_TYPE, _sd("Dataset"))
    yield ox.Triple(data, _sd("defaultGraph"), graph)
    yield ox.Triple(graph, _RDF_TYPE, _sd("Graph"))
    yield ox.Triple(graph, _COMMENT, ox.Literal(_DEFAULT_GRAPH, language="en"))


def _limits(limits: Limits) -> str:
    return (
        f"A query may take {limits.seconds:g} seconds and give {limits.rows:,} rows or statements; {limits.concurrency}"
        " run at once. Longer answers are refused, or cut where partial=true asks for it, which the header"
        " X-SPARQL-MaxRows then says. SERVICE and updates are refused."
    )


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
