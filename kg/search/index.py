"""Writes the index: one SQLite file with the texts of the graph and, for each language, the stems of their words.

The full-text tables hold stems only (words.py) and no copy of the texts; what they held of a text is worked out again
from the text when it is removed, which is why an index knows how its stems were made.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreMissing, StoreWriteFailed
from kg.search.texts import Work, works
from kg.search.words import Words, fingerprint, languages

#: What the index of a store is named, in the folder of its current generation.
NAME = "search.sqlite"
#: "unkg" as a number: a file with another one is no index of ours.
_APPLICATION = 0x756E6B67
_TABLES = """
CREATE TABLE made (fingerprint TEXT NOT NULL);
CREATE TABLE works (
    id INTEGER PRIMARY KEY, graph TEXT NOT NULL UNIQUE, document TEXT NOT NULL, symbol TEXT NOT NULL, organ TEXT,
    adopted TEXT, day TEXT
);
CREATE INDEX works_by_symbol ON works (symbol);
CREATE TABLE texts (
    id INTEGER PRIMARY KEY, work INTEGER NOT NULL, language TEXT NOT NULL, kind TEXT NOT NULL, part TEXT NOT NULL,
    act TEXT
);
CREATE INDEX texts_by_work ON texts (work, kind);
CREATE TABLE bodies (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE forms (
    language TEXT NOT NULL, form TEXT NOT NULL, stem TEXT NOT NULL, PRIMARY KEY (language, form, stem)
) WITHOUT ROWID;
"""
#: Every character of a stem is part of it for this tokenizer, and a blank sets stems apart.
_WORDS = "CREATE VIRTUAL TABLE words_{0} USING fts5 (stems, content='', tokenize='ascii')"
_VOCABULARY = "CREATE VIRTUAL TABLE vocabulary_{0} USING fts5vocab (words_{0}, 'row')"
#: Kilobytes of pages, and bytes of new stems of a language, that are kept in memory.
_CACHE, _PENDING = 64_000, 8_000_000


def write_index(store: ox.Store, path: Path, *, graphs: Iterable[str] | None = None) -> int:
    """Puts the texts of the store's works into the index at `path`, all of them, or those of the named graphs given,
    which replaces what it held of these; how many texts that is. The index changes as a whole or not at all.

    Raises StoreWriteFailed, and StoreMissing where the index is damaged or of another version.
    """
    if graphs is not None and path.exists():
        wanted = list(graphs)
        with _changing(path) as index:
            _remove(index, wanted)
            return _add(index, works(store, wanted))
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _new(partial, path) as index:
            count = _add(index, works(store, graphs))
        partial.replace(path)
    except OSError as error:
        raise StoreWriteFailed(str(path), f"cannot be written: {error}") from None
    finally:
        partial.unlink(missing_ok=True)
    return count


def drop(path: Path, graphs: Iterable[str]) -> None:
    """Removes what the index holds of these works; raises what write_index raises."""
    with _changing(path) as index:
        _remove(index, graphs)


def opened(path: Path, mode: str) -> sqlite3.Connection:
    """The index, for reading ("ro") or for changing ("rw"); raises StoreMissing where it is none, or of another
    version."""
    if not path.is_file():
        raise StoreMissing(str(path), "holds no search index; build the store again: unkg build")
    index = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    try:
        number = index.execute("PRAGMA application_id").fetchone()[0]
        made = index.execute("SELECT fingerprint FROM made").fetchone() if number == _APPLICATION else None
    except sqlite3.DatabaseError as error:
        index.close()
        raise damaged(path, error) from None
    if made != (fingerprint(),):
        index.close()
        what = "was made by another version" if made else "is no search index"
        raise StoreMissing(str(path), f"{what}; build the store again: unkg build")
    return index


def damaged(path: Path, error: sqlite3.Error) -> StoreMissing:
    """The error for an index that SQLite cannot read."""
    return StoreMissing(str(path), f"is damaged ({error}); build the store again: unkg build")


@contextlib.contextmanager
def _new(partial: Path, path: Path) -> Iterator[sqlite3.Connection]:
    """An empty index; nobody reads it before it is complete, so that it needs no journal."""
    with _failing(path), contextlib.closing(sqlite3.connect(partial, isolation_level=None)) as index:
        index.execute("PRAGMA journal_mode = OFF")
        index.execute("PRAGMA synchronous = OFF")
        index.execute(f"PRAGMA application_id = {_APPLICATION}")
        index.executescript(_TABLES)
        index.execute("BEGIN")
        for language in languages():
            index.execute(_WORDS.format(language))
            index.execute(_VOCABULARY.format(language))
        index.execute("INSERT INTO made VALUES (?)", (fingerprint(),))
        yield index
        for language in languages():
            index.execute(f"INSERT INTO words_{language} (words_{language}) VALUES ('optimize')")
        index.execute("COMMIT")
    with partial.open("rb") as file:
        os.fsync(file.fileno())


@contextlib.contextmanager
def _changing(path: Path) -> Iterator[sqlite3.Connection]:
    """The index in one transaction."""
    with contextlib.closing(opened(path, "rw")) as index, _failing(path):
        index.execute("BEGIN IMMEDIATE")
        yield index
        index.execute("COMMIT")


@contextlib.contextmanager
def _failing(path: Path) -> Iterator[None]:
    """Says which index could not be written, and why."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoreWriteFailed(str(path), f"cannot be written: {error}") from None
    except sqlite3.DatabaseError as error:
        raise damaged(path, error) from None


def _add(index: sqlite3.Connection, every: Iterable[Work]) -> int:
    """Adds works that the index does not hold."""
    index.execute(f"PRAGMA cache_size = -{_CACHE}")
    words = {language: Words(language) for language in languages()}
    for language in words:
        index.execute(f"INSERT INTO words_{language} (words_{language}, rank) VALUES ('hashsize', {_PENDING})")
    before = last = index.execute("SELECT coalesce(max(id), 0) FROM texts").fetchone()[0]
    for work in every:
        row = index.execute(
            "INSERT INTO works (graph, document, symbol, organ, adopted, day) VALUES (?, ?, ?, ?, ?, ?)",
            (work.graph, work.document, work.symbol, work.organ, work.adopted, work.day),
        ).lastrowid
        numbered = list(enumerate(work.texts, start=last + 1))
        last += len(numbered)
        index.executemany(
            "INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)",
            ((number, row, text.language, text.kind, text.part, text.act) for number, text in numbered),
        )
        index.executemany("INSERT INTO bodies VALUES (?, ?)", ((number, text.text) for number, text in numbered))
        for language, known in words.items():
            index.executemany(
                f"INSERT INTO words_{language} (rowid, stems) VALUES (?, ?)",
                ((number, known.stems(text.text)) for number, text in numbered if text.language == language),
            )
    for language, known in words.items():
        rows = ((language, form, stem) for form, stem in known.forms())
        index.executemany("INSERT OR IGNORE INTO forms VALUES (?, ?, ?)", rows)
    return int(last - before)


def _remove(index: sqlite3.Connection, graphs: Iterable[str]) -> None:
    """Removes works with their texts; the forms of their words stay, as others may use them."""
    words = {language: Words(language) for language in languages()}
    for graph in graphs:
        held = index.execute(
            "SELECT texts.id, language, text FROM works JOIN texts ON work = works.id"
            " JOIN bodies ON bodies.id = texts.id WHERE graph = ?",
            (graph,),
        ).fetchall()
        for number, language, text in held:
            index.execute(
                f"INSERT INTO words_{language} (words_{language}, rowid, stems) VALUES ('delete', ?, ?)",
                (number, words[language].stems(text)),
            )
        numbers = [(number,) for number, *_ in held]
        index.executemany("DELETE FROM bodies WHERE id = ?", numbers)
        index.executemany("DELETE FROM texts WHERE id = ?", numbers)
        index.execute("DELETE FROM works WHERE graph = ?", (graph,))
