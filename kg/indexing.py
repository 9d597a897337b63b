"""The search index and the catalogue of a generation, made while other work on it goes on."""

from __future__ import annotations

import contextlib
import multiprocessing
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pyoxigraph as ox

from kg import catalogue
from kg.errors import StoreMissing
from kg.pool import calm
from kg.search import NAME, write_index
from kg.store import Writer
from kg.uris import Names

#: Statements from which on another process is worth its start.
_MANY = 300_000
_SNAPSHOT = "snapshot"


@contextlib.contextmanager
def indexing(writer: Writer, names: Names, changed: Sequence[str] | None) -> Iterator[None]:
    """Brings index and catalogue up to what the writer has loaded: of the graphs that changed, or of all where that is
    None, or there is none yet. They are whole when the block ends, in which the store may be read but not changed."""
    store = writer.read()
    if not all((writer.folder / name).is_file() for name in (NAME, catalogue.FILE)):
        changed = None
    if len(store) < _MANY or (changed is not None and len(changed) < _MANY // 10_000):
        _index(store, writer.folder, names, changed)
        yield
        return
    # The other process reads links to the files as they are now: the database goes on putting files together, and
    # removes those that it has no more use for.
    snapshot = writer.folder / _SNAPSHOT
    store.backup(str(snapshot))
    try:
        # A process of its own start, as one that were forked would share the threads of the database.
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=calm) as pool:
            index = pool.submit(_index_of, snapshot, writer.folder, names, changed)
            yield
            index.result()
    finally:
        shutil.rmtree(snapshot)


def _index_of(snapshot: Path, folder: Path, names: Names, changed: Sequence[str] | None) -> None:
    _index(ox.Store.read_only(str(snapshot)), folder, names, changed)


def _index(store: ox.Store, folder: Path, names: Names, changed: Sequence[str] | None) -> None:
    catalogue.write_catalogue(store, folder / catalogue.FILE, names, graphs=changed)
    path = folder / NAME
    try:
        write_index(store, path, graphs=changed)
    except StoreMissing:
        # The index that was there is damaged, or was made by other rules.
        path.unlink(missing_ok=True)
        write_index(store, path)
