"""unkg explain: why an edge is there, from the graph alone."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from kg import explain, query, run
from kg.build import build
from kg.errors import UnknownDocument
from kg.query import LocalStore
from tests.aknkit import akn, link
from tests.storekit import unkg

WORDS = {
    "ar": "إذ تشير إلى قرارها {} المؤرخ 21 كانون الأول/ديسمبر 2031،",
    "en": "Recalling its resolution {} of 21 December 2031,",
    "es": "Recordando su resolución {}, de 21 de diciembre de 2031,",
    "fr": "Rappelant sa résolution {} du 21 décembre 2031,",
    "ru": "ссылаясь на свою резолюцию {} от 21 декабря 2031 года,",
    "zh": "回顾其2031年12月21日第{}号决议，",
}
NAME = "A/RES/90/12#PP1.cites.A/RES/86/7"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain")
    for code, words in WORDS.items():
        number = link("A/RES/86/7", "86/7") if code == "en" else "86/7"
        (folder / f"A_RES_90_12.{code}.xml").write_bytes(akn([words.format(number)], [], language=code))
    build([folder], folder / "store")
    return folder / "store"


@pytest.fixture(scope="module")
def graph(store: Path) -> LocalStore:
    return query.open_store(store)


def test_a_citation_is_explained_in_every_language_that_has_it(graph: LocalStore) -> None:
    (found,) = explain.explain(graph, NAME)
    assert (found.citing, found.clause, found.cited) == ("A/RES/90/12", "PP1", "A/RES/86/7")
    assert [words.language for words in found.words] == sorted(WORDS)
    for words in found.words:
        assert words.exact == "86/7"
        assert words.before + words.exact + words.after == WORDS[words.language].format("86/7")
        assert words.file == f"A_RES_90_12.{words.language}.xml"
        kinds = [what for _, what, _ in words.read]
        assert {"a date", "a noun (resolution)", "a number of a document"} <= set(kinds)


def test_what_else_the_number_could_be_is_told_with_what_speaks_against_it(graph: LocalStore) -> None:
    (found,) = explain.explain(graph, NAME)
    considered = dict(found.considered)
    assert considered["A/DEC/86/7"] == "the words call it a resolution"
    assert "A/HRC/RES/86/7" in considered
    assert found.cited not in considered


def test_the_words_and_the_link_are_told_apart(graph: LocalStore) -> None:
    (found,) = explain.explain(graph, NAME)
    assert "  shown by  the words and a link of the file" in list(found.lines())


@pytest.mark.parametrize(
    "name",
    [
        NAME,
        f"https://w3id.org/unkg/doc/{NAME}",
        "A/RES/90/12#PP1",
        "A/RES/90/12",
        "90/12.cites.86/7",
        "A/RES/90/12.cites.A/RES/86/7",
    ],
)
def test_a_citation_is_found_by_its_name_and_by_the_start_of_it(graph: LocalStore, name: str) -> None:
    assert [found.cited for found in explain.explain(graph, name)] == ["A/RES/86/7"]


@pytest.mark.parametrize("name", ["A/RES/90/12#PP9", "A/RES/90/12.cites.A/RES/1/1", "A/RES/91/1", "nothing", ""])
def test_what_the_graph_does_not_hold_is_told_with_what_it_does(graph: LocalStore, name: str) -> None:
    with pytest.raises(UnknownDocument, match=r"clauses of|expected"):
        explain.explain(graph, name)


def test_every_rule_that_decides_has_words_for_a_person() -> None:
    literals, first = set(), set()
    for name in ("resolve.py", "numbering.py", "links.py"):
        for node in ast.walk(ast.parse(Path(run.__file__).with_name(name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant):
                literals.add(node.value)
            if isinstance(node, ast.Call):
                named = [each.value for each in node.keywords if each.arg == "rule"]
                is_answer = isinstance(node.func, ast.Name) and node.func.id == "Answer"
                rules = [*named, *(node.args[:1] if is_answer else ())]
                first |= {rule.value for rule in rules if isinstance(rule, ast.Constant)}
    assert {"backwards", "its", "link"} <= literals
    assert {"backwards", "link", "symbol"} <= first
    assert first <= explain.RULES.keys()
    assert explain.RULES.keys() <= literals


def test_the_command_prints_text_for_people_and_json_for_programs(store: Path) -> None:
    shown = unkg("explain", "A/RES/90/12", "A/RES/86/7", "--store", store).stdout
    assert shown.startswith("A/RES/90/12 PP1 cites A/RES/86/7\n")
    assert "⟦86/7⟧" in shown
    assert "kg/languages/fr.toml [nouns] resolution" in shown
    (found,) = json.loads(unkg("explain", NAME, "--store", store, "-f", "json").stdout)
    assert found["cited"] == "A/RES/86/7"
    absent = unkg("explain", "A/RES/90/12#OP7", "--store", store)
    assert (absent.returncode, "clauses of" in absent.stderr) == (1, True)
    wrong = unkg("explain", NAME, "--store", store, "-f", "csv")
    assert (wrong.returncode, "choose text or json" in wrong.stderr) == (2, True)
