"""The page of a named thing: a body, group, instrument, event, Goal or target; and the lists of where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from kg.catalogue import Named
from kg.pages import addresses, signposting
from kg.pages.addresses import DATA, MEDIA_TYPES
from kg.pages.days import written
from kg.pages.paragraphs import chosen
from kg.pages.phrases import phrases
from kg.pages.rendering import render
from kg.pages.site import Site
from kg.uris import SDG, term

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#: The kinds of thing that have such a page, and the list that each stands in.
KINDS = {
    "body": "bodies",
    "group": "bodies",
    "instrument": "instruments",
    "event": "events",
    "sdg": "goals",
}
#: What is said of a thing elsewhere on its page, or is of use to the reading of texts only.
_UNSHOWN = {
    *(f"{_SKOS}{name}" for name in ("prefLabel", "altLabel", "hiddenLabel", "example", "inScheme", "topConceptOf")),
    *(term(name) for name in ("cue", "weakCue", "shortLabel", "officialLabel", "lacksLabelIn")),
    _TYPE,
}
#: Documents that the page itself shows of each role, and those on a page of the lists.
_FIRST, PAGE = 15, 100
#: How a thing can stand in a clause.
ROLES = ("addressee", "named", "concerned")


@dataclass(frozen=True, slots=True)
class Fact:
    """A property, by its name, and its values: names of things, or words with their language."""

    property: str
    things: Sequence[str]
    words: Sequence[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A document in which a thing stands in some role, with the clauses; `words` are those of the first of them, in the
    language given, where they are shown."""

    symbol: str
    date: str
    clauses: Sequence[Named]
    words: tuple[str, str] | None


def iri_of(site: Site, stem: str) -> str:
    """The name of the thing at body/cstd or sdg/17.6."""
    return addresses.iri_of(stem, site.names)


def things(site: Site) -> Iterator[str]:
    """The stem of every thing that has a page of this kind, in order."""
    for iri in site.labels.iris():
        stem = addresses.stem_of(iri, site.names)
        if stem is not None and stem.partition("/")[0] in KINDS and "/" in stem:
            yield stem


def thing_page(site: Site, stem: str, language: str) -> bytes | None:
    """The page of a thing; None where there is no such thing."""
    iri = iri_of(site, stem)
    names = site.labels.all(iri)
    if not names:
        return None
    counts = site.catalogue.naming_counts(stem)
    kind = stem.partition("/")[0]
    return render(
        site,
        "thing.html",
        stem=stem,
        language=language,
        section="thing",
        iri=iri,
        kind=kind,
        names=names,
        others=_other_names(site, iri),
        facts=_facts(site, iri),
        parts=_parts(site, iri),
        counts=counts,
        history=bool(site.catalogue.naming_by_series(stem)),
        standing={role: _standing(site, stem, role, language) for role in counts},
        list_stem=list_stem,
        first=_FIRST,
        crumbs=((KINDS[kind], phrases("site", language)[KINDS[kind]]), ("", _name(names, language))),
        data_forms=[(form, MEDIA_TYPES[form]) for form in DATA],
        typed_links=signposting.typed_links(site, stem, language),
        description=_name(names, language),
    )


def list_stem(stem: str, role: str, number: int = 1) -> str:
    """Where a page of a list lies: body/cstd/addressee-2."""
    return f"{stem}/{role}" if number == 1 else f"{stem}/{role}-{number}"


