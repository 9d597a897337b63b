"""What the graph of one work says, taken apart once for its pages in all languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import pyoxigraph as ox

from kg.pages.data import graph_of
from kg.pages.site import Site
from kg.uris import ONTOLOGY, term

_CITO = "http://purl.org/spar/cito/"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
_EXACT = "http://www.w3.org/ns/oa#exact"
_KINDS = {
    "Heading": "heading",
    "PreambularParagraph": "preambular",
    "OperativeParagraph": "operative",
    "AnnexParagraph": "annex",
}


class Words(NamedTuple):
    """Words that stand for something: where they begin in the file of that language, and what they can read."""

    language: str
    start: int
    surfaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: `part` is the clause or footnote that holds its words, `cited` the name of the document, None where
    it is not settled, `places` the cited parts of it; `reason` says why it is not settled."""

    name: str
    clause: str
    part: str
    cited: str | None
    places: tuple[str, ...]
    act: str | None
    status: str
    reason: str | None
    candidates: tuple[str, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing that a clause names (or, `inferred`, speaks for)."""

    clause: str
    thing: str
    inferred: bool
    role: str | None
    score: str | None
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph or heading with its texts by language."""

    id: str
    kind: str
    number: str | None
    act: str | None
    qualifiers: tuple[str, ...]
    addressees: tuple[str, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    severity: str
    code: str
    at: str
    message: str


@dataclass(frozen=True, slots=True)
class Version:
    """One language version and the file that it was read from."""

    language: str
    source: str
    digest: str


Values = Mapping[str, Sequence[ox.NamedNode | ox.Literal]]


class Reading:
    """The graph of a work. Names of its parts are given without the document's own: OP3, fn6."""

    def __init__(self, site: Site, symbol: str) -> None:
        self.name = site.names.document(symbol)
        self._nodes: dict[str, Values] = {**graph_of(site, symbol).about, **_across(site, self.name)}

    @property
    def about(self) -> Values:
        """All that is said of the document itself, by property."""
        return self._nodes.get(self.name, {})

    def value(self, property_: str) -> str | None:
        """The least value of a property of ours that the document has."""
        return min(self.values(property_), default=None)

    def values(self, property_: str) -> list[str]:
        """The values of a property of ours, in order."""
        return sorted(each.value for each in self.about.get(term(property_), ()))

    def texts(self, property_: str, node: str | None = None) -> dict[str, str]:
        """The texts of a property by language."""
        found = self._nodes.get(node or self.name, {}).get(property_, ())
        return {each.language: each.value for each in found if isinstance(each, ox.Literal) and each.language}

    @cached_property
    def clauses(self) -> list[Clause]:
        """The clauses in the order of the text."""
        found = []
        for name, values in self._of_type(*_KINDS):
            number = _one(values, term("number"))
            kind = next(_KINDS[each] for each in _types(values) if each in _KINDS)
            clause = Clause(
                id=self._part(name),
                kind=kind,
                number=number,
                act=_slug(_one(values, term("act"))),
                qualifiers=tuple(sorted(each.value for each in values.get(term("qualifier"), ()))),
                addressees=tuple(sorted(each.value for each in values.get(term("addressee"), ()))),
                texts=self.texts(term("text"), name),
            )
            found.append((self._place(clause, values), clause))
        return [clause for _, clause in sorted(found, key=lambda pair: (pair[0], pair[1].id))]

    @cached_property
    def footnotes(self) -> list[tuple[str, str | None, dict[str, str]]]:
        """Each footnote: its id, the clause that calls it, its texts by language."""
        found = [
            (self._part(name), _clause(_one(values, term("calledBy"))), self.texts(term("text"), name))
            for name, values in self._of_type("Footnote")
        ]
        return sorted(found, key=lambda note: (len(note[0]), note[0]))

    @cached_property
    def citations(self) -> list[Citation]:
        """Every citation, settled or not."""
        found = []
        for name, values in self._of_type("Citation"):
            clause = _clause(_one(values, f"{_CITO}hasCitingEntity")) or ""
            found.append(
                Citation(
                    name=self._part(name),
                    clause=clause,
                    part=_clause(_one(values, term("via"))) or clause,
                    cited=_one(values, f"{_CITO}hasCitedEntity"),
                    places=tuple(sorted(each.value for each in values.get(term("citedPart"), ()))),
                    act=_slug(_one(values, term("act"))),
                    status=(_one(values, term("status")) or "").removeprefix(ONTOLOGY).lower(),
                    reason=_one(values, term("reason")),
                    candidates=tuple(sorted(each.value for each in values.get(term("candidate"), ()))),
                    words=tuple(self._words(values)),
                )
            )
        return sorted(found, key=lambda citation: citation.name)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every thing that is named in a clause, or spoken for."""
        return [
            Mention(
                clause=_clause(_one(values, term("inClause"))) or "",
                thing=_one(values, term("mentioned")) or "",
                inferred=_one(values, term("inferred")) == "true",
                role=(_one(values, term("role")) or "").removeprefix(ONTOLOGY).lower() or None,
                score=_one(values, term("score")),
                words=tuple(self._words(values)),
            )
            for _, values in self._of_type("Mention")
        ]

    @cached_property
    def findings(self) -> list[Finding]:
        """What is wrong or doubtful, the gravest first."""
        found = [
            Finding(
                severity=(_one(values, term("severity")) or "").removeprefix(ONTOLOGY).lower(),
                code=_one(values, term("code")) or "",
                at=(_one(values, term("at")) or "").partition("#")[2],
                message=_one(values, term("message")) or "",
            )
            for _, values in self._of_type("Finding")
        ]
        grave = ("error", "warning", "info")
        return sorted(found, key=lambda each: (grave.index(each.severity), each.code, each.at, each.message))

    @cached_property
    def versions(self) -> list[Version]:
        """The language versions, by language."""
        return sorted(
            (
                Version(
                    language=_one(values, "http://purl.org/dc/terms/language") or "",
                    source=_one(values, term("sourceFile")) or "",
                    digest=_one(values, term("sourceDigest")) or "",
                )
                for _, values in self._of_type("LanguageVersion")
            ),
            key=lambda version: version.language,
        )

    def _of_type(self, *classes: str) -> Iterable[tuple[str, Values]]:
        wanted = {term(each) for each in classes}
        for name, values in self._nodes.items():
            if any(each.value in wanted for each in values.get(_TYPE, ())):
                yield name, values

    def _part(self, name: str) -> str:
        return name.removeprefix(f"{self.name}#")

    def _place(self, clause: Clause, values: Values) -> tuple[int, int]:
        """The place in the text; where the graph does not tell it, the preamble first."""
        place = _one(values, term("order"))
        if place:
            return 0, int(place)
        parts = {"header": 0, "heading": 1, "preambular": 1, "operative": 2, "annex": 3}
        part = 0 if clause.id == "header" else 4 if clause.id.startswith("closing") else parts[clause.kind]
        return part, int(_one(values, term("position")) or 0)

    def _words(self, values: Values) -> Iterable[Words]:
        surfaces = tuple(sorted(each.value for each in values.get(term("surface"), ())))
        for each in values.get(_DERIVED, ()):
            version, _, place = each.value.rpartition("#char=")
            exact = _one(self._nodes.get(each.value, {}), _EXACT)
            yield Words(
                language=version.rpartition("@")[2],
                start=int(place.partition(",")[0]),
                surfaces=(exact,) if exact else surfaces,
            )


def _across(site: Site, name: str) -> Mapping[str, Values]:
    """The findings that documents give of one another which are of this one."""
    asked, graph = site.graph.oxigraph.quads_for_pattern, ox.NamedNode(site.names.across)
    found: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for finding in asked(None, ox.NamedNode(term("inDocument")), ox.NamedNode(name), graph):
        values = found.setdefault(str(finding.subject.value), {})  # type: ignore[union-attr]
        for quad in asked(finding.subject, None, None, graph):
            values.setdefault(quad.predicate.value, []).append(quad.object)  # type: ignore[arg-type]
    return found


@lru_cache(maxsize=8)
def reading_of(site: Site, symbol: str) -> Reading:
    """The graph of a work, read once for all that is made of it one after the other: its pages, and its lineage."""
    return Reading(site, symbol)


def _types(values: Values) -> list[str]:
    return [each.value.removeprefix(ONTOLOGY) for each in values.get(_TYPE, ())]


def _one(values: Values, property_: str) -> str | None:
    return min((each.value for each in values.get(property_, ())), default=None)


def _clause(name: str | None) -> str | None:
    return name.partition("#")[2] if name else None


def _slug(name: str | None) -> str | None:
    return name.rpartition("/")[2] if name else None
