"""Words in whatever form they stand: how a language bends the names and phrases that are looked up in it.

What bends them is told by the table [inflection] of a language's file. Most languages have none: there a phrase is
searched for as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from kg.languages.wordlist import Hit


class Searched:
    """A text as it is searched, with the way back to its own words; unless it `is_bent` they are the same."""

    is_bent = False

    def __init__(self, text: str) -> None:
        self.text = text

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the words that `text[start:end]` was made from."""
        return start, end

    def places(self, hits: list[Hit]) -> list[Hit]:
        """Several places in the text, in the words."""
        return hits


class Inflection:
    """Words that do not bend; where the language sets words `apart`, a phrase begins and ends with a word."""

    def __init__(self, apart: bool) -> None:
        self.apart = apart

    def forms(self, phrase: str) -> tuple[str, ...]:
        """All that has to be searched for to find the phrase."""
        return (phrase,)

    def searched(self, text: str) -> Searched:
        """The text as it is searched."""
        return Searched(text)

    def begins(self, text: str, at: int) -> bool:
        """Whether a phrase can begin there; a character stands before it."""
        return not text[at - 1].isalnum()


class Prefixes(Inflection):
    """Words to which others are written: with them (وبالجمعية), and fused with the article (للجمعية for ل and الجمعية).

    The prefixes are no part of the name; what has fused is.
    """

    _LONGEST = 3

    def __init__(self, prefixes: Sequence[str], fused: Mapping[str, str]) -> None:
        super().__init__(apart=True)
        self._prefixes = frozenset(prefixes)
        self._fused = tuple(fused.items())

    def forms(self, phrase: str) -> tuple[str, ...]:
        """The phrase, and with its article fused with what stands before."""
        fused = (new + phrase.removeprefix(old) for old, new in self._fused if phrase.startswith(old))
        # Of two articles that follow each other none is written twice: the first that fits is meant.
        return (phrase, *tuple(fused)[:1])

    def begins(self, text: str, at: int) -> bool:
        """Whether a word begins there, or what is written to it stands before."""
        first = at
        while at - first <= self._LONGEST and text[first - 1].isalnum():
            first -= 1
        return first == at or text[first:at] in self._prefixes


class Stems(Inflection):
    """Words of which the end changes: what is compared is what stands before an ending and its vowels.

    `irregular` has the forms of words that change inside, by what is compared: "дн" for "день", "дня" and "днем".
    """

    #: So many words are kept with their stems; documents hold numbers without end.
    _KEPT = 200_000
    #: A stem has so many letters at least.
    _LEAST = 3

    def __init__(
        self,
        endings: Sequence[str],
        vowels: str,
        letters: re.Pattern[str],
        irregular: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        super().__init__(apart=True)
        self._endings = frozenset(endings)
        self._longest = max(map(len, endings))
        self._vowels = vowels
        known = [(form, stem) for stem, forms in (irregular or {}).items() for form in forms]
        self._irregular = {**dict(known), **{form.capitalize(): stem.capitalize() for form, stem in known}}
        self._words = re.compile(f"{letters.pattern}+")
        self._known = _Known(self._token)

    def forms(self, phrase: str) -> tuple[str, ...]:
        """The phrase with the stems of its words."""
        return (self.searched(phrase).text,)

    def searched(self, text: str) -> Searched:
        """The text with the stems of its words; every blank stays."""
        if len(self._known) > self._KEPT:
            self._known.clear()
        words = text.split(" ")
        return _Stemmed(words, list(map(self._known.__getitem__, words)), self.inside)

    def inside(self, word: str, at: int) -> int:
        """How many letters the parts of a word (Аддис-Абебская) have lost before a place in what is left of it."""
        lost = 0
        for part in self._words.finditer(word):
            gone = len(part[0]) - len(self._stem(part))
            if at + lost < part.end() - gone:
                break
            lost += gone
        return lost

    def _token(self, token: str) -> str:
        return self._words.sub(self._stem, token)

    def _stem(self, word: re.Match[str]) -> str:
        """The word without its ending; short words and initials (МООНСОМ) have none."""
        written = word[0]
        if written in self._irregular:
            return self._irregular[written]
        if written[1:2].isupper():
            return written
        longest = min(self._longest, len(written) - self._LEAST)
        end = next((n for n in range(longest, 0, -1) if written[-n:] in self._endings), 0)
        stem = written[: len(written) - end]
        return stem[: self._LEAST] + stem[self._LEAST :].rstrip(self._vowels)


class _Stemmed(Searched):
    """Stems, with the way back to the words."""

    is_bent = True

    def __init__(self, words: list[str], stems: list[str], inside: Callable[[str, int], int]) -> None:
        super().__init__(" ".join(stems))
        self._words = words
        #: How many letters stand in the words before each, blanks aside.
        self._ends = list(accumulate(map(len, words), initial=0))
        self._inside = inside

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The same words with their endings."""
        text = self.text
        first = text.count(" ", 0, start)
        last = first + text.count(" ", start, end)
        begin, stop = self._ends[first] + first, self._ends[last + 1] + last
        # Most begin and end where words do, or beside a mark.
        if start > 0 and text[start - 1] != " ":
            begin += self._within(first, start)
        if end < len(text) and text[end] != " ":
            stop -= self._behind(last, end)
        return begin, stop

    def _within(self, word: int, at: int) -> int:
        """How many characters of a word stand before a place in its stem."""
        before = self.text[self.text.rfind(" ", 0, at) + 1 : at]
        return len(before) if _is_bare(before) else len(before) + self._inside(self._words[word], len(before))

    def _behind(self, word: int, at: int) -> int:
        """How many characters of a word stand behind a place in its stem."""
        end = self.text.find(" ", at)
        behind = self.text[at : end if end >= 0 else len(self.text)]
        return len(behind) if _is_bare(behind) else len(self._words[word]) - self._within(word, at)

    def places(self, hits: list[Hit]) -> list[Hit]:
        """Several places in the text, in the words."""
        return [(number, *self.place(start, end)) for number, start, end in hits]


def _is_bare(marks: str) -> bool:
    """Whether no letter is among the characters of a word, so that none is left out."""
    return marks.upper() == marks.lower()


class _Known(dict[str, str]):
    """What was worked out for each word, once."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, token: str) -> str:
        self[token] = found = self._work_out(token)
        return found


def inflection(table: Mapping[str, Any], letters: re.Pattern[str], apart: bool) -> Inflection:
    """What the table [inflection] of a language says; KeyError where it says too little."""
    if "endings" in table:
        return Stems(table["endings"], table["vowels"], letters, table.get("irregular"))
    if "prefixes" in table:
        return Prefixes(table["prefixes"], table["fused"])
    return Inflection(apart)
