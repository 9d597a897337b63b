"""The query page in a real browser: questions by form, SPARQL, answers, links, and a page without a server."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from lxml import etree

from kg import questions
from kg.errors import QuerySyntaxError
from kg.pages import open_site, query_page
from kg.pages.addresses import LANGUAGES, Address
from kg.pages.phrases import phrases
from kg.pages.site import Site
from tests.browserkit import opened, serving, violations
from tests.pagekit import lay_out
from tests.servekit import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest_plugins = ["tests.browserkit", "tests.storekit", "tests.servekit"]

PREFIXES = "PREFIX unkg: <https://w3id.org/unkg/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/> "


@pytest.fixture(scope="module")
def site(store_path: Path) -> Site:
    return open_site(store_path)


@pytest.fixture(scope="module")
def folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = {Address("query", language).path: query_page.page(site, language) for language in LANGUAGES}
    return lay_out(tmp_path_factory.mktemp("query"), pages)


@pytest.fixture
def live(server: Server) -> str:
    """The address of the server that ships, at work over the same store."""
    return server.address


@pytest.fixture
def page(chromium: Browser, live: str) -> Iterator[Page]:
    """The English page, ready to be asked."""
    with opened(chromium) as shown:
        shown.goto(f"{live}query.html")
        shown.wait_for_selector("#ready:not([hidden])")
        yield shown


def asked(page: Page, name: str, **values: str) -> None:
    """Asks a question by its form."""
    page.select_option("#question", name)
    for parameter, value in values.items():
        page.fill(f"#parameter-{parameter}", value)
    page.click("#question-form .main")
    page.wait_for_selector("#answer:not([hidden])")


def written(page: Page, sparql: str) -> None:
    """Runs SPARQL from the editor, by keyboard."""
    page.click(".cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(sparql)
    page.keyboard.press("Control+Enter")


def cells(page: Page, column: int) -> list[str]:
    return [each.strip() for each in page.locator(f".answers tbody td:nth-child({column})").all_inner_texts()]


def sample(name: str) -> dict[str, str]:
    """The values of the parameters in a question's sample."""
    words = shlex.split(questions.question(name).sample)
    return dict(word.split("=", 1) for word in words if "=" in word)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(chromium: Browser, live: str, language: str, scheme: str) -> None:
    device = "phone" if scheme == "dark" else "desktop"
    with opened(chromium, scheme=scheme, device=device) as page:  # type: ignore[arg-type]
        page.goto(f"{live}{Address('query', language).path}")  # type: ignore[arg-type]
        page.wait_for_selector("#ready:not([hidden])")
        assert violations(page) == ()
        asked(page, "clauses-of", document="A/RES/76/213")
        assert violations(page) == ()
        asked(page, "acts-used")
        for view in ("chart", "graph"):
            page.click(f"[data-view={view}]")
            assert violations(page) == ()


def test_a_question_is_answered_without_sparql(page: Page) -> None:
    asked(page, "cited-by", document="69/313")
    assert set(cells(page, 1)) == {"A/RES/76/213"}
    link = page.locator(".answers a", has_text="OP1").first
    assert link.get_attribute("href") == "doc/A/RES/76/213.html#OP1"
    assert page.inner_text("#said").startswith("Rows: ")


def test_what_was_asked_stands_in_the_address_and_is_asked_again_from_it(
    chromium: Browser, live: str, page: Page
) -> None:
    asked(page, "tasks-of-body", body="Commission on Science and Technology for Development")
    page.click("[data-view=chart]")
    address = page.url
    assert "#question=tasks-of-body&body=cstd" in address
    page.click("[data-view=table]")
    expected = cells(page, 3)
    with opened(chromium) as other:
        other.goto(address.replace("&view=chart", ""))
        other.wait_for_selector("#answer:not([hidden])")
        assert cells(other, 3) == expected
        assert expected


def test_the_editor_begins_with_a_query_that_has_an_answer(page: Page) -> None:
    page.click("#query-form .main")
    page.wait_for_selector("#answer:not([hidden])")
    assert cells(page, 1) == ["A/RES/76/213"]


