"""No page of a language in another script shows English words but those that are marked as English, or are names."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import html

from kg.model import Language
from kg.pages import Site, page, stems
from kg.pages.addresses import Address

pytest_plugins = ["tests.sitekit"]

#: Names, symbols and what is typed stand in these; words of the documents themselves are the documents' own.
_NAMES = ("bdi", "code", "pre", "script", "style", "kbd", "q", "blockquote")
_OF_DOCUMENTS = ("said", "cover", "heading", "notes")
_SHOWN = ("title", "aria-label", "alt", "placeholder", "label")
_WORD = re.compile(r"(?<![\w:./#@-])[A-Za-z]?[a-z]{2,}(?![\w:/#@-]|\.\w)")
#: Words that are the same in every language.
_EVERYWHERE = {
    *("unkg", "serve", "publish", "Turtle", "Triples", "Quads", "Parquet", "Python", "JavaScript", "Atom", "Excel"),
    *("Ctrl", "Enter", "Space", "Escape", "Esc", "Tab", "Connect", "charter"),
}
#: The vocabulary speaks of its own terms by their names.
_TERMS = ("ontology", "act/", "qualifier/", "kind/", "scheme/")


def english(page_: bytes, language: str) -> set[str]:
    """The English words that a page shows as if they were of its language."""
    return set(_english(html.fromstring(page_), language, language))


def _english(element: html.HtmlElement, spoken: str, language: str) -> Iterator[str]:
    # Of some words in the answers to questions nobody tells the language.
    if (
        not isinstance(element.tag, str)
        or element.tag in _NAMES
        or (element.tag == "span" and element.get("dir") == "auto")
    ):
        return
    spoken = element.get("lang") or spoken
    own = not set((element.get("class") or "").split()) & set(_OF_DOCUMENTS)
    if own and spoken == language:
        texts = [element.text, *(child.tail for child in element), *map(element.get, _SHOWN)]
        if element.tag == "meta" and element.get("name") == "description":
            texts.append(element.get("content"))
        for text in filter(None, texts):
            yield from set(_WORD.findall(text)) - _EVERYWHERE
    for child in element if own else ():
        yield from _english(child, spoken, language)


@pytest.mark.parametrize("language", ["ar", "ru", "zh"])
def test_no_page_shows_english_as_if_it_were_its_own(site: Site, language: Language) -> None:
    found = {}
    for stem in stems(site):
        shown = page(site, Address(stem, language).path) if not stem.startswith(_TERMS) else None
        if shown and (words := english(shown, language)):
            found[stem] = words
    assert found == {}


def test_the_check_sees_a_word_that_was_left_over() -> None:
    assert english("<html lang='zh'><p title='see also'>决议</p></html>".encode(), "zh") == {"see", "also"}
    assert english("<html lang='zh'><p>第19段 paragraph 3</p></html>".encode(), "zh") == {"paragraph"}
    assert english(b"<html lang='zh'><p lang='en'>paragraph 3</p><bdi>charter</bdi></html>", "zh") == set()
