"""The downloads: what they hold, that they hold all of it, and that a damaged file is seen."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import json
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest

from kg.catalogue import Work
from kg.publish import tables
from kg.publish.files import damaged
from kg.publish.folder import Folder
from kg.publish.years import parts
from tests.datasetkit import Published, bytes_of, offer, publish, texts

pytest_plugins = ["tests.datasetkit"]

WHOLE = "downloads/unkg.{}.gz"


def quads(content: bytes, form: ox.RdfFormat) -> set[ox.Quad]:
    return set(ox.parse(gzip.decompress(content), form))


def graph_of(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_in_whatever_order_documents_are_packed_the_bytes_are_the_same(seed: Path, tmp_path: Path) -> None:
    one = publish(tmp_path / "one", texts(seed))
    two = publish(tmp_path / "two", texts(seed), backwards=True)
    assert bytes_of(one.folder) == bytes_of(two.folder)


def test_a_second_time_nothing_is_written(offered: Published, tmp_path: Path) -> None:
    shutil.copytree(offered.folder, tmp_path / "site")
    before = bytes_of(tmp_path / "site")
    again = Folder(tmp_path / "site")
    offer(offered.site, again)
    assert (again.changed, again.finish()) == (0, 0)
    assert bytes_of(tmp_path / "site") == before


def test_both_dumps_hold_every_statement_of_the_store_and_what_the_dataset_is(offered: Published) -> None:
    held = set(offered.site.graph.oxigraph)
    nquads = quads(offered.read(WHOLE.format("nq")), ox.RdfFormat.N_QUADS)
    trig = quads(offered.read(WHOLE.format("trig")), ox.RdfFormat.TRIG)
    own = {quad for quad in nquads if graph_of(quad) == "https://w3id.org/unkg/graph/dataset"}
    assert nquads - own == held
    assert trig == nquads
    said = {quad.predicate.value.rpartition("/")[2]: getattr(quad.object, "value", "") for quad in own}
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["source"] == "https://www.un.org/"
    assert offered.made.state.latest.version in said["bibliographicCitation"]


def test_every_dump_names_source_and_licence_above_its_statements(offered: Published) -> None:
    packed = [path for path in offered.folder.rglob("*.gz") if ".nq" in path.name or ".trig" in path.name]
    assert len(packed) >= 4
    for path in packed:
        head = gzip.decompress(path.read_bytes())[:2000].decode(errors="ignore")
        assert "# Source: documents of the United Nations." in head, path
        assert "# https://creativecommons.org/licenses/by/4.0/" in head, path


def test_the_parts_together_are_the_documents_of_the_whole(offered: Published) -> None:
    of_parts = set()
    for file in offered.made.files:
        if file.part and file.path.endswith(".nq.gz"):
            found = quads(offered.read(file.path), ox.RdfFormat.N_QUADS)
            assert {graph_of(quad) for quad in found} == set(file.part.graphs(offered.site.names))
            assert len(found) == file.entries
            of_parts |= found
    names = offered.site.names
    general = {names.vocabulary, names.across, names.official}
    held = {quad for quad in offered.site.graph.oxigraph if graph_of(quad) not in general}
    assert of_parts == held


def test_a_file_that_changed_or_is_gone_is_seen(offered: Published, tmp_path: Path) -> None:
    shutil.copytree(offered.folder, tmp_path / "site")
    folder = Folder(tmp_path / "site")
    assert damaged(folder) == []
    nodes = tmp_path / "site/downloads/nodes.csv.gz"
    nodes.write_bytes(nodes.read_bytes()[:-1] + b"x")
    (tmp_path / "site/downloads/README.txt").unlink()
    assert damaged(folder) == ["README.txt", "nodes.csv.gz"]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_sha256sum_takes_the_checksums(offered: Published, tmp_path: Path) -> None:
    shutil.copytree(offered.folder / "downloads", tmp_path / "downloads")
    call = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(call, cwd=tmp_path / "downloads", check=False).returncode == 0
    (tmp_path / "downloads/edges.parquet").write_bytes(b"")
    assert subprocess.run(call, cwd=tmp_path / "downloads", capture_output=True, check=False).returncode == 1


def test_every_file_of_the_downloads_has_a_checksum(offered: Published) -> None:
    listed = {line.split("  ")[1] for line in offered.read("downloads/SHA256SUMS").decode().splitlines()}
    there = {str(path.relative_to(offered.folder / "downloads")) for path in offered.folder.rglob("downloads/**/*")}
    files = {name for name in there if (offered.folder / "downloads" / name).is_file()}
    assert listed == files - {"SHA256SUMS"} == {file.name for file in offered.made.files}


def test_the_server_of_oxigraph_loads_the_packed_dump(offered: Published, tmp_path: Path) -> None:
    server = Path(sysconfig.get_path("scripts")) / "oxigraph"
    if not server.exists():
        pytest.skip("needs the server of `pip install oxigraph`")
    for ending in ("nq", "trig"):
        location = str(tmp_path / ending)
        file = offered.folder / WHOLE.format(ending)
        subprocess.run([server, "load", "--location", location, "--file", file], check=True, capture_output=True)
        loaded = ox.Store.read_only(location)
        assert len(loaded) == next(f.entries for f in offered.made.files if f.name == f"unkg.{ending}.gz")


def test_each_citation_is_one_edge_with_its_clause(offered: Published) -> None:
    found = rows(gzip.decompress(offered.read("downloads/edges.csv.gz")))
    names = offered.site.names
    assert [row["citing"] for row in found if row["cited"] == "A/RES/90/1"] == ["A/RES/90/2", "A/RES/91/3"]
    store = offered.site.graph.oxigraph
    told = {
        (quad.subject.value, quad.object.value)
        for quad in store.quads_for_pattern(None, ox.NamedNode("http://purl.org/spar/cito/hasCitingEntity"), None)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
    }
    unsettled = rows(gzip.decompress(offered.read("downloads/unsettled.csv.gz")))
    assert {(row["citation_iri"], row["clause_iri"]) for row in (*found, *unsettled)} == told
    assert len(found) + len(unsettled) == len(told)
    for row in found:
        assert row["clause_iri"] == names.part(row["citing"], row["clause"])
        assert row["status"] == "resolved"
    assert {row["status"] for row in unsettled} <= {"ambiguous", "unresolved"}
    technology = next(row for row in found if row["citing"] == "A/RES/76/213" and row["cited"] == "A/RES/69/313")
    assert (technology["act"], technology["cited_date"], technology["words"], technology["languages"]) == (
        "reaffirm",
        "2015-07-27",
        "69/313",
        "zh",
    )


def test_every_document_that_an_edge_names_is_a_node_and_has_its_titles(offered: Published) -> None:
    nodes = {row["symbol"]: row for row in rows(gzip.decompress(offered.read("downloads/nodes.csv.gz")))}
    edges = rows(gzip.decompress(offered.read("downloads/edges.csv.gz")))
    assert {row[end] for row in edges for end in ("citing", "cited")} <= nodes.keys()
    one = nodes["A/RES/90/1"]
    assert (one["kind"], one["organ"], one["held"], one["languages"]) == (
        "resolution",
        "general-assembly",
        "true",
        "ar en es fr ru zh",
    )
    assert [one[f"title_{code}"] for code in ("en", "fr", "zh")] == ["Mountains", "Les montagnes", "山区"]
    assert nodes["A/RES/70/1"]["held"] == "false"
    assert nodes["A/RES/70/1"]["date"] == "2015-09-25"


def test_parquet_holds_the_rows_of_the_csv_in_typed_columns(offered: Published) -> None:
    types = {"held": pa.bool_(), "year": pa.int32(), "date": pa.date32(), "symbol": pa.string()}
    for table in (tables.NODES, tables.EDGES, tables.UNSETTLED):
        read = pq.read_table(offered.folder / f"downloads/{table.name}.parquet")
        assert tuple(read.column_names) == table.header
        written = rows(gzip.decompress(offered.read(f"downloads/{table.name}.csv.gz")))
        as_text = [{key: _text(value) for key, value in row.items()} for row in read.to_pylist()]
        assert as_text == written
    schema = pq.read_schema(offered.folder / "downloads/nodes.parquet")
    assert {name: schema.field(name).type for name in types} == types
    assert pa.types.is_dictionary(schema.field("organ").type)
    assert schema.metadata[b"licence"] == b"https://creativecommons.org/licenses/by/4.0/"
    assert schema.field("held").metadata[b"description"]


def _text(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_clauses_stand_in_the_order_of_the_text_with_all_their_languages(offered: Published) -> None:
    read = pq.read_table(offered.folder / "downloads/clauses.parquet").to_pylist()
    one = [row for row in read if row["symbol"] == "A/RES/90/1"]
    assert [row["place"] for row in one] == sorted(row["place"] for row in one)
    preambular = next(row for row in one if row["kind"] == "preambular")
    assert (preambular["clause"], preambular["act"]) == ("PP1", "recall")
    assert preambular["text_fr"] == "Rappelant sa résolution 86/7,"
    assert preambular["text_zh"] == "回顾其第86/7号决议，"
    assert all(preambular[f"text_{code}"] for code in ("ar", "en", "es", "ru"))


def test_the_archive_holds_the_tables_and_describes_every_column_of_them(offered: Published) -> None:
    with zipfile.ZipFile(io.BytesIO(offered.read("downloads/unkg-csv.zip"))) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    assert sorted(files) == ["README.txt", "csv-metadata.json", "edges.csv", "nodes.csv", "unsettled.csv"]
    described = json.loads(files["csv-metadata.json"])
    assert [table["url"] for table in described["tables"]] == ["nodes.csv", "edges.csv", "unsettled.csv"]
    for table in described["tables"]:
        columns = table["tableSchema"]["columns"]
        head = files[table["url"]].partition(b"\n")[0].decode()
        assert [column["name"] for column in columns] == head.split(",")
        for column in columns:
            assert {title["@language"] for title in column["dc:title"]} == {"ar", "en", "es", "fr", "ru", "zh"}, column
    assert b"United Nations" in files["README.txt"]
    assert offered.made.state.latest.version.encode() in files["README.txt"]


@pytest.mark.skipif(importlib.util.find_spec("csvw") is None, reason="needs `pip install csvw`")
def test_the_tables_are_what_their_dictionary_says(offered: Published, tmp_path: Path) -> None:
    with zipfile.ZipFile(offered.folder / "downloads/unkg-csv.zip") as archive:
        archive.extractall(tmp_path)
    code = (
        "import csvw; found = csvw.CSVW('csv-metadata.json', validate=True); "
        "assert found.is_valid and found.tablegroup.check_referential_integrity()"
    )
    call = [sys.executable, "-c", code]
    assert subprocess.run(call, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    nodes = (tmp_path / "nodes.csv").read_text()
    (tmp_path / "nodes.csv").write_text(nodes.replace(",2021-12-17,", ",the day before,", 1))
    assert subprocess.run(call, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_works_without_organ_or_year_are_in_a_part_all_the_same(offered: Published) -> None:
    made = parts([Work("X/1", "document"), Work("A/RES/90/1", "resolution", "body/general-assembly", year=2035)])
    assert [(part.path, part.symbols) for part in made] == [
        ("other/undated", ("X/1",)),
        ("general-assembly/2035", ("A/RES/90/1",)),
    ]
