"""What a document rests on, or what rests on it, out of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from kg.catalogue import Catalogue, Edge
from kg.serve.api.parameters import Values
from kg.serve.generation import Generation
from kg.serve.missing import refused


def lineage(now: Generation, values: Values) -> dict[str, Any]:
    """The citations met on the way from a document, nearest first, and the documents that they join."""
    root, language = str(values["symbol"]), str(values["language"])
    work = now.work(root)
    if work is None:
        raise refused(now, root)
    depth, limit = int(values["depth"] or 0), int(values["limit"] or 0)
    direction: Literal["up", "down"] = "down" if values["direction"] == "down" else "up"
    edges, distances, more = _walked(now.catalogue, root, direction, depth=depth, limit=limit)
    # Where a day of adoption is not known, that which a citation states is.
    stated = {edge.cited: edge.date for edge in edges if edge.date}
    return {
        "root": root,
        "direction": direction,
        "depth": depth,
        "documents": [
            {**about, "date": about["adopted"] or stated.get(symbol) or about["date"], "distance": distance}
            for symbol, distance in distances.items()
            for about in (now.about(symbol, language),)
        ],
        "citations": [_citation(edge) for edge in edges],
        "truncated": more,
    }


def _walked(
    catalogue: Catalogue, root: str, direction: Literal["up", "down"], *, depth: int, limit: int
) -> tuple[list[Edge], dict[str, int], bool]:
    """The citations, the documents with their distance from the root, and whether there are more than the limit."""
    distances = {root: 0}
    edges: list[Edge] = []
    front: Iterable[str] = (root,)
    for distance in range(1, depth + 1):
        step = catalogue.citations(front, of="citing" if direction == "up" else "cited")
        reached: dict[str, None] = {}
        for edge in step:
            if edge.citing == edge.cited:
                continue
            if len(edges) == limit:
                return edges, distances, True
            edges.append(edge)
            other = edge.cited if direction == "up" else edge.citing
            if other not in distances:
                distances[other] = distance
                reached[other] = None
        front = reached
        if not front:
            break
    return edges, distances, False


def _citation(edge: Edge) -> dict[str, Any]:
    return {
        "citing": edge.citing,
        "cited": edge.cited,
        "clause": edge.clause,
        "act": edge.act,
        "locator": edge.locator,
        "date": edge.date,
    }
