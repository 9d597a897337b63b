"""Names and phrases of a language found in all passages of a document at once, in whatever form they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.languages.inflection import Inflection
from kg.languages.wordlist import BETWEEN, Hit, Wordlist, in_each

#: Set apart by blanks, what stands between passages is a word of its own.
_BETWEEN = f" {BETWEEN} "


class Phrases:
    """The phrases of one language, known by their numbers; each is given by all its forms."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        numbered = [(number, form) for number, forms in enumerate(phrases) for form in forms]
        self.meant = [number for number, _ in numbered]
        self.forms = Wordlist(form for _, form in numbered)


class Passages:
    """The passages of a document, bent back once for all that is looked up in them."""

    def __init__(self, texts: Sequence[str], inflection: Inflection) -> None:
        self._texts = texts
        self._inflection = inflection
        self._searched = inflection.searched(_BETWEEN.join(("", *texts, "")))

    def hits_in_each(self, phrases: Phrases, *, small: bool = False) -> Iterator[list[Hit]]:
        """The places of the phrases in each passage, in the order of their ends; where words are set apart none that is
        part of a longer word. `small` takes capitals for small letters."""
        text = _small(self._searched.text) if small else self._searched.text
        found = phrases.forms.hits(text)
        if self._inflection.apart:
            begins = self._inflection.begins
            found = [hit for hit in found if _ends(text, hit[2]) and begins(text, hit[1])]
        meant, place = phrases.meant, self._searched.place
        hits = [(meant[form], *place(start, end)) for form, start, end in found]
        return in_each(hits, self._texts, _BETWEEN)


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
