"""The words of paragraphs alone: to read all else that the graph says of a document takes longer than to compare it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import pyoxigraph as ox

from kg.pages.site import Site
from kg.uris import term

_TEXT, _ORDER = ox.NamedNode(term("text")), ox.NamedNode(term("order"))
#: What is part of the text and no paragraph.
_BESIDE = ("header", "closing")


@lru_cache(maxsize=8)
def paragraphs_of(site: Site, symbol: str) -> Mapping[str, Mapping[str, str]]:
    """The paragraphs of a document by their ids, in the order of the text, each with its words by language."""
    graph = ox.NamedNode(site.names.graph(symbol))
    order = {clause: int(place.value) for clause, place in _said(site, None, _ORDER, graph)}
    texts: dict[str, dict[str, str]] = {clause: {} for clause in sorted(order, key=order.__getitem__)}
    for clause, text in _said(site, None, _TEXT, graph):
        if clause in texts and text.language:
            texts[clause][text.language] = text.value
    by_id = {clause.partition("#")[2]: words for clause, words in texts.items()}
    return {each: words for each, words in by_id.items() if each not in _BESIDE}


@lru_cache(maxsize=4096)
def words_of(site: Site, clause: str) -> Mapping[str, str]:
    """The words of one clause by language: the pages in all languages ask for them one after the other."""
    return {text.language: text.value for _, text in _said(site, ox.NamedNode(clause), _TEXT, None) if text.language}


def _said(
    site: Site, subject: ox.NamedNode | None, predicate: ox.NamedNode, graph: ox.NamedNode | None
) -> Iterator[tuple[str, ox.Literal]]:
    for quad in site.graph.oxigraph.quads_for_pattern(subject, predicate, None, graph):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            yield quad.subject.value, quad.object
