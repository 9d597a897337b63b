"""Validation: the seed's store conforms, and each damage is reported with the node at fault and the way to mend it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest
import rdflib

from kg import resources
from kg.api import validate
from kg.errors import FormatError, StoreMissing, UnreadableSource
from kg.query import LocalStore
from kg.uris import BASE, Names, term
from kg.validate import Report, Violation, validate_file, validate_store

pytest_plugins = ["tests.storekit"]

SEED = "A/RES/76/213"
CITO = "http://purl.org/spar/cito/"
XSD = "http://www.w3.org/2001/XMLSchema#"
SHACL = rdflib.Namespace("http://www.w3.org/ns/shacl#")
NAMES = Names()
DOCUMENT = NAMES.document(SEED)

Triples = list[ox.Triple]


def citation(of: str) -> str:
    return NAMES.part(SEED, of)


RECALLED = citation("PP4.cites.A/RES/74/229")
NOTED = citation("PP5.cites.E/RES/2021/29")
NOTED_TOO = citation("PP5.cites.E/RES/2021/30")


class Damage(NamedTuple):
    """One change to a good graph, the node it is to be seen at, and words that the message must have."""

    change: Callable[[Triples], Triples]
    node: str
    says: str
    mends: str


def iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(name)


def without(subject: str, predicate: str) -> Callable[[Triples], Triples]:
    return lambda graph: [t for t in graph if (t.subject, t.predicate) != (iri(subject), iri(predicate))]


def plus(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> Callable[[Triples], Triples]:
    return lambda graph: [*graph, ox.Triple(iri(subject), iri(predicate), value)]


DAMAGES = {
    "no-cited-document": Damage(
        without(RECALLED, f"{CITO}hasCitedEntity"),
        RECALLED,
        "resolved but names no document",
        "add cito:hasCitedEntity",
    ),
    "no-status": Damage(without(RECALLED, term("status")), RECALLED, "not have exactly one status", "add unkg:status"),
    "two-statuses": Damage(
        plus(RECALLED, term("status"), iri(term("Ambiguous"))), RECALLED, "not have exactly one status", "unkg:Resolved"
    ),
    "date-that-is-none": Damage(
        plus(NOTED, term("citedDate"), ox.Literal("2019-13-40", datatype=iri(f"{XSD}date"))),
        NOTED,
        "not a well-formed date",
        'write it as "2019-12-19"',
    ),
    "no-edge-of-the-act": Damage(
        lambda graph: [t for t in graph if (t.subject, t.predicate) != (iri(DOCUMENT), iri(term("takesNoteOf")))],
        NOTED,
        "no direct edge by that act",
        "add the edge",
    ),
    "unknown-act": Damage(
        plus(NOTED_TOO, term("act"), iri(f"{NAMES.base}act/applaud")),
        NOTED_TOO,
        "not one entry of the list",
        "add the act",
    ),
    "no-edge-between-documents": Damage(
        without(DOCUMENT, term("cites")), DOCUMENT, "differ from its resolved citations", "add the edge or the citation"
    ),
    "paragraph-without-words": Damage(
        without(NAMES.part(SEED, "OP1"), term("text")), NAMES.part(SEED, "OP1"), "has no text", "add its words"
    ),
}


@pytest.fixture(scope="module")
def good(store: LocalStore) -> Triples:
    """The graph of the seed's document, without the vocabulary."""
    name = ox.NamedNode(NAMES.graph(SEED))
    return sorted((quad.triple for quad in store.oxigraph.quads_for_pattern(None, None, None, name)), key=str)


@pytest.fixture(scope="module")
def report(good: Triples, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """On a graph with two kinds of damage."""
    path = tmp_path_factory.mktemp("damaged") / "graph.ttl"
    damages = (DAMAGES["no-status"], DAMAGES["date-that-is-none"])
    return validate_file(written(path, damages[0].change(damages[1].change(good))))


def written(path: Path, graph: Triples) -> Path:
    form = ox.RdfFormat.from_extension(path.suffix[1:])
    assert form is not None
    ox.serialize(graph, str(path), format=form)
    return path


def errors(found: Report) -> list[Violation]:
    return [violation for violation in found.violations if violation.severity == "error"]


def test_the_store_of_the_seed_conforms(store: LocalStore) -> None:
    found = validate_store(store.oxigraph)
    assert errors(found) == []
    assert found.conforms
    # The vocabulary is the one that ships, which is judged below.
    assert found.graphs == 1


def test_the_vocabulary_that_ships_conforms(tmp_path: Path) -> None:
    paths = (*resources.ontology(), *resources.registries())
    every = [q.triple for path in paths for q in ox.parse(resources.turtle(path).encode(), ox.RdfFormat.TURTLE)]
    assert errors(validate_file(written(tmp_path / "vocabulary.nt", every))) == []


def test_a_vocabulary_that_is_not_the_one_that_ships_is_judged_with_the_store(good: Triples) -> None:
    body, label = ox.NamedNode(f"{BASE}body/seed-bank"), ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    graph = ox.NamedNode(f"{BASE}graph/vocabulary")
    damaged = ox.Store()
    damaged.extend([ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(NAMES.graph(SEED))) for t in good])
    damaged.add(ox.Quad(body, ox.NamedNode(str(rdflib.RDF.type)), ox.NamedNode(term("Body")), graph))
    damaged.add(ox.Quad(body, label, ox.Literal("Seed Bank", language="en"), graph))
    found = validate_store(damaged)
    assert found.graphs == 2
    assert any(each.node == body.value and "preferred label" in each.message for each in errors(found))


