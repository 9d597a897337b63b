"""The words a citation is made of, found in one pass: numbers, nouns, organs, dates, locators, treaty volumes.

What is found is what one alternation of all rules would find, tried at every place from left to right: at one place the
rule that stands first counts, and no token begins inside another. But a rule is tried only where words stand with which
its matches can begin (kg.languages.openings), which is many times faster: one automaton looks for the openings of all
rules at once; those that begin with any digit or capital share one pattern that skips to these.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from kg import languages
from kg.extract.words import Words
from kg.languages import APART, LanguageRules, unnamed
from kg.languages.openings import held, led, openings, spans
from kg.languages.wordlist import Hit, Wordlist
from kg.model import Language

_DIGIT = re.compile(r"[0-9]")
_BARE = frozenset(("self_reference", "vague", "ibid", "charter", "united-nations", "league-of-nations"))


class Token(NamedTuple):
    """One such word: `kind` as in LanguageRules.tokens, `match` with the groups of its rule; None for a named body."""

    kind: str
    start: int
    end: int
    match: re.Match[str] | None


class _Ordered(NamedTuple):
    """A rule by its place in the order in which rules are tried: its name, and how it is matched."""

    order: int
    kind: str
    match: Callable[[str, int, int], re.Match[str] | None]


class _Rules(NamedTuple):
    """The rules of a language by the words with which their matches can begin: those that begin with opening n of the
    automaton are `by_opening[n]`, those of them that read citations without a number `bare[n]`. Those that begin with
    one of many characters are found by `led`, and the group that matched there says which; but if all their matches
    hold certain words, they are `by_held[n]`, each with a pattern of its own, where n is the number of such words."""

    openings: Wordlist
    by_opening: Mapping[int, Sequence[_Ordered]]
    bare: Mapping[int, Sequence[_Ordered]]
    led: re.Pattern[str]
    by_group: Mapping[str, _Ordered]
    by_held: Mapping[int, Sequence[tuple[_Ordered, re.Pattern[str]]]]


def tokens(words: Words, rules: LanguageRules, *, everywhere: bool = False) -> list[Token]:
    """The tokens of one passage alone."""
    return next(tokens_in_each([words], rules, [everywhere]))


def tokens_in_each(every: Sequence[Words], rules: LanguageRules, everywhere: Iterable[bool]) -> Iterator[list[Token]]:
    """The tokens of each of several passages from left to right, none inside another.

    A part of a sentence without a digit cites nothing but what has no number, so it is searched for that alone, unless
    such a citation is in it; `everywhere` is for passages whose locators may stand behind a note mark, in words.
    """
    known = _rules(rules.code)
    found = known.openings.hits_in_each([words.folded for words in every])
    for words, hits, whole in zip(every, found, everywhere, strict=True):
        if words.has_digit or whole:
            yield _tokens(words, hits, rules, known, everywhere=whole)
        elif known.bare.keys().isdisjoint(map(_NUMBER, hits)):
            yield []
        else:
            yield _tokens(words, hits, rules, known, everywhere=False)


def _tokens(words: Words, hits: list[Hit], rules: LanguageRules, known: _Rules, *, everywhere: bool) -> list[Token]:
    """The tokens of a passage in which there are some, by the openings that stand in it."""
    folded = words.folded
    found: list[Token] = []
    start = 0
    for end in (*(end for _, end in spans(rules.stop, folded)), len(folded)):
        whole = end - start == len(folded)
        here = hits if whole else [hit for hit in hits if start <= hit[1] < end]
        # What is placed stands by a digit, or in words beside "ibid.", "the present resolution" or the Charter.
        placed = everywhere or (words.has_digit and (whole or _DIGIT.search(folded, start, end) is not None))
        if not placed and here:
            bare = _in_order(_opened(folded, end, here, known.bare))
            placed = any(token.kind != "vague" for token in bare)
            found += () if placed else bare
        if placed:
            everything = _opened(folded, end, here, known.by_opening)
            everything += _led(folded, start, end, known)
            if not known.by_held.keys().isdisjoint(map(_NUMBER, here)):
                everything += _holding(folded, start, end, here, known)
            found += _in_order(everything)
        start = end
    return found


#: The number of an opening.
_NUMBER = itemgetter(0)
#: Where a token stands, the order of its rule among those that are tried there, where it ends, its kind and its match.
_Found = tuple[int, int, int, str, re.Match[str]]
_ORDER = itemgetter(0, 1)


def _opened(folded: str, end: int, hits: list[Hit], rules: Mapping[int, Sequence[_Ordered]]) -> list[_Found]:
    """The tokens of the rules that may begin at one of these openings."""
    return [
        (start, order, found.end(), kind, found)
        for number, start, _ in hits
        if number in rules
        for order, kind, match in rules[number]
        if (found := match(folded, start, end))
    ]


def _led(folded: str, start: int, end: int, known: _Rules) -> list[_Found]:
    """The tokens of the rules that begin with any digit or capital."""
    tokens = []
    for found in known.led.finditer(folded, start, end):
        group = found.lastgroup or ""
        order, kind, match = known.by_group[group]
        at, stop = found.span(group)
        tokens.append((at, order, stop, kind, match(folded, at, end) or found))
    return tokens


def _holding(folded: str, start: int, end: int, hits: list[Hit], known: _Rules) -> list[_Found]:
    """The tokens of the rules that begin with any of many characters and hold one of the words that stand here."""
    # Kept apart by their orders: to compare patterns takes long.
    rules = {each[0].order: each for number, _, _ in hits for each in known.by_held.get(number, ())}
    return [
        (begins.start(), order, found.end(), kind, found)
        for (order, kind, match), pattern in rules.values()
        for begins in pattern.finditer(folded, start, end)
        if (found := match(folded, begins.start(), end))
    ]


def _in_order(found: list[_Found]) -> list[Token]:
    """The tokens from left to right, at one place that of the first rule, none inside another."""
    found.sort(key=_ORDER)
    last = 0
    kept = []
    for start, _, end, kind, match in found:
        if start >= last:
            last = end
            kept.append(Token(kind, start, end, match))
    return kept


@cache
def _rules(code: Language) -> _Rules:
    by_words: dict[str, list[_Ordered]] = defaultdict(list)
    by_held: dict[str, list[tuple[_Ordered, re.Pattern[str]]]] = defaultdict(list)
    by_group: dict[str, _Ordered] = {}
    alternatives: dict[str, str] = {}
    bare = set()
    for order, rule in enumerate(languages.rules(code).tokens):
        ordered, pattern = _Ordered(order, rule.name, rule.pattern.match), rule.pattern.pattern
        begins = openings(pattern)
        # An opening of a single digit or Latin letter tells no more than a set of these.
        if not any(each.set or (len(each.words) == 1 and each.words.isascii()) for each in begins):
            for each in begins:
                by_words[each.words].append(ordered)
            bare |= {order} if rule.name in _BARE else set()
        elif words := held(pattern):
            far = led(pattern)
            for word in words:
                by_held[word].append((ordered, far))
        else:
            by_group[f"rule{order}"] = ordered
            alternatives[f"rule{order}"] = unnamed(rule)
    every = list(dict.fromkeys([*by_words, *by_held]))
    by_opening = {n: by_words[word] for n, word in enumerate(every) if word in by_words}
    return _Rules(
        openings=Wordlist(every),
        by_opening=by_opening,
        bare={n: those for n, each in by_opening.items() if (those := [rule for rule in each if rule.order in bare])},
        led=led(_alternation(alternatives)),
        by_group=by_group,
        by_held={n: by_held[word] for n, word in enumerate(every) if word in by_held},
    )


def _alternation(patterns: Mapping[str, str]) -> str:
    """One pattern for several, a group for each; what must not stand before numbers is looked at once for all."""
    parts = []
    for apart, those in groupby(patterns.items(), key=lambda item: item[1].startswith(f"(?:{APART}")):
        inside = "|".join(f"(?P<{group}>{each.replace(APART, '', 1) if apart else each})" for group, each in those)
        parts.append(f"{APART}(?:{inside})" if apart else inside)
    return "|".join(parts)
