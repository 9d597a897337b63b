"""GEXF 1.2, for Gephi and Gephi Lite."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import networkx


def write(network: networkx.MultiDiGraph[str], out: IO[bytes]) -> None:
    """GEXF whose nodes are labelled by their symbols; every edge has an id of its own, as the format demands."""
    import networkx as nx

    labelled = network.copy()
    nx.set_node_attributes(labelled, {symbol: symbol for symbol in labelled}, "label")
    for number, (_, _, attributes) in enumerate(labelled.edges(data=True)):
        attributes["id"] = str(number)
    nx.write_gexf(labelled, out)
