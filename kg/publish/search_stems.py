"""What the site's search holds of each word: in which documents, in which of their parts, and in whose names.

The stems are those of the search index beside the store; names of bodies, instruments, events and Goals are added to
them, numbered after the documents.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from kg.model import Language
from kg.pages.names import by_stem
from kg.publish.postings import MOST_PLACES, PLACE_BITS, Postings, in_browsers_order, postings
from kg.registry import Entry
from kg.search.words import Words

#: Where and when it was adopted stands at the end of a text: no words to look for.
_CLOSING = "closing"
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Numbering:
    """Documents and things by number: `symbols` are those of the documents, `parts` the parts of each in the order of
    their places, from place 1 on; `keys` are the posting keys of the texts by the number of their row."""

    symbols: Sequence[str]
    parts: Sequence[Sequence[str]]
    keys: Sequence[int]
    things: Sequence[Entry]


def numbering(index: sqlite3.Connection, symbols: Sequence[str], things: Sequence[Entry]) -> Numbering:
    """The parts of the documents of these symbols, as the index holds them."""
    numbers = {symbol: number for number, symbol in enumerate(symbols)}
    parts: list[Sequence[str]] = [()] * len(symbols)
    last = index.execute("SELECT coalesce(max(id), 0) FROM texts").fetchone()[0]
    keys = [-1] * (last + 1)
    rows = index.execute("SELECT symbol, texts.id, part FROM works JOIN texts ON work = works.id ORDER BY works.id")
    for symbol, group in groupby(rows, key=itemgetter(0)):
        number = numbers.get(symbol)
        if number is None:
            continue
        texts = [(row, part) for _, row, part in group if not part.startswith(_CLOSING)]
        parts[number] = tuple(sorted({part for _, part in texts if part}, key=_natural)[:MOST_PLACES])
        places = {"": 0, **{part: place for place, part in enumerate(parts[number], start=1)}}
        for row, part in texts:
            keys[row] = number << PLACE_BITS | places.get(part, MOST_PLACES)
    return Numbering(symbols, parts, keys, things)


def stems(index: sqlite3.Connection, language: Language, known: Numbering) -> list[tuple[str, Postings]]:
    """Every stem of a language with its postings, in the order in which a browser sorts them."""
    words = Words(language)
    roots = _Roots(index, words, language)
    joined = roots.joined()
    names = _names(known, language, words, roots)
    found: dict[str, Postings] = {}
    waiting: dict[str, set[int]] = defaultdict(set)
    for stem, keys in _texts(index, language, known.keys):
        # Where several stems become one, all their documents have to be put in order.
        if stem in joined:
            waiting[joined[stem]].update(keys)
        else:
            found[stem] = postings(sorted(keys.union(names.pop(stem, ()))))
    for stem, keys in (*waiting.items(), *((stem, set()) for stem in names.keys() - waiting.keys())):
        found[stem] = postings(sorted(keys.union(names.get(stem, ()))))
    return sorted(found.items(), key=lambda pair: in_browsers_order(pair[0]))


def _texts(index: sqlite3.Connection, language: Language, keys: Sequence[int]) -> Iterator[tuple[str, set[int]]]:
    """Each stem with the keys of the texts that hold it."""
    index.execute(f"CREATE VIRTUAL TABLE temp.instances USING fts5vocab (main, words_{language}, instance)")
    try:
        rows = index.execute("SELECT term, doc FROM temp.instances")
        for stem, group in groupby(rows, key=itemgetter(0)):
            held = {keys[row] for _, row in group}
            held.discard(-1)
            if held:
                yield stem, held
    finally:
        index.execute("DROP TABLE temp.instances")


class _Roots:
    """The stems that are another one with something written to it (بقرار is ب and قرار), by how frequent both are."""

    def __init__(self, index: sqlite3.Connection, words: Words, language: Language) -> None:
        self._attached = tuple(words.attached)
        self._counts: Mapping[str, int] = {}
        if self._attached:
            self._counts = dict(index.execute(f"SELECT term, doc FROM vocabulary_{language}"))

    def of(self, stem: str) -> str:
        """The stem itself, or what is left of it where that is the more frequent word."""
        while self._attached and stem.startswith(self._attached):
            rest = stem[1:]
            if len(rest) < 2 or self._counts.get(rest, 0) < max(1, self._counts.get(stem, 0)):
                break
            stem = rest
        return stem

    def joined(self) -> Mapping[str, str]:
        """The root of every stem that is joined to another, or is one that others are joined to."""
        roots = {stem: self.of(stem) for stem in self._counts}
        several = {root for stem, root in roots.items() if stem != root}
        return {stem: root for stem, root in roots.items() if root in several}


def _names(known: Numbering, language: Language, words: Words, roots: _Roots) -> dict[str, list[int]]:
    """For each stem of a name the keys of the things so named: the place is how many words the name has."""
    first = len(known.symbols)
    return {
        stem: [(first + number) << PLACE_BITS | length for number, length in things.items()]
        for stem, things in by_stem(known.things, words, language, roots.of).items()
    }


def _natural(part: str) -> list[tuple[int, int | str]]:
    """What parts are sorted by: OP2 comes before OP10."""
    pieces = filter(None, _NUMBER.split(part))
    return [(0, int(piece)) if piece.isdigit() else (1, piece) for piece in pieces]
