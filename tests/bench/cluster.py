"""What works cost: seconds, memory and bytes a work, and what a million works like these would come to.

    python -m tests.bench.cluster PATH… [--every 25] [--works 1000000]

PATH is whatever `unkg build` reads; of the works in six languages there, every 25th is taken. It is made as a task of a
cluster makes it, on one core, without a cluster, and loaded as `unkg load` loads it; seconds of making are those of the
processor, those of loading are by the clock. This is no test: it fails nothing, as machines differ.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import monotonic, process_time

from kg import packed, sources, spark
from kg.manifest import Batch
from kg.sources import Place
from kg.store import current
from kg.uris import Names


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=25, help="of how many works one is taken (default: 25)")
    parser.add_argument("--works", type=int, default=1_000_000, help="works to reckon for (default: 1000000)")
    arguments = parser.parse_args()
    whole = [group for group in sources.works(arguments.paths) if len(group) == 6]
    taken = whole[:: arguments.every]
    if not taken:
        sys.exit("no work in six languages lies there")
    with tempfile.TemporaryDirectory() as folder:
        # What the first work costs more than others, and a store of one: rules, registries, vocabulary.
        _made(taken[:1], Path(folder, "one"))
        first = _loaded(Path(folder, "one"), Path(folder, "store of one"))
        made, memory = _made(taken, Path(folder, "shards")), _memory()
        loaded = _loaded(Path(folder, "shards"), Path(folder, "store"))
    loaded.subtract(first)
    print(f"{made['works']} works of six texts; {_memory():.0f} MB at most, {memory:.0f} before loading\n")
    _table(made, loaded, arguments.works)


def _made(taken: Iterable[tuple[Place, ...]], output: Path) -> Counter[str]:
    """Sums over the works: bytes, statements, and seconds of a core."""
    sums: Counter[str] = Counter()
    for kind in (packed.QUADS, packed.WORKS):
        (output / kind).mkdir(parents=True)
    (output / packed.COMPLETE).touch()
    with (output / packed.QUADS / "a.gz").open("wb") as quads, (output / packed.WORKS / "a").open("w") as described:
        for places in taken:
            given = [place.looked_at()[1] for place in places]
            begun = process_time()
            _, description, shard = spark.shard(("", given), names=Names())
            sums["milliseconds"] += round((process_time() - begun) * 1000)
            batch = Batch.from_json(description)
            sums["works"] += len(batch.works)
            sums["statements"] += sum(batch.works.values())
            sums["xml"] += sum(len(place.load().data) for place in given)
            sums["unpacked"] += len(gzip.decompress(shard))
            sums["shards"] += quads.write(shard)
            described.write(f"{description}\n")
    return sums


def _loaded(shards: Path, store: Path) -> Counter[str]:
    begun = monotonic()
    packed.load([shards], store)
    seconds = monotonic() - begun
    files = {path.name: path.stat().st_size for path in current(store).iterdir()}
    index = files.pop("search.sqlite")
    return Counter({"milliseconds": round(seconds * 1000), "index": index, "store": sum(files.values())})


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _table(made: Counter[str], loaded: Counter[str], works: int) -> None:
    count = made["works"]
    for label, total, unit, scale in (
        ("texts", made["xml"], "GB", 1e9),
        ("making, one core", made["milliseconds"], "h", 3.6e6),
        ("shards", made["shards"], "GB", 1e9),
        ("shards, unpacked", made["unpacked"], "GB", 1e9),
        ("statements", made["statements"], "million", 1e6),
        ("loading, all of it", loaded["milliseconds"], "h", 3.6e6),
        ("store", loaded["store"], "GB", 1e9),
        ("index", loaded["index"], "GB", 1e9),
    ):
        a_work = f"{total / count / 1000:,.3f} s" if unit == "h" else f"{total / count:,.0f}"
        print(f"{label:20}{a_work:>14} a work{total / count * works / scale:14,.1f} {unit}")


if __name__ == "__main__":
    main()
