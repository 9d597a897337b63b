"""The lineage page: walked by keys, filtered by its legend, read in six languages, told by its address; in one file."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html

import kg
from kg.model import Language
from kg.pages import Site, page
from kg.pages.addresses import LANGUAGES, Address
from kg.pages.lineage_data import gathered, lineage_data, script
from kg.pages.lineage_file import lineage_file
from kg.pages.lineage_page import picture, stem_of
from kg.pages.lineage_words import FILE, lineage_words
from kg.query import LocalStore
from tests.browserkit import opened, violations
from tests.lineagekit import CHAIN, REAFFIRMS, ROOT
from tests.storekit import unkg

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest_plugins = ["tests.browserkit", "tests.lineagekit", "tests.storekit"]

PAGE = Address(stem_of(ROOT)).path
LINE = f"{ROOT}>{CHAIN[2]}"


def shown(of: Page) -> set[str]:
    """The documents in the picture."""
    return set(
        of.locator("#lineage-picture [data-symbol]").evaluate_all("all => all.map((each) => each.dataset.symbol)")
    )


def lines(of: Page) -> set[str]:
    return set(of.locator("#lineage-picture [data-line]").evaluate_all("all => all.map((each) => each.dataset.line)"))


def focused(of: Page) -> str:
    return str(of.evaluate("document.activeElement.dataset.symbol || document.activeElement.dataset.line || ''"))


def said(of: Page, words: str) -> None:
    """Waits until the page says that it shows so many."""
    of.locator("#lineage-said", has_text=words).wait_for(state="attached")


@pytest.fixture
def walked(chromium: Browser, lineage_folder: Path) -> Iterator[Page]:
    """The page, opened from the disk."""
    with opened(chromium) as opened_:
        opened_.goto((lineage_folder / PAGE).as_uri())
        said(opened_, "Documents: 4; citations: 3.")
        yield opened_


def test_a_step_each_way_is_seen_at_first(walked: Page) -> None:
    assert shown(walked) == set(CHAIN[1:])
    assert lines(walked) == {LINE, f"{ROOT}>{CHAIN[1]}", f"{CHAIN[4]}>{ROOT}"}


def test_keys_walk_along_the_lines(walked: Page) -> None:
    walked.focus(f'[data-symbol="{ROOT}"]')
    way = []
    for key in ("ArrowLeft", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "ArrowRight", "Home", "ArrowRight"):
        walked.keyboard.press(key)
        way.append(focused(walked))
    first, second = way[0], way[1]
    assert {first, second} == {LINE, f"{ROOT}>{CHAIN[1]}"}
    assert way[2] == first
    assert way[3] == first.partition(">")[2]
    assert way[4] in {f"{CHAIN[2]}>{CHAIN[1]}", first}
    assert way[6:] == [ROOT, f"{CHAIN[4]}>{ROOT}"]


def test_one_stop_of_the_tab_key_is_in_the_picture(walked: Page) -> None:
    stops = walked.locator('#lineage-picture [tabindex="0"]')
    assert stops.count() == 1
    walked.focus(f'[data-symbol="{ROOT}"]')
    walked.keyboard.press("ArrowLeft")
    assert stops.count() == 1
    assert stops.first.get_attribute("aria-label") is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_leads_to_its_paragraph_in_every_language(walked: Page, language: str) -> None:
    key = f"{ROOT}>{CHAIN[1]}"
    walked.locator(f'g[data-line="{key}"]').focus()
    walked.keyboard.press("Enter")
    walked.locator("#lineage-panel blockquote").first.wait_for()
    walked.click(f'#lineage-panel [data-language="{language}"]')
    quote = walked.locator(f'#lineage-panel blockquote[lang="{language}"]').first
    quote.wait_for()
    assert REAFFIRMS[language].format("90/12").rstrip(" ;；؛") in (quote.text_content() or "")
    assert quote.locator("mark").text_content() == "90/12"
    assert quote.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert walked.evaluate("document.activeElement.dataset.language") == language


def test_documents_unfold_and_fold(walked: Page) -> None:
    walked.click(f'[data-symbol="{CHAIN[1]}"]')
    walked.click('[data-expand="up"]')
    said(walked, "Documents: 5")
    assert CHAIN[0] in shown(walked)
    assert f"open={CHAIN[1]}~up" in walked.url
    walked.click('[data-expand="up"]')
    said(walked, "Documents: 4")
    walked.click('[data-do="further"]')
    said(walked, "Documents: 5")


def test_the_legend_is_the_filter_and_counts(walked: Page) -> None:
    walked.uncheck('[data-filter="reaffirm*"]')
    said(walked, "Documents: 3; citations: 2.")
    assert lines(walked) == {LINE, f"{CHAIN[4]}>{ROOT}"}
    walked.click('[data-do="show-all"]')
    said(walked, "Documents: 4; citations: 3.")
    walked.uncheck('[data-filter="body/general-assembly"]')
    said(walked, "Documents: 1; citations: 0.")
    assert shown(walked) == {ROOT}


def test_the_address_holds_the_view_and_back_goes_back(walked: Page, chromium: Browser) -> None:
    walked.click('[data-do="further"]')
    said(walked, "Documents: 5")
    walked.uncheck('[data-filter="reaffirm*"]')
    walked.locator(f'g[data-line="{LINE}"]').focus()
    walked.keyboard.press("Enter")
    walked.click('#lineage-panel [data-language="zh"]')
    walked.locator('#lineage-panel blockquote[lang="zh"]').first.wait_for()
    whole = shown(walked), lines(walked)
    with opened(chromium) as colleague:
        colleague.goto(walked.url)
        colleague.locator('#lineage-panel blockquote[lang="zh"]').first.wait_for()
        assert (shown(colleague), lines(colleague)) == whole
        assert not colleague.is_checked('[data-filter="reaffirm*"]')
    for words in ("selected", "without-acts", "steps"):
        assert f"{words}=" in walked.url
    walked.go_back()
    walked.locator('#lineage-panel blockquote[lang="en"]').first.wait_for()
    walked.go_back()
    walked.go_back()
    walked.wait_for_function("document.querySelector('[data-filter=\"reaffirm*\"]').checked")
    walked.go_back()
    said(walked, "Documents: 4; citations: 3.")
    assert "steps=" not in walked.url


def test_a_broken_link_shows_what_can_be_shown(chromium: Browser, lineage_folder: Path) -> None:
    with opened(chromium) as other:
        other.goto(
            (lineage_folder / PAGE).as_uri() + "#steps=x&language=tlh&selected=%E0%A4%A&from=9&direction=off&open=a"
        )
        said(other, "Documents: 4; citations: 3.")


def test_the_path_between_two_is_drawn_and_told(walked: Page) -> None:
    walked.fill('#lineage-way input[name="from"]', CHAIN[4])
    walked.fill('#lineage-way input[name="to"]', CHAIN[0])
    walked.click("#lineage-way form button:not([type])")
    steps = walked.locator("#lineage-way ol li")
    steps.first.wait_for()
    told = steps.all_inner_texts()
    ends = [re.findall(r"A/RES/\d+/\d+", each)[:2] for each in told]
    assert ends[0][0] == CHAIN[4]
    assert ends[-1][1] == CHAIN[0]
    assert all(one[1] == other[0] for one, other in itertools.pairwise(ends))
    assert "(PP1)" in told[0] or "(OP2)" in told[0]
    assert walked.locator("#lineage-picture .edge.on-path").count() == len(told)
    walked.fill('#lineage-way input[name="to"]', "A/RES/1/1")
    walked.click("#lineage-way form button:not([type])")
    walked.locator("#lineage-way .count", has_text="No path").wait_for()


def test_tables_say_the_same_and_sort(walked: Page) -> None:
    rows = walked.locator("table.documents tbody th")
    assert set(rows.all_inner_texts()) == shown(walked)
    walked.click('table.documents [data-key="symbol"]')
    ascending = rows.all_inner_texts()
    walked.click('table.documents [data-key="symbol"]')
    assert rows.all_inner_texts() == ascending[::-1]
    assert walked.get_attribute("table.documents th[aria-sort]", "aria-sort") == "descending"
    assert walked.locator("table.citations tbody tr").count() == 3


def test_labels_do_not_overlap_as_the_browser_draws_them(walked: Page) -> None:
    boxes = walked.locator("#lineage-picture .name").evaluate_all(
        "all => all.map((each) => { const b = each.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height]; })"
    )
    assert len(boxes) == 4
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("kind", ["svg", "png", "csv", "json"])
def test_picture_and_network_are_taken_along(walked: Page, kind: str) -> None:
    with walked.expect_download() as waiting:
        walked.click(f'[data-download="{kind}"]')
    assert waiting.value.suggested_filename == f"A-RES-92-12-lineage.{kind}"
    written = waiting.value.path().read_bytes()
    if kind == "png":
        assert written.startswith(b"\x89PNG")
    elif kind == "json":
        assert len(json.loads(written)["citations"]) == 3
    elif kind == "csv":
        assert written.decode("utf-8-sig").splitlines()[0].startswith("citing,cited,clause,act")
        assert len(written.splitlines()) == 4
    else:
        root = html.fromstring(written)
        assert root.get("role") == "img"
        assert not root.xpath("//*[@tabindex]")


@pytest.mark.parametrize(
    ("language", "scheme"), [*((language, "light") for language in LANGUAGES), ("ar", "dark"), ("en", "dark")]
)
def test_nobody_is_shut_out(chromium: Browser, lineage_folder: Path, language: Language, scheme: str) -> None:
    of = lineage_folder / Address(stem_of(ROOT), language).path
    with opened(chromium, scheme="dark" if scheme == "dark" else "light") as other:
        other.goto(of.as_uri() + f"#selected={ROOT}~{CHAIN[1]}&language={language}")
        other.locator("#lineage-panel blockquote").first.wait_for()
        assert violations(other) == ()


def test_the_check_sees_who_is_shut_out(walked: Page) -> None:
    walked.evaluate("document.querySelector('#lineage-picture .edge').removeAttribute('aria-label')")
    walked.evaluate("document.querySelector('#lineage-picture .edge title').remove()")
    assert violations(walked) != ()


def test_on_a_phone_nothing_runs_out_of_the_window(chromium: Browser, lineage_folder: Path) -> None:
    with opened(chromium, device="phone") as phone:
        phone.goto((lineage_folder / PAGE).as_uri())
        said(phone, "Documents: 4")
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        phone.tap(f'[data-symbol="{CHAIN[4]}"]')
        phone.locator("#lineage-panel h3", has_text=CHAIN[4]).wait_for()
        assert violations(phone) == ()


def test_on_paper_are_the_picture_and_the_tables(walked: Page) -> None:
    walked.emulate_media(media="print")
    assert not walked.is_visible("#lineage-controls")
    assert walked.is_visible("#lineage-picture svg")
    assert walked.is_visible("table.citations")
    box = walked.locator("#lineage-picture svg").bounding_box()
    assert box is not None
    assert box["width"] <= 1280
    assert walked.pdf().startswith(b"%PDF")


def test_on_paper_a_wide_picture_stands_in_pieces_that_can_be_read(walked: Page) -> None:
    walked.evaluate("document.querySelector('#lineage-picture svg').setAttribute('viewBox', '0 0 2500 300')")
    walked.emulate_media(media="print")
    pieces = walked.locator("#lineage-picture .pieces svg")
    pieces.first.wait_for()
    assert [
        each.partition(" ")[0] for each in pieces.evaluate_all("all => all.map((e) => e.getAttribute('viewBox'))")
    ] == [
        "0",
        "960",
        "1920",
    ]
    assert not walked.is_visible("#lineage-picture > svg")
    walked.emulate_media(media="screen")
    walked.locator("#lineage-picture .pieces").wait_for(state="detached")


def test_without_script_there_are_picture_tables_and_the_way_to_six_languages(
    chromium: Browser, lineage_folder: Path
) -> None:
    with opened(chromium, javascript=False) as bare:
        bare.goto((lineage_folder / PAGE).as_uri())
        assert bare.locator("#lineage-picture svg .document").count() == 4
        assert bare.locator("table.citations tbody tr").count() == 3
        assert not bare.is_visible("#lineage-filters")
        links = bare.locator("noscript a").evaluate_all("all => all.map((each) => each.getAttribute('href'))")
        assert [link.rpartition("/")[2] for link in links] == [Address("12", language).path for language in LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_file_holds_everything(chromium: Browser, lineage_store: Path, tmp_path: Path, language: str) -> None:
    path = tmp_path / "x.html"
    done = unkg("lineage", ROOT, "--depth", "3", "-o", path, "--store", lineage_store, "--lang", language)
    assert done.returncode == 0, done.stderr
    with opened(chromium) as other:
        other.goto(path.as_uri())
        other.locator("#lineage-picture [data-symbol]").first.wait_for()
        assert shown(other) == set(CHAIN[:4])
        assert other.evaluate("document.documentElement.lang") == language
        other.locator(f'g[data-line="{LINE}"]').focus()
        other.keyboard.press("Enter")
        other.click(f'#lineage-panel [data-language="{language}"]')
        other.locator(f'#lineage-panel blockquote[lang="{language}"] mark', has_text="91/12").wait_for()
        assert violations(other) == ()
        if language == "ar":
            other.click('[data-page="ru"]')
            other.wait_for_function("document.documentElement.dir === 'ltr'")


def test_a_lineage_writes_itself(lineage_store: Path, tmp_path: Path) -> None:
    found = kg.lineage(kg.open_store(lineage_store), ROOT)
    found.to_html(tmp_path / "x.html", language="fr")
    assert "Filiation de A/RES/92/12" in (tmp_path / "x.html").read_text(encoding="utf-8")
    assert found.to_svg().startswith("<svg")
    assert found._repr_html_() == found.to_svg()


def test_a_page_is_the_same_each_time(lineage_site: Site) -> None:
    assert page(lineage_site, PAGE) == page(lineage_site, PAGE)
    assert lineage_data(lineage_site, ROOT) == lineage_data(lineage_site, ROOT)


def test_a_paragraph_stands_with_its_own_document_only(lineage_site: Site) -> None:
    found = gathered(lineage_site, ROOT)
    assert {key.partition("#")[0] for key in found["texts"]} == {ROOT}
    assert {row[0] for row in found["citations"]} == {ROOT, CHAIN[4]}
    joined = {
        language: "".join(each if isinstance(each, str) else each[1] for each in parts)
        for language, parts in found["texts"][f"{ROOT}#OP2"].items()
    }
    assert joined["en"] == "Reaffirms its resolution 90/12;"
    assert set(joined) == set(LANGUAGES)


def test_no_words_can_end_the_script_they_stand_in() -> None:
    written = script({"texts": {"</script><!--": "</SCRIPT "}}).decode()
    assert "</" not in written
    assert "<!--" not in written


def test_the_small_picture_is_small(lineage_site: Site) -> None:
    small = picture(lineage_site, ROOT, "ar")
    assert len(small.encode()) < 15_000
    assert all(symbol in small for symbol in CHAIN[1:])
    assert picture(lineage_site, "A/RES/1/1", "en") == ""


def test_the_words_of_the_script_are_those_of_the_phrases() -> None:
    assert FILE.read_text(encoding="utf-8") == lineage_words(), "python -m kg.pages.lineage_words writes it anew"


def test_an_endpoint_gives_the_same_file(store: LocalStore, address: str) -> None:
    local, remote = (
        lineage_file(graph, kg.lineage(graph, "A/RES/76/213")) for graph in (store, kg.open_endpoint(address))
    )
    assert remote == local
    assert "回顾其".encode() in local
