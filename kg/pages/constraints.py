"""The rules of ontology/shapes.ttl in plain words: what must be said of the things of a class, how often, with what
value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg import resources
from kg.pages.terms import RDF, XSD

_SH = "http://www.w3.org/ns/shacl#"
_Node = ox.NamedNode | ox.BlankNode
_Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Said = Mapping[str, Sequence[_Value]]

#: What a value is called by its datatype, as a key of the phrases.
DATATYPES = {
    f"{XSD}string": "a_text",
    f"{RDF}langString": "a_text_in_language",
    f"{XSD}integer": "a_number",
    f"{XSD}decimal": "a_decimal",
    f"{XSD}double": "a_decimal",
    f"{XSD}date": "a_date",
    f"{XSD}boolean": "a_truth",
    f"{XSD}anyURI": "an_address",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule about one property of a class; `path` is empty where it is about the thing as a whole, or a way of
    several properties. `datatypes`, `classes` and `values` are names; `message` is in English."""

    name: str
    classes_at: Sequence[str]
    path: str
    least: int
    most: int | None
    datatypes: Sequence[str]
    classes: Sequence[str]
    names_only: bool
    values: Sequence[str]
    least_value: str
    most_value: str
    pattern: str
    each_language: bool
    warning: bool
    message: str

    @property
    def plain(self) -> bool:
        """Whether it says how often, or with what value; the others say something that only the message tells."""
        return bool(self.path) and bool(
            self.least or self.most is not None or self.datatypes or self.classes or self.values or self.names_only
        )


@cache
def rules() -> Sequence[Rule]:
    """All rules, in the order of the file."""
    said = _read()
    found = []
    for shape, facts in said.items():
        targets = [_text(each) for each in facts.get(f"{_SH}targetClass", ())]
        if targets:
            parts = [each for each in facts.get(f"{_SH}property", ()) if isinstance(each, _Node)]
            found += [_rule(said, part, targets) for part in parts]
            if f"{_SH}sparql" in facts or f"{_SH}path" in facts:
                found.append(_rule(said, shape, targets))
    return tuple(found)


def rules_of(iri: str) -> list[Rule]:
    """The rules at a class, or about a property."""
    return [each for each in rules() if each.path == iri or iri in each.classes_at]


def _read() -> Mapping[_Node, _Said]:
    found: defaultdict[_Node, defaultdict[str, list[_Value]]] = defaultdict(lambda: defaultdict(list))
    text = resources.turtle(resources.shapes()).encode()
    for quad in ox.parse(text, ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, _Node):
            found[quad.subject][quad.predicate.value].append(quad.object)
    return found


def _rule(said: Mapping[_Node, _Said], shape: _Node, targets: Sequence[str]) -> Rule:
    facts = said.get(shape, {})

    def one(name: str) -> str:
        return next((_text(each) for each in facts.get(f"{_SH}{name}", ())), "")

    # What is one of several things is told as all of them: a date or a text.
    choices = [
        facts,
        *(said.get(each, {}) for each in _listed(said, facts.get(f"{_SH}or", ())) if isinstance(each, _Node)),
    ]
    path = next((each.value for each in facts.get(f"{_SH}path", ()) if isinstance(each, ox.NamedNode)), "")
    return Rule(
        name=_text(shape).rpartition("#")[2],
        classes_at=tuple(targets),
        path=path,
        least=int(one("minCount") or 0),
        most=int(one("maxCount")) if one("maxCount") else None,
        datatypes=tuple(_text(each) for choice in choices for each in choice.get(f"{_SH}datatype", ())),
        classes=tuple(_text(each) for choice in choices for each in choice.get(f"{_SH}class", ())),
        names_only=one("nodeKind") == f"{_SH}IRI",
        values=tuple(_text(each) for each in _listed(said, facts.get(f"{_SH}in", ()))),
        least_value=one("minInclusive"),
        most_value=one("maxInclusive"),
        pattern=one("pattern"),
        each_language=one("uniqueLang") == "true",
        warning=one("severity") == f"{_SH}Warning",
        message=one("message") or _of_query(said, facts),
    )


def _of_query(said: Mapping[_Node, _Said], facts: _Said) -> str:
    """The message that stands at the query of a rule."""
    queries = [said.get(each, {}) for each in facts.get(f"{_SH}sparql", ()) if isinstance(each, _Node)]
    return next((_text(each) for query in queries for each in query.get(f"{_SH}message", ())), "")


def _listed(said: Mapping[_Node, _Said], heads: Sequence[_Value]) -> list[_Value]:
    """The members of RDF lists."""
    found: list[_Value] = []
    for head in heads:
        node = head
        while isinstance(node, ox.BlankNode):
            facts = said.get(node, {})
            found += facts.get(f"{RDF}first", [])
            node = next(iter(facts.get(f"{RDF}rest", ())), ox.NamedNode(f"{RDF}nil"))
    return found


def _text(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode | ox.Literal | ox.BlankNode) else str(node)
