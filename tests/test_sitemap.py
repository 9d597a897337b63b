"""The sitemap: every page once, within what the protocol allows."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from kg.pages import open_site
from kg.publish.folder import Folder
from kg.publish.sitemap import sitemap
from tests.datasetkit import ADDRESS, Published

pytest_plugins = ["tests.datasetkit"]

SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
PAGES = (
    "index.html",
    "index@fr.html",
    "doc/A/RES/70/1.html",
    "doc/A/RES/70/1@ar.html",
    "doc/A/RES/70/1@zh.html",
    "doc/A/RES/70/1@en.html",
    "doc/A/RES/70/1.ttl",
    "doc/A/RES/57/270B & C.html",
    "assets/site.css",
    "404.html",
    "dataset.html",
    "dataset@fr.html",
)
LISTED = {
    f"{ADDRESS}index.html",
    f"{ADDRESS}index@fr.html",
    f"{ADDRESS}doc/A/RES/70/1.html",
    f"{ADDRESS}doc/A/RES/70/1@ar.html",
    f"{ADDRESS}doc/A/RES/70/1@zh.html",
    f"{ADDRESS}doc/A/RES/57/270B%20&%20C.html",
}


def places(path: Path) -> list[str]:
    return [place.text or "" for place in etree.parse(path).iterfind(".//s:loc", SPACES)]


def test_every_page_is_listed_once_with_its_languages(offered: Published, tmp_path: Path) -> None:
    assert sitemap(offered.site, Folder(tmp_path), PAGES) == ["sitemap.xml"]
    found = places(tmp_path / "sitemap.xml")
    assert sorted(found) == sorted(LISTED)
    agenda = next(
        url
        for url in etree.parse(tmp_path / "sitemap.xml").iterfind("s:url", SPACES)
        if url.findtext("s:loc", "", SPACES).endswith("70/1@ar.html")
    )
    assert {link.get("hreflang"): link.get("href") for link in agenda.iterfind("x:link", SPACES)} == {
        "ar": f"{ADDRESS}doc/A/RES/70/1@ar.html",
        "en": f"{ADDRESS}doc/A/RES/70/1.html",
        "zh": f"{ADDRESS}doc/A/RES/70/1@zh.html",
    }


def test_many_pages_have_several_sitemaps_and_an_index(offered: Published, tmp_path: Path) -> None:
    names = sitemap(offered.site, Folder(tmp_path), PAGES, most=4)
    assert names == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert places(tmp_path / "sitemap.xml") == [f"{ADDRESS}{name}" for name in names[:-1]]
    parts = [places(tmp_path / name) for name in names[:-1]]
    assert all(len(part) <= 4 for part in parts)
    assert sorted(parts[0] + parts[1]) == sorted(LISTED)


def test_robots_are_told_where_it_is(offered: Published, tmp_path: Path) -> None:
    sitemap(offered.site, Folder(tmp_path), PAGES)
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (tmp_path / "robots.txt").read_text()


def test_without_an_address_there_is_none(offered: Published, tmp_path: Path) -> None:
    unknown = open_site(offered.site.graph.where)
    assert sitemap(unknown, Folder(tmp_path), PAGES) == []
    assert list(tmp_path.iterdir()) == []
