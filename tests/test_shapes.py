"""The ontology folder: every rule of shapes.ttl is kept by a good graph and broken by a damaged twin of its own."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from kg import shacl

SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPES = Namespace("https://w3id.org/unkg/shapes#")
UNKG = Namespace("https://w3id.org/unkg/ontology#")
LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh"]

_TESTS = Path(__file__).parent
ONTOLOGY = _TESTS.parent / "ontology"
CASES = _TESTS / "cases" / "shapes"
GOOD = CASES / "good.ttl"
BAD = sorted(CASES.glob("bad-*.ttl"))


class Result(NamedTuple):
    """One line of a validation report: the rule's name, and what it tells a person."""

    rule: str
    message: str


@cache
def graph(*paths: Path) -> Graph:
    merged = Graph()
    for path in paths:
        merged.parse(path, format="turtle")
    return merged


def shapes() -> Graph:
    return graph(ONTOLOGY / "shapes.ttl")


def terms() -> Graph:
    return graph(ONTOLOGY / "unkg.ttl")


def name(shape: Node | None) -> str:
    return str(shape).rpartition("#")[2]


@cache
def aimed(shape: Node) -> Graph:
    """The shapes, of which only `shape` has targets left: a fifth of the time for the one rule that is asked about."""
    others = {node for node in shapes().subjects(RDF.type, SH.NodeShape) if node != shape}
    aimed = Graph()
    for triple in shapes():
        if not (triple[0] in others and triple[1] in (SH.targetClass, SH.targetSubjectsOf)):
            aimed.add(triple)
    return aimed


def validate(data: Graph, rules: Graph, *, meta_shacl: bool = False) -> set[Result]:
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, meta_shacl=meta_shacl)
    assert isinstance(report, Graph)
    return results(report)


def results(report: Graph) -> set[Result]:
    return {
        Result(name(report.value(result, SH.sourceShape)), str(report.value(result, SH.resultMessage)))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def fast() -> shacl.Judge:
    return shacl.judge("all", engine="shifty")


@cache
def triples(*paths: Path) -> bytes:
    """The graph of Turtle files as N-Triples."""
    base = "https://w3id.org/unkg/"
    read = (quad.triple for path in paths for quad in pyoxigraph.parse(path=str(path), base_iri=base))
    return pyoxigraph.serialize(dict.fromkeys(read), format=pyoxigraph.RdfFormat.N_TRIPLES) or b""


def rules() -> list[Node]:
    """The shapes that can be broken: those with a message, or with a query that has one."""
    telling = set(shapes().subjects(SH.message)) | set(shapes().subjects(SH.sparql))
    return [shape for shape in telling if (shape, SH.name, None) in shapes()]


def twin(path: Path) -> str:
    """bad-citation-date.text.ttl is a second twin of the rule citation-date."""
    return path.name.removeprefix("bad-").partition(".")[0]


def test_the_good_graph_conforms() -> None:
    assert validate(graph(ONTOLOGY / "unkg.ttl", ONTOLOGY / "alignments.ttl", GOOD), shapes(), meta_shacl=True) == set()


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem.removeprefix("bad-"))
def test_a_damaged_twin_is_refused(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# expects: ")
    expected = first.removeprefix("# expects: ")
    rule = SHAPES[twin(path)]
    shape = shapes().value(None, SH.property, rule, default=rule)
    found = validate(graph(ONTOLOGY / "unkg.ttl", GOOD) + graph(path), aimed(shape))
    assert any(result.rule == twin(path) and expected in result.message for result in found), sorted(found)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem.removeprefix("bad-"))