def test_a_link_holds_a_query_of_ones_own(chromium: Browser, live: str) -> None:
    query = f"{PREFIXES} SELECT ?title {{ <https://w3id.org/unkg/doc/A/RES/76/213> dcterms:title ?title }}"
    with opened(chromium) as page:
        page.goto(f"{live}query@ar.html#query={quote(query)}")
        page.wait_for_selector("#answer:not([hidden])")
        title = page.locator(".answers tbody span[lang=zh]").first
        assert title.get_attribute("dir") == "ltr"
        assert "科学、技术和创新" in title.inner_text()


def test_a_form_asks_what_the_command_line_asks(page: Page, site: Site) -> None:
    made = "name => { const q = unkgQuery.question(name); return unkgQuery.bound(q, unkgQuery.values(q)) }"
    for name, question in questions.all_questions().items():
        values = sample(name)
        page.select_option("#question", name)
        for parameter, value in values.items():
            if page.input_value(f"#parameter-{parameter}") == "":
                page.fill(f"#parameter-{parameter}", value)
        if any(parameter.name == "language" for parameter in question.parameters):
            values["language"] = "en"
        bound = questions.bind(question, values, site.names)
        assert page.evaluate(made, name) == re.sub(r"\A(#[^\n]*\n)+", "", bound)


@pytest.mark.parametrize(
    ("name", "field", "value", "told"),
    [
        ("cited-by", "document", "", "This is needed."),
        ("paragraphs-for-goal", "goal", "99", "No such name is known here; choose one of the list."),
        ("reports-due", "since", "soon", "A whole number is expected, such as 2023."),
    ],
)
def test_a_value_that_cannot_be_read_is_told_at_its_field(
    page: Page, name: str, field: str, value: str, told: str
) -> None:
    page.select_option("#question", name)
    page.fill(f"#parameter-{field}", value)
    page.click("#question-form .main")
    assert page.inner_text(f"#parameter-{field}-wrong") == told
    assert page.get_attribute(f"#parameter-{field}", "aria-invalid") == "true"
    assert page.evaluate("document.activeElement.id") == f"parameter-{field}"
    assert page.is_hidden("#result")


def test_a_document_that_is_not_known_is_told(page: Page) -> None:
    page.select_option("#question", "cited-by")
    page.fill("#parameter-document", "A/RES/99/999")
    page.click("#question-form .main")
    page.wait_for_function("document.getElementById('said').textContent.includes('A/RES/99/999')")


def test_an_error_is_shown_at_its_place(page: Page, site: Site) -> None:
    query = 'SELECT ?x WHERE {\n  ?x ?y "𝔘𝔑" } LIMIT x'
    with pytest.raises(QuerySyntaxError) as told:
        site.graph.sparql(query)
    line, column = told.value.line, told.value.column
    assert (line, column) == (2, 22)
    assert line
    assert column
    written(page, query)
    page.wait_for_selector(".problem")
    assert f"Line {line}, column {column}" in page.inner_text(".problem")
    assert page.locator(".cm-lintRange-error").count() == 1
    assert violations(page) == ()
    page.click(".problem button")
    page.keyboard.insert_text("HERE")
    written_line = page.evaluate("unkgQuery.text()").split("\n")[line - 1]
    assert written_line.index("HERE") == column - 1


def test_prefixes_classes_and_properties_are_completed(chromium: Browser, live: str) -> None:
    with opened(chromium) as page:
        page.goto(f"{live}query@fr.html")
        page.wait_for_selector("#ready:not([hidden])")
        page.click(".cm-content")
        page.keyboard.press("Control+a")
        page.keyboard.type("SELECT * { ?x rappel", delay=5)
        option = page.locator(".cm-tooltip-autocomplete li", has_text="unkg:recalls")
        option.wait_for()
        assert "rappelle" in option.inner_text().lower()
        assert violations(page) == ()
        option.click()
        text = page.evaluate("unkgQuery.text()")
        assert text.startswith("PREFIX unkg: <https://w3id.org/unkg/ontology#>\nSELECT * { ?x unkg:recalls")


def test_the_editor_can_be_left_by_keyboard(page: Page) -> None:
    page.click(".cm-content")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.classList.contains('cm-content')")


def test_a_table_is_sorted_by_any_column_and_turned_by_pages(page: Page) -> None:
    asked(page, "acts-used")
    page.click(".answers th:nth-child(3) button")
    found = [int(each) for each in cells(page, 3)]
    assert found == sorted(found)
    assert page.get_attribute(".answers th:nth-child(3)", "aria-sort") == "ascending"
    page.focus(".answers th:nth-child(3) button")
    page.keyboard.press("Enter")
    assert [int(each) for each in cells(page, 3)] == sorted(found, reverse=True)
    asked(page, "bodies-known")
    first = cells(page, 1)
    assert len(first) == 50
    page.click("text=Next rows")
    assert len(cells(page, 1)) == 50
    assert not set(cells(page, 2)) & {""}
    assert "Rows 51 to 100" in page.inner_text("#view .count")
    assert page.is_enabled("text=Previous rows")


