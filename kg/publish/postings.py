"""The numbers of the site's search, written in letters: small enough to be shipped, quick to be read by a browser.

Letters are those of ASCII that stand in a JavaScript string as they are. A *count* takes its digits from the least on,
each but the last from the upper half of the letters. The *postings* of a stem are one piece for each document that has
it, in the order of their numbers: a letter that tells in how many parts it stands and how many numbers were left out,
then the places of these parts, unless they are many. Place 0 is the title. Where a stem is rare, and the steps from one
document to the next are long, a second letter follows the first and tells the step within 91 of them.

kg/pages/assets/search-index.js reads what is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

#: Without what ends a string or an entry: the blank, the exclamation mark, the quotation mark, the backslash.
LETTERS = "".join(chr(code) for code in range(0x23, 0x7F) if chr(code) != "\\")
_HALF = len(LETTERS) // 2
#: A key of a posting is the number of the document, and in so many bits below it the place.
PLACE_BITS = 12
MOST_PLACES = (1 << PLACE_BITS) - 1
#: So many parts are told; more are "many", with or without the title among them.
_TOLD = 3
_MANY, _MANY_AND_TITLE = 0, _TOLD + 1
#: A first letter holds one of five kinds and one of eighteen steps; what exceeds the last step follows it.
_STEPS = len(LETTERS) // (_MANY_AND_TITLE + 1)
#: A stem is rare where a step of so many numbers comes to each of its parts.
_RARE = 16
#: Bytes of a file, after which the next is begun.
_FULL = 60_000


def count(value: int) -> str:
    """A number from 0 on."""
    written = ""
    while value >= _HALF:
        value, digit = divmod(value, _HALF)
        written += LETTERS[_HALF + digit]
    return written + LETTERS[value]


_COUNTS = tuple(count(value) for value in range(1 << PLACE_BITS))
_FIRST = tuple(tuple(LETTERS[kind * _STEPS + step] for step in range(_STEPS)) for kind in range(_MANY_AND_TITLE + 1))


class Postings(NamedTuple):
    """The postings of a stem, and whether they are written as those of a rare one."""

    letters: str
    rare: bool = False


def postings(keys: Sequence[int]) -> Postings:
    """The postings of a stem that stands in the parts of these keys, each once and in order."""
    rare = keys[-1] >> PLACE_BITS > _RARE * len(keys)
    pieces: list[str] = []
    at, end, last = 0, len(keys), -1
    # Eight million pieces are made of a large collection: this is the loop that takes the time.
    while at < end:
        number = keys[at] >> PLACE_BITS
        start, above = at, (number + 1) << PLACE_BITS
        while at < end and keys[at] < above:
            at += 1
        parts = at - start
        if parts > _TOLD:
            parts = _MANY if keys[start] & MOST_PLACES else _MANY_AND_TITLE
        pieces.append(_first(parts, number - last - 1, rare))
        last, before = number, -1
        if 0 < parts <= _TOLD:
            for key in keys[start:at]:
                place = key & MOST_PLACES
                pieces.append(_COUNTS[place - before - 1])
                before = place
    return Postings("".join(pieces), rare)


def _first(kind: int, step: int, rare: bool) -> str:
    letters, low = _FIRST[kind], ""
    if rare:
        step, within = divmod(step, len(LETTERS))
        low = LETTERS[within]
    return letters[step] + low if step < _STEPS - 1 else letters[-1] + count(step - _STEPS + 1) + low


def entries(table: Iterable[tuple[str, Postings]]) -> Iterator[tuple[str, str]]:
    """Files of a table in the order of its names: the first name of each file, and its text.

    A letter tells how many characters it shares with the name before, from the upper half where the stem is rare; then
    come the rest of the name, an exclamation mark and the postings.
    """
    first, before, size = "", "", 0
    written: list[str] = []
    for name, (letters, rare) in table:
        if written and size + len(letters) > _FULL:
            yield first, " ".join(written)
            before, size = "", 0
            written = []
        if not written:
            first = name
        shared = _shared(name, before)
        entry = f"{LETTERS[shared + rare * _HALF]}{name[shared:]}!{letters}"
        written.append(entry)
        size += len(entry.encode()) + 1
        before = name
    if written:
        yield first, " ".join(written)


def _shared(name: str, before: str) -> int:
    """With how many characters both begin; those that are two units of UTF-16 are not shared."""
    shared = 0
    for one, other in zip(name[: _HALF - 1], before, strict=False):
        if one != other or one > "\uffff":
            break
        shared += 1
    return shared


def in_browsers_order(name: str) -> bytes:
    """What names are sorted by: JavaScript compares the units of UTF-16."""
    return name.encode("utf-16-be")
