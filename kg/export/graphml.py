"""GraphML, for Gephi, igraph, yEd and Cytoscape desktop."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import networkx


def write(network: networkx.MultiDiGraph[str], out: IO[bytes]) -> None:
    """GraphML with the attributes of nodes and edges; parallel citations stay apart."""
    import networkx as nx

    nx.write_graphml(network, out, named_key_ids=True)
