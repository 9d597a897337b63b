"""What documents say of one another and cannot all be true: rules over the whole store, in SPARQL.

Each rule is a file in ontology/across/: its name is the code of the finding, its head gives the severity and the
message, whose {names} are variables of the query; ?document and ?at say where the finding is. The findings stand in a
named graph of their own, which is made anew whenever the store changes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, cast

import pyoxigraph as ox

from kg import resources
from kg.errors import RuleError
from kg.nquads import TYPE, Lines, iri, text
from kg.uris import Names, term

_HEAD = re.compile(r"^# severity: (?P<severity>error|warning|info)\n# message: (?P<message>.+)\n")
_NAME = re.compile(r"\{(\w+)\}")


class Rule(NamedTuple):
    """A rule over the whole store; `message` has the names of variables in braces."""

    code: str
    severity: str
    message: str
    query: str


def graph(store: ox.Store, names: Names) -> str:
    """What the rules find in the store, as N-Quads."""
    out = Lines(names.across)
    for rule in rules():
        seen: Counter[str] = Counter()
        for document, at, message in _found(store, rule):
            place = at.partition("#")[2] or "document"
            seen[at] += 1
            number = f"-{seen[at]}" if seen[at] > 1 else ""
            finding = names.part(names.symbol(document), f"finding.{rule.code}.{place}{number}")
            out.add(finding, TYPE, iri(term("Finding")))
            out.add(finding, term("inDocument"), iri(document))
            out.add(finding, term("severity"), iri(term(rule.severity.capitalize())))
            out.add(finding, term("code"), text(rule.code))
            out.add(finding, term("at"), iri(at))
            out.add(finding, term("message"), text(message, "en"))
    return str(out)


@cache
def rules() -> tuple[Rule, ...]:
    """The rules that ship; raises RuleError where a file lacks its head, or a variable that its message names."""
    found = []
    for path in resources.across():
        query = path.read_text(encoding="utf-8")
        head = _HEAD.match(query)
        if head is None:
            raise RuleError(str(path), "lacks its head; expected a line `# severity: …`, then one `# message: …`")
        variables = _variables(str(path), query)
        for name in ("document", "at", *_NAME.findall(head["message"])):
            if name not in variables:
                raise RuleError(str(path), f"does not select ?{name}; it selects ?{', ?'.join(sorted(variables))}")
        found.append(Rule(path.stem, head["severity"], head["message"], query))
    return tuple(found)


def _variables(where: str, query: str) -> set[str]:
    """What a query selects; raises RuleError where it is no SELECT query."""
    try:
        solutions = ox.Store().query(query)
    except SyntaxError as error:
        raise RuleError(where, f"is not SPARQL 1.1: {error}") from None
    if not isinstance(solutions, ox.QuerySolutions):
        raise RuleError(where, "is no SELECT query")
    return {variable.value for variable in solutions.variables}


def _found(store: ox.Store, rule: Rule) -> Iterator[tuple[str, str, str]]:
    """The document, the place in it, and the message of each finding."""
    solutions = cast("ox.QuerySolutions", store.query(rule.query, use_default_graph_as_union=True))
    for solution in solutions:
        document, at = solution["document"], solution["at"]
        if isinstance(document, ox.NamedNode) and isinstance(at, ox.NamedNode):
            yield document.value, at.value, _told(rule, solution)


def _told(rule: Rule, solution: ox.QuerySolution) -> str:
    """The message with what the query found in place of the names."""
    return _NAME.sub(lambda name: str(solution[name[1]].value), rule.message)
