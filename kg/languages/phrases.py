"""Names and phrases of a language found in all passages of a document at once, in whatever form they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from operator import itemgetter

from kg.languages.inflection import Inflection, Searched
from kg.languages.wordlist import BETWEEN, NOWHERE, Hit, Wordlist

#: Set apart by blanks, what stands between passages is a word of its own.
_BETWEEN = f" {BETWEEN} "
_BEGIN = itemgetter(1)


class Phrases:
    """Phrases of one language, known by their numbers; each is given by all its forms. `small` ones stand in small
    letters, and are found in whatever letters they are written."""

    def __init__(self, phrases: Iterable[tuple[str, ...]], *, small: bool = False) -> None:
        self.small = small
        self.forms = [(form, number) for number, forms in enumerate(phrases) for form in forms]

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Every two characters that follow each other in a phrase."""
        return frozenset(form[at : at + 2] for form, _ in self.forms for at in range(len(form) - 1))


class Phrasebook:
    """Several lists of phrases of one language, which are found in one pass."""

    def __init__(self, *lists: Phrases) -> None:
        self._order = {phrases: n for n, phrases in enumerate(lists)}
        meant: dict[str, list[tuple[int, int, str | None]]] = {}
        for n, phrases in enumerate(lists):
            for form, number in phrases.forms:
                meant.setdefault(_small(form), []).append((n, number, None if phrases.small else form))
        self._forms = Wordlist(meant)
        self._meant = list(meant.values())

    def number(self, phrases: Phrases) -> int:
        """Which of the lists it is."""
        return self._order[phrases]

    def places_in_each(self, texts: Sequence[str], inflection: Inflection) -> Iterator[tuple[list[Hit], ...]]:
        """The places of the phrases of each list in each of the texts, in the order of their ends; where words are set
        apart none that is part of a longer word."""
        joined = not inflection.apart
        text = _BETWEEN.join(("", *texts, ""))
        following = iter(self._hits(text, inflection))
        form, start, end = next(following, NOWHERE)
        begin = len(_BETWEEN)
        for stop in accumulate(len(each) + len(_BETWEEN) for each in texts):
            here: tuple[list[Hit], ...] = tuple([[] for _ in self._order])
            while end <= stop:
                for n, number, written in self._meant[form]:
                    if written is None or (
                        text.startswith(written, start) and (joined or not text[end].isalnum() or _calls(text, end))
                    ):
                        here[n].append((number, start - begin, end - begin))
                form, start, end = next(following, NOWHERE)
            yield here
            begin = stop + len(_BETWEEN)

    def _hits(self, text: str, inflection: Inflection) -> list[Hit]:
        """The places of all forms in capitals or small letters."""
        small = _small(text)
        hits = self._forms.hits(small)
        if not inflection.apart:
            return hits
        begins = inflection.begins
        return [
            hit
            for hit in hits
            if (not small[hit[2]].isalnum() or _calls(small, hit[2]))
            and (not small[hit[1] - 1].isalnum() or begins(small, hit[1]))
        ]


class Standing:
    """The phrases that stand in a passage, each with its first place in the text as it is searched."""

    __slots__ = ("_searched", "first")

    def __init__(self, hits: list[Hit], searched: Searched) -> None:
        self._searched = searched
        self.first: dict[int, tuple[int, int]] = {}
        text = searched.text
        reached = (0, 0)
        # In the order of the words, of those that begin together the longest first.
        found = hits[::-1]
        found.sort(key=_BEGIN)
        for number, start, end in found:
            # What follows a hyphen is part of a longer word: non-communicable; and munitions that are part of
            # "cluster munitions" do not speak for what munitions alone do.
            if (end > reached[1] or (start, end) == reached) and text[start - 1 : start] != "-":
                reached = (start, end)
                self.first.setdefault(number, reached)

    def places_in(self, place: Callable[[int, int], tuple[int, int]] | None) -> Callable[[int], tuple[int, int]]:
        """What tells the first place of a phrase in the passage, of which `place` tells those of the words, None where
        they are the same."""
        first, bent = self.first, self._searched
        if place is None:
            return (lambda phrase: bent.place(*first[phrase])) if bent.is_bent else first.__getitem__
        return lambda phrase: place(*bent.place(*first[phrase]))


class Passages:
    """The passages of a document, bent back once and searched once for all that is looked up in them."""

    def __init__(self, texts: Sequence[str], inflection: Inflection) -> None:
        self._texts = texts
        self._inflection = inflection
        self._known: dict[Phrasebook, list[tuple[list[Hit], ...]]] = {}

    @cached_property
    def _searched(self) -> list[Searched]:
        return [self._inflection.searched(text) for text in self._texts]

    def hits_in_each(self, phrases: Phrases, book: Phrasebook) -> Iterator[list[Hit]]:
        """The places of the phrases in each passage, in the order of their ends."""
        for searched, hits in zip(self._searched, self._found(phrases, book), strict=True):
            yield searched.places(hits)

    def standing_in_each(self, phrases: Phrases, book: Phrasebook) -> Iterator[Standing]:
        """The phrases that stand in each passage and are no part of a longer one."""
        for searched, hits in zip(self._searched, self._found(phrases, book), strict=True):
            yield Standing(hits, searched)

    def _found(self, phrases: Phrases, book: Phrasebook) -> Iterator[list[Hit]]:
        if book not in self._known:
            self._known[book] = list(book.places_in_each([each.text for each in self._searched], self._inflection))
        return map(itemgetter(book.number(phrases)), self._known[book])


#: The mark of a footnote, written to the word that calls it.
_MARK = re.compile(r"(?<=[^\W\d_]{2}[^\W\d_A-ZА-ЯЁ])[1-9][0-9]?(?![\w/])")


def _calls(text: str, at: int) -> bool:
    """Whether what is written to a word calls a footnote and is no part of it ("Comité consultatif4")."""
    return _MARK.match(text, at) is not None


def _small(text: str) -> str:
    """The text in small letters, one character for one: the few whose small form is longer stay as they are."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
