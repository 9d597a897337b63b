"""Words as they are looked up: look-alikes folded, what means nothing left out, with the way back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.languages import LanguageRules, fold

#: Vowel signs of Arabic, which print or do not; and combining marks that a PDF sets beside their letter.
_SIGNS = "\u064b-\u0652\u0670\u0300-\u036f"
_DROPPED = re.compile(f"[{_SIGNS}]")
_DROPPED_UNSPACED = re.compile(f"[ {_SIGNS}]")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """`places[i]` is where character i of `text` stands in the words."""

    text: str
    places: tuple[int, ...] | range

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the words that `text[start:end]` was made from."""
        return self.places[start], self.places[end - 1] + 1


def squeezed(words: str, rules: LanguageRules, *, lower: bool = False) -> Squeezed:
    """The words without vowel signs and, where the language sets no words apart, without white space."""
    text = fold(words).translate(rules.letters_alike)
    if lower:
        # One character for one character: the few letters whose small form is longer stay as they are.
        small = text.lower()
        text = small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    dropped = _DROPPED if rules.spaced else _DROPPED_UNSPACED
    if not dropped.search(text):
        return Squeezed(text, range(len(text)))
    gone = {found.start() for found in dropped.finditer(text)}
    return Squeezed(dropped.sub("", text), tuple(at for at in range(len(text)) if at not in gone))


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is not part of a longer word."""
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
