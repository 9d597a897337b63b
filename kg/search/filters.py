"""What a search may be narrowed to: days, organ, kind of text, act, document."""

from __future__ import annotations

import calendar
import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from kg import registry, symbols
from kg.errors import ParameterError, SymbolError
from kg.search.texts import KINDS

Day = str | datetime.date
#: Those that most are searched for, shown where an organ is unknown.
_ORGANS = ("general-assembly", "security-council", "economic-and-social-council", "human-rights-council")
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Condition:
    """A WHERE clause over works and texts, empty where all are wanted, and its values."""

    sql: str
    values: tuple[str, ...]


class Filters(TypedDict, total=False):
    """Days are dates, or "2015", "2015-06", "2015-06-30", and both ends count; `organ` and `act` are slugs, an organ
    also its name or initials; `kind` is one of KINDS; `document` is a symbol, or the beginning of symbols with a star
    behind it: A/RES/76/*. None narrows nothing."""

    language: str | None
    since: Day | None
    until: Day | None
    organ: str | None
    kind: str | None
    act: str | None
    document: str | None


def condition(wanted: Filters) -> Condition:
    """Texts of which all of that is true, but for the language, which chooses the table; raises ParameterError for a
    value that cannot be read."""
    tests = [test(value) for name, test in _TESTS.items() if (value := wanted.get(name)) is not None]
    if not tests:
        return Condition("", ())
    return Condition(f"WHERE {' AND '.join(test for test, _ in tests)}", tuple(value for _, value in tests))


def chosen(name: str, value: str, known: Iterable[str]) -> str:
    """One of the values known; raises ParameterError that names the closest."""
    known = list(known)
    if value in known:
        return value
    few = known if len(known) <= 10 else difflib.get_close_matches(value, known, n=5, cutoff=0.4)
    raise ParameterError(f"{name}={value}", f"no such {name}; expected {' or '.join(few or known[:5])}")


def _day(name: str, value: Day, *, last: bool) -> str:
    """The first or last day of a year, month or day, as 2015-06-30."""
    match = _DAY.fullmatch(value.isoformat()[:10] if isinstance(value, datetime.date) else value.strip())
    try:
        if match is None:
            raise ValueError
        year, month = int(match["year"]), int(match["month"] or (12 if last else 1))
        day = int(match["day"] or (calendar.monthrange(year, month)[1] if last else 1))
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        raise ParameterError(f"{name}={value}", "no day; expected 2015, 2015-06 or 2015-06-30") from None


def _organ(value: str) -> str:
    """The slug of an organ, also from its name or initials in any language."""
    slug = value.removeprefix("body/")
    if registry.find(f"body/{slug}"):
        return slug
    wanted = value.casefold()
    bodies = [entry for entry in registry.entries().values() if entry.target.startswith("body/")]
    named = (entry for entry in bodies if any(name.casefold() == wanted for _, name in entry.names))
    slugs = (entry.target.removeprefix("body/") for entry in bodies)
    return chosen("organ", next((entry.target.removeprefix("body/") for entry in named), slug), (*_ORGANS, *slugs))


def _document(value: str) -> tuple[str, str]:
    """One document, or those whose symbols begin so."""
    if value.endswith("*"):
        # What stands for itself in a symbol means something else in a pattern.
        return "symbol GLOB ?", re.sub(r"[\[\]?*]", lambda found: f"[{found[0]}]", value[:-1]) + "*"
    try:
        return "symbol = ?", symbols.parse(value).text
    except SymbolError as error:
        raise ParameterError(f"document={value}", error.what) from None


_TESTS: Mapping[str, Callable[[Any], tuple[str, str]]] = {
    "since": lambda value: ("day >= ?", _day("since", value, last=False)),
    "until": lambda value: ("day <= ?", _day("until", value, last=True)),
    "organ": lambda value: ("organ = ?", _organ(value)),
    "kind": lambda value: ("kind = ?", chosen("kind", value, KINDS)),
    "act": lambda value: ("act = ?", chosen("act", value.removeprefix("act/"), registry.acts())),
    "document": _document,
}