def test_the_fast_engine_refuses_the_twin_too(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expects: ")
    report = fast()(triples(ONTOLOGY / "unkg.ttl", GOOD) + triples(path))
    assert report is not None
    assert any(result.rule == twin(path) and expected in result.message for result in results(report))


def test_the_fast_engine_finds_nothing_in_the_good_graph() -> None:
    assert fast()(triples(ONTOLOGY / "unkg.ttl", ONTOLOGY / "alignments.ttl", GOOD)) is None


def test_every_rule_has_a_damaged_twin() -> None:
    assert {name(rule) for rule in rules()} == {twin(path) for path in BAD}


def test_every_shape_tells_its_name_and_belongs_to_a_node_shape() -> None:
    properties = {shape for shape in shapes().objects(None, SH.property) if isinstance(shape, URIRef)}
    assert properties == set(shapes().subjects(RDF.type, SH.PropertyShape))
    assert properties <= set(rules())
    for shape in properties | set(shapes().subjects(RDF.type, SH.NodeShape)):
        assert shapes().value(shape, SH.name), shape


def test_every_message_says_how_to_mend() -> None:
    messages = [str(message) for message in shapes().objects(None, SH.message)]
    assert messages
    assert [message for message in messages if "; " not in message or not message.endswith(".")] == []


def test_every_name_of_unkg_in_the_shapes_is_a_term() -> None:
    """But for the acts' own properties, which the graph has and the shapes do not name."""
    used = {node for triple in shapes() for node in triple if isinstance(node, URIRef) and node.startswith(UNKG)}
    assert {node for node in used if (node, RDFS.isDefinedBy, None) not in terms()} == set()


def languages(node: Node, words: URIRef) -> list[str | None]:
    found = [literal.language for literal in terms().objects(node, words) if isinstance(literal, Literal)]
    return sorted(found, key=str)


def test_every_term_has_labels_and_comments_in_six_languages() -> None:
    defined = set(terms().subjects(RDFS.isDefinedBy))
    assert defined == {node for node in terms().subjects(RDF.type) if str(node).startswith(UNKG)}
    for node in defined:
        assert languages(node, RDFS.label) == LANGUAGES, node
        assert languages(node, RDFS.comment) == LANGUAGES, node


def test_terms_and_alignments_use_no_blank_nodes() -> None:
    merged = graph(ONTOLOGY / "unkg.ttl", ONTOLOGY / "alignments.ttl")
    assert [node for node in merged.all_nodes() if isinstance(node, BNode)] == []


def test_alignments_make_no_document_a_concept() -> None:
    merged = graph(ONTOLOGY / "unkg.ttl", ONTOLOGY / "alignments.ttl")
    for term in (UNKG.Document, UNKG.LanguageVersion, UNKG.Clause, UNKG.Citation, UNKG.Place, UNKG.Footnote):
        assert SKOS.Concept not in set(merged.transitive_objects(term, RDFS.subClassOf))
    mapping = {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch, OWL.sameAs}
    assert mapping.isdisjoint(merged.predicates())
    narrower = merged.transitive_subjects(RDFS.subPropertyOf, SKOS.broader)
    assert {node for node in narrower if str(node).startswith(UNKG)} == {UNKG.parentBody}


def context() -> dict[str, object]:
    found = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert isinstance(found, dict)
    return found


def test_the_context_has_every_property() -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    properties = {name(node) for kind in kinds for node in terms().subjects(RDF.type, kind)}
    assert properties - context().keys() == set()


def test_json_ld_with_the_context_says_the_same() -> None:
    written = graph(GOOD).serialize(format="json-ld", context=context(), auto_compact=True)
    assert isomorphic(Graph().parse(data=written, format="json-ld"), graph(GOOD))
    second = pyoxigraph.parse(written, format=pyoxigraph.RdfFormat.JSON_LD)
    lines = "".join(f"{quad.triple} .\n" for quad in second)
    assert isomorphic(Graph().parse(data=lines, format="nt"), graph(GOOD))


def test_json_written_by_hand_is_read_with_the_context() -> None:
    written = {
        "@context": context(),
        "id": "https://w3id.org/unkg/doc/A/RES/76/213",
        "type": "Resolution",
        "symbol": "A/RES/76/213",
        "title": {"en": "Science, technology and innovation for sustainable development"},
        "adopted": "2021-12-17",
        "year": 2021,
        "organ": "https://w3id.org/unkg/body/general-assembly",
    }
    read = Graph().parse(data=json.dumps(written), format="json-ld")
    assert set(read) < set(graph(GOOD))
    assert len(read) == 6
