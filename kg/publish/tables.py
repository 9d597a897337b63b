"""The tables of the dataset: which columns they have, and the rows that a graph gives.

Documents are the nodes, citations the edges, each with the clause it stands in; `unsettled` holds the citations that
lead to no one document, `clauses` the paragraphs in all languages.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

import pyoxigraph as ox

from kg import registry, symbols
from kg.catalogue import Work
from kg.named_graph import About
from kg.pages.addresses import LANGUAGES
from kg.uris import Names, term

Kind = Literal["string", "category", "date", "integer", "boolean", "iri"]
Cell = str | int | bool | datetime.date | None
Row = tuple[Cell, ...]

_CITO = "http://purl.org/spar/cito/"
_DCTERMS = "http://purl.org/dc/terms/"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLAUSES = ("Heading", "PreambularParagraph", "OperativeParagraph", "AnnexParagraph")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `means` is the property whose values it holds, where there is one; `note` says in English what the
    name and the property do not."""

    name: str
    kind: Kind
    note: str
    means: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `key` names the columns that tell its rows apart."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _in_all_languages(name: str, note: str, means: str) -> tuple[Column, ...]:
    return tuple(Column(f"{name}_{code}", "string", f"{note}, in language {code}", means) for code in LANGUAGES)


_CITATION = (
    Column("citing", "string", "symbol of the document that cites", f"{_CITO}hasCitingEntity"),
    Column("clause", "string", "paragraph that cites: PP4 is the fourth of the preamble, OP3 operative paragraph 3"),
    Column("clause_iri", "iri", "name of that paragraph", f"{_CITO}hasCitingEntity"),
    Column("act", "category", "what the paragraph does: recall, reaffirm, request …", term("act")),
    Column("locator", "string", "place in the cited document: paragraph 19", term("locator")),
    Column("cited_date", "date", "day that the citing words give for the cited document", term("citedDate")),
    Column("via", "string", "footnote in which the citing words stand, empty where it is the paragraph", term("via")),
    Column("words", "string", "the citing words, in the first language that has them", term("surface")),
    Column("languages", "category", "language versions whose own words show the citation", term("foundIn")),
    Column("rule", "category", "rule that decided which document is meant", term("rule")),
    Column("shown_by", "category", "text: the words; link: a link that the source carries on them", term("shownBy")),
    Column("status", "category", "resolved, ambiguous or unresolved", term("status")),
    Column("citation_iri", "iri", "name of the citation, under which the graph holds its evidence"),
    Column("extractor", "category", "program and version that published the row"),
)
NODES = Table(
    "nodes",
    (
        Column("symbol", "string", "document symbol, the key of a document in all tables", term("symbol")),
        Column("iri", "iri", "name of the document in the graph"),
        Column("kind", "category", "resolution, decision, report, treaty …"),
        Column("organ", "category", "organ or body whose document it is, as in body/ of the graph", term("organ")),
        Column("session", "string", "session, as symbols write it", term("session")),
        Column("year", "integer", "year that the symbol states, or else of adoption", term("year")),
        Column("date", "date", "day of adoption; of a document that is only cited, the day citations give for it"),
        Column("held", "boolean", "true: the text was read; false: the document is only cited"),
        Column("languages", "category", "language versions that were read"),
        *_in_all_languages("title", "title as printed", f"{_DCTERMS}title"),
    ),
    ("symbol",),
)
EDGES = Table(
    "edges",
    (*_CITATION[:4], Column("cited", "string", "symbol cited", f"{_CITO}hasCitedEntity"), *_CITATION[4:]),
    ("citation_iri",),
)
UNSETTLED = Table(
    "unsettled",
    (
        *_CITATION,
        Column("candidates", "string", "symbols that the words fit, parted by blanks", term("candidate")),
        Column("reason", "string", "why no one document could be settled on", term("reason")),
    ),
    ("citation_iri",),
)
CLAUSES = Table(
    "clauses",
    (
        Column("symbol", "string", "document", term("symbol")),
        Column("clause", "string", "paragraph: PP4, OP3, OP3.a"),
        Column("iri", "iri", "name of the paragraph"),
        Column("kind", "category", "heading, preambular, operative or annex"),
        Column("position", "integer", "count among the paragraphs of its kind", term("position")),
        Column("place", "integer", "count among all paragraphs of the document", term("order")),
        Column("number", "string", "number as printed", term("number")),
        Column("act", "category", "act that the paragraph opens with", term("act")),
        *_in_all_languages("text", "words", term("text")),
    ),
    ("iri",),
)
TABLES = (NODES, EDGES, UNSETTLED, CLAUSES)


