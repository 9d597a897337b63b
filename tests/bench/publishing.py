"""What it takes to publish a store as a site: seconds, memory, files, what a second call writes, and what pages weigh.

    python -m tests.bench.publishing STORE [--folder FOLDER]

Each figure stands beside its floor, which is for the collection that the project measures on, on two cores.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path
from statistics import median

from kg.catalogue import open_catalogue
from tests.bench.watched import Ran, size, unkg

_FLOORS = {"first": 600.0, "weight": 100_000}
_PICTURE = re.compile(rb"<svg.*?</svg>", re.DOTALL)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--folder", type=Path, help="where the site goes, which stays; without, into a passing folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = arguments.folder or Path(passing) / "site"
        first = published(arguments.store, folder)
        print(f"first time    {first.seconds:8.1f} s   (floor {_FLOORS['first']:.0f})   {first.output.strip()}")
        print(f"memory        {(first.peak or 0) / 1e9:8.2f} GB at most, all processes together")
        print(f"size          {size(folder) / 1e9:8.2f} GB")
        again = published(arguments.store, folder)
        print(f"second time   {again.seconds:8.1f} s   {again.output.strip()}")
        with_pictures, without = weights(arguments.store, folder)
        print(f"document      {without / 1000:8.1f} kB in the median, without its picture   (floor 100)")
        print(f"              {with_pictures / 1000:8.1f} kB with it")


def published(store: Path, folder: Path) -> Ran:
    return unkg("publish", folder, "--store", store, "--address", "https://example.org/un/")


def weights(store: Path, folder: Path) -> tuple[float, float]:
    """The median weight of the pages of works in English, with and without the picture in them, in bytes."""
    catalogue = open_catalogue(store)
    pages = [(folder / f"doc/{work.symbol}.html").read_bytes() for work in catalogue.works()]
    catalogue.close()
    return median(map(len, pages)), median(len(_PICTURE.sub(b"", page)) for page in pages)


if __name__ == "__main__":
    main()
