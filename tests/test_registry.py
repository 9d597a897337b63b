"""The registries: six languages, one meaning a name, and every example finds its thing."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox
import pytest

from kg import languages, registry, resources
from kg.extract.names import read_names
from kg.extract.words import read_words
from kg.model import Clause, Heading, Language, Outline, Passage, Run, Text
from kg.registry import Entry
from kg.uris import BASE

SKOS = "http://www.w3.org/2004/02/skos/core#"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
ENTRIES = list(registry.entries().values())


def examples() -> list[tuple[str, str, str]]:
    """(target, language, sentence) of every skos:example of a named thing."""
    found = []
    for path in resources.registries():
        for quad in ox.parse(resources.turtle(path).encode(), ox.RdfFormat.TURTLE):
            if quad.predicate.value == f"{SKOS}example" and isinstance(quad.object, ox.Literal):
                target = str(quad.subject)[1:-1].removeprefix(BASE)
                found.append((target, quad.object.language or "", quad.object.value))
    return found


def names_in(sentence: str, language: Language) -> set[str]:
    passage = Passage(sentence, (Run(0, 0, len(sentence)),))
    clause = Clause("PP1", "preambular", 1, passage, ())
    text = Text("example", language, sentence, (), "")
    outline = Outline(text, Heading("A/RES/90/1", "resolution", "general-assembly"), (clause,), ())
    rules = languages.rules(language)
    names = read_names(outline, read_words(outline, rules), rules)
    return {name.target for found in names.values() for name in found}


def test_the_registries_are_as_large_as_the_documents_need() -> None:
    kinds = [entry.kind for entry in ENTRIES]
    assert kinds.count("goal") == 17
    assert kinds.count("target") == 169
    assert kinds.count("body") >= 1000
    assert kinds.count("instrument") >= 480
    assert kinds.count("event") >= 300


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.target)
def test_every_thing_has_a_name_in_six_languages_or_a_stated_gap(entry: Entry) -> None:
    assert sorted([*entry.labels, *entry.gaps]) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_means_two_things(language: str) -> None:
    claimed: dict[str, set[str]] = defaultdict(set)
    for entry in ENTRIES:
        for code, name in entry.names:
            if code == language and entry.kind not in ("goal", "target"):
                claimed[name].add(entry.target)
    assert {name: targets for name, targets in claimed.items() if len(targets) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_goal_and_a_target_speak_in_every_language(language: str) -> None:
    silent = [e.target for e in ENTRIES if e.kind == "target" and language not in {code for code, _ in e.cues}]
    assert silent == []


@pytest.mark.parametrize("language", languages.available())
def test_every_example_names_its_thing(language: Language) -> None:
    missed = [(t, s) for t, code, s in examples() if code == language and t not in names_in(s, language)]
    assert missed == []


def test_a_chapter_is_named_beside_the_charter() -> None:
    sentence = (
        "Acting under Chapter VII of the Charter of the United Nations, and mindful of Article 51 of the Charter,"
    )
    parts = {"instrument/charter-chapter-vii", "instrument/charter-article-51"}
    assert names_in(sentence, "en") == {"instrument/charter", *parts}


def test_what_is_served_is_a_goal_or_a_target() -> None:
    wrong = {(e.target, s) for e in ENTRIES for s in e.serves if registry.find(s) is None}
    assert wrong == set()


def test_a_symbol_tells_whose_document_it_is_by_its_longest_prefix() -> None:
    assert registry.body_of_symbol("E/CN.16/2021/2") == "body/cstd"
    assert registry.body_of_symbol("A/C.2/76/L.5") == "body/second-committee"
    assert registry.body_of_symbol("NPT/CONF.2010/50") == "body/npt-review-conference"
    assert registry.body_of_symbol("ICCD/COP(14)/23/Add.1") == "body/unccd-cop"
    assert registry.body_of_symbol("FCCC/DEC/1/CP.21") == "body/unfccc-cop"
    assert registry.body_of_symbol("XYZ/1") is None


def test_no_two_bodies_share_a_symbol_prefix() -> None:
    prefixes = [prefix for entry in ENTRIES for prefix in entry.symbol_prefixes]
    assert len(prefixes) == len(set(prefixes)) >= 130


def test_every_act_leads_along_an_edge_of_its_own() -> None:
    edges = [act.edge for act in registry.acts().values()]
    assert len(edges) == len(set(edges)) >= 60
