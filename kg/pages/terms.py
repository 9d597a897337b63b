"""The terms of the vocabulary as the store holds them: classes, properties, acts, qualifiers, kinds, fixed values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

import pyoxigraph as ox

from kg import resources
from kg.pages import addresses
from kg.pages.site import Site
from kg.uris import BASE, ONTOLOGY, term

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = f"{RDF}type"
DOMAINS = (f"{RDFS}domain", f"{SCHEMA}domainIncludes")
RANGES = (f"{RDFS}range", f"{SCHEMA}rangeIncludes")
#: From the special to the general.
BROADER = (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf", f"{SKOS}broader")
_LABELS = (f"{RDFS}label", f"{SKOS}prefLabel")
_DEFINITIONS = (f"{RDFS}comment", f"{SKOS}definition", f"{SKOS}scopeNote")

#: The kinds of terms by their types; what is typed in several ways is of the first kind that fits.
_KINDS = {
    f"{OWL}Class": "class",
    f"{OWL}ObjectProperty": "object_property",
    f"{OWL}DatatypeProperty": "datatype_property",
    term("Act"): "act",
    term("Qualifier"): "qualifier",
    f"{SKOS}ConceptScheme": "scheme",
    f"{OWL}NamedIndividual": "value",
}
#: Folders of terms beside ontology/.
FOLDERS = ("ontology", "act", "qualifier", "kind", "scheme")

#: Prefixes by which the terms of others are written.
PREFIXES = {
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frbr": "http://purl.org/vocab/frbr/core#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sdg": "http://metadata.un.org/sdg/",
    "sdgo": "http://metadata.un.org/sdg/ontology#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": SKOS,
    "undo": "https://w3id.org/un/ontology/undo/",
    "unkg": ONTOLOGY,
    "xsd": XSD,
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its names and definitions by language, and what else is said of it: names of things by property."""

    iri: str
    stem: str
    kind: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    links: Mapping[str, Sequence[str]]
    flags: Mapping[str, str]

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the whole vocabulary."""
        return self.stem.partition("/")[2] if self.stem.startswith("ontology/") else self.stem.replace("/", "-")

    def all(self, *properties: str) -> list[str]:
        """What these properties lead to, in order."""
        return [each for property_ in properties for each in self.links.get(property_, ())]


@dataclass(slots=True)
class _Facts:
    types: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    links: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    flags: dict[str, str] = field(default_factory=dict)


class Vocabulary:
    """All terms by name, in the order of the ontology's files; what they say is read both ways."""

    def __init__(self, found: Mapping[str, Term]) -> None:
        self.terms = found
        self._backwards: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for each in found.values():
            for property_, targets in each.links.items():
                for target in targets:
                    self._backwards[property_, target].append(each.iri)

    def of_kind(self, *kinds: str) -> list[Term]:
        return [each for each in self.terms.values() if each.kind in kinds]

    def leading_to(self, iri: str, *properties: str) -> list[str]:
        """The terms of which these properties lead to a thing."""
        return [each for property_ in properties for each in self._backwards[property_, iri]]

    def ancestors(self, iri: str) -> Iterator[str]:
        """The classes or properties above a term, the nearest first, as far as they are terms of ours."""
        waiting, seen = [iri], {iri}
        while waiting:
            found = self.terms.get(waiting.pop(0))
            for above in found.all(*BROADER) if found else ():
                if above not in seen and above in self.terms:
                    seen.add(above)
                    waiting.append(above)
                    yield above

    def properties_of(self, iri: str) -> list[Term]:
        """The properties that are said of things of a class, those of the classes above it too; no act's edge."""
        classes = {iri, *self.ancestors(iri)}
        properties = self.of_kind("object_property", "datatype_property")
        return [each for each in properties if classes & set(each.all(*DOMAINS)) and not self.act_of(each.iri)]

    def act_of(self, iri: str) -> str | None:
        """The act whose direct edge a property is."""
        return next(iter(self.leading_to(iri, term("citationProperty"))), None)


@lru_cache(maxsize=4)
def vocabulary(site: Site) -> Vocabulary:
    """The terms of a store."""
    facts: defaultdict[str, _Facts] = defaultdict(_Facts)
    for quad in site.graph.oxigraph.quads_for_pattern(None, None, None, ox.NamedNode(site.names.vocabulary)):
        if isinstance(quad.subject, ox.NamedNode):
            stem = addresses.stem_of(quad.subject.value, site.names) or ""
            if "/" in stem and stem.partition("/")[0] in FOLDERS:
                _add(facts[quad.subject.value], quad.predicate.value, quad.object)
    read = {iri: each for iri, each in facts.items() if each.labels}
    ordered = sorted(read, key=lambda iri: (_order().get(iri.removeprefix(site.names.base), len(_order())), iri))
    return Vocabulary({iri: _term(site, iri, read[iri]) for iri in ordered})


def short(iri: str) -> str:
    """A name with a prefix, as Turtle writes it: cito:cites."""
    prefix = next((each for each, space in PREFIXES.items() if iri.startswith(space)), None)
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}" if prefix else iri


def _add(facts: _Facts, property_: str, value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> None:
    if isinstance(value, ox.NamedNode):
        facts.links[property_].add(value.value)
        if property_ == TYPE:
            facts.types.add(value.value)
    elif isinstance(value, ox.Literal) and property_ in _LABELS:
        facts.labels[value.language or "en"] = value.value
    elif isinstance(value, ox.Literal) and property_ in _DEFINITIONS:
        facts.definitions[value.language or "en"] = value.value
    elif isinstance(value, ox.Literal):
        facts.flags[property_] = value.value


def _term(site: Site, iri: str, facts: _Facts) -> Term:
    stem = str(addresses.stem_of(iri, site.names))
    kind = next((kind for type_, kind in _KINDS.items() if type_ in facts.types), "kind")
    links = {property_: sorted(targets) for property_, targets in sorted(facts.links.items())}
    return Term(iri, stem, kind, facts.labels, facts.definitions, links, facts.flags)


@cache
def _order() -> Mapping[str, int]:
    """The place of each term in the files of the ontology, by its name without our base."""
    found: dict[str, int] = {}
    paths = sorted(resources.ontology(), key=lambda path: (path.name != "unkg.ttl", path.name))
    for path in paths:
        for quad in ox.parse(resources.turtle(path).encode(), ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode):
                found.setdefault(quad.subject.value.removeprefix(BASE), len(found))
    return found
