"""How large the site's search is, and how long it takes to write: `python -m tests.bench.site_search STORE`."""

from __future__ import annotations

import resource
import sys
from collections import Counter
from time import process_time

from kg.pages import open_site
from kg.publish.search_index import search_files


def main(store: str) -> None:
    """Prints bytes by kind of file, the largest file, seconds of one core and the most memory."""
    began = process_time()
    sizes: Counter[str] = Counter()
    files = largest = 0
    for path, content in search_files(open_site(store)):
        name = path.rpartition("/")[2].removesuffix(".js")
        kind = name.partition("-")[0] if "-" in name else "what there is"
        sizes[kind] += len(content)
        files += 1
        largest = max(largest, len(content))
    for kind, size in sizes.most_common():
        print(f"{kind:<14}{size / 1e6:>8.2f} MB")
    print(f"{'all':<14}{sum(sizes.values()) / 1e6:>8.2f} MB in {files} files, the largest of {largest / 1e3:.0f} kB")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"{process_time() - began:.0f} s of one core, {most:.0f} MB of memory")


if __name__ == "__main__":
    main(sys.argv[1])
