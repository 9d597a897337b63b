"""VoID: every figure is what SPARQL counts, by a query of its own, and by rdflib; a wrong one is refused."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
import rdflib

from kg.publish.recount import miscounted
from kg.publish.void import LINKING, PATHS, TARGETS, figures
from tests.datasetkit import ADDRESS, ENDPOINT, Published

pytest_plugins = ["tests.datasetkit"]

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


@pytest.fixture(scope="module")
def description(offered: Published) -> rdflib.Graph:
    return rdflib.Graph().parse(data=offered.read("void.ttl"), format="turtle")


@pytest.fixture(scope="module")
def dataset(offered: Published) -> rdflib.URIRef:
    return rdflib.URIRef(f"{offered.site.names.base}dataset")


def test_every_figure_is_what_sparql_counts(offered: Published) -> None:
    assert miscounted(offered.read("void.ttl"), offered.site.graph) == []


def test_a_wrong_figure_is_refused(offered: Published) -> None:
    right = offered.read("void.ttl").decode()
    triples = offered.made.figures.whole["triples"]
    wrong = right.replace(f"void:triples {triples}", f"void:triples {triples + 1}", 1)
    assert wrong != right
    found = miscounted(wrong.encode(), offered.site.graph)
    assert len(found) == 1
    assert f"says {triples + 1}, SPARQL counts {triples}" in found[0]


def test_a_wrong_figure_of_a_class_a_property_and_a_linkset_is_refused(offered: Published) -> None:
    right = offered.read("void.ttl").decode()
    parts = re.findall(r"void:(?:class|property|linkPredicate) \S+ ;\n\tvoid:(?:entities|triples) \d+", right)
    assert len(parts) > 50
    for part in (parts[0], parts[len(parts) // 2], parts[-1]):
        wrong = right.replace(part, f"{part}7")
        assert len(miscounted(wrong.encode(), offered.site.graph)) == 1, part


def test_the_figures_are_those_that_rdflib_counts(offered: Published) -> None:
    """By another program: the statements, the things, and each property and class."""
    graphs = offered.site.graph.oxigraph.dump(format=ox.RdfFormat.N_QUADS) or b""
    held = rdflib.Dataset()
    held.parse(data=graphs, format="nquads")
    quads = list(held.quads((None, None, None, None)))
    counted = figures(offered.site.graph)
    assert counted.whole["triples"] == len(quads)
    assert counted.whole["subjects"] == len({subject for subject, _, _, _ in quads})
    assert counted.whole["objects"] == len({value for _, _, value, _ in quads})
    properties: dict[str, int] = {}
    classes: dict[str, set[object]] = {}
    for subject, predicate, value, _ in quads:
        properties[str(predicate)] = properties.get(str(predicate), 0) + 1
        if predicate == rdflib.RDF.type:
            classes.setdefault(str(value), set()).add(subject)
    assert counted.properties == properties
    assert counted.classes == {name: len(things) for name, things in classes.items()}
    assert counted.whole["entities"] == len(set().union(*classes.values()))


def test_no_property_that_leads_out_is_missed(offered: Published) -> None:
    """Each statement that leads into another dataset counts in one of the linksets, whatever its property."""
    counted = figures(offered.site.graph)
    for target in TARGETS:
        leading: dict[str, int] = {}
        for quad in offered.site.graph.oxigraph:
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(target.space):
                leading[quad.predicate.value] = leading.get(quad.predicate.value, 0) + 1
        inside = {name for name in leading if name not in LINKING}
        assert counted.links[target.slug] == {name: leading[name] for name in leading if name in LINKING}
        # These are said of the United Nations' own names by our registries, or by their own vocabulary.
        assert inside <= {
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
            "http://www.w3.org/2000/01/rdf-schema#range",
            "http://www.w3.org/2000/01/rdf-schema#domain",
            "http://www.w3.org/2000/01/rdf-schema#subClassOf",
            "http://www.w3.org/2004/02/skos/core#broader",
            "http://www.w3.org/2004/02/skos/core#inScheme",
            "http://www.w3.org/2004/02/skos/core#narrower",
            "https://schema.org/domainIncludes",
            "https://schema.org/rangeIncludes",
        }, target


def test_the_well_known_place_holds_the_same(offered: Published) -> None:
    assert offered.read(PATHS[0]) == offered.read(PATHS[1])
    assert PATHS[1] == ".well-known/void"


def test_it_says_where_the_data_are(offered: Published, description: rdflib.Graph, dataset: rdflib.URIRef) -> None:
    dumps = {str(dump) for dump in description.objects(dataset, VOID.dataDump)}
    assert dumps == {f"{ADDRESS}downloads/unkg.nq.gz", f"{ADDRESS}downloads/unkg.trig.gz"}
    for dump in dumps:
        assert (offered.folder / dump.removeprefix(ADDRESS)).is_file()
    assert [str(each) for each in description.objects(dataset, VOID.sparqlEndpoint)] == [ENDPOINT]
    assert str(description.value(dataset, VOID.uriSpace)) == offered.site.names.base
    features = {str(each).rpartition("/")[2] for each in description.objects(dataset, VOID.feature)}
    assert {"Turtle", "JSON-LD", "N-Triples", "N-Quads", "TriG"} == features


def test_its_examples_are_held(offered: Published, description: rdflib.Graph, dataset: rdflib.URIRef) -> None:
    examples = [str(each) for each in description.objects(dataset, VOID.exampleResource)]
    assert examples
    for example in examples:
        found = offered.site.graph.oxigraph.quads_for_pattern(ox.NamedNode(example), None, None)
        assert next(iter(found), None) is not None, example
