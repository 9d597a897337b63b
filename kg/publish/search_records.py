"""What the site's search shows of what it finds: documents, things, and the symbols that lead to a page at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kg.catalogue import Work
from kg.model import Language
from kg.publish.postings import Postings, count, entries, in_browsers_order
from kg.registry import Entry

#: Bytes of a file, after which the next is begun.
_FULL = 60_000
_COUNTED = re.compile(r"(?P<before>.*?)(?P<counted>\d+|(?<=\.)[a-z])")

Json = Sequence[Any]


def works(records: Sequence[Work], parts: Sequence[Sequence[str]], language: Language) -> Iterator[Json]:
    """Symbol, day, title, the language of the title where it is another one, and the parts, of each document."""
    for work, own in zip(records, parts, strict=True):
        title, code = work.title(language) or ("", language)
        yield [work.symbol, work.date or "", title, "" if code == language else code, " ".join(runs(own))]


def things(every: Iterable[Entry], language: Language) -> Iterator[Json]:
    """Path, kind, name, and the language of the name where it is another one, of each thing."""
    for entry in every:
        code = next((each for each in (language, "en", *sorted(entry.labels)) if each in entry.labels), language)
        yield [entry.target, entry.kind, entry.labels.get(code, entry.target), "" if code == language else code]


def symbols(every: Iterable[str], held: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Files of all symbols that have a page, each with its number where the document is held."""
    numbers = {symbol: count(number) for number, symbol in enumerate(held)}
    yield from entries((symbol, Postings(numbers.get(symbol, ""))) for symbol in sorted(every, key=in_browsers_order))


def runs(parts: Iterable[str]) -> Iterator[str]:
    """OP1>9 for OP1, OP2 and so on to OP9, and OP3.a>c; parts are written as in an IRI, which has no blank and no >."""
    first, last = "", ""
    for part in parts:
        if first and part == _next(last):
            last = part
            continue
        if first:
            yield _run(first, last)
        first = last = part
    if first:
        yield _run(first, last)


def _next(part: str) -> str | None:
    """The part that is counted after this one: OP10 after OP9, OP3.b after OP3.a."""
    match = _COUNTED.fullmatch(part)
    if match is None:
        return None
    counted = match["counted"]
    return match["before"] + (str(int(counted) + 1) if counted.isdigit() else chr(ord(counted) + 1))


def _run(first: str, last: str) -> str:
    match = _COUNTED.fullmatch(last)
    return first if first == last or match is None else f"{first}>{match['counted']}"


def files(records: Iterable[Json]) -> Iterator[tuple[int, str]]:
    """Files of records: the number of the first of each, and the JSON of all."""
    first, size = 0, 0
    written: list[str] = []
    for number, record in enumerate(records):
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        if size > _FULL:
            yield first, f"[{','.join(written)}]"
            first, written, size = number, [], 0
        written.append(text)
        size += len(text.encode()) + 1
    if written:
        yield first, f"[{','.join(written)}]"
