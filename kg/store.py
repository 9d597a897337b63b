"""The embedded store: an on-disk SPARQL database that is replaced whole.

A store is a folder. `CURRENT` names the generation that readers open; a build writes the next one beside it and then
replaces `CURRENT` in one step, so that whatever goes wrong before leaves the old store as it was. A lock keeps a second
writer out; readers never wait.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import os
import shutil
import traceback
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from kg import resources
from kg.errors import StoreBusy, StoreMissing, StoreWriteFailed
from kg.uris import BASE, Names

_CURRENT = "CURRENT"
_LOCK = "lock"
_SUMMARY = "summary.json"
#: What stands in the folder of a generation beside the database, and goes with it into the next.
BESIDE = ("manifest.sqlite", "search.sqlite", "catalogue.sqlite", _SUMMARY)
#: The folder in a store where what was made for the next generation waits until that is complete.
SHARDS = "shards"
#: Bytes of N-Quads that are loaded together: each load makes some ten files, which the database puts together later;
#: three times as many are no faster and take 0.7 GB more.
_AT_ONCE = 64_000_000


class Writer:
    """Fills the next generation of a store; got from `writing`.

    The store is opened when something is to be written to it, not before: processes that are started until then share
    nothing with the threads of the database."""

    def __init__(self, folder: Path, names: Names) -> None:
        self.folder = folder
        self._names = names
        self._before: Path | None = None
        self._opened: ox.Store | None = None
        #: What waits to be loaded lies on the disk, so that memory does not hold it.
        self._waiting = folder.parent / SHARDS / "waiting.nq"
        self._size = 0

    def go_on_from(self, before: Path) -> None:
        """Begins with all that another generation holds; without, with nothing."""
        self._before = before

    @property
    def _store(self) -> ox.Store:
        if self._opened is None:
            if self._before is not None:
                # Files are linked and not copied.
                ox.Store.read_only(str(self._before)).backup(str(self.folder))
                for name in BESIDE:
                    if (self._before / name).is_file():
                        shutil.copyfile(self._before / name, self.folder / name)
            self._opened = ox.Store(str(self.folder))
        return self._opened

    def load_vocabulary(self) -> None:
        """The ontology and the registries, in a graph of their own."""
        graph = ox.NamedNode(self._names.vocabulary)
        statements = []
        for path in (*resources.ontology(), *resources.registries()):
            turtle = resources.turtle(path, self._names.base).encode()
            triples = (quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE))
            statements.append(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
        # All at once: each load makes files of its own, and waits for the disk.
        self._store.bulk_load(b"".join(statements), ox.RdfFormat.N_TRIPLES, to_graph=graph)

    def load_official(self, statements: Iterable[ox.Triple]) -> int:
        """What the United Nations' own vocabularies say, in a graph of their own; how many statements that is."""
        graph = ox.NamedNode(self._names.official)
        self._store.remove_graph(graph)
        before = len(self._store)
        self._store.bulk_extend(
            ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in statements
        )
        return len(self._store) - before

    def load(self, nquads: str | bytes) -> None:
        """The graph of one work, or of several."""
        self._waiting.parent.mkdir(parents=True, exist_ok=True)
        with self._waiting.open("ab" if self._size else "wb") as file:
            self._size += file.write(nquads.encode() if isinstance(nquads, str) else nquads)
        if self._size >= _AT_ONCE:
            self._flush()

    def drop(self, graphs: Iterable[str]) -> None:
        """Takes out whole graphs, by their names."""
        gone = [ox.NamedNode(name) for name in graphs]
        # What waits is loaded first only where something is to go: small loads make small files, and many.
        if gone:
            self._flush()
        for name in gone:
            self._store.remove_graph(name)

    def note(self, summary: Mapping[str, Any]) -> None:
        """Keeps what a build says of itself beside the data."""
        self._flush()
        text = json.dumps({**summary, "base": self._names.base}, ensure_ascii=False, indent=1)
        (self.folder / _SUMMARY).write_text(text, encoding="utf-8")

    def read(self) -> ox.Store:
        """What has been loaded so far, for checks before it is taken over."""
        self._flush()
        return self._store

    def close(self) -> None:
        self._flush()
        self._store.flush()
        self.let_go()

    def let_go(self) -> None:
        """Forgets the store and what was still to be written to it."""
        self._opened, self._size = None, 0
        self._waiting.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._waiting.parent.rmdir()

    def _flush(self) -> None:
        if self._size:
            self._store.bulk_load(path=str(self._waiting), format=ox.RdfFormat.N_QUADS)
            self._size = 0


