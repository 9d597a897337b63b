"""A lineage as one HTML file with all that it needs: picture, tables, paragraphs in all languages, scripts, styles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg import export, query, registry, symbols
from kg.drawing import plan
from kg.drawing.nearest import nearest
from kg.drawing.svg import Look, svg
from kg.nquads import iri
from kg.pages import locators
from kg.pages.lineage_data import Parts, cut, places, script
from kg.pages.lineage_page import SCRIPTS, titled
from kg.pages.phrases import phrases
from kg.pages.reading import Words
from kg.pages.rendering import ASSETS, direction
from kg.query import PROLOGUE, Graph

if TYPE_CHECKING:
    import networkx

_TITLES = "VALUES ?document { @ } ?document dcterms:title ?title BIND(LANG(?title) AS ?language)"
_ORGANS = "VALUES ?document { @ } ?document unkg:organ ?organ"
_TEXTS = "VALUES ?part { @ } ?part unkg:text ?text BIND(LANG(?text) AS ?language)"
_BODIES = "VALUES ?part { @ } ?part unkg:mentions|unkg:addressee ?body"
_WORDS = """VALUES ?part { @ } ?citation cito:hasCitingEntity ?part ; cito:hasCitedEntity ?cited .
  OPTIONAL { ?citation unkg:via ?note } OPTIONAL { ?citation unkg:surface ?surface }
  OPTIONAL { ?citation <http://www.w3.org/ns/prov#wasDerivedFrom> ?words
    OPTIONAL { ?words <http://www.w3.org/ns/oa#exact> ?exact } }"""
Row = Mapping[str, str]


class Edge(Protocol):
    """A citation as kg.lineage has it."""

    @property
    def citing(self) -> str: ...
    @property
    def cited(self) -> str: ...
    @property
    def clause(self) -> str: ...
    @property
    def act(self) -> str | None: ...
    @property
    def locator(self) -> str | None: ...


class About(Protocol):
    """A document as kg.lineage has it."""

    @property
    def symbol(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def date(self) -> str | None: ...
    @property
    def held(self) -> bool: ...


class Lineage(Protocol):
    """A lineage; kg.lineage makes it, and calls for this page."""

    @property
    def root(self) -> str: ...
    @property
    def direction(self) -> Literal["up", "down"]: ...
    @property
    def edges(self) -> Sequence[Edge]: ...
    @property
    def documents(self) -> Mapping[str, About]: ...
    def to_networkx(self) -> networkx.MultiDiGraph[str]: ...


def lineage_file(graph: Graph, found: Lineage, *, language: str = "en") -> bytes:
    """The file in a language; the others are a button away. Documents link to the pages of the United Nations."""
    network = found.to_networkx()
    lines, whole = export.svg.steps(network), export.svg.documents(network)
    kept = nearest(whole, lines, root=found.root, most=export.svg.MOST)
    shown = {symbol: each for symbol, each in whole.items() if symbol in kept}
    drawn = plan(shown.values(), lines, root=found.root, titles=titled(list(shown.values())))
    look = Look(language, role="group", legend=False)
    say = phrases("lineage", language)
    return (
        _environment()
        .get_template("lineage_file.html")
        .render(
            language=language,
            direction=direction(language),
            symbol=found.root,
            heading=say["heading"].format(symbol=found.root),
            say=say,
            mode="file",
            top="",
            towards=found.direction,
            steps=_depth(found),
            all=len(whole),
            shown=len(shown),
            documents=[_row(found.documents[symbol], shown[symbol].link) for symbol in drawn.boxes],
            citations=[_citation(edge, language) for edge in found.edges if {edge.citing, edge.cited} <= kept],
            picture=svg(drawn, shown, lines, root=found.root, look=look, left_out=len(whole) - len(shown)),
            styles=[_asset(name) for name in ("site.css", "lineage.css")],
            data=Markup(script(gathered(graph, found)).decode()),  # noqa: S704 (our own script)
            scripts=[_asset("lineage-words.js"), *(_asset(f"lineage-{name}.js") for name in SCRIPTS)],
        )
        .encode()
    )


def gathered(graph: Graph, found: Lineage) -> dict[str, Any]:
    """What the page's script reads; the fields as in kg/pages/lineage_data.py."""
    names = [graph.names.document(symbol) for symbol in sorted(found.documents)]
    titles: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(graph, _TITLES, names):
        titles[graph.names.symbol(row["document"])][row["language"]] = row["title"]
    organs = {
        graph.names.symbol(row["document"]): row["organ"].removeprefix(graph.names.base)
        for row in _rows(graph, _ORGANS, names)
    }
    bodies: defaultdict[str, dict[str, None]] = defaultdict(dict)
    parts = sorted({graph.names.part(edge.citing, edge.clause) for edge in found.edges})
    for row in _rows(graph, _BODIES, parts):
        if row["body"].startswith(f"{graph.names.base}body/"):
            bodies[_short(graph, row["part"])][row["body"].removeprefix(graph.names.base)] = None
    words, notes = _words(graph, parts)
    texts = _texts(graph, [*parts, *(graph.names.base + "doc/" + note for note in sorted(set(notes.values())))], words)
    named = {*organs.values(), *(body for each in bodies.values() for body in each)}
    expanded = {found.root, *((edge.citing if found.direction == "up" else edge.cited) for edge in found.edges)}
    return {
        "known": {"up": [], "down": [], found.direction: sorted(expanded)},
        "documents": {
            symbol: _about(found, about, organs.get(symbol), titles[symbol])
            for symbol, about in sorted(found.documents.items())
        },
        "citations": [_told(edge, notes) for edge in found.edges],
        "bodies": {clause: list(each) for clause, each in sorted(bodies.items())},
        "places": places(found.edges),
        "names": {target: _labels(target) for target in sorted(named)},
        "texts": texts,
    }


def _labels(target: str) -> Mapping[str, str]:
    entry = registry.find(target)
    return entry.labels if entry else {}


def _about(found: Lineage, about: About, organ: str | None, titles: Mapping[str, str]) -> list[Any]:
    cites = len({edge.cited for edge in found.edges if edge.citing == about.symbol})
    cited_by = len({edge.citing for edge in found.edges if edge.cited == about.symbol})
    link = next(iter(symbols.links(symbols.parse(about.symbol))), "")
    return [about.date, organ, int(about.held), cites, cited_by, dict(sorted(titles.items())), link]


def _told(edge: Edge, notes: Mapping[tuple[str, str], str]) -> list[str | None]:
    row = [edge.citing, edge.cited, edge.clause, edge.act, edge.locator]
    note = notes.get((f"{edge.citing}#{edge.clause}", edge.cited))
    return [*row, note.partition("#")[2]] if note else row


def _words(graph: Graph, parts: Sequence[str]) -> tuple[dict[str, list[tuple[Words, str]]], dict[tuple[str, str], str]]:
    """The words that cite in each clause or footnote; and the footnote for a clause and a cited document."""
    words: defaultdict[str, dict[tuple[Words, str], None]] = defaultdict(dict)
    notes: dict[tuple[str, str], str] = {}
    for row in _rows(graph, _WORDS, parts):
        clause, cited = _short(graph, row["part"]), graph.names.symbol(row["cited"])
        holder = _short(graph, row["note"]) if row["note"] else clause
        if row["note"]:
            notes[clause, cited] = holder
        version, _, place = row["words"].rpartition("#char=")
        surfaces = tuple(each for each in (row["exact"] or row["surface"],) if each)
        start = int(place.partition(",")[0]) if place else 0
        words[holder][Words(version.rpartition("@")[2], start, surfaces), cited] = None
    return {holder: list(each) for holder, each in words.items()}, notes


def _texts(
    graph: Graph, parts: Sequence[str], words: Mapping[str, Iterable[tuple[Words, str]]]
) -> dict[str, dict[str, Parts]]:
    found: defaultdict[str, dict[str, Parts]] = defaultdict(dict)
    for row in sorted(_rows(graph, _TEXTS, parts), key=lambda row: (row["part"], row["language"])):
        part, language = _short(graph, row["part"]), row["language"]
        own = [each for each in words.get(part, ()) if each[0].language == language]
        found[part][language] = cut(row["text"], own)
    return dict(found)


def _rows(graph: Graph, pattern: str, names: Sequence[str]) -> Iterator[Row]:
    """The rows for these names, in one order wherever the graph lies."""
    for portion in query.portions(graph, names):
        if portion:
            text = f"{PROLOGUE}SELECT DISTINCT * WHERE {{ {pattern.replace('@', ' '.join(map(iri, portion)))} }}"
            told = [
                {key: "" if value is None else str(value) for key, value in row.items()}
                for row in query.rows(graph, text)
            ]
            for row in sorted(told, key=lambda row: sorted(row.items())):
                yield defaultdict(str, row)


def _short(graph: Graph, name: str) -> str:
    """A/RES/76/213#PP4 from its name."""
    whole, _, part = name.partition("#")
    return f"{graph.names.symbol(whole)}#{part}"


def _depth(found: Lineage) -> int:
    """How many steps the lineage goes."""
    seen, front, depth = {found.root}, {found.root}, 0
    while front:
        pairs = ((e.citing, e.cited) if found.direction == "up" else (e.cited, e.citing) for e in found.edges)
        front = {there for here, there in pairs if here in front} - seen
        seen |= front
        depth += bool(front)
    return max(depth, 1)


def _row(about: About, link: str | None) -> tuple[str, str | None, str | None, str, str]:
    return about.symbol, link, about.date, about.title or "", ""


def _citation(edge: Edge, language: str) -> tuple[str, str, str, str, str, str]:
    act = registry.acts().get(edge.act or "")
    place = (locators.said(edge.locator, language) or edge.locator) if edge.locator else ""
    return edge.citing, edge.clause, "", act.labels.get(language, "") if act else "", edge.cited, place


def _asset(name: str) -> Markup:
    return Markup((ASSETS / name).read_text(encoding="utf-8"))  # noqa: S704 (our own files)


def _environment() -> Environment:
    loader = FileSystemLoader(ASSETS.parent / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
