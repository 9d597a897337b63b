"""One task of a build made ready to load: the graphs of its works as N-Quads, checked, in a file of its own.

A shard lies in the folder of the store until the store that it is for is complete, so that a build which was stopped
goes on where it was. Its description is written last: a shard that has one is whole.
"""

from __future__ import annotations

import gzip
import hashlib
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kg import resources, run
from kg.graph import graph
from kg.manifest import Batch, Held
from kg.model import LeftOut, Work
from kg.sources import Place
from kg.uris import Names
from kg.validate import Violation, shipped, validate_work

_CODE = Path(__file__).parent
#: Packs tenfold at a third of a gigabyte a second.
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Task:
    """The sources of one work, or of the works that share some, and the folder that the shard goes to."""

    key: str
    places: tuple[Place, ...]
    names: Names
    folder: Path

    def __len__(self) -> int:
        return len(self.places)


def task(places: Iterable[Place], names: Names, folder: Path) -> Task:
    """The task with its key: a digest of the sources' contents, names and claims of a language in their order, of the
    code and rules, and of the base."""
    ordered = tuple(places)
    digest = hashlib.blake2b(f"{resources.version()} {names.base}".encode(), digest_size=16)
    for place in ordered:
        digest.update(f"\n{place.digest or place.problem} {place.member or place.name} {place.claimed}".encode())
    return Task(digest.hexdigest(), ordered, names, folder)


def make(task: Task) -> Batch:
    """Makes the task's shard, or finds it made; raises OSError where it cannot be written."""
    done = made(task.folder, task.key)
    if done is not None and lie(done.sources) == lie(sources_of(task)):
        return done
    batch, quads = worked(task)
    if batch.works:
        _write(task.folder, batch, quads)
    return batch


def worked(task: Task) -> tuple[Batch, str]:
    """What the task makes: its description, and the graphs of its works as N-Quads, one behind the other."""
    sources = sources_of(task)
    try:
        outcomes = run.work(task.places)
        works = sorted((each for each in outcomes if isinstance(each, Work)), key=lambda work: work.symbol)
        graphs = {work.symbol: graph(work, task.names) for work in works}
        found = {symbol: _violations(symbol, quads, task.names) for symbol, quads in graphs.items()}
    except Exception as error:  # a mistake of ours in one work must not cost the others
        return _failed(task, error), ""
    batch = Batch(
        key=task.key,
        sources=_with_versions(sources, works),
        works={symbol: quads.count("\n") for symbol, quads in graphs.items()},
        violations={symbol: each for symbol, each in found.items() if each},
        left_out=tuple(each for each in outcomes if isinstance(each, LeftOut)),
    )
    return batch, "".join(graphs.values())


def lost(task: Task) -> Batch:
    """What stands for a task whose process ended in the midst of it; another time there may be memory enough."""
    batch = _left_out(task, "ended the process that read it, perhaps for want of memory")
    return replace(batch, whole=False)


def made(folder: Path, key: str) -> Batch | None:
    """The description of a shard that is whole, None where there is none."""
    try:
        return Batch.from_json(_description(folder, key).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def quads(folder: Path, key: str, *, graphs: Iterable[str] | None = None) -> bytes:
    """The N-Quads of a shard that was made; of some of its graphs only, where these are given."""
    every = gzip.decompress(_packed(folder, key).read_bytes())
    if graphs is None:
        return every
    ends = tuple(f" <{graph}> .\n".encode() for graph in graphs)
    return b"".join(line for line in every.splitlines(keepends=True) if line.endswith(ends))


def _violations(symbol: str, quads: str, names: Names) -> tuple[Violation, ...]:
    triples = quads.replace(f" <{names.graph(symbol)}> .\n", " .\n")
    return validate_work(triples.encode(), shipped(names.base))


def _failed(task: Task, error: Exception) -> Batch:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_CODE)]
    last = ours[-1] if ours else frames[-1]
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    at = f"{Path(last.filename).name}:{last.lineno}"
    return _left_out(task, f"could not be read for a mistake in unkg, which you may report ({what}, {at})")


def _left_out(task: Task, reason: str) -> Batch:
    left_out = tuple(LeftOut(place.shown, reason) for place in task.places)
    return Batch(task.key, sources_of(task), {}, {}, left_out)


def sources_of(task: Task) -> tuple[Held, ...]:
    """The task's sources as the manifest knows them, before anything is known of what they give."""
    return tuple(Held(_whole(each), each.member, each.digest) for each in task.places)


def _whole(place: Place) -> str:
    """The path as it is right from any folder; that of another machine is kept as it came."""
    return place.path if place.data is not None else str(Path(place.path).resolve())


def lie(sources: Iterable[Held]) -> list[str]:
    """Where the sources lie."""
    return [each.shown for each in sources]


def _with_versions(sources: Iterable[Held], works: Iterable[Work]) -> tuple[Held, ...]:
    """The sources with the language versions that each gave; of two alike, the first."""
    gave: dict[str, list[str]] = {}
    for record in (record for work in works for record in work.records):
        version = f"{record.symbol}@{record.language}"
        gave.setdefault(record.reading.outline.text.digest, []).append(version)
    return tuple(replace(each, versions=tuple(gave.pop(each.digest, ()))) for each in sources)


def _write(folder: Path, batch: Batch, quads: str) -> None:
    packed, description = _packed(folder, batch.key), _description(folder, batch.key)
    packed.parent.mkdir(parents=True, exist_ok=True)
    packed.write_bytes(gzip.compress(quads.encode(), _LEVEL, mtime=0))
    partial = description.with_suffix(".part")
    partial.write_text(batch.as_json(), encoding="utf-8")
    partial.replace(description)


def _packed(folder: Path, key: str) -> Path:
    return folder / key[:2] / f"{key}.nq.gz"


def _description(folder: Path, key: str) -> Path:
    return folder / key[:2] / f"{key}.json"
