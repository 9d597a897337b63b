"""Every page there is, and the one at a path."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import query
from kg.pages import (
    addresses,
    changes,
    cited,
    lineage_data,
    lineage_page,
    lists,
    query_page,
    questions,
    search,
    signposting,
    thing,
    vocabulary,
)
from kg.pages import map as whole_map
from kg.pages.data import describe
from kg.pages.document import document_page
from kg.pages.site import Site

_CITED_BY = re.compile(r"doc/(?P<symbol>.+)/cited-by/(?P<act>[a-z-]+?)(?:-(?P<number>[2-9]|[1-9]\d+))?")
_NAMING = re.compile(rf"(?P<thing>.+)/(?P<role>{'|'.join(thing.ROLES)})(?:-(?P<number>[2-9]|[1-9]\d+))?")
#: What the path of a lineage page has behind the document's.
_LINEAGE = lineage_page.stem_of("").removeprefix("doc/")
#: Pages of which there is one.
_ALONE = {search.STEM: search.search_page, whole_map.STEM: whole_map.page, query_page.STEM: query_page.page}


def page(site: Site, path: str) -> bytes | None:
    """The HTML at a path (doc/A/RES/76/213@fr.html), None where there is none."""
    found = addresses.parse(path)
    if found is None or found.form != "html" or found.path != path:
        return None
    stem, language = found.stem, found.language
    if stem.startswith("doc/"):
        return _of_document(site, stem, language)
    if stem.partition("/")[0] in thing.KINDS and "/" in stem:
        return _of_thing(site, stem, language)
    if vocabulary.is_stem(stem):
        return vocabulary.page(site, stem, language)
    if stem.partition("/")[0] == questions.STEM:
        return questions.page(site, stem, language)
    alone = _ALONE.get(stem)
    return alone(site, language) if alone else lists.page(site, stem, language)


def data_file(site: Site, path: str) -> bytes | None:
    """The data at a path (doc/A/RES/76/213.ttl), None where there is none."""
    found = addresses.parse(path)
    if found is None or found.form not in addresses.DATA or found.path != path:
        return None
    if found.stem == vocabulary.STEM:
        return vocabulary.data(site, found.form)
    return describe(site, addresses.iri_of(found.stem, site.names), found.form)


def script(site: Site, path: str) -> bytes | None:
    """What the lineage page of a document loads (doc/A/RES/76/213.lineage.js), None where there is none."""
    stem, _, ending = path.rpartition(".")
    symbol = stem.removeprefix("doc/").removesuffix(_LINEAGE)
    if ending != "js" or not stem.endswith(_LINEAGE) or site.find_work(symbol) is None:
        return None
    return lineage_data.lineage_data(site, symbol)


def linkset(site: Site, path: str) -> bytes | None:
    """The Link Set of a document that is held (doc/A/RES/76/213.linkset), None where there is none."""
    stem, _, ending = path.rpartition(".")
    if ending != signposting.LINKSET or not signposting.holds_links(site, stem):
        return None
    return signposting.linkset(site, stem)


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """What pages load or lead to beside their assets: paths and contents."""
    yield from whole_map.files(site)
    yield from vocabulary.files(site)
    yield from questions.files(site)


def beside(site: Site, path: str) -> bytes | None:
    """Anything else that a page loads or leads to, by its path; None where there is none."""
    return script(site, path) or linkset(site, path) or whole_map.file(site, path) or questions.file(site, path)


def stems(site: Site) -> Iterator[str]:
    """The path of every page, without language and ending; those of one thing follow each other."""
    yield from other_stems(site)
    for symbol in documents(site):
        yield from stems_of_document(site, symbol)


def documents(site: Site) -> list[str]:
    """The symbols of the documents that have a page, held or not."""
    return [site.names.symbol(name) for name in sorted({*query.documents(site.graph), *site.registered})]


def stems_of_document(site: Site, symbol: str) -> Iterator[str]:
    """The paths of the pages of a document: its own, those that list what cites it, its lineage, its comparison."""
    yield f"doc/{symbol}"
    yield from (each for each, _, _ in cited.lists(site, symbol))
    if site.find_work(symbol) is not None:
        yield lineage_page.stem_of(symbol)
    if changes.follows(site, symbol):
        yield changes.changes_stem(symbol)


def other_stems(site: Site) -> Iterator[str]:
    """The paths of the pages that are of no document."""
    yield from lists.stems(site)
    yield from _ALONE
    yield from questions.stems()
    yield from vocabulary.stems(site)
    for stem in thing.things(site):
        yield stem
        yield from (each for each, _, _ in thing.lists(site, stem))
        if changes.has_history(site, stem):
            yield f"{stem}/history"


def _of_document(site: Site, stem: str, language: str) -> bytes | None:
    listed = _CITED_BY.fullmatch(stem)
    if listed:
        act = None if listed["act"] == "other" else listed["act"]
        return cited.list_page(site, listed["symbol"], act, int(listed["number"] or 1), language)
    if stem.endswith(_LINEAGE):
        return lineage_page.lineage_page(site, stem.removeprefix("doc/").removesuffix(_LINEAGE), language)
    if stem.endswith("/changes"):
        return changes.changes_page(site, stem.removeprefix("doc/").removesuffix("/changes"), language)
    return document_page(site, stem.removeprefix("doc/"), language)


def _of_thing(site: Site, stem: str, language: str) -> bytes | None:
    listed = _NAMING.fullmatch(stem)
    if listed:
        return thing.list_page(site, listed["thing"], listed["role"], int(listed["number"] or 1), language)
    if stem.endswith("/history"):
        return changes.history_page(site, stem.removesuffix("/history"), language)
    return thing.thing_page(site, stem, language)