def node(work: Work, names: Names) -> Row:
    """The row of a document, held or only cited."""
    organ = work.organ or registry.body_of_symbol(work.symbol)
    return (
        work.symbol,
        names.document(work.symbol),
        symbols.parse(work.symbol).kind,
        organ.removeprefix("body/") if organ else None,
        work.session,
        work.year,
        _date(work.adopted or work.date),
        work.held,
        " ".join(work.languages) or None,
        *(work.titles.get(code) for code in LANGUAGES),
    )


def clauses(said: About, symbol: str, names: Names) -> list[Row]:
    """The rows of a document's paragraphs, in the order of the text."""
    listed = said.get(names.document(symbol), {}).get(term("hasClause"), ())
    rows = [_clause(each.value, said.get(each.value, {}), symbol) for each in listed]
    kinds = tuple(map(_kind, _CLAUSES))
    return sorted(rows, key=lambda row: (row[5] or 0, kinds.index(str(row[3])), row[4] or 0, str(row[2])))


def citations(said: About, symbol: str, names: Names, extractor: str) -> Iterator[tuple[Table, Row]]:
    """The rows of a document's citations, each with its table, in the order of their clauses and names."""
    order = {row[2]: n for n, row in enumerate(clauses(said, symbol, names))}
    found = []
    for name, facts in said.items():
        if any(kind.value == term("Citation") for kind in facts.get(_TYPE, ())):
            clause = _one(facts, f"{_CITO}hasCitingEntity") or ""
            found.append((order.get(clause, len(order)), name, _citation(name, facts, clause, symbol, extractor)))
    for _, name, row in sorted(found):
        facts = said[name]
        cited = _one(facts, f"{_CITO}hasCitedEntity")
        if cited:
            yield EDGES, (*row[:4], names.symbol(cited), *row[4:])
        else:
            candidates = " ".join(sorted(names.symbol(each.value) for each in facts.get(term("candidate"), ())))
            yield UNSETTLED, (*row, candidates or None, _one(facts, term("reason")))


def _citation(name: str, facts: _Facts, clause: str, symbol: str, extractor: str) -> Row:
    status = _local(_one(facts, term("status")))
    return (
        symbol,
        _end(clause),
        clause,
        _slug(_one(facts, term("act"))),
        _one(facts, term("locator")),
        _date(_one(facts, term("citedDate"))),
        _end(_one(facts, term("via"))),
        _one(facts, term("surface")),
        _all(facts, term("foundIn")),
        _all(facts, term("rule")),
        _all(facts, term("shownBy")),
        status.lower() if status else None,
        name,
        extractor,
    )


def _clause(name: str, facts: _Facts, symbol: str) -> Row:
    kinds = (_local(each.value) for each in facts.get(_TYPE, ()))
    words = {each.language: each.value for each in facts.get(term("text"), ()) if isinstance(each, ox.Literal)}
    return (
        symbol,
        _end(name),
        name,
        _kind(next((kind for kind in kinds if kind in _CLAUSES), "Heading") or ""),
        _integer(_one(facts, term("position"))),
        _integer(_one(facts, term("order"))),
        _one(facts, term("number")),
        _slug(_one(facts, term("act"))),
        *(words.get(code) for code in LANGUAGES),
    )


_Facts = Mapping[str, Sequence[ox.NamedNode | ox.Literal]]


def _one(facts: _Facts, predicate: str) -> str | None:
    values = facts.get(predicate)
    return values[0].value if values else None


def _all(facts: _Facts, predicate: str) -> str | None:
    return " ".join(sorted(each.value for each in facts.get(predicate, ()))) or None


def _kind(name: str) -> str:
    """PreambularParagraph → preambular."""
    return name.removesuffix("Paragraph").lower()


def _local(iri: str | None) -> str | None:
    return iri.rpartition("#")[2] if iri else None


def _end(iri: str | None) -> str | None:
    """What stands behind the hash of a name: PP4."""
    return unquote(iri.partition("#")[2]) if iri else None


def _slug(iri: str | None) -> str | None:
    return iri.rpartition("/")[2] if iri else None


def _integer(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _date(text: str | None) -> datetime.date | None:
    """The day, None for what is none: a year, or a misprint such as 30 February."""
    if not text or not _DAY.fullmatch(text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
