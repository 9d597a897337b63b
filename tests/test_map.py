"""The map of the whole collection: where documents stand, what its files say, and what a person can do with it."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.pages import beside, open_site
from kg.pages import map as map_page
from kg.pages.addresses import LANGUAGES, Address
from kg.pages.map_layout import Dot, Layout, layout
from kg.pages.phrases import phrases
from kg.pages.site import Site
from tests.browserkit import opened, violations
from tests.pagekit import lay_out

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest_plugins = ["tests.browserkit", "tests.storekit"]

SEED = "A/RES/76/213"


@pytest.fixture(scope="module")
def site(store_path: Path) -> Site:
    return open_site(store_path)


@pytest.fixture(scope="module")
def drawn(site: Site) -> dict[str, Any]:
    return dict(map_page.drawn(site.catalogue, map_page.documents(site.catalogue)))


@pytest.fixture(scope="module")
def folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = {Address("map", language).path: map_page.page(site, language) for language in LANGUAGES}
    pages[f"doc/{SEED}.html"] = b"<!doctype html><title>The page of the document</title>"
    return lay_out(tmp_path_factory.mktemp("map"), pages | dict(map_page.files(site)))


@pytest.fixture
def page(chromium: Browser, folder: Path) -> Iterator[Page]:
    """The English map, opened as a file."""
    with opened(chromium) as shown:
        shown.goto((folder / "map.html").as_uri())
        shown.wait_for_selector("html[data-ready]")
        yield shown


# Where documents stand

dots = st.lists(
    st.builds(
        lambda year, month, band: (band, year, f"{year}-{month:02}" if year else ""),
        st.none() | st.integers(1946, 2025),
        st.integers(1, 12),
        st.integers(0, 3),
    ),
    max_size=60,
).map(lambda rows: [Dot(f"A/{n}", band, year, date) for n, (band, year, date) in enumerate(rows)])


def links(count: int) -> list[tuple[int, int]]:
    return [(n, (n * 7 + 3) % count) for n in range(count)]


@given(dots)
def test_every_document_stands_in_its_year_and_its_band_and_none_on_another(found: list[Dot]) -> None:
    placed = layout(found, links(len(found)))
    years = {span.key: span for span in placed.years}
    bands = {span.key: span for span in placed.bands}
    for dot, (x, y) in zip(found, placed.places, strict=True):
        assert years[dot.year].start <= x <= years[dot.year].end
        assert bands[dot.band].start <= y <= bands[dot.band].end
    assert len(set(placed.places)) == len(found)


@given(dots)
def test_time_runs_one_way(found: list[Dot]) -> None:
    placed = layout(found, links(len(found)))
    rows = sorted((dot.year, dot.date, x) for dot, (x, _) in zip(found, placed.places, strict=True) if dot.year)
    for one, other in itertools.pairwise(rows):
        assert one[0] == other[0] or one[2] < other[2]
    ends = [(span.start, span.end) for span in placed.years]
    assert all(one[1] == other[0] for one, other in itertools.pairwise(ends))


@given(dots)
def test_the_same_documents_give_the_same_map(found: list[Dot]) -> None:
    assert layout(found, links(len(found))) == layout(list(found), iter(links(len(found))))


def test_documents_stand_near_what_they_cite() -> None:
    """Four groups that cite only among themselves, whose symbols alternate, come to stand apart."""
    drawn_lots = random.Random(7)
    found = [Dot(f"A/{n:03}", 0, 2000 + n // 40, f"{2000 + n // 40}") for n in range(400)]
    cited = [(n, drawn_lots.randrange(n // 40) * 40 + n % 4 + 4 * drawn_lots.randrange(10)) for n in range(40, 400)]
    assert length(layout(found, cited), cited) < 0.6 * length(layout(found, []), cited)


def length(placed: Layout, cited: list[tuple[int, int]]) -> float:
    """How far citations lead up and down in all."""
    return sum(abs(placed.places[one][1] - placed.places[other][1]) for one, other in cited)


def test_nothing_gives_an_empty_map() -> None:
    assert layout([], []).places == ()


# What the files say


def test_every_document_and_every_citation_between_two_is_drawn_once(site: Site, drawn: dict[str, Any]) -> None:
    symbols = drawn["symbols"]
    assert symbols == sorted(set(site.catalogue.symbols()))
    assert all(len(drawn[key]) == len(symbols) for key in ("x", "y", "band", "held"))
    expected = {(edge.citing, edge.cited) for edge in site.catalogue.edges() if edge.citing != edge.cited}
    found = [(symbols[one], symbols[other]) for one, *rest in drawn["edges"] for other in rest[::2]]
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert expected


def test_a_citation_bears_all_its_acts(site: Site, drawn: dict[str, Any]) -> None:
    acts = drawn["acts"]
    found: dict[tuple[str, str], set[str]] = {}
    for edge in site.catalogue.edges():
        found.setdefault((edge.citing, edge.cited), set()).add(edge.act if edge.act and edge.act in acts else "")
    for one, *rest in drawn["edges"]:
        for other, bits in zip(rest[::2], rest[1::2], strict=True):
            named = {act for place, act in enumerate(acts) if bits >> place & 1}
            assert named == found[drawn["symbols"][one], drawn["symbols"][other]]


def test_what_is_held_and_its_organ_are_told(drawn: dict[str, Any]) -> None:
    number = drawn["symbols"].index(SEED)
    assert drawn["held"][number] == "1"
    assert drawn["held"].count("1") == 1
    assert drawn["organs"][int(drawn["band"][number])] == "body/general-assembly"


def test_a_year_that_no_document_can_have_is_none() -> None:
    from kg.catalogue import Work

    assert map_page._year(Work("A/1", "document", date="2106")) is None
    assert map_page._year(Work("A/1", "document", date="1999–2000")) == 1999


def test_files_are_scripts_that_give_the_same_bytes_again(site: Site) -> None:
    first, again = dict(map_page.files(site)), dict(map_page.files(site))
    assert first == again
    assert set(first) == {
        "map-data.js",
        "map-titles.js",
        *(f"map-titles@{code}.js" for code in LANGUAGES if code != "en"),
    }
    assert {path: beside(site, path) for path in first} == first
    assert beside(site, "map-titles@en.js") is None
    assert beside(site, "map-data.json") is None
    titles = json.loads(first["map-titles@zh.js"].decode().partition("=")[2].rstrip(";\n"))
    assert any("科学、技术和创新" in title for title in titles if title)


# What a person can do with it


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(chromium: Browser, folder: Path, language: str, scheme: str) -> None:
    device = "phone" if scheme == "dark" else "desktop"
    with opened(chromium, scheme=scheme, device=device) as page:  # type: ignore[arg-type]
        page.goto((folder / Address("map", language).path).as_uri())  # type: ignore[arg-type]
        page.wait_for_selector("html[data-ready]")
        assert violations(page) == ()
        page.fill("#words", SEED)
        page.keyboard.press("Enter")
        assert page.is_visible("#chosen")
        assert violations(page) == ()


def rows(page: Page) -> list[str]:
    return [each.strip() for each in page.locator("#list tbody td:first-child").all_inner_texts()]


def test_a_search_brings_a_document_and_what_it_cites(page: Page) -> None:
    page.fill("#words", "76/213")
    page.keyboard.press("Enter")
    about = page.locator("#about")
    assert about.locator("a", has_text="Open the page").get_attribute("href") == f"doc/{SEED}.html"
    assert about.locator("a", has_text="A/RES/74/229").count() == 1
    assert page.evaluate("document.activeElement.id") == "chosen-title"
    assert rows(page)[0] == SEED


def test_words_that_fit_nothing_are_told(page: Page) -> None:
    page.fill("#words", "no such words")
    page.keyboard.press("Enter")
    assert page.inner_text("#counted") == "No document fits."
    assert rows(page) == []


def test_the_legend_is_the_filter_of_picture_and_table(page: Page, drawn: dict[str, Any]) -> None:
    everything = page.inner_text("#counted")
    page.locator("#organs label", has_text="General Assembly").click()
    assert page.inner_text("#counted") != everything
    assert not [each for each in rows(page) if each.startswith("A/RES/")]
    page.locator("#organs label", has_text="General Assembly").click()
    assert page.inner_text("#counted") == everything
    for box in page.locator("#acts input").all():
        box.uncheck()
    assert page.inner_text("#counted").endswith(" 0 citations")
    page.check("#held")
    assert rows(page) == [SEED]


def test_the_view_stands_in_the_address(chromium: Browser, folder: Path, page: Page) -> None:
    page.locator("#organs label", has_text="Economic and Social Council").click()
    page.locator("#list button", has_text="Show").first.click()
    chosen = page.inner_text("#about strong")
    page.wait_for_function("location.hash.includes('document=') && location.hash.includes('organs=')")
    with opened(chromium) as other:
        other.goto(page.url)
        other.wait_for_selector("html[data-ready]")
        assert other.inner_text("#about strong") == chosen
        assert not other.locator("#organs label", has_text="Economic and Social Council").locator("input").is_checked()
        assert other.inner_text("#counted") == page.inner_text("#counted")


def test_the_map_is_moved_by_keyboard(page: Page) -> None:
    if page.is_visible("#no-picture"):
        pytest.skip("needs WebGL in Chromium")
    camera = "(({ x, y, ratio }) => [x, y, ratio])(unkgMapPage.camera())"
    start = page.evaluate(camera)
    page.focus("#map")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    moved = page.evaluate(camera)
    assert moved[0] > start[0]
    assert moved[2] < start[2]
    page.keyboard.press("0")
    assert page.evaluate(camera) == [0.5, 0.5, 1]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "in"


def test_a_click_chooses_and_a_second_opens_the_page(page: Page) -> None:
    if page.is_visible("#no-picture"):
        pytest.skip("needs WebGL in Chromium")
    page.evaluate("symbol => unkgMapPage.choose(unkgMapPage.find(symbol), { move: true })", SEED)
    page.wait_for_timeout(200)
    box = page.locator("#map").bounding_box()
    assert box is not None
    middle = {"x": box["width"] / 2, "y": box["height"] / 2}
    with page.expect_navigation(url=f"**/doc/{SEED}.html", wait_until="commit"):
        page.locator("#map").click(position=middle)  # type: ignore[arg-type]


def test_where_nothing_can_be_drawn_the_table_holds_all(chromium: Browser, folder: Path) -> None:
    with opened(chromium) as page:
        page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
        page.goto((folder / "map.html").as_uri())
        page.wait_for_selector("html[data-ready]")
        assert page.is_visible("#no-picture")
        assert page.is_hidden(".stage")
        assert rows(page)
        assert violations(page) == ()


def test_without_scripts_the_lists_are_named(chromium: Browser, folder: Path) -> None:
    with opened(chromium, javascript=False) as page:
        page.goto((folder / "map.html").as_uri())
        assert phrases("map", "en")["no_script"] in page.inner_text("noscript p")
        assert page.is_hidden("#whole")
        assert page.locator("noscript a[href='documents.html']").count() == 1
