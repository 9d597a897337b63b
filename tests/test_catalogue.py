"""The catalogue says what the graph says, and follows every change of the store."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import store as stores
from kg.build import add, build, remove
from kg.catalogue import FILE, open_catalogue, write_catalogue
from kg.errors import StoreMissing
from kg.pages import Site
from kg.query import LocalStore, rows
from kg.uris import Names
from tests.buildkit import marked_up
from tests.sitekit import EARLIER, LATER

pytest_plugins = ["tests.sitekit", "tests.storekit", "tests.buildkit"]

_CITATIONS = """
SELECT ?citing ?cited ?clause WHERE {
  ?citation <http://purl.org/spar/cito/hasCitingEntity> ?clause ; <http://purl.org/spar/cito/hasCitedEntity> ?cited .
  ?clause <https://w3id.org/unkg/ontology#inDocument> ?citing }
"""


def everything(path: Path) -> list[object]:
    catalogue = open_catalogue(path)
    works = list(catalogue.works())
    said = [catalogue.named_in(work.symbol) for work in works]
    edges = list(catalogue.edges())
    catalogue.close()
    return [works, edges, said]


def test_it_holds_every_citation_of_the_graph_and_no_other(small: LocalStore, tmp_path: Path) -> None:
    path = tmp_path / FILE
    write_catalogue(small.oxigraph, path, small.names)
    shutil.copy(path, stores.current(Path(small.where)) / FILE)
    held = {(edge.citing, edge.cited, edge.clause) for edge in open_catalogue(small.where).edges()}
    asked = {
        (
            small.names.symbol(str(row["citing"])),
            small.names.symbol(str(row["cited"])),
            str(row["clause"]).partition("#")[2],
        )
        for row in rows(small, _CITATIONS)
    }
    assert held == asked
    assert asked


def test_what_cites_a_document_comes_the_most_recent_first(site: Site) -> None:
    assert [(edge.citing, edge.act) for edge in site.catalogue.cited_by(EARLIER)] == [(LATER, "recall")]
    assert site.catalogue.citing_count(EARLIER) == 1


def test_a_document_that_is_only_cited_is_known_by_its_symbol(site: Site) -> None:
    found = site.catalogue.find_work("A/RES/86/7")
    assert found is not None
    assert not found.held
    assert found.organ == "body/general-assembly"
    assert site.catalogue.find_work("A/RES/1/1") is None


def test_documents_under_one_title_are_a_series(site: Site) -> None:
    assert [work.symbol for work in site.catalogue.series(LATER)] == [EARLIER, LATER]


def test_who_is_asked_to_act_is_found_with_the_paragraph(site: Site) -> None:
    found = site.catalogue.naming("body/cstd", "addressee")
    assert [(symbol, [named.clause for named in clauses]) for symbol, clauses in found] == [
        (LATER, ["OP2"]),
        (EARLIER, ["OP2"]),
    ]


def test_titles_come_in_the_language_asked_for_else_in_english(site: Site) -> None:
    found = site.catalogue.find_work(LATER)
    assert found is not None
    assert found.title("zh") == ("山区", "zh")
    assert found.title("de") == ("Mountains", "en")


def test_a_store_that_was_changed_has_the_catalogue_of_one_built_at_once(tmp_path: Path, quick: None) -> None:
    files = {number: tmp_path / f"{number.replace('/', '-')}.xml" for number in ("90/1", "90/2", "90/3")}
    for number, file in files.items():
        file.write_bytes(marked_up(number, cites="90/1"))
    changed, at_once = tmp_path / "changed", tmp_path / "at-once"
    build([files["90/1"], files["90/3"]], changed, jobs=1)
    add([files["90/2"]], changed, jobs=1)
    remove(["A/RES/90/3"], changed)
    build([files["90/1"], files["90/2"]], at_once, jobs=1)
    assert everything(changed) == everything(at_once)


@pytest.mark.parametrize("damage", [lambda file: file.unlink(), lambda file: file.write_bytes(b"nothing of the kind")])
def test_a_catalogue_that_is_missing_or_damaged_is_told_of(tmp_path: Path, quick: None, damage) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "one.xml"
    file.write_bytes(marked_up("90/1"))
    build([file], tmp_path / "store", jobs=1)
    damage(stores.current(tmp_path / "store") / FILE)
    with pytest.raises(StoreMissing, match="build it again"):
        open_catalogue(tmp_path / "store")


def test_places_follow_the_order_of_the_text(site: Site) -> None:
    named = site.catalogue.named_in(LATER)
    assert [each.place for each in named] == sorted(each.place for each in named)
    names = Names()
    graph = ox.NamedNode(names.graph(LATER))
    order = ox.NamedNode("https://w3id.org/unkg/ontology#order")
    found = [quad.object for quad in site.graph.oxigraph.quads_for_pattern(None, order, None, graph)]
    told = [int(each.value) for each in found if isinstance(each, ox.Literal)]
    assert sorted(told) == list(range(1, len(told) + 1))
