"""Compares paragraphs: which of an earlier text became which of a later one, and what changed in its words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

#: A word, a single Chinese character, a blank, or a mark.
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|[^\w\s]")
#: Paragraphs that share less than this part of their words are two paragraphs and not two wordings of one.
_ALIKE = 0.35


class Piece(NamedTuple):
    """Words that stayed ("same"), that only the later text has ("new"), or only the earlier one ("gone")."""

    text: str
    state: str


def tokens(text: str) -> list[str]:
    """The text cut into what is compared; joined, they are the text."""
    return _TOKEN.findall(text)


def matched(earlier: Mapping[str, str], later: Mapping[str, str]) -> dict[str, str]:
    """For paragraphs of the later text, by id, the one of the earlier text that they go back to; each is taken once.

    The pairs most alike are made first; of those equally alike, the ones that stand first.
    """
    found = _unchanged(earlier, later)
    kept = set(found.values())
    before = {name: _words(text) for name, text in earlier.items() if name not in kept}
    after = {name: _words(text) for name, text in later.items() if name not in found}
    scored = sorted(
        (-share, order, old_order, new, old)
        for order, (new, words) in enumerate(after.items())
        for old_order, (old, others) in enumerate(before.items())
        if (share := _share(words, others)) >= _ALIKE
    )
    taken: set[str] = set()
    for _, _, _, new, old in scored:
        if new not in found and old not in taken:
            found[new] = old
            taken.add(old)
    return found


def _unchanged(earlier: Mapping[str, str], later: Mapping[str, str]) -> dict[str, str]:
    """The paragraphs that are the same to the letter, which most are: nothing need be compared for them."""
    left: dict[str, list[str]] = {}
    for name, text in reversed(list(earlier.items())):
        left.setdefault(text, []).append(name)
    return {name: left[text].pop() for name, text in later.items() if left.get(text)}


def changes(earlier: str, later: str) -> list[Piece]:
    """What became of the words. The pieces that are not gone, joined, are the later text; those that are not new, the
    earlier one."""
    if earlier == later:
        return [Piece(later, "same")] if later else []
    old, new = tokens(earlier), tokens(later)
    # The time that a comparison takes grows with the square of what is compared.
    begin = _alike(old, new)
    end = _alike(old[begin:][::-1], new[begin:][::-1])
    pieces: list[Piece] = []
    _append(pieces, "".join(new[:begin]), "same")
    inside = old[begin : len(old) - end], new[begin : len(new) - end]
    _differ(pieces, *inside)
    _append(pieces, "".join(new[len(new) - end :]), "same")
    return _readable(pieces)


def _alike(tokens_: Sequence[str], others: Sequence[str]) -> int:
    """How many tokens both begin with."""
    pairs = enumerate(zip(tokens_, others, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(tokens_), len(others)))


def _differ(pieces: list[Piece], old: Sequence[str], new: Sequence[str]) -> None:
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            _append(pieces, "".join(new[c:d]), "same")
            continue
        _append(pieces, "".join(old[a:b]), "gone")
        _append(pieces, "".join(new[c:d]), "new")


def changed(pieces: Sequence[Piece]) -> bool:
    """Whether any word changed."""
    return any(piece.state != "same" and piece.text.strip() for piece in pieces)


def _append(pieces: list[Piece], text: str, state: str) -> None:
    if text:
        pieces.append(Piece(text, state))


def _readable(pieces: Sequence[Piece]) -> list[Piece]:
    """Blanks between two changes belong to both, so that a phrase that was replaced is shown as one."""
    found: list[Piece] = []
    gone, new = "", ""
    for at, piece in enumerate(pieces):
        between = piece.state == "same" and not piece.text.strip() and 0 < at < len(pieces) - 1
        if piece.state == "gone" or between:
            gone += piece.text
        if piece.state == "new" or between:
            new += piece.text
        if piece.state == "same" and not between:
            _append(found, gone, "gone")
            _append(found, new, "new")
            gone, new = "", ""
            found.append(piece)
    _append(found, gone, "gone")
    _append(found, new, "new")
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(token.casefold() for token in tokens(text) if token[0].isalnum())


def _share(words: frozenset[str], others: frozenset[str]) -> float:
    """The words in common, as a part of all."""
    return len(words & others) / (len(words | others) or 1)
