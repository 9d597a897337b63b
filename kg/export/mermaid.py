"""Mermaid, for pages that draw it (GitHub, wikis); meant for up to some fifty documents."""

from __future__ import annotations

from collections import defaultdict
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import networkx


def write(network: networkx.MultiDiGraph[str], out: IO[bytes]) -> None:
    """A flowchart; an arrow goes from a document back to what it cites and names its acts."""
    names = {symbol: f"d{number}" for number, symbol in enumerate(network)}
    lines = ["flowchart RL"]
    lines += [f'  {names[symbol]}["{_escaped(symbol)}"]' for symbol in network]
    acts: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for citing, cited, attributes in network.edges(data=True):
        acts[citing, cited][attributes.get("act") or "cites"] = None
    lines += [f"  {names[citing]} -->|{', '.join(labels)}| {names[cited]}" for (citing, cited), labels in acts.items()]
    out.write(("\n".join(lines) + "\n").encode())


def _escaped(text: str) -> str:
    return text.replace('"', "#quot;")
