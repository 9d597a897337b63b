"""What the lineage page of a document is drawn from: its citations one step each way, with the paragraphs of its own.

One value a document, as the script of its page reads it (kg/pages/assets/lineage-data.js says the fields). A paragraph
stands with the document that it is part of and nowhere else; a page that shows it loads that document's file.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from kg.catalogue import Edge
from kg.pages import locators
from kg.pages.addresses import LANGUAGES
from kg.pages.marks import stretches
from kg.pages.reading import Reading, Words, reading_of
from kg.pages.site import Site
from kg.pages.titles import titles_of


class Placed(Protocol):
    """What points into a document."""

    @property
    def locator(self) -> str | None: ...


#: A text cut at the words that cite: plain words, or the cited symbol with its words.
Parts = list[str | tuple[str, str]]


def lineage_data(site: Site, symbol: str) -> bytes:
    """The file beside the page: a script, as a page opened from a disk may read nothing else."""
    return script(gathered(site, symbol))


def script(found: Mapping[str, Any]) -> bytes:
    """The data as a line of JavaScript; no end of a script element can stand in it."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/").replace("<!--", "<\\!--")
    return f"(globalThis.unkgLineageData=globalThis.unkgLineageData||[]).push({text});\n".encode()


def gathered(site: Site, symbol: str) -> dict[str, Any]:
    """Everything that is known one step round a document."""
    own, others = site.catalogue.cites(symbol), site.catalogue.cited_by(symbol)
    edges = [*own, *(edge for edge in others if edge.citing != symbol)]
    reading = reading_of(site, symbol) if own else None
    parts = _parts_of(site, reading) if reading else {}
    bodies = {
        name: named
        for edge in edges
        if (named := _bodies(site, edge.citing).get(edge.clause)) and (name := f"{edge.citing}#{edge.clause}")
    }
    documents = {
        each: _about(site, each)
        for each in dict.fromkeys((symbol, *(each for edge in edges for each in (edge.citing, edge.cited))))
    }
    named = [body for bodies_of in bodies.values() for body in bodies_of]
    named += [about[1] for about in documents.values() if about[1]]
    return {
        "known": {"up": [symbol], "down": [symbol]},
        "documents": documents,
        "citations": _citations(edges, parts, symbol),
        "bodies": bodies,
        "places": places(edges),
        "names": {each: site.labels.all(site.names.named(each)) for each in dict.fromkeys(named)},
        "texts": _texts(site, reading, symbol, own, parts) if reading else {},
    }


def _citations(edges: Iterable[Edge], parts: Mapping[tuple[str, str], str], symbol: str) -> list[list[str | None]]:
    """Citing, cited, clause, act, place; and the footnote that holds the words, where one does."""
    found: dict[tuple[str | None, ...], None] = {}
    for edge in edges:
        part = parts.get((edge.clause, edge.cited)) if edge.citing == symbol else None
        row = (edge.citing, edge.cited, edge.clause, edge.act, edge.locator)
        found[(*row, part) if part and part != edge.clause else row] = None
    return [list(row) for row in found]


def places(edges: Iterable[Placed]) -> dict[str, dict[str, str]]:
    """What each place that is cited is called, by language."""
    found = dict.fromkeys(edge.locator for edge in edges if edge.locator)
    return {locator: locators.in_languages(locator, LANGUAGES) for locator in found}


def _about(site: Site, symbol: str) -> list[Any]:
    """Date, organ, whether its text is held, how many it cites and is cited by, titles by language."""
    work = site.find_work(symbol)
    cites, cited_by = counts(site)
    numbers = [cites.get(symbol, 0), cited_by.get(symbol, 0)]
    if work is None:
        return [None, None, 0, *numbers, {}]
    return [work.date, work.organ, int(work.held), *numbers, titles_of(site, symbol)]


@lru_cache(maxsize=1)
def counts(site: Site) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How many documents each document cites, and by how many it is cited."""
    pairs = {(edge.citing, edge.cited) for edge in site.catalogue.edges() if edge.citing != edge.cited}
    cites: defaultdict[str, int] = defaultdict(int)
    cited_by: defaultdict[str, int] = defaultdict(int)
    for citing, cited in pairs:
        cites[citing] += 1
        cited_by[cited] += 1
    return cites, cited_by


@lru_cache(maxsize=8000)
def _bodies(site: Site, symbol: str) -> Mapping[str, Sequence[str]]:
    """The bodies that each clause of a document names."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for named in site.catalogue.named_in(symbol):
        if named.thing.startswith("body/"):
            found[named.clause][named.thing] = None
    return {clause: list(bodies) for clause, bodies in found.items()}


def _parts_of(site: Site, reading: Reading) -> dict[tuple[str, str], str]:
    """For each clause and cited document the part that holds the words: the clause itself or a footnote."""
    found: dict[tuple[str, str], str] = {}
    for citation in reading.citations:
        if citation.cited:
            found.setdefault((citation.clause, site.names.symbol(citation.cited)), citation.part)
    return found


def _texts(
    site: Site, reading: Reading, symbol: str, own: Iterable[Edge], parts: Mapping[tuple[str, str], str]
) -> dict[str, dict[str, Parts]]:
    """The texts of the clauses that cite, and of the footnotes that hold the words, in all languages."""
    wanted = {edge.clause for edge in own} | {parts[key] for key in parts}
    words: defaultdict[str, list[tuple[Words, str]]] = defaultdict(list)
    for citation in reading.citations:
        if citation.cited:
            cited = site.names.symbol(citation.cited)
            words[citation.part].extend((each, cited) for each in citation.words)
    texts = {clause.id: clause.texts for clause in reading.clauses}
    texts.update({name: found for name, _, found in reading.footnotes})
    return {
        f"{symbol}#{part}": {
            language: cut(text, [each for each in words[part] if each[0].language == language])
            for language, text in sorted(texts[part].items())
        }
        for part in sorted(wanted)
        if texts.get(part)
    }


def cut(text: str, words: Iterable[tuple[Words, str]]) -> Parts:
    """A text cut at the words that cite."""
    return [(part.thing, part.text) if part.thing else part.text for part in stretches(text, words)]
