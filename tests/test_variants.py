"""Other ways in which the names of a language are written."""

from __future__ import annotations

import pytest

from kg import languages
from kg.model import Language

EXAMPLES = [
    (language, *variant["example"])
    for language in languages.available()
    for variant in languages.rules(language).raw["names"].get("variant", ())
]


@pytest.mark.parametrize(("language", "name", "other"), EXAMPLES)
def test_a_name_is_found_as_the_example_has_it(language: Language, name: str, other: str) -> None:
    assert other in languages.rules(language).short_names.written(name)


@pytest.mark.parametrize("language", languages.available())
def test_a_name_without_such_a_part_is_written_as_it_is(language: Language) -> None:
    assert languages.rules(language).short_names.written("OP1") == ("OP1",)
