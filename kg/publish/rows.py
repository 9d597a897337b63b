"""Rows of tables in the columns of Arrow, written and read in portions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from kg.publish.tables import Column, Row, Table

#: Rows that are written together.
ROWS_AT_ONCE = 20_000
_TYPES = {
    "string": pa.string(),
    "iri": pa.string(),
    "category": pa.dictionary(pa.int32(), pa.string()),
    "date": pa.date32(),
    "integer": pa.int32(),
    "boolean": pa.bool_(),
}


def schema(table: Table) -> pa.Schema:
    """The types of a table's columns."""
    return pa.schema([pa.field(column.name, _TYPES[column.kind]) for column in table.columns])


def batch(table: Table, rows: Sequence[Row]) -> pa.RecordBatch:
    """Rows as columns."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in table.columns)
    arrays = [_array(column, cells) for column, cells in zip(table.columns, columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema(table))


def _array(column: Column, cells: Sequence[object]) -> pa.Array:
    if column.kind == "category":
        return pa.array(cells, pa.string()).dictionary_encode()
    return pa.array(cells, _TYPES[column.kind])


@contextmanager
def written(path: Path, table: Table) -> Iterator[Callable[[Row], None]]:
    """Takes the rows of a table, one a call, into a file of Arrow's stream format."""
    waiting: list[Row] = []
    options = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=False)
    with path.open("wb") as file, pa.ipc.new_stream(file, schema(table), options=options) as stream:

        def take(row: Row) -> None:
            waiting.append(row)
            if len(waiting) >= ROWS_AT_ONCE:
                flush()

        def flush() -> None:
            if waiting:
                stream.write_batch(batch(table, waiting))
                waiting.clear()

        yield take
        flush()


def read(path: Path) -> Iterator[pa.RecordBatch]:
    """The rows that were written to a file, in portions."""
    with path.open("rb") as file, pa.ipc.open_stream(file) as stream:
        yield from stream
