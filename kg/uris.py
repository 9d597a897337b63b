"""The only place that makes a name.

A name is readable, depends on no date and no guess, and stays the same when a text is read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from kg import symbols
from kg.model import Citation, Locator

BASE = "https://w3id.org/unkg/"
ONTOLOGY = "https://w3id.org/unkg/ontology#"
SDG = "http://metadata.un.org/sdg/"

#: What may stand unescaped in the path or fragment of an IRI, beside letters and digits.
_SAFE = "/().,:;=@-_~'!*+&"

#: From the whole to its parts, with the word that names each.
_PLACES = {
    "part": "part-",
    "chapter": "chapter-",
    "resolution": "resolution-",
    "decision": "decision-",
    "annex": "annex-",
    "section": "",
    "article": "article-",
    "paragraph": "para-",
    "page": "page-",
}
DEPTH = {unit: depth for depth, unit in enumerate(_PLACES)}


@dataclass(frozen=True, slots=True)
class Names:
    """Makes every name below one base, which ends in a slash."""

    base: str = BASE

    def document(self, symbol: str) -> str:
        return f"{self.base}doc/{quote(symbol, safe=_SAFE)}"

    def symbol(self, document: str) -> str:
        """The symbol that a document's name was made from."""
        return unquote(document.removeprefix(f"{self.base}doc/"))

    def graph(self, symbol: str) -> str:
        return f"{self.base}graph/{quote(symbol, safe=_SAFE)}"

    @property
    def vocabulary(self) -> str:
        """The graph of the ontology and the registries."""
        return f"{self.base}graph/vocabulary"

    @property
    def across(self) -> str:
        """The graph of what documents say of one another and cannot all be true."""
        return f"{self.base}graph/across"

    @property
    def official(self) -> str:
        """The graph of the United Nations' own vocabularies, where they were fetched."""
        return f"{self.base}graph/vocabulary/official"

    def version(self, symbol: str, language: str) -> str:
        return f"{self.document(symbol)}@{language}"

    def part(self, symbol: str, identifier: str) -> str:
        """A clause, footnote or any other part of a document."""
        return f"{self.document(symbol)}#{quote(identifier, safe=_SAFE)}"

    def words(self, symbol: str, language: str, start: int, end: int) -> str:
        return f"{self.version(symbol, language)}#char={start},{end}"

    def named(self, target: str) -> str:
        """A thing of a registry or the vocabulary: body/cstd, act/recall; Goals and targets have the UN's own names."""
        if target.startswith("sdg/"):
            return SDG + target.removeprefix("sdg/")
        return self.base + target


def citation_part(citation: Citation, siblings: Iterable[Citation]) -> str:
    """The end of a citation's name: its clause and what it cites; note, place and act are part of it where its clause
    cites the document several times and they tell these apart."""
    target = _cited(citation)
    alike = [other for other in siblings if (other.clause, _cited(other)) == (citation.clause, target)]
    if len({other.via for other in alike}) > 1 and citation.via:
        target += f".{citation.via}"
    if len({tuple(other.locator.items()) for other in alike}) > 1:
        target += "".join(f".{place}" for place in places(citation.locator, operative=False))
    if len({other.act for other in alike}) > 1 and citation.act:
        target += f".{citation.act}"
    return f"{citation.clause}.cites.{target}"


def _cited(citation: Citation) -> str:
    """What is cited, or the words where no document is settled."""
    return citation.target or f"{citation.status}.{citation.surface.replace(' ', '')}"


def term(name: str) -> str:
    """A class or property of the ontology."""
    return ONTOLOGY + name


def places(locator: Locator, *, operative: bool) -> tuple[str, ...]:
    """The fragments a locator leads to, outermost part first.

    `operative` says that the document's own paragraphs are operative ones, as a resolution's are:
    {"annex": ["II"], "paragraph": ["5", "6"]} then gives annex-2.OP5 and annex-2.OP6. A section is named by its label
    alone, as it names the paragraphs whose numbers begin anew in it: III.OP8.
    """
    fragments = [""]
    for unit in sorted(locator, key=lambda unit: DEPTH[unit]):
        prefix = "OP" if operative and unit == "paragraph" else _PLACES[unit]
        steps = [prefix + _fragment(unit, value) for value in locator[unit]] or [prefix.rstrip("-") or unit]
        fragments = [f"{before}.{step}".lstrip(".") for before in fragments for step in steps]
    return tuple(fragment for fragment in fragments if fragment)


def _fragment(unit: str, value: str) -> str:
    """19(b) → 19.b, the way a sub-paragraph is named; annexes count in Arabic digits."""
    if unit == "annex" and re.fullmatch(r"[IVX]+", value):
        return str(symbols.roman(value))
    return re.sub(r"[()\s]+", ".", value).strip(".")
