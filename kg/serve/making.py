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
#: How hard pages are packed: harder, they are 6 % smaller and take twice as long, longer than to read them.
_LEVEL = 4
Headers = tuple[tuple[str, str], ...]
#: What may stand unescaped in an address.
_SAFE = "/().,;=@-_~'!*+&$"


def make(site: Site, path: str, *, modified: int = 0) -> Response | None:
    """What lies at a path of the site, packed; None where nothing does. `modified` is when it may have changed last."""
    address = addresses.parse(path)
    try:
        if address is None:
            body = _beside(site, path)
        elif address.form == "html":
            body = pages.page(site, path)
        else:
            body = pages.data_file(site, path)
            body = _beside(site, path) if body is None else body
    except ValueError:
        # No name can hold such characters.
        return None
    if body is None:
        return None
    return response_of(path, body, headers_of(site, path), modified=modified)


def headers_of(site: Site, path: str) -> Headers:
    """The headers of what is made, beside those that all have."""
    address = addresses.parse(path)
    links = () if address is None else _of_page(site, address) if address.form == "html" else _of_data(site, address)
    told = signposting.header(tuple(links))
    return (("Cache-Control", "no-cache"), *((("Link", told),) if told else ()))


def response_of(path: str, body: bytes, headers: Headers, *, modified: int, pack: bool = True) -> Response:
    """The response with what lies at a path; not packed where it is not kept, and goes to a client that wants it so."""
    media = MEDIA_TYPES[path.rpartition(".")[2]]
    if not pack:
        return Response(200, body, media, headers, digest(body), modified=modified)
    return Response(200, b"", media, headers, digest(body), packed(body, level=_LEVEL), modified=modified)


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
        yield TypedLink("canonical", canonical(site, address))
    if address.stem == "index":
        yield from signposting.typed_links(site, address.stem, address.language)
    elif _is_thing(site, address.stem):
        yield from signposting.typed_links(site, address.stem, address.language)
        beside = addresses.link(address.stem, start=address.path)
        for form in addresses.DATA:
            yield TypedLink("alternate", f"{beside}.{form}", addresses.MEDIA_TYPES[form])


def canonical(site: Site, address: Address) -> str:
    """The one address of a page or of data, as a header may hold it."""
    return quote(site.absolute(address.path), safe=_SAFE + ":")


def _is_thing(site: Site, stem: str) -> bool:
    """Whether the page is that of a thing that has a name, and not one of the lists."""
    if stem.startswith("doc/"):
        return site.find_work(stem.removeprefix("doc/")) is not None
    name = ox.NamedNode(addresses.iri_of(stem, site.names))
    return next(iter(site.graph.oxigraph.quads_for_pattern(name, None, None, None)), None) is not None


def _of_data(site: Site, address: Address) -> Iterator[TypedLink]:
    if site.address:
        yield TypedLink("canonical", canonical(site, address))
    yield from signposting.data_links(addresses.link(address.stem, start=address.path))
