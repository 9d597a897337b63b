"""The pages of the vocabulary and of the questions: complete, each in one language, true to store and files."""

from __future__ import annotations

import csv
import html
import io
import json
import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, unquote

import pyoxigraph as ox
import pytest

from kg import questions, resources
from kg.pages import Site, addresses, constraints, page, stems
from kg.pages import questions as question_pages
from kg.pages import vocabulary as vocabulary_pages
from kg.pages.addresses import LANGUAGES, Address
from kg.pages.terms import vocabulary
from kg.pages.usage import usage
from kg.publish.aliases import name_of
from kg.query import rows
from kg.uris import term
from tests import browserkit

pytest_plugins = ["tests.sitekit", "tests.browserkit"]

#: Letters that words of a language are written with, where these are its own.
_LETTERS = {"ar": "\u0600-\u06ff", "ru": "\u0400-\u04ff", "zh": "\u4e00-\u9fff"}
#: Words that are the same in all languages.
_ANYWHERE = {"Python", "SPARQL", "CC BY 4.0"}
_HEADINGS = ("h1", "h2", "h3", "th", "dt", "caption")


class Headings(HTMLParser):
    """The words of headings that are in the page's own language: not those of code, or marked with another."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("meta", "link", "input", "br", "hr", "img"):
            return
        own = tag not in ("code", "bdi") and "lang" not in dict(attrs)
        self._open.append((tag, own or tag == "html"))
        if tag in _HEADINGS:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(tag in _HEADINGS for tag, _ in self._open) and all(own for _, own in self._open):
            self.found[-1] += data


def foreign_headings(text: str, language: str) -> list[str]:
    """Headings of a page that hold words and none of its own language."""
    own = re.compile(f"[{_LETTERS[language]}]")
    words = [" ".join(each.split()) for each in Headings(text).found]
    return [each for each in words if re.search(r"\w", each) and not own.search(each) and each not in _ANYWHERE]


def shown(site: Site, stem: str, language: str = "en") -> str:
    found = page(site, Address(stem, addresses.code(language)).path)
    assert found is not None, stem
    return found.decode()


def named_in_files(*types: str) -> list[str]:
    """The names of things of these types in the files of the ontology."""
    found = set()
    for path in resources.ontology():
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.rpartition("#")[2] in types:
                found.add(str(quad.subject.value))
    return sorted(found)


def test_every_term_of_the_files_has_a_page(site: Site) -> None:
    known = set(stems(site))
    named = named_in_files("Class", "ObjectProperty", "DatatypeProperty", "Act", "Qualifier", "ConceptScheme")
    assert len(named) > 300
    assert {addresses.stem_of(iri, site.names) for iri in named} <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_is_called_as_the_language_calls_it(site: Site, language: str) -> None:
    # A part of them in each language, and others in the next: there are four hundred.
    for each in list(vocabulary(site).terms.values())[LANGUAGES.index(addresses.code(language)) :: len(LANGUAGES)]:
        text = shown(site, each.stem, language)
        assert f'<html lang="{language}"' in text
        assert f"<h1>{html.escape(each.labels[language], quote=False)}</h1>".replace("&#39;", "'") in text.replace(
            "&#39;", "'"
        ).replace("&#34;", '"'), each.stem


@pytest.mark.parametrize("language", list(_LETTERS))
def test_no_heading_is_in_another_language(site: Site, language: str) -> None:
    own = [
        "ontology",
        *list(vocabulary_pages.stems(site))[list(_LETTERS).index(language) :: 5],
        *question_pages.stems(),
    ]
    wrong = {stem: foreign_headings(shown(site, stem, language), language) for stem in own}
    assert {stem: found for stem, found in wrong.items() if found} == {}


def test_a_heading_in_another_language_is_found_out() -> None:
    page_of = '<html lang="ar"><body><h2>{}</h2><h2><span lang="en">Rules</span></h2></body></html>'
    assert foreign_headings(page_of.format("القواعد"), "ar") == []
    assert foreign_headings(page_of.format("Rules"), "ar") == ["Rules"]


def test_definitions_in_another_language_say_so(site: Site) -> None:
    without = [each for each in vocabulary(site).terms.values() if each.definitions and "zh" not in each.definitions]
    for each in without:
        assert f'<p class="definition"><span lang="en" dir="ltr">{html.escape(each.definitions["en"])}' in shown(
            site, each.stem, "zh"
        ).replace("&#39;", "&#x27;").replace("&#34;", "&quot;")


def test_the_whole_vocabulary_has_an_anchor_for_every_term(site: Site) -> None:
    text = shown(site, "ontology")
    anchors = re.findall(r'<div id="([^"]+)"', text)
    assert sorted(anchors) == sorted(each.anchor for each in vocabulary(site).terms.values())
    assert len(anchors) == len(set(anchors))
    assert 'id="Resolution"' in text


@pytest.mark.parametrize("form", addresses.DATA)
def test_the_vocabulary_as_data_says_what_its_files_say(site: Site, form: str) -> None:
    written = vocabulary_pages.data(site, form)
    formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}
    said = {quad.triple for quad in ox.parse(written, format=formats[form])}
    for path in resources.ontology():
        in_file = {quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
        about_others = {each for each in in_file if "unkg" not in str(each.subject)}
        assert in_file - about_others <= said, path.name


def test_rules_are_told_in_words(site: Site) -> None:
    text = shown(site, "ontology/Document")
    row = re.search(r"<tr><td>[^\n]*?>symbol</a></td><td>(.*?)</td><td>(.*?)</td>", text, re.DOTALL)
    assert row is not None
    assert row[1] == "exactly one"
    assert row[2].startswith("a text")
    year = re.search(r"<tr><td>[^\n]*?>year</a></td><td>(.*?)</td><td>(.*?)</td>", text, re.DOTALL)
    assert year is not None
    assert " ".join(year[2].split()) == "a whole number from 1900 up to 2100"


def test_every_rule_about_one_property_of_a_class_is_read() -> None:
    text = resources.shapes().read_text(encoding="utf-8")
    named = set(re.findall(r"^s:([\w-]+) a sh:PropertyShape", text, re.MULTILINE))
    told = {rule.name for rule in constraints.rules()}
    # Those that stand at no class are rules for whatever has some property.
    free = named - told
    assert len(free) < len(named) / 10, sorted(free)
    assert all(rule.message for rule in constraints.rules())


def test_uses_are_counted_as_sparql_counts_them(site: Site) -> None:
    known = vocabulary(site).terms
    for name, text in (
        ("cites", f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s <{term('cites')}> ?o }} }}"),
        ("Resolution", f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s a <{term('Resolution')}> }} }}"),
    ):
        number = rows(site.graph, text)[0]["n"]
        assert [count for _, count in usage(site, known[term(name)], "en").counts] == [number]


def test_examples_are_statements_of_the_store(site: Site) -> None:
    examples = usage(site, vocabulary(site).terms[term("cites")], "en").examples
    assert examples
    for each in examples:
        triple = (ox.NamedNode(each.subject), ox.NamedNode(term("cites")), ox.NamedNode(each.thing))
        assert list(site.graph.oxigraph.quads_for_pattern(*triple, None))


def test_the_same_store_gives_the_same_bytes(site: Site) -> None:
    for stem in ("ontology", "ontology/Document", "act/recall", "questions/cites"):
        assert page(site, f"{stem}@ru.html") == page(site, f"{stem}@ru.html")


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_pages_and_files_that_are_there(site: Site, language: str) -> None:
    known = set(stems(site))
    files = {path for path, _ in (*vocabulary_pages.files(site), *question_pages.files(site))}
    for stem in ("ontology", "ontology/Document", "ontology/recalls", "act/recall", "questions", "questions/cites"):
        path = Address(stem, addresses.code(language)).path
        main = shown(site, stem, language).partition("<main")[2].partition("</main>")[0]
        for target in re.findall(r'href="([^"#]+)', main):
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(html.unescape(target))))
            if target.startswith("http") or there in files:
                continue
            found = addresses.parse(there)
            assert found is not None, (stem, target)
            assert found.stem in known, (stem, target)
            assert found.form != "html" or found.language == language


def test_every_question_has_its_page_and_its_files(site: Site) -> None:
    assert set(question_pages.stems()) == {"questions", *(f"questions/{name}" for name in questions.all_questions())}
    files = dict(question_pages.files(site))
    for name, question in questions.all_questions().items():
        assert files[f"questions/{name}.rq"].decode() == question.sparql
        table = list(csv.reader(io.StringIO(files[f"questions/{name}.csv"].decode())))
        told = json.loads(files[f"questions/{name}.json"])
        assert len(table) - 1 == len(told) == len(question_pages.answer(site, name, "en"))


def test_a_question_shows_its_words_its_sparql_and_its_sample(site: Site) -> None:
    text = shown(site, "questions/cited-by", "fr")
    question = questions.question("cited-by")
    shown_sparql = re.search(r'<pre class="sparql"[^>]*><code>(.*?)</code></pre>', text, re.DOTALL)
    assert shown_sparql is not None
    assert html.unescape(re.sub(r"<[^>]+>", "", shown_sparql[1])) == question.sparql
    assert question.sample in text
    assert "<h1>Quels documents renvoient à ce document" in text
    live = re.search(r'href="[^"]*query@fr\.html#([^"]+)"', text)
    assert live is not None
    assert parse_qs(html.unescape(live[1])) == {"question": ["cited-by"], "document": ["A/RES/69/313"]}


def test_what_is_highlighted_is_what_was_written() -> None:
    for question in questions.all_questions().values():
        marked = question_pages.highlighted(question.sparql)
        assert html.unescape(re.sub(r"<[^>]+>", "", marked)) == question.sparql
    small = str(question_pages.highlighted('?x "<b>" # a'))
    assert small.startswith('<span class="variable">?x</span> <span class="string">&#34;&lt;b&gt;&#34;</span> ')
    assert small.endswith('<span class="comment"># a</span>')


def test_rows_lead_to_documents_paragraphs_and_acts(site: Site) -> None:
    text = shown(site, "questions/most-cited", "en")
    assert re.search(r'<a href="\.\./doc/A/RES/90/12\.html"><bdi>A/RES/90/12</bdi></a>', text)


def test_a_long_answer_is_cut_with_its_count(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    count = len(question_pages.answer(site, "acts-used", "en"))
    assert count > 1
    monkeypatch.setattr(question_pages, "_SHOWN", 1)
    text = shown(site, "questions/acts-used")
    assert f"The first 1 of {count} rows" in text
    assert text.partition('id="result"')[2].partition("</table>")[0].count("<tr>") == 2


def test_there_is_no_page_of_what_is_no_term_and_no_question(site: Site) -> None:
    for path in ("ontology/Nothing.html", "act/nothing.html", "questions/nothing.html", "questions/x/y.html"):
        assert page(site, path) is None


def test_the_names_of_graphs_and_versions_lead_to_the_vocabulary() -> None:
    assert {name_of(path) for path in ("graph/vocabulary", "ontology/0.1.0", "alignments")} == {"ontology"}


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_axe_finds_nothing_wrong(site: Site, language: str, tmp_path: Path) -> None:
    from kg.pages.rendering import ASSETS

    for path in ASSETS.glob("*.css"):
        (tmp_path / "assets").mkdir(exist_ok=True)
        (tmp_path / "assets" / path.name).write_bytes(path.read_bytes())
    with browserkit.browser() as chromium, browserkit.opened(chromium) as view:
        for stem in ("ontology", "ontology/Document", "act/recall", "questions", "questions/acts-used"):
            path = tmp_path / Address(stem, addresses.code(language)).path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(shown(site, stem, language), encoding="utf-8")
            view.goto(path.as_uri())
            assert browserkit.violations(view) == (), stem
