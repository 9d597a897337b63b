"""Pages that lead from another spelling of a document's name to its page, for hosts that know no redirects."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kg import symbols
from kg.pages import Site, addresses
from kg.pages.addresses import DEFAULT, Address

_STUB = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{symbol}</title>
<meta http-equiv="refresh" content="0; url={link}"><link rel="canonical" href="{link}">
<meta name="robots" content="noindex">
</head><body><p><a href="{link}">{symbol}</a></p></body></html>
"""


def stubs(site: Site) -> Iterator[tuple[str, bytes]]:
    """A page for each other spelling of the works that are held, with its path: 70/1.html, A/RES/70/1.html, the names
    of Akoma Ntoso files, and the English version's own name."""
    for work in site.catalogue.works():
        target = Address(f"doc/{work.symbol}").path
        for path in sorted(_paths(work.symbol, work.adopted)):
            link = escape(addresses.link(target, start=path), quote=True)
            yield path, _STUB.format(symbol=escape(work.symbol), link=link).encode()


def _paths(symbol: str, adopted: str | None) -> Iterator[str]:
    yield f"{symbol}.html"
    yield f"doc/{symbol}@{DEFAULT}.html"
    for alias in symbols.aliases(symbols.parse(symbol), adopted):
        if alias.startswith("/"):
            yield f"{alias.strip('/')}/index.html"
        elif ":" not in alias:
            yield f"{alias}.html"
