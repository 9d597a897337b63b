"""With which characters the matches of a pattern can begin, so that a pattern is tried only where one of them stands.

A regular expression that begins with anything but a plain character is tried at every place of a text, which costs more
than all that it finds. Where its matches must begin with "resolution", one search for that word (together with those of
all other patterns) gives the few places worth trying; where they begin with one of several characters, the engine skips
to these by itself, many times faster, once it is told (`led`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import NamedTuple

from kg.languages.wordlist import Hit, Wordlist

#: Longer openings tell no more; where there would be more than so many, they are left as short as they are.
_LONGEST = 12
_MOST = 300
#: Shorter words stand in too many places to tell where a pattern may match.
_TELLING = 3
#: A set of up to so many characters is written out: [Rr]esolution gives Resolution and resolution.
_SET_WRITTEN_OUT = 8

_WIDTHLESS = frozenset("bBAZ")
_SETS = frozenset("dDsSwW")
_REPEATED = re.compile(r"(?:(?P<sign>[*+?])|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\})[?+]?")
_GROUP = re.compile(r"\((?P<kind>\?(?::|>|P<\w+>|=|!|<=|<!))?")
_CHARACTER = re.compile(r"\\(?:u(?P<u>[0-9a-fA-F]{4})|x(?P<x>[0-9a-fA-F]{2})|(?P<other>.))|(?P<plain>.)", re.DOTALL)
_PLAIN_SET = re.compile(r"\[(?P<inside>(?:[^\\^\]-])+)\]")
_ANY_SET = re.compile(r"\[(?P<inside>\^?\]?(?:\\.|[^\\\]])*)\]", re.DOTALL)


class Opening(NamedTuple):
    """One way in which a match can begin: with the characters `words`, or, where these are empty, with one of `set`
    (written as inside the brackets of a pattern). `whole` says that nothing else of the part stands behind `words`."""

    words: str
    set: str = ""
    whole: bool = False


_NOTHING = Opening("", whole=True)


def openings(pattern: str) -> frozenset[Opening]:
    """Every way in which a match of `pattern` can begin; raises ValueError where a match may be empty, or where the
    pattern holds what this does not know (flags, references to groups)."""
    reader = _Reader(pattern)
    found = _shortest(reader.alternatives())
    if reader.at < len(pattern) or Opening("") in found:
        raise ValueError(f"cannot tell with which characters a match begins: {pattern}")
    return found


def held(pattern: str) -> frozenset[str]:
    """Words one of which stands in every match of `pattern`: those with which the rest of it, from some part on, can
    begin; none where they would be too short to tell much."""
    reader = _Reader(pattern)
    found: set[str] = set()
    for parts in reader.sequences():
        rest, best = frozenset([_NOTHING]), frozenset([""])
        for part in reversed(parts):
            rest = _joined(part, rest)
            best = max(best, frozenset(each.words for each in rest), key=lambda words: min(map(len, words)))
        found |= best
    if min(map(len, found)) < _TELLING:
        return frozenset()
    return frozenset(each.words for each in _shortest(frozenset(map(Opening, found))))


def closings(pattern: str) -> tuple[str, ...]:
    """Every match of `pattern` ends with one of these; an empty one where it cannot be told with what."""
    found: set[str] = set()
    for parts in _Reader(pattern).sequences():
        endings = {""}
        for part in reversed(parts):
            if not all(each.whole and len(each.words) < _LONGEST for each in part) or len(part) * len(endings) > _MOST:
                break
            endings = {each.words + ending for each in part for ending in endings}
        found |= endings
    return tuple(sorted(found))


def led(pattern: str) -> re.Pattern[str]:
    """A pattern that finds the places where matches of `pattern` begin, also inside one another, skipping fast to the
    characters with which they can begin. It takes one character; where a match ends, a group of `pattern` says."""
    begins = "".join(sorted({each.set or re.escape(each.words[0]) for each in openings(pattern)}))
    # The engine's fast search needs a set as the first thing of a pattern; the rest looks back over that character.
    return re.compile(rf"[{begins}](?<=(?=(?:{pattern}))(?s:.))")


def spans(led: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where the pattern that `led` was made from matches, from left to right, none inside another; its first group is
    the whole match."""
    last = start
    for match in led.finditer(text, start, len(text) if end is None else end):
        if match.start() >= last:
            last = match.end(1)
            yield match.start(), last


