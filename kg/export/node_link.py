"""Node-link JSON, for networkx and D3."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import networkx


def write(network: networkx.MultiDiGraph[str], out: IO[bytes]) -> None:
    """{"nodes": […], "edges": […]}, as networkx.node_link_graph(data, edges="edges") reads it."""
    import networkx as nx

    data = nx.node_link_data(network, edges="edges")
    out.write(json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n")
