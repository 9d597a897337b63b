"""The lineage of a document: what it rests on, and what rests on it, with the paragraph behind every step."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg import nquads, query, symbols
from kg.errors import OutputError, UnknownDocument
from kg.query import PROLOGUE, Graph

if TYPE_CHECKING:
    import networkx

Direction = Literal["up", "down"]

_EDGES = (
    PROLOGUE
    + """\
SELECT DISTINCT ?citing ?cited ?clause ?act ?date ?locator WHERE {{
  VALUES ?{bound} {{ {documents} }}
  {pattern}
  ?citation unkg:status unkg:Resolved .
  OPTIONAL {{ ?citation unkg:act/skos:notation ?act }}
  OPTIONAL {{ ?citation unkg:citedDate ?date }}
  OPTIONAL {{ ?citation unkg:locator ?locator }}
  OPTIONAL {{ ?paragraph unkg:position ?position }}
  BIND(STRAFTER(STR(?paragraph), "#") AS ?clause)
}} ORDER BY ?citing ?cited ?position ?clause ?act"""
)
_UP = """?citing unkg:hasClause ?paragraph .
  ?citation cito:hasCitingEntity ?paragraph ; cito:hasCitedEntity ?cited ."""
_DOWN = """?citation cito:hasCitedEntity ?cited ; cito:hasCitingEntity ?paragraph .
  ?citing unkg:hasClause ?paragraph ."""

_ABOUT = (
    PROLOGUE
    + """\
SELECT ?document (COALESCE(SAMPLE(?english), SAMPLE(?name)) AS ?title) (SAMPLE(?day) AS ?adopted) (SAMPLE(?y) AS ?year)
       (COUNT(?version) AS ?versions) WHERE {{
  VALUES ?document {{ {documents} }}
  ?document a ?class .
  OPTIONAL {{ ?document dcterms:title ?name }}
  OPTIONAL {{ ?document dcterms:title ?english FILTER(LANG(?english) = "en") }}
  OPTIONAL {{ ?document unkg:adopted ?day }}
  OPTIONAL {{ ?document unkg:year ?y }}
  OPTIONAL {{ ?document unkg:hasVersion ?version }}
}} GROUP BY ?document"""
)


@dataclass(frozen=True, slots=True)
class Edge:
    """One citation between two documents: the act and the paragraph of the citing one, the date it gives the other."""

    citing: str
    cited: str
    clause: str
    act: str | None
    date: str | None
    locator: str | None


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document; `held` says whether its text is in the collection.

    `date` is the day of adoption, else the day that a citation states, else the year or years that the symbol tells.
    """

    symbol: str
    title: str | None = None
    adopted: str | None = None
    date: str | None = None
    held: bool = False


