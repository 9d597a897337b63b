"""Finds texts by their words, the most relevant first."""

from __future__ import annotations

import contextlib
import datetime
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack, cast
from urllib.parse import unquote

from kg.model import Language, Span
from kg.search.asked import parse
from kg.search.excerpt import excerpt
from kg.search.filters import Condition, Filters, chosen, condition
from kg.search.index import damaged, opened
from kg.search.terms import Phrase, Reader, marks
from kg.search.words import Words, languages


@dataclass(frozen=True, slots=True)
class Hit:
    """A part of a document in one language that holds the words.

    `clause` is the paragraph's id (PP4, OP3.a, fn6), or "title"; `iri` is its name in the graph. `words` is the stretch
    of `text` that shows what was found, and `marks` where that stands in it, half-open, in code points. `score` is
    larger where the words say more (BM25).
    """

    symbol: str
    clause: str
    iri: str
    kind: str
    language: Language
    title: str | None
    adopted: datetime.date | None
    organ: str | None
    act: str | None
    text: str
    words: str
    marks: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what was found; `total` counts all of it."""

    query: str
    total: int
    hits: tuple[Hit, ...]

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __getitem__(self, index: int) -> Hit:
        return self.hits[index]

    def iris(self) -> tuple[str, ...]:
        """The names of the parts found, each once, though it be found in several languages."""
        return tuple(dict.fromkeys(hit.iri for hit in self))

    def values(self, variable: str = "clause") -> str:
        """The parts found as a line of SPARQL: VALUES ?clause { … }."""
        return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in self.iris())} }}"


def open_index(path: Path) -> sqlite3.Connection:
    """The index for reading; raises StoreMissing where there is none, or it is damaged or of another version."""
    index = opened(path, "ro")
    index.row_factory = sqlite3.Row
    return index


def find(
    path: Path,
    words: str,
    *,
    sort: str = "relevance",
    limit: int | None = 20,
    offset: int = 0,
    **filters: Unpack[Filters],
) -> Hits:
    """The texts of the index at `path` that hold the words, and where; kg.search.asked tells how words are written.

    The most relevant come first, of equals the latest; or all by date, the latest first. `limit` None gives all from
    `offset` on. Raises QuerySyntaxError, ParameterError, StoreMissing.
    """
    asked = parse(words)
    where = condition(filters)
    page = (_ORDERS[chosen("sort", sort, _ORDERS)], -1 if limit is None else limit, offset)
    language = filters.get("language")
    searched = (cast("Language", chosen("language", language, languages())),) if language else languages()
    try:
        with contextlib.closing(open_index(path)) as index:
            readers = {each: Reader(index, each) for each in searched}
            asked_in = {each: reader.expression(asked) for each, reader in readers.items()}
            expressions = {each: expression for each, expression in asked_in.items() if expression}
            total, rows = _rows(index, expressions, where, page)
            titles = _titles(index, {row["work"] for row in rows})
            held = {row["language"]: readers[row["language"]] for row in rows}
            phrases = {each: tuple(reader.to_mark(asked)) for each, reader in held.items()}
            hits = [_hit(row, phrases[row["language"]], held[row["language"]].words, titles) for row in rows]
    except sqlite3.DatabaseError as error:
        raise damaged(path, error) from None
    return Hits(words, total, tuple(hits))


#: SQL of what the pages are sorted by.
_ORDERS = {"relevance": "stray, rank, day DESC, texts.id", "date": "day DESC, stray, rank, texts.id"}
SORTS = tuple(_ORDERS)
#: Words are strays in a language that has so many times fewer of them than another.
_STRAY = 10


def _rows(
    index: sqlite3.Connection, expressions: Mapping[Language, str], where: Condition, page: tuple[str, int, int]
) -> tuple[int, list[sqlite3.Row]]:
    """How many texts fit the expressions of their languages, and those of one page: order, limit and offset."""
    order, *bounds = page
    counts = {each: _count(index, each, asked) for each, asked in expressions.items()}
    known = {each: asked for each, asked in expressions.items() if counts[each]}
    if not known:
        return 0, []
    most = max(counts.values())
    found = " UNION ALL ".join(_ranked(each, stray=counts[each] * _STRAY < most) for each in known)
    found = f"({found}) AS found JOIN texts ON texts.id = found.id JOIN works ON works.id = work {where.sql}"
    matched = (*known.values(), *where.values)
    total = sum(counts.values())
    if where.sql:
        total = int(index.execute(f"SELECT count(*) FROM {found}", matched).fetchone()[0])
    rows = index.execute(
        "SELECT texts.*, works.*, text, page.rank"
        f" FROM (SELECT texts.id, rank, stray, day FROM {found} ORDER BY {order} LIMIT ? OFFSET ?) AS page"
        " JOIN texts ON texts.id = page.id JOIN bodies ON bodies.id = page.id"
        f" JOIN works ON works.id = work ORDER BY {order.replace('day', 'page.day')}",
        (*matched, *bounds),
    )
    return total, rows.fetchall()


def _count(index: sqlite3.Connection, language: Language, expression: str) -> int:
    sql = f"SELECT count(*) FROM words_{language} WHERE words_{language} MATCH ?"
    return int(index.execute(sql, (expression,)).fetchone()[0])


def _ranked(language: Language, *, stray: bool) -> str:
    """What fits, as SQL with one value. A word weighs the more the rarer it is in its language: an English one that
    strayed into a few Chinese texts would come before all English texts, were it not set behind them."""
    table = f"words_{language}"
    return f"SELECT rowid AS id, rank, {int(stray)} AS stray FROM {table} WHERE {table} MATCH ?"


def _titles(index: sqlite3.Connection, works: set[int]) -> Mapping[int, Mapping[str, str]]:
    """The titles of works by their languages."""
    found: dict[int, dict[str, str]] = {work: {} for work in works}
    rows = index.execute(
        "SELECT work, language, text FROM texts JOIN bodies ON bodies.id = texts.id"
        " WHERE kind = 'title' AND work IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(works)),),
    )
    for work, language, text in rows:
        found[work][language] = text
    return found


def _hit(row: sqlite3.Row, phrases: Sequence[Phrase], known: Words, every: Mapping[int, Mapping[str, str]]) -> Hit:
    words, inside = excerpt(row["text"], marks(row["text"], phrases, known))
    part, titles = row["part"], every[row["work"]]
    return Hit(
        symbol=row["symbol"],
        clause=unquote(part) or "title",
        iri=f"{row['document']}#{part}" if part else row["document"],
        kind=row["kind"],
        language=row["language"],
        title=titles.get(row["language"]) or titles.get("en") or next(iter(titles.values()), None),
        adopted=datetime.date.fromisoformat(row["adopted"]) if row["adopted"] else None,
        organ=row["organ"],
        act=row["act"],
        text=row["text"],
        words=words,
        marks=inside,
        score=round(-row["rank"], 4),
    )
