"""Looks things up in the catalogue."""

from __future__ import annotations

import contextlib
import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kg import store, symbols
from kg.catalogue.write import FILE, VERSION
from kg.errors import StoreMissing


@dataclass(frozen=True, slots=True)
class Work:
    """A document, held or only cited. `organ` is a target (body/general-assembly); `titles` are by language code;
    `languages` are those in which its words are held, none where it is only cited; `adopted` is YYYY-MM-DD, `date` that
    day, else the day that citations state, else the year or years that its symbol tells."""

    symbol: str
    kind: str
    organ: str | None = None
    session: str | None = None
    year: int | None = None
    adopted: str | None = None
    date: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    facts_only: bool = False

    @property
    def held(self) -> bool:
        return bool(self.languages)

    def title(self, language: str = "en") -> tuple[str, str] | None:
        """The title and its language: the one asked for, else English, else any; None where no title is known."""
        code = next((each for each in (language, "en", *sorted(self.titles)) if each in self.titles), None)
        return (self.titles[code], code) if code is not None else None


@dataclass(frozen=True, slots=True)
class Edge:
    """A citation that leads to a document; `clause` is the end of the citing clause's name (OP4), `place` counts
    the clauses of its document, `act` a slug (recall), `date` the day that it states."""

    citing: str
    cited: str
    clause: str
    place: int
    act: str | None
    locator: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """A thing in a clause: `role` is "addressee" where it is asked to act, "named", or "concerned" where the words
    speak for a Goal or target that they do not name; `act` is the clause's."""

    symbol: str
    clause: str
    place: int
    act: str | None
    thing: str
    role: str


_EDGE = "SELECT citing, cited, clause, place, act, locator, date FROM citations"
_NAMED = "SELECT named.symbol, clause, place, act, thing, role FROM named"
_WORK = "SELECT symbol, organ, session, year, adopted, titles, languages, facts_only FROM works"
_SERIES = (
    _WORK + " WHERE (series, organ) = (SELECT series, organ FROM works WHERE symbol = ?)"
    " ORDER BY adopted IS NULL, adopted, symbol"
)
#: What every cover names is named nowhere in particular.
_IN_WORDS = "WHERE thing = ? AND role = 'named' AND clause <> 'header' AND NOT facts_only"
_NAMING_BY_SERIES = (
    "SELECT works.organ || ' ' || works.series, named.symbol, clause"
    " FROM named JOIN works ON works.symbol = named.symbol"
    " JOIN (SELECT works.organ AS organ, works.series AS series, COUNT(DISTINCT works.symbol) AS number"
    f" FROM named JOIN works ON works.symbol = named.symbol {_IN_WORDS} GROUP BY 1, 2 HAVING number > 1) AS chosen"
    " ON chosen.organ = works.organ AND chosen.series = works.series"
    f" {_IN_WORDS}"
    " ORDER BY chosen.number DESC, works.organ, works.series, works.adopted, works.symbol, named.rowid"
)
#: The most recent first; those without a date last.
_LATEST = "ORDER BY works.adopted IS NULL, works.adopted DESC, works.symbol DESC, {0}.rowid"


