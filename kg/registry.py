"""Looks up named things: organs, bodies, groups, instruments, events, Goals and targets, and the acts.

They are read from the SKOS files in data/registries/ and ontology/acts.ttl, the same files that are validated and
published. A thing is known by its target, the end of its name: body/cstd, instrument/2030-agenda, sdg/17.6, act/recall.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg import resources
from kg.errors import RuleError
from kg.model import MentionKind
from kg.uris import BASE, ONTOLOGY, SDG

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LABELS = (f"{_SKOS}prefLabel", f"{_SKOS}altLabel", f"{_SKOS}hiddenLabel")
_KINDS: Mapping[str, MentionKind] = {
    "body": "body",
    "group": "group",
    "instrument": "instrument",
    "event": "event",
}

#: Where a prefix of a symbol may end.
_STEP = re.compile(r"[/.(-]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One named thing. `names`, `short` and `cues` are (language, words) pairs; a short name counts only after a full
    one stood in the document; a cue is a phrase, or several joined by " + ", that speaks for a Goal or target, a weak
    one only together with others; forms of one phrase are parted by "|". `gaps` are the languages in which it is known
    to have no name."""

    target: str
    kind: MentionKind
    labels: Mapping[str, str]
    names: tuple[tuple[str, str], ...]
    short: tuple[tuple[str, str], ...]
    cues: tuple[tuple[str, str], ...]
    weak_cues: tuple[tuple[str, str], ...]
    serves: tuple[str, ...]
    symbol_prefixes: tuple[str, ...]
    body_kind: str | None
    #: The body that it belongs to.
    parent: str | None
    #: The thing it is a chapter or article of.
    part_of: str | None
    gaps: tuple[str, ...]

    @property
    def symbol_prefix(self) -> str | None:
        """What its resolutions and decisions are named after; the first of several."""
        return self.symbol_prefixes[0] if self.symbol_prefixes else None

    def label(self, language: str = "en") -> str:
        """The preferred name in that language, in English where it has none."""
        return self.labels.get(language) or self.labels.get("en", self.target)

    def names_in(self, language: str) -> Iterator[str]:
        """The names that it has in that language."""
        return (name for code, name in self.names if code == language)

    def short_in(self, language: str) -> Iterator[str]:
        """Its short names in that language."""
        return (name for code, name in self.short if code == language)


@dataclass(frozen=True, slots=True)
class Act:
    """What a paragraph does: `edge` names the property that leads from its document to what it cites."""

    slug: str
    labels: Mapping[str, str]
    edge: str
    directive: bool


@cache
def entries() -> Mapping[str, Entry]:
    """Every named thing, by target; what several files say of one thing is taken together."""
    return {entry.target: entry for entry in _entries(_read(*resources.registries()))}


@cache
def acts() -> Mapping[str, Act]:
    """Every act, by slug."""
    facts = _read(resources.root() / "ontology" / "acts.ttl")
    found = {}
    for name, about in facts.items():
        if name.startswith(f"{BASE}act/"):
            slug = name.removeprefix(f"{BASE}act/")
            edges = about.values(f"{ONTOLOGY}citationProperty")
            if not edges:
                raise RuleError("ontology/acts.ttl", f"act {slug} lacks unkg:citationProperty")
            directive = about.values(f"{ONTOLOGY}directive") == ("true",)
            found[slug] = Act(slug, about.labels(), edges[0].removeprefix(ONTOLOGY), directive)
    return found


def find(target: str) -> Entry | None:
    """The thing of that target, or None."""
    return entries().get(target)


def entry(target: str) -> Entry:
    """The thing of that target; raises RuleError where there is none."""
    found = find(target)
    if found is None:
        raise RuleError(target, "no such entry in data/registries/")
    return found


def body_of_symbol(symbol: str) -> str | None:
    """The body whose documents begin like this one, by the longest prefix: E/CN.16/2021/2 is CSTD's, and
    NPT/CONF.2010/50 a document of NPT/CONF."""
    prefixes = _symbol_prefixes()
    ends = [match.start() for match in _STEP.finditer(symbol)]
    heads = (symbol[:end] for end in reversed(ends))
    return next((prefixes[head] for head in heads if head in prefixes), None)


@cache
def _symbol_prefixes() -> Mapping[str, str]:
    return {prefix: entry.target for entry in entries().values() for prefix in entry.symbol_prefixes}


class _Facts:
    """All that a file says of one thing."""

    def __init__(self) -> None:
        self.triples: defaultdict[str, list[ox.NamedNode | ox.Literal]] = defaultdict(list)

    def values(self, predicate: str) -> tuple[str, ...]:
        return tuple(value.value for value in self.triples[predicate])

    def words(self, predicate: str) -> tuple[tuple[str, str], ...]:
        values = self.triples[predicate]
        return tuple((value.language or "", value.value) for value in values if isinstance(value, ox.Literal))

    def labels(self) -> Mapping[str, str]:
        return dict(self.words(f"{_SKOS}prefLabel"))


def _read(*paths: Path) -> Mapping[str, _Facts]:
    facts: defaultdict[str, _Facts] = defaultdict(_Facts)
    for path in paths:
        try:
            for quad in ox.parse(resources.turtle(path).encode(), ox.RdfFormat.TURTLE):
                if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode | ox.Literal):
                    raise RuleError(str(path), f"a node without a name: {quad}; give it one")
                facts[quad.subject.value].triples[quad.predicate.value].append(quad.object)
        except SyntaxError as error:
            raise RuleError(str(path), str(error)) from None
    return facts


def _entries(facts: Mapping[str, _Facts]) -> Iterator[Entry]:
    for name, about in facts.items():
        target = f"sdg/{name.removeprefix(SDG)}" if name.startswith(SDG) else name.removeprefix(BASE)
        kind = _kind(target)
        if kind is None:
            continue
        labels = about.labels()
        if not labels:
            raise RuleError("data/registries/", f"{target} lacks skos:prefLabel")
        kinds = about.values(f"{ONTOLOGY}bodyKind")
        parents = [name for name in about.values(f"{ONTOLOGY}parentBody") if name.startswith(BASE)]
        wholes = [name for name in about.values(f"{_SKOS}broader") if name.startswith(BASE)]
        yield Entry(
            target=target,
            kind=kind,
            labels=labels,
            names=tuple(pair for predicate in _LABELS for pair in about.words(predicate)),
            short=about.words(f"{ONTOLOGY}shortLabel"),
            cues=about.words(f"{ONTOLOGY}cue"),
            weak_cues=about.words(f"{ONTOLOGY}weakCue"),
            serves=tuple(f"sdg/{uri.removeprefix(SDG)}" for uri in about.values(f"{ONTOLOGY}serves")),
            symbol_prefixes=about.values(f"{ONTOLOGY}symbolPrefix"),
            body_kind=kinds[0].rpartition("/")[2] if kinds else None,
            parent=parents[0].removeprefix(BASE) if parents else None,
            part_of=wholes[0].removeprefix(BASE) if wholes else None,
            gaps=about.values(f"{ONTOLOGY}lacksLabelIn"),
        )


def _kind(target: str) -> MentionKind | None:
    head, _, tail = target.partition("/")
    if head == "sdg":
        return "target" if "." in tail else "goal"
    return _KINDS.get(head)
