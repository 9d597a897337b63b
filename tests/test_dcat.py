"""DCAT: the catalogue says what portals demand, of each file what is true; a damaged one is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import DCTERMS, RDF, XSD

from tests.datasetkit import ADDRESS, ENDPOINT, Published, publish, texts

pytest_plugins = ["tests.datasetkit"]

SHAPES = Path(__file__).parent / "cases" / "dcat" / "shapes.ttl"
#: rdflib's own list of names is of an older DCAT.
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
ADMS = rdflib.Namespace("http://www.w3.org/ns/adms#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
SHACL = rdflib.Namespace("http://www.w3.org/ns/shacl#")


@pytest.fixture(scope="module")
def catalogue(offered: Published) -> rdflib.Graph:
    return rdflib.Graph().parse(data=offered.read("dataset.ttl"), format="turtle")


def complaints(catalogue: rdflib.Graph) -> list[str]:
    """What the shapes say is wrong."""
    _, report, _ = pyshacl.validate(catalogue, shacl_graph=str(SHAPES), advanced=False)
    assert isinstance(report, rdflib.Graph)
    return sorted(str(message) for message in report.objects(None, SHACL.resultMessage))


def test_the_catalogue_conforms(catalogue: rdflib.Graph) -> None:
    assert len(list(catalogue.subjects(RDF.type, DCAT.Distribution))) > 10
    assert complaints(catalogue) == []


def damages(catalogue: rdflib.Graph) -> Iterator[tuple[str, rdflib.Graph]]:
    """The catalogue without one of its facts each, or with one that is wrong, and what must be said of it."""
    dataset = next(catalogue.objects(None, DCAT.dataset))
    file = next(catalogue.subjects(RDF.type, DCAT.Distribution))
    checksum = catalogue.value(file, SPDX.checksum)
    service = next(catalogue.subjects(RDF.type, DCAT.DataService))
    assert checksum is not None
    for message, subject, predicate, value in (
        ("There is no licence.", file, DCTERMS.license, None),
        ("There is no licence.", dataset, DCTERMS.license, None),
        ("There is no title in each of six languages.", dataset, DCTERMS.title, rdflib.Literal("Only one", lang="en")),
        ("There is no publisher.", dataset, DCTERMS.publisher, None),
        ("The dataset has no identifier.", dataset, DCTERMS.identifier, None),
        ("The dataset does not name its source.", dataset, DCTERMS.source, None),
        ("The dataset has no version, or several.", dataset, DCAT.version, None),
        ("The dataset has no theme.", dataset, DCAT.theme, None),
        ("A distribution does not tell its size", file, DCAT.byteSize, rdflib.Literal("7 kB")),
        ("A distribution has no address to load it from.", file, DCAT.downloadURL, None),
        ("A distribution does not tell its media type", file, DCAT.mediaType, rdflib.Literal("csv")),
        ("A distribution has no checksum", file, SPDX.checksum, None),
        ("A distribution has no checksum", checksum, SPDX.checksumValue, rdflib.Literal("00", datatype=XSD.hexBinary)),
        ("A service has no address.", service, DCAT.endpointURL, None),
        ("A service does not say what it serves.", service, DCAT.servesDataset, None),
    ):
        damaged = rdflib.Graph()
        damaged += catalogue
        damaged.remove((subject, predicate, None))
        if value is not None:
            damaged.add((subject, predicate, value))
        yield message, damaged


def test_damaged_catalogues_are_refused(catalogue: rdflib.Graph) -> None:
    every = list(damages(catalogue))
    assert len(every) > 10
    for message, damaged in every:
        found = complaints(damaged)
        assert any(each.startswith(message) for each in found), (message, found)


def test_each_file_has_a_distribution_that_tells_the_truth(offered: Published, catalogue: rdflib.Graph) -> None:
    told = {}
    for file in catalogue.subjects(RDF.type, DCAT.Distribution):
        address = str(catalogue.value(file, DCAT.downloadURL))
        value = catalogue.value(catalogue.value(file, SPDX.checksum), SPDX.checksumValue)
        assert isinstance(value, rdflib.Literal)
        told[address.removeprefix(ADDRESS)] = (int(str(catalogue.value(file, DCAT.byteSize))), value.toPython())
        assert (catalogue.value(file, DCAT.compressFormat) is not None) == address.endswith(".gz"), address
    contents = {file.path: offered.read(file.path) for file in offered.made.files}
    assert told == {path: (len(content), hashlib.sha256(content).digest()) for path, content in contents.items()}


def test_turtle_and_jsonld_say_the_same(offered: Published, catalogue: rdflib.Graph) -> None:
    other = rdflib.Graph().parse(data=offered.read("dataset.jsonld"), format="json-ld")
    assert set(other) == set(catalogue)


def test_nothing_is_without_a_name(catalogue: rdflib.Graph) -> None:
    assert not [node for triple in catalogue for node in triple if isinstance(node, rdflib.BNode)]


def test_the_endpoint_is_a_service_only_where_there_is_one(
    offered: Published, catalogue: rdflib.Graph, seed: Path, tmp_path: Path
) -> None:
    service = next(catalogue.subjects(RDF.type, DCAT.DataService))
    assert str(catalogue.value(service, DCAT.endpointURL)) == ENDPOINT
    alone = publish(tmp_path, {seed.name: seed.read_bytes()}, address="")
    without = rdflib.Graph().parse(data=alone.read("dataset.ttl"), format="turtle")
    assert not list(without.subjects(RDF.type, DCAT.DataService))
    assert complaints(without) == []


def test_a_release_names_the_one_before_and_what_changed(seed: Path, tmp_path: Path) -> None:
    before = texts(seed)
    publish(tmp_path, before, release="2037.1")
    second = publish(tmp_path, {**before, "two.en.xml": before["three.fr.xml"]}, release="2037.2")
    base = second.site.names.base
    told = rdflib.Graph().parse(data=second.read("dataset/2037.2.ttl"), format="turtle")
    release, earlier = rdflib.URIRef(f"{base}dataset/2037.2"), rdflib.URIRef(f"{base}dataset/2037.1")
    assert told.value(release, DCTERMS.replaces) == earlier
    notes = {getattr(note, "language", None): str(note) for note in told.objects(release, ADMS.versionNotes)}
    assert notes["en"] == "New documents: 0, changed: 0, withdrawn: 1"
    assert len(notes) == 6
    assert (second.folder / "dataset/2037.1.ttl").is_file()
    whole = rdflib.Graph().parse(data=second.read("dataset.ttl"), format="turtle")
    assert whole.value(release, DCAT.previousVersion) == earlier
    assert complaints(whole) == []
