"""What the graph says in English alone is said in six languages: every finding and every reason there can be."""

from __future__ import annotations

import ast
import itertools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg import across
from kg.pages import phrases as phrase_files
from kg.pages import remarks
from kg.pages.addresses import LANGUAGES
from kg.pages.phrases import phrases

EXAMPLES: dict[str, dict[str, str]] = tomllib.loads((phrase_files.FOLDER / "remarks.toml").read_text(encoding="utf-8"))[
    phrase_files.EXAMPLES
]
_MAKERS = ("Finding", "Remark", "_unequal")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sentence", EXAMPLES)
def test_a_sentence_is_said_in_the_language(sentence: str, language: str) -> None:
    told = remarks.said(sentence, language)
    assert told is not None
    assert told.striptags() == EXAMPLES[sentence][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_sentence(language: str) -> None:
    known = {key.partition("_")[0] for key in phrases("remarks", language)}
    assert {*codes(), *(rule.code for rule in across.rules())} <= known


def test_the_search_for_codes_sees_one_that_has_none() -> None:
    assert "no-such-thing" in set(_codes(ast.parse('Finding("info", "no-such-thing", at, message)')))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_sentence(language: str) -> None:
    found = reasons()
    assert len(found) > 10
    assert [each for each in found if remarks.said(each, language) is None] == []


@pytest.mark.parametrize("rule", across.rules(), ids=lambda rule: rule.code)
@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_rules_over_the_store_have_theirs(rule: across.Rule, language: str) -> None:
    assert remarks.said(rule.message.format_map(defaultdict(lambda: "2020-01-01")), language)


@pytest.mark.parametrize("key", phrases("remarks", "en"))
def test_every_language_tells_all_that_english_does(key: str) -> None:
    slots = {language: sorted(re.findall(r"\{\w+\}", phrases("remarks", language)[key])) for language in LANGUAGES}
    assert len(set(map(tuple, slots.values()))) == 1, slots


def test_a_sentence_of_no_known_form_is_left_to_english() -> None:
    assert remarks.said("the moon is made of cheese", "fr") is None


def test_words_of_a_text_cannot_become_markup() -> None:
    told = remarks.said("the words “<b>” mean A/74/1, but their link (line 3) leads to A/73/1", "fr")
    assert told is not None
    assert "<b>" not in told


def codes() -> set[str]:
    return set(itertools.chain.from_iterable(_codes(tree) for tree in _sources()))


def reasons() -> list[str]:
    """The reasons why a citation is open, as far as they are written out."""
    return sorted({reason for tree in _sources() for reason in _reasons(tree)})


def _codes(tree: ast.AST) -> Iterator[str]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _MAKERS:
            place = 0 if call.func.id == "_unequal" else 1
            if len(call.args) > place and isinstance(code := call.args[place], ast.Constant):
                yield str(code.value)


def _reasons(tree: ast.AST) -> Iterator[str]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Answer":
            yield from (
                str(each.value.value)
                for each in call.keywords
                if each.arg == "reason" and isinstance(each.value, ast.Constant) and each.value.value
            )


def _sources() -> Iterator[ast.Module]:
    for path in sorted(Path(kg.__file__).parent.rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))
