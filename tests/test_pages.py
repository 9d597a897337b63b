"""Pages: right in six languages, every link leads somewhere, and the words stand where they are cited."""

from __future__ import annotations

import json
import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import build
from kg.errors import RuleError
from kg.model import Language
from kg.pages import Site, addresses, comparing, open_site, page, stems
from kg.pages import phrases as phrase_files
from kg.pages.addresses import LANGUAGES, Address
from kg.pages.days import written
from kg.pages.marks import stretches
from kg.pages.numbers import grouped
from kg.pages.reading import Words
from kg.publish.atom import feed_path
from kg.publish.changes import STREAM
from kg.uris import Names
from tests.buildkit import marked_up, write
from tests.sitekit import ASKS, EARLIER, LATER

pytest_plugins = ["tests.sitekit"]


_UNREAD = ("script", "style", "pre", "textarea")


class Links(HTMLParser):
    """The links, anchors and languages of a page, and its words."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.doubled: list[str] = []
        self.words: list[str] = []
        self.root: dict[str, str | None] = {}
        self._silent = 0
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "html":
            self.root = values
        # SPARQL names things by their names.
        if tag in _UNREAD:
            self._silent += 1
        if (anchor := values.get("id")) is not None:
            if anchor in self.anchors:
                self.doubled.append(anchor)
            self.anchors.add(anchor)
        if tag in ("a", "link") and (target := values.get("href")):
            self.links.append(target)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _UNREAD

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def shown(site: Site, path: str) -> Links:
    html = page(site, path)
    assert html is not None, path
    return Links(html)


@pytest.fixture(scope="module")
def every(site: Site) -> dict[str, Links]:
    """Every page in English."""
    return {f"{stem}.html": shown(site, f"{stem}.html") for stem in stems(site)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_is_shown_in_each_language_with_its_own_words(site: Site, language: str) -> None:
    found = shown(site, Address(f"doc/{LATER}", addresses.code(language)).path)
    assert found.root == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    assert ASKS[language][1] in found.text
    assert ASKS[language][0] not in found.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_cite_lead_to_the_document_cited(site: Site, language: str) -> None:
    html = page(site, Address(f"doc/{LATER}", addresses.code(language)).path)
    assert html is not None
    marks = re.findall(r"<mark><a ([^>]+)>([^<]+)</a></mark>", html.decode())
    mark = "" if language == "en" else f"@{language}"
    assert [(re.search(r'href="([^"]+)"', attributes)[1], words) for attributes, words in marks] == [  # type: ignore[index]
        (f"../90/12{mark}.html", "90/12")
    ]


def test_every_link_inside_leads_to_a_page_and_an_anchor_that_are_there(every: dict[str, Links]) -> None:
    assert f"doc/{LATER}.html" in every
    for path, links in every.items():
        for target in links.links:
            place, _, anchor = unquote(target).partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), place)) if place else path
            bare = re.sub(r"@[a-z]{2}(?=\.html$)", "", there)
            # The page of downloads is made with what can be downloaded; tests of the published site look at it.
            if place.startswith(("http:", "https:")) or not there.endswith(".html") or bare == "downloads.html":
                continue
            assert bare in every, f"{path} leads to {there}"
            # Of a document that is only cited the page has no paragraphs, which may be cited all the same.
            # What a script reads of an address has an equals sign.
            cited_place = "=" in anchor or anchor.startswith(("OP", "PP", "annex", "para", "article")) or "." in anchor
            assert not anchor or anchor in every[bare].anchors or cited_place, f"{path} leads to {target}"


def test_no_anchor_stands_twice_on_a_page(every: dict[str, Links]) -> None:
    assert {path: links.doubled for path, links in every.items() if links.doubled} == {}


def test_words_that_one_language_says_twice_are_marked_twice_and_have_one_anchor(tmp_path: Path) -> None:
    once, twice = "Recalls its resolution 90/12.", "Rappelle sa résolution 90/12, qui est la résolution 90/12."
    texts = {"one.en.xml": marked_up("92/12", words=once), "one.fr.xml": marked_up("92/12", "fr", words=twice)}
    build([write(tmp_path / "texts", texts)], tmp_path / "store", jobs=1)
    html = page(open_site(tmp_path / "store"), "doc/A/RES/92/12@fr.html")
    assert html is not None
    assert html.decode().count(">90/12</a></mark>") == 2
    assert Links(html).doubled == []


def test_no_bare_name_of_a_thing_is_shown(site: Site, every: dict[str, Links]) -> None:
    for path, links in every.items():
        stem, text = path.removesuffix(".html"), links.text
        bare = re.findall(r"https?://(?:w3id\.org/unkg|metadata\.un\.org)\S*", text)
        # The vocabulary tells how names are written.
        if stem.startswith("ontology"):
            continue
        # A page tells its own lasting name, and how to cite it.
        own = addresses.iri_of(stem, site.names)
        assert all(each.rstrip(".#") == own for each in bare), (stem, bare)


def test_pages_of_one_thing_name_each_other_by_language(site: Site) -> None:
    html = (page(site, f"doc/{LATER}@fr.html") or b"").decode()
    told = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html))
    assert told == {"x-default": "12.html"} | {
        code: "12.html" if code == "en" else f"12@{code}.html" for code in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stem", ["index", "documents", "about"])
def test_a_page_names_the_feeds_where_it_is_known_where_they_lie(site: Site, stem: str, language: Language) -> None:
    path = Address(stem, language).path
    assert {feed_path(language), STREAM} <= set(shown(site, path).links)
    anywhere = Site(site.graph, site.catalogue)
    assert not {feed_path(language), STREAM} & set(shown(anywhere, path).links)


def test_the_json_in_a_page_says_what_the_graph_says(site: Site) -> None:
    html = (page(site, f"doc/{LATER}.html") or b"").decode()
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', html)
    assert found is not None
    said = json.loads(found[1])
    assert said["@type"] == "Legislation"
    assert said["legislationIdentifier"] == LATER
    assert said["citation"] == [{"@id": site.names.document(EARLIER)}]
    assert {each["@language"] for each in said["name"]} == set(LANGUAGES)


def test_what_changed_since_the_document_before_is_told_word_by_word(site: Site) -> None:
    html = (page(site, f"doc/{LATER}/changes.html") or b"").decode()
    assert "<ins> on mountains</ins>" in html
    assert page(site, f"doc/{EARLIER}/changes.html") is None


def test_how_the_paragraphs_on_a_body_changed_is_told_in_each_language(site: Site) -> None:
    for language in LANGUAGES:
        html = page(site, Address("body/cstd/history", language).path)
        assert html is not None
        assert b"<ins>" in html


def test_there_is_no_page_where_there_is_no_thing(site: Site) -> None:
    for path in ("doc/A/RES/1/1.html", "body/nobody.html", f"doc/{LATER}@de.html", f"doc/{LATER}@en.html", "../x.html"):
        assert page(site, path) is None


@given(
    st.text("ab/@. ()é", min_size=1).filter(lambda text: text.strip("/") == text and "//" not in text),
    st.sampled_from(LANGUAGES),
)
def test_a_path_is_parsed_as_it_was_made(stem: str, language: str) -> None:
    address = Address(stem, addresses.code(language))
    parsed = addresses.parse(address.path)
    assert parsed is not None
    assert parsed.path == address.path


@given(st.lists(st.sampled_from(["a", "b", "c d", "é"]), min_size=1, max_size=4), st.lists(st.just("a"), min_size=1))
def test_a_link_leads_from_one_path_to_the_other(there: list[str], here: list[str]) -> None:
    target, start = "/".join(there), "/".join(here)
    link = unquote(addresses.link(target, start=start))
    assert posixpath.normpath(posixpath.join(posixpath.dirname(start), link)) == target


@pytest.mark.parametrize(
    ("iri", "stem"),
    [
        ("https://w3id.org/unkg/doc/A/RES/217(III)A#OP1", "doc/A/RES/217(III)A"),
        ("https://w3id.org/unkg/doc/A/RES/76/213@zh", "doc/A/RES/76/213"),
        ("https://w3id.org/unkg/body/cstd", "body/cstd"),
        ("http://metadata.un.org/sdg/17.6", "sdg/17.6"),
        ("https://w3id.org/unkg/ontology#Resolution", "ontology/Resolution"),
        ("https://example.org/other", None),
    ],
)
def test_a_thing_has_its_page_where_its_name_says(iri: str, stem: str | None) -> None:
    assert addresses.stem_of(iri, Names()) == stem


@given(
    st.text("ab 12,", max_size=30), st.lists(st.tuples(st.integers(0, 40), st.text("ab 12", min_size=1, max_size=4)))
)
def test_stretches_joined_are_the_text(text: str, words: list[tuple[int, str]]) -> None:
    parts = stretches(text, [(Words("en", start, (surface,)), surface) for start, surface in words])
    assert "".join(part.text for part in parts) == text
    assert all(part.thing in (None, part.text) for part in parts)


def test_of_words_that_stand_twice_the_ones_are_marked_that_the_distance_tells() -> None:
    text = "its resolution 60/1 and its resolution 61/1, and again 60/1"
    found = [(Words("en", 1024, ("61/1",)), "second"), (Words("en", 1000, ("60/1",)), "first")]
    parts = stretches(text, found)
    assert [(part.text, part.thing) for part in parts if part.thing] == [("60/1", "first"), ("61/1", "second")]


@given(st.text("ab, 山区"), st.text("ab, 山区"))
def test_a_comparison_loses_no_word(earlier: str, later: str) -> None:
    pieces = comparing.changes(earlier, later)
    tidy = "".join
    assert tidy(p.text for p in pieces if p.state != "gone") == tidy(comparing.tokens(later))
    assert tidy(p.text for p in pieces if p.state != "new") == tidy(comparing.tokens(earlier))


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("ar", "1 آذار/مارس 2021"),
        ("en", "1 March 2021"),
        ("es", "1 de marzo de 2021"),
        ("fr", "1er mars 2021"),
        ("ru", "1 марта 2021 года"),
        ("zh", "2021年3月1日"),
    ],
)
def test_days_are_written_as_each_language_does(language: str, day: str) -> None:
    assert written("2021-03-01", language) == day
    assert written("2017–2018", language) == "2017–2018"


@pytest.mark.parametrize("section", phrase_files.sections())
def test_every_phrase_is_there_in_six_languages(section: str) -> None:
    keys = [set(phrase_files.phrases(section, language)) for language in LANGUAGES]
    assert all(each == keys[0] for each in keys)
    assert keys[0]


def test_a_phrase_that_lacks_a_language_is_refused(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "bad.toml").write_text('[only]\nen = "only"\n')
    monkeypatch.setattr(phrase_files, "FOLDER", tmp_path)
    with pytest.raises(RuleError, match="lacks ar, es, fr, ru, zh"):
        phrase_files.phrases("bad", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_large_number_stands_in_groups_and_is_no_fraction_in_any_language(language: str) -> None:
    shown = grouped(10_274_051, language)
    assert re.findall(r"\d+", shown) == ["10", "274", "051"]
    assert grouped(759, language) == "759"
    # A comma parts thousands in English and a fraction elsewhere.
    assert ("," in shown) == (language == "en")