def lists(site: Site, stem: str) -> Iterator[tuple[str, str, int]]:
    """The pages of a thing's lists: stem, role, number."""
    for role, (_, documents) in site.catalogue.naming_counts(stem).items():
        if documents > _FIRST:
            for number in range(1, -(-documents // PAGE) + 1):
                yield list_stem(stem, role, number), role, number


def list_page(site: Site, stem: str, role: str, number: int, language: str) -> bytes | None:
    """One page of the documents in which the thing stands in a role, None where there is none."""
    documents = site.catalogue.naming_counts(stem).get(role, (0, 0))[1]
    pages = -(-documents // PAGE)
    if documents <= _FIRST or not 1 <= number <= pages:
        return None
    name = _name(site.labels.all(iri_of(site, stem)), language)
    found = _standing(site, stem, role, language, limit=PAGE, offset=(number - 1) * PAGE)
    return render(
        site,
        "naming.html",
        stem=list_stem(stem, role, number),
        language=language,
        section="thing",
        thing=stem,
        name=name,
        role=role,
        documents=documents,
        found=found,
        number=number,
        pages=pages,
        before=list_stem(stem, role, number - 1) if number > 1 else None,
        after=list_stem(stem, role, number + 1) if number < pages else None,
        crumbs=((stem, name), ("", number)),
    )


def _standing(
    site: Site, stem: str, role: str, language: str, *, limit: int = _FIRST, offset: int = 0
) -> list[Standing]:
    """The documents in which the thing stands in a role; the words where it is asked to act."""
    found = []
    for symbol, clauses in _everywhere(site, stem, role)[offset : offset + limit]:
        work = site.find_work(symbol)
        clause = f"{site.names.document(symbol)}#{clauses[0].clause}"
        said = _words(site, clause, language) if role == "addressee" else None
        found.append(Standing(symbol, written(work.date if work else None, language), clauses, said))
    return found


@lru_cache(maxsize=4)
def _everywhere(site: Site, stem: str, role: str) -> list[tuple[str, list[Named]]]:
    """All documents of a list: its pages are made one after the other, in six languages."""
    return site.catalogue.naming(stem, role)


def _words(site: Site, clause: str, language: str) -> tuple[str, str] | None:
    """The text of a clause and its language."""
    texts = {
        quad.object.language: quad.object.value
        for quad in site.graph.oxigraph.quads_for_pattern(ox.NamedNode(clause), ox.NamedNode(term("text")), None, None)
        if isinstance(quad.object, ox.Literal) and quad.object.language
    }
    shown = chosen(texts, language)
    return (texts[shown], shown) if shown else None


def _facts(site: Site, iri: str) -> list[Fact]:
    things: dict[str, list[str]] = {}
    words: dict[str, list[tuple[str, str | None]]] = {}
    graph = ox.NamedNode(site.names.vocabulary)
    for quad in site.graph.oxigraph.quads_for_pattern(ox.NamedNode(iri), None, None, graph):
        property_, value = quad.predicate.value, quad.object
        if property_ in _UNSHOWN:
            continue
        if isinstance(value, ox.NamedNode):
            things.setdefault(property_, []).append(value.value)
        elif isinstance(value, ox.Literal):
            words.setdefault(property_, []).append((value.value, value.language))
    return [
        Fact(each, sorted(things.get(each, ())), sorted(words.get(each, ()), key=str))
        for each in sorted({*things, *words})
    ]


def _other_names(site: Site, iri: str) -> Mapping[str, Sequence[str]]:
    """Other names by language: official, alternative and short ones."""
    found: dict[str, set[str]] = {}
    for property_ in (f"{_SKOS}altLabel", term("shortLabel"), term("officialLabel")):
        for quad in site.graph.oxigraph.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(property_), None, None):
            if isinstance(quad.object, ox.Literal) and quad.object.language:
                found.setdefault(quad.object.language, set()).add(quad.object.value)
    return {language: sorted(names) for language, names in sorted(found.items())}


def _parts(site: Site, iri: str) -> list[str]:
    """What belongs to the thing: bodies below it, targets of a Goal, chapters of an instrument."""
    found = set()
    for property_ in (term("parentBody"), f"{_SKOS}broader"):
        for quad in site.graph.oxigraph.quads_for_pattern(None, ox.NamedNode(property_), ox.NamedNode(iri), None):
            if isinstance(quad.subject, ox.NamedNode):
                found.add(quad.subject.value)
    return sorted(found, key=_natural)


def _natural(iri: str) -> tuple[object, ...]:
    """Targets count: 4.2 before 4.10."""
    if iri.startswith(SDG):
        return (0, *(f"{step:0>3}" for step in iri.removeprefix(SDG).split(".")))
    return 1, iri


def _name(names: Mapping[str, str], language: str) -> str:
    code = chosen(names, language)
    return names[code] if code else ""
