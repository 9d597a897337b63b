"""How often the terms of the vocabulary are used in a store, and where, for instance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from kg.answers import Rows
from kg.pages.paragraphs import chosen
from kg.pages.site import Site
from kg.pages.terms import RDFS, TYPE, Term, vocabulary
from kg.uris import term

#: Statements that a page shows as examples.
_EXAMPLES = 4
#: Properties that lead to acts, qualifiers, kinds and fixed values.
_POINTING = ("qualifier", "status", "severity", "role", "bodyKind", "instrumentKind")
#: Words longer than this are cut.
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Example:
    """A statement that uses a term: of what, and the value, which is a thing or words with their language."""

    subject: str
    thing: str = ""
    words: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """How often a term is used, as the key of a phrase and a number, and examples."""

    counts: Sequence[tuple[str, int]]
    examples: Sequence[Example]


def usage(site: Site, each: Term, language: str) -> Usage:
    """The use of a term in the store, with examples in a language where they are texts."""
    found = [(key, number) for key, number in counts(site).get(each.iri, _below(site, each)) if number]
    return Usage(found, list(_examples(site, each, language)) if found else [])


def _below(site: Site, each: Term) -> list[tuple[str, int]]:
    """Of a class that nothing is of directly, what is of the classes below it."""
    below = vocabulary(site).leading_to(each.iri, f"{RDFS}subClassOf") if each.kind == "class" else []
    return [("instances", sum(number for iri in below for _, number in counts(site).get(iri, ())))]


@lru_cache(maxsize=4)
def counts(site: Site) -> Mapping[str, Sequence[tuple[str, int]]]:
    """How often each term is used. Of all at once: one look at each statement is faster than one query a term."""
    found: dict[str, Sequence[tuple[str, int]]] = {}
    for property_, number in _grouped(site, "SELECT ?it (COUNT(*) AS ?n) { GRAPH ?g { ?s ?it ?o } } GROUP BY ?it"):
        found[property_] = (("statements", number),)
    for class_, number in _grouped(
        site, "SELECT ?it (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?it } } GROUP BY ?it"
    ):
        found[class_] = (("instances", number),)
    for property_ in _POINTING:
        text = f"SELECT ?it (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s <{term(property_)}> ?it }} }} GROUP BY ?it"
        for thing, number in _grouped(site, text):
            found[thing] = (("occurrences", number),)
    acts = site.graph.query("acts-used")
    for row in acts if isinstance(acts, Rows) else ():
        iri = site.names.named(f"act/{row['act']}")
        found[iri] = (("paragraphs", int(str(row["paragraphs"]))), ("citations", int(str(row["citations"]))))
    return found


def _grouped(site: Site, text: str) -> Iterator[tuple[str, int]]:
    for it, number in site.graph.oxigraph.query(text):  # type: ignore[union-attr]
        if isinstance(it, ox.NamedNode):
            yield it.value, int(number.value)


def _examples(site: Site, each: Term, language: str) -> Iterator[Example]:
    """Statements of the document that ships, where it is held and uses the term, else of any."""
    pattern = _pattern(each)
    if pattern is None:
        return
    shipped = ox.NamedNode(site.names.graph("A/RES/76/213"))
    seen: set[ox.Triple] = set()
    for graph in (shipped, None):
        for quad in site.graph.oxigraph.quads_for_pattern(None, *pattern, graph):
            if len(seen) == _EXAMPLES:
                return
            example = _example(site, quad, each.kind, language)
            if quad.triple not in seen and example is not None:
                seen.add(quad.triple)
                yield example


def _pattern(each: Term) -> tuple[ox.NamedNode, ox.NamedNode | None] | None:
    """The statements that use a term: its own for a property, those that lead to it for anything else."""
    itself = ox.NamedNode(each.iri)
    if each.kind in ("object_property", "datatype_property"):
        return itself, None
    properties = {"class": TYPE, "act": term("act"), "qualifier": term("qualifier")}
    return (ox.NamedNode(properties[each.kind]), itself) if each.kind in properties else None


def _example(site: Site, quad: ox.Quad, kind: str, language: str) -> Example | None:
    """What a statement says; of a thing of a class its name alone, of a paragraph with an act its words."""
    if not isinstance(quad.subject, ox.NamedNode):
        return None
    subject, value = quad.subject.value, quad.object
    if kind == "class":
        return Example(subject)
    if kind in ("act", "qualifier"):
        words = _words(site, quad.subject, language)
        said = Example(subject, words=_cut(words[0]), language=words[1]) if words else Example(subject)
        return None if ".cites." in subject else said
    if isinstance(value, ox.Literal):
        return Example(subject, words=_cut(value.value), language=value.language)
    return Example(subject, thing=value.value) if isinstance(value, ox.NamedNode) else None


def _words(site: Site, clause: ox.NamedNode, language: str) -> tuple[str, str] | None:
    """The text of a clause with its language: that of the page, else English, else any."""
    quads = site.graph.oxigraph.quads_for_pattern(clause, ox.NamedNode(term("text")), None, None)
    texts = {quad.object.language or "": quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
    code = chosen(texts, language)
    return (texts[code], code) if code else None


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"
