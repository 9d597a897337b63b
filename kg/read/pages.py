"""What a printed page has beside its text: page counters, job numbers, and the symbol and title at its head.

Pages of United Nations documents carry "3/18" and "22-28883" at the foot and the symbol, with the title or without, at
the head. They are left out of the text, which they cut, and each is listed with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.languages import fold
from kg.model import Leftover, Span

_LINE = re.compile(r"[^\n]*\n?")
_COUNTER = r"(?P<page>[0-9]{1,3})/(?P<pages>[0-9]{1,3})"
_JOB = r"(?:[A-Z]{1,4}\.)?[0-9]{2}-[0-9]{5}(?: ?\([A-Z]\))?(?: +\*[0-9]{5,9}\*)?(?: +[0-9]{6})?"
_FOOT = re.compile(rf"(?:{_JOB} +)?{_COUNTER}(?: +{_JOB})?|{_JOB}")
_BARCODE = re.compile(r"\*[0-9]{5,9}\*|Please recycle ?♲?")
_SYMBOL = re.compile(r"[A-Z]{1,4}(?:/[A-Za-z0-9.()-]+){2,6}(?: \((?:19|20)[0-9]{2}\))?")
_PAGE = re.compile(r"(?:[Pp]age|[Pp]ágina|Стр\.|第) ?[0-9]{1,3} ?页?")
#: A symbol stands at the head of a document once.
_ONCE = 1


def furniture(characters: str) -> tuple[Leftover, ...]:
    """The lines that belong to the pages and not to the text, in the order of the file."""
    lines = [(line.start(), line[0], _plain(line[0])) for line in _LINE.finditer(characters) if line[0].strip()]
    found: dict[int, str] = dict(_feet(lines))
    if "\f" not in characters and not found:
        return ()
    for at, reason in _heads(lines, found):
        found.setdefault(at, reason)
    return tuple(
        Leftover(Span(start, start + len(line.rstrip())), found[n])
        for n, (start, line, _) in enumerate(lines)
        if n in found
    )


def _plain(line: str) -> str:
    return fold(line).replace("\f", " ").strip()


_Lines = list[tuple[int, str, str]]


def _feet(lines: _Lines) -> Iterator[tuple[int, str]]:
    """Page counters whose pages agree, and job numbers."""
    counters = [(n, found) for n, (_, _, words) in enumerate(lines) if (found := _FOOT.fullmatch(words))]
    pages = Counter(found["pages"] for _, found in counters if found["pages"])
    for n, found in counters:
        if found["pages"] is None:
            yield n, "job number"
        elif int(found["page"]) <= int(found["pages"]) and (pages[found["pages"]] > 1 or int(found["pages"]) < 3):
            yield n, "page counter"
    yield from ((n, "mark of the printer") for n, (_, _, words) in enumerate(lines) if _BARCODE.fullmatch(words))


def _heads(lines: _Lines, feet: dict[int, str]) -> Iterator[tuple[int, str]]:
    """The symbol at the head of a page, its title with it, and the lines that follow the foot on every page."""
    seen: Counter[str] = Counter()
    repeated = Counter(words for _, _, words in lines)
    for n, (_, line, words) in enumerate(lines):
        turned = line.startswith("\f") or (n - 1) in feet or (n - 2 in feet and n - 1 in feet)
        symbol = _SYMBOL.match(words) or _SYMBOL.search(words[-40:])
        if symbol is None:
            if turned and (repeated[words] > 1 or _PAGE.fullmatch(words)):
                yield n, "title at the head of the page"
            continue
        seen[symbol[0]] += 1
        alone = symbol[0] == words
        if alone and seen[symbol[0]] > _ONCE:
            yield n, "symbol at the head of the page"
        at_edge = words.startswith(symbol[0]) or words.endswith(symbol[0])
        if turned and at_edge and not alone and seen[symbol[0]] > _ONCE and not words.endswith((".", ",", ";")):
            yield n, "title at the head of the page"
