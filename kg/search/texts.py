"""Reads out of a store what can be searched: paragraphs, headings, footnotes and titles, work by work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, cast

import pyoxigraph as ox

from kg.model import Language
from kg.nquads import TYPE
from kg.search.words import languages
from kg.uris import term

_DCTERMS = "http://purl.org/dc/terms/"
#: What holds a text, by the kind under which it is found.
_CLASSES = {
    "heading": "Heading",
    "preambular": "PreambularParagraph",
    "operative": "OperativeParagraph",
    "annex": "AnnexParagraph",
    "footnote": "Footnote",
}
KINDS = ("title", *_CLASSES)


class Text(NamedTuple):
    """The words of one part of a work in one language; `part` is the end of its name after #, empty for a title."""

    language: Language
    kind: str
    part: str
    act: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of a work beside its texts. `day` is the date by which it is sorted and filtered: where no date is
    known, the last day of the year that its symbol tells."""

    graph: str
    document: str
    symbol: str
    organ: str | None
    adopted: str | None
    day: str | None
    texts: tuple[Text, ...]


def works(store: ox.Store, graphs: Iterable[str] | None) -> Iterator[Work]:
    """The works of these named graphs, or of all; a graph that holds no document gives none."""
    named = store.named_graphs() if graphs is None else map(ox.NamedNode, graphs)
    for graph in named:
        reading = _Graph(store, cast("ox.NamedNode", graph))
        document = next(reading.subjects(term("hasVersion")), None)
        if document is not None:
            yield reading.work(document)


class _Graph:
    """One named graph of a store."""

    def __init__(self, store: ox.Store, graph: ox.NamedNode) -> None:
        self._store = store
        self._graph = graph

    def work(self, document: str) -> Work:
        adopted, year = self._one(document, term("adopted")), self._one(document, term("year"))
        organ = self._one(document, term("organ"))
        return Work(
            self._graph.value,
            document,
            self._one(document, term("symbol")) or document,
            _last(organ) if organ else None,
            adopted,
            adopted or (f"{year}-12-31" if year else None),
            tuple(self._texts(document)),
        )

    def subjects(self, predicate: str, value: str | None = None) -> Iterator[str]:
        found = ox.NamedNode(value) if value else None
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(predicate), found, self._graph):
            yield cast("ox.NamedNode", quad.subject).value

    def _one(self, subject: str, predicate: str) -> str | None:
        """The value of a property that has one; of several, the first in the order of their letters."""
        quads = self._store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, self._graph)
        return min((cast("ox.Literal", quad.object).value for quad in quads), default=None)

    def _texts(self, document: str) -> Iterator[Text]:
        """In the order of their names; the titles come first."""
        for title, language in self._literals(ox.NamedNode(document), f"{_DCTERMS}title"):
            yield Text(language, "title", "", None, title)
        kinds = {subject: kind for kind, name in _CLASSES.items() for subject in self.subjects(TYPE, term(name))}
        acts = {
            cast("ox.NamedNode", quad.subject).value: _last(cast("ox.NamedNode", quad.object).value)
            for quad in self._store.quads_for_pattern(None, ox.NamedNode(term("act")), None, self._graph)
        }
        for subject, kind in sorted(kinds.items()):
            for text, language in self._literals(ox.NamedNode(subject), term("text")):
                yield Text(language, kind, subject.removeprefix(f"{document}#"), acts.get(subject), text)

    def _literals(self, subject: ox.NamedNode, predicate: str) -> Iterator[tuple[str, Language]]:
        for quad in self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None, self._graph):
            value = cast("ox.Literal", quad.object)
            if value.language in languages():
                yield value.value, cast("Language", value.language)


def _last(name: str) -> str:
    """The slug of a name: recall for …/act/recall."""
    return name.rpartition("/")[2]
