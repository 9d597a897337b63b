"""Export: every format is read back by a reader of its own, whole, and is the same twice."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from lxml import etree
from rdflib.compare import isomorphic

from kg.errors import FormatError
from kg.export import FORMATS, NAMES, NETWORK_FORMATS, form_of, rdf
from kg.network import network
from kg.query import LocalStore
from tests.storekit import exported

pytest_plugins = ["tests.storekit"]

SEED = "A/RES/76/213"
SVG = "{http://www.w3.org/2000/svg}"
TITLE = "科学、技术和创新促进可持续发展"
RDFLIB = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "trig": "trig", "nq": "nquads", "jsonld": "json-ld"}
WITH_GRAPHS = ("trig", "nq", "jsonld")


class Size(NamedTuple):
    """How many documents and how many citations a reader finds."""

    nodes: int
    edges: int


def read_node_link(written: bytes) -> Size:
    return size(networkx.node_link_graph(json.loads(written), edges="edges"))


def read_graphml(written: bytes) -> Size:
    return size(networkx.read_graphml(io.BytesIO(written), force_multigraph=True))


def read_gexf(written: bytes) -> Size:
    return size(networkx.read_gexf(io.BytesIO(written), version="1.2draft"))


def read_csv(written: bytes) -> Size:
    """Citations only; a document that has none is not in the file."""
    lines = list(csv.DictReader(io.StringIO(written.decode(), newline="")))
    return Size(len({line[end] for line in lines for end in ("citing", "cited")}), len(lines))


def read_cytoscape(written: bytes) -> Size:
    elements = json.loads(written)["elements"]
    ids = [element["data"]["id"] for kind in ("nodes", "edges") for element in elements[kind]]
    assert len(ids) == len(set(ids))
    assert all(edge["data"][end] in ids for edge in elements["edges"] for end in ("source", "target"))
    return Size(len(elements["nodes"]), len(elements["edges"]))


STRING = r'"(?:[^"\\\n]|\\.)*"'
DOT = {
    "frame": re.compile(r"digraph unkg \{|\}"),
    "setting": re.compile(rf"  (?:rankdir=RL|(?:node|edge) \[(?:\w+=(?:\w+|{STRING})(?:, )?)+\]);"),
    "node": re.compile(rf"  {STRING} \[label={STRING}(?:, style=dashed)?\];"),
    "rank": re.compile(rf"  \{{ rank=same; {STRING}(?:; {STRING})+ \}}  // \d+"),
    "edge": re.compile(rf"  {STRING} -> {STRING} \[label={STRING}\];"),
}
MERMAID = {
    "frame": re.compile(r"flowchart RL"),
    "node": re.compile(r'  d\d+\["[^"]+"\]'),
    "edge": re.compile(r"  d\d+ -->\|[\w, -]+\| d\d+"),
}


def read_lines(grammar: dict[str, re.Pattern[str]]) -> Callable[[bytes], Size]:
    def read(written: bytes) -> Size:
        kinds = [
            next((kind for kind, pattern in grammar.items() if pattern.fullmatch(line)), f"no statement: {line}")
            for line in written.decode().splitlines()
        ]
        assert [kind for kind in kinds if kind not in grammar] == []
        return Size(kinds.count("node"), kinds.count("edge"))

    return read


def read_svg(written: bytes) -> Size:
    groups = {each.get("class"): each for each in etree.fromstring(written).iter(f"{SVG}g")}
    lines = [each for each in groups["lines"].iter(f"{SVG}path") if (each.get("class") or "").startswith("line ")]
    return Size(len(list(groups["documents"])), len(lines))


READERS: dict[str, Callable[[bytes], Size]] = {
    "graphml": read_graphml,
    "gexf": read_gexf,
    "json": read_node_link,
    "csv": read_csv,
    "dot": read_lines(DOT),
    "mmd": read_lines(MERMAID),
    "cyjs": read_cytoscape,
    "svg": read_svg,
}


def size(found: networkx.Graph[str]) -> Size:
    return Size(found.number_of_nodes(), found.number_of_edges())


def expected(store: LocalStore, form: str) -> Size:
    """The network's own size; drawings have one arrow for each pair of documents, a picture none
    from a document to itself, and a list of edges has no loner."""
    found = network(store)
    nodes, edges = size(found)
    if form == "csv":
        return Size(nodes - networkx.number_of_isolates(found), edges)
    pairs = set(found.edges())
    if form == "svg":
        return Size(nodes, sum(citing != cited for citing, cited in pairs))
    return Size(nodes, len(pairs) if form in ("dot", "mmd") else edges)


def test_every_format_has_a_reader_here() -> None:
    assert READERS.keys() == NETWORK_FORMATS.keys()
    assert RDFLIB.keys() == rdf.FORMATS.keys()
    assert set(FORMATS) == {*READERS, *RDFLIB}


@pytest.mark.parametrize("form", NETWORK_FORMATS)
@pytest.mark.parametrize("graph", ["store", "small"])
def test_a_network_is_read_back_whole(request: pytest.FixtureRequest, tmp_path: Path, form: str, graph: str) -> None:
    of: LocalStore = request.getfixturevalue(graph)
    assert READERS[form](exported(of, tmp_path / "file", form)) == expected(of, form)


@pytest.mark.parametrize("form", ["graphml", "gexf", "json"])
def test_nodes_and_edges_keep_what_the_network_says_of_them(store: LocalStore, tmp_path: Path, form: str) -> None:
    readers: dict[str, Callable[[bytes], networkx.Graph[str]]] = {
        "graphml": lambda data: networkx.read_graphml(io.BytesIO(data), force_multigraph=True),
        "gexf": lambda data: networkx.read_gexf(io.BytesIO(data), version="1.2draft"),
        "json": lambda data: networkx.node_link_graph(json.loads(data), edges="edges"),
    }
    read, wanted = readers[form](exported(store, tmp_path / "file", form)), network(store)
    for symbol, about in wanted.nodes(data=True):
        assert about.items() <= read.nodes[symbol].items()
    words = [sorted(about["text"] for *_, about in each.edges(data=True)) for each in (read, wanted)]
    assert words[0] == words[1]


@pytest.mark.parametrize("form", RDFLIB)
def test_rdf_is_read_back_whole_by_another_reader(store: LocalStore, tmp_path: Path, form: str) -> None:
    exported(store, tmp_path / f"graph.{form}", form)
    read = rdflib.Dataset() if form in WITH_GRAPHS else rdflib.Graph()
    read.parse(tmp_path / f"graph.{form}", format=RDFLIB[form])
    quads = list(store.oxigraph)
    names = len({quad.graph_name for quad in quads})
    assert names == 2
    if isinstance(read, rdflib.Dataset):
        assert len({str(graph) for *_, graph in read.quads()}) == names
        assert len(list(read.quads())) == len(quads)
    else:
        assert len(read) == len({quad.triple for quad in quads})


@pytest.mark.parametrize("form", RDFLIB)
def test_rdf_says_what_the_store_says(small: LocalStore, tmp_path: Path, form: str) -> None:
    exported(small, tmp_path / f"graph.{form}", form)
    read = list(ox.parse(path=str(tmp_path / f"graph.{form}")))
    if form in WITH_GRAPHS:
        assert set(read) == set(small.oxigraph)
    else:
        assert {quad.triple for quad in read} == {quad.triple for quad in small.oxigraph}


def test_all_rdf_formats_without_graphs_say_the_same(small: LocalStore, tmp_path: Path) -> None:
    graphs = [
        rdflib.Graph().parse(data=exported(small, tmp_path / "file", form), format=RDFLIB[form])
        for form in ("ttl", "nt", "rdf")
    ]
    assert all(isomorphic(graphs[0], other) for other in graphs[1:])


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "mmd"])
def test_chinese_words_survive(store: LocalStore, tmp_path: Path, form: str) -> None:
    words = TITLE if form != "csv" else "回顾其"
    written = exported(store, tmp_path / "file", form).decode()
    assert words in (json.dumps(json.loads(written), ensure_ascii=False) if form == "json" else written)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_store_gives_the_same_bytes(store: LocalStore, store_path: Path, tmp_path: Path, form: str) -> None:
    first = exported(store, tmp_path / "file", form)
    assert first == exported(LocalStore(store_path), tmp_path / "again", form)


@pytest.mark.parametrize("form", FORMATS)
def test_no_file_holds_the_day_on_which_it_was_written(store: LocalStore, tmp_path: Path, form: str) -> None:
    assert (
        datetime.datetime.now().astimezone().date().isoformat() not in exported(store, tmp_path / "file", form).decode()
    )


def test_each_attribute_of_graphml_is_one_column(store: LocalStore, tmp_path: Path) -> None:
    """A year that is a number here and an empty text there would make two, of one name."""
    written = exported(store, tmp_path / "file", "graphml").decode()
    columns = re.findall(r'<key id="\w+" for="(\w+)" attr.name="(\w+)"', written)
    assert ("node", "year") in columns
    assert sorted(columns) == sorted(set(columns))


def test_drawings_stand_words_that_need_quoting(tmp_path: Path) -> None:
    hostile: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    hostile.add_node("A/1", title='"quoted" \\ and\nbroken', year="2021", held=True)
    hostile.add_node('A/"2"', title="", year="2021", held=False)
    hostile.add_edge("A/1", 'A/"2"', clause="OP1", act="")
    for form in ("dot", "mmd", "svg"):
        out = io.BytesIO()
        NETWORK_FORMATS[form](hostile, out)
        assert READERS[form](out.getvalue()) == Size(2, 1)


def test_an_arrow_of_a_drawing_goes_from_a_document_to_what_it_cites(small: LocalStore, tmp_path: Path) -> None:
    written = exported(small, tmp_path / "file", "dot").decode()
    assert '"A/RES/91/5" -> "A/RES/90/1" [label="PP1 reaffirm"];' in written


def test_the_list_of_edges_opens_with_its_columns(store: LocalStore, tmp_path: Path) -> None:
    with (tmp_path / "edges.csv").open("wb") as out:
        NETWORK_FORMATS["csv"](network(store), out)
        assert not out.closed
    first = (tmp_path / "edges.csv").read_text(encoding="utf-8").splitlines()[0]
    assert first == "citing,cited,clause,act,date,locator,via,surface,language,text"


@pytest.mark.parametrize(("name", "form"), [*NAMES.items(), ("graphml", "graphml"), ("nq", "nq")])
def test_a_format_is_known_by_what_people_call_it(name: str, form: str) -> None:
    assert form_of(name) == form
    assert form in FORMATS


def test_an_unknown_format_is_refused_with_those_that_exist() -> None:
    with pytest.raises(FormatError) as caught:
        form_of("xlsx")
    assert all(form in str(caught.value) for form in FORMATS)
    assert caught.value.where == "xlsx"
