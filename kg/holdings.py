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
#: The gravest first.
_SEVERITIES = ("error", "warning", "info")
#: Only the documents that come first are looked into: to sort every finding takes seconds.
_FINDINGS = """
SELECT DISTINCT ?document ?at ?message {{
  {{
    SELECT DISTINCT ?of ?document {{
      {{ SELECT DISTINCT ?of {{ ?finding unkg:severity unkg:{level} ; unkg:inDocument ?of }} }}
      ?of unkg:symbol ?document
    }}
    ORDER BY ?document LIMIT {most}
  }}
  ?finding unkg:inDocument ?of ; unkg:severity unkg:{level} ; unkg:at ?place ; unkg:message ?message .
  BIND(IF(CONTAINS(STR(?place), "#"), STRAFTER(STR(?place), "#"), "document") AS ?at)
}}
ORDER BY ?document ?at ?message LIMIT {most}"""


def counts(store: ox.Store) -> dict[str, int]:
    """The figures of a store, by name."""
    found = {name: int(_rows(store, question)[0][0]) for name, question in _QUESTIONS.items()}
    return {**found, "citations": found["resolved"] + found["ambiguous"] + found["unresolved"]}


def findings(store: ox.Store, most: int) -> tuple[tuple[str, str, str, str], ...]:
    """The first findings, the gravest first: severity, document, place and message."""
    found: list[tuple[str, str, str, str]] = []
    for severity in _SEVERITIES:
        if len(found) < most:
            rows = _rows(store, _FINDINGS.format(level=severity.capitalize(), most=most))
            found += [(severity, row[0], row[1], row[2]) for row in rows]
    return tuple(found[:most])


def _rows(store: ox.Store, question: str) -> list[list[str]]:
    solutions = store.query(_PREFIXES + question, use_default_graph_as_union=True)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("expected a SELECT query")
    return [[term.value for term in solution] for solution in solutions]
