"""Clients of other makers work against `unkg serve`: rdflib, SPARQLWrapper, pandas, curl, Comunica."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from kg.answers import Rows
from kg.endpoint import open_endpoint
from kg.lineage import lineage
from kg.network import network
from kg.query import LocalStore
from tests.servekit import Server, serving

pytest_plugins = ["tests.storekit", "tests.servekit"]

DOCUMENT = "https://w3id.org/unkg/doc/A/RES/76/213"
UNKG = rdflib.Namespace("https://w3id.org/unkg/ontology#")
CITES = f"SELECT DISTINCT ?cited {{ <{DOCUMENT}> <{UNKG}cites> ?cited }} ORDER BY ?cited"


@pytest.fixture(scope="module")
def open_server(store_path: Path) -> Iterator[Server]:
    """A server with the limits that it has by itself."""
    with serving(store_path) as found:
        yield found


@pytest.fixture(scope="module")
def cited(store: LocalStore) -> list[str]:
    found = store.sparql(CITES)
    assert isinstance(found, Rows)
    return [str(row["cited"]) for row in found]


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib(open_server: Server, cited: list[str], method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{open_server.address}sparql", method=method))
    rows: Any = graph.query(CITES)
    assert [str(row[0]) for row in rows] == cited
    found = set(graph.objects(rdflib.URIRef(DOCUMENT), UNKG.cites))
    assert found == {rdflib.URIRef(each) for each in cited}
    assert (rdflib.URIRef(DOCUMENT), UNKG.symbol, rdflib.Literal("A/RES/76/213")) in graph
    assert len(graph.query(f"CONSTRUCT {{ ?s ?p ?o }} {{ VALUES ?s {{ <{DOCUMENT}> }} ?s ?p ?o }}").graph or ()) > 50
    assert bool(graph.query(f"ASK {{ <{DOCUMENT}> ?p ?o }}"))


def test_rdflib_reads_what_a_name_leads_to(open_server: Server) -> None:
    """Following the name with rdflib's own negotiation, and each file by its ending."""
    name = f"{open_server.address}doc/A/RES/76/213"
    sizes = {len(rdflib.Graph().parse(address)) for address in (name, f"{name}.ttl", f"{name}.nt")}
    assert len(sizes) == 1
    assert sizes.pop() > 1000
    body = f"{open_server.address}body/cstd"
    assert len(rdflib.Graph().parse(f"{body}.jsonld")) == len(rdflib.Graph().parse(f"{body}.ttl"))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(open_server: Server, cited: list[str], method: str) -> None:
    client = SPARQLWrapper(f"{open_server.address}sparql")
    client.setMethod(method)
    client.setQuery(CITES)
    client.setReturnFormat(JSON)
    found: Any = client.queryAndConvert()
    assert [row["cited"]["value"] for row in found["results"]["bindings"]] == cited
    client.setReturnFormat(XML)
    found = client.queryAndConvert()
    assert len(found.getElementsByTagName("result")) == len(cited)
    for form in (CSV, TSV):
        client.setReturnFormat(form)
        found = client.queryAndConvert()
        assert len(found.decode().splitlines()) == len(cited) + 1


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, JSONLD, XML])
def test_sparqlwrapper_reads_graphs(open_server: Server, form: str) -> None:
    client = SPARQLWrapper(f"{open_server.address}sparql")
    client.setQuery("DESCRIBE <https://w3id.org/unkg/body/cstd>")
    client.setReturnFormat(form)
    found: Any = client.queryAndConvert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
    assert len(graph) > 5


def test_sparqlwrapper_is_told_of_errors(open_server: Server) -> None:
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

    client = SPARQLWrapper(f"{open_server.address}sparql")
    client.setQuery("SELECT ?s { ?s ?p }")
    with pytest.raises(QueryBadFormed, match="query:1:20"):
        client.query()


def test_pandas(open_server: Server, cited: list[str]) -> None:
    answer = open_server.query(CITES, accept="text/csv")
    assert list(pandas.read_csv(io.BytesIO(answer.body))["cited"]) == cited
    address = f"{open_server.address}sparql?query={CITES.replace(' ', '%20').replace('#', '%23').replace('?', '%3F')}"
    assert list(pandas.read_csv(f"{address}&format=csv")["cited"]) == cited
    lineages = pandas.read_json(f"{open_server.address}api/lineage?symbol=76/213&depth=1", orient="index")
    assert "A/RES/76/213" in set(lineages[0].astype(str))


def test_curl(open_server: Server, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("needs curl")

    def curl(*words: str) -> str:
        return subprocess.run(["curl", "-sSf", *words], capture_output=True, text=True, check=True).stdout

    name = f"{open_server.address}doc/A/RES/76/213"
    assert curl("-L", "-H", "Accept: text/turtle", name).startswith("@prefix")
    assert curl("-L", "-H", "Accept: text/html", f"{open_server.address}76/213").startswith("<!DOCTYPE html>")
    assert "<https://w3id.org" in curl("-L", "--compressed", "-H", "Accept: application/n-triples", name)
    told = curl(f"{open_server.address}sparql", "--data-urlencode", f"query={CITES}", "-H", "Accept: text/csv")
    assert told.startswith("cited\n")
    tag = tmp_path / "tag"
    curl("--etag-save", str(tag), "-o", str(tmp_path / "page"), f"{name}.html")
    status = curl("--etag-compare", str(tag), "-w", "%{http_code}", f"{name}.html")
    assert status == "304"


def test_our_own_endpoint(open_server: Server, store: LocalStore) -> None:
    """Whatever the library asks of an endpoint, it may ask of this one."""
    endpoint = open_endpoint(f"{open_server.address}sparql")
    assert endpoint.names.base == "https://w3id.org/unkg/"
    assert list(endpoint.graphs()) == list(store.graphs())
    assert lineage(endpoint, "76/213").edges == lineage(store, "76/213").edges
    assert sorted(network(endpoint).nodes) == sorted(network(store).nodes)


def test_comunica(open_server: Server, cited: list[str]) -> None:
    """The query engine of JavaScript, where it is installed: UNKG_COMUNICA names its program comunica-sparql."""
    program = os.environ.get("UNKG_COMUNICA") or shutil.which("comunica-sparql")
    if program is None:
        pytest.skip("needs comunica-sparql (npm: @comunica/query-sparql) on the PATH or in UNKG_COMUNICA")
    import json

    for source in (f"sparql@{open_server.address}sparql", f"{open_server.address}sparql"):
        call = [program, source, CITES, "-t", "application/sparql-results+json"]
        done = subprocess.run(call, capture_output=True, text=True, check=True, timeout=120)
        assert sorted(row["cited"]["value"] for row in json.loads(done.stdout)["results"]["bindings"]) == cited
    # A file of data by its name, which is negotiated for.
    call = [program, f"{open_server.address}doc/A/RES/74/229", "SELECT * { ?s ?p ?o }", "-t", "text/csv"]
    done = subprocess.run(call, capture_output=True, text=True, check=True, timeout=120)
    assert "A/RES/74/229" in done.stdout
