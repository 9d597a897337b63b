"""What the publisher of an Akoma Ntoso file says of the document beside its words: its cover and its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from kg import symbols
from kg.model import Keyword, Published, Step, Vote

_LANGUAGES = {"ara": "ar", "eng": "en", "fra": "fr", "fre": "fr", "rus": "ru", "spa": "es", "chi": "zh", "zho": "zh"}
#: The publisher's date where it knows none.
_NO_DATE = "0001-01-01"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PART = re.compile(r"[A-Z]")


def published_of(statement: etree._Element, shared: etree._Element | None) -> Published:
    """What the statement's own cover and metadata say, and after them those of the collection that holds it."""
    holders = [statement] if shared is None else [statement, shared]
    symbol = _symbol(holders)
    own = _part(statement) if shared is not None else None
    steps = tuple(step for holder in holders for step in _steps(holder))
    return Published(
        symbol=_of_part(symbol, own) if symbol and own else symbol,
        language=_LANGUAGES.get(_first(holders, "meta/identification/FRBRExpression/FRBRlanguage", "language") or ""),
        adopted=_adopted(holders),
        session=_first(holders, ".//session", "value"),
        agenda_item=_first(holders, ".//inline[@name='agenda item']", "title"),
        meeting=_meeting(holders),
        steps=tuple(dict.fromkeys(steps)),
        vote=next((vote for holder in holders if (vote := _vote(holder))), None),
        keywords=tuple(dict.fromkeys(keyword for holder in holders for keyword in _keywords(holder))),
    )


def words_of(element: etree._Element) -> str:
    """All words of an element, in the order of the file."""
    return "".join(map(str, element.itertext()))


def _found(holder: etree._Element, path: str) -> Iterator[etree._Element]:
    """The elements at a path whose steps are written without their namespace."""
    parts = [f"{{*}}{step}" if step not in (".", "") else step for step in path.split("/")]
    return iter(holder.iterfind("/".join(parts)))


def _first(holders: list[etree._Element], path: str, attribute: str) -> str | None:
    values = (element.get(attribute) for holder in holders for element in _found(holder, path))
    return next((value.strip() for value in values if value and value.strip()), None)


def _symbol(holders: list[etree._Element]) -> str | None:
    """The symbol on the cover, else the one in the file's own name for the work."""
    printed = (words_of(e) for h in holders for e in _found(h, "coverPage//docNumber"))
    named = (e.get("value") or "" for h in holders for e in _found(h, "meta/identification/FRBRWork/FRBRuri"))
    found = (symbols.find(_plain(spelling)) for spelling in (*printed, *named))
    return next((symbol.text for symbol in found if symbol is not None), None)


def _plain(spelling: str) -> str:
    """A/RES/74/255 A-B is the number of the collection, A/RES/74/255."""
    return re.sub(r"\s+[A-Z] ?(?:[-–,]|and) ?[A-Z]\s*[*]*$", "", spelling.strip()).rstrip("* ")


def _part(statement: etree._Element) -> str | None:
    """The letter of a resolution that is one of several under one number."""
    numbers = (words_of(element).strip(" .\t\n") for element in _found(statement, "preface//docNumber"))
    return next((number for number in numbers if _PART.fullmatch(number)), None)


def _of_part(symbol: str, letter: str) -> str:
    found = symbols.find(re.sub(r"(?<=\d)[A-Z]+$", "", symbol) + letter)
    return found.text if found else symbol


def _adopted(holders: list[etree._Element]) -> str | None:
    for holder in holders:
        dates = [
            *(e.get("date") for e in _found(holder, "conclusions//docDate")),
            *(e.get("date") for e in _found(holder, "meta/identification/FRBRWork/FRBRdate")),
        ]
        for date in dates:
            if date and _DATE.fullmatch(date) and date != _NO_DATE:
                return date
    return None


def _meeting(holders: list[etree._Element]) -> int | None:
    title = _first(holders, ".//inline[@name='adoptionMeeting']", "title") or ""
    found = re.match(r"\d+", title)
    return int(found[0]) if found else None


def _steps(holder: etree._Element) -> Iterator[Step]:
    for element in _found(holder, "meta/workflow/step"):
        date, by = element.get("date"), (element.get("by") or "").strip()
        symbol = symbols.find(element.get("as") or "")
        known = date if date and _DATE.fullmatch(date) and date != _NO_DATE else None
        yield Step(element.get("outcome") or "", known, symbol.text if symbol else None, by or None)


def _vote(holder: etree._Element) -> Vote | None:
    voting = next(_found(holder, "meta/analysis/parliamentary/voting"), None)
    if voting is None or not voting.get("outcome"):
        return None
    counts, voters = {}, {}
    for count in _found(voting, "count"):
        kind, value = count.get("refersTo") or "", count.get("value") or ""
        if value.isdigit():
            counts[kind.lstrip("#")] = int(value)
        names = (words_of(each).strip() for each in _found(count, ".//organization"))
        voters[kind.lstrip("#")] = tuple(name for name in names if name)
    return Vote(voting.get("outcome") or "", counts, {kind: names for kind, names in voters.items() if names})


def _keywords(holder: etree._Element) -> Iterator[Keyword]:
    for element in _found(holder, "meta/classification/keyword"):
        name = element.get("showAs") or element.get("value") or ""
        yield Keyword(name.strip(), element.get("dictionary") or "", element.get("href"))
