"""The sitemap and robots.txt: every page of the site once, for search engines. Both need the address of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from urllib.parse import quote
from xml.sax.saxutils import escape

from kg.model import Language
from kg.pages import addresses
from kg.pages.addresses import LANGUAGES
from kg.pages.site import Site
from kg.publish.folder import Folder
from kg.publish.tombstones import withdrawn_alone
from kg.publish.versions import state

#: What the protocol allows in one file.
MOST_PAGES, MOST_BYTES = 50_000, 50_000_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
#: What leads on to other pages, or stands for those that are lacking.
NO_PAGES = {"404", "dataset"}
_Thing = tuple[str, Sequence[Language]]


def sitemap(site: Site, folder: Folder, paths: Iterable[str], *, most: int = MOST_PAGES) -> list[str]:
    """Writes the sitemap of these pages, in several files with an index where there are more than one may hold, and
    robots.txt; the paths of the sitemaps, none where the address of the site is not known.

    Each page names its versions in other languages where all fit into one file; where they do not, the pages
    themselves still do.
    """
    if not site.address:
        return []
    without = {f"doc/{gone.symbol}" for gone in withdrawn_alone(site, state(folder))} | NO_PAGES
    things = sorted(each for each in _things(paths) if each[0] not in without)
    told = _pages(site, things, with_alternates=True)
    alone = sum(len(languages) for _, languages in things) <= most and sum(map(len, told)) < MOST_BYTES - 1000
    entries = told if alone else _pages(site, things, with_alternates=False)
    portions = [entries[start : start + most] for start in range(0, len(entries), most)] or [[]]
    names = ["sitemap.xml"] if len(portions) == 1 else [f"sitemap-{n}.xml" for n in range(1, len(portions) + 1)]
    for name, portion in zip(names, portions, strict=True):
        space = f'<urlset xmlns="{_SPACE}" xmlns:xhtml="{_XHTML}">\n' if alone else f'<urlset xmlns="{_SPACE}">\n'
        folder.write(name, f"{_HEAD}{space}{''.join(portion)}</urlset>\n".encode())
    if len(names) > 1:
        listed = "".join(f"<sitemap><loc>{_address(site, name)}</loc></sitemap>\n" for name in names)
        index = f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{listed}</sitemapindex>\n'
        folder.write("sitemap.xml", index.encode())
        names.append("sitemap.xml")
    folder.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site.address}sitemap.xml\n".encode())
    return names


def _things(paths: Iterable[str]) -> Iterator[_Thing]:
    """Each thing that has a page, with the languages in which it has one; addresses that lead to another are none."""
    found = [address for path in paths if (address := addresses.parse(path)) and address.form == "html"]
    found = [address for address in found if not address.stem.endswith("@en")]
    for stem, group in groupby(sorted(found, key=lambda each: each.stem), key=lambda each: each.stem):
        spoken = {each.language for each in group}
        yield stem, tuple(code for code in LANGUAGES if code in spoken)


def _pages(site: Site, things: Iterable[_Thing], *, with_alternates: bool) -> list[str]:
    entries = []
    for stem, languages in things:
        places = {code: _address(site, addresses.Address(stem, code).path) for code in languages}
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{place}"/>' for code, place in places.items()
        )
        alternates = others if with_alternates and len(places) > 1 else ""
        entries += [f"<url><loc>{place}</loc>{alternates}</url>\n" for place in places.values()]
    return entries


def _address(site: Site, path: str) -> str:
    return escape(site.address + quote(path, safe="/().,;=@-_~'!*+&$:"), {'"': "&quot;"})
