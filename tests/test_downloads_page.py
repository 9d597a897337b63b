"""The page of downloads: in six languages, every file of the dataset once, and nobody is kept out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from lxml import html

from kg.model import Language
from kg.pages.addresses import LANGUAGES, Address
from kg.pages.rendering import ASSETS
from kg.publish.folder import Folder
from kg.publish.page import downloads_page, downloads_pages, size
from tests.browserkit import Device, Scheme, opened, serving, violations
from tests.datasetkit import Published

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LOOKS: tuple[tuple[Device, Scheme], ...] = (("desktop", "light"), ("phone", "dark"))

pytest_plugins = ["tests.browserkit", "tests.datasetkit"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_is_offered_once(offered: Published, language: Language) -> None:
    page = html.document_fromstring(downloads_page(offered.site, offered.made, language))
    assert (page.get("lang"), page.get("dir")) == (language, "rtl" if language == "ar" else "ltr")
    links = [unquote(link.get("href", "")).partition("#")[0] for link in page.iter("a")]
    told = Counter(unquote(link.get("href", "")) for link in page.iter("a") if "download" in link.attrib)
    assert told == Counter([file.path for file in offered.made.files] + ["downloads/SHA256SUMS"])
    known = {str(path.relative_to(offered.folder)) for path in offered.folder.rglob("*") if path.is_file()}
    files = {link for link in links if link and "://" not in link and not link.endswith(".html")}
    assert files <= known


def test_every_column_is_explained_in_the_language_of_the_page(offered: Published) -> None:
    page = html.document_fromstring(downloads_page(offered.site, offered.made, "fr"))
    cells = [
        ["".join(map(str, cell.itertext())) for cell in row] for part in page.iter("details") for row in part.iter("tr")
    ]
    rows = {name: (meaning, kind) for name, meaning, kind in cells}
    assert rows["symbol"] == ("cote", "texte")
    assert rows["cited_date"] == ("date indiquée du document cité", "date")
    assert rows["held"] == ("texte lu", "vrai ou faux")
    assert all(meaning for meaning, _ in rows.values())


def test_a_release_has_a_page_that_names_what_it_changed(offered: Published, tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    downloads_pages(offered.site, folder, offered.made)
    version = offered.made.state.latest.version
    page = html.document_fromstring((tmp_path / f"dataset/{version}@es.html").read_bytes())
    shown = {"".join(map(str, link.itertext())): unquote(link.get("href", "")) for link in page.iterfind(".//main//a")}
    assert shown["A/RES/91/3"] == "../doc/A/RES/91/3@es.html"
    data = {link.get("href") for link in page.iterfind(".//head/link") if "turtle" in link.get("type", "")}
    assert data == {f"{version}.ttl"}
    assert (offered.folder / f"dataset/{version}.ttl").is_file()
    onward = (tmp_path / "dataset@es.html").read_text()
    assert 'content="0; url=downloads@es.html"' in onward


def test_sizes_are_written_as_each_language_writes_them() -> None:
    assert size(12_345_678, "en") == "12.3 MB"
    assert size(12_345_678, "fr") == "12,3 Mo"
    assert size(1_500, "ru") == "1,5 КБ"
    assert size(3, "zh") == "0.1 KB"


def test_nobody_is_kept_out_of_the_page(offered: Published, tmp_path: Path, chromium: Browser) -> None:
    downloads_pages(offered.site, Folder(tmp_path), offered.made)
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/site.css").write_bytes((ASSETS / "site.css").read_bytes())
    with serving(tmp_path) as address:
        for language in LANGUAGES:
            path = Address("downloads", language).path
            for device, scheme in LOOKS:
                version = offered.made.state.latest.version
                with opened(chromium, device=device, scheme=scheme) as page:
                    page.goto(f"{address}{path}")
                    page.locator("details").first.click()
                    assert violations(page) == (), (language, device)
                    page.goto(f"{address}{Address(f'dataset/{version}', language).path}")
                    assert violations(page) == (), (language, device)
