"""Cytoscape.js JSON: elements with an id each, for the web and for Cytoscape desktop."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import networkx


def write(network: networkx.MultiDiGraph[str], out: IO[bytes]) -> None:
    """{"elements": {"nodes": […], "edges": […]}}; networkx's own writer gives edges no id, so this is ours."""
    nodes = [{"data": {"id": symbol, "label": symbol, **attributes}} for symbol, attributes in network.nodes(data=True)]
    edges = [
        {"data": {"id": f"e{number}", "source": citing, "target": cited, **attributes}}
        for number, (citing, cited, attributes) in enumerate(network.edges(data=True))
    ]
    data = {"format_version": "1.0", "data": {"name": "unkg"}, "elements": {"nodes": nodes, "edges": edges}}
    out.write(json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n")
