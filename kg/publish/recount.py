"""Holds a VoID description against the store: each figure is asked for by a query of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg.publish.void import LINKS, QUESTIONS, count
from kg.query import LocalStore


def miscounted(description: bytes, store: LocalStore) -> list[str]:
    """The figures of a description in Turtle that are not what SPARQL counts, each asked by a query of its own."""
    held = ox.Store()
    held.load(description, ox.RdfFormat.TURTLE)
    wrong = []
    for subject, predicate, told, question in _told(held):
        counted = count(store, question)
        if counted != told:
            wrong.append(f"{subject} {predicate}: says {told}, SPARQL counts {counted}")
    return wrong


def _told(held: ox.Store) -> Iterator[tuple[str, str, int, str]]:
    """Every figure of a description, with the query that counts it."""
    for quad in held.quads_for_pattern(None, None, None):
        predicate = quad.predicate.value.removeprefix("http://rdfs.org/ns/void#")
        if not isinstance(quad.object, ox.Literal) or not quad.object.value.isdigit():
            continue
        about = {
            each.predicate.value.rpartition("#")[2]: each.object.value
            for each in held.quads_for_pattern(quad.subject, None, None)
            if isinstance(each.object, ox.NamedNode)
        }
        yield str(quad.subject), predicate, int(quad.object.value), _question(held, predicate, about)


def _question(held: ox.Store, predicate: str, about: Mapping[str, str]) -> str:
    if "linkPredicate" in about:
        target = ox.NamedNode(about["objectsTarget"])
        space = next(held.quads_for_pattern(target, ox.NamedNode("http://rdfs.org/ns/void#uriSpace"), None)).object
        return LINKS.format(properties=f"<{about['linkPredicate']}>", space=getattr(space, "value", ""))
    if "class" in about:
        return f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s a <{about['class']}> }} }}"
    if "property" in about:
        return f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s <{about['property']}> ?o }} }}"
    if predicate in ("classes", "properties"):
        pattern = "?s a ?x" if predicate == "classes" else "?s ?x ?o"
        return f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ GRAPH ?g {{ {pattern} }} }}"
    return QUESTIONS[predicate.removeprefix("distinct").lower()]
