"""The one place where the server takes pages from: the same functions that write the static site."""

from __future__ import annotations

from kg import pages
from kg.pages import addresses
from kg.pages.addresses import Address
from kg.pages.site import Site


def page(site: Site, path: str) -> bytes | None:
    """The page at a path; None where the site has none."""
    return pages.page(site, path)


def typed_links(site: Site, stem: str, _language: str) -> tuple[str, ...]:
    """The typed links of a page, as values of the header Link."""
    beside = addresses.link(stem, start=Address(stem).path)
    data = (f'<{beside}.{form}>; rel="describedby"; type="{addresses.MEDIA_TYPES[form]}"' for form in addresses.DATA)
    return (f'<{addresses.iri_of(stem, site.names)}>; rel="cite-as"', *data)


def data_links(beside: str) -> tuple[str, ...]:
    """The typed links of a file of data."""
    return (f'<{beside}.html>; rel="describes"; type="text/html"',)
