"""Lineage: over the invented documents of cases/small-graph.trig, and over two documents that cite each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import nquads
from kg.errors import SymbolError, UnknownDocument
from kg.lineage import Direction, Lineage, closest, lineage
from kg.network import network
from kg.query import LocalStore
from kg.uris import Names, term
from tests.storekit import loaded

pytest_plugins = ["tests.storekit"]

CITO = "http://purl.org/spar/cito/"
YOUNGEST = "A/RES/93/7"

#: What the head of small-graph.trig says, from the citing to the cited.
STEPS = {
    "A/RES/93/7": {"A/RES/90/1", "A/RES/91/5", "E/RES/2047/2"},
    "E/RES/2047/2": {"A/RES/91/5", "E/2046/31"},
    "A/RES/91/5": {"A/RES/90/1", "E/RES/2045/3", "A/89/100"},
    "A/RES/90/1": {"E/RES/2045/3", "A/89/100"},
    "E/RES/2045/3": {"A/RES/85/9"},
}
PAIRS = {(citing, cited) for citing, cites in STEPS.items() for cited in cites}


def pairs(found: Lineage) -> set[tuple[str, str]]:
    return {(edge.citing, edge.cited) for edge in found.edges}


def symbol_of(line: str) -> str:
    """The document a line of the tree leads to."""
    return line.replace("←", "→").rpartition("→")[2].split()[0]


@pytest.fixture(scope="module")
def circle(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """A/RES/90/1 and A/RES/90/2 cite each other, and the first itself."""
    names = Names()
    lines = nquads.Lines("urn:graph")
    for citing, cited in (("A/RES/90/1", "A/RES/90/2"), ("A/RES/90/2", "A/RES/90/1"), ("A/RES/90/1", "A/RES/90/1")):
        clause, citation = names.part(citing, "OP1"), names.part(citing, f"OP1.cites.{cited}")
        lines.add(names.document(citing), nquads.TYPE, nquads.iri(term("Resolution")))
        lines.add(names.document(citing), term("symbol"), nquads.text(citing))
        lines.add(names.document(citing), term("hasClause"), nquads.iri(clause))
        lines.add(citation, f"{CITO}hasCitingEntity", nquads.iri(clause))
        lines.add(citation, f"{CITO}hasCitedEntity", nquads.iri(names.document(cited)))
        lines.add(citation, term("status"), nquads.iri(term("Resolved")))
    return loaded(tmp_path_factory.mktemp("circle") / "store", str(lines))


def test_one_step_up_leads_to_what_a_document_cites(small: LocalStore) -> None:
    found = lineage(small, "A/RES/91/5", depth=1)
    assert pairs(found) == {("A/RES/91/5", cited) for cited in STEPS["A/RES/91/5"]}
    assert found.documents.keys() == {"A/RES/91/5", *STEPS["A/RES/91/5"]}


def test_one_step_down_leads_to_what_cites_a_document(small: LocalStore) -> None:
    found = lineage(small, "A/RES/91/5", direction="down", depth=1)
    assert pairs(found) == {("A/RES/93/7", "A/RES/91/5"), ("E/RES/2047/2", "A/RES/91/5")}


@pytest.mark.parametrize(("depth", "reached"), [(1, 4), (2, 7), (3, 8), (9, 8)])
def test_each_step_of_depth_goes_one_generation_further(small: LocalStore, depth: int, reached: int) -> None:
    assert len(lineage(small, YOUNGEST, depth=depth).documents) == reached


def test_all_steps_up_hold_every_citation_on_the_way_once(small: LocalStore) -> None:
    found = lineage(small, YOUNGEST, depth=9)
    assert pairs(found) == PAIRS
    assert len(found.edges) == len(set(found.edges)) == len(PAIRS) + 1  # A/RES/90/1 is cited once more in an annex


def test_all_steps_down_from_the_oldest_lead_to_all_that_rest_on_it(small: LocalStore) -> None:
    found = lineage(small, "A/RES/85/9", direction="down", depth=9)
    assert found.documents.keys() == {"A/RES/85/9", *STEPS}


def test_an_edge_carries_the_paragraph_its_act_its_date_and_the_place_cited(small: LocalStore) -> None:
    edge = next(edge for edge in lineage(small, "E/RES/2047/2").edges if edge.cited == "A/RES/91/5")
    assert (edge.clause, edge.act, edge.date, edge.locator) == ("PP1", "recall", "2046-12-12", "paragraph 1")


def test_documents_carry_title_date_and_whether_they_are_held(small: LocalStore) -> None:
    documents = lineage(small, YOUNGEST, depth=9).documents
    assert (documents[YOUNGEST].title, documents[YOUNGEST].date) == ("Tides and seas", "2048-12-15")
    assert {symbol for symbol, about in documents.items() if about.held} == set(STEPS)


def test_only_resolved_citations_are_steps(small: LocalStore) -> None:
    """E/RES/2047/2 reaffirms either A/RES/85/9 or A/RES/86/9, nobody knows which."""
    assert "A/RES/86/9" not in lineage(small, "E/RES/2047/2").documents


@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_circle_is_walked_once(circle: LocalStore, direction: Direction) -> None:
    found = lineage(circle, "A/RES/90/1", direction=direction, depth=9)
    assert pairs(found) == {("A/RES/90/1", "A/RES/90/2"), ("A/RES/90/2", "A/RES/90/1")}
    assert [symbol_of(line) for line in found.lines()] == ["A/RES/90/1", "A/RES/90/2", "A/RES/90/1"]
    assert [line.endswith("(above)") for line in found.lines()] == [False, False, True]


def test_the_tree_has_a_line_for_every_step_and_unfolds_no_document_twice(small: LocalStore) -> None:
    lines = list(lineage(small, YOUNGEST, depth=9).lines())
    assert symbol_of(lines[0]) == YOUNGEST
    assert len(lines) == 1 + len(PAIRS)
    unfolded = [symbol_of(line) for line in lines if not line.endswith("(above)")]
    assert sorted(unfolded) == sorted({YOUNGEST} | {cited for _, cited in PAIRS})


def test_the_tree_shows_every_place_of_a_step_on_one_line(small: LocalStore) -> None:
    lines = list(lineage(small, YOUNGEST, depth=1).lines())
    step = next(line for line in lines[1:] if symbol_of(line) == "A/RES/90/1")
    assert "PP1 reaffirm" in step
    assert "(annex)" in step
    assert "Power from the tides" in step


@pytest.mark.parametrize("spelling", ["93/7", "a/res/93/7", "https://undocs.org/en/A/RES/93/7", " A/RES/93/7 "])
def test_a_symbol_may_be_written_as_people_write_it(small: LocalStore, spelling: str) -> None:
    assert lineage(small, spelling) == lineage(small, YOUNGEST)


def test_an_unknown_document_is_an_error_that_names_the_closest(small: LocalStore) -> None:
    with pytest.raises(UnknownDocument, match=r"closest are .*A/RES/93/7") as caught:
        lineage(small, "A/RES/93/8")
    assert caught.value.where == "A/RES/93/8"
    assert small.where in caught.value.what


def test_what_is_no_symbol_is_an_error(small: LocalStore) -> None:
    with pytest.raises(SymbolError):
        lineage(small, "tides")


def test_the_closest_symbols_come_first(small: LocalStore) -> None:
    assert closest(small, "A/RES/91/55")[0] == "A/RES/91/5"
    assert closest(small, "completely different") == []


def test_a_document_that_cites_nothing_has_no_steps(small: LocalStore) -> None:
    found = lineage(small, "A/RES/85/9", depth=3)
    assert found.edges == ()
    assert len(list(found.lines())) == 1


@pytest.mark.parametrize("direction", ["up", "down"])
def test_the_graph_of_networkx_holds_the_edges(small: LocalStore, direction: Direction) -> None:
    found = lineage(small, "A/RES/91/5", direction=direction, depth=9)
    graph = found.to_networkx()
    edges = [
        (citing, cited, about["clause"], about["act"], about["locator"]) for citing, cited, about in graph.edges.data()
    ]
    assert sorted(edges) == sorted((e.citing, e.cited, e.clause, e.act or "", e.locator or "") for e in found.edges)
    assert set(graph.nodes) == found.documents.keys()
    assert graph.nodes["A/RES/90/1" if direction == "up" else "A/RES/93/7"]["held"] is True


def test_the_network_holds_all_documents_and_all_resolved_citations(small: LocalStore) -> None:
    found = network(small)
    assert set(found.edges()) == PAIRS
    assert found.number_of_edges() == len(PAIRS) + 1
    assert set(found) == {document for pair in PAIRS for document in pair} | {"A/RES/86/9"}
    assert found.nodes[YOUNGEST]["organ"] == "General Assembly"


def test_the_words_of_an_edge_are_in_the_language_it_names(small: LocalStore) -> None:
    """A/RES/90/1 is held in English and French."""
    first = {"en": ("Recalling", "Taking"), "fr": ("Rappelant", "Prenant")}
    for _, _, about in network(small).out_edges("A/RES/90/1", data=True):
        assert about["text"].startswith(first[about["language"]])


def test_the_lineage_of_the_seed_is_what_it_cites(store: LocalStore, tmp_path: Path) -> None:
    found = lineage(store, "A/RES/76/213")
    assert {edge.cited for edge in found.edges} == {cited for _, cited in network(store).edges()} - {found.root}
    assert "recall" in {edge.act for edge in found.edges if edge.cited == "A/RES/74/229"}
