"""Finds bodies, instruments, events and Goals by the words of their names, in whatever form these stand.

A page of one language knows the names of all languages that are written in its script, and single words (КНТР, CSTD) of
any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from kg import registry
from kg.model import Language
from kg.pages.phrases import phrases
from kg.registry import Entry
from kg.search.words import Words, pairs

#: A name that is longer counts as one of so many words.
_LONGEST = 40
#: A name that may be another's too counts as one of two words.
_OF_TWO = 2
_LATIN = ("en", "es", "fr")


def things() -> Sequence[Entry]:
    """All that has a name, by target."""
    return [entry for _, entry in sorted(registry.entries().items())]


def by_stem(
    every: Sequence[Entry], words: Words, language: Language, root: Callable[[str], str] = str
) -> Mapping[str, Mapping[int, int]]:
    """For each stem of a name, by its root, the things so named by their places in `every`, and how many words the
    shortest of these names has."""
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for number, entry in enumerate(every):
        for name, length in _called(entry, language):
            stems = [root(stem) for stem in words.stems(name).split()]
            counted = min(length or len(stems), _LONGEST)
            for stem in stems:
                found[stem][number] = min(counted, found[stem].get(number, counted))
    return found


def named(words: str, language: Language) -> list[Entry]:
    """The things with all these words in their names; those that are named so exactly come first."""
    every, known, held = _known(language)
    stems = dict.fromkeys(_asked(words, known))
    if not stems:
        return []
    each = [held.get(stem, {}) for stem in stems]
    both = set(each[0]).intersection(*each[1:])
    scores = {number: sum(1 / lengths[number] for lengths in each) for number in both}
    return [every[number] for number in sorted(both, key=lambda number: (-scores[number], number))]


def _asked(words: str, known: Words) -> Iterator[str]:
    for word in known.pattern.findall(words):
        if known.is_joined(word):
            # The last character alone is that of a run's end only.
            yield from pairs(word)[:-1] or [word]
        elif stem := known.stem(word):
            yield stem


@cache
def _known(language: Language) -> tuple[Sequence[Entry], Words, Mapping[str, Mapping[int, int]]]:
    every, words = things(), Words(language)
    return every, words, by_stem(every, words, language)


def _called(entry: Entry, language: Language) -> Iterator[tuple[str, int | None]]:
    """The names of a thing that are looked for in a language; the second tells as how long a name counts, where that is
    not its length."""
    if entry.target.startswith("sdg/"):
        number = entry.target.removeprefix("sdg/")
        yield phrases("search", language)["goal_names"].format(number=number), _OF_TWO
    # What is said of many is no exact name of one.
    for names, length in ((entry.names, None), (entry.short, _OF_TWO)):
        for code, name in names:
            if code == language or " " not in name or {code, language} <= set(_LATIN):
                yield name, length
