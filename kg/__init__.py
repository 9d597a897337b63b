"""unkg: a knowledge graph of the cross-references in resolutions and decisions of the United Nations.

The public names, all that other programs should rely on:

    extract(source)                 the record of one document, as the JSON object that `unkg extract` prints
    classify(paragraphs)            the Goals and targets of loose paragraphs, named or spoken for, with the evidence
    build(paths, store)             a store from documents, validated; what it holds already is not made again
    add(paths, store)               more documents, or other versions, into a store
    remove(symbols, store)          documents out of it
    load(folders, store)            a store of works that a cluster has made
    open_store(path)                the store, to be asked: .query(name, **parameters), .sparql(text), .to_rdflib()
    open_endpoint(url)              the same over a SPARQL endpoint
    lineage(graph, symbol)          what a document rests on, or what rests on it; .lines(), .to_networkx()
    search(store, words)            the paragraphs that hold words, in six languages, with the words in context
    network(graph)                  all documents and citations as a networkx graph
    publish(store, folder)          the graph as a site of linked data
    push(store, url)                the store's named graphs into another SPARQL store; only what differs is sent
    validate(path)                  the shapes' findings on a store or an RDF file

Answers are `Rows` (mappings, .to_pandas()) or `Triples` (.to_rdflib()); errors are in kg.errors.
"""

from __future__ import annotations

import importlib
import sys
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import extract, validate
    from kg.build import add, build, remove
    from kg.classify import classify
    from kg.endpoint import open_endpoint
    from kg.lineage import lineage
    from kg.network import network
    from kg.packed import load
    from kg.publish import publish
    from kg.push import push
    from kg.query import open_store
    from kg.search import search

__version__ = "0.1.0"
__all__ = [
    "add",
    "build",
    "classify",
    "extract",
    "lineage",
    "load",
    "network",
    "open_endpoint",
    "open_store",
    "publish",
    "push",
    "remove",
    "search",
    "validate",
]

_HOME = {
    "add": "kg.build",
    "build": "kg.build",
    "classify": "kg.classify",
    "extract": "kg.api",
    "lineage": "kg.lineage",
    "load": "kg.packed",
    "network": "kg.network",
    "open_endpoint": "kg.endpoint",
    "open_store": "kg.query",
    "publish": "kg.publish",
    "push": "kg.push",
    "remove": "kg.build",
    "search": "kg.search",
    "validate": "kg.api",
}


class _Package(types.ModuleType):
    """Keeps a public name what it is when the module of the same name is imported: kg.extract stays the function, and
    `from kg.extract import …` finds the package."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOME and isinstance(value, types.ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    """Each name is imported when it is first used, so that `import kg` costs next to nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value
