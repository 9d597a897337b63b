"""What a whole collection takes, each figure beside the floor it has to reach.

    python -m tests.bench.collection PATH… [--works 200] [--jobs 2]            builds a store of the files, and asks it
    python -m tests.bench.collection PATH… --store FOLDER                      asks a store that was built before
    python -m tests.bench.collection PATH… --simulate 200000                   how times grow with simulated works

PATH is what `unkg build` reads. A line that misses its floor begins with "!". Times are on the wall, but for the first,
which is the processor's; a question counts with the median of five times, from its name to Python rows. This is no
test: it fails nothing, as machines differ. The figures of a busy machine mean little; it says how busy it was.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import kg
from kg import evaluate, run, sources
from kg.graph import graph
from kg.model import Work
from kg.query import LocalStore, open_store
from kg.sources import Place
from kg.store import writing
from kg.uris import Names
from tests.bench import simulate, watched
from tests.bench.asking import FLOORS, Asked, asked, drawn
from tests.bench.compared import QUESTIONS, compared

#: Works, beside those that were wanted, by which the growth of a simulated collection is seen.
_SIZES = (2_000, 20_000)
#: Of more works than this each is made smaller, so that a disk and a morning are enough.
_LARGE = 50_000
_SEARCHED = ("climate change", '"technology bank"', "women OR girls", "develop*", "妇女")


def main() -> None:
    arguments = _arguments()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start")
    tasks = sources.works(arguments.paths)
    sample = evaluate.drawn(tasks, arguments.works, arguments.seed)
    _reading(sample)
    with _store(arguments) as folder:
        store = open_store(folder)
        _commands(store, folder, arguments.seed)
        _questions(store, arguments.seed)
        _searching(store)
    with tempfile.TemporaryDirectory() as folder:
        _comparing(sample, Path(folder))
    if arguments.simulate:
        with tempfile.TemporaryDirectory(dir=arguments.scratch) as folder:
            _growing(arguments.simulate, Path(folder), arguments.seed)
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--works", type=int, default=200, help="works that are read and compared (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other works and documents (default: 1)")
    parser.add_argument(
        "--store", type=Path, help="a store that was built before; otherwise one is built, and measured"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes of the build (default: 2)")
    parser.add_argument("--simulate", type=int, default=0, help="works of a simulated collection (default: none)")
    parser.add_argument("--scratch", type=Path, help="where simulated stores are written (default: the system's)")
    return parser.parse_args()


def _line(what: str, figure: str, *, floor: str = "", met: bool = True) -> None:
    print(f"{' ' if met else '!'} {what:54}{figure:>22}   {floor}", flush=True)


def _title(words: str) -> None:
    print(f"\n{words}", flush=True)


def _reading(tasks: Sequence[tuple[Place, ...]]) -> None:
    """XML in to N-Quads out, on one core; the rules of all languages are compiled before."""
    _title("Reading")
    names = Names()
    _made(tasks[:1], names)
    size = sum(len(place.load().data) for task in tasks for place in task)
    begin = process_time()
    works, statements = _made(tasks, names)
    seconds = process_time() - begin
    speed = size / seconds / 1e6
    _line(f"{works} works, {size / 1e6:.1f} MB to {statements:,} statements", f"{seconds:.1f} s")
    _line("XML in to N-Quads out, a second a core", f"{speed:.2f} MB", floor="≥ 3 MB", met=speed >= 3)


def _made(tasks: Sequence[tuple[Place, ...]], names: Names) -> tuple[int, int]:
    works = statements = 0
    for task in tasks:
        for work in run.work(task):
            if isinstance(work, Work):
                works += 1
                statements += graph(work, names).count("\n")
    return works, statements


@contextmanager
def _store(arguments: argparse.Namespace) -> Iterator[Path]:
    """The store that was named, or one that is built now and goes afterwards."""
    if arguments.store:
        yield arguments.store
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "store"
        _building(arguments.paths, folder, arguments.jobs)
        yield folder


def _building(paths: Sequence[Path], folder: Path, jobs: int) -> None:
    _title(f"Building with {jobs} processes")
    call: tuple[str | Path, ...] = ("build", *paths, "--store", folder, "--jobs", str(jobs))
    first = watched.unkg(*call)
    size = watched.size(folder)
    again = watched.unkg(*call)
    _line(
        "from files to a validated, indexed store", f"{first.seconds:.1f} s", floor="≤ 240 s", met=first.seconds <= 240
    )
    peak = first.peak or 0
    _line("peak memory over all processes", f"{peak / 1e6:,.0f} MB", floor="≤ 2,000 MB", met=peak <= 2e9)
    _line("statements", f"{len(open_store(folder).oxigraph):,}")
    _line("size of the store", f"{size / 1e6:,.0f} MB")
    _line("a second run, nothing changed", f"{again.seconds:.2f} s", floor="≤ 5 s", met=again.seconds <= 5)


def _commands(store: LocalStore, folder: Path, seed: int) -> None:
    _title("Commands, from their start to their end (median of 5)")
    document = drawn(store, 1, seed).documents[1]
    unkg = (sys.executable, "-m", "kg")
    calls: tuple[tuple[str, Sequence[str | Path], float | None], ...] = (
        ("Python alone", [sys.executable, "-c", "pass"], None),
        ("import kg", [sys.executable, "-c", "import kg"], 0.15),
        ("unkg --help", [*unkg, "--help"], 0.25),
        (f"unkg lineage {document}", [*unkg, "lineage", document, "--store", folder], 0.3),
        (f"unkg search {_SEARCHED[0]}", [*unkg, "search", _SEARCHED[0], "--store", folder], None),
    )
    for what, call, floor in calls:
        seconds = watched.median_of(call)
        shown = f"≤ {floor} s" if floor else ""
        _line(what, f"{seconds:.3f} s", floor=shown, met=floor is None or seconds <= floor)


def _questions(store: LocalStore, seed: int) -> None:
    _title("Questions (median of 5), with their samples and with what is drawn; first of all what most others lead to")
    for each in asked(store, drawn(store, 3, seed)):
        floor = FLOORS[each.scope]
        _line(_named(each), _told(each), floor=f"≤ {floor * 1000:.0f} ms", met=each.median <= floor)


def _named(each: Asked) -> str:
    return " ".join((each.name, *each.values.values()))


def _told(each: Asked) -> str:
    return f"{each.median * 1000:,.1f} ms {each.rows:,} rows"


def _searching(store: LocalStore) -> None:
    _title("Search (median of 5)")
    for words in _SEARCHED:
        seconds, total = [], 0
        for _ in range(5):
            begin = perf_counter()
            total = kg.search(store, words).total
            seconds.append(perf_counter() - begin)
        _line(words, f"{median(seconds) * 1000:.1f} ms {total:,} found")


def _comparing(tasks: Sequence[tuple[Place, ...]], folder: Path) -> None:
    found = compared(tasks, folder / "store")
    _title(f"The same {found.works} works ({found.statements:,} statements) in three ways; {found.document}")
    print(f"{'':24}{'ready':>12}" + "".join(f"{question:>34}" for question in QUESTIONS))
    for way in found.ways:
        cells = (f"{seconds * 1000:,.1f} ms {rows:,} rows" for seconds, rows in way.asked)
        print(f"{way.name:24}{way.ready:10.1f} s" + "".join(f"{cell:>34}" for cell in cells), flush=True)
    print(
        f"The naive way ({found.lines} lines) finds {found.found:,} of {found.pairs:,} pairs that are cited in English"
        f" ({found.found / max(found.pairs, 1):.0%}), and {found.others:,} others; it knows no paragraph, act or place."
    )


def _growing(most: int, folder: Path, seed: int) -> None:
    """The same questions on simulated collections, each larger than the one before."""
    sizes = [*(size for size in _SIZES if size < most), most]
    shape = (6, 4) if most > _LARGE else (24, 10)
    _title(f"Simulated works of {shape[0]} paragraphs and {shape[1]} citations each")
    answers: dict[str, list[Asked]] = {}
    for size in sizes:
        store = _simulated(size, shape, folder / str(size), seed)
        for number, each in enumerate(asked(store, drawn(store, 2, seed))):
            answers.setdefault(f"{number:03} {each.name}", []).append(each)
    print("\n  milliseconds and rows of each size; how much more time, for how many times the rows, the last took")
    for name, found in answers.items():
        cells = "".join(f"{each.median * 1000:12,.1f}{each.rows:9,}" for each in found)
        first, last = found[0], found[-1]
        print(f"  {name[4:]:24}{cells}   ×{last.median / first.median:,.1f} for ×{last.rows / max(first.rows, 1):,.1f}")


def _simulated(size: int, shape: tuple[int, int], folder: Path, seed: int) -> LocalStore:
    statements, begin = 0, perf_counter()
    with writing(folder) as writer:
        writer.load_vocabulary()
        for each in simulate.graphs(size, clauses=shape[0], citations=shape[1], seed=seed):
            statements += each.count("\n")
            writer.load(each)
        writer.note({"documents": size})
    seconds = perf_counter() - begin
    _line(f"{size:,} works, {statements:,} statements, made and loaded", f"{seconds:.0f} s")
    _line("size of the store", f"{watched.size(folder) / 1e6:,.0f} MB")
    return open_store(folder)


if __name__ == "__main__":
    main()
