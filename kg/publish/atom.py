"""The Atom feed, for people: the newest documents, what came or went with the latest releases, in six languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from kg.catalogue import Work
from kg.model import Language
from kg.pages.addresses import LANGUAGES, Address, link
from kg.pages.phrases import phrases
from kg.pages.site import Site
from kg.publish.changes import counts, home, version_name
from kg.publish.folder import Folder
from kg.publish.versions import NO_DOCUMENT, Release, State

#: Documents and releases that a feed names.
DOCUMENTS, RELEASES = 60, 20
_ATOM = "http://www.w3.org/2005/Atom"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_NAMESPACES: Any = {None: _ATOM, "at": _TOMBSTONES}
_XML = "{http://www.w3.org/XML/1998/namespace}"


def feed_path(language: Language) -> str:
    """Where the feed of a language lies: feed.atom, feed@fr.atom."""
    return "feed.atom" if language == "en" else f"feed@{language}.atom"


def atom(site: Site, folder: Folder, state: State) -> list[str]:
    """Writes the feed in each language; the paths."""
    newest = _newest(site.catalogue.works())
    since = _since(state)
    for language in LANGUAGES:
        folder.write(feed_path(language), _feed(site, state, newest, since, language))
    return [feed_path(language) for language in LANGUAGES]


def _newest(works: Iterable[Work]) -> list[Work]:
    dated = sorted((work for work in works if work.adopted), key=lambda work: (work.adopted or "", work.symbol))
    return dated[: -DOCUMENTS - 1 : -1]


def _since(state: State) -> dict[str, str]:
    """When each document last changed."""
    return {change.symbol: release.issued for release in state.releases for change in release.changes}


def _feed(site: Site, state: State, newest: list[Work], since: dict[str, str], language: Language) -> bytes:
    say = phrases("dataset", language)
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap=_NAMESPACES)
    root.set(f"{_XML}lang", language)
    # Where the site lies, so that the links below can be short; they are relative to the feed where it is not known.
    if site.address:
        root.set(f"{_XML}base", site.address)
    _said(root, "id", f"{home(site)}{feed_path(language)}")
    _said(root, "title", say["title"])
    _said(root, "subtitle", say["unofficial"])
    _said(root, "updated", state.latest.issued)
    _said(_said(root, "author"), "name", say["publisher"])
    _link(root, "self", feed_path(language), "application/atom+xml")
    _link(root, "alternate", Address("index", language).path, "text/html")
    for release in state.releases[: -RELEASES - 1 : -1]:
        _release(root, site, release, language)
    for gone in sorted(state.withdrawn.values(), key=lambda each: (each.issued, each.symbol), reverse=True):
        if not gone.symbol.startswith(NO_DOCUMENT):
            deleted = etree.SubElement(root, f"{{{_TOMBSTONES}}}deleted-entry")
            deleted.set("ref", site.names.document(gone.symbol))
            deleted.set("when", gone.issued)
            comment = etree.SubElement(deleted, f"{{{_TOMBSTONES}}}comment")
            comment.text = say["withdrawn_entry"].format(document=gone.symbol)
    for work in newest:
        _document(root, site, work, since.get(work.symbol, state.latest.issued), language)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _document(root: etree._Element, site: Site, work: Work, updated: str, language: Language) -> None:
    entry = _said(root, "entry")
    title = work.title(language)
    _said(entry, "id", site.names.document(work.symbol))
    heading = _said(entry, "title", f"{work.symbol}: {title[0]}" if title else work.symbol)
    if title and title[1] != language:
        heading.set(f"{_XML}lang", title[1])
    _said(entry, "updated", updated)
    _said(entry, "published", f"{work.adopted}T00:00:00Z")
    _link(entry, "alternate", _file(Address(f"doc/{work.symbol}", language).path), "text/html")
    _link(entry, "alternate", _file(f"doc/{work.symbol}.ttl"), "text/turtle")
    category = _said(entry, "category")
    category.set("term", work.kind)


def _release(root: etree._Element, site: Site, release: Release, language: Language) -> None:
    say = phrases("dataset", language)
    entry = _said(root, "entry")
    _said(entry, "id", version_name(site.names, release.version))
    _said(entry, "title", say["release_entry"].format(version=release.version))
    _said(entry, "updated", release.issued)
    _said(entry, "summary", say["release_counts"].format(**counts(release)))
    _link(entry, "alternate", Address("downloads", language).path, "text/html")


def _file(path: str) -> str:
    """The link to a file, seen from the top of the site."""
    return link(path, start=feed_path("en"))


def _said(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = text
    return element


def _link(parent: etree._Element, rel: str, href: str, media: str) -> None:
    link = _said(parent, "link")
    for name, value in (("rel", rel), ("href", href), ("type", media)):
        link.set(name, value)