class Finder:
    """Finds the matches of several patterns, each tried only where words stand with which its matches can begin."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self.patterns = patterns
        begins = [openings(pattern.pattern) for pattern in patterns]
        #: Those whose matches begin with one of many characters are tried at each of these.
        self.led = {n: led(patterns[n].pattern) for n, those in enumerate(begins) if any(each.set for each in those)}
        words = [(each.words, n) for n, those in enumerate(begins) if n not in self.led for each in those]
        self.openings = Wordlist([each for each, _ in words])
        self.begun = [n for _, n in words]

    def matches(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """The matches of each pattern with its number, pattern by pattern, from left to right, none inside another of
        the same pattern."""
        yield from next(self.matches_in_each([text]))

    def matches_in_each(self, texts: Sequence[str]) -> Iterator[Iterable[tuple[int, re.Match[str]]]]:
        """The matches in each of several texts."""
        for text, hits in zip(texts, self.openings.hits_in_each(texts), strict=True):
            yield self._matches(text, hits) if hits or self.led else ()

    def _matches(self, text: str, hits: list[Hit]) -> Iterator[tuple[int, re.Match[str]]]:
        places = [(self.begun[word], start) for word, start, _ in hits]
        places += [(n, match.start()) for n, pattern in self.led.items() for match in pattern.finditer(text)]
        last = (0, 0)
        for n, start in sorted(places):
            if (n, start) >= last and (match := self.patterns[n].match(text, start)):
                last = (n, match.end())
                yield n, match


class _Reader:
    """Reads a pattern from left to right; each method takes one part of it and gives the openings of that part."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def alternatives(self) -> frozenset[Opening]:
        """A pattern, or the inside of a group."""
        return frozenset[Opening]().union(*(reduce(_joined, parts) for parts in self.sequences()))

    def sequences(self) -> Iterator[list[frozenset[Opening]]]:
        """The sequences of a pattern or group, which "|" sets apart, each as its parts."""
        yield self._sequence()
        while self._next("|"):
            yield self._sequence()

    def _next(self, wanted: str) -> bool:
        here = self.pattern.startswith(wanted, self.at)
        self.at += len(wanted) if here else 0
        return here

    def _sequence(self) -> list[frozenset[Opening]]:
        found = [frozenset([_NOTHING])]
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            is_ahead = self.pattern.startswith("(?=", self.at)
            part = self._repeated(self._part())
            # Words that are only looked at count where nothing follows them that is taken.
            ends = self.at >= len(self.pattern) or self.pattern[self.at] in "|)"
            if is_ahead:
                part = frozenset(each._replace(whole=False) for each in part) if ends else frozenset([_NOTHING])
            found.append(part)
        return found

    def _part(self) -> frozenset[Opening]:
        if group := _GROUP.match(self.pattern, self.at):
            return self._group(group)
        if self.pattern[self.at] == "[":
            return self._set()
        character = _CHARACTER.match(self.pattern, self.at)
        assert character is not None
        self.at = character.end()
        return frozenset([_character(character)])

    def _group(self, group: re.Match[str]) -> frozenset[Opening]:
        if self.pattern.startswith("?", group.end()):
            raise ValueError(f"no pattern of a language file uses {self.pattern[self.at : self.at + 4]}")
        self.at = group.end()
        inside = self.alternatives()
        self._next(")")
        return frozenset([_NOTHING]) if group["kind"] in ("?!", "?<=", "?<!") else inside

    def _set(self) -> frozenset[Opening]:
        plain = _PLAIN_SET.match(self.pattern, self.at)
        found = plain or _ANY_SET.match(self.pattern, self.at)
        assert found is not None
        self.at = found.end()
        if plain and len(plain["inside"]) <= _SET_WRITTEN_OUT:
            return frozenset(Opening(character, whole=True) for character in plain["inside"])
        # What is not in a set has no end: such a part may begin with anything.
        return frozenset([Opening("", r"\s\S" if found["inside"].startswith("^") else found["inside"])])

    def _repeated(self, part: frozenset[Opening]) -> frozenset[Opening]:
        found = _REPEATED.match(self.pattern, self.at)
        if found is None:
            return part
        self.at = found.end()
        least = {"*": 0, "+": 1, "?": 0}[found["sign"]] if found["sign"] else int(found["least"] or 0)
        if found["sign"] != "?" and (found["sign"] or found["comma"] or least > 1):
            # Behind one of several may stand another, or what follows: no more can be told.
            part = frozenset(each._replace(whole=each.whole and not each.words) for each in part)
        return part | {_NOTHING} if least == 0 else part


def _character(found: re.Match[str]) -> Opening:
    if found["u"] or found["x"]:
        return Opening(chr(int(found["u"] or found["x"], 16)), whole=True)
    if found["other"] in _SETS:
        return Opening("", f"\\{found['other']}")
    if found["plain"] == ".":
        return Opening("", r"\s\S")
    if found["other"] in _WIDTHLESS or found["plain"] in ("^", "$"):
        return _NOTHING
    return Opening(found["other"] or found["plain"], whole=True)


def _joined(before: frozenset[Opening], part: frozenset[Opening]) -> frozenset[Opening]:
    """The openings of two parts that follow one another; where they grow too many, those of the first as they are."""
    if not any(each.whole for each in before):
        return before
    found: set[Opening] = set()
    for first in before:
        if not first.whole or len(first.words) >= _LONGEST:
            found.add(first)
        else:
            found.update(
                Opening(first.words + then.words, "" if first.words else then.set, then.whole) for then in part
            )
    if len(found) > _MOST:
        cut = {each._replace(whole=False) for each in before - {_NOTHING}}
        return frozenset(cut | part if _NOTHING in before else cut)
    return frozenset(found)


def _shortest(found: frozenset[Opening]) -> frozenset[Opening]:
    """Without those that go on from another: "resolution" tells all that "resolutions" does."""
    words = {each.words for each in found if each.words}
    return frozenset(
        Opening(each.words, each.set)
        for each in found
        if not any(each.words[:length] in words for length in range(1, len(each.words)))
    )
