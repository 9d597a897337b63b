"""The simulated collection of the benchmark: it says what real graphs say, in the same words. No time is measured."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.answers import Rows
from kg.nquads import iri
from kg.query import LocalStore, open_store
from kg.store import writing
from kg.uris import Names, term
from kg.validate import shipped, validate_work
from tests.bench import naive, simulate
from tests.bench.asking import asked, drawn

WORKS = 120


@pytest.fixture(scope="module")
def graphs() -> list[str]:
    return list(simulate.graphs(WORKS, clauses=8, citations=4))


@pytest.fixture(scope="module")
def simulated(graphs: list[str], tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    path = tmp_path_factory.mktemp("simulated") / "store"
    with writing(path) as writer:
        writer.load_vocabulary()
        for each in graphs:
            writer.load(each)
        writer.note({})
    return open_store(path)


def triples(quads: str) -> bytes:
    return "".join(f"{line.rpartition(' <')[0]} .\n" for line in quads.splitlines()).encode()


def test_every_work_keeps_the_shapes(graphs: list[str]) -> None:
    assert len(graphs) == WORKS
    assert [validate_work(triples(each), shipped()) for each in graphs] == [()] * WORKS


def test_a_damaged_work_breaks_them(graphs: list[str]) -> None:
    whole = next(each for each in graphs if iri(term("cites")) in each)
    damaged = "".join(line for line in whole.splitlines(keepends=True) if iri(term("cites")) not in line)
    assert any("unkg:cites" in found.message for found in validate_work(triples(damaged), shipped()))


def test_the_same_seed_gives_the_same_works_and_another_gives_others(graphs: list[str]) -> None:
    assert list(simulate.graphs(WORKS, clauses=8, citations=4)) == graphs
    assert list(simulate.graphs(WORKS, clauses=8, citations=4, seed=2)) != graphs


def test_sessions_grow_and_a_few_documents_are_cited_by_many() -> None:
    works = list(simulate.resolutions(3_000))
    years = Counter(work.adopted.year for work in works)
    cited = Counter(symbol for work in works for symbol in work.cited)
    assert len({work.symbol for work in works}) == 3_000
    assert years[2025] > 1.5 * years[1976]
    assert cited.most_common(1)[0][1] > 100
    assert sum(count == 1 for count in cited.values()) > len(cited) / 2


def test_nothing_cites_what_was_adopted_later() -> None:
    works = list(simulate.resolutions(500))
    order = {work.symbol: place for place, work in enumerate(works)}
    assert all(order.get(symbol, -1) < place for place, work in enumerate(works) for symbol in work.cited)


def test_every_question_answers(simulated: LocalStore) -> None:
    answers = list(asked(simulated, drawn(simulated, 2, 1), runs=1))
    rows = {each.name: max(other.rows for other in answers if other.name == each.name) for each in answers}
    # Nothing in it is doubtful, and what it cites has no parts.
    silent = {
        *("bodies-known", "date-contradictions", "edges-consistent", "findings", "instruments-named"),
        *("paragraphs-for-goal", "places-cited", "unresolved"),
    }
    assert {name for name, count in rows.items() if not count} <= silent
    names = {each.name for each in answers}
    assert silent < names


def test_what_is_drawn_begins_with_what_most_others_lead_to(simulated: LocalStore) -> None:
    first = drawn(simulated, 2, 1).documents[0]
    top = simulated.query("most-cited")
    assert isinstance(top, Rows)
    assert top[0]["cited"] == first
    assert Names().document(first).endswith(first)


def test_the_naive_way_finds_symbols_and_numbers(tmp_path: Path) -> None:
    text = b"<a>Recalling its resolution <b>74/229</b> and A/RES/70/1,</a>"
    table = naive.citations([("A/RES/76/1", text)])
    assert set(table.cited) == {"A/RES/74/229", "A/RES/70/1"}
    assert naive.who_cites(table, "A/RES/70/1") == ["A/RES/76/1"]
    assert naive.rests_on(table, "A/RES/76/1") == {"A/RES/74/229", "A/RES/70/1"}