@contextlib.contextmanager
def writing(path: Path, names: Names | None = None) -> Iterator[Writer]:
    """The next generation of the store at `path`, taken over when the block ends well.

    Raises StoreBusy where another process writes it, StoreWriteFailed where the disk refuses; the old store stays.
    """
    with _locked(path):
        number = 1 + max(map(_number, path.glob("generation-*")), default=0)
        folder = path / f"generation-{number:04}"
        writer = Writer(folder, names or Names())
        try:
            yield writer
            writer.close()
            before = _named(path)
            _point_to(path, folder)
        except OSError as error:
            _discard(path, writer, error)
            raise StoreWriteFailed(
                str(path), f"could not be written ({error}); the store is as it was before"
            ) from None
        except BaseException as error:
            _discard(path, writer, error)
            raise
        _remove_others(path, keep={folder, before})


def tidy(path: Path) -> None:
    """Removes what a process that was killed left behind, where nobody writes the store."""
    if (path / SHARDS).exists() or set(path.glob("generation-*")) - _in_use(path):
        with contextlib.suppress(StoreBusy, StoreWriteFailed), _locked(path):
            _remove_others(path, keep=_in_use(path))


def _in_use(path: Path) -> set[Path]:
    """The current generation and the one before."""
    folder = current(path)
    older = [each for each in path.glob("generation-*") if _number(each) < _number(folder)]
    return {folder, max(older, key=_number, default=folder)}


def _number(generation: Path) -> int:
    return int(generation.name.removeprefix("generation-"))


def _discard(path: Path, writer: Writer, error: BaseException) -> None:
    """Removes a generation that failed, once nothing that the error remembers holds it open."""
    writer.let_go()
    traceback.clear_frames(error.__traceback__)
    gc.collect()
    # Ctrl-C may come when all is done.
    if _named(path) != writer.folder:
        shutil.rmtree(writer.folder, ignore_errors=True)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keeps a second writer out; where nothing was built after all, no folder is left that was not there before."""
    was_there = path.exists()
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = (path / _LOCK).open("a+b", buffering=0)
    except OSError as error:
        raise StoreWriteFailed(str(path), f"cannot be written: {error.strerror}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreBusy(
                str(path), f"is being written by {_holder(lock)}; wait for it, or choose another --store"
            ) from None
        try:
            lock.truncate(0)
            lock.write(f"process {os.getpid()}".encode())
        except OSError as error:
            raise StoreWriteFailed(str(path), f"cannot be written: {error.strerror}") from None
        try:
            yield
        except BaseException:
            if not was_there:
                (path / _LOCK).unlink(missing_ok=True)
                with contextlib.suppress(OSError):
                    path.rmdir()
            raise


def _holder(lock: IO[bytes]) -> str:
    lock.seek(0)
    return lock.read().decode().strip() or "another process"


def _point_to(path: Path, folder: Path) -> None:
    """Makes `folder` the current generation, in one step that a crash cannot halve."""
    pointer = path / f"{_CURRENT}.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(path / _CURRENT)


def _remove_others(path: Path, *, keep: Set[Path | None]) -> None:
    """Every generation but those, the new one and the one before, which may still be open in a reader; and what waited
    for the new one."""
    for folder in (*path.glob("generation-*"), path / SHARDS):
        if folder not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def open_current(path: Path) -> ox.Store:
    """The current generation, for reading only; raises StoreMissing where nothing was built, or is damaged."""
    folder = current(path)
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreMissing(str(path), f"is damaged ({error}); build it again") from None


def summary(path: Path) -> Mapping[str, Any]:
    """What the build of the current generation said of itself; raises StoreMissing."""
    file = current(path) / _SUMMARY
    try:
        found = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {"base": BASE}
        if isinstance(found, dict) and isinstance(found.get("base"), str):
            return found
        problem = "does not tell the base of its names"
    except ValueError as error:
        problem = str(error)
    raise StoreMissing(str(path), f"is damaged ({_SUMMARY}: {problem}); build it again")


def current(path: Path) -> Path:
    """The folder of the current generation; raises StoreMissing."""
    folder = _named(path)
    if folder is None:
        raise StoreMissing(str(path), f"holds no store; build one first: unkg build --store {path}")
    if not folder.is_dir():
        raise StoreMissing(str(path), f"is damaged ({folder.name} is gone); build it again")
    return folder


def _named(path: Path) -> Path | None:
    """The generation that the pointer names, None where nothing was built yet."""
    pointer = path / _CURRENT
    name = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    return path / name if name else None
