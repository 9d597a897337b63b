"""SHACL engines: what the shapes find in one graph.

The fast one (shifty) judges a work in a tenth of the time of pyshacl, which is the reference that tests hold it against
and what is taken where the fast one is not installed.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Literal, cast, get_args

from kg import resources
from kg.errors import FormatError
from kg.uris import BASE

if TYPE_CHECKING:
    import rdflib

Engine = Literal["shifty", "pyshacl"]
#: All shapes; those for documents; and those for documents of which facts are held and no words.
Part = Literal["all", "documents", "facts"]
#: N-Triples → the report of what was found, None where all is well.
Judge = Callable[[bytes], "rdflib.Graph | None"]

_REGISTRY_SHAPES = f"{BASE}shapes#registry-shapes"
_WORD_SHAPES = f"{BASE}shapes#word-shapes"
#: By which a person chooses the engine.
_CHOICE = "UNKG_SHACL"


def judge(part: Part, *, engine: Engine | None = None) -> Judge:
    """What judges a graph by the shapes, or a part of them.

    Raises FormatError where UNKG_SHACL names an engine that there is not.
    """
    judges = {"shifty": _shifty, "pyshacl": _pyshacl}
    return judges[engine or chosen()](part)


def chosen() -> Engine:
    """The engine that a person chose, else the fast one where it is installed; raises FormatError."""
    choice = os.environ.get(_CHOICE)
    if not choice:
        return "shifty" if _installed() else "pyshacl"
    for engine in get_args(Engine):
        if choice == engine:
            return cast("Engine", engine)
    raise FormatError(_CHOICE, f"{choice} is no engine; expected shifty or pyshacl")


@cache
def _installed() -> bool:
    return importlib.util.find_spec("shifty") is not None


@cache
def _shifty(part: Part) -> Judge:
    from shifty import PreparedValidator

    prepared = PreparedValidator(shapes(part).serialize(format="turtle").encode())

    def judged(data: bytes) -> rdflib.Graph | None:
        # To know that nothing is wrong takes half the time of a report, and nothing is wrong with nearly all.
        if prepared.validate_algebra(data, graph_mode="data", infer=False).conforms:
            return None
        _, report, _ = prepared.validate(data, graph_mode="data", infer=False)
        return report

    return judged


@cache
def _pyshacl(part: Part) -> Judge:
    import pyshacl
    import rdflib

    rules = shapes(part)

    def judged(data: bytes) -> rdflib.Graph | None:
        graph = rdflib.Graph().parse(data=data, format="nt")
        _, report, _ = pyshacl.validate(graph, shacl_graph=rules, advanced=False, meta_shacl=False, allow_warnings=True)
        return report if (None, rdflib.SH.result, None) in report else None

    return judged


@cache
def shapes(part: Part) -> rdflib.Graph:
    """The shapes, or that part of them; those that are not of it aim at nothing."""
    import rdflib

    found = rdflib.Graph().parse(data=resources.turtle(resources.shapes()), format="turtle")
    left_out = {"all": (), "documents": (_REGISTRY_SHAPES,), "facts": (_REGISTRY_SHAPES, _WORD_SHAPES)}[part]
    for group in left_out:
        for shape in list(found.subjects(rdflib.DCTERMS.isPartOf, rdflib.URIRef(group))):
            for target in (rdflib.SH.targetClass, rdflib.SH.targetSubjectsOf):
                found.remove((shape, target, None))
            found.remove((None, rdflib.SH.property, shape))
    return found


@cache
def classes_of_entries() -> frozenset[str]:
    """The classes of what stands in the vocabulary, by their names."""
    import rdflib

    every = shapes("all")
    of_entries = every.subjects(rdflib.DCTERMS.isPartOf, rdflib.URIRef(_REGISTRY_SHAPES))
    return frozenset(str(each) for shape in of_entries for each in every.objects(shape, rdflib.SH.targetClass))
