"""The citation network of a store as a networkx graph: documents as nodes, each citation an edge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg import query
from kg.answers import Value
from kg.nquads import iri
from kg.query import PROLOGUE, Graph

if TYPE_CHECKING:
    import networkx

_NODES = (
    PROLOGUE
    + """\
SELECT ?document (SAMPLE(?type) AS ?kind) (COALESCE(SAMPLE(?english), SAMPLE(?name)) AS ?title)
       (SAMPLE(?organName) AS ?organ)
       (SAMPLE(?day) AS ?adopted) (SAMPLE(?y) AS ?year) (COUNT(DISTINCT ?version) AS ?versions) WHERE {
  @only
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

_ALL = "{ SELECT DISTINCT ?document { ?document unkg:symbol ?symbol } }"

_EDGES = (
    PROLOGUE
    + """\
SELECT ?citing ?cited ?clause ?act ?date ?locator ?via ?surface
       (SAMPLE(?words) AS ?text) (SAMPLE(?lang) AS ?language) WHERE {
  @only
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
    held: list[str] = []
    documents = query.documents(graph) if graph.documents_at_once else ()
    for row in _rows(graph, _NODES, "document", documents, otherwise=_ALL):
        attributes = _known(row, but=("document", "versions"))
        found.add_node(graph.names.symbol(str(row["document"])), **attributes, held=bool(row["versions"]))
        held += [str(row["document"])] if row["versions"] else []
    for row in _rows(graph, _EDGES, "citing", held):
        attributes = _known(row, but=("citing", "cited"))
        citing, cited = (graph.names.symbol(str(row[key])) for key in ("citing", "cited"))
        found.add_edge(citing, cited, **attributes)
    return found


def _rows(
    graph: Graph, text: str, variable: str, documents: Sequence[str], *, otherwise: str = ""
) -> Iterator[Mapping[str, Value]]:
    """The rows for all documents: in one query, or portion by portion where the graph cannot answer so much at once."""
    if graph.documents_at_once is None:
        yield from query.rows(graph, text.replace("@only", otherwise))
        return
    for portion in query.portions(graph, documents):
        only = f"VALUES ?{variable} {{ {' '.join(map(iri, portion))} }}"
        yield from query.rows(graph, text.replace("@only", only))


def _known(row: Mapping[str, Value], *, but: tuple[str, ...]) -> dict[str, str | int | float | bool]:
    """What a row knows, in the types that graph formats have: a date becomes a text."""
    return {
        key: value if isinstance(value, str | int | float | bool) else value.isoformat()
        for key, value in row.items()
        if value not in (None, "") and key not in but
    }
