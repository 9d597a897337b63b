"""Writes what the site's search reads: scripts, as a page that lies on a disk may load nothing else.

    search/en.js            what there is: organs and years of the documents, where each word stands, how words are read
    search/en/words-12.js   stems with their postings, in alphabetical order
    search/en/works-3.js    symbols, days and titles of documents, the latest first
    search/en/things-0.js   names of bodies, instruments, events, Goals
    search/symbols-1.js     the symbols of all documents that have a page

Each calls unkgSearch(its name, what it holds). A word of a query takes one file, what is found some more.
"""

from __future__ import annotations

import contextlib
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import query, registry
from kg.catalogue import Work
from kg.model import Language
from kg.pages import names
from kg.pages.addresses import LANGUAGES
from kg.pages.site import Site
from kg.publish import search_records as records
from kg.publish.postings import LETTERS, Postings, entries
from kg.publish.search_stems import Numbering, numbering, stems
from kg.search.index import opened
from kg.search.stored import index_of
from kg.search.words import LEAST_AFTER_PREFIX, LONGEST_INITIALS, tables

_FOLDER = "search"


def search_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file, by its path in the site. What one language's words take, some ten megabytes for thousands of
    documents, is in memory at a time."""
    works = sorted(site.catalogue.works(), key=lambda work: work.symbol)
    # The latest first, so that of equals the latest is shown first.
    works.sort(key=_day, reverse=True)
    things = names.things()
    held = [work.symbol for work in works]
    with contextlib.closing(opened(index_of(Path(site.graph.where)), "ro")) as index:
        known = numbering(index, held, things)
        every = map(site.names.symbol, {*query.documents(site.graph), *site.registered})
        symbols = list(records.symbols(every, held))
        for number, (_, text) in enumerate(symbols):
            yield _file(f"symbols-{number}", json.dumps(text, ensure_ascii=False))
        begins = [first for first, _ in symbols]
        for language in LANGUAGES:
            yield from _language(language, works, known, stems(index, language, known), begins)


def _language(
    language: Language,
    works: Sequence[Work],
    known: Numbering,
    table: Sequence[tuple[str, Postings]],
    symbols: Sequence[str],
) -> Iterator[tuple[str, bytes]]:
    """The files of one language."""
    parts: dict[str, list[Any]] = {"words": [], "works": [], "things": []}
    written = {
        "words": ((first, json.dumps(text, ensure_ascii=False)) for first, text in entries(table)),
        "works": records.files(records.works(works, known.parts, language)),
        "things": records.files(records.things(known.things, language)),
    }
    for kind, files in written.items():
        for number, (first, text) in enumerate(files):
            parts[kind].append(first)
            yield _file(f"{language}/{kind}-{number}", text)
    contents = {
        "count": len(works),
        "sentences": sum(language in work.languages and not work.facts_only for work in works),
        **_organs(works, language),
        "years": _years(works),
        "sizes": "".join(_size(own) for own in known.parts),
        "begins": {**parts, "symbols": symbols},
        "rules": _rules(language),
    }
    yield _file(language, json.dumps(contents, ensure_ascii=False, separators=(",", ":")))


def _file(name: str, text: str) -> tuple[str, bytes]:
    return f"{_FOLDER}/{name}.js", f'unkgSearch("{name}",{text});\n'.encode()


def _day(work: Work) -> str:
    """What a document is sorted by; where no day is known, the last of its year."""
    return work.adopted or (f"{work.year}-12-31" if work.year else "")


def _organs(works: Sequence[Work], language: Language) -> Mapping[str, Any]:
    """The organs with their names, the most frequent first, and the organ of each document as a letter."""
    counts = Counter(work.organ or "" for work in works)
    slugs = sorted(counts, key=lambda slug: (-counts[slug], slug))[: len(LETTERS) - 1]
    letters = {slug: LETTERS[number] for number, slug in enumerate(slugs)}
    entry = registry.entries().get
    names = [[slug, found.label(language) if (found := entry(slug)) else ""] for slug in slugs]
    # The last letter is that of all organs that have none of their own.
    return {"organs": names, "organOf": "".join(letters.get(work.organ or "", LETTERS[-1]) for work in works)}


def _years(works: Sequence[Work]) -> list[list[int]]:
    """Each year and the number of its first document; 0 where none is known, which comes last."""
    found: dict[int, int] = {}
    for number, work in enumerate(works):
        found.setdefault(int(_day(work)[:4] or 0), number)
    return [[year, first] for year, first in found.items()]


def _size(parts: Sequence[str]) -> str:
    """How many parts a document has, as a letter: eight for each doubling."""
    return LETTERS[min(round(8 * math.log2(1 + len(parts))), len(LETTERS) - 1)]


def _rules(language: Language) -> Mapping[str, Any]:
    """How words are made alike: what words.toml says of the language, and what holds of all."""
    return {**tables()[language], "leastAfterPrefix": LEAST_AFTER_PREFIX, "longestInitials": LONGEST_INITIALS}
