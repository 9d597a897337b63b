"""Finds texts by their words, the most relevant first."""

from __future__ import annotations

import contextlib
import datetime
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import unquote

from kg.model import Language, Span
from kg.search.asked import Asked, parse
from kg.search.excerpt import excerpt
from kg.search.filters import Condition, Day, chosen, condition
from kg.search.index import damaged, opened
from kg.search.terms import Reader, marks
from kg.search.words import languages


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

    def values(self, variable: str = "clause") -> str:
        """The clauses as a line of SPARQL: VALUES ?clause { … }, each once."""
        return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in dict.fromkeys(hit.iri for hit in self))} }}"


def open_index(path: Path) -> sqlite3.Connection:
    """The index for reading; raises StoreMissing where there is none, or it is damaged or of another version."""
    index = opened(path, "ro")
    index.row_factory = sqlite3.Row
    return index


def find(
    path: Path,
    words: str,
    *,
    language: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    organ: str | None = None,
    kind: str | None = None,
    act: str | None = None,
    document: str | None = None,
    sort: str = "relevance",
    limit: int = 20,
    offset: int = 0,
) -> Hits:
    """The texts of the index at `path` that hold the words (kg.search.asked tells how they are written), and where.

    Days are dates, or "2015", "2015-06", "2015-06-30"; `document` is a symbol, or the beginning of symbols with a star
    behind it: A/RES/76/*. Raises QuerySyntaxError, ParameterError, StoreMissing.
    """
    asked = parse(words)
    where = condition(since=since, until=until, organ=organ, kind=kind, act=act, document=document)
    page = (_ORDERS[chosen("sort", sort, _ORDERS)], limit, offset)
    searched = (cast("Language", chosen("language", language, languages())),) if language else languages()
    try:
        with contextlib.closing(open_index(path)) as index:
            readers = {each: Reader(index, each) for each in searched}
            asked_in = {each: reader.expression(asked) for each, reader in readers.items()}
            expressions = {each: expression for each, expression in asked_in.items() if expression}
            total, rows = _rows(index, expressions, where, page) if expressions else (0, [])
            titles = _titles(index, {row["work"] for row in rows})
            hits = [_hit(row, readers[row["language"]], asked, titles[row["work"]]) for row in rows]
    except sqlite3.DatabaseError as error:
        raise damaged(path, error) from None
    return Hits(words, total, tuple(hits))


#: SQL of what the pages are sorted by.
_ORDERS = {"relevance": "rank, day DESC, texts.id", "date": "day DESC, rank, texts.id"}


def _rows(
    index: sqlite3.Connection, expressions: Mapping[Language, str], where: Condition, page: tuple[str, int, int]
) -> tuple[int, list[sqlite3.Row]]:
    """How many texts fit the expressions of their languages, and those of one page: order, limit and offset."""
    order, *bounds = page
    matched = [*expressions.values(), *where.values]
    joined = f"JOIN texts ON texts.id = found.id JOIN works ON works.id = work {where.sql}"
    counted = f"SELECT count(*) FROM ({_matching(expressions, 'rowid AS id')}) AS found {joined if where.sql else ''}"
    total = int(index.execute(counted, matched).fetchone()[0])
    ranked = _matching(expressions, "rowid AS id, rank")
    rows = index.execute(
        f"SELECT texts.*, works.*, text, page.rank FROM"
        f" (SELECT texts.id, rank, day FROM ({ranked}) AS found {joined} ORDER BY {order} LIMIT ? OFFSET ?) AS page"
        " JOIN texts ON texts.id = page.id JOIN bodies ON bodies.id = page.id JOIN works ON works.id = work"
        f" ORDER BY {order.replace('day', 'page.day')}",
        (*matched, *bounds),
    )
    return total, rows.fetchall()


def _matching(expressions: Iterable[str], columns: str) -> str:
    """What fits, as SQL with one value a language."""
    return " UNION ALL ".join(f"SELECT {columns} FROM words_{each} WHERE words_{each} MATCH ?" for each in expressions)


def _titles(index: sqlite3.Connection, works: set[int]) -> Mapping[int, Mapping[str, str]]:
    """The titles of works by their languages."""
    found: dict[int, dict[str, str]] = {work: {} for work in works}
    places = ", ".join("?" * len(works))
    rows = index.execute(
        f"SELECT work, language, text FROM texts JOIN bodies USING (id) WHERE kind = 'title' AND work IN ({places})",
        tuple(works),
    )
    for work, language, text in rows:
        found[work][language] = text
    return found


def _hit(row: sqlite3.Row, reader: Reader, asked: Asked, titles: Mapping[str, str]) -> Hit:
    places = marks(row["text"], tuple(reader.to_mark(asked)), reader.words)
    words, inside = excerpt(row["text"], places)
    part = row["part"]
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
