"""The lineage page of a document: its picture and tables, which need no script, and what a script makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from kg.catalogue import Edge
from kg.drawing import Document, Line, Plan, plan
from kg.drawing.nearest import nearest
from kg.drawing.svg import Look, svg
from kg.pages.lineage_data import counts
from kg.pages.phrases import phrases
from kg.pages.rendering import Here, render
from kg.pages.site import Site
from kg.pages.titles import title_of

#: Documents in the picture and the tables without a script; with it, up to a thousand. Pictures of no more than
#: `_WITH_TITLES` show titles, where a third is known. The small picture holds `_SMALL`, in
#: `_SPANS` spans of years.
_MOST, _WITH_TITLES, _SMALL, _SPANS = 300, 60, 28, 6
#: The scripts, in the order in which they are needed.
SCRIPTS = ("layout", "data", "state", "draw", "view", "panel", "tables", "picture", "controls", "page")


@dataclass(frozen=True, slots=True)
class View:
    """One step round a document, drawn; `all` counts the documents, of which the picture shows the nearest."""

    drawn: Plan
    lines: Sequence[Line]
    edges: Sequence[Edge]
    all: int


def lineage_page(site: Site, symbol: str, language: str) -> bytes | None:
    """The page doc/SYMBOL.lineage.html in a language; None where the document cites nothing and nothing cites it."""
    view = _view(site, symbol, _MOST)
    if view is None:
        return None
    stem = stem_of(symbol)
    here = Here(site, stem, language)
    say = phrases("lineage", language)
    heading = say["heading"].format(symbol=symbol)
    return render(
        site,
        "lineage.html",
        stem=stem,
        language=language,
        section="lineage",
        symbol=symbol,
        heading=heading,
        all=view.all,
        shown=len(view.drawn.boxes),
        documents=[_row(here, each) for each in view.drawn.boxes],
        citations=[_citation(here, each) for each in view.edges],
        picture=_drawn(here, view, symbol, Look(language, role="group", legend=False)),
        scripts=SCRIPTS,
        mode="site",
        top=here.file("."),
        description=heading,
        crumbs=(
            ("documents", phrases("site", language)["documents"]),
            (f"doc/{symbol}", symbol),
            ("", say["start_heading"]),
        ),
    )


def picture(site: Site, symbol: str, language: str) -> str:
    """A small picture for the document's own page, of the nearest documents; empty where there is nothing to draw."""
    view = _view(site, symbol, _SMALL)
    if view is None:
        return ""
    here = Here(site, f"doc/{symbol}", language)
    return _drawn(here, view, symbol, Look(language, role="group", legend=False, terse=True))


def stem_of(symbol: str) -> str:
    """Where the page lies, without language and ending; the data lies beside it, with the ending js."""
    return f"doc/{symbol}.lineage"


@lru_cache(maxsize=4)
def _view(site: Site, symbol: str, most: int) -> View | None:
    """The same for all languages, as labels never decide where something stands."""
    edges = [*site.catalogue.cites(symbol), *site.catalogue.cited_by(symbol)]
    edges = list(dict.fromkeys(edge for edge in edges if edge.citing != edge.cited))
    if not edges:
        return None
    lines = lines_of(edges)
    symbols = {symbol, *(each for line in lines for each in (line.citing, line.cited))}
    kept = nearest(symbols, lines, root=symbol, most=most, cited=counts(site)[1])
    documents = [_document(site, each, "en", None) for each in sorted(kept)]
    titles = titled(documents) and most > _SMALL
    shown = [edge for edge in edges if edge.citing in kept and edge.cited in kept]
    drawn = plan(documents, lines, root=symbol, titles=titles, bands=_SPANS if most == _SMALL else None)
    return View(drawn, [line for line in lines if line.citing in kept and line.cited in kept], shown, len(symbols))


def titled(documents: Sequence[Document]) -> bool:
    """Whether a picture of these shows titles."""
    return len(documents) <= _WITH_TITLES and 3 * sum(bool(each.title) for each in documents) >= len(documents)


def lines_of(edges: Sequence[Edge]) -> list[Line]:
    """A line for each two documents of which one cites the other."""
    found: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        found.setdefault((edge.citing, edge.cited), []).append(edge)
    return [
        Line(citing, cited, tuple(edge.act for edge in each if edge.act), tuple(edge.clause for edge in each))
        for (citing, cited), each in sorted(found.items())
    ]


def _row(here: Here, symbol: str) -> tuple[str, str, str | None, Markup, str]:
    """What the table says of a document: symbol, link, date, title, organ."""
    work = here.site.find_work(symbol)
    organ = here.label(here.site.names.named(work.organ)) if work and work.organ else ""
    return symbol, here.document(symbol), work.date if work else None, here.title(symbol), organ


def _citation(here: Here, edge: Edge) -> tuple[str, str, str, str, str, Markup]:
    """What the table says of a citation: citing, clause, link, act, cited, place."""
    act = here.act(edge.act) if edge.act else ""
    place = here.place(edge.locator) if edge.locator else Markup("")
    return edge.citing, edge.clause, here.document(edge.citing, edge.clause), act, edge.cited, place


def _drawn(here: Here, view: View, symbol: str, look: Look) -> str:
    documents: Mapping[str, Document] = {
        each: _document(here.site, each, here.language, here.document(each)) for each in view.drawn.boxes
    }
    left_out = view.all - len(documents)
    return svg(view.drawn, documents, view.lines, root=symbol, look=look, left_out=left_out)


def _document(site: Site, symbol: str, language: str, link: str | None) -> Document:
    work = site.find_work(symbol)
    if work is None:
        return Document(symbol, link=link, held=False)
    title = title_of(site, symbol, language) or (None, "en")
    return Document(symbol, work.date, title[0], title[1], work.held, link)
