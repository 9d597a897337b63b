"""Commands run and watched from outside: seconds on the wall, and memory over all their processes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_PROC = Path("/proc")
_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command took: `peak` is the largest sum of proportional memory (PSS) of it and all its children, in bytes,
    looked at twice a second; None where the system does not tell."""

    seconds: float
    peak: int | None
    output: str


def unkg(*words: str | Path) -> Ran:
    """Runs the command line and watches its memory; raises RuntimeError with what it said where it fails."""
    call = [sys.executable, "-m", "kg", *map(str, words)]
    peak = 0
    begin = time.perf_counter()
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while True:
            try:
                output, errors = process.communicate(timeout=_EVERY)
                break
            except subprocess.TimeoutExpired:
                peak = max(peak, _proportional(process.pid))
        seconds = time.perf_counter() - begin
    if process.returncode:
        raise RuntimeError(f"{' '.join(call)} ended with {process.returncode}: {errors.strip()[-2000:]}")
    return Ran(seconds, peak or None, output)


def median_of(call: Sequence[str | Path], *, runs: int = 5) -> float:
    """The median of the seconds that a command takes from its start to its end, its output thrown away; one that ends
    with an error of its own still counts."""
    seconds = []
    for _ in range(runs):
        begin = time.perf_counter()
        subprocess.run(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        seconds.append(time.perf_counter() - begin)
    return median(seconds)


def size(folder: Path) -> int:
    """The bytes of all files of a folder; one that has several names counts once."""
    found = {(each.st_dev, each.st_ino): each.st_size for path in folder.rglob("*") if (each := path.stat())}
    return sum(found.values())


def _proportional(process: int) -> int:
    """The proportional memory of a process and all that descend from it, in bytes."""
    return sum(_of_one(each) for each in (process, *_descending(process)))


def _descending(process: int) -> list[int]:
    found: list[int] = []
    for listed in _PROC.glob(f"{process}/task/*/children"):
        try:
            children = [int(word) for word in listed.read_text().split()]
        except OSError:  # it has just ended
            continue
        for child in children:
            found += [child, *_descending(child)]
    return found


def _of_one(process: int) -> int:
    try:
        for line in (_PROC / str(process) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return 0
