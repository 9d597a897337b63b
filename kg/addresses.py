"""Where stores of different makers take queries, updates and whole graphs, from the one address a person names.

| | query | update | graphs |
|---|---|---|---|
| Oxigraph | …/query | …/update | …/store |
| Virtuoso | …/sparql | …/sparql-auth | …/sparql-graph-crud-auth |
| Fuseki | …/DATASET/sparql, …/DATASET/query | …/DATASET/update | …/DATASET/data |
| RDF4J, GraphDB | …/repositories/ID | …/repositories/ID/statements | …/repositories/ID/rdf-graphs/service |

These are places to try, in this order; what is really there is seen when it answers.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from kg.errors import EndpointError

_QUERIES = ("query", "sparql")
#: By the last part of the address of queries: what to put in its place, for updates and for graphs; "" is the same.
_BESIDE = {
    "query": (("update",), ("store", "data")),
    "sparql": (("sparql-auth", "update", ""), ("sparql-graph-crud-auth", "data", "store")),
}
_REPOSITORY = re.compile(r"/repositories/[^/]+$")


def checked(url: str) -> str:
    """The address; raises EndpointError where it is none, or holds a password, which others could read."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise EndpointError(url, "is no address of an endpoint; expected something like http://localhost:7878/query")
    if parts.username is not None or parts.password is not None:
        shown = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        raise EndpointError(shown, "was given with a name or password in it; use --user and UNKG_PASSWORD instead")
    return url


def queries(url: str) -> tuple[str, ...]:
    """Where queries may be answered: the address itself, and what servers have below it."""
    path = urlsplit(url).path.rstrip("/")
    if path.rpartition("/")[2] in _QUERIES or _REPOSITORY.search(path):
        return (url,)
    below = tuple(_replaced(url, f"{path}/{name}") for name in _QUERIES)
    # Where no path is given, the address is that of a server, whose front page is for people.
    return (url, *below) if path else below


def updates(query: str) -> tuple[str, ...]:
    """Where updates may be taken, by where queries are answered."""
    path = urlsplit(query).path.rstrip("/")
    if _REPOSITORY.search(path):
        return (_replaced(query, f"{path}/statements"),)
    return _beside(query, path, 0) or (query,)


def graph_stores(query: str) -> tuple[str, ...]:
    """Where whole graphs may be taken, by where queries are answered."""
    path = urlsplit(query).path.rstrip("/")
    if _REPOSITORY.search(path):
        return (_replaced(query, f"{path}/rdf-graphs/service"),)
    return _beside(query, path, 1)


def _beside(query: str, path: str, which: int) -> tuple[str, ...]:
    parent, _, last = path.rpartition("/")
    names = _BESIDE[last][which] if last in _BESIDE else ()
    return tuple(_replaced(query, f"{parent}/{name}" if name else path) for name in names)


def _replaced(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=path, query="", fragment=""))
