"""The pages of the vocabulary: the whole (ontology.html), and each class, property, act and other concept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from kg import resources
from kg.pages import addresses, signposting, structured
from kg.pages.addresses import DATA, MEDIA_TYPES
from kg.pages.constraints import DATATYPES, Rule, rules_of
from kg.pages.data import FORMATS
from kg.pages.phrases import phrases
from kg.pages.rendering import render
from kg.pages.site import Site
from kg.pages.terms import (
    BROADER,
    DOMAINS,
    FOLDERS,
    OWL,
    PREFIXES,
    RANGES,
    RDFS,
    SKOS,
    TYPE,
    Term,
    Vocabulary,
    short,
    vocabulary,
)
from kg.pages.usage import counts, usage
from kg.uris import ONTOLOGY, term

STEM = "ontology"
#: How a term stands to one of another vocabulary: what follows from it, and what does not.
_ABOVE = (*BROADER, f"{OWL}equivalentClass", f"{OWL}equivalentProperty", f"{SKOS}exactMatch", f"{SKOS}broadMatch")
_NEAR = (f"{RDFS}seeAlso", f"{SKOS}closeMatch", f"{SKOS}relatedMatch")
_PROPERTIES = ("object_property", "datatype_property")
_DCTERMS = "http://purl.org/dc/terms/"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as the page of the whole vocabulary shows it; the definition with its language."""

    term: Term
    definition: tuple[str, str] | None
    uses: int


def stems(site: Site) -> Iterator[str]:
    """The path of every page of the vocabulary: the whole first."""
    yield STEM
    yield from (each.stem for each in vocabulary(site).terms.values())


def page(site: Site, stem: str, language: str) -> bytes | None:
    """One of them in a language; None where there is no such page."""
    if stem == STEM:
        return _whole(site, language)
    found = _by_stem(site).get(stem)
    return _of_term(site, found, language) if found else None


def is_stem(stem: str) -> bool:
    """Whether a page of this path would be one of the vocabulary."""
    return stem == STEM or ("/" in stem and stem.partition("/")[0] in FOLDERS)


def data(site: Site, form: str) -> bytes:
    """All that the vocabulary says of its terms: ontology, acts, alignments and kinds, as ttl, jsonld or nt."""
    iris = {ONTOLOGY.rstrip("#"), ONTOLOGY.replace("ontology#", "alignments"), *vocabulary(site).terms}
    graph = ox.NamedNode(site.names.vocabulary)
    triples = [
        quad.triple
        for iri in sorted(iris)
        for quad in sorted(site.graph.oxigraph.quads_for_pattern(ox.NamedNode(iri), None, None, graph), key=str)
    ]
    return ox.serialize(triples, format=FORMATS[form], prefixes=None if form == "nt" else PREFIXES) or b""


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """What lies beside the pages: the rules, and the context of JSON-LD."""
    yield f"{STEM}/shapes.ttl", resources.turtle(resources.shapes(), site.names.base).encode()
    yield f"{STEM}/context.jsonld", (resources.root() / "ontology" / "context.jsonld").read_bytes()


@lru_cache(maxsize=4)
def _by_stem(site: Site) -> Mapping[str, Term]:
    return {each.stem: each for each in vocabulary(site).terms.values()}


def _whole(site: Site, language: str) -> bytes:
    known = vocabulary(site)
    say = phrases("vocabulary", language)
    about = _about(site)
    groups = [(key, [_entry(site, each, language) for each in found]) for key, found in _groups(known)]
    return render(
        site,
        "ontology.html",
        stem=STEM,
        language=language,
        section="vocabulary",
        description=say["intro"],
        data_forms=[(form, MEDIA_TYPES[form]) for form in DATA],
        typed_links=signposting.typed_links(site, STEM, language),
        jsonld=_defined_set(site, known),
        title=_in(about.get(f"{_DCTERMS}title", {}), language) or (say["title"], language),
        about=_in(about.get(f"{_DCTERMS}description", {}), language),
        rights=_in(about.get(f"{_DCTERMS}rights", {}), language),
        number=next(iter(about.get(f"{OWL}versionInfo", {}).values()), ""),
        namespace=ONTOLOGY,
        groups=groups,
        alignments=_alignments(known),
        short=short,
        page_of=lambda iri: page_of(site, iri),
    )


def _groups(known: Vocabulary) -> Iterator[tuple[str, list[Term]]]:
    """The terms as the page has them: classes; properties by the class that they are said of; the rest by kind. The key
    is that of a phrase, or the name of a class."""
    yield "classes", known.of_kind("class")
    edges = {each.iri for each in known.of_kind(*_PROPERTIES) if known.act_of(each.iri)}
    left = [each for each in known.of_kind(*_PROPERTIES) if each.iri not in edges]
    for class_ in known.of_kind("class"):
        own = [each for each in left if class_.iri in each.all(*DOMAINS)]
        left = [each for each in left if each not in own]
        if own:
            yield class_.iri, own
    yield "properties_else", left
    yield "edges", [each for each in known.of_kind(*_PROPERTIES) if each.iri in edges]
    for kind in ("act", "qualifier", "value", "kind", "scheme"):
        yield f"{kind}s", known.of_kind(kind)


def _entry(site: Site, each: Term, language: str) -> Entry:
    uses = sum(number for _, number in counts(site).get(each.iri, ()))
    return Entry(each, _definition(site, each, language), uses)


def _definition(site: Site, each: Term, language: str) -> tuple[str, str] | None:
    """The definition in the language, else in English; that of an edge follows from what edges are."""
    if not each.definitions and vocabulary(site).act_of(each.iri):
        return phrases("vocabulary", language)["edge_says"], language
    return _in(each.definitions, language)


