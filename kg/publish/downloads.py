"""The whole dataset as files: N-Quads and TriG, tables as CSV and Parquet, of the whole and of each organ and year.

The parts are packed by as many processes as are allowed; the whole is then put together of them. Memory does not grow
with the dataset, but for the documents' symbols and digests.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.named_graph import NamedGraph
from kg.pages.site import Site
from kg.publish import tables
from kg.publish.dictionary import explained
from kg.publish.files import File, checksums, comment, measured
from kg.publish.folder import Folder
from kg.publish.packing import Graph, Order, Packed, gzipped, prefixes, vocabulary
from kg.publish.spreadsheets import csv_files, parquet_file
from kg.publish.statements import Statements
from kg.publish.versions import Release
from kg.publish.years import Part, parts


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a store holds, packed part by part in a folder for work; `rest` is what is of no one document."""

    parts: tuple[tuple[Part, tuple[Packed, ...]], ...]
    rest: Packed

    @property
    def graphs(self) -> tuple[Graph, ...]:
        return tuple(graph for packed in self.packed for graph in packed.graphs)

    @property
    def packed(self) -> tuple[Packed, ...]:
        return (self.rest, *(each for _, packed in self.parts for each in packed))


def orders(site: Site, work: Path) -> list[Order]:
    """All documents held, in portions, each of which is to be packed into files in `work`."""
    return [each for part in parts(site.catalogue.works()) for each in _orders(part, work)]


def _orders(part: Part, work: Path) -> list[Order]:
    return [Order(symbols, work / part.path / str(number)) for number, symbols in enumerate(part.portions())]


def contents(site: Site, work: Path, packed: Iterable[Packed]) -> Contents:
    """All that the store holds, given its documents as they were packed by `orders`, in any order."""
    made = {each.stem: each for each in packed}
    of_documents = tuple(
        (part, tuple(made[order.stem] for order in _orders(part, work))) for part in parts(site.catalogue.works())
    )
    return Contents(of_documents, vocabulary(site.graph, work / "vocabulary"))


def downloads(site: Site, folder: Folder, held: Contents, about: Statements, release: Release) -> list[File]:
    """Writes the files of the whole and of each part, what explains them, and their checksums; `about` says what the
    dataset is, and stands in the files."""
    work = held.rest.stem.parent
    files = [*_statements(site, folder, held, about, work)]
    for part, packed in held.parts:
        path = f"downloads/{part.path}.nq.gz"
        made = work / "part.nq.gz"
        with made.open("wb") as out:
            _member(out, comment(site))
            for each in packed:
                _append(out, each.file("nq.gz"))
        folder.take(path, made)
        statements = sum(graph.statements for each in packed for graph in each.graphs)
        files.append(measured(folder, path, "file_part", entries=statements, part=part))
    files += csv_files(site, folder, held.parts, work, release)
    for table in tables.TABLES:
        files.append(parquet_file(site, folder, table, held.parts, work))
    files += explained(site, folder, release)
    checksums(folder, files)
    return sorted(files, key=lambda file: (file.part is not None, file.path))


def _statements(site: Site, folder: Folder, held: Contents, about: Statements, work: Path) -> Iterator[File]:
    """N-Quads and TriG of the whole: what the dataset is, the vocabulary, and the parts one behind the other."""
    graph = f"{site.names.base}graph/dataset"
    count = sum(each.statements for each in held.graphs) + len(about.triples)
    for ending, what in (("nq.gz", "file_nquads"), ("trig.gz", "file_trig")):
        made = work / f"whole.{ending}"
        head = _head_nquads(about, graph) if ending == "nq.gz" else _head_trig(site, about, graph)
        with made.open("wb") as out:
            _member(out, comment(site) + head)
            for packed in held.packed:
                _append(out, packed.file(ending))
        path = f"downloads/unkg.{ending}"
        folder.take(path, made)
        yield measured(folder, path, what, entries=count)


def _head_nquads(about: Statements, graph: str) -> bytes:
    lines = (ox.serialize(about.triples, format=ox.RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True)
    return NamedGraph(graph, lines).nquads


def _head_trig(site: Site, about: Statements, graph: str) -> bytes:
    quads: Iterable[ox.Quad] = (
        ox.Quad(each.subject, each.predicate, each.object, ox.NamedNode(graph)) for each in about.triples
    )
    return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes(site.names)) or b""


def _member(out: IO[bytes], content: bytes) -> None:
    """Packs a few lines as a member of their own."""
    packed = io.BytesIO()
    with gzipped(packed) as member:
        member.write(content)
    out.write(packed.getvalue())


def _append(out: IO[bytes], file: Path) -> None:
    with file.open("rb") as member:
        shutil.copyfileobj(member, out, 1 << 20)
