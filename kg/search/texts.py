"""Reads out of a store what can be searched: paragraphs, headings, footnotes and titles, work by work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import pyoxigraph as ox

from kg.model import Language
from kg.search.words import languages
from kg.uris import term

_TITLE = "http://purl.org/dc/terms/title"
#: What holds a text, by its class, and the kind under which it is found.
_KINDS = {
    term("Heading"): "heading",
    term("PreambularParagraph"): "preambular",
    term("OperativeParagraph"): "operative",
    term("AnnexParagraph"): "annex",
    term("Footnote"): "footnote",
}
_CLASSES = " ".join(f"<{name}>" for name in _KINDS)
_FACTS = ", ".join(f"<{term(name)}>" for name in ("symbol", "organ", "adopted", "year"))
KINDS = ("title", *_KINDS.values())


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
    named = (cast("ox.NamedNode", graph).value for graph in store.named_graphs()) if graphs is None else graphs
    for graph in named:
        work = _Graph(store, graph).work()
        if work is not None:
            yield work


class _Graph:
    """One named graph of a store, asked in SPARQL: that looks up no name that is not asked for."""

    def __init__(self, store: ox.Store, graph: str) -> None:
        self._store = store
        self._name = graph

    def work(self) -> Work | None:
        """What the graph holds, None where that is no document."""
        document = next((document for document, _ in self._pairs(f"?s <{term('hasVersion')}> ?o")), None)
        if document is None:
            return None
        facts = dict(self._pairs(f"<{document}> ?s ?o FILTER (?s IN ({_FACTS}))"))
        adopted, year, organ = (facts.get(term(name)) for name in ("adopted", "year", "organ"))
        day = adopted or (f"{year}-12-31" if year else None)
        symbol = facts.get(term("symbol"), document)
        texts = tuple(self._texts(document))
        return Work(self._name, document, symbol, _last(organ) if organ else None, adopted, day, texts)

    def _texts(self, document: str) -> Iterator[Text]:
        """The titles, then the others in the order of their names."""
        for (title,) in self._ask("?o", f"<{document}> <{_TITLE}> ?o"):
            if title.language in languages():
                yield Text(title.language, "title", "", None, title.value)
        kinds = {part: _KINDS[kind] for part, kind in self._pairs(f"?s a ?o VALUES ?o {{ {_CLASSES} }}")}
        acts = dict(self._pairs(f"?s <{term('act')}> ?o"))
        # One question for all texts is three times faster than one for those of each part.
        found = self._ask("?s ?o", f"?s <{term('text')}> ?o")
        for part, value in sorted(((s.value, o) for s, o in found), key=lambda pair: pair[0]):
            language = value.language
            if part in kinds and language in languages():
                act = _last(acts[part]) if part in acts else None
                yield Text(language, kinds[part], part.removeprefix(f"{document}#"), act, value.value)

    def _pairs(self, pattern: str) -> Iterator[tuple[str, str]]:
        """The values of ?s and ?o."""
        return ((subject.value, value.value) for subject, value in self._ask("?s ?o", pattern))

    def _ask(self, variables: str, pattern: str) -> Iterator[Any]:
        answer = self._store.query(f"SELECT {variables} {{ GRAPH <{self._name}> {{ {pattern} }} }}")
        return iter(cast("ox.QuerySolutions", answer))


def _last(name: str) -> str:
    """The slug of a name: recall for …/act/recall."""
    return name.rpartition("/")[2]
