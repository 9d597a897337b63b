"""Search inside the site: six languages find their paragraphs, from a disk as from a host."""

from __future__ import annotations

import contextlib
import json
import shutil
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote

import pytest

import kg
from kg import nquads
from kg.catalogue import FILE as CATALOGUE
from kg.catalogue import write_catalogue
from kg.model import Language
from kg.nquads import iri, typed
from kg.pages import open_site, page
from kg.pages.addresses import LANGUAGES, Address
from kg.pages.rendering import ASSETS
from kg.publish.folder import Folder
from kg.publish.search_index import search_files
from kg.store import current
from kg.uris import Names, term
from tests import servekit
from tests.browserkit import opened, serving, violations
from tests.buildkit import marked_up, write
from tests.storekit import loaded
from tests.test_search import graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest_plugins = ["tests.browserkit"]


class Asked(NamedTuple):
    """A paragraph, and words that find it in another form than it has them in."""

    paragraph: str
    words: str


#: The second operative paragraph of A/RES/90/12.
ASKED: Mapping[Language, Asked] = {
    "ar": Asked("تطلب إلى مصرف التكنولوجيا دعم التنمية المستدامة في المناطق الريفية؛", "للتنميه ريفية"),
    "en": Asked("Requests the Technology Bank to support rural women in all countries;", "woman country"),
    "es": Asked("Pide al Banco de Tecnología que apoye la educación de las niñas;", "educacion niña"),
    "fr": Asked("Prie la Banque de technologies de soutenir l’action des femmes rurales;", "femme rurale"),
    "ru": Asked("просит Банк технологий содействовать устойчивому развитию;", "устойчивое развитие"),
    "zh": Asked("请技术库支持农村妇女和女童；", "农村妇女"),
}
#: More documents than are shown at once.
MANY = 23
#: What else is held, in English.
OTHERS = {
    **{f"92/{number}": "Notes with concern the state of glaciers;" for number in range(1, MANY + 1)},
    "90/13": "Notes that women and water are the subject of other paragraphs, and that terraces are old;",
    "90/14": "Notes the water of terraces, and welcomes HIV/AIDS programmes;",
    "91/1": "Requests a report on terraces by those who have forests;",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of small documents, one of them in six languages."""
    root = tmp_path_factory.mktemp("search")
    files = {f"90-12.{code}.xml": marked_up("90/12", code, words=ASKED[code].paragraph) for code in LANGUAGES}
    files |= {f"{number.replace('/', '-')}.xml": marked_up(number, words=words) for number, words in OTHERS.items()}
    kg.build([write(root / "texts", files)], root / "store", jobs=1)
    site, folder = open_site(root / "store"), Folder(root / "site")
    for path, content in search_files(site):
        folder.write(path, content)
    shutil.copytree(ASSETS, folder.root / "assets")
    stems = ("search", "documents", "body/cstd", "doc/A/RES/90/12", "doc/A/RES/86/7", "documents/general-assembly/2035")
    for path in (Address(stem, code).path for stem in stems for code in LANGUAGES):
        shown = page(site, path)
        assert shown, path
        folder.write(path, shown)
    return root / "site"


@contextlib.contextmanager
def searched(chromium: Browser, folder: Path, words: str, language: Language = "en", **look: Any) -> Iterator[Page]:
    """The search page with what it shows for the words, opened from the disk."""
    address = (folder / Address("search", language).path).as_uri()
    with opened(chromium, **look) as page:
        page.goto(f"{address}?{words if '=' in words else f'q={quote(words)}'}")
        page.wait_for_selector("#results[aria-busy=false]", state="attached")
        yield page


def hits(page: Page) -> list[str]:
    """Where the documents found lead, in their order."""
    links = page.locator("#documents li > a").all()
    return [unquote(str(link.get_attribute("href"))) for link in links]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_in_another_form_lead_to_the_paragraph(chromium: Browser, folder: Path, language: Language) -> None:
    page_of = Address("doc/A/RES/90/12", language).path
    with searched(chromium, folder, ASKED[language].words, language) as page:
        assert hits(page) == [f"{page_of}#OP2"]
        assert page.locator("#found").inner_text()
        page.locator("#documents li > a").first.click()
        assert page.locator("#OP2").inner_text().replace("\n", " ").find(ASKED[language].paragraph) >= 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_found_from_the_page_of_any_language(chromium: Browser, folder: Path, language: Language) -> None:
    with searched(chromium, folder, ASKED["zh"].words, language) as page:
        assert hits(page) == ["doc/A/RES/90/12@zh.html#OP2"]
        hint = page.locator("#documents li > a").first.get_attribute("hreflang")
        assert hint == (None if language == "zh" else "zh")


def test_it_works_from_a_host_as_from_a_disk(chromium: Browser, folder: Path) -> None:
    with serving(folder) as address, opened(chromium) as page:
        page.goto(f"{address}search.html")
        page.locator("main input[type=search]").fill("rural woman")
        page.keyboard.press("Enter")
        page.wait_for_selector("#documents li")
        assert hits(page) == ["doc/A/RES/90/12.html#OP2"]
        assert page.url.startswith(f"{address}search.html?q=rural+woman")


@pytest.mark.parametrize(
    "spelling",
    [
        "90/12",
        "A/RES/90/12",
        "a/res/90/12",
        "https://undocs.org/en/A/RES/90/12",
        "docs.un.org/A/RES/90/12",
        " 90 / 12 ",
    ],
)
def test_a_symbol_leads_to_its_page_at_once(chromium: Browser, folder: Path, spelling: str) -> None:
    with opened(chromium) as page:
        page.goto(f"{(folder / 'search@fr.html').as_uri()}?q={quote(spelling)}")
        page.wait_for_url("**/doc/A/RES/90/12@fr.html")


def test_the_head_of_every_page_searches(chromium: Browser, folder: Path) -> None:
    with opened(chromium) as page:
        page.goto((folder / "doc/A/RES/90/12@ar.html").as_uri())
        page.locator("header input[type=search]").fill("86/7")
        page.keyboard.press("Enter")
        page.wait_for_url("**/doc/A/RES/86/7@ar.html")
        page.locator("header input[type=search]").fill(ASKED["ar"].words)
        page.keyboard.press("Enter")
        page.wait_for_selector("#documents li")
        assert hits(page) == ["doc/A/RES/90/12@ar.html#OP2"]
        # Who goes back comes to the page before, not to a search that leads on again.
        page.go_back()
        page.wait_for_url("**/doc/A/RES/86/7@ar.html")
        page.go_back()
        page.wait_for_url("**/doc/A/RES/90/12*ar.html")


def test_what_is_asked_may_stand_behind_a_hash(chromium: Browser, folder: Path) -> None:
    with opened(chromium) as page:
        page.goto(f"{(folder / 'search.html').as_uri()}#q=rural+woman")
        page.wait_for_selector("#documents li")
        assert hits(page) == ["doc/A/RES/90/12.html#OP2"]
        assert page.locator("#q").input_value() == "rural woman"
        page.evaluate("location.hash = '#q=forest'")
        page.wait_for_function("document.querySelector('#documents a').textContent.includes('91/1')")
        # Another language is asked the same.
        link = page.locator(".tongues a[lang=fr]")
        assert "q=forest" in str(link.get_attribute("href"))


def test_a_document_that_is_only_cited_has_a_page_too(chromium: Browser, folder: Path) -> None:
    with opened(chromium) as page:
        page.goto(f"{(folder / 'search.html').as_uri()}?q=86/7")
        page.wait_for_url("**/doc/A/RES/86/7.html")


@pytest.mark.parametrize("words", ["A/RES/90/", "90/", "resolution 90/12", "第90/12号决议"])
def test_part_of_a_symbol_and_words_beside_it_show_the_documents(chromium: Browser, folder: Path, words: str) -> None:
    with searched(chromium, folder, f"q={quote(words)}&since=1950") as page:
        shown = page.locator("#symbols li bdi").all_inner_texts()
    assert "A/RES/90/12" in shown
    assert "A/RES/91/1" not in shown


@pytest.mark.parametrize(
    ("language", "words", "path"),
    [
        *((code, "CSTD", "body/cstd") for code in LANGUAGES),
        ("en", "КНТР", "body/cstd"),
        ("ar", "اللجنة المعنية بتسخير العلم والتكنولوجيا لأغراض التنمية", "body/cstd"),
        ("zh", "科技发展委员会", "body/cstd"),
        ("en", "ciencia y tecnología para el desarrollo", "body/cstd"),
        ("en", "2030 Agenda", "instrument/2030-agenda"),
        ("ru", "Парижское соглашение", "instrument/paris-agreement"),
        ("en", "Goal 17", "sdg/17"),
        ("fr", "ODD 17.6", "sdg/17.6"),
        ("zh", "具体目标17.6", "sdg/17.6"),
    ],
)
def test_things_are_found_by_any_name(
    chromium: Browser, folder: Path, language: Language, words: str, path: str
) -> None:
    with searched(chromium, folder, words, language) as page:
        first = page.locator("#things a").first
        assert first.get_attribute("href") == Address(path, language).path


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("water women", ["90/13"]),
        ("water", ["90/13", "90/14"]),
        ("water -women", ["90/14"]),
        ("water NOT women", ["90/14"]),
        ("forest OR women", ["90/12", "90/13", "91/1"]),
        ('"rural women"', ["90/12"]),
        # Words in quotation marks have to stand in one paragraph.
        ('"seized women"', []),
        ("seized women", ["90/12", "90/13"]),
        ("terr*", ["90/13", "90/14", "91/1"]),
        ("AIDS", ["90/14"]),
        ("aids", ["90/14"]),
        ("aid", []),
        ("женщины", []),
    ],
)
def test_what_is_asked_for_is_found_and_nothing_else(
    chromium: Browser, folder: Path, words: str, found: list[str]
) -> None:
    with searched(chromium, folder, words) as page:
        shown = page.locator("#documents li > a > bdi").all_inner_texts()
    assert sorted(shown) == [f"A/RES/{number}" for number in found]


def test_years_and_organs_narrow_what_is_found(chromium: Browser, folder: Path) -> None:
    with searched(chromium, folder, "q=terraces") as page:
        assert len(hits(page)) == 3
        options = page.locator("#organ option").all()
        assert [option.get_attribute("value") for option in options] == ["", "body/general-assembly"]
    for narrowed, count in (("since=2035", 3), ("until=2034", 0), ("organ=body/general-assembly", 3), ("organ=x", 0)):
        with searched(chromium, folder, f"q=terraces&{narrowed}") as page:
            assert len(hits(page)) == count, narrowed


def test_where_none_has_all_words_those_with_some_are_shown(chromium: Browser, folder: Path) -> None:
    with searched(chromium, folder, "forest old -water") as page:
        assert page.locator("#found").inner_text().startswith("No document has all these words; documents with some")
        assert page.locator("#documents li > a > bdi").all_inner_texts() == ["A/RES/91/1"]
    with searched(chromium, folder, "forest programmes") as page:
        assert sorted(page.locator("#documents li > a > bdi").all_inner_texts()) == ["A/RES/90/14", "A/RES/91/1"]


def test_a_title_counts_more_than_a_paragraph(chromium: Browser, folder: Path) -> None:
    with searched(chromium, folder, "mountains OR glaciers") as page:
        assert page.locator("#documents li").first.locator("mark").all_inner_texts() == ["Mountains"]
    with searched(chromium, folder, "glaciers") as page:
        assert page.locator("#documents li").first.locator("mark").count() == 0


@pytest.mark.parametrize(("device", "scheme"), [("desktop", "light"), ("phone", "dark")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_can_use_the_page(
    chromium: Browser, folder: Path, language: Language, device: str, scheme: str
) -> None:
    with searched(chromium, folder, ASKED[language].words, language, device=device, scheme=scheme) as page:
        assert violations(page) == ()
        assert page.get_by_role("status").inner_text()
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert page.evaluate("document.documentElement.scrollWidth <= window.outerWidth")


def test_more_is_shown_when_it_is_wanted_and_the_keyboard_goes_on_there(chromium: Browser, folder: Path) -> None:
    with searched(chromium, folder, "glacier") as page:
        assert page.get_by_role("status").inner_text().startswith(f"Documents found: {MANY}")
        assert len(hits(page)) == 20
        page.get_by_role("button", name="Show more").focus()
        page.keyboard.press("Enter")
        page.wait_for_function(f"document.querySelectorAll('#documents li').length === {MANY}")
        assert len(set(hits(page))) == MANY
        assert page.evaluate("document.activeElement.getAttribute('href')") == hits(page)[20]
        assert page.get_by_role("button", name="Show more").count() == 0


def test_without_scripts_the_page_says_where_to_go(chromium: Browser, folder: Path) -> None:
    with opened(chromium, javascript=False) as page:
        page.goto(f"{(folder / 'search@es.html').as_uri()}?q=agua")
        links = page.locator("noscript a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links == [f"{stem}@es.html" for stem in ("documents", "bodies", "instruments", "events", "goals")]


def test_an_index_that_cannot_be_read_is_said(chromium: Browser, folder: Path, tmp_path: Path) -> None:
    """The damaged twin of all the above: files are missing."""
    damaged = shutil.copytree(folder, tmp_path / "site", ignore=shutil.ignore_patterns("words-*.js"))
    with searched(chromium, damaged, "women") as page:
        assert "could not be read" in page.locator("#found").inner_text()
        assert hits(page) == []


def test_where_only_facts_are_held_that_is_said(chromium: Browser, tmp_path: Path) -> None:
    titled = graph("A/RES/90/12", "2035-12-17", {}) + graph("A/RES/90/13", "2035-12-17", {})
    facts = titled.replace("Mountains in", "On mountains and").splitlines()
    assert facts
    names = Names()
    lines = nquads.Lines(names.graph("A/RES/90/12"))
    for number in ("90/12", "90/13"):
        lines = nquads.Lines(names.graph(f"A/RES/{number}"))
        version = names.version(f"A/RES/{number}", "en")
        lines.add(names.document(f"A/RES/{number}"), term("hasVersion"), iri(version))
        lines.add(version, term("factsOnly"), typed("true", "boolean"))
        facts.extend(str(lines).splitlines())
    store = loaded(tmp_path / "store", "\n".join(facts) + "\n")
    generation = current(tmp_path / "store")
    write_catalogue(store.oxigraph, generation / CATALOGUE, names)
    site, folder = open_site(tmp_path / "store"), Folder(tmp_path / "site")
    for path, content in search_files(site):
        folder.write(path, content)
    shutil.copytree(ASSETS, folder.root / "assets")
    folder.write("search.html", page(site, "search.html") or b"")
    with searched(chromium, tmp_path / "site", "mountain") as shown:
        assert "only facts" in shown.locator("#sentences").inner_text()
        assert sorted(hits(shown)) == ["doc/A/RES/90/12.html", "doc/A/RES/90/13.html"]


@pytest.fixture(scope="module")
def live(folder: Path) -> Iterator[str]:
    """The address of a server that answers live for the same store."""
    with servekit.serving(folder.parent / "store") as server:
        yield server.address


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_live_server_finds_the_same(chromium: Browser, live: str, language: Language) -> None:
    with opened(chromium) as page:
        page.goto(f"{live}{Address('search', language).path}?q={quote(ASKED[language].words)}")
        page.wait_for_selector("#results[aria-busy=false]", state="attached")
        assert hits(page) == [f"{Address('doc/A/RES/90/12', language).path}#OP2"]
        assert page.locator("#documents mark").count() == 2 if language != "zh" else 1
        assert violations(page) == ()
        page.goto(f"{live}{Address('search', language).path}?q=CSTD")
        page.wait_for_selector("#things a")
        assert page.locator("#things a").first.get_attribute("href") == Address("body/cstd", language).path


def test_a_live_server_tells_programs_the_names_too(live: str) -> None:
    with urllib.request.urlopen(f"{live}api/names?q={quote('科技发展委员会')}&language=zh&limit=1") as response:
        found = json.load(response)
    assert found["total"] == 1
    assert found["things"][0]["id"] == "body/cstd"
    assert sorted(found["things"][0]["names"]) == sorted(LANGUAGES)
    with urllib.request.urlopen(f"{live}api/names?q=nobody+is+called+so") as response:
        assert json.load(response) == {"query": "nobody is called so", "total": 0, "things": []}


def test_a_live_server_opens_a_symbol_and_says_what_it_cannot_read(chromium: Browser, live: str) -> None:
    with opened(chromium) as page:
        page.goto(f"{live}search.html?q={quote('https://undocs.org/A/RES/90/12')}")
        page.wait_for_url("**/doc/A/RES/90/12.html")
        page.goto(f"{live}search.html?q={quote('women (')}")
        page.wait_for_selector("#found strong")
        assert "never closed" in page.locator("#found").inner_text()


def test_files_are_small_and_the_same_each_time(folder: Path) -> None:
    files = dict(search_files(open_site(folder.parent / "store")))
    assert files
    assert max(map(len, files.values())) <= 100_000
    assert {path: (folder / path).read_bytes() for path in files} == files
    assert {path.split("/")[1] for path in files} >= {f"{code}.js" for code in LANGUAGES}