class Catalogue:
    """The catalogue, open for reading; got from `open_catalogue`. To be used by one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def close(self) -> None:
        self._db.close()

    def works(self) -> Iterator[Work]:
        """Every work that is held, by symbol."""
        return map(_work, self._db.execute(f"{_WORK} ORDER BY symbol").fetchall())

    def symbols(self) -> list[str]:
        """The symbols of all documents, held or only cited, in order."""
        rows = self._db.execute("SELECT symbol FROM works UNION SELECT cited FROM citations ORDER BY 1")
        return [symbol for (symbol,) in rows]

    def find_work(self, symbol: str) -> Work | None:
        """What is known of the document of that canonical symbol, held or cited; None where it is neither."""
        row = self._db.execute(f"{_WORK} WHERE symbol = ?", (symbol,)).fetchone()
        if row is not None:
            return _work(row)
        # Of several days that citations state, the one that most of them do.
        stated = self._db.execute(
            "SELECT date FROM citations WHERE cited = ? GROUP BY date ORDER BY date IS NULL, COUNT(*) DESC, date",
            (symbol,),
        ).fetchone()
        return _cited(symbol, stated[0]) if stated is not None else None

    def cites(self, symbol: str) -> list[Edge]:
        """What the document cites, in the order of its text."""
        return [Edge(*row) for row in self._db.execute(f"{_EDGE} WHERE citing = ? ORDER BY rowid", (symbol,))]

    def cited_by(self, symbol: str, *, limit: int = -1, offset: int = 0) -> list[Edge]:
        """What cites the document, the most recent first."""
        text = f"{_EDGE} JOIN works ON works.symbol = citing WHERE cited = ? {_LATEST.format('citations')}"
        return [Edge(*row) for row in self._db.execute(f"{text} LIMIT ? OFFSET ?", (symbol, limit, offset))]

    def citations(self, symbols: Iterable[str], *, of: Literal["citing", "cited"]) -> list[Edge]:
        """The citations in which any of these documents is the citing or the cited one, in the order of the texts."""
        text = f"{_EDGE} WHERE {of} IN (SELECT value FROM json_each(?)) ORDER BY rowid"
        return [Edge(*row) for row in self._db.execute(text, (json.dumps(list(symbols)),))]

    def citing_count(self, symbol: str) -> int:
        """By how many documents it is cited."""
        text = "SELECT COUNT(DISTINCT citing) FROM citations WHERE cited = ?"
        return int(self._db.execute(text, (symbol,)).fetchone()[0])

    def series(self, symbol: str) -> list[Work]:
        """Documents of the same organ under the same title, itself among them, the earliest first."""
        return [_work(row) for row in self._db.execute(_SERIES, (symbol,))]

    def named_in(self, symbol: str) -> list[Named]:
        """Who and what is named in the document, in the order of its text."""
        return [Named(*row) for row in self._db.execute(f"{_NAMED} WHERE symbol = ? ORDER BY rowid", (symbol,))]

    def naming(self, thing: str, role: str) -> list[tuple[str, list[Named]]]:
        """The documents in which a thing (body/cstd) stands in a role, the most recent first, each with the clauses."""
        text = f"{_NAMED} JOIN works ON works.symbol = named.symbol WHERE thing = ? AND role = ?"
        rows = self._db.execute(f"{text} {_LATEST.format('named')}", (thing, role))
        return [
            (symbol, list(clauses))
            for symbol, clauses in itertools.groupby((Named(*row) for row in rows), key=lambda named: named.symbol)
        ]

    def naming_by_series(self, thing: str) -> list[tuple[str, str, str]]:
        """The clauses that name a thing in series of which at least two documents, held with their words, do: what the
        series is known by, symbol and clause; the series of most documents first, each from its earliest."""
        return self._db.execute(_NAMING_BY_SERIES, (thing, thing)).fetchall()

    def naming_counts(self, thing: str) -> Mapping[str, tuple[int, int]]:
        """For each role, in how many clauses of how many documents the thing stands."""
        text = "SELECT role, COUNT(*), COUNT(DISTINCT symbol) FROM named WHERE thing = ? GROUP BY role"
        return {role: (clauses, documents) for role, clauses, documents in self._db.execute(text, (thing,))}

    def naming_documents(self) -> Mapping[str, int]:
        """In how many documents each thing is named, or asked to act."""
        text = "SELECT thing, COUNT(DISTINCT symbol) FROM named WHERE role <> 'concerned' GROUP BY thing"
        return dict(self._db.execute(text).fetchall())

    def citing_counts(self) -> Mapping[str, int]:
        """By how many documents each document is cited, where it is."""
        return dict(self._db.execute("SELECT cited, COUNT(DISTINCT citing) FROM citations GROUP BY cited").fetchall())

    def most_cited(self, count: int) -> list[tuple[str, int]]:
        """The documents that most documents cite, with their number."""
        text = "SELECT cited, COUNT(DISTINCT citing) AS number FROM citations GROUP BY cited"
        return self._db.execute(f"{text} ORDER BY number DESC, cited LIMIT ?", (count,)).fetchall()

    def most_citing(self) -> str | None:
        """The work that cites most documents, None where none cites any."""
        text = "SELECT citing FROM citations GROUP BY citing ORDER BY COUNT(DISTINCT cited) DESC, citing LIMIT 1"
        row = self._db.execute(text).fetchone()
        return str(row[0]) if row else None

    def citation_count(self) -> int:
        """How many citations lead to a document."""
        return int(self._db.execute("SELECT COUNT(*) FROM citations").fetchone()[0])

    def edges(self) -> Iterator[Edge]:
        """Every citation, by citing document."""
        return (Edge(*row) for row in self._db.execute(f"{_EDGE} ORDER BY citing, rowid"))


def open_catalogue(path: str | Path) -> Catalogue:
    """The catalogue of the store at `path`; raises StoreMissing where there is none, or it is of another version."""
    folder = store.current(Path(path))
    file = folder / FILE
    if not file.is_file():
        raise StoreMissing(str(path), f"holds no catalogue; build it again: unkg build --store {path}")
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    version = None
    with contextlib.suppress(sqlite3.DatabaseError):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != VERSION:
        connection.close()
        raise StoreMissing(
            str(path),
            f"holds a catalogue that is damaged or of another version; build it again: unkg build --store {path}",
        )
    return Catalogue(connection)


def _work(row: tuple[str, str | None, str | None, int | None, str | None, str, str, int]) -> Work:
    symbol, organ, session, year, adopted, titles, languages, facts_only = row
    return Work(
        symbol=symbol,
        kind=symbols.parse(symbol).kind,
        organ=organ,
        session=session,
        year=year,
        adopted=adopted,
        date=adopted or (str(year) if year else None),
        titles=json.loads(titles),
        languages=tuple(languages.split()),
        facts_only=bool(facts_only),
    )


def _cited(symbol: str, stated: str | None) -> Work:
    """A document of which only the citations are known."""
    parsed = symbols.parse(symbol)
    years = "–".join(map(str, parsed.years)) or None
    organ = f"body/{parsed.organ}" if parsed.organ else None
    return Work(symbol, parsed.kind, organ, parsed.session, parsed.year, date=stated or years)
