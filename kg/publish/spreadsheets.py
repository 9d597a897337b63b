"""The tables as files: CSV, alone and together in one archive, and Parquet."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from kg.pages.about_dataset import LICENCE
from kg.pages.site import Site
from kg.publish import tables
from kg.publish.dictionary import readme, table_metadata
from kg.publish.files import File, measured
from kg.publish.folder import Folder
from kg.publish.packing import Packed, gzipped
from kg.publish.rows import ROWS_AT_ONCE, batch, read, schema
from kg.publish.tables import Cell, Row, Table
from kg.publish.versions import Release
from kg.publish.years import Part

_CSV = (tables.NODES, tables.EDGES, tables.UNSETTLED)
_ARCHIVE = "unkg-csv.zip"
#: The day that a file of an archive bears where none is known: the earliest that there is.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_Parts = Sequence[tuple[Part, Sequence[Packed]]]


def csv_files(site: Site, folder: Folder, held: _Parts, work: Path, release: Release) -> list[File]:
    """Writes the tables of the whole, packed, all of them in one archive, and those of each part."""
    files = [_whole(site, folder, table, held, work) for table in _CSV]
    made = work / _ARCHIVE
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("README.txt", readme(site, release)),
            ("csv-metadata.json", table_metadata(site, release)),
        ):
            archive.writestr(_entry(name), content)
        for table in _CSV:
            with archive.open(_entry(f"{table.name}.csv"), "w", force_zip64=True) as out:
                _write(out, table, rows(site, table, held))
    folder.take(f"downloads/{_ARCHIVE}", made)
    files.append(measured(folder, f"downloads/{_ARCHIVE}", "file_zip"))
    for part, packed in held:
        for table, what in ((tables.NODES, "file_part_nodes"), (tables.EDGES, "file_part_edges")):
            path = f"downloads/{part.path}-{table.name}.csv"
            with (work / "part.csv").open("wb") as out:
                count = _write(out, table, rows(site, table, [(part, packed)], cited=False))
            folder.take(path, work / "part.csv")
            files.append(measured(folder, path, what, entries=count, part=part, table=table))
    return files


def parquet_file(site: Site, folder: Folder, table: Table, held: _Parts, work: Path) -> File:
    """Writes a table as Parquet: typed columns, licence and source in the file's own metadata."""
    made = work / f"{table.name}.parquet"
    count = 0
    with pq.ParquetWriter(made, _annotated(site, table), compression="zstd") as writer:
        for portion in _portions(site, table, held):
            writer.write_batch(portion.cast(_annotated(site, table)))
            count += portion.num_rows
    path = f"downloads/{table.name}.parquet"
    folder.take(path, made)
    return measured(folder, path, f"file_{table.name}", entries=count, table=table)


def rows(site: Site, table: Table, held: _Parts, *, cited: bool = True) -> Iterator[Row]:
    """The rows of a table, part by part; `cited` adds the documents that are only cited."""
    if table is tables.NODES:
        yield from _nodes(site, held, cited=cited)
        return
    for portion in _read(table, held):
        yield from zip(*(column.to_pylist() for column in portion.columns), strict=True)


def _nodes(site: Site, held: _Parts, *, cited: bool) -> Iterator[Row]:
    symbols = [symbol for part, _ in held for symbol in part.symbols]
    if cited:
        read_already = set(symbols)
        symbols += [symbol for symbol in site.catalogue.symbols() if symbol not in read_already]
    for symbol in symbols:
        work = site.catalogue.find_work(symbol)
        if work is not None:
            yield tables.node(work, site.names)


def _whole(site: Site, folder: Folder, table: Table, held: _Parts, work: Path) -> File:
    made = work / f"{table.name}.csv.gz"
    with made.open("wb") as file, gzipped(file) as out:
        count = _write(out, table, rows(site, table, held))
    path = f"downloads/{table.name}.csv.gz"
    folder.take(path, made)
    return measured(folder, path, f"file_{table.name}", entries=count, table=table)


def _write(out: IO[bytes], table: Table, content: Iterable[Row]) -> int:
    """UTF-8 with a heading line; how many rows there are."""
    count = 0
    with ExitStack() as stack:
        text = io.TextIOWrapper(out, encoding="utf-8", newline="")
        # The wrapper would close what it wraps.
        stack.callback(text.detach)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(table.header)
        for row in content:
            writer.writerow([_shown(cell) for cell in row])
            count += 1
    return count


def _shown(cell: Cell) -> str | int:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return "" if cell is None else cell


def _portions(site: Site, table: Table, held: _Parts) -> Iterator[pa.RecordBatch]:
    """The rows in portions, each of which becomes a row group."""
    if table is not tables.NODES:
        yield from _joined(table, _read(table, held))
        return
    waiting: list[Row] = []
    for row in rows(site, table, held):
        waiting.append(row)
        if len(waiting) == ROWS_AT_ONCE:
            yield batch(table, waiting)
            waiting = []
    yield batch(table, waiting)


def _read(table: Table, held: _Parts) -> Iterator[pa.RecordBatch]:
    """The rows as they were packed."""
    for _, packed in held:
        for each in packed:
            yield from read(each.file(f"{table.name}.arrow"))


def _joined(table: Table, portions: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Small portions put together to larger ones, as each costs a reader of the file some time."""
    waiting: list[pa.RecordBatch] = []
    for portion in portions:
        waiting.append(portion)
        if sum(each.num_rows for each in waiting) >= ROWS_AT_ONCE:
            yield from _one(table, waiting)
            waiting = []
    yield from _one(table, waiting)


def _one(table: Table, portions: Sequence[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    whole = pa.Table.from_batches(portions, schema(table)).unify_dictionaries().combine_chunks()
    yield from whole.to_batches()


def _annotated(site: Site, table: Table) -> pa.Schema:
    """The types of the columns, with what each means, and the licence of the whole."""
    fields = [
        field.with_metadata({"description": column.note})
        for field, column in zip(schema(table), table.columns, strict=True)
    ]
    about = {"licence": LICENCE, "source": "United Nations", "dataset": f"{site.names.base}dataset"}
    return pa.schema(fields, metadata=about)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
