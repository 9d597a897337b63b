"""Reads a query as far as must be known before it runs: which form it has, and whether it would ask another server.

The engine follows SERVICE wherever it leads, so a query that holds a SERVICE clause in any way in which an engine could
read it is refused. Parsers differ in where words end and whether `<` begins a name, and SPARQL lets a letter be written
as \\u0053. What is a clause in one of these readings counts as one: a harmless query may be refused for that, a harmful
one never runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
FORMS: tuple[Form, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")

_BETWEEN = r"(?:[\s\ufeff]|\#[^\n\r]*+)*+"
_PROLOGUE = re.compile(
    rf"{_BETWEEN}(?:(?:BASE{_BETWEEN}<[^<>]*>|PREFIX{_BETWEEN}[^\s:<>]*+:{_BETWEEN}<[^<>]*>"
    rf"|VERSION{_BETWEEN}(?:\"[^\"\n]*\"|'[^'\n]*')){_BETWEEN})*+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]+")
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
#: The long s is a capital S to those who compare without regard to case.
_MENTION = re.compile("[sſ]ervice", re.IGNORECASE)
#: What makes a clause of the word: a name or variable, and a group. The name ends where blank or bracket come.
_CLAUSE = re.compile(
    rf"[sſ]ervice{_BETWEEN}(?:[sſ]ilent{_BETWEEN})?+(?:<[^<>]*+>|[?$][^\s{{}}#]++|[^\s{{}}<>\"'#:]*+:[^\s{{}}]*+){_BETWEEN}\{{",
    re.IGNORECASE,
)
#: A query that holds the word more often is none that a person or a program would write; each is looked at closely.
_MOST_MENTIONS = 200
#: How often a reading may hold escapes that its unescaping brings to light.
_DEEPEST_ESCAPES = 3

#: What is one token to every parser, and hides what it holds. The rest is gone through letter by letter, as there are
#: parsers for which a word may begin anywhere: true and SERVICE in `trueSERVICE`.
_WHOLE = re.compile(
    r"""[\s\ufeff]++
    | \#[^\n\r]*+
    | [?$]\w++                          # a variable
    | @[A-Za-z]+(?:-[A-Za-z0-9]+)*+     # a language
    | :(?:[\w:%-]|\\.)*+                # the end of a prefixed name; a point may be the end of a statement
    | _:\w++
    | \\.
    """,
    re.VERBOSE | re.DOTALL,
)
_NAME = re.compile(r"<[^<>\"{}|^`\\\x00-\x20]*+>")
_ESCAPED_NAME = re.compile(r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>")
_SHORT = {quote: re.compile(rf"{quote}(?:[^{quote}\\\n\r]|\\.)*+{quote}", re.DOTALL) for quote in "\"'"}
_LONG = {
    quote: re.compile(rf"{quote * 3}(?:(?:{quote}{{1,2}})?(?:[^{quote}\\]|\\.))*+{quote * 3}", re.DOTALL)
    for quote in "\"'"
}


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a query is before it runs: its form, or the word with which an update begins; whether it names its own data
    set; and where it would ask another server, as line and column from 1."""

    form: Form | None
    update: str | None
    own_data: bool
    asks_others: tuple[int, int] | None


def scan(text: str) -> Scanned:
    """What can be told of a query before it is parsed; never raises."""
    began = _PROLOGUE.match(text)
    start = began.end() if began else 0
    word = _WORD.match(text, start)
    first = word[0].upper() if word else ""
    form: Form | None = next((each for each in FORMS if each == first), None)
    return Scanned(
        form=form,
        update=first if first in UPDATES else None,
        own_data=bool(_FROM.search(_outside(text, start))),
        asks_others=_asks_others(text),
    )


def _outside(text: str, start: int) -> str:
    """What stands between the word for the form and the first group, without names and comments; a template of
    CONSTRUCT is no group."""
    kept = re.sub(r"<[^<>\s]*>|#[^\n\r]*", " ", text[start:])
    if kept[:9].upper() == "CONSTRUCT" and kept[9:].lstrip().startswith("{"):
        kept = kept[kept.find("}") + 1 :]
    return re.sub(r"[?$]\w+|(?<![\w-])[\w-]*+:[\w-]*", " ", kept.partition("{")[0])


def _asks_others(text: str) -> tuple[int, int] | None:
    """Where the first SERVICE clause stands, in any reading; None where there is none."""
    for _ in range(_DEEPEST_ESCAPES):
        place = _clause(text)
        if place is not None:
            before = text[:place]
            return before.count("\n") + 1, place - (before.rfind("\n") + 1) + 1
        unescaped = _ESCAPE.sub(_character, text)
        if unescaped == text:
            return None
        text = unescaped
    # Escapes of escapes of escapes serve no one who means well.
    return 1, 1


def _character(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _clause(text: str) -> int | None:
    mentions = [found.start() for found in _MENTION.finditer(text)]
    if len(mentions) > _MOST_MENTIONS:
        return mentions[0]
    candidates = [place for place in mentions if _CLAUSE.match(text, place)]
    if not candidates:
        return None
    read = _positions(text, candidates[-1])
    return next((place for place in candidates if read[place]), None)


def _positions(text: str, last: int) -> bytearray:
    """Marks where a token may begin in any reading, up to the last place that is of interest."""
    marked = bytearray(len(text) + 1)
    waiting = [0]
    while waiting:
        place = waiting.pop()
        if place > last or marked[place]:
            continue
        marked[place] = 1
        waiting.extend(_next(text, place))
    return marked


def _next(text: str, place: int) -> list[int]:
    """Where the token that begins here may end: more than one place where parsers may differ."""
    if whole := _WHOLE.match(text, place):
        return [whole.end()]
    first = text[place]
    if first == "<":
        # A name, or "less than".
        names = (each.match(text, place) for each in (_NAME, _ESCAPED_NAME))
        return [place + 1, *(name.end() for name in names if name)]
    if first in _SHORT:
        # A long text that does not end is an empty one before another.
        texts = (each.match(text, place) for each in (_LONG[first], _SHORT[first]))
        return [found.end() for found in texts if found] or [place + 1]
    return [place + 1]
