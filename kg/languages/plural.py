"""One and many: a phrase in the other number, by the endings that a language's file tells.

Only what is looked up as a cue is bent so; a name stands in the number that it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Plural:
    """How words of a language change from one to many."""

    #: Last letters of one and of many; the first that fits a word is taken.
    endings: tuple[tuple[str, str], ...] = ()
    #: Words behind which those that change have ended: rights | of the child.
    ends: frozenset[str] = frozenset()
    #: Words that stay as they are, or would become others.
    same: frozenset[str] = frozenset()
    #: Whether all words before change together, or the last of them alone.
    together: bool = False
    least: int = 4

    def forms(self, phrase: str) -> tuple[str, ...]:
        """The phrase, and where it can be the same phrase in the other number."""
        words = phrase.split(" ")
        end = next((n for n, word in enumerate(words) if word in self.ends), len(words))
        bent = range(end) if self.together else range(max(end - 1, 0), end)
        if not any(self._bends(words[n]) for n in bent):
            return (phrase,)
        from_many = any(self._one(words[n]) for n in bent)
        for n in bent:
            if self._bends(words[n]):
                words[n] = (self._one(words[n]) if from_many else self._many(words[n])) or words[n]
        return tuple(dict.fromkeys((phrase, " ".join(words))))

    def _bends(self, word: str) -> bool:
        return len(word) >= self.least and word.islower() and word not in self.same

    def _one(self, many: str) -> str | None:
        for start, end in self.endings:
            if many.endswith(end):
                return many.removesuffix(end) + start
            if start and many.endswith(start):
                return None
        return None

    def _many(self, one: str) -> str | None:
        fits = ((start, end) for start, end in self.endings if one.endswith(start))
        return next((one.removesuffix(start) + end for start, end in fits), None)


def plural(table: Mapping[str, Any]) -> Plural:
    """What the table [plural] of a language says; KeyError where it says too little. Without one no word changes."""
    if not table:
        return Plural()
    return Plural(
        endings=tuple((one, many) for one, many in table["endings"]),
        ends=frozenset(table["ends"]),
        same=frozenset(table["same"]),
        together=table["together"],
    )