def test_numbers_are_drawn_as_a_chart(page: Page) -> None:
    asked(page, "acts-used")
    rows = cells(page, 1)
    page.click("[data-view=chart]")
    assert page.locator("#view svg rect.bar").count() == min(40, len(rows))
    assert page.locator("#view svg").get_attribute("aria-label") == "Paragraphs by Act"
    page.select_option("#view select >> nth=2", "line")
    assert page.locator("#view svg path.curve").count() == 1


def test_things_are_drawn_as_a_graph_with_links(page: Page) -> None:
    asked(page, "ancestors", document="A/RES/76/213")
    page.click("[data-view=graph]")
    assert page.locator("#view svg a[href='doc/A/RES/74/229.html']").count() == 1
    written(page, PREFIXES + "CONSTRUCT { ?a unkg:cites ?b } WHERE { ?a unkg:cites ?b }")
    page.wait_for_function("document.getElementById('said').textContent.startsWith('Statements')")
    page.click("[data-view=graph]")
    assert page.locator("#view svg path.edge").count() > 5


def test_a_table_without_numbers_says_that_it_is_no_chart(page: Page) -> None:
    asked(page, "held")
    page.click("[data-view=chart]")
    assert page.inner_text("#view") == "A chart needs a column of numbers."


@pytest.mark.parametrize(("form", "ending"), [("JSON", "json"), ("CSV", "csv"), ("TSV", "tsv"), ("XML", "xml")])
def test_rows_are_downloaded(page: Page, form: str, ending: str) -> None:
    asked(page, "cites", document="A/RES/76/213")
    with page.expect_download() as download:
        page.click(f"#downloads button:text-is('{form}')")
    assert download.value.suggested_filename == f"cites.{ending}"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.count("A/RES/74/229") >= 1
    if ending == "json":
        assert json.loads(text)["head"]["vars"][0] == "clause"


def test_a_graph_is_downloaded_as_turtle(page: Page) -> None:
    written(page, PREFIXES + "CONSTRUCT { ?a unkg:cites ?b } WHERE { ?a unkg:cites ?b }")
    page.wait_for_selector("#answer:not([hidden])")
    with page.expect_download() as download:
        page.click("#downloads button:text-is('Turtle')")
    triples = list(ox.parse(path=str(download.value.path()), format=ox.RdfFormat.TURTLE))
    assert len(triples) > 5


@pytest.mark.parametrize("view", ["chart", "graph"])
def test_a_picture_is_downloaded_that_stands_alone(page: Page, view: str) -> None:
    asked(page, "reception", document="A/RES/74/229") if view == "chart" else asked(page, "ancestors")
    assert page.is_hidden("#picture")
    page.click(f"[data-view={view}]")
    with page.expect_download() as download:
        page.click("#picture")
    assert download.value.suggested_filename.endswith(".svg")
    drawn = etree.parse(str(download.value.path())).getroot()
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert float(drawn.get("width", 0)) > 300
    words = drawn.findall(".//{*}text")
    assert words
    assert all(each.get("fill", "").startswith("rgb") for each in words)
    assert "href" not in Path(download.value.path()).read_text(encoding="utf-8")


def test_words_that_look_like_markup_stay_words(page: Page) -> None:
    written(page, "SELECT ?x { VALUES ?x { \"<img src=x onerror='document.title=1'>\"@ar <javascript:alert(1)> } }")
    page.wait_for_selector("#answer:not([hidden])")
    assert page.locator(".answers img").count() == 0
    assert page.locator(".answers td span[lang=ar][dir=rtl]").inner_text().startswith("<img")
    assert page.locator(".answers tbody a").count() == 0


def test_an_answer_that_was_cut_says_so(page: Page) -> None:
    written(page, "SELECT ?s ?p ?o { ?s ?p ?o }")
    page.wait_for_function("document.getElementById('said').textContent.includes('only the first rows')")


