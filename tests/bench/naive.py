"""What a user would write without this project: a regular expression, pandas and networkx, over the English texts."""

from __future__ import annotations

import re
from collections.abc import Iterable

import networkx as nx
import pandas as pd
from lxml import etree

SYMBOL = re.compile(r"\bA/RES/\d+/\d+\b|\bresolutions? (\d+/\d+)")


def citations(files: Iterable[tuple[str, bytes]]) -> pd.DataFrame:
    """A row for each pair of symbols, citing and cited, from the symbols and the bytes of XML files."""
    rows = []
    for symbol, data in files:
        text = " ".join("".join(map(str, etree.fromstring(data).itertext())).split())
        cited = {f"A/RES/{found[1]}" if found[1] else found[0] for found in SYMBOL.finditer(text)}
        rows += [(symbol, other) for other in cited - {symbol}]
    return pd.DataFrame(rows, columns=["citing", "cited"])


def who_cites(table: pd.DataFrame, symbol: str) -> list[str]:
    return sorted(table[table.cited == symbol].citing)


def rests_on(table: pd.DataFrame, symbol: str) -> set[str]:
    graph = nx.from_pandas_edgelist(table, "citing", "cited", create_using=nx.DiGraph)
    return set(nx.descendants(graph, symbol)) if symbol in graph else set()


def most_cited(table: pd.DataFrame) -> list[tuple[str, int]]:
    return [(str(symbol), int(count)) for symbol, count in table.cited.value_counts().head(50).items()]
