"""What a store holds, in figures, asked of the store itself."""

from __future__ import annotations

import pyoxigraph as ox

_PREFIXES = """
PREFIX unkg: <https://w3id.org/unkg/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""
_NAMED = "SELECT (COUNT(DISTINCT ?named) AS ?count) {{ ?clause unkg:mentions ?named . ?named a unkg:{} }}"
_OF_CLASS = "SELECT (COUNT(DISTINCT ?each) AS ?count) {{ ?each a unkg:{} }}"
_STATUS = "SELECT (COUNT(DISTINCT ?citation) AS ?count) {{ ?citation unkg:status unkg:{} }}"
_QUESTIONS = {
    "documents": "SELECT (COUNT(DISTINCT ?document) AS ?count) { ?document unkg:hasVersion ?version }",
    "versions": _OF_CLASS.format("LanguageVersion"),
    "preambular": _OF_CLASS.format("PreambularParagraph"),
    "operative": _OF_CLASS.format("OperativeParagraph"),
    "footnotes": _OF_CLASS.format("Footnote"),
    "resolved": _STATUS.format("Resolved"),
    "ambiguous": _STATUS.format("Ambiguous"),
    "unresolved": _STATUS.format("Unresolved"),
    "documents cited": """SELECT (COUNT(DISTINCT ?cited) AS ?count) {
        ?citing unkg:cites ?cited FILTER NOT EXISTS { ?cited unkg:hasVersion ?version } }""",
    "bodies": _NAMED.format("Body"),
    "instruments": _NAMED.format("Instrument"),
    "events": _NAMED.format("Event"),
    "findings": _OF_CLASS.format("Finding"),
}
_FINDINGS = """
SELECT DISTINCT ?severity ?document ?at ?message {
  ?finding a unkg:Finding ; unkg:severity ?level ; unkg:inDocument ?of ; unkg:at ?place ; unkg:message ?message .
  ?of unkg:symbol ?document .
  BIND(LCASE(STRAFTER(STR(?level), "#")) AS ?severity)
  BIND(IF(CONTAINS(STR(?place), "#"), STRAFTER(STR(?place), "#"), "document") AS ?at)
}
ORDER BY (?severity != "error") (?severity != "warning") ?document ?at ?message LIMIT """


def counts(store: ox.Store) -> dict[str, int]:
    """The figures of a store, by name."""
    found = {name: int(_rows(store, question)[0][0]) for name, question in _QUESTIONS.items()}
    return {**found, "citations": found["resolved"] + found["ambiguous"] + found["unresolved"]}


def findings(store: ox.Store, most: int) -> tuple[tuple[str, str, str, str], ...]:
    """The first findings, the gravest first: severity, document, place and message."""
    return tuple((row[0], row[1], row[2], row[3]) for row in _rows(store, f"{_FINDINGS}{most}"))


def _rows(store: ox.Store, question: str) -> list[list[str]]:
    solutions = store.query(_PREFIXES + question, use_default_graph_as_union=True)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("expected a SELECT query")
    return [[term.value for term in solution] for solution in solutions]