def _in(texts: Mapping[str, str], language: str) -> tuple[str, str] | None:
    code = next((each for each in (language, "en", *sorted(texts)) if each in texts), None)
    return (texts[code], code) if code else None


def _about(site: Site) -> Mapping[str, Mapping[str, str]]:
    """What the ontology says of itself, by property and language."""
    found: dict[str, dict[str, str]] = {}
    itself, graph = ox.NamedNode(ONTOLOGY.rstrip("#")), ox.NamedNode(site.names.vocabulary)
    for quad in site.graph.oxigraph.quads_for_pattern(itself, None, None, graph):
        if isinstance(quad.object, ox.Literal):
            found.setdefault(quad.predicate.value, {})[quad.object.language or ""] = quad.object.value
    return found


def _alignments(known: Vocabulary) -> list[tuple[Term, str, str]]:
    """Each term beside one of another vocabulary, with the key of the phrase for how they stand to each other."""
    return [
        (each, key, other)
        for each in known.terms.values()
        if each.kind in ("class", *_PROPERTIES)
        for key, properties in (("case_of", _ABOVE), ("near", _NEAR))
        for other in each.all(*properties)
        if other not in known.terms
    ]


def _of_term(site: Site, each: Term, language: str) -> bytes:
    known = vocabulary(site)
    say = phrases("vocabulary", language)
    name = (_in(each.labels, language) or ("", ""))[0]
    return render(
        site,
        "term.html",
        stem=each.stem,
        language=language,
        section="vocabulary",
        description=name,
        crumbs=((STEM, say["title"]), ("", name)),
        data_forms=[(form, MEDIA_TYPES[form]) for form in DATA],
        typed_links=signposting.typed_links(site, each.stem, language),
        jsonld=structured.as_script(_defined_term(each)),
        term=each,
        definition=_definition(site, each, language),
        edge_says={code: phrases("vocabulary", code)["edge_says"] for code in each.labels}
        if known.act_of(each.iri)
        else {},
        facts=_facts(known, each),
        others=[(key, other) for own, key, other in _alignments(known) if own is each],
        directive=each.flags.get(term("directive")),
        backwards=f"^{short(each.iri)}" if each.kind == "object_property" else "",
        rules=[rule for rule in rules_of(each.iri) if rule.plain],
        more_rules=[rule for rule in rules_of(each.iri) if not rule.plain],
        how_many=lambda rule: how_many(rule, language),
        datatypes=DATATYPES,
        usage=usage(site, each, language),
        short=short,
        page_of=lambda iri: page_of(site, iri),
    )


def page_of(site: Site, iri: str) -> str:
    """Whether a name has a page here: "document", "thing", or nothing."""
    if iri.startswith(f"{site.names.base}doc/"):
        return "document"
    return "thing" if addresses.stem_of(iri, site.names) and site.labels.all(iri) else ""


def _facts(known: Vocabulary, each: Term) -> list[tuple[str, Sequence[str]]]:
    """What the vocabulary says of a term by the key of a phrase: names of other terms."""
    own = known.properties_of(each.iri) if each.kind == "class" else []
    act = known.act_of(each.iri)
    found = [
        ("broader", list(known.ancestors(each.iri))),
        ("narrower", known.leading_to(each.iri, *BROADER)),
        ("type", [type_ for type_ in each.all(TYPE) if type_ in known.terms]),
        ("domain", each.all(*DOMAINS)),
        ("range", each.all(*RANGES)),
        ("edge", each.all(term("citationProperty"))),
        ("act_of_edge", [act] if act else []),
        ("own_properties", [property_.iri for property_ in own]),
        ("leading_here", known.leading_to(each.iri, *RANGES) if each.kind == "class" else []),
        ("schemes", each.all(f"{SKOS}inScheme")),
        ("members", known.leading_to(each.iri, f"{SKOS}inScheme")),
        ("values", known.leading_to(each.iri, TYPE) if each.kind == "class" else []),
    ]
    return [(key, things) for key, things in found if things]


def how_many(rule: Rule, language: str) -> str:
    """How often something must be said, in words."""
    say = phrases("vocabulary", language)
    if rule.least == rule.most == 1:
        return say["exactly_one"]
    if rule.least and rule.most is not None:
        return say["between"].format(least=rule.least, most=rule.most)
    if rule.most is not None:
        return say["at_most"].format(number=rule.most)
    if rule.each_language and not rule.least:
        return say["each_language"]
    return say["at_least"].format(number=rule.least) if rule.least else say["any_number"]


def _defined_term(each: Term) -> dict[str, Any]:
    """A term as schema.org has it, for search engines."""
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "@id": each.iri,
        "name": [{"@value": text, "@language": code} for code, text in sorted(each.labels.items())],
        "description": [{"@value": text, "@language": code} for code, text in sorted(each.definitions.items())],
        "termCode": each.anchor,
        "inDefinedTermSet": ONTOLOGY.rstrip("#"),
        "license": signposting.LICENSE,
    }


def _defined_set(site: Site, known: Vocabulary) -> str:
    about = _about(site)
    said = {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "@id": ONTOLOGY.rstrip("#"),
        "name": [
            {"@value": text, "@language": code} for code, text in sorted(about.get(f"{_DCTERMS}title", {}).items())
        ],
        "version": next(iter(about.get(f"{OWL}versionInfo", {}).values()), ""),
        "license": signposting.LICENSE,
        "hasDefinedTerm": [{"@id": each.iri} for each in known.terms.values()],
    }
    return structured.as_script(said)