def test_the_graph_of_the_seed_conforms_in_a_file_too(good: Triples, tmp_path: Path) -> None:
    found = validate_file(written(tmp_path / "graph.ttl", good))
    assert errors(found) == []
    assert found.graphs == 1


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_reported_with_its_node_and_how_to_mend_it(good: Triples, tmp_path: Path, name: str) -> None:
    damage = DAMAGES[name]
    damaged = damage.change(good)
    assert damaged != good
    found = validate_file(written(tmp_path / "graph.nt", damaged))
    assert not found.conforms
    messages = [violation.message for violation in errors(found) if damage.node in (violation.node, violation.value)]
    assert any(damage.says in message and damage.mends in message for message in messages), messages


def test_a_graph_of_another_language_tag_is_refused(good: Triples, tmp_path: Path) -> None:
    damaged = plus(DOCUMENT, "http://purl.org/dc/terms/title", ox.Literal("Titel", language="de"))(good)
    assert not validate_file(written(tmp_path / "graph.rdf", damaged)).conforms


def test_the_report_as_json_has_an_object_for_each_result(report: Report) -> None:
    found = json.loads(report.text("json"))
    assert [(each["severity"], each["node"]) for each in found] == [(v.severity, v.node) for v in report.violations]
    assert {each["node"] for each in found if each["severity"] == "error"} == {RECALLED, NOTED}
    assert {each["value"] for each in found} >= {"2019-13-40"}


def test_the_report_as_rdf_is_a_report_of_shacl(report: Report) -> None:
    graph = rdflib.Graph().parse(data=report.text("ttl"), format="turtle")
    nodes = {str(node) for node in graph.objects(predicate=SHACL.focusNode)}
    assert {RECALLED, NOTED} <= nodes
    assert list(graph.subjects(rdflib.RDF.type, SHACL.ValidationReport)) != []


def test_the_report_as_a_table_has_a_line_for_each_result(report: Report) -> None:
    lines = report.text("table").splitlines()
    assert len(lines) == len(report.violations)
    assert all(re.match(r"(error|warning|info) +\S+  .+; .+\.$", line) for line in lines)


def test_a_report_in_an_unknown_format_is_refused(report: Report) -> None:
    with pytest.raises(FormatError, match="table, json, ttl"):
        report.text("xlsx")


def test_the_same_graph_gives_the_same_report(good: Triples, report: Report, tmp_path: Path) -> None:
    damages = (DAMAGES["no-status"], DAMAGES["date-that-is-none"])
    again = validate_file(written(tmp_path / "graph.ttl", damages[0].change(damages[1].change(good))))
    assert again.violations == report.violations


@pytest.mark.parametrize("name", ["graph.pdf", "graph.csv", "graph"])
def test_a_file_of_another_kind_is_refused_with_the_kinds_that_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("no graph", encoding="utf-8")
    with pytest.raises(FormatError, match=r"\.ttl, \.trig, \.nq") as caught:
        validate_file(tmp_path / name)
    assert caught.value.where == str(tmp_path / name)


@pytest.mark.parametrize("ending", ["ttl", "nq", "rdf", "jsonld"])
@pytest.mark.parametrize("content", [b"no graph at all {", b"\x89PNG\r\n\x1a\n\x00\xff"])
def test_a_file_that_is_no_rdf_is_unreadable(tmp_path: Path, ending: str, content: bytes) -> None:
    path = tmp_path / f"graph.{ending}"
    path.write_bytes(content)
    with pytest.raises(UnreadableSource, match="cannot be read as") as caught:
        validate_file(path)
    assert caught.value.where == str(path)


@pytest.mark.parametrize("ending", ["ttl", "nq", "rdf", "jsonld"])
def test_an_empty_file_is_no_graph_that_conforms(tmp_path: Path, ending: str) -> None:
    """A check of nothing must not pass."""
    path = tmp_path / f"graph.{ending}"
    path.touch()
    with pytest.raises(UnreadableSource):
        validate_file(path)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="no such file"):
        validate_file(tmp_path / "missing.ttl")


def test_a_missing_file_is_called_a_file_and_a_missing_store_a_store(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="no such file"):
        validate(tmp_path / "missing.ttl")
    with pytest.raises(StoreMissing):
        validate(tmp_path / "missing")
