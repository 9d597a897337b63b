"""Makes pages, data and what pages load, with their headers; runs in the thread that has the site for itself."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox

from kg import pages
from kg.pages import Site, addresses, signposting, vocabulary
from kg.pages.addresses import Address
from kg.pages.signposting import TypedLink
from kg.publish.media import MEDIA_TYPES
from kg.serve.messages import Response, digest, packed

ENDINGS = tuple(ending for ending in MEDIA_TYPES if ending not in ("gz", "xz", "zst", "zip"))
_SLOW = ("map-", "questions/")
#: What may stand unescaped in an address.
_SAFE = "/().,;=@-_~'!*+&$"


def make(site: Site, path: str) -> Response | None:
    """What lies at a path of the site, packed; None where nothing does."""
    address = addresses.parse(path)
    try:
        if address is None:
            body, links = _beside(site, path), ""
        elif address.form == "html":
            body, links = pages.page(site, path), _header(_of_page(site, address))
        else:
            body, links = pages.data_file(site, path), _header(_of_data(site, address))
            body = _beside(site, path) if body is None else body
    except ValueError:
        # No name can hold such characters.
        return None
    if body is None:
        return None
    headers = (("Cache-Control", "no-cache"), *((("Link", links),) if links else ()))
    return Response(200, b"", MEDIA_TYPES[path.rpartition(".")[2]], headers, digest(body), packed(body))


def is_slow(path: str) -> bool:
    """Whether making what lies there may take many seconds: the map of the whole, the answers to questions."""
    return path.startswith(_SLOW)


def _beside(site: Site, path: str) -> bytes | None:
    """What pages load or lead to."""
    found = pages.beside(site, path)
    return found if found is not None else dict(vocabulary.files(site)).get(path)


def _of_page(site: Site, address: Address) -> Iterator[TypedLink]:
    """The typed links of a thing's page, its data as alternates, and the one address of the page."""
    if site.address:
        yield TypedLink("canonical", quote(site.absolute(address.path), safe=_SAFE + ":"))
    if address.stem == "index":
        yield from signposting.typed_links(site, address.stem, address.language)
    elif _is_thing(site, address.stem):
        yield from signposting.typed_links(site, address.stem, address.language)
        beside = addresses.link(address.stem, start=address.path)
        for form in addresses.DATA:
            yield TypedLink("alternate", f"{beside}.{form}", addresses.MEDIA_TYPES[form])


def _is_thing(site: Site, stem: str) -> bool:
    """Whether the page is that of a thing that has a name, and not one of the lists."""
    if stem.startswith("doc/"):
        return site.find_work(stem.removeprefix("doc/")) is not None
    name = ox.NamedNode(addresses.iri_of(stem, site.names))
    return next(iter(site.graph.oxigraph.quads_for_pattern(name, None, None, None)), None) is not None


def _of_data(site: Site, address: Address) -> Iterator[TypedLink]:
    if site.address:
        yield TypedLink("canonical", quote(site.absolute(address.path), safe=_SAFE + ":"))
    yield from signposting.data_links(addresses.link(address.stem, start=address.path))


def _header(links: Iterator[TypedLink]) -> str:
    return signposting.header(tuple(links))
