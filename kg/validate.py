"""SHACL: whether a graph says what the ontology allows, and how to mend what it does not.

pyshacl judges one named graph at a time, with those entries of the vocabulary that the graph speaks of beside it, so
that the time grows with the number of documents and not with its square.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import resources
from kg.errors import FormatError, UnreadableSource
from kg.model import Severity
from kg.uris import BASE

if TYPE_CHECKING:
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_REGISTRY_SHAPES = f"{BASE}shapes#registry-shapes"
_SEVERITIES: dict[str, Severity] = {f"{_SH}Violation": "error", f"{_SH}Warning": "warning", f"{_SH}Info": "info"}


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
    graphs = {name: [quad.triple for quad in store.quads_for_pattern(None, None, None, name)] for name in names}
    vocabulary = next((graph for name, graph in graphs.items() if name.value.endswith("graph/vocabulary")), [])
    ours = set(vocabulary) == set(_shipped_vocabulary())
    judged = [graph for graph in graphs.values() if not (ours and graph is vocabulary)]
    return _judged(judged, vocabulary, documents_alone=ours)


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
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in quads:
        graphs.setdefault(str(quad.graph_name), []).append(quad.triple)
    types = {
        quad.object.value for quad in quads if quad.predicate.value == _TYPE and isinstance(quad.object, ox.NamedNode)
    }
    return _judged(
        list(graphs.values()), _shipped_vocabulary(), documents_alone=types.isdisjoint(_classes_of_entries())
    )


def _judged(graphs: list[list[ox.Triple]], vocabulary: list[ox.Triple], *, documents_alone: bool = False) -> Report:
    """What the shapes find in each graph; `documents_alone` leaves out those for entries of the vocabulary."""
    import rdflib

    about: dict[ox.NamedNode, list[ox.Triple]] = {}
    for triple in vocabulary:
        if isinstance(triple.subject, ox.NamedNode):
            about.setdefault(triple.subject, []).append(triple)
    schema = [t for t in vocabulary if t.predicate.value in (f"{_RDFS}subClassOf", f"{_RDFS}subPropertyOf")]
    reports = rdflib.Graph()
    violations: list[Violation] = []
    for graph in graphs:
        beside = _beside(graph, about)
        found = _shacl(_rdflib([*graph, *beside, *schema]), _shapes(documents_alone=documents_alone))
        reports += found
        violations.extend(_violations(found))
    unique = tuple(dict.fromkeys(sorted(violations, key=lambda v: (v.severity, v.node, v.message, v.value or ""))))
    return Report(unique, reports.serialize(format="turtle").encode(), len(graphs))


def _beside(graph: list[ox.Triple], about: dict[ox.NamedNode, list[ox.Triple]]) -> list[ox.Triple]:
    """What the vocabulary says of the things that the graph speaks of, and of the things these lead to in turn."""
    front = {term for triple in graph for term in (triple.subject, triple.object) if isinstance(term, ox.NamedNode)}
    reached: set[ox.NamedNode] = set()
    while front := (front & about.keys()) - reached:
        reached |= front
        front = {t.object for node in front for t in about[node] if isinstance(t.object, ox.NamedNode)}
    return [triple for node in reached for triple in about[node]]


def _shacl(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    import pyshacl

    report: rdflib.Graph
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, meta_shacl=False, allow_warnings=True)
    return report


@cache
def _shapes(*, documents_alone: bool) -> rdflib.Graph:
    """The shapes; those for entries of the vocabulary aim at nothing where documents alone are judged."""
    import rdflib

    shapes = rdflib.Graph().parse(data=resources.turtle(resources.shapes()), format="turtle")
    if documents_alone:
        for shape in list(shapes.subjects(rdflib.DCTERMS.isPartOf, rdflib.URIRef(_REGISTRY_SHAPES))):
            for target in (rdflib.SH.targetClass, rdflib.SH.targetSubjectsOf):
                shapes.remove((shape, target, None))
    return shapes


@cache
def _classes_of_entries() -> frozenset[str]:
    """The classes of what stands in the vocabulary, by their names."""
    import rdflib

    shapes = _shapes(documents_alone=False)
    of_entries = shapes.subjects(rdflib.DCTERMS.isPartOf, rdflib.URIRef(_REGISTRY_SHAPES))
    return frozenset(str(each) for shape in of_entries for each in shapes.objects(shape, rdflib.SH.targetClass))


def _shipped_vocabulary() -> list[ox.Triple]:
    paths = (*resources.ontology(), *resources.registries())
    return [quad.triple for path in paths for quad in ox.parse(resources.turtle(path).encode(), ox.RdfFormat.TURTLE)]


def _rdflib(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    import rdflib

    written = ox.serialize(dict.fromkeys(triples), format=ox.RdfFormat.N_TRIPLES) or b""
    return rdflib.Graph().parse(data=written, format="nt")


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