@dataclass(frozen=True, slots=True)
class Lineage:
    """The citations met on the way from `root`, nearest first; "up" leads to what is cited, "down" to what cites."""

    root: str
    direction: Direction
    edges: tuple[Edge, ...]
    documents: dict[str, About]
    #: Where it was read, for what a page shows beside it.
    graph: Graph | None = field(default=None, repr=False, compare=False)

    def lines(self) -> Iterator[str]:
        """The lineage as a tree, a line each; a document met before is not unfolded again."""
        yield _title(self.documents[self.root])
        yield from self._branches(self.root, "", {self.root})

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A networkx graph from the citing to the cited; nodes carry title, date and held, edges act and paragraph."""
        import networkx

        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(root=self.root, direction=self.direction)
        for symbol, about in self.documents.items():
            graph.add_node(symbol, title=about.title or "", date=about.date or "", held=about.held)
        for edge in self.edges:
            graph.add_edge(edge.citing, edge.cited, clause=edge.clause, act=edge.act or "", locator=edge.locator or "")
        return graph

    def to_svg(self, *, language: str = "en") -> str:
        """The picture as SVG, with the words of the legend in that language."""
        from kg.export.svg import picture

        return picture(self.to_networkx(), language=language)

    def to_html(self, path: str | Path, *, language: str = "en") -> None:
        """Writes the interactive page, one file that holds everything, with the paragraphs in all languages.

        Raises OutputError where the file cannot be written, ValueError for a lineage that was not read from a graph.
        """
        from kg.pages.lineage_file import lineage_file

        if self.graph is None:
            raise ValueError("a lineage that was not read from a graph has no paragraphs; get it from kg.lineage")
        try:
            Path(path).write_bytes(lineage_file(self.graph, self, language=language))
        except OSError as error:
            raise OutputError(str(path), f"cannot be written: {error.strerror}") from None

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return self.to_svg()

    def _branches(self, symbol: str, indent: str, seen: set[str]) -> Iterator[str]:
        steps: dict[str, list[Edge]] = {}
        for edge in self.edges:
            here, there = (edge.citing, edge.cited) if self.direction == "up" else (edge.cited, edge.citing)
            if here == symbol and there != symbol:
                steps.setdefault(there, []).append(edge)
        order = sorted(steps, key=lambda other: (self.documents[other].date or "", other), reverse=True)
        for other in order:
            last = other == order[-1]
            again = other in seen
            seen.add(other)
            above = " (above)" if again else ""
            arrow = "→" if self.direction == "up" else "←"
            branch = "└─ " if last else "├─ "
            yield f"{indent}{branch}{_steps(steps[other])} {arrow} {_title(self.documents[other])}{above}"
            if not again:
                yield from self._branches(other, indent + ("   " if last else "│  "), seen)


def lineage(graph: Graph, symbol: str, *, direction: Direction = "up", depth: int = 2) -> Lineage:
    """The lineage of a document, `depth` steps far.

    Raises SymbolError where `symbol` is none, UnknownDocument, with the closest symbols, where the graph lacks it.
    """
    root = symbols.parse(symbol).text
    edges: list[Edge] = []
    known = {root}
    front = [root]
    for _ in range(depth):
        step = _edges(graph, front, direction)
        edges.extend(edge for edge in step if edge.citing != edge.cited)
        reached = [edge.cited if direction == "up" else edge.citing for edge in step]
        front = [other for other in dict.fromkeys(reached) if other not in known]
        known.update(front)
        if not front:
            break
    documents = _about(graph, known)
    if root not in documents:
        raise UnknownDocument(symbol, f"is not in {graph.where}{_hint(graph, root)}")
    stated = {edge.cited: edge.date for edge in edges if edge.date}
    dated = {
        symbol: replace(about, date=about.adopted or stated.get(symbol) or about.date or _years(symbol))
        for symbol, about in documents.items()
    }
    return Lineage(root, direction, tuple(dict.fromkeys(edges)), dated, graph)


def closest(graph: Graph, symbol: str, *, count: int = 3) -> list[str]:
    """The symbols the graph knows that look most like this one."""
    known = [graph.names.symbol(document) for document in query.documents(graph)]
    return difflib.get_close_matches(symbol, known, n=count, cutoff=0.5)


def _hint(graph: Graph, symbol: str) -> str:
    close = closest(graph, symbol)
    return f"; the closest are {', '.join(close)}" if close else ""


def _edges(graph: Graph, front: list[str], direction: Direction) -> list[Edge]:
    bound, pattern = ("citing", _UP) if direction == "up" else ("cited", _DOWN)
    # Each portion comes in order, but one document may cite those of several.
    found = sorted(
        (
            row
            for portion in query.portions(graph, front)
            for row in query.rows(
                graph, _EDGES.format(bound=bound, pattern=pattern, documents=_documents(graph, portion))
            )
        ),
        key=lambda row: (str(row["citing"]), str(row["cited"])),
    )
    return [
        Edge(
            citing=graph.names.symbol(str(row["citing"])),
            cited=graph.names.symbol(str(row["cited"])),
            clause=str(row["clause"]),
            act=_text(row["act"]),
            date=_text(row["date"]),
            locator=_text(row["locator"]),
        )
        for row in found
    ]


def _about(graph: Graph, known: set[str]) -> dict[str, About]:
    found = {}
    for portion in query.portions(graph, sorted(known)):
        for row in query.rows(graph, _ABOUT.format(documents=_documents(graph, portion))):
            symbol = graph.names.symbol(str(row["document"]))
            adopted, year = _text(row["adopted"]), _text(row["year"])
            found[symbol] = About(symbol, _text(row["title"]), adopted, year, held=bool(row["versions"]))
    return found


def _documents(graph: Graph, front: Sequence[str]) -> str:
    return " ".join(nquads.iri(graph.names.document(symbol)) for symbol in front)


def _years(symbol: str) -> str | None:
    """2017–2018 for a resolution of the seventy-second session."""
    found = symbols.find(symbol)
    return "–".join(map(str, found.years)) if found and found.years else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _title(about: About) -> str:
    return "  ".join(part for part in (about.symbol, about.date, about.title) if part)


def _steps(edges: list[Edge]) -> str:
    """Every place of one document that cites the other: PP4 recall; OP1 reaffirm (annex)."""
    shown = [
        " ".join(part for part in (edge.clause, edge.act, f"({edge.locator})" if edge.locator else "") if part)
        for edge in sorted(edges, key=lambda edge: _reading_order(edge.clause))
    ]
    return "; ".join(dict.fromkeys(shown))


def _reading_order(clause: str) -> tuple[int, int, str]:
    """Heading, preamble, operative part, annexes; inside each by number."""
    part = next((n for n, start in enumerate(("header", "PP", "OP")) if clause.startswith(start)), 3)
    number = re.search(r"\d+", clause)
    return part, int(number[0]) if number else 0, clause
