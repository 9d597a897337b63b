"""Writes a graph in the formats of other programs, one file a format.

Formats of networks take the network of kg.network, RDF formats the graph itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO, TYPE_CHECKING

from kg.errors import FormatError
from kg.export import cytoscape, dot, edges, gexf, graphml, mermaid, node_link, rdf, svg

if TYPE_CHECKING:
    import networkx

    from kg.query import Graph

#: Writers of a network, by the ending of their files.
NETWORK_FORMATS: Mapping[str, Callable[[networkx.MultiDiGraph[str], IO[bytes]], None]] = {
    "graphml": graphml.write,
    "gexf": gexf.write,
    "json": node_link.write,
    "csv": edges.write,
    "dot": dot.write,
    "mmd": mermaid.write,
    "cyjs": cytoscape.write,
    "svg": svg.write,
}

#: What else people call them.
NAMES = {
    "node-link": "json",
    "mermaid": "mmd",
    "cytoscape": "cyjs",
    "turtle": "ttl",
    "nquads": "nq",
    "json-ld": "jsonld",
}

FORMATS = (*NETWORK_FORMATS, *rdf.FORMATS)


def form_of(name: str) -> str:
    """The format of that name or file ending; raises FormatError, which says which ones exist."""
    form = NAMES.get(name, name)
    if form not in FORMATS:
        raise FormatError(name, f"no such format; choose one of {', '.join(FORMATS)}")
    return form


def export(graph: Graph, form: str, out: IO[bytes]) -> None:
    """The whole graph, of a store or an endpoint, in that format; raises FormatError for one that does not exist."""
    name = form_of(form)
    if name in rdf.FORMATS:
        rdf.write(graph, name, out)
    else:
        from kg.network import network

        NETWORK_FORMATS[name](network(graph), out)
