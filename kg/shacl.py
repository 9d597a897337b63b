"""SHACL engines: what the shapes find in one graph.

The fast one (shifty) judges a work in a tenth of the time of pyshacl, which is the reference that tests hold it against
and what is taken where the fast one is not installed.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Literal

from kg import resources
from kg.errors import FormatError
from kg.uris import BASE

if TYPE_CHECKING:
    import rdflib

Engine = Literal["shifty", "pyshacl"]
#: N-Triples → the report of what was found, None where all is well.
Judge = Callable[[bytes], "rdflib.Graph | None"]

_REGISTRY_SHAPES = f"{BASE}shapes#registry-shapes"
#: By which a person chooses the engine.
_CHOICE = "UNKG_SHACL"


def judge(*, documents_alone: bool, engine: Engine | None = None) -> Judge:
    """What judges a graph by the shapes; `documents_alone` leaves out those for entries of the vocabulary.

    Raises FormatError where UNKG_SHACL names an engine that there is not.
    """
    chosen = engine or os.environ.get(_CHOICE) or ("shifty" if _installed() else "pyshacl")
    if chosen not in ("shifty", "pyshacl"):
        raise FormatError(_CHOICE, f"{chosen} is no engine; expected shifty or pyshacl")
    return _shifty(documents_alone) if chosen == "shifty" else _pyshacl(documents_alone)


@cache
def _installed() -> bool:
    return importlib.util.find_spec("shifty") is not None


@cache
def _shifty(documents_alone: bool) -> Judge:
    from shifty import PreparedValidator

    prepared = PreparedValidator(shapes(documents_alone=documents_alone).serialize(format="turtle").encode())

    def judged(data: bytes) -> rdflib.Graph | None:
        # To know that nothing is wrong takes half the time of a report, and nothing is wrong with nearly all.
        if prepared.validate_algebra(data, graph_mode="data", infer=False).conforms:
            return None
        _, report, _ = prepared.validate(data, graph_mode="data", infer=False)
        return report

    return judged


@cache
def _pyshacl(documents_alone: bool) -> Judge:
    import pyshacl
    import rdflib

    rules = shapes(documents_alone=documents_alone)

    def judged(data: bytes) -> rdflib.Graph | None:
        graph = rdflib.Graph().parse(data=data, format="nt")
        _, report, _ = pyshacl.validate(graph, shacl_graph=rules, advanced=False, meta_shacl=False, allow_warnings=True)
        return report if (None, rdflib.SH.result, None) in report else None

    return judged


@cache
def shapes(*, documents_alone: bool) -> rdflib.Graph:
    """The shapes; those for entries of the vocabulary aim at nothing where documents alone are judged."""
    import rdflib

    found = rdflib.Graph().parse(data=resources.turtle(resources.shapes()), format="turtle")
    if documents_alone:
        for shape in list(found.subjects(rdflib.DCTERMS.isPartOf, rdflib.URIRef(_REGISTRY_SHAPES))):
            for target in (rdflib.SH.targetClass, rdflib.SH.targetSubjectsOf):
                found.remove((shape, target, None))
    return found


@cache
def classes_of_entries() -> frozenset[str]:
    """The classes of what stands in the vocabulary, by their names."""
    import rdflib

    every = shapes(documents_alone=False)
    of_entries = every.subjects(rdflib.DCTERMS.isPartOf, rdflib.URIRef(_REGISTRY_SHAPES))
    return frozenset(str(each) for shape in of_entries for each in every.objects(shape, rdflib.SH.targetClass))