def test_what_would_ask_others_is_refused_at_its_place(page: Page) -> None:
    written(page, "SELECT ?s\n{ SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    page.wait_for_selector(".problem")
    assert "Line 2, column 3" in page.inner_text(".problem")


def test_a_query_is_stopped(page: Page) -> None:
    written(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.click("#stop")
    page.wait_for_function("document.getElementById('said').textContent === 'Stopped.'")
    assert page.is_hidden("#stop")


def test_truth_and_emptiness_are_told(page: Page) -> None:
    written(page, "ASK { ?s ?p ?o }")
    page.wait_for_function("document.getElementById('said').textContent === 'Yes'")
    written(page, "SELECT ?s { ?s <http://example.org/never> ?o }")
    page.wait_for_function("document.getElementById('said').textContent === 'Nothing was found.'")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_without_a_server_says_so_and_shows_the_questions(
    chromium: Browser, folder: Path, language: str
) -> None:
    path = Address("query", language).path  # type: ignore[arg-type]
    with opened(chromium) as page:
        page.goto((folder / path).as_uri())
        page.wait_for_selector("#no-server:not([hidden])")
        assert page.inner_text("#no-server-title") == phrases("query", language)["no_server_title"]
        assert page.is_hidden("#ready")
        assert page.is_hidden("#own")
        links = [each.get_attribute("href") for each in page.locator("#stored a").all()]
        mark = "" if language == "en" else f"@{language}"
        assert sorted(filter(None, links)) == sorted(
            f"questions/{name}{mark}.html" for name in questions.all_questions()
        )
        assert page.is_visible("#stored li")
        assert violations(page) == ()


def test_a_static_host_is_no_server_and_another_endpoint_can_be_asked(
    chromium: Browser, folder: Path, live: str
) -> None:
    with serving(folder) as address, opened(chromium) as page:
        page.goto(f"{address}query.html")
        page.wait_for_selector("#no-server:not([hidden])")
        page.goto((folder / "query.html").as_uri())
        page.wait_for_selector("#no-server:not([hidden])")
        page.fill("#endpoint", f"{live}sparql")
        page.click("#other-endpoint button")
        page.wait_for_selector("#ready:not([hidden])")
        asked(page, "cited-by", document="A/RES/69/313")


def test_without_scripts_the_questions_and_a_plain_form_are_there(chromium: Browser, live: str) -> None:
    with opened(chromium, javascript=False) as page:
        page.goto(f"{live}query.html")
        assert page.is_visible("#stored li")
        assert page.is_visible("textarea[name=query]")
        assert page.get_attribute("#query-form", "action") == "sparql"
        assert violations_without_scripts(page) == 0


def violations_without_scripts(page: Page) -> int:
    """Things that only scripts fill must not be seen where these do not run."""
    return sum(page.is_visible(each) for each in ("#ready", "#no-server", "#result", "#stop"))


def test_without_the_bundle_a_plain_field_asks(chromium: Browser, live: str) -> None:
    with opened(chromium) as page:
        page.route("**/codemirror-*.js", lambda route: route.abort())
        page.goto(f"{live}query.html")
        page.wait_for_selector("#ready:not([hidden])")
        page.fill("#sparql", "ASK {}")
        page.keyboard.press("Control+Enter")
        page.wait_for_function("document.getElementById('said').textContent === 'Yes'")


def test_what_is_embedded_cannot_end_its_element() -> None:
    text = str(query_page.embedded({"a": "</script><!--\u2028"}))
    assert "<" not in text
    assert json.loads(text) == {"a": "</script><!--\u2028"}


def test_every_question_column_and_parameter_has_words() -> None:
    known = set(phrases("questions", "en"))
    assert known == set(questions.all_questions())
    columns = phrases("columns", "en")
    for question in questions.all_questions().values():
        assert {parameter.name for parameter in question.parameters} <= set(columns)


def test_what_is_completed_is_in_the_data(site: Site) -> None:
    names = {term["name"]: term for term in query_page.terms(site, "ru")}
    assert names["unkg:Resolution"]["kind"] == "class"
    assert names["unkg:cites"]["label"] == site.labels.all("https://w3id.org/unkg/ontology#cites")["ru"]
    assert {"dcterms:title", "cito:hasCitedEntity", "skos:prefLabel"} <= set(names)
    assert not any(name.startswith("@") for name in names)
    # A term of another vocabulary that no statement uses is not offered.
    assert "oa:hasSelector" not in names
