"""What things are called: bodies, instruments, Goals, acts, classes and properties, in the language of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import registry
from kg.query import LocalStore

_LABELS = ("http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label")


@dataclass(frozen=True, slots=True)
class Label:
    """A name and the language that it is in."""

    text: str
    language: str


class Labels:
    """The names of all things of the vocabulary and the registries, read from the store once."""

    def __init__(self, graph: LocalStore) -> None:
        self._names: dict[str, dict[str, str]] = {}
        vocabulary = ox.NamedNode(graph.names.vocabulary)
        for predicate in _LABELS:
            for quad in graph.oxigraph.quads_for_pattern(None, ox.NamedNode(predicate), None, vocabulary):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                    self._names.setdefault(quad.subject.value, {})[quad.object.language or "en"] = quad.object.value

    def find(self, iri: str, language: str) -> Label | None:
        """The name in that language, else in English, else in any; None where the thing has none."""
        names = self._names.get(iri, {})
        code = next((each for each in (language, "en", *sorted(names)) if each in names), None)
        return Label(names[code], code) if code else None

    def all(self, iri: str) -> Mapping[str, str]:
        """The names by language."""
        return self._names.get(iri, {})

    def iris(self) -> list[str]:
        """Every thing that has a name, in order."""
        return sorted(self._names)

    def act(self, slug: str, language: str) -> str:
        """What an act is called: recalls, rappelle."""
        act = registry.acts().get(slug)
        return (act.labels.get(language) or act.labels.get("en") or slug) if act else slug
