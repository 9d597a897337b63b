"""Packs what named graphs say: N-Quads and TriG, the rows of the tables, and a digest.

Packed files are members of gzip: several of them, one behind the other, are a packed file too, so that the whole
dataset is made of its parts without packing anything twice.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.answers import PREFIXES
from kg.named_graph import NamedGraph, read_graph
from kg.nquads import TYPE
from kg.pages.data import graph_of
from kg.pages.site import Site
from kg.publish import tables
from kg.publish.rows import written
from kg.publish.tables import Row
from kg.query import LocalStore
from kg.uris import Names, term

_BUFFER = 1 << 20
_LEVEL = 6
_EXTRACTOR = f"unkg {version('unkg')}"


@dataclass(frozen=True, slots=True)
class Graph:
    """A named graph as it was packed: `symbol` is that of its document, or the end of its name where it is of none;
    `digest` is that of its statements, as unkg:graphDigest has it; `sources` are the beginnings of the digests of the
    files it was read from."""

    symbol: str
    digest: str
    statements: int
    adopted: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Packed:
    """The files of a part, by their endings (nq.gz, trig.gz, edges.arrow …), and its graphs."""

    stem: Path
    graphs: tuple[Graph, ...]

    def file(self, ending: str) -> Path:
        return self.stem.with_name(f"{self.stem.name}.{ending}")


@dataclass(frozen=True, slots=True)
class Order:
    """Documents whose graphs are to be packed into files that begin with `stem`."""

    symbols: tuple[str, ...]
    stem: Path

    def __len__(self) -> int:
        return len(self.symbols)


def pack(site: Site, order: Order, *, also: Callable[[str], None] | None = None) -> Packed:
    """Packs documents; `also` is what else is to be done with each, while its graph is at hand."""
    packed: list[Graph] = []
    with _packer(order.stem, site.names, packed) as take:
        for symbol in order.symbols:
            if also:
                also(symbol)
            take(symbol, graph_of(site, symbol))
    return Packed(order.stem, tuple(packed))


#: Takes a document's symbol and its graph.
_Taker = Callable[[str, NamedGraph], None]


@contextmanager
def _packer(stem: Path, names: Names, packed: list[Graph]) -> Iterator[_Taker]:
    """Takes the graph of one document after another into files that begin with `stem`; `packed` then holds them."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as files:
        write = files.enter_context(_graphs(stem, names))
        rows = {
            table.name: files.enter_context(written(_file(stem, f"{table.name}.arrow"), table))
            for table in (tables.EDGES, tables.UNSETTLED, tables.CLAUSES)
        }

        def take(symbol: str, graph: NamedGraph) -> None:
            write(graph)
            packed.append(_tabled(graph, symbol, names, rows))

        yield take


def vocabulary(store: LocalStore, stem: Path) -> Packed:
    """Packs the graphs that are of no one document: the vocabulary, what documents say of one another, and the United
    Nations' own vocabularies where they were fetched."""
    found = set(store.graphs())
    packed: list[Graph] = []
    stem.parent.mkdir(parents=True, exist_ok=True)
    with _graphs(stem, store.names) as write:
        for name in (store.names.vocabulary, store.names.official, store.names.across):
            if name in found:
                graph = read_graph(store, name)
                write(graph)
                packed.append(Graph(name.removeprefix(store.names.base), graph.digest, len(graph.lines)))
    return Packed(stem, tuple(packed))


@contextmanager
def _graphs(stem: Path, names: Names) -> Iterator[Callable[[NamedGraph], None]]:
    """Writes graphs as N-Quads and as TriG."""
    known = prefixes(names)
    head = _head(known)
    with _packed(stem, "nq.gz") as nquads, _packed(stem, "trig.gz") as trig:
        trig.write(head)

        def write(graph: NamedGraph) -> None:
            nquads.write(graph.nquads)
            # What stands in the braces of TriG is Turtle; the prefixes are said once.
            body = ox.serialize(graph.triples, format=ox.RdfFormat.TURTLE, prefixes=known) or b""
            trig.write(b"<%s> {\n%s}\n" % (graph.name.encode(), body.removeprefix(head)))

        yield write


def prefixes(names: Names) -> dict[str, str]:
    return {**PREFIXES, "doc": f"{names.base}doc/"}


def _tabled(
    graph: NamedGraph,
    symbol: str,
    names: Names,
    rows: dict[str, Callable[[Row], None]],
) -> Graph:
    """Writes the rows of a document's graph, and says what it is."""
    said = graph.about
    for row in tables.clauses(said, symbol, names):
        rows["clauses"](row)
    for table, row in tables.citations(said, symbol, names, _EXTRACTOR):
        rows[table.name](row)
    facts = said.get(names.document(symbol), {})
    adopted = facts.get(term("adopted"))
    versions = facts.get(term("hasVersion"), ())
    digests = {each.value for version in versions for each in said[version.value].get(term("sourceDigest"), ())}
    sources = tuple(sorted(each.removeprefix("sha256:")[:12] for each in digests))
    return Graph(symbol, graph.digest, len(graph.lines), adopted[0].value if adopted else None, sources)


@contextmanager
def gzipped(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """What is written goes packed into the file, as one member; the same bytes whenever it is written."""
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=_LEVEL, mtime=0) as packed,
        # Serializers write in small pieces, each of which would cost a call of the packer.
        io.BufferedWriter(cast(io.RawIOBase, packed), _BUFFER) as buffered,
    ):
        yield buffered


@contextmanager
def _packed(stem: Path, ending: str) -> Iterator[IO[bytes]]:
    with _file(stem, ending).open("wb") as file, gzipped(file) as packed:
        yield packed


def _head(known: Mapping[str, str]) -> bytes:
    """The lines with which every Turtle file of these prefixes begins."""
    any_statement = ox.Triple(ox.NamedNode(TYPE), ox.NamedNode(TYPE), ox.NamedNode(TYPE))
    text = ox.serialize([any_statement], format=ox.RdfFormat.TURTLE, prefixes=dict(known)) or b""
    return b"".join(line for line in text.splitlines(keepends=True) if line.startswith(b"@prefix"))


def _file(stem: Path, ending: str) -> Path:
    return stem.with_name(f"{stem.name}.{ending}")
