"""A CSV of citations, one a line: the first thing that spreadsheets, R and pandas open."""

from __future__ import annotations

import csv
import io
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

_COLUMNS = ("citing", "cited", "clause", "act", "date", "locator", "via", "surface", "language", "text")


def write(network: networkx.MultiDiGraph[str], out: IO[bytes]) -> None:
    """UTF-8 with a heading line; `text` holds the words of the citing paragraph."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for citing, cited, attributes in network.edges(data=True):
        writer.writerow({"citing": citing, "cited": cited, **attributes})
    # The wrapper would close what it wraps.
    text.detach()
