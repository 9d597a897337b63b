"""How each language says where in a document a citation points: the examples beside the words, and their way back."""

from __future__ import annotations

import re
import tomllib

import pytest

from kg import languages
from kg.extract.drafts import locator_values
from kg.graph import locator_text
from kg.languages import LanguageRules
from kg.pages import locators
from kg.pages import phrases as phrase_files
from kg.pages.addresses import LANGUAGES

EXAMPLES: dict[str, dict[str, str]] = tomllib.loads(
    (phrase_files.FOLDER / "locators.toml").read_text(encoding="utf-8")
)[phrase_files.EXAMPLES]
#: What the rules of reading know by more than its own words: the numbers of documents, sections of resolutions.
_BY_MORE = re.compile(r"decision|resolution \d+/|(?:section|annex) .*|article \d+\(|\(iii\)")


def read(text: str, rules: LanguageRules) -> str:
    """The locator that the rules of a language see in words: of those that overlap, the longer."""
    found = [
        (match.start(), -match.end(), rule.name, match)
        for rule in rules.locators
        for match in re.finditer(rule.pattern, text.replace("–", "-"))
    ]
    places: dict[str, tuple[str, ...]] = {}
    end = 0
    for start, minus_end, unit, match in sorted(found, key=lambda each: each[:2]):
        if start >= end:
            places[unit] = (*places.get(unit, ()), *locator_values(unit, match.groupdict(), rules))
            end = -minus_end
    return locator_text(places)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("locator", EXAMPLES)
def test_a_place_is_said_in_the_words_of_the_language(locator: str, language: str) -> None:
    assert locators.said(locator, language) == EXAMPLES[locator][language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("locator", [each for each in EXAMPLES if not _BY_MORE.search(each)])
def test_what_is_said_is_read_as_what_was_meant(locator: str, language: str) -> None:
    assert read(EXAMPLES[locator][language], languages.rules(language)) == locator


def test_the_way_back_sees_another_number() -> None:
    assert read("пункты 1 и 3", languages.rules("ru")) != "paragraph 1, 2"


@pytest.mark.parametrize(
    ("language", "item"),
    [("ar", "22 (أ)"), ("en", "22 (a)"), ("es", "22 a)"), ("fr", "22 a)"), ("ru", "22 a)"), ("zh", "22(a)")],
)
def test_an_agenda_item_is_numbered_as_its_language_does(language: str, item: str) -> None:
    assert locators.numbered("22 (a)", language) == item
    assert locators.numbered("9", language) == "9"
    assert locators.numbered("9 and others", language) == "9 and others"


@pytest.mark.parametrize("locator", ["part PRIMERA", "chapter ХI", "verse 3", "paragraph", "", "paragraph 3(1)"])
def test_what_cannot_be_said_is_not_guessed(locator: str) -> None:
    assert locators.in_languages(locator, LANGUAGES) == {}
