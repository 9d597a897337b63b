"""Statements that describe the dataset: made one by one, written as Turtle or JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg.answers import PREFIXES

Value = str | int | ox.NamedNode | ox.Literal
_XSD = "http://www.w3.org/2001/XMLSchema#"

VOCABULARIES: Mapping[str, str] = {
    **PREFIXES,
    "adms": "http://www.w3.org/ns/adms#",
    "as": "https://www.w3.org/ns/activitystreams#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "ldes": "https://w3id.org/ldes#",
    "pav": "http://purl.org/pav/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "tree": "https://w3id.org/tree#",
    "void": "http://rdfs.org/ns/void#",
}
_PREFIXES = {name: address for name, address in VOCABULARIES.items() if name != "dcterms"}


def node(name: str) -> ox.NamedNode:
    """A name, whole or with a prefix: dcat:Dataset."""
    prefix, _, rest = name.partition(":")
    return ox.NamedNode(VOCABULARIES[prefix] + rest if prefix in VOCABULARIES else name)


def literal(value: str | int, datatype: str) -> ox.Literal:
    """A literal of an XML Schema datatype."""
    return ox.Literal(str(value), datatype=ox.NamedNode(_XSD + datatype))


class Statements:
    """Triples in the order in which they were said, each once."""

    def __init__(self) -> None:
        self.triples: dict[ox.Triple, None] = {}

    def say(self, subject: str, predicate: str, *values: Value | None) -> None:
        """One triple for each value: a str is the name of a thing, a number an integer; None says nothing."""
        for value in values:
            if value is not None:
                self.triples[ox.Triple(node(subject), node(predicate), _term(value))] = None

    def words(self, subject: str, predicate: str, by_language: Mapping[str, str]) -> None:
        """One triple for each language."""
        for code, text in by_language.items():
            self.say(subject, predicate, ox.Literal(text, language=code))

    def forms(self) -> Mapping[str, bytes]:
        """The same in each form of data that the site has, by the ending of the file."""
        return {"ttl": self.turtle(), "jsonld": self.jsonld(), "nt": self.ntriples()}

    def turtle(self) -> bytes:
        return ox.serialize(self.triples, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES) or b""

    def ntriples(self) -> bytes:
        return ox.serialize(self.triples, format=ox.RdfFormat.N_TRIPLES) or b""

    def jsonld(self) -> bytes:
        return ox.serialize(self.triples, format=ox.RdfFormat.JSON_LD, prefixes=_PREFIXES) or b""


def _term(value: Value) -> ox.NamedNode | ox.Literal:
    if isinstance(value, str):
        return node(value)
    return literal(value, "integer") if isinstance(value, int) else value
