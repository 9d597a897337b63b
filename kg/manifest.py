"""What a store was made from: which sources gave which works, by which rules, and what was wrong with them.

It is an SQLite file in the generation of the store that it describes, so that both are always of one age. A *batch* is
what one task made: the works that came of one group of sources. Its key is a digest of the sources' contents and of
all code and rules, so that what has the same key need not be made again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.model import LeftOut
from kg.validate import Violation

FILE = "manifest.sqlite"
#: Counted up when the tables change: a manifest with another number is not read.
_VERSION = 2

_TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE batch (key TEXT PRIMARY KEY, whole INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE work (symbol TEXT PRIMARY KEY, batch TEXT NOT NULL REFERENCES batch, statements INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE source (
    batch TEXT NOT NULL REFERENCES batch, path TEXT NOT NULL, member TEXT, digest TEXT NOT NULL, versions TEXT NOT NULL
);
CREATE TABLE left_out (batch TEXT NOT NULL REFERENCES batch, source TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE violation (symbol TEXT NOT NULL, value TEXT NOT NULL);
CREATE INDEX work_batch ON work (batch);
CREATE INDEX source_batch ON source (batch);
CREATE INDEX source_digest ON source (digest);
CREATE INDEX left_out_batch ON left_out (batch);
CREATE INDEX violation_symbol ON violation (symbol);
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A source of a batch: the file or archive, the member of an archive, a digest of its contents, empty where it
    could not be read, and the language versions that it gave: A/RES/76/213@zh."""

    path: str
    member: str | None
    digest: str
    versions: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The source as a person would look it up."""
        return f"{self.path}:{self.member}" if self.member else self.path


@dataclass(frozen=True, slots=True)
class Batch:
    """What one task made: its works with the number of statements and the violations of each, and what it left out.
    One that is not `whole` is to be made again the next time, even of the same sources."""

    key: str
    sources: tuple[Held, ...]
    works: Mapping[str, int]
    violations: Mapping[str, tuple[Violation, ...]]
    left_out: tuple[LeftOut, ...]
    whole: bool = True

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Batch:
        """Raises ValueError, KeyError or TypeError where the text was not written by as_json."""
        value: dict[str, Any] = json.loads(text)
        return cls(
            key=value["key"],
            sources=tuple(Held(**{**each, "versions": tuple(each["versions"])}) for each in value["sources"]),
            works=value["works"],
            violations={
                symbol: tuple(Violation(**each) for each in found) for symbol, found in value["violations"].items()
            },
            left_out=tuple(LeftOut(**each) for each in value["left_out"]),
        )


class Manifest:
    """The manifest at a path; changes are kept when `save` is called, all at once."""

    def __init__(self, path: Path, *, new: bool = False) -> None:
        self._database = sqlite3.connect(path if new else f"{path.absolute().as_uri()}?mode=rw", uri=not new)
        if new:
            self._database.executescript(f"{_TABLES} PRAGMA user_version = {_VERSION};")

    def intact(self) -> bool:
        """Whether it can be read, and is of this version."""
        try:
            asked = ("PRAGMA user_version", "PRAGMA quick_check(1)")
            return [self._database.execute(each).fetchone() for each in asked] == [(_VERSION,), ("ok",)]
        except sqlite3.DatabaseError:
            return False

    def batches(self) -> set[str]:
        """The keys of the batches of which every work is held."""
        return {key for (key,) in self._database.execute("SELECT key FROM batch WHERE whole")}

    def every_batch(self) -> list[str]:
        return [key for (key,) in self._database.execute("SELECT key FROM batch")]

    def batch_of(self, symbol: str) -> str | None:
        """The key of the batch that a work came from, None where it is not held."""
        row = self._database.execute("SELECT batch FROM work WHERE symbol = ?", (symbol,)).fetchone()
        return str(row[0]) if row else None

    def sources(self, batch: str) -> list[Held]:
        every = "SELECT path, member, digest, versions FROM source WHERE batch = ? ORDER BY rowid"
        return [
            Held(path, member, digest, tuple(versions.split()))
            for path, member, digest, versions in self._database.execute(every, (batch,))
        ]

    def works(self, batch: str | None = None) -> dict[str, int]:
        """The symbols held, of one batch or of all, with the number of their statements."""
        every = "SELECT symbol, statements FROM work WHERE ?1 IS NULL OR batch = ?1 ORDER BY symbol"
        return dict(self._database.execute(every, (batch,)))

    def works_of(self, prefix: str) -> set[str]:
        """The symbols held of batches whose key begins so."""
        found = self._database.execute("SELECT symbol FROM work WHERE substr(batch, 1, ?2) = ?1", (prefix, len(prefix)))
        return {symbol for (symbol,) in found}

    def batches_by_digest(self) -> dict[str, str]:
        """The batch that each source went into, by the digest of its contents; none for what could not be read."""
        return dict(self._database.execute("SELECT digest, batch FROM source WHERE digest != ''"))

    def left_out(self, batch: str | None = None) -> list[LeftOut]:
        """What was left out of the sources of one batch, or of all."""
        every = "SELECT source, reason FROM left_out WHERE ?1 IS NULL OR batch = ?1 ORDER BY rowid"
        return [LeftOut(*row) for row in self._database.execute(every, (batch,))]

    def violations(self) -> Iterator[Violation]:
        for (value,) in self._database.execute("SELECT value FROM violation ORDER BY rowid"):
            yield Violation(**json.loads(value))

    def fact(self, name: str) -> Any:
        """What was noted of the store as a whole, None where nothing was."""
        row = self._database.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def note(self, **facts: Any) -> None:
        rows = ((name, json.dumps(value, ensure_ascii=False)) for name, value in facts.items())
        self._database.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", rows)

    def add(self, batch: Batch) -> None:
        """Notes a batch; none of its works may be held already."""
        key, execute, many = batch.key, self._database.execute, self._database.executemany
        execute("INSERT INTO batch VALUES (?, ?)", (key, batch.whole))
        many("INSERT INTO work VALUES (?, ?, ?)", ((symbol, key, count) for symbol, count in batch.works.items()))
        self._add_sources(key, batch.sources)
        many("INSERT INTO left_out VALUES (?, ?, ?)", ((key, each.source, each.reason) for each in batch.left_out))
        every = ((symbol, violation) for symbol, found in batch.violations.items() for violation in found)
        many("INSERT INTO violation VALUES (?, ?)", ((symbol, json.dumps(asdict(v))) for symbol, v in every))

    def _add_sources(self, key: str, sources: Iterable[Held]) -> None:
        rows = ((key, each.path, each.member, each.digest, " ".join(each.versions)) for each in sources)
        self._database.executemany("INSERT INTO source VALUES (?, ?, ?, ?, ?)", rows)

    def move(self, key: str, sources: Iterable[Held]) -> None:
        """Notes that the sources of a batch lie elsewhere now."""
        self._database.execute("DELETE FROM source WHERE batch = ?", (key,))
        self._add_sources(key, sources)

    def drop_batch(self, key: str) -> None:
        """Forgets a batch with all its works."""
        works = [(symbol,) for symbol in self.works(key)]
        self._database.executemany("DELETE FROM violation WHERE symbol = ?", works)
        for delete in (
            "DELETE FROM work WHERE batch = ?",
            "DELETE FROM source WHERE batch = ?",
            "DELETE FROM left_out WHERE batch = ?",
            "DELETE FROM batch WHERE key = ?",
        ):
            self._database.execute(delete, (key,))

    def drop_works(self, symbols: Iterable[str], *, superseded: bool = False) -> None:
        """Forgets works; the batches they came from are gone when none of theirs is left, and no longer whole if they
        are not superseded by others."""
        for symbol in symbols:
            batch = self.batch_of(symbol)
            self._database.execute("DELETE FROM work WHERE symbol = ?", (symbol,))
            self._database.execute("DELETE FROM violation WHERE symbol = ?", (symbol,))
            if not superseded:
                self._database.execute("UPDATE batch SET whole = 0 WHERE key = ?", (batch,))
            if batch and not self.works(batch):
                self.drop_batch(batch)

    def save(self) -> None:
        self._database.commit()

    def close(self) -> None:
        self._database.close()


def found(folder: Path) -> Manifest | None:
    """The manifest of a generation, None where it has none that can be read."""
    path = folder / FILE
    if not path.is_file():
        return None
    manifest = Manifest(path)
    if manifest.intact():
        return manifest
    manifest.close()
    return None
