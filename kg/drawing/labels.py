"""How wide words are, and where they are cut; the same table as in lineage-layout.js."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Widths in parts of the font's size, a little more than those of Noto Sans, so that a label with another font fits too.
_NARROW, _DIGIT, _SMALL, _CAPITAL, _WIDE, _FULL = 0.33, 0.59, 0.58, 0.70, 0.95, 1.02
_THIN = frozenset(" .,;:'’|!()[]iljtfrIJ/-·")
_BROAD = frozenset("mMwWЖШЩЮжшщюФфмМ@%—…")


def width(text: str, size: float) -> float:
    """How wide a text is at most, in pixels."""
    return sum(map(_part, text)) * size


def cut(text: str, room: float, size: float) -> str:
    """The text, or as much of it as fits with an ellipsis; never between a letter and its marks."""
    if width(text, size) <= room:
        return text
    left = room - _part("…") * size
    end = 0
    while (left := left - _part(text[end]) * size) >= 0:
        end += 1
    while end and _mark(text[end]):
        end -= 1
    return text[:end].rstrip(" ,;:-") + "…"


def script(text: str) -> str:
    """The language that the letters of a text suggest, where nothing else tells it: ar, ru, zh, else en."""
    for first, last, language in ((0x600, 0x6FF, "ar"), (0x400, 0x4FF, "ru"), (0x4E00, 0x9FFF, "zh")):
        if any(first <= ord(letter) <= last for letter in text):
            return language
    return "en"


@lru_cache(maxsize=4096)
def _part(letter: str) -> float:
    code = ord(letter)
    if _mark(letter):
        return 0.0
    if letter in _THIN:
        return _NARROW
    if letter in _BROAD:
        return _WIDE
    if letter.isdigit() and code < 128:
        return _DIGIT
    if code >= 0x2E80:
        return _FULL
    return _CAPITAL if letter.isupper() else _SMALL


def _mark(letter: str) -> bool:
    return unicodedata.combining(letter) != 0
