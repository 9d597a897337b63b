"""VoID: what the dataset holds, in figures; each of them is what SPARQL counts.

The figures are asked of the store in a few queries that read it once each. A statement that several
named graphs make counts once for each, as in `SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

import pyoxigraph as ox

from kg.pages.site import Site
from kg.publish.changes import home
from kg.publish.folder import Folder
from kg.publish.statements import Statements
from kg.query import LocalStore
from kg.uris import ONTOLOGY, term

PATHS = ("void.ttl", ".well-known/void")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DCTERMS = "http://purl.org/dc/terms/"

#: Properties that lead out of the dataset; others lead to things of its own, or to words.
LINKING = (
    f"{_SKOS}exactMatch",
    f"{_SKOS}closeMatch",
    f"{_SKOS}broadMatch",
    f"{_SKOS}narrowMatch",
    f"{_SKOS}relatedMatch",
    "http://www.w3.org/2002/07/owl#sameAs",
    "http://www.w3.org/2000/01/rdf-schema#seeAlso",
    f"{_DCTERMS}subject",
    f"{_DCTERMS}source",
    term("mentions"),
    term("concerns"),
    term("mentioned"),
    term("serves"),
)


@dataclass(frozen=True, slots=True)
class Target:
    """Another dataset: how the names begin that it gives, and what it is called."""

    slug: str
    space: str
    title: str
    page: str


TARGETS = (
    Target("sdg", "http://metadata.un.org/sdg/", "Sustainable Development Goals", "https://metadata.un.org/sdg/"),
    Target("unbis", "http://metadata.un.org/thesaurus/", "UNBIS Thesaurus", "https://metadata.un.org/thesaurus/"),
    Target("wikidata", "http://www.wikidata.org/entity/", "Wikidata", "https://www.wikidata.org/"),
    Target("eurovoc", "http://eurovoc.europa.eu/", "EuroVoc", "https://op.europa.eu/en/web/eu-vocabularies"),
    Target("undocs", "https://undocs.org/", "undocs.org", "https://undocs.org/"),
)

QUESTIONS = {
    "triples": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "subjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "objects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?class } }",
    "documents": f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s <{term('hasVersion')}> ?version }} }}",
}
_PROPERTIES = "SELECT ?key (COUNT(*) AS ?n) { GRAPH ?g { ?s ?key ?o } } GROUP BY ?key"
_CLASSES = "SELECT ?key (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?key } } GROUP BY ?key"
LINKS = """SELECT ?key (COUNT(*) AS ?n) {{
  VALUES ?key {{ {properties} }} GRAPH ?g {{ ?s ?key ?o }} FILTER(STRSTARTS(STR(?o), "{space}"))
}} GROUP BY ?key"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What SPARQL counts: whole figures by name (triples, subjects, objects, entities, documents), statements by
    property, things by class, and by target and property the links out."""

    whole: Mapping[str, int]
    properties: Mapping[str, int]
    classes: Mapping[str, int]
    links: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def figures(store: LocalStore) -> Figures:
    """Counts what the store holds."""
    by_property = _counted(store, _PROPERTIES)
    linking = [name for name in LINKING if name in by_property]
    properties = " ".join(f"<{name}>" for name in linking)
    links = {
        target.slug: _counted(store, LINKS.format(properties=properties, space=target.space)) for target in TARGETS
    }
    # The statements are those of all properties: to count them once more would read everything once more.
    whole = {name: count(store, question) for name, question in QUESTIONS.items() if name != "triples"}
    whole["triples"] = sum(by_property.values())
    return Figures(whole, by_property, _counted(store, _CLASSES), links)


def void(site: Site, folder: Folder, counted: Figures, dumps: tuple[str, ...]) -> None:
    """Writes the description; `dumps` are the paths of the files that hold the whole dataset."""
    content = described(site, counted, dumps).turtle()
    for path in PATHS:
        folder.write(path, content)


def dataset_name(site: Site) -> str:
    """The name of the dataset, whatever its release."""
    return f"{site.names.base}dataset"


def described(site: Site, counted: Figures, dumps: tuple[str, ...]) -> Statements:
    """The dataset as VoID."""
    said, name = Statements(), dataset_name(site)
    said.say(home(site) + PATHS[0], "rdf:type", "void:DatasetDescription")
    said.say(home(site) + PATHS[0], "foaf:primaryTopic", name)
    said.say(name, "rdf:type", "void:Dataset")
    said.say(name, "void:uriSpace", ox.Literal(site.names.base))
    said.say(name, "void:uriRegexPattern", ox.Literal(f"^{site.names.base.replace('.', '[.]')}(doc|body|act)/.+"))
    said.say(name, "void:vocabulary", ONTOLOGY, *_vocabularies(counted))
    for media in ("Turtle", "JSON-LD", "N-Triples", "N-Quads", "TriG"):
        said.say(name, "void:feature", f"http://www.w3.org/ns/formats/{media}")
    said.say(name, "void:dataDump", *(home(site) + path for path in dumps))
    said.say(name, "void:sparqlEndpoint", site.endpoint or None)
    said.say(name, "void:exampleResource", *_examples(site))
    said.say(name, "void:rootResource", home(site) + "index.html")
    for predicate, key in (
        ("void:triples", "triples"),
        ("void:entities", "entities"),
        ("void:distinctSubjects", "subjects"),
        ("void:distinctObjects", "objects"),
        ("void:documents", "documents"),
    ):
        said.say(name, predicate, counted.whole[key])
    said.say(name, "void:classes", len(counted.classes))
    said.say(name, "void:properties", len(counted.properties))
    _partitions(said, site, counted)
    _linksets(said, site, counted)
    return said


def _partitions(said: Statements, site: Site, counted: Figures) -> None:
    name = dataset_name(site)
    for cls, count in counted.classes.items():
        part = f"{home(site)}{PATHS[0]}#class-{_slug(cls)}"
        said.say(name, "void:classPartition", part)
        said.say(part, "void:class", cls)
        said.say(part, "void:entities", count)
    for predicate, count in counted.properties.items():
        part = f"{home(site)}{PATHS[0]}#property-{_slug(predicate)}"
        said.say(name, "void:propertyPartition", part)
        said.say(part, "void:property", predicate)
        said.say(part, "void:triples", count)


def _linksets(said: Statements, site: Site, counted: Figures) -> None:
    """One set of links for each property and each dataset that it leads to."""
    for target in TARGETS:
        other = f"{home(site)}{PATHS[0]}#target-{target.slug}"
        for predicate, count in counted.links.get(target.slug, {}).items():
            name = f"{home(site)}{PATHS[0]}#links-{target.slug}-{_slug(predicate)}"
            said.say(name, "rdf:type", "void:Linkset")
            said.say(dataset_name(site), "void:subset", name)
            said.say(name, "void:subjectsTarget", dataset_name(site))
            said.say(name, "void:objectsTarget", other)
            said.say(name, "void:linkPredicate", predicate)
            said.say(name, "void:triples", count)
            said.say(other, "rdf:type", "void:Dataset")
            said.say(other, "dct:title", ox.Literal(target.title, language="en"))
            said.say(other, "void:uriSpace", ox.Literal(target.space))
            said.say(other, "foaf:homepage", target.page)


def _vocabularies(counted: Figures) -> list[str]:
    """The vocabularies whose terms are used, but for our own."""
    terms = (*counted.properties, *counted.classes)
    spaces = {name[: max(name.rfind("#"), name.rfind("/")) + 1] for name in terms}
    return sorted(spaces - {ONTOLOGY})


def _examples(site: Site) -> Iterator[str]:
    """A document of each organ, the newest, and one body."""
    newest: dict[str, tuple[str, str]] = {}
    for work in site.catalogue.works():
        newest[work.organ or ""] = max(newest.get(work.organ or "", ("", "")), (work.adopted or "", work.symbol))
    for organ, (_, symbol) in sorted(newest.items()):
        yield site.names.document(symbol)
        if organ:
            yield site.names.named(organ)


def _slug(iri: str) -> str:
    """The end of a name with the start of its space, so that two vocabularies' terms of one name differ."""
    space, _, end = iri.replace("#", "/").rpartition("/")
    return quote(f"{space.rpartition('/')[2]}-{end}")


def count(store: LocalStore, question: str) -> int:
    """What a query counts."""
    return next(iter(_rows(store, question)), (0, ""))[0]


def _counted(store: LocalStore, question: str) -> dict[str, int]:
    """The counts by name, in the order of the names."""
    return {str(key): count for key, count in sorted((row[1], row[0]) for row in _rows(store, question))}


def _rows(store: LocalStore, question: str) -> Iterator[tuple[int, str]]:
    answer = store.oxigraph.query(question)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError("expected a SELECT query")
    keyed = "key" in {variable.value for variable in answer.variables}
    for row in answer:
        yield int(row["n"].value), str(row["key"].value) if keyed else ""
