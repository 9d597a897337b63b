"""The facts of a store without the sentences of its documents: what ships with unkg, and what builds begin with.

A folder of facts holds one packed TriG file, a named graph a document, and a description that says which documents it
holds and from what source. A document that is read from its own words replaces what the facts say of it.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from kg import registry, resources
from kg.errors import UnreadableSource
from kg.manifest import Batch, Held
from kg.nquads import TYPE
from kg.query import LocalStore
from kg.uris import BASE, ONTOLOGY, term

FILE = "facts.trig.xz"
DESCRIPTION = "facts.json"
#: By which the key of a batch tells that it holds facts alone.
PREFIX = "facts-"

_CITO = "http://purl.org/spar/cito/"
_DCTERMS = "http://purl.org/dc/terms/"
_SOURCE = (
    "Facts read by unkg from resolutions and decisions of the United Nations, which is their source. Unofficial: not "
    "checked or endorsed by the United Nations."
)
#: What is said of documents, versions, clauses, footnotes, citations, places, named things and requests for reports.
_KEPT = frozenset(
    (
        TYPE,
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/ns/prov#wasAttributedTo",
        *(_DCTERMS + name for name in ("title", "language")),
        *(_CITO + name for name in ("hasCitingEntity", "hasCitedEntity", "hasCitationCharacterization")),
        *map(
            term,
            (
                *("symbol", "organ", "session", "year", "partOf", "adopted", "alias", "meeting", "agendaItem"),
                *("onReport", "draft", "meetingRecord", "adoption", "votesInFavour", "votesAgainst", "abstentions"),
                *(
                    "subject",
                    "hasVersion",
                    "hasClause",
                    "inDocument",
                    "position",
                    "order",
                    "number",
                    "subclauseOf",
                    "act",
                ),
                *(
                    "qualifier",
                    "addressee",
                    "calledBy",
                    "via",
                    "status",
                    "reason",
                    "candidate",
                    "citedDate",
                    "foundIn",
                    "locator",
                ),
                *("citedPart", "cites", "mentions", "concerns", "inClause", "mentioned", "inferred", "role"),
                *("requestedOf", "reportTo", "dueSession", "dueYear"),
            ),
        ),
    )
)
_PREFIXES = {
    "u": ONTOLOGY,
    "d": f"{BASE}doc/",
    "g": f"{BASE}graph/",
    "b": f"{BASE}body/",
    "a": f"{BASE}act/",
    "s": "http://metadata.un.org/sdg/",
    "cito": _CITO,
    "dc": _DCTERMS,
    "x": "http://www.w3.org/2001/XMLSchema#",
}


def write(store: LocalStore, folder: Path) -> int:
    """Writes the facts of a store into a folder, the same bytes for the same store; the number of documents."""
    folder.mkdir(parents=True, exist_ok=True)
    works: dict[str, int] = {}
    with lzma.open(folder / FILE, "wb", preset=9) as out:
        out.writelines(f"@prefix {prefix}: <{name}> .\n".encode() for prefix, name in _PREFIXES.items())
        for symbol, quads in _every(store):
            works[symbol] = len(quads)
            written = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=_PREFIXES) or b""
            # The prefixes come in no order.
            out.writelines(line for line in written.splitlines(keepends=True) if not line.startswith(b"@prefix "))
    description = {"source": _SOURCE, "works": works}
    (folder / DESCRIPTION).write_text(json.dumps(description, indent=0) + "\n", encoding="utf-8")
    return len(works)


def found(folder: Path, base: str) -> Batch | None:
    """The facts in a folder as a batch with names below a base, None where there are none; raises UnreadableSource
    where they are damaged."""
    packed, description = folder / FILE, folder / DESCRIPTION
    if not packed.is_file():
        return None
    try:
        digest = hashlib.blake2b(base.encode() + packed.read_bytes(), digest_size=16).hexdigest()
        works: dict[str, int] = json.loads(description.read_text(encoding="utf-8"))["works"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableSource(str(folder), f"holds facts that cannot be read ({error})") from None
    source = Held(str(packed.resolve()), None, digest)
    return Batch(f"{PREFIX}{digest}", (source,), works, {}, ())


def load(batch: Batch, store: ox.Store, base: str) -> None:
    """Loads the facts into a store whose names begin with the base; raises UnreadableSource where they are damaged."""
    path = batch.sources[0].path
    try:
        with lzma.open(path, "rb") as file:
            opened = cast("IO[bytes]", file)
            if base == BASE:
                store.bulk_load(opened, ox.RdfFormat.TRIG)
            else:
                store.bulk_extend(_renamed(ox.parse(opened, ox.RdfFormat.TRIG), base))
    except (lzma.LZMAError, EOFError, SyntaxError) as error:
        raise UnreadableSource(path, f"is damaged ({error})") from None


def _every(store: LocalStore) -> Iterator[tuple[str, list[ox.Quad]]]:
    """Each document held, by its symbol, with its facts, in the order of the symbols."""
    names, graphs = store.names, store.oxigraph.named_graphs()
    prefix = names.graph("")
    symbols = sorted(names.symbol(f"{names.base}doc/{g.value.removeprefix(prefix)}") for g in graphs)
    for symbol in symbols:
        document, graph = ox.NamedNode(names.document(symbol)), ox.NamedNode(names.graph(symbol))
        quads = list(store.oxigraph.quads_for_pattern(None, None, None, graph))
        if not any(quad.subject == document and quad.predicate.value == term("hasVersion") for quad in quads):
            continue
        kept = _kept(quads)
        kept.append(ox.Quad(document, ox.NamedNode(term("factsOnly")), ox.Literal(True), graph))
        yield symbol, sorted(kept, key=_order)


def _kept(quads: list[ox.Quad]) -> list[ox.Quad]:
    """What is kept of a document: no words, nor what only tells where words stand."""
    edges = _edges()
    dropped = {
        quad.subject
        for quad in quads
        if (quad.predicate.value == term("inferred") and quad.object == ox.Literal(True))
        or (quad.predicate.value == TYPE and quad.object == ox.NamedNode(term("Finding")))
        or quad.predicate.value == "http://www.w3.org/ns/oa#start"
    }
    wanted = _KEPT | edges
    return [quad for quad in quads if quad.predicate.value in wanted and quad.subject not in dropped]


def _edges() -> frozenset[str]:
    """The direct edges by act."""
    return frozenset(term(act.edge) for act in registry.acts().values() if act.edge)


def _order(quad: ox.Quad) -> tuple[str, str, str]:
    return str(quad.subject), quad.predicate.value, str(quad.object)


def _renamed(quads: Any, base: str) -> Iterator[ox.Quad]:
    """The quads with the names that this package makes below another base."""

    def named(found: Any) -> Any:
        if isinstance(found, ox.NamedNode) and found.value.startswith(BASE) and not found.value.startswith(ONTOLOGY):
            return ox.NamedNode(base + found.value.removeprefix(BASE))
        return found

    for quad in quads:
        yield ox.Quad(named(quad.subject), quad.predicate, named(quad.object), named(quad.graph_name))


def shipped() -> Path:
    """The folder of the facts that ship with unkg."""
    return resources.documents() / "collection"
