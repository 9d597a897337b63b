"""The forms of citations by which scores are told apart, each known by the symbol that is cited."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote

from kg import security_council, symbols

_LINK = re.compile(
    r"(?:https?:/+(?:www\.)?(?:undocs\.org|docs\.un\.org)/+(?:(?:ar|ch|en|es|fr|ot|ru|sp|zh)/+)?|\bun\.org/.*[?&]symbol=)"
    r"(?P<symbol>[^?&#]+)",
    re.IGNORECASE,
)
_SUPPLEMENT = re.compile(r"\s*\(supp[^)]*\)", re.IGNORECASE)
#: Of several parts at once, as in 74/255a-b.
_LETTERS = re.compile(r"(?<=\d)\s*[a-z]-[a-z]$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\((?!\d{4}\)|(?:E?S-)?[IVXLC]+\))[^)]*\)")

#: In the order in which they are shown; the first matches, of the symbol without its letter.
_RESOLUTIONS = (
    ("GA special session", re.compile(r"A/RES/(?:E?S-\d+/|\d+\(E?S-)")),
    ("GA Roman session", re.compile(r"A/RES/\d+\(")),
    ("GA lettered", re.compile(r"A/RES/\d+/\d+[A-Z]")),
    ("GA slash", re.compile(r"A/RES/")),
    ("SC", re.compile(r"S/RES/")),
    ("ECOSOC", re.compile(r"E/RES/")),
    ("HRC", re.compile(r"A/HRC/RES/")),
    ("other resolutions", re.compile(r"")),
)
_OTHERS = {
    "presidential-statement": "presidential statements",
    "meeting-record": "meeting records",
    "report": "other symbols",
    "document": "other symbols",
    "decision": "decisions",
    "treaty": "treaties",
    "sales": "sales numbers",
}

_BY_SESSION = re.compile(r"A/(?:HRC/)?RES/(?P<session>\d+)/(?P<number>\d+)")
_FIRST_WITH_SLASH = 31
#: From where decisions are counted: of the Human Rights Council, and of the Assembly at the most.
_FIRST_DECISIONS = (101, 401)

RESOLUTIONS = tuple(name for name, _ in _RESOLUTIONS)
FORMS = (*RESOLUTIONS, *dict.fromkeys(_OTHERS.values()))
#: Published files hardly ever link these, so that a missing link says nothing of them.
UNLINKED = frozenset(("other resolutions", "decisions", "treaties", "sales numbers"))


@cache
def whole(symbol: str) -> str:
    """The symbol as it is compared: without the letter of a part and without a part in brackets, A/77/6(Sect.8), which
    links drop or add, in capitals."""
    found = symbols.find(symbol)
    if found is None or found.kind in ("resolution", "decision"):
        return (found.whole if found else None) or symbol
    return _BRACKETS.sub("", symbol).upper()


@cache
def impossible(symbol: str) -> bool:
    """Whether there can be no such resolution, as links show them that take another organ's number for the Assembly's:
    before its thirty-first session the Assembly numbered otherwise, decisions count from higher numbers than
    resolutions ever reach, and each year of the Security Council has its own numbers."""
    found = _BY_SESSION.fullmatch(symbol)
    if found is None:
        return security_council.misdated(symbol)
    session, number = int(found["session"]), int(found["number"])
    assembly = symbol.startswith("A/RES/")
    return (assembly and session < _FIRST_WITH_SLASH) or number >= _FIRST_DECISIONS[assembly]


@cache
def form(symbol: str) -> str:
    """The form of a cited symbol, letter and all."""
    found = symbols.find(symbol)
    kind = found.kind if found else "document"
    if kind == "resolution":
        return next(name for name, pattern in _RESOLUTIONS if pattern.match(symbol))
    return _OTHERS[kind]


def linked(address: str) -> str | None:
    """The symbol that the address of a link leads to, however it is spelled; None where it shows none."""
    shown = _LINK.search(unquote(address).strip())
    if shown is None:
        return None
    words = _SUPPLEMENT.sub("", shown["symbol"])
    spellings = (words, words.upper(), _LETTERS.sub("", words), _BRACKETS.sub("", words))
    return next((found.text for spelling in spellings if (found := symbols.find(spelling))), None)
