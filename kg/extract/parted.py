"""Names that the number of a session parts: 缔约国第九次会议 is the 缔约国会议 at its ninth session."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Set
from itertools import accumulate

from kg.extract.phrasebook import phrasebook
from kg.extract.words import DocumentWords
from kg.languages import LanguageRules
from kg.languages.phrases import Passages, Phrases
from kg.languages.wordlist import Hit


def parted(words: DocumentWords, names: Phrases, rules: LanguageRules) -> Mapping[str, list[Hit]]:
    """Where names stand that hold such a number and are known without it, by the id of the clause or note."""
    number = rules.short_names.number
    if number is None:
        return {}
    mended = {part: _Mended(own.squeezed, number) for part, own in words.items() if number.search(own.squeezed)}
    mended = {part: each for part, each in mended.items() if each.joins(names.pairs)}
    found = Passages([each.text for each in mended.values()], rules.inflection).hits_in_each(
        names, phrasebook(rules.code)
    )
    return {part: list(mended[part].holding(hits)) for part, hits in zip(mended, found, strict=True)}


class _Mended:
    """A text without the numbers of sessions, with the way back."""

    def __init__(self, text: str, number: re.Pattern[str]) -> None:
        gone = [found.span() for found in number.finditer(text)]
        lengths = list(accumulate((end - start for start, end in gone), initial=0))
        self.text = number.sub("", text)
        self._seams = [start - before for (start, _), before in zip(gone, lengths, strict=False)]
        self._lengths = lengths

    def joins(self, pairs: Set[str]) -> bool:
        """Whether what now stands side by side does so in names too; all their `pairs` of characters are given."""
        return any(self.text[seam - 1 : seam + 1] in pairs for seam in self._seams)

    def holding(self, hits: list[Hit]) -> Iterator[Hit]:
        """Those names that held a number, where they stand in the whole text."""
        for name, start, end in hits:
            if bisect_right(self._seams, start) < (last := bisect_right(self._seams, end - 1)):
                yield name, start + self._lengths[bisect_right(self._seams, start)], end + self._lengths[last]
