"""Typed links (FAIR Signposting, https://signposting.org/FAIR/): what a machine that comes upon a page may go on to.

The same links stand in the page as <link>, in its HTTP headers as `Link`, and in a Link Set (RFC 9264) for those who
want them alone. Addresses are relative to the page, but for names and licences.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from kg import symbols
from kg.errors import SymbolError
from kg.model import Language
from kg.pages import addresses
from kg.pages.addresses import Address

if TYPE_CHECKING:
    from kg.pages.site import Site

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
ABOUT = "https://schema.org/AboutPage"
#: What a thing is in the words of schema.org, by the folder of its page; a document is told by its symbol.
TYPES = {
    "body": "https://schema.org/Organization",
    "group": "https://schema.org/DefinedTerm",
    "instrument": "https://schema.org/CreativeWork",
    "event": "https://schema.org/Event",
    "act": "https://schema.org/DefinedTerm",
    "qualifier": "https://schema.org/DefinedTerm",
    "kind": "https://schema.org/DefinedTerm",
    "scheme": "https://schema.org/DefinedTermSet",
    "sdg": "https://schema.org/DefinedTerm",
    "ontology": "https://schema.org/DefinedTerm",
}
#: Kinds of documents that are acts of an organ.
_LEGISLATION = ("resolution", "decision", "presidential-statement", "treaty")
#: The ending and media type of a Link Set.
LINKSET, LINKSET_TYPE = "linkset", "application/linkset+json"
#: The dataset as a whole stands on the first page.
_DATASET = ("dataset.ttl", "dataset.jsonld", "void.ttl")


@dataclass(frozen=True, slots=True)
class TypedLink:
    """A link with its relation; `type` is the media type of what lies there."""

    rel: str
    href: str
    type: str = ""
    hreflang: str = ""

    def header(self) -> str:
        """The link as a value of the HTTP header `Link`."""
        attributes = {"rel": self.rel, "type": self.type, "hreflang": self.hreflang}
        return f"<{self.href}>" + "".join(f'; {name}="{value}"' for name, value in attributes.items() if value)


def typed_links(site: Site, stem: str, language: str) -> tuple[TypedLink, ...]:
    """The links of a thing's page in a language: its name, its data, what it is, its licence, its parts, its whole."""
    start = Address(stem, _language(language)).path
    if stem == "index":
        return tuple(_of_dataset(site))
    folder = stem.partition("/")[0]
    beside = addresses.link(stem, start=start)
    home = addresses.link("index.html", start=start)
    links = list(page_links(beside, addresses.iri_of(stem, site.names), home=home))
    if folder == "doc":
        links += _of_document(site, stem, start)
        if holds_links(site, stem):
            links.append(TypedLink("linkset", f"{beside}.{LINKSET}", LINKSET_TYPE))
    elif folder in TYPES:
        links.append(TypedLink("type", TYPES[folder]))
    return tuple(links)


def page_links(beside: str, name: str, *, home: str) -> Iterator[TypedLink]:
    """What every page of a thing says: `beside` is its address without ending, `home` that of the first page."""
    yield TypedLink("cite-as", name)
    for form in addresses.DATA:
        yield TypedLink("describedby", f"{beside}.{form}", addresses.MEDIA_TYPES[form])
    yield TypedLink("type", ABOUT)
    yield TypedLink("license", LICENSE)
    yield TypedLink("collection", home, addresses.MEDIA_TYPES["html"])


def data_links(beside: str) -> Iterator[TypedLink]:
    """What a file of data says: the page that it describes, its licence."""
    yield TypedLink("describes", f"{beside}.html", addresses.MEDIA_TYPES["html"])
    yield TypedLink("license", LICENSE)


def header(links: Sequence[TypedLink]) -> str:
    """The links as one value of the HTTP header `Link`."""
    return ", ".join(link.header() for link in links)


def holds_links(site: Site, stem: str) -> bool:
    """Whether a Link Set lies beside a page: beside those of the documents that are held, which have most links."""
    work = site.find_work(stem.removeprefix("doc/")) if stem.startswith("doc/") else None
    return work is not None and work.held


def linkset(site: Site, stem: str) -> bytes:
    """The links of a page, in each of its languages, as a Link Set in JSON, with whole addresses where the site's is
    known, and relative ones where it is not."""
    contexts = [_context(site, stem, language) for language in addresses.LANGUAGES]
    return (json.dumps({"linkset": contexts}, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _context(site: Site, stem: str, language: Language) -> dict[str, object]:
    """What leads on from the page in a language."""
    path = Address(stem, language).path
    found: dict[str, list[dict[str, object]]] = {}
    for link in typed_links(site, stem, language):
        if link.rel == "linkset":
            continue
        target: dict[str, object] = {"href": _whole(site, path, link.href)}
        if link.type:
            target["type"] = link.type
        if link.hreflang:
            target["hreflang"] = [link.hreflang]
        found.setdefault(link.rel, []).append(target)
    return {"anchor": _whole(site, path, addresses.link(path, start=path)), **found}


def _of_document(site: Site, stem: str, start: str) -> Iterator[TypedLink]:
    """What it is by its symbol, the organ whose document it is, the page in each language."""
    try:
        symbol = symbols.parse(stem.removeprefix("doc/"))
    except SymbolError:
        return
    legislation = symbol.kind in _LEGISLATION
    yield TypedLink("type", f"https://schema.org/{'Legislation' if legislation else 'CreativeWork'}")
    if symbol.organ:
        yield TypedLink("author", site.names.named(f"body/{symbol.organ}"))
    for language in addresses.LANGUAGES:
        page = addresses.link(Address(stem, language).path, start=start)
        yield TypedLink("item", page, addresses.MEDIA_TYPES["html"], language)


def _of_dataset(site: Site) -> Iterator[TypedLink]:
    yield TypedLink("cite-as", f"{site.names.base}dataset")
    for path in _DATASET:
        yield TypedLink("describedby", path, addresses.MEDIA_TYPES[path.rpartition(".")[2]])
    yield TypedLink("type", ABOUT)
    yield TypedLink("type", "https://schema.org/Dataset")
    yield TypedLink("license", LICENSE)


def _whole(site: Site, path: str, href: str) -> str:
    return urljoin(site.absolute(quote(path, safe="/().,;=@-_~'!*+&$")), href) if site.address else href


def _language(code: str) -> Language:
    return next(each for each in addresses.LANGUAGES if each == code)
