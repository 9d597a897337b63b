"""The language files: every example in them is run through the real code, and a broken file is refused by name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from kg import languages, numerals, registry, resources
from kg.errors import RuleError
from kg.extract.acts import read_acts
from kg.extract.drafts import locator_values
from kg.extract.goals import codes
from kg.extract.words import words_of
from kg.languages import LanguageRules, Rule, fold
from kg.model import Language

CODES = languages.available()


def examples(table: str) -> Iterator[Any]:
    """The rules of one table of every language file, each with its example."""
    for code in CODES:
        rules = languages.rules(code)
        compiled = {
            "heading": rules.headings,
            "locator": rules.locators,
            "goal": rules.goals,
            "report_request": rules.report_requests,
        }
        for rule, entry in zip(compiled[table], rules.raw[table], strict=True):
            for example in entry["example"] if isinstance(entry["example"], list) else [entry["example"]]:
                yield pytest.param(rules, rule, example, id=f"{code}-{rule.name}-{example['text']}")


def act_examples() -> Iterator[Any]:
    for code in CODES:
        rules = languages.rules(code)
        for example in rules.raw["examples"]["act"]:
            yield pytest.param(rules, example, id=f"{code}-{example['text']}")


def shown(example: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in example.items() if key != "text"}


# Examples


def test_there_is_a_language() -> None:
    assert CODES


@pytest.mark.parametrize(("rules", "rule", "example"), list(examples("heading")))
def test_an_example_of_a_heading_gives_its_parts(rules: LanguageRules, rule: Rule, example: dict[str, str]) -> None:
    match = rule.pattern.search(fold(example["text"]))
    assert match is not None
    groups = match.groupdict()
    found = {
        key: str(numerals.ordinal(groups[key] or "", rules)) if key in ("session", "meeting") else groups[key]
        for key in shown(example)
    }
    assert found == shown(example)


@pytest.mark.parametrize(("rules", "rule", "example"), list(examples("locator")))
def test_an_example_of_a_locator_gives_its_numbers(rules: LanguageRules, rule: Rule, example: dict[str, Any]) -> None:
    match = rule.pattern.fullmatch(fold(example["text"]))
    assert match is not None
    found = list(locator_values(rule.name, match.groupdict(), rules))
    assert {rule.name: found} == shown(example)


@pytest.mark.parametrize(("rules", "rule", "example"), list(examples("goal")))
def test_an_example_of_a_goal_gives_its_codes(rules: LanguageRules, rule: Rule, example: dict[str, Any]) -> None:
    match = rule.pattern.search(fold(example["text"]))
    assert match is not None
    assert codes(match["codes"], rule.name, rules) == example["codes"]
    assert all(registry.find(f"sdg/{code}") for code in example["codes"])


@pytest.mark.parametrize(("rules", "rule", "example"), list(examples("report_request")))
def test_an_example_of_a_request_gives_its_session(rules: LanguageRules, rule: Rule, example: dict[str, str]) -> None:
    match = rule.pattern.search(fold(example["text"]))
    assert match is not None
    assert str(numerals.ordinal(match["session"], rules)) == example["session"]
    assert match["to"]


@pytest.mark.parametrize(("rules", "example"), list(act_examples()))
def test_an_example_of_an_act_is_read_as_that_act(rules: LanguageRules, example: dict[str, Any]) -> None:
    readings = read_acts(words_of(example["text"], rules), rules)
    assert readings
    assert (readings[0].at, readings[0].act) == (0, example["act"])
    assert sorted(readings[0].qualifiers) == sorted(example["qualifiers"])


@pytest.mark.parametrize("entry", languages._load("common.toml")["number"], ids=lambda entry: entry["example"])
def test_an_example_of_a_number_is_one_whole_number_of_its_kind(entry: dict[str, str]) -> None:
    first = next(rule for rule in languages.numbers() if rule.pattern.match(entry["example"]))
    assert (first.name, first.pattern.pattern.count(entry["pattern"])) == (entry["form"], 1)
    assert first.pattern.fullmatch(entry["example"])


@pytest.mark.parametrize("code", get_args(Language))
def test_what_a_language_says_of_one_and_many_holds_for_its_examples(code: Language) -> None:
    rules = languages.rules(code)
    for one, many in rules.raw.get("plural", {"examples": []})["examples"]:
        assert (rules.plural.forms(one), rules.plural.forms(many)) == ((one, many), (many, one))


def test_words_that_would_become_others_stay_as_they_are_and_so_do_initials_and_languages_without_plural() -> None:
    assert languages.rules("en").plural.forms("high-risk occupation") == ("high-risk occupation",)
    assert languages.rules("en").plural.forms("AIDS") == ("AIDS",)
    assert languages.rules("zh").plural.forms("疫苗") == ("疫苗",)


def test_every_look_alike_is_read_as_one_character() -> None:
    table = languages.folding()
    assert table
    assert {len(read_as) for read_as in table.values()} == {1}
    assert [chr(found) for found, read_as in table.items() if ord(read_as) in table] == []


# Words


@pytest.mark.parametrize("code", CODES)
def test_every_act_and_qualifier_of_a_language_is_in_the_ontology(code: Language) -> None:
    rules = languages.rules(code)
    assert rules.acts.keys() - registry.acts().keys() == set()
    assert rules.act_first_only - registry.acts().keys() == set()
    assert rules.qualifiers.keys() - qualifiers() == set()


def qualifiers() -> set[str]:
    words = (resources.root() / "ontology" / "acts.ttl").read_text(encoding="utf-8")
    return set(re.findall(r"^<qualifier/([a-z-]+)>", words, re.MULTILINE))


@pytest.mark.parametrize("code", CODES)
def test_every_act_and_qualifier_of_a_language_has_an_example(code: Language) -> None:
    rules = languages.rules(code)
    shown = rules.raw["examples"]["act"]
    assert rules.acts.keys() - {example["act"] for example in shown} == set()
    assert rules.qualifiers.keys() - {qualifier for example in shown for qualifier in example["qualifiers"]} == set()


@pytest.mark.parametrize("code", CODES)
def test_no_phrase_is_listed_twice(code: Language) -> None:
    rules = languages.rules(code)
    phrases = [
        phrase
        for table in (rules.acts, rules.qualifiers, {"skip": rules.act_skip})
        for listed in table.values()
        for phrase in listed
    ]
    assert sorted({phrase for phrase in phrases if phrases.count(phrase) > 1}) == []


@pytest.mark.parametrize("code", CODES)
def test_every_phrase_of_an_act_is_read_as_that_act(code: Language) -> None:
    rules = languages.rules(code)
    wrong = [
        (phrase, slug, [reading.act for reading in read_acts(words_of(phrase, rules), rules)])
        for slug, phrases in rules.acts.items()
        for phrase in phrases
        if "…" not in phrase and [reading.act for reading in read_acts(words_of(phrase, rules), rules)] != [slug]
    ]
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_every_organ_that_opens_a_text_numbers_its_documents(code: Language) -> None:
    rules = languages.rules(code)
    opening = {rule.name for rule in rules.openings}
    assert opening <= {rule.name for rule in rules.organs}
    assert {slug for slug in opening if registry.find(f"body/{slug}") is None} == set()


@pytest.mark.parametrize("code", CODES)
def test_every_organ_and_unit_is_one_that_the_rest_knows(code: Language) -> None:
    rules = languages.rules(code)
    organs = {rule.name for rule in rules.organs} - {"self", "council", "stranger", "stranger-behind"}
    assert {slug for slug in organs if registry.find(f"body/{slug}") is None} == set()
    assert {rule.name for rule in rules.nouns} == {"resolution", "decision"}


# Files that are wrong

WORDS = (resources.languages() / "zh.toml").read_text(encoding="utf-8")
#: A language may do without the others.
OPTIONAL = {"months", "number", "number_words", "alike", "examples"}
TABLES = tomllib.loads(WORDS).keys() - {"code", "name", "spaced", "letters"} - OPTIONAL


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of language files that the code reads instead of its own, with nothing remembered from before."""
    caches = (languages.available, languages.rules, languages.numbers, languages.folding, languages._load)
    common = resources.languages() / "common.toml"
    (tmp_path / "common.toml").write_text(common.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(resources, "languages", lambda: tmp_path)
    for cache in caches:
        cache.cache_clear()
    yield tmp_path
    for cache in caches:
        cache.cache_clear()


def problem(folder: Path, words: str) -> RuleError:
    (folder / "zh.toml").write_text(words, encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        _ = languages.rules("zh").tokens
    return raised.value


def without(table: str, key: str) -> str:
    """The Chinese file without one key, or without its first line in a table that is listed."""
    if not table:
        return re.sub(rf"^{key} = .*\n", "", WORDS, count=1, flags=re.MULTILINE)
    before, name, after = WORDS.partition(f"\n{table}\n")
    assert name
    return before + name + re.sub(rf"^{key} = .*\n", "", after, count=1, flags=re.MULTILINE)


KEYS = [
    *(("", key) for key in ("code", "name", "spaced", "letters")),
    ("[patterns]", "date"),
    *(
        ("[citation]", key)
        for key in (
            *("date", "noun", "between", "noun_gap", "stop", "date_gap", "locator_gap"),
            *("self_reference", "ibid", "vague", "charter"),
        )
    ),
    *(("[treaty]", key) for key in ("united-nations", "league-of-nations", "volume")),
    *(("[lists]", key) for key in ("and", "to")),
    *(("[addressee]", key) for key in ("between", "lead")),
    ("[act_matching]", "boundary"),
    *(("[[heading]]", key) for key in ("part", "pattern")),
    *(("[[locator]]", key) for key in ("unit", "pattern")),
    ("[[goal]]", "pattern"),
    ("[[report_request]]", "pattern"),
]


def test_the_file_itself_is_right(folder: Path) -> None:
    (folder / "zh.toml").write_text(WORDS, encoding="utf-8")
    assert languages.available() == ("zh",)
    assert languages.rules("zh").tokens


@pytest.mark.parametrize(("table", "key"), KEYS)
def test_a_missing_key_is_told_with_file_table_and_key(folder: Path, table: str, key: str) -> None:
    error = problem(folder, without(table, key))
    assert error.where.startswith(str(folder / "zh.toml"))
    assert table.strip("[]") in str(error)
    assert key in str(error)
    assert "missing" in error.what


def test_a_plural_that_says_too_little_is_told_with_file_table_and_key(folder: Path) -> None:
    error = problem(folder, WORDS + "\n[plural]\nendings = []\nsame = []\ntogether = false\n")
    assert (error.where, error.what) == (f"{folder / 'zh.toml'}: plural", "lacks 'ends'")


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_missing_table_is_told_with_file_and_name(folder: Path, table: str) -> None:
    error = problem(folder, re.sub(rf"^(\[+){table}(\]+)", r"\g<1>other\g<2>", WORDS, flags=re.MULTILINE))
    assert error.where.startswith(str(folder / "zh.toml"))
    assert table in str(error)
    assert error.what == "missing"


@pytest.mark.parametrize(
    ("table", "key"),
    [("[patterns]", "date"), ("[citation]", "ibid"), ("[nouns]", "resolution"), ("[[locator]]", "pattern")],
)
def test_a_broken_pattern_is_told_with_file_key_and_pattern(folder: Path, table: str, key: str) -> None:
    before, name, after = WORDS.partition(f"\n{table}\n")
    broken = re.sub(rf"^{key} = .*\n", f"{key} = '(第'\n", after, count=1, flags=re.MULTILINE)
    error = problem(folder, before + name + broken)
    assert error.where.startswith(f"{folder / 'zh.toml'}: {table.strip('[]')}")
    assert error.what.startswith("no regular expression (")
    assert "(第" in error.what


def test_a_file_that_is_no_toml_is_told_with_its_line(folder: Path) -> None:
    error = problem(folder, 'code = "zh"\nname = \n')
    assert error.where == str(folder / "zh.toml")
    assert "line 2" in error.what


def test_a_language_without_a_file_is_told_with_those_that_have_one(folder: Path) -> None:
    (folder / "zh.toml").write_text(WORDS, encoding="utf-8")
    with pytest.raises(RuleError, match="no such language; there are zh"):
        languages.rules("fr")
