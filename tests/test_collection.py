"""What ships: a newcomer's first store has a real answer to every question."""

from __future__ import annotations

import json
import lzma
import shlex
from pathlib import Path

import pytest

from kg import facts
from kg.build import build
from kg.lineage import lineage
from kg.query import LocalStore, open_store
from kg.questions import all_questions
from kg.state import Summary
from kg.uris import term
from tests.storekit import unkg

SEED = "A/RES/76/213"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """What a build without paths makes."""
    return build([], tmp_path_factory.mktemp("first") / "store")


@pytest.fixture(scope="module")
def store(first: Summary) -> LocalStore:
    return open_store(first.store)


def test_the_first_store_holds_more_than_three_thousand_documents(first: Summary) -> None:
    assert first.counts["documents"] > 3_000
    assert first.counts["facts"] == first.counts["documents"] - 1
    assert first.example == SEED
    assert first.report.conforms
    assert first.report.graphs == 1, "only the text that was read was judged here"


@pytest.mark.parametrize("name", all_questions())
def test_every_question_has_an_answer_on_the_first_day(store: LocalStore, name: str) -> None:
    sample = shlex.split(all_questions()[name].sample)
    answer = store.query(name, **dict(word.split("=", 1) for word in sample if "=" in word))
    assert not isinstance(answer, bool)
    # Where edges and their evidence agree, there is nothing to tell.
    assert len(answer) > 0 or name == "edges-consistent"


def test_a_search_without_a_find_says_that_sentences_are_lacking(first: Summary) -> None:
    found = unkg("search", "technology bank", "--store", first.store)
    assert found.returncode == 1
    assert "nothing found; of 3," in found.stderr
    assert "only the titles are held" in found.stderr


def test_the_lineage_of_the_document_that_ships_goes_on_behind_what_it_cites(store: LocalStore) -> None:
    cited = {edge.cited for edge in lineage(store, SEED).edges if edge.citing == "A/RES/74/229"}
    assert "A/RES/72/228" in cited or len(cited) > 10


def test_what_ships_is_a_few_megabytes_and_no_sentence() -> None:
    packed = facts.shipped() / facts.FILE
    assert packed.stat().st_size < 10_000_000
    with lzma.open(packed) as file:
        head = file.read(2_000_000).decode(errors="ignore")
    name = term("text").rpartition("#")[2]
    assert f"u:{name} " not in head
    assert "u:symbol" in head


def test_the_description_names_the_graphs_there_are(store: LocalStore) -> None:
    works = json.loads(Path(facts.shipped() / facts.DESCRIPTION).read_text(encoding="utf-8"))["works"]
    graphs = {str(name) for name in store.oxigraph.named_graphs()}
    assert {f"<{store.names.graph(symbol)}>" for symbol in works} <= graphs
