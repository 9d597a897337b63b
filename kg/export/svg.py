"""SVG: the picture of a lineage, which drawing programs open and which needs nothing beside it."""

from __future__ import annotations

from collections import defaultdict
from typing import IO, TYPE_CHECKING

from kg import symbols
from kg.drawing import Document, Line, plan
from kg.drawing.labels import script
from kg.drawing.nearest import nearest
from kg.drawing.svg import Look, svg

if TYPE_CHECKING:
    import networkx

#: Documents that one picture holds; pictures of at most so many show titles, where
#: a third of them is known.
MOST, WITH_TITLES = 1000, 60


def write(network: networkx.MultiDiGraph[str], out: IO[bytes]) -> None:
    """The picture in English."""
    out.write(picture(network).encode())


def picture(network: networkx.MultiDiGraph[str], *, language: str = "en") -> str:
    """The picture; of more documents than `MOST`, the nearest to the root and among these the most cited."""
    whole, lines = documents(network), steps(network)
    root = str(
        network.graph.get("root") or max(whole, key=lambda symbol: (network.in_degree(symbol), symbol), default="")
    )
    kept = nearest(whole, lines, root=root, most=MOST)
    shown = {symbol: each for symbol, each in whole.items() if symbol in kept}
    titles = len(shown) <= WITH_TITLES and 3 * sum(bool(each.title) for each in shown.values()) >= len(shown)
    drawn = plan(shown.values(), lines, root=root, titles=titles)
    return svg(drawn, shown, lines, root=root, look=Look(language), left_out=len(whole) - len(shown))


def documents(network: networkx.MultiDiGraph[str]) -> dict[str, Document]:
    """The documents of a network, each with the page of the United Nations that shows it."""
    found = {}
    for symbol, about in network.nodes(data=True):
        parsed = symbols.find(symbol)
        links = symbols.links(parsed) if parsed else ()
        title = str(about.get("title") or "")
        date = about.get("date") or about.get("adopted") or about.get("year")
        found[symbol] = Document(
            symbol,
            date=str(date) if date else None,
            title=title or None,
            language=script(title),
            held=bool(about.get("held")),
            link=next(iter(links), None),
        )
    return found


def steps(network: networkx.MultiDiGraph[str]) -> list[Line]:
    """A line for each two documents of which one cites the other."""
    places: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for citing, cited, about in network.edges(data=True):
        places[citing, cited].append((str(about.get("act") or ""), str(about.get("clause") or "")))
    return [
        Line(citing, cited, tuple(act for act, _ in found if act), tuple(clause for _, clause in found if clause))
        for (citing, cited), found in sorted(places.items())
    ]
