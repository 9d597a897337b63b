"""What pages are made from: a store, its catalogue, and where the site will lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg import store
from kg.catalogue import Catalogue, open_catalogue
from kg.pages.labels import Labels
from kg.query import LocalStore, open_store
from kg.uris import Names, term

#: Works that are remembered, as pages near each other name the same ones.
_REMEMBERED = 20_000


class Site:
    """A store as a site. `address` is where the site lies (https://example.org/un/), empty where that is not known;
    `endpoint` that of a SPARQL endpoint beside it."""

    def __init__(self, graph: LocalStore, catalogue: Catalogue, *, address: str = "", endpoint: str = "") -> None:
        self.graph = graph
        self.catalogue = catalogue
        self.address = address if not address or address.endswith("/") else f"{address}/"
        self.endpoint = endpoint
        self.find_work = lru_cache(_REMEMBERED)(catalogue.find_work)

    @property
    def names(self) -> Names:
        return self.graph.names

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.graph)

    @cached_property
    def generation(self) -> str:
        """The state of the store that is shown."""
        return store.current(Path(self.graph.where)).name

    def knows(self, iri: str) -> bool:
        """Whether the graph says anything of a thing."""
        said = self.graph.oxigraph.quads_for_pattern(ox.NamedNode(iri), None, None, None)
        return next(iter(said), None) is not None or iri in self.registered

    @cached_property
    def registered(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The documents, by name, that registries speak of: the things that do, each with the property."""
        found: dict[str, list[tuple[str, str]]] = {}
        vocabulary = ox.NamedNode(self.names.vocabulary)
        for quad in self.graph.oxigraph.quads_for_pattern(None, None, None, vocabulary):
            if isinstance(quad.object, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
                name = quad.object.value.partition("#")[0]
                if name.startswith(f"{self.names.base}doc/"):
                    found.setdefault(name, []).append((quad.subject.value, quad.predicate.value))
        return {name: sorted(things) for name, things in sorted(found.items())}

    def instrument_of(self, symbol: str) -> str | None:
        """The instrument that a document is: the one whose text it is, or that stands at this place of the Treaty
        Series."""
        return self._instruments.get(self.names.document(symbol))

    @cached_property
    def _instruments(self) -> Mapping[str, str]:
        """Instruments by the names of their documents; of several, the first."""
        found: dict[str, str] = {}
        vocabulary = ox.NamedNode(self.names.vocabulary)
        for property_ in ("setOutIn", "treatySeries"):
            quads = self.graph.oxigraph.quads_for_pattern(None, ox.NamedNode(term(property_)), None, vocabulary)
            for quad in sorted(quads, key=str):
                place = quad.object
                name = self.names.document(place.value) if isinstance(place, ox.Literal) else str(place).strip("<>")
                found.setdefault(name, str(quad.subject).strip("<>"))
        return found

    def absolute(self, path: str) -> str:
        """The whole address of a path of the site, or the path where it is not known where the site lies."""
        return f"{self.address}{path}"


def open_site(path: str | Path, *, address: str = "", endpoint: str = "") -> Site:
    """The site of the store at `path`; raises StoreMissing where there is none, or it lacks its catalogue."""
    return Site(open_store(path), open_catalogue(path), address=address, endpoint=endpoint)
