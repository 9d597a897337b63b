"""Validation: whether a graph says what the ontology allows, and how to mend what it does not.

The shapes judge one named graph at a time, with those entries of the vocabulary that the graph speaks of beside it, so
that the time grows with the number of documents and not with its square.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import resources, shacl
from kg.errors import FormatError, UnreadableSource
from kg.model import Severity
from kg.uris import BASE, term

if TYPE_CHECKING:
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SCHEMA = (f"{_RDFS}subClassOf", f"{_RDFS}subPropertyOf")
_SEVERITIES: dict[str, Severity] = {f"{_SH}Violation": "error", f"{_SH}Warning": "warning", f"{_SH}Info": "info"}
#: Every IRI of a text in N-Triples.
_IRI = re.compile(rb"<([^<>\s]*)>")


@dataclass(frozen=True, slots=True)
class Violation:
    """One result of a shape: `node` is at fault, `message` says what is wrong and how to mend it."""

    severity: Severity
    node: str
    path: str | None
    value: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the shapes found; `graphs` counts the graphs judged."""

    violations: tuple[Violation, ...]
    rdf: bytes
    graphs: int

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong; warnings do not count."""
        return not any(violation.severity == "error" for violation in self.violations)

    def text(self, form: str) -> str:
        """As a table, as JSON, or as the RDF report in Turtle; raises FormatError for another format."""
        if form == "table":
            return "".join(f"{v.severity:7}  {_short(v.node)}  {v.message}\n" for v in self.violations)
        if form == "json":
            keys = ("severity", "node", "path", "value", "message")
            return (
                json.dumps([{k: getattr(v, k) for k in keys} for v in self.violations], ensure_ascii=False, indent=1)
                + "\n"
            )
        if form == "ttl":
            return self.rdf.decode()
        raise FormatError(form, "does not fit a report; choose one of table, json, ttl")


def validate_store(store: ox.Store) -> Report:
    """Every named graph of a store; the vocabulary's own graph too, but not what the United Nations publish.

    The vocabulary that ships is judged once, when it is written, and not with every store that holds it unchanged."""
    names = sorted((name for name in store.named_graphs() if isinstance(name, ox.NamedNode)), key=str)
    names = [name for name in names if not name.value.endswith("graph/vocabulary/official")]
    own = next((name for name in names if name.value.endswith("graph/vocabulary")), None)
    vocabulary = [quad.triple for quad in store.quads_for_pattern(None, None, None, own)] if own else []
    ours = set(vocabulary) == set(_shipped_vocabulary())
    judged = (name for name in names if not (ours and name == own))
    graphs = (store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) or b"" for name in judged)
    return _judged(graphs, Vocabulary(vocabulary), "documents" if ours else "all")


def validate_work(triples: bytes, vocabulary: Vocabulary) -> tuple[Violation, ...]:
    """What the shapes find in the graph of one work, given as N-Triples."""
    report = shacl.judge("documents")(triples + vocabulary.beside(triples))
    return () if report is None else in_order(_violations(report))


def validate_file(path: Path) -> Report:
    """An RDF file of any format, by its ending; the vocabulary that ships stands beside it."""
    form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        raise FormatError(
            str(path), "is neither a store nor an RDF file; expected .ttl, .trig, .nq, .nt, .jsonld or .rdf"
        )
    try:
        quads = list(ox.parse(path=str(path), format=form, base_iri=BASE))
    except SyntaxError as error:
        raise UnreadableSource(str(path), f"cannot be read as {form.name}: {error}") from None
    except OSError as error:
        raise UnreadableSource(str(path), (error.strerror or str(error)).lower()) from None
    if not quads:
        raise UnreadableSource(str(path), "holds no statements")
    graphs: dict[str, dict[ox.Triple, None]] = {}
    for quad in quads:
        graphs.setdefault(str(quad.graph_name), {})[quad.triple] = None
    types = {
        quad.object.value for quad in quads if quad.predicate.value == _TYPE and isinstance(quad.object, ox.NamedNode)
    }
    written = (ox.serialize(graph, format=ox.RdfFormat.N_TRIPLES) or b"" for graph in graphs.values())
    part: shacl.Part = "documents" if types.isdisjoint(shacl.classes_of_entries()) else "all"
    return _judged(written, Vocabulary(_shipped_vocabulary()), part)


class Vocabulary:
    """What a vocabulary says of its entries, to stand beside the graph that speaks of them: how they belong together.

    Words are left out, as no shape for documents asks for the label of an entry."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._about: dict[bytes, list[bytes]] = {}
        self._leads: dict[bytes, set[bytes]] = {}
        schema = []
        for triple in triples:
            if not (isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode)):
                continue
            line = f"{triple} .\n".encode()
            if triple.predicate.value in _SCHEMA:
                schema.append(line)
            subject = triple.subject.value.encode()
            self._about.setdefault(subject, []).append(line)
            self._leads.setdefault(subject, set()).add(triple.object.value.encode())
        self._schema = b"".join(schema)

    def beside(self, triples: bytes) -> bytes:
        """What is said of the things that the graph speaks of, and of the things these lead to in turn."""
        reached: set[bytes] = set()
        front = set(_IRI.findall(triples)) & self._about.keys()
        while front:
            reached |= front
            front = {end for name in front for end in self._leads[name] if end in self._about} - reached
        return b"".join([self._schema, *(line for name in sorted(reached) for line in self._about[name])])


@cache
def shipped(base: str = BASE) -> Vocabulary:
    """The vocabulary that ships, its names below a base."""
    return Vocabulary(_shipped_vocabulary(base))


def _judged(graphs: Iterable[bytes], vocabulary: Vocabulary, part: shacl.Part) -> Report:
    """What the shapes, or that part of them, find in each graph, given as N-Triples; of a graph that says it holds
    facts alone, words are not asked for."""
    import rdflib

    facts_alone = f"<{term('factsOnly')}>".encode()
    reports = rdflib.Graph()
    violations: list[Violation] = []
    count = 0
    for graph in graphs:
        count += 1
        judge = shacl.judge("facts" if facts_alone in graph else part)
        found = judge(graph + vocabulary.beside(graph))
        if found is not None:
            reports += found
            violations.extend(_violations(found))
    return Report(in_order(violations), reports.serialize(format="turtle").encode(), count)


def in_order(violations: Iterable[Violation]) -> tuple[Violation, ...]:
    """Each violation once, those of one node together."""
    return tuple(dict.fromkeys(sorted(violations, key=lambda v: (v.severity, v.node, v.message, v.value or ""))))


def _shipped_vocabulary(base: str = BASE) -> list[ox.Triple]:
    written = (resources.turtle(path, base) for path in (*resources.ontology(), *resources.registries()))
    return [quad.triple for turtle in written for quad in ox.parse(turtle.encode(), ox.RdfFormat.TURTLE)]


def _violations(report: rdflib.Graph) -> Iterator[Violation]:
    import rdflib

    shacl = rdflib.Namespace(_SH)
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        if (None, shacl.detail, result) in report:
            continue
        value, path = report.value(result, shacl.value), report.value(result, shacl.resultPath)
        yield Violation(
            severity=_SEVERITIES.get(str(report.value(result, shacl.resultSeverity)), "error"),
            node=str(report.value(result, shacl.focusNode)),
            path=str(path) if isinstance(path, rdflib.URIRef) else None,
            value=None if value is None else str(value),
            message=" ".join(str(report.value(result, shacl.resultMessage)).split()),
        )


def _short(name: str) -> str:
    return name.removeprefix(BASE)
