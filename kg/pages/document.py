"""The page of a document, held or only cited, in one language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from kg import symbols
from kg.catalogue import Edge, Named, Work
from kg.pages import addresses, changes, cited, lineage_page, signposting, structured
from kg.pages.addresses import DATA, MEDIA_TYPES, Address
from kg.pages.days import written
from kg.pages.paragraphs import footnotes, paragraphs, place_of
from kg.pages.phrases import phrases
from kg.pages.reading import Reading, reading_of
from kg.pages.rendering import render
from kg.pages.site import Site
from kg.pages.titles import called

#: Steps of a document's way that are documents.
_STEPS = ("onReport", "draft", "meetingRecord", "partOf")
_COUNTS = {"for_": "votesInFavour", "against": "votesAgainst", "abstaining": "abstentions"}


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that is cited, and every place where it is."""

    symbol: str
    date: str
    edges: Sequence[Edge]


def document_page(site: Site, symbol: str, language: str) -> bytes | None:
    """The page of a document; None where the store does not know it."""
    work = site.find_work(symbol) or _mentioned(site, symbol)
    if work is None:
        return None
    reading = reading_of(site, symbol)
    cites = _cites(site, symbol, language)
    stem = f"doc/{symbol}"
    found = work.title(language)
    return render(
        site,
        "document.html",
        stem=stem,
        language=language,
        section="document",
        work=work,
        reading=reading,
        facts=_facts(site, work, reading, language),
        paragraphs=paragraphs(reading, language),
        footnotes=footnotes(reading, language),
        cites=cites,
        unsettled=[each for each in reading.citations if each.cited is None],
        groups=cited.groups(site, symbol),
        citing_count=site.catalogue.citing_count(symbol),
        list_stem=cited.list_stem,
        place_of=place_of,
        registered=site.registered.get(site.names.document(symbol), ()),
        named=_named(site.catalogue.named_in(symbol)),
        picture=Markup(lineage_page.picture(site, symbol, language)),  # noqa: S704 -- made by the drawing, escaped there
        lineage_stem=lineage_page.stem_of(symbol),
        series=site.catalogue.series(symbol),
        changed=changes.predecessor(site, symbol, language),
        changes_stem=changes.changes_stem(symbol),
        written=lambda date: written(date, language),
        how_to_cite=_how_to_cite(site, work, language),
        called=called(site, symbol, language),
        crumbs=(("documents", phrases("site", language)["documents"]), ("", called(site, symbol, language))),
        data_forms=[(form, MEDIA_TYPES[form]) for form in DATA],
        typed_links=signposting.typed_links(site, stem, language),
        description=f"{symbol}: {found[0]}" if found else called(site, symbol, language),
        jsonld=structured.legislation(
            site,
            work,
            cites=[each.symbol for each in cites],
            language=language,
            path=Address(stem, addresses.code(language)).path,
        ),
    )


def _mentioned(site: Site, symbol: str) -> Work | None:
    """A document that nothing cites, but that another came from, or that a registry names: a draft, a report."""
    reading = reading_of(site, symbol)
    parsed = symbols.find(symbol)
    if parsed is None or not site.knows(site.names.document(symbol)):
        return None
    organ = f"body/{parsed.organ}" if parsed.organ else None
    date = "–".join(map(str, parsed.years)) or None
    return Work(symbol, parsed.kind, organ, parsed.session, parsed.year, reading.value("adopted"), date)


def _cites(site: Site, symbol: str, language: str) -> list[Cited]:
    """The documents that are cited, in the order in which the text first does."""
    by_document: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in site.catalogue.cites(symbol):
        by_document[edge.cited].append(edge)
    found = []
    for other, edges in by_document.items():
        work = site.find_work(other)
        found.append(Cited(other, written(work.date if work else None, language), edges))
    return found


def _named(found: Sequence[Named]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """For each role the things, and for each thing its clauses, in the order of the text."""
    roles: dict[str, dict[str, list[str]]] = {"addressee": {}, "named": {}, "concerned": {}}
    for each in found:
        clauses = roles[each.role].setdefault(each.thing, [])
        if each.clause not in clauses:
            clauses.append(each.clause)
    return roles


def _facts(site: Site, work: Work, reading: Reading, language: str) -> Mapping[str, Any]:
    """What the head of the page tells."""
    say = phrases("document", language)
    votes = {key: reading.value(name) for key, name in _COUNTS.items()}
    vote = say["vote_counts"].format(**{key: count or "–" for key, count in votes.items()})
    adoption = reading.value("adoption")
    return {
        "date": written(work.date, language),
        "meeting": reading.value("meeting"),
        "agenda_item": reading.value("agendaItem"),
        "agenda_titles": reading.texts("agendaTitle"),
        "steps": [
            (step, [site.names.symbol(each) for each in reading.values(step)])
            for step in _STEPS
            if reading.values(step)
        ],
        "vote": vote if any(votes.values()) else say["without_vote"] if adoption == "withoutVote" else None,
        "keywords": sorted(reading.values("keyword")),
        "official": symbols.links(symbols.parse(work.symbol))[:1],
        "iri": site.names.document(work.symbol),
    }


def _how_to_cite(site: Site, work: Work, language: str) -> str:
    organ = site.labels.find(site.names.named(work.organ), language) if work.organ else None
    title = work.title(language)
    parts = [
        organ.text if organ else "",
        title[0] if title else "",
        called(site, work.symbol, language),
        written(work.date, language),
    ]
    return ". ".join(part for part in parts if part) + f". {site.names.document(work.symbol)} (unkg)."
