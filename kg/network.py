"""The citation network of a store as a networkx graph: documents as nodes, each citation an edge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg import query
from kg.answers import Value
from kg.query import PROLOGUE, Graph

if TYPE_CHECKING:
    import networkx

_NODES = (
    PROLOGUE
    + """\
SELECT ?document (SAMPLE(?type) AS ?kind) (COALESCE(SAMPLE(?english), SAMPLE(?name)) AS ?title)
       (SAMPLE(?organName) AS ?organ)
       (SAMPLE(?day) AS ?adopted) (SAMPLE(?y) AS ?year) (COUNT(DISTINCT ?version) AS ?versions) WHERE {
  { SELECT DISTINCT ?document { ?document unkg:symbol ?symbol } }
  ?document a ?class .
  BIND(STRAFTER(STR(?class), "#") AS ?type)
  OPTIONAL { ?document dcterms:title ?name }
  OPTIONAL { ?document dcterms:title ?english FILTER(LANG(?english) = "en") }
  OPTIONAL { ?document unkg:organ/skos:prefLabel ?organName FILTER(LANG(?organName) = "en") }
  OPTIONAL { ?document unkg:adopted ?day }
  OPTIONAL { ?document unkg:year ?y }
  OPTIONAL { ?document unkg:hasVersion ?version }
} GROUP BY ?document ORDER BY ?document"""
)

_EDGES = (
    PROLOGUE
    + """\
SELECT ?citing ?cited ?clause ?act ?date ?locator ?via ?surface
       (SAMPLE(?words) AS ?text) (SAMPLE(?lang) AS ?language) WHERE {
  ?citation cito:hasCitingEntity ?paragraph ; cito:hasCitedEntity ?cited .
  ?paragraph unkg:inDocument ?citing .
  OPTIONAL { ?paragraph unkg:text ?words }
  OPTIONAL { ?citation unkg:act/skos:notation ?act }
  OPTIONAL { ?citation unkg:citedDate ?date }
  OPTIONAL { ?citation unkg:locator ?locator }
  OPTIONAL { ?citation unkg:via ?note }
  OPTIONAL { ?citation unkg:surface ?surface }
  BIND(LANG(?words) AS ?lang)
  BIND(STRAFTER(STR(?paragraph), "#") AS ?clause)
  BIND(STRAFTER(STR(?note), "#") AS ?via)
} GROUP BY ?citing ?cited ?clause ?act ?date ?locator ?via ?surface ORDER BY ?citing ?clause ?cited ?locator ?surface"""
)


def network(graph: Graph) -> networkx.MultiDiGraph[str]:
    """Every document and every resolved citation, from the citing to the cited document.

    Nodes carry kind, title, organ, adopted, year, held; edges carry clause, act, date, locator, via, surface and the
    words of the paragraph with their language. What is not known is left out.
    """
    import networkx

    found: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for row in query.rows(graph, _NODES):
        attributes = _known(row, but=("document", "versions"))
        found.add_node(graph.names.symbol(str(row["document"])), **attributes, held=bool(row["versions"]))
    for row in query.rows(graph, _EDGES):
        attributes = _known(row, but=("citing", "cited"))
        citing, cited = (graph.names.symbol(str(row[key])) for key in ("citing", "cited"))
        found.add_edge(citing, cited, **attributes)
    return found


def _known(row: Mapping[str, Value], *, but: tuple[str, ...]) -> dict[str, str | int | float | bool]:
    """What a row knows, in the types that graph formats have: a date becomes a text."""
    return {
        key: value if isinstance(value, str | int | float | bool) else value.isoformat()
        for key, value in row.items()
        if value not in (None, "") and key not in but
    }
