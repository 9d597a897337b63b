"""Where any of many phrases stands, found in one pass over a whole document.

The automaton reads bytes. Written in UTF-8 a Cyrillic or Arabic letter takes two, and the places found would have to be
counted back to characters; so each letter that stands in a phrase is given a byte of its own, and all others share one.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

import ahocorasick_rs as ac

#: The number of a phrase, and where it stands.
Hit = tuple[int, int, int]
#: Behind the last place.
NOWHERE: Hit = (-1, sys.maxsize, sys.maxsize)

#: Stands between passages that are searched at once. No text holds it: the reader refuses it as a sign of binary files.
BETWEEN = "\x00"
#: What the encoder writes for a character that it does not know.
_OTHER = "?"
_MOST_LETTERS = 254
#: Of so many letters all phrases together.
_FITS = 5_000
#: Letters and signs that most texts hold: one that the encoder does not know takes it five times as long.
_COMMON = (
    " !\"#$%&'()*+,-./0123456789:;<=>@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]abcdefghijklmnopqrstuvwxyz«»–—‘’“”№،؛؟"
    "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЬЭЮЯáâàçéêèíîïñóôúûÁÉ"
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
)


class Wordlist:
    """Finds the phrases it was made from, by their numbers."""

    #: Every place in a text where a phrase stands, also inside another, in the order of their ends.
    hits: Callable[[str], list[Hit]]

    def __init__(self, phrases: Iterable[str]) -> None:
        phrases = list(phrases)
        # A large table of all states is the faster only as long as it fits into the processor's cache.
        large = sum(map(len, phrases)) > _FITS
        implementation = ac.Implementation.ContiguousNFA if large else ac.Implementation.DFA
        letters = sorted(set("".join(phrases)))
        if len(letters) > _MOST_LETTERS or not {_OTHER, BETWEEN}.isdisjoint(letters):
            # Chinese has too many letters to give each a byte.
            plain = ac.AhoCorasick(phrases, implementation=implementation)
            self.hits = lambda text: plain.find_matches_as_indexes(text, overlapping=True)
            return
        more = [each for each in _COMMON if each not in letters][: _MOST_LETTERS - len(letters)]
        # The encoder is quick only where the first byte stands for itself.
        table = codecs.charmap_build("".join((BETWEEN, _OTHER, *letters, *more)))
        written = [codecs.charmap_encode(each, "strict", table)[0] for each in phrases]
        narrow = ac.BytesAhoCorasick(written, implementation=implementation)
        self.hits = lambda text: narrow.find_matches_as_indexes(
            codecs.charmap_encode(text, "replace", table)[0], overlapping=True
        )

    def hits_in_each(self, texts: Sequence[str]) -> Iterator[list[Hit]]:
        """The places in each of several texts, in the order of their ends."""
        return in_each(self.hits(BETWEEN.join(("", *texts, ""))), texts, BETWEEN)


def in_each(hits: Sequence[Hit], texts: Iterable[str], between: str) -> Iterator[list[Hit]]:
    """The places in each of the texts, by those in all of them with `between` before, between and behind them."""
    following = iter(hits)
    number, start, stop = next(following, NOWHERE)
    begin = len(between)
    for text in texts:
        end = begin + len(text)
        here: list[Hit] = []
        while stop <= end:
            here.append((number, start - begin, stop - begin))
            number, start, stop = next(following, NOWHERE)
        yield here
        begin = end + len(between)
