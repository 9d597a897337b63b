"""The vocabulary speaks six languages: every class, property, act and fixed value has names and definitions in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox
import pytest

from kg import resources
from kg.pages.addresses import LANGUAGES

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_UNKG = "https://w3id.org/unkg/ontology#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NAMES = (f"{_RDFS}label", f"{_SKOS}prefLabel")
_DEFINITIONS = (f"{_RDFS}comment", f"{_SKOS}definition")
#: Letters in which a text of each language is written.
_LETTERS = {
    "ar": "\u0600-\u06ff",
    "en": "A-Za-z",
    "es": "A-Za-zÀ-ÿ",
    "fr": "A-Za-zÀ-ÿ",
    "ru": "\u0400-\u04ff",
    "zh": "\u4e00-\u9fff",
}


def statements() -> list[ox.Triple]:
    return [
        quad.triple for path in resources.ontology() for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    ]


def terms(said: Iterable[ox.Triple]) -> Mapping[str, set[str]]:
    """Everything of ours that has a name or should have one, with what it is."""
    found: dict[str, set[str]] = {}
    for each in said:
        subject = each.subject.value if isinstance(each.subject, ox.NamedNode) else ""
        if subject.startswith(_UNKG) or each.predicate.value in _NAMES:
            found.setdefault(subject, set())
    for each in said:
        if each.predicate.value == _TYPE and isinstance(each.subject, ox.NamedNode) and each.subject.value in found:
            found[each.subject.value].add(str(each.object.value))  # type: ignore[union-attr]
    return found


def words(said: Iterable[ox.Triple], properties: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
    """The names or definitions of each term by language."""
    found: dict[str, dict[str, str]] = {}
    for each in said:
        if (
            each.predicate.value in properties
            and isinstance(each.subject, ox.NamedNode)
            and isinstance(each.object, ox.Literal)
        ):
            found.setdefault(each.subject.value, {})[each.object.language or ""] = each.object.value
    return found


def lacking(said: list[ox.Triple]) -> list[str]:
    """Terms and the languages that they lack a name or a definition in. A qualifier is a word that defines itself, and
    the direct edge of an act is defined by its act."""
    names, definitions = words(said, _NAMES), words(said, _DEFINITIONS)
    edges = {each.object.value for each in said if each.predicate.value == f"{_UNKG}citationProperty"}  # type: ignore[union-attr]
    found = []
    for term, types in terms(said).items():
        needed = [("name", names)]
        if term not in edges and f"{_UNKG}Qualifier" not in types:
            needed.append(("definition", definitions))
        for what, texts in needed:
            without = [code for code in LANGUAGES if not texts.get(term, {}).get(code, "").strip()]
            found += [f"{term}: no {what} in {', '.join(without)}"] if without else []
    return found


def test_every_term_has_names_and_definitions_in_six_languages() -> None:
    said = statements()
    assert len(terms(said)) > 300
    assert lacking(said) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_definition_that_is_missing_is_found_out(language: str) -> None:
    said = [
        each
        for each in statements()
        if not (
            str(each.subject) == f"<{_UNKG}Citation>"
            and isinstance(each.object, ox.Literal)
            and each.object.language == language
            and each.predicate.value == f"{_RDFS}comment"
        )
    ]
    assert lacking(said) == [f"{_UNKG}Citation: no definition in {language}"]


@pytest.mark.parametrize("properties", [_NAMES, _DEFINITIONS])
def test_words_are_in_the_language_they_are_marked_with(properties: tuple[str, ...]) -> None:
    for term, texts in words(statements(), properties).items():
        for code, text in texts.items():
            assert re.search(f"[{_LETTERS[code]}]", text), f"{term} in {code}: {text}"
            if code not in ("ru",):
                assert not re.search("[\u0400-\u04ff]", text), f"{term} in {code}: {text}"
            if code != "ar":
                assert not re.search("[\u0600-\u06ff]", text), f"{term} in {code}: {text}"


def test_terms_that_definitions_name_are_there_in_every_language() -> None:
    said = statements()
    known = set(terms(said))
    for term, texts in words(said, _DEFINITIONS).items():
        named = {code: set(re.findall(r"\bunkg:(\w+)", text)) for code, text in texts.items()}
        assert all(each == named["en"] for each in named.values()), (term, named)
        assert {f"{_UNKG}{each}" for each in named["en"]} <= known, term
