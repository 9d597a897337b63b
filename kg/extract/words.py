"""Words as they are looked up: look-alikes folded, what means nothing left out, with the way back.

The passages of a document are turned all at once, joined by a character that no text holds: what costs little for each
call costs much for each of a hundred paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from kg.languages import LanguageRules, fold
from kg.languages.inflection import Inflection
from kg.languages.phrases import Passages, Phrasebook, Phrases, Standing
from kg.languages.wordlist import BETWEEN, Hit
from kg.model import Clause, Footnote, Outline

#: Vowel signs of Arabic, which print or do not; and combining marks that a PDF sets beside their letter.
_SIGNS = "\u064b-\u0652\u0670\u0300-\u036f"
_DROPPED = re.compile(f"[{_SIGNS}]")
_DROPPED_UNSPACED = re.compile(f"[ {_SIGNS}]")
_DIGIT = re.compile(r"[0-9]")
#: A letter and the mark that a file holds apart from it: what prints as é may be e and an accent.
_APART = re.compile(r"[^\W\d_][\u0300-\u036f]")
_MARK = re.compile(r"[\u0300-\u036f]")


@dataclass(slots=True)
class Words:
    """The words of one passage.

    `folded` has the places of the passage; `squeezed`, without vowel signs and, where the language sets no words apart,
    without white space, has its own, and so has `small`, which is the same in small letters. `in_place` says whether
    nothing was left out, so that all places are those of the passage, `has_digit` whether a number can stand there.
    """

    folded: str
    squeezed: str
    small: str
    in_place: bool
    has_digit: bool
    dropped: re.Pattern[str]
    _gone: list[int] | None = field(default=None, repr=False)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the passage that `squeezed[start:end]` was made from."""
        if self.in_place:
            return start, end
        if self._gone is None:
            # Behind how many characters that were kept each of those stood that were dropped.
            self._gone = [found.start() - n for n, found in enumerate(self.dropped.finditer(self.folded))]
        return start + bisect_right(self._gone, start), end + bisect_right(self._gone, end - 1)


class DocumentWords(dict[str, Words]):
    """The words of every clause and footnote, by its id."""

    def __init__(self, words: Mapping[str, Words], inflection: Inflection) -> None:
        super().__init__(words)
        self._passages = Passages([each.squeezed for each in words.values()], inflection)

    def hits(self, phrases: Phrases, book: Phrasebook) -> Mapping[str, list[Hit]]:
        """Where the phrases stand in each, by its id; see Passages.hits_in_each."""
        return dict(zip(self, self._passages.hits_in_each(phrases, book), strict=True))

    def standing(self, phrases: Phrases, book: Phrasebook) -> Mapping[str, Standing]:
        """The phrases that stand in each, by its id; see Passages.standing_in_each."""
        return dict(zip(self, self._passages.standing_in_each(phrases, book), strict=True))


def read_words(outline: Outline, rules: LanguageRules) -> DocumentWords:
    """The words of every clause and footnote."""
    parts: list[Clause | Footnote] = [*outline.clauses, *outline.footnotes]
    every = _words([part.passage.text for part in parts], rules)
    return DocumentWords({part.id: words for part, words in zip(parts, every, strict=True)}, rules.inflection)


def words_of(passage: str, rules: LanguageRules) -> Words:
    """The words of one passage alone."""
    return _words([passage], rules)[0]


def _words(passages: Sequence[str], rules: LanguageRules) -> list[Words]:
    folded = fold(BETWEEN.join(passages))
    dropped = _DROPPED if rules.spaced else _DROPPED_UNSPACED
    squeezed = rules.letters_alike.unified(folded)
    if _MARK.search(squeezed):
        squeezed = _APART.sub(_together, squeezed)
    if dropped.search(squeezed):
        squeezed = dropped.sub("", squeezed)
    small = squeezed.lower()
    if len(small) != len(squeezed):
        # One character for one character: the few letters whose small form is longer stay as they are.
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in squeezed)
    as_folded = folded.split(BETWEEN)
    as_squeezed = as_folded if squeezed is folded else squeezed.split(BETWEEN)
    in_place = [len(kept) == len(every) for kept, every in zip(as_squeezed, as_folded, strict=True)]
    has_digit = [found is not None for found in map(_DIGIT.search, as_folded)]
    return list(map(Words, as_folded, as_squeezed, small.split(BETWEEN), in_place, has_digit, repeat(dropped)))


def _together(found: re.Match[str]) -> str:
    """The letter with its mark as one character, where there is one; the mark stays, to keep the places."""
    composed = unicodedata.normalize("NFC", found[0])
    return composed + found[0][1] if len(composed) == 1 else found[0]
