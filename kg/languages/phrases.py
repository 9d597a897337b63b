"""Names and phrases of a language found in all passages of a document at once, in whatever form they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from kg.languages.inflection import Inflection, Searched
from kg.languages.wordlist import BETWEEN, NOWHERE, Hit, Wordlist, in_each

#: Set apart by blanks, what stands between passages is a word of its own.
_BETWEEN = f" {BETWEEN} "


class Phrases:
    """Phrases of one language, known by their numbers; each is given by all its forms. `small` ones stand in small
    letters, and are found in whatever letters they are written."""

    def __init__(self, phrases: Iterable[tuple[str, ...]], *, small: bool = False) -> None:
        self.small = small
        self.forms = [(form, number) for number, forms in enumerate(phrases) for form in forms]


class Phrasebook:
    """Several lists of phrases of one language, which are found in one pass."""

    def __init__(self, *lists: Phrases) -> None:
        self.lists = lists
        meant: dict[str, list[tuple[int, int, str | None]]] = {}
        for n, phrases in enumerate(lists):
            for form, number in phrases.forms:
                meant.setdefault(_small(form), []).append((n, number, None if phrases.small else form))
        self._forms = Wordlist(meant)
        self._meant = list(meant.values())

    def found(self, text: str, inflection: Inflection) -> Mapping[Phrases, list[Hit]]:
        """The places of the phrases of each list, in the order of their ends; where words are set apart none that is
        part of a longer word."""
        small = _small(text)
        hits = self._forms.hits(small)
        joined, inside = not inflection.apart, inflection.begins
        if not joined:
            hits = [
                hit
                for hit in hits
                if _ends(small, hit[2]) and (not small[hit[1] - 1].isalnum() or inside(small, hit[1]))
            ]
        places: list[list[Hit]] = [[] for _ in self.lists]
        for form, start, end in hits:
            for n, number, written in self._meant[form]:
                if written is None or (text.startswith(written, start) and (joined or _ends(text, end))):
                    places[n].append((number, start, end))
        return dict(zip(self.lists, places, strict=True))


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
    """The passages of a document, bent back once and searched once for all that is looked up in them."""

    def __init__(self, texts: Sequence[str], inflection: Inflection) -> None:
        self._texts = texts
        self._inflection = inflection
        self._searched = inflection.searched(_BETWEEN.join(("", *texts, "")))
        self._known: dict[Phrasebook, Mapping[Phrases, list[Hit]]] = {}

    def hits_in_each(self, phrases: Phrases, book: Phrasebook) -> Iterator[list[Hit]]:
        """The places of the phrases in each passage, in the order of their ends."""
        place = self._searched.place
        hits = [(number, *place(start, end)) for number, start, end in self._found(phrases, book)]
        return in_each(hits, self._texts, _BETWEEN)

    def standing_in_each(self, phrases: Phrases, book: Phrasebook) -> Iterator[Standing]:
        """The phrases that stand in each passage and are no part of a longer one."""
        text = self._searched.text
        # In the order of the words, of those that begin together the longest first.
        found = self._found(phrases, book)[::-1]
        found.sort(key=itemgetter(1))
        hits = iter(found)
        number, start, end = next(hits, NOWHERE)
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
                    first.setdefault(number, reached)
                number, start, end = next(hits, NOWHERE)
            yield standing
            begin += len(passage) + len(_BETWEEN)
            behind += len(_BETWEEN)

    def _found(self, phrases: Phrases, book: Phrasebook) -> list[Hit]:
        if book not in self._known:
            self._known[book] = book.found(self._searched.text, self._inflection)
        return self._known[book][phrases]


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
