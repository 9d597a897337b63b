"""Reads what is searched for.

technology bank         both words, in whatever form they stand
"technology bank"       one behind the other
women OR girls          one of them; binds closer than what stands beside it
-plastic, NOT plastic   not that word
technolog*              words that begin so
(women OR girls) water  parentheses group
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.errors import QuerySyntaxError

#: No person types more; what is longer was pasted by mistake, and would be slow.
MOST_WORDS = 64
_DEEPEST = 16
_QUOTES = {'"': '"', "“": "”", "„": "”", "«": "»"}
_PIECE = re.compile(
    r"""(?P<space>\s+)|(?P<open>[(])|(?P<close>[)])|(?P<quoted>["“„«])|(?P<minus>-)|(?P<word>[^\s()"“”„«»]+)|(?P<odd>.)"""
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words one behind the other; where it `begins`, the last one may go on."""

    text: str
    begins: bool


@dataclass(frozen=True, slots=True)
class Either:
    """One of several at least."""

    parts: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All of several, and none of those it is `without`."""

    parts: tuple[Asked, ...]
    without: tuple[Asked, ...] = ()


Asked = Term | Either | Every


class _Piece(NamedTuple):
    kind: str
    text: str
    at: int


def parse(words: str) -> Asked:
    """What is asked for; raises QuerySyntaxError with the column, which counts from 1."""
    return _Parser(words).parse()


def error(words: str, at: int, what: str) -> QuerySyntaxError:
    """The error with the words and a mark below the place."""
    shown = re.sub(r"\s", " ", words)
    # A wide character takes two columns on the screen, and so does the wide space.
    wide = ("\u3000" if unicodedata.east_asian_width(character) in "WF" else " " for character in shown[:at])
    return QuerySyntaxError("search", f"{what}\n  {shown}\n  {''.join(wide)}^", line=1, column=at + 1)


class _Parser:
    """Takes the pieces from the left."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._pieces = self._split()
        self._next = 0

    def parse(self) -> Asked:
        if not self._pieces:
            raise error(self._words, 0, "nothing is searched for; expected words")
        if sum(piece.kind in ("word", "quoted") for piece in self._pieces) > MOST_WORDS:
            raise error(self._words, 0, f"too much at once; at most {MOST_WORDS} words can be searched for")
        asked = self._every(0)
        if (piece := self._peek()) is not None:
            raise self._wrong(piece, "a parenthesis that was never opened")
        return asked

    def _split(self) -> Sequence[_Piece]:
        pieces, at = [], 0
        while match := _PIECE.match(self._words, at):
            kind, text, start = str(match.lastgroup), match[0], at
            at = match.end()
            if kind == "quoted":
                at = self._closed(start)
                text = self._words[start + 1 : at - 1]
            elif kind == "odd":
                raise error(self._words, start, "a quotation mark that was never opened")
            elif kind == "word" and text in ("AND", "OR", "NOT"):
                kind = text
            if kind != "space":
                pieces.append(_Piece(kind, text, start))
        return pieces

    def _closed(self, start: int) -> int:
        """The end of what is quoted."""
        found = self._words.find(_QUOTES[self._words[start]], start + 1)
        if found < 0:
            raise error(self._words, start, "a quotation mark that is never closed")
        return found + 1

    def _peek(self) -> _Piece | None:
        return self._pieces[self._next] if self._next < len(self._pieces) else None

    def _take(self, *kinds: str) -> _Piece | None:
        """The next piece, if it is one of these."""
        piece = self._peek()
        if piece is None or piece.kind not in kinds:
            return None
        self._next += 1
        return piece

    def _every(self, depth: int) -> Asked:
        first = self._peek()
        parts: list[Asked] = []
        without: list[Asked] = []
        while (piece := self._peek()) is not None and piece.kind != "close":
            if self._take("minus", "NOT"):
                without.append(self._unit(piece, depth))
            elif parts and self._take("AND"):
                parts.append(self._either(piece, depth))
            else:
                parts.append(self._either(None, depth))
        if not parts:
            closed = first is not None and first.kind == "close"
            what = (
                "a parenthesis that was never opened" if closed else "only what is not to be found; add a word that is"
            )
            raise self._wrong(first, what)
        return parts[0] if len(parts) == 1 and not without else Every(tuple(parts), tuple(without))

    def _either(self, before: _Piece | None, depth: int) -> Asked:
        parts = [self._unit(before, depth)]
        while piece := self._take("OR"):
            parts.append(self._unit(piece, depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _unit(self, before: _Piece | None, depth: int) -> Asked:
        """A term or a group; `before` is the piece that wants one."""
        piece = self._take("word", "quoted")
        if piece:
            return self._term(piece)
        opened = self._take("open")
        if opened is None:
            raise self._lacking(before)
        if depth >= _DEEPEST:
            raise self._wrong(opened, "too many parentheses within each other")
        if self._take("close"):
            raise self._wrong(opened, "parentheses with nothing in them")
        inner = self._every(depth + 1) if self._peek() else None
        if inner is None or not self._take("close"):
            raise self._wrong(opened, "a parenthesis that is never closed")
        return inner

    def _term(self, piece: _Piece) -> Term:
        text = piece.text.strip()
        offset = piece.at + (piece.kind == "quoted")
        begins = text.endswith("*")
        text = text.removesuffix("*")
        if "*" in text:
            raise error(self._words, offset + piece.text.index("*"), "* may only end a word")
        if not any(map(str.isalnum, text)):
            raise error(self._words, piece.at, "no letter or digit to be found here")
        return Term(text, begins)

    def _lacking(self, before: _Piece | None) -> QuerySyntaxError:
        """A word is missing behind that piece, or before the next one."""
        if before is not None:
            return self._wrong(before, f"{before.text} has no word behind it")
        piece = self._peek()
        return self._wrong(piece, f"{piece.text if piece else ''} stands between two words")

    def _wrong(self, piece: _Piece | None, what: str) -> QuerySyntaxError:
        return error(self._words, piece.at if piece else len(self._words), what)
