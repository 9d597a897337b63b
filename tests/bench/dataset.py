"""What it takes to publish the dataset of a store: seconds and memory of each step, and the sizes of the files.

python -m tests.bench.dataset STORE FOLDER
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kg.pages import open_site
from kg.publish.about import about
from kg.publish.atom import atom
from kg.publish.changes import change_feed
from kg.publish.croissant import croissant
from kg.publish.dataset import workshop
from kg.publish.dcat import dcat
from kg.publish.downloads import contents, downloads, orders
from kg.publish.folder import Folder
from kg.publish.packing import pack
from kg.publish.versions import State, released
from kg.publish.void import figures, void

_Outcome = TypeVar("_Outcome")
_ADDRESS = "https://example.org/un/"


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.dataset", description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    site, folder = open_site(asked.store, address=_ADDRESS), Folder(asked.folder)
    with workshop(folder) as work:
        packed = timed("graphs packed", lambda: [pack(site, order) for order in orders(site, work)])
        held = timed("vocabulary packed", lambda: contents(site, work, packed))
        now = timed("release", lambda: released(State(), held.graphs))
        files = timed("files put together", lambda: downloads(site, folder, held, about(site, now), now.latest))
    counted = timed("figures of VoID", lambda: figures(site.graph))
    timed("VoID", lambda: void(site, folder, counted, ()))
    timed("DCAT", lambda: dcat(site, folder, now, files))
    timed("Croissant", lambda: croissant(site, folder, now, files))
    timed("change feed", lambda: change_feed(site, folder, now))
    timed("Atom", lambda: atom(site, folder, now))
    print(f"{counted.whole['triples']:,} statements of {len(now.graphs):,} graphs")
    for file in files:
        if file.part is None:
            print(f"{file.size / 1e6:8.2f} MB  {file.name}")
    parts = [file for file in files if file.part is not None]
    print(f"{sum(file.size for file in parts) / 1e6:8.2f} MB  {len(parts)} files by organ and year")


def timed(name: str, step: Callable[[], _Outcome]) -> _Outcome:
    """Does a step, and prints what it took."""
    began, own = time.perf_counter(), _processor()
    outcome = step()
    took, used = time.perf_counter() - began, _processor() - own
    largest = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{name:20} {took:7.1f} s, {used:7.1f} s of a core, at most {largest // 1024} MB in one process", flush=True)
    return outcome


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main()
