"""GEXF 1.2, for Gephi and Gephi Lite."""

from __future__ import annotations

import io
import re
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
    written = io.BytesIO()
    nx.write_gexf(labelled, written)
    # networkx notes the day of writing; the same store shall give the same bytes.
    out.write(re.sub(rb' lastmodifieddate="[^"]*"', b"", written.getvalue()))
