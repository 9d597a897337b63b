"""What a paragraph does: the act that opens it, and each further act that opens a later part of it.

At the opening, phrases of acts, qualifiers and words to skip are taken, longest first, in any order, until none fits;
the first act is the paragraph's, the qualifiers go with it. In a phrase, "…" stands for any run of qualifiers and words
to skip ("expressing … concern"), "……" for the few words of an object ("对……表示赞赏").

Only those phrases are tried that begin with the word which stands there (with its first character, where words are not
set apart), so that most places where an act might begin cost no more than to look one word up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from kg import languages
from kg.extract.words import Words, words_of
from kg.languages import LanguageRules
from kg.languages.openings import led
from kg.model import ActReading, Language

_GAP = "…"
_OBJECT = "……"
_LONGEST_OBJECT = 80
#: No paragraph is longer.
_ANY_LENGTH = 1 << 30
_ANY_OBJECT = rf"[^.。；;]{{1,{_LONGEST_OBJECT}}}?"
_BLANK = r'[ ,，،、\t“"«(]*+'

_NUMBER = re.compile(r"[0-9]{1,3} ")

_Role = Literal["act", "qualifier", "skip"]


#: Where a phrase ends, its role and what it stands for, and the qualifiers inside it.
_Taken = tuple[int, _Role, str, tuple[str, ...]]


def read_acts(words: Words, rules: LanguageRules) -> tuple[ActReading, ...]:
    """The acts of a paragraph in the order of its words; the first opens it where its `at` is the first word's, or that
    of the words that introduce it ("Governments are encouraged")."""
    phrases = _phrases(rules.code)
    text = words.small
    first = phrases.opening(text) or phrases.introduced(text)
    readings = [first] if first else []
    end = first.end if first else 0
    for start, at, word in phrases.beginnings(text):
        found = phrases.read(text, at, word) if start >= end else None
        if found is None or (readings and found.act in rules.act_first_only):
            continue
        end = found.end
        readings.append(found)
    if words.in_place:
        return tuple(readings)
    return tuple(ActReading(*words.place(each.at, each.end), each.act, each.qualifiers) for each in readings)


class _Gapped(NamedTuple):
    """The phrase of an act with a gap: how it begins and ends, and how far from one another at most."""

    begins: str
    ends: str
    reach: int
    pattern: re.Pattern[str]
    slug: str


class _WithWord(NamedTuple):
    """The phrases that begin with one word: `plain` finds the longest of those without a gap, `begins` is how any of
    all begins, `before_gap` how those with one do."""

    begins: tuple[str, ...]
    before_gap: tuple[str, ...]
    plain: re.Pattern[str]
    gapped: Sequence[_Gapped]


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The phrases of a language, ready to be matched: `boundary` finds where a later act may begin, with the word that
    stands there as its last group, `before_first` the same where the first is introduced; `meaning` is the role of a
    phrase without a gap and what it stands for; `inner` finds the qualifiers inside a gap."""

    by_word: Mapping[str, _WithWord]
    meaning: Mapping[str, tuple[_Role, str]]
    word: re.Pattern[str]
    boundary: re.Pattern[str]
    before_first: re.Pattern[str] | None
    inner: re.Pattern[str]
    inner_meaning: Mapping[str, str]
    qualifiers_follow: bool

    def opening(self, text: str) -> ActReading | None:
        """The act that stands before all other words, or behind a number that the file left there."""
        number = _NUMBER.match(text)
        act = self.read(text, *self._word(text, number.end() if number else 0))
        return act._replace(at=0) if act and number else act

    def introduced(self, text: str) -> ActReading | None:
        """The act behind words that introduce the first; it opens the paragraph with these."""
        found = self.before_first.match(text) if self.before_first else None
        act = self.read(text, *self._word(text, found.end(1))) if found else None
        return act._replace(at=0) if act else None

    def beginnings(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where a later act may begin, if a phrase begins with the word there: the place behind a boundary, then that
        of the word behind what means nothing, and the word."""
        last = 0
        for found in self.boundary.finditer(text):
            if found.start() >= last:
                last, at, word = found.end(1), found.start("word"), found["word"]
                known = self.by_word.get(word)
                if known and text.startswith(known.begins, at):
                    yield last, at, word

    def _word(self, text: str, at: int) -> tuple[int, str]:
        found = self.word.match(text, at)
        assert found is not None
        return found.start(1), found[1]

    def read(self, text: str, at: int, word: str) -> ActReading | None:
        """The act whose words begin with `word` at that place, in the positions of `text`."""
        act: str | None = None
        qualifiers: list[str] = []
        first, end = at, at
        while taken := self._longest(text, at, word):
            behind, role, slug, inside = taken
            if act is not None and (role == "act" or not self.qualifiers_follow):
                break
            if role == "act":
                act = slug
                qualifiers.extend(inside)
            elif role == "qualifier":
                qualifiers.append(slug)
            end = behind if role != "skip" else end
            at, word = self._word(text, behind)
        return ActReading(first, end, act, tuple(dict.fromkeys(qualifiers))) if act else None

    def _longest(self, text: str, at: int, word: str) -> _Taken | None:
        known = self.by_word.get(word)
        if known is None:
            return None
        longest: _Taken | None = None
        if plain := known.plain.match(text, at):
            longest = (plain.end(), *self.meaning[plain[0]], ())
        for phrase in known.gapped if text.startswith(known.before_gap, at) else ():
            if text.startswith(phrase.begins, at) and (taken := self._gapped(text, at, phrase)):
                longest = taken if longest is None or taken[0] > longest[0] else longest
        return longest

    def _gapped(self, text: str, at: int, phrase: _Gapped) -> _Taken | None:
        # To look for the end is quick; it stands behind few of those that begin so.
        behind = at + len(phrase.begins)
        if text.find(phrase.ends, behind, behind + phrase.reach) < 0:
            return None
        match = phrase.pattern.match(text, at)
        if match is None:
            return None
        inside = tuple(self.inner_meaning[word] for gap in match.groups() for word in self.inner.findall(gap))
        return match.end(), "act", phrase.slug, inside


@cache
def _phrases(code: Language) -> _Phrases:
    rules = languages.rules(code)

    def looked_up(phrase: str) -> str:
        return words_of(phrase, rules).small

    acts = [(looked_up(phrase), slug) for slug, listed in rules.acts.items() for phrase in listed]
    qualifiers = [(looked_up(phrase), slug) for slug, listed in rules.qualifiers.items() for phrase in listed]
    skips = [looked_up(phrase) for phrase in rules.act_skip]
    # Where one phrase stands for several, the act counts.
    meaning: dict[str, tuple[_Role, str]] = {}
    meaning.update((phrase, ("skip", "")) for phrase in skips if _GAP not in phrase)
    meaning.update((phrase, ("qualifier", slug)) for phrase, slug in qualifiers if _GAP not in phrase)
    meaning.update((phrase, ("act", slug)) for phrase, slug in acts if _GAP not in phrase)
    inner = {_bare(phrase): slug for phrase, slug in qualifiers}
    gap = _gap({*inner, *map(_bare, skips)}, rules)
    gapped = [_with_gap(phrase, slug, gap, rules) for phrase, slug in acts if _GAP in phrase]
    word = r"\w*" if rules.spaced else r"[\s\S]?"
    begins = _beginnings([*meaning, *(phrase.begins for phrase in gapped)])

    def behind(boundary: re.Pattern[str]) -> str:
        # Folded words know no white space but the space, which is found faster.
        return f"((?>{boundary.pattern}))(?={_BLANK}(?={begins})(?P<word>{word}))".replace(r"\s", " ")

    return _Phrases(
        by_word=_by_word(re.compile(word), meaning, gapped, rules),
        meaning=meaning,
        word=re.compile(f"{_BLANK}(?P<word>{word})"),
        boundary=led(behind(rules.act_boundary)),
        before_first=re.compile(behind(rules.before_first_act)) if rules.before_first_act else None,
        inner=re.compile(_alternatives(inner, rules)),
        inner_meaning=inner,
        qualifiers_follow=rules.qualifiers_follow,
    )


def _by_word(
    word: re.Pattern[str], plain: Iterable[str], gapped: Iterable[_Gapped], rules: LanguageRules
) -> dict[str, _WithWord]:
    """The phrases by the word with which they begin."""
    plain_by_word: dict[str, list[str]] = defaultdict(list)
    gapped_by_word: dict[str, list[_Gapped]] = defaultdict(list)
    for phrase in plain:
        plain_by_word[_first(word, phrase)].append(phrase)
    for each in gapped:
        gapped_by_word[_first(word, each.begins)].append(each)
    return {
        first: _WithWord(
            (*plain_by_word[first], *(each.begins for each in gapped_by_word[first])),
            tuple({each.begins for each in gapped_by_word[first]}),
            re.compile(_alternatives(plain_by_word[first], rules)),
            gapped_by_word[first],
        )
        for first in {**plain_by_word, **gapped_by_word}
    }


def _beginnings(phrases: Iterable[str]) -> str:
    """A pattern for the first letters of phrases; by the first of all it is told at once where none of them stands."""
    by_letter: dict[str, set[str]] = defaultdict(set)
    for phrase in phrases:
        by_letter[phrase[:1]].add(re.escape(phrase[1:3]))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(sorted(rests))})" for letter, rests in sorted(by_letter.items()))


def _first(word: re.Pattern[str], phrase: str) -> str:
    found = word.match(phrase)
    return found[0] if found else ""


def _bare(phrase: str) -> str:
    """A qualifier or word to skip that counts only inside a gap is written with the gap before it."""
    return phrase.lstrip(f"{_GAP} ")


def _gap(words: Iterable[str], rules: LanguageRules) -> str:
    separator = "[ ,]+" if rules.spaced else "[ ,]*"
    return f"{separator}((?:(?:{_alternatives(words, rules)}){separator})*?)"


def _with_gap(phrase: str, slug: str, gap: str, rules: LanguageRules) -> _Gapped:
    if _OBJECT in phrase:
        around = [[words.strip() for words in part.split(_GAP)] for part in phrase.split(_OBJECT)]
        pattern = re.compile(_ANY_OBJECT.join(gap.join(map(re.escape, part)) for part in around))
        reach = 2 * len(phrase) + _LONGEST_OBJECT * len(around)
        return _Gapped(around[0][0], around[-1][-1], reach, pattern, slug)
    parts = [part.strip() for part in phrase.split(_GAP)]
    pattern = re.compile(gap.join(map(re.escape, parts)) + _word_end(phrase, rules))
    return _Gapped(parts[0], parts[-1], _ANY_LENGTH, pattern, slug)


def _alternatives(phrases: Iterable[str], rules: LanguageRules) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase) + _word_end(phrase, rules) for phrase in longest_first) or "(?!)"


def _word_end(phrase: str, rules: LanguageRules) -> str:
    return r"(?!\w)" if rules.spaced and phrase[-1:].isalnum() else ""
