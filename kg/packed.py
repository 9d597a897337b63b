"""Works that were made elsewhere, packed in folders → a store.

A folder holds graphs as N-Quads or TriG, the statements of one graph together, and descriptions of batches, one JSON
object a line, that tell which works these are. Neither is believed alone: each graph must have the number of
statements that its description tells.
"""

from __future__ import annotations

import gzip
import hashlib
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg import resources
from kg.errors import UnreadableSource
from kg.manifest import Batch
from kg.pool import Progress
from kg.state import Summary, unchanged
from kg.update import updating
from kg.uris import Names

#: What a cluster calls the folders of its output, and the file that it writes when all of it is there.
QUADS, WORKS, COMPLETE = "holds=quads", "holds=works", "_SUCCESS"

_UNPACK: dict[str, Callable[[Path], object]] = {".gz": gzip.open, ".xz": lzma.open}
_EXPECTED = (
    "expected what `unkg build --engine spark` wrote, or descriptions (.jsonl) beside graphs (.nq or .trig), packed by "
    ".gz or .xz or not"
)


@dataclass(frozen=True, slots=True)
class Packed:
    """The files of a folder: those that describe, and those that hold graphs."""

    descriptions: tuple[Path, ...]
    graphs: tuple[Path, ...]


def load(
    folders: Sequence[str | Path],
    store: str | Path,
    *,
    names: Names | None = None,
    vocabulary: Path | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Makes the store hold the works that the folders hold, and nothing else; what was found wrong with them when they
    were made is kept. The state that was there before stays until the end.

    Raises UnreadableSource where a folder holds no works, lacks or repeats one, or is damaged; StoreBusy, and
    StoreWriteFailed.
    """
    names, store = names or Names(), Path(store)
    packed = [found(Path(folder)) for folder in folders]
    made_of = _fingerprint(packed, names, vocabulary)
    same = unchanged(store, made_of)
    if same is not None:
        return same
    awaited: dict[str, int] = {}
    try:
        with updating(store, names) as update:
            update.take(_noted(packed, awaited, names), _graphs(packed, awaited, progress))
            if not awaited:
                raise UnreadableSource(", ".join(map(str, folders)), f"holds no works; {_EXPECTED}")
            _complete(awaited)
            return update.finish(made_of=made_of, vocabulary=vocabulary)
    except SyntaxError as error:
        raise UnreadableSource(", ".join(map(str, folders)), f"is damaged ({error}); copy it again") from None


def found(folder: Path) -> Packed:
    """The files of a folder; raises UnreadableSource where it holds none, or the run that wrote it did not end."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _hidden(path.relative_to(folder)))
    packed = Packed(tuple(filter(_describes, files)), tuple(path for path in files if _form(path)))
    if not packed.descriptions:
        raise UnreadableSource(str(folder), f"holds no descriptions of works; {_EXPECTED}")
    for place in {path.parent.parent for path in files if path.parent.name in (QUADS, WORKS)}:
        if not (place / COMPLETE).is_file():
            raise UnreadableSource(
                str(place), f"lacks {COMPLETE}: the run that wrote it did not end, or was not copied whole"
            )
    return packed


def _hidden(path: Path) -> bool:
    """Whether it is none of ours: what a cluster writes for itself."""
    return any(part.startswith(("_", ".")) for part in path.parts)


def _describes(path: Path) -> bool:
    return path.parent.name == WORKS or ".jsonl" in path.suffixes


def _form(path: Path) -> ox.RdfFormat | None:
    """The format of a file that holds graphs, None for another."""
    if ".trig" in path.suffixes:
        return ox.RdfFormat.TRIG
    return ox.RdfFormat.N_QUADS if path.parent.name == QUADS or ".nq" in path.suffixes else None


def _fingerprint(packed: Iterable[Packed], names: Names, vocabulary: Path | None) -> str:
    """A digest of all that a store is made of when it is made of packed works."""
    digest = hashlib.blake2b(f"{resources.version()} {names.base}".encode(), digest_size=16)
    beside = sorted(path for path in vocabulary.rglob("*") if path.is_file()) if vocabulary else []
    for path in (*(file for each in packed for file in (*each.descriptions, *each.graphs)), *beside):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _noted(packed: Iterable[Packed], awaited: dict[str, int], names: Names) -> Iterator[Batch]:
    """The batches described; the graphs of their works, with the number of their statements, are noted as awaited."""
    for path in (path for each in packed for path in each.descriptions):
        with _opened(path) as file:
            for number, line in enumerate(file, start=1):
                try:
                    batch = Batch.from_json(line.decode())
                except (ValueError, KeyError, TypeError) as error:
                    raise UnreadableSource(f"{path}:{number}", f"describes no works ({error!r})") from None
                for symbol, statements in batch.works.items():
                    if names.graph(symbol) in awaited:
                        raise UnreadableSource(f"{path}:{number}", _twice(symbol))
                    awaited[names.graph(symbol)] = statements
                yield batch


def _graphs(packed: Iterable[Packed], awaited: dict[str, int], progress: Progress | None) -> Iterator[bytes]:
    """The graphs that are awaited, each as N-Quads; noted as found by the number 0."""
    done = 0
    for path in (path for each in packed for path in each.graphs):
        for name, count, quads in _read(path):
            if name not in awaited:
                raise UnreadableSource(
                    str(path), f"holds {name}, which no description tells of; was it made with another --base?"
                )
            if awaited[name] == 0:
                raise UnreadableSource(str(path), _twice(name))
            if awaited[name] != count:
                raise UnreadableSource(
                    str(path), f"holds {count:,} statements of {name}, and not {awaited[name]:,}; copy it again"
                )
            awaited[name] = 0
            done += 1
            if progress:
                progress(done, len(awaited))
            yield quads


def _complete(awaited: dict[str, int]) -> None:
    missing = [name for name, statements in awaited.items() if statements]
    if missing:
        more = f" and {len(missing) - 1:,} more" if len(missing) > 1 else ""
        raise UnreadableSource(missing[0], f"is described{more}, but its statements are not there; copy all files")


def _twice(name: str) -> str:
    return f"holds {name} a second time; load folders that were made from different documents, or make one of all"


def _read(path: Path) -> Iterator[tuple[str, int, bytes]]:
    """Each graph of a file: its name, the number of its statements, and these as N-Quads."""
    form = _form(path)
    with _opened(path) as file:
        if form == ox.RdfFormat.TRIG:
            for graph, quads in groupby(ox.parse(file, form), key=lambda quad: str(quad.graph_name)):
                held = list(quads)
                yield graph.strip("<>"), len(held), ox.serialize(held, format=ox.RdfFormat.N_QUADS) or b""
            return
        for name, lines in groupby((line for line in file if line.strip()), key=_named):
            stretch = list(lines)
            yield name.decode(), len(stretch), b"".join(stretch)


def _named(line: bytes) -> bytes:
    """The name of the graph at the end of a line of N-Quads."""
    return line.rpartition(b"<")[2].partition(b">")[0]


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The file unpacked; what shows to be damaged while it is read becomes UnreadableSource."""
    try:
        with cast("IO[bytes]", _UNPACK.get(path.suffix, Path.open)(path, "rb")) as file:  # type: ignore[call-arg]
            yield file
    except (OSError, EOFError, SyntaxError, UnicodeDecodeError, zlib.error, lzma.LZMAError) as error:
        raise UnreadableSource(str(path), f"is damaged ({error}); copy it again") from None
