"""Names and phrases of a language found in all passages of a document at once, in whatever form they stand."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from kg.languages.inflection import Inflection, Searched
from kg.languages.wordlist import BETWEEN, Hit, Wordlist, in_each

#: Set apart by blanks, what stands between passages is a word of its own.
_BETWEEN = f" {BETWEEN} "
#: Behind the last place.
_NONE: Hit = (-1, sys.maxsize, sys.maxsize)


class Phrases:
    """The phrases of one language, known by their numbers; each is given by all its forms."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        numbered = [(number, form) for number, forms in enumerate(phrases) for form in forms]
        self.meant = [number for number, _ in numbered]
        self.forms = Wordlist(form for _, form in numbered)


class Standing:
    """The phrases that stand in a passage, each with its first place in the text as it is searched."""

    __slots__ = ("_begin", "_searched", "first")

    def __init__(self, searched: Searched, begin: int) -> None:
        self._searched = searched
        self._begin = begin
        self.first: dict[int, tuple[int, int]] = {}

    def place(self, phrase: int) -> tuple[int, int]:
        """Where in the words of the passage a phrase stands first."""
        start, end = self._searched.place(*self.first[phrase])
        return start - self._begin, end - self._begin


class Passages:
    """The passages of a document, bent back once for all that is looked up in them."""

    def __init__(self, texts: Sequence[str], inflection: Inflection) -> None:
        self._texts = texts
        self._inflection = inflection
        self._searched = inflection.searched(_BETWEEN.join(("", *texts, "")))

    def hits_in_each(self, phrases: Phrases, *, small: bool = False) -> Iterator[list[Hit]]:
        """The places of the phrases in each passage, in the order of their ends; where words are set apart none that is
        part of a longer word. `small` takes capitals for small letters."""
        _, found = self._found(phrases, small)
        meant, place = phrases.meant, self._searched.place
        hits = [(meant[form], *place(start, end)) for form, start, end in found]
        return in_each(hits, self._texts, _BETWEEN)

    def standing_in_each(self, phrases: Phrases) -> Iterator[Standing]:
        """The phrases that stand in each passage, in capitals or small letters, and are no part of a longer one."""
        text, found = self._found(phrases, small=True)
        # In the order of the words, of those that begin together the longest first.
        found.reverse()
        found.sort(key=itemgetter(1))
        hits = iter(found)
        form, start, end = next(hits, _NONE)
        begin, behind = len(_BETWEEN), len(_BETWEEN)
        lengths = map(len, text.split(_BETWEEN)[1:-1])
        for passage, length in zip(self._texts, lengths, strict=True):
            standing = Standing(self._searched, begin)
            first = standing.first
            behind += length
            reached = (0, 0)
            while start < behind:
                # What follows a hyphen is part of a longer word: non-communicable; and munitions that are part of
                # "cluster munitions" do not speak for what munitions alone do.
                if (end > reached[1] or (start, end) == reached) and text[start - 1] != "-":
                    reached = (start, end)
                    first.setdefault(phrases.meant[form], reached)
                form, start, end = next(hits, _NONE)
            yield standing
            begin += len(passage) + len(_BETWEEN)
            behind += len(_BETWEEN)

    def _found(self, phrases: Phrases, small: bool) -> tuple[str, list[Hit]]:
        """The text as it is searched, and where forms of the phrases stand in it, by their numbers."""
        text = _small(self._searched.text) if small else self._searched.text
        found = phrases.forms.hits(text)
        if self._inflection.apart:
            begins = self._inflection.begins
            found = [hit for hit in found if _ends(text, hit[2]) and begins(text, hit[1])]
        return text, found


#: The mark of a footnote, written to the word that calls it.
_MARK = re.compile(r"(?<=[^\W\d_]{2}[^\W\d_A-ZА-ЯЁ])[1-9][0-9]?(?![\w/])")


def _ends(text: str, at: int) -> bool:
    """Whether a word ends there: what calls a footnote is no part of it ("Comité consultatif4")."""
    return not text[at].isalnum() or _MARK.match(text, at) is not None


def _small(text: str) -> str:
    """The text in small letters, one character for one: the few whose small form is longer stay as they are."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
