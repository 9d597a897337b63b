"""DOT, for Graphviz: time runs from left to right, documents of one year stand in one column."""

from __future__ import annotations

from collections import defaultdict
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import networkx


def write(network: networkx.MultiDiGraph[str], out: IO[bytes]) -> None:
    """A digraph; an arrow goes from a document back to what it cites and names its acts."""
    lines = [
        "digraph unkg {",
        "  rankdir=RL;",
        '  node [shape=box, fontname="sans-serif"];',
        '  edge [fontname="sans-serif"];',
    ]
    years: defaultdict[str, list[str]] = defaultdict(list)
    for symbol, attributes in network.nodes(data=True):
        title = attributes.get("title", "")
        label = f"{symbol}\n{title}" if title else symbol
        style = "" if attributes.get("held") else ", style=dashed"
        lines.append(f"  {_quoted(symbol)} [label={_quoted(label)}{style}];")
        years[str(attributes.get("year", ""))].append(symbol)
    for year, symbols in sorted(years.items()):
        if year and len(symbols) > 1:
            lines.append(f"  {{ rank=same; {'; '.join(map(_quoted, symbols))} }}  // {year}")
    acts: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for citing, cited, attributes in network.edges(data=True):
        acts[citing, cited][f"{attributes['clause']} {attributes.get('act', '')}".strip()] = None
    for (citing, cited), labels in acts.items():
        lines.append(f"  {_quoted(citing)} -> {_quoted(cited)} [label={_quoted(', '.join(labels))}];")
    out.write("\n".join([*lines, "}", ""]).encode())


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
