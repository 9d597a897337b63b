"""The words a citation is made of, found in one pass: numbers, nouns, organs, dates, locators, treaty volumes.

What is found is what one alternation of all rules would find, tried at every place from left to right: at one place the
rule that stands first counts, and no token begins inside another. But a rule is tried only where words stand with which
its matches can begin (kg.languages.openings), which is many times faster: one automaton looks for the openings of all
rules at once; those that begin with any digit or capital share one pattern that skips to these.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from kg import languages
from kg.extract.words import Words
from kg.languages import LanguageRules, Rule, unnamed
from kg.languages.openings import held, led, openings, spans
from kg.languages.wordlist import Wordlist
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
    """A rule and its place in the order in which rules are tried; a `bare` one reads citations without a number."""

    order: int
    rule: Rule
    bare: bool


class _Rules(NamedTuple):
    """The rules of a language by the words with which their matches can begin: those that begin with opening n of the
    automaton are `by_opening[n]`. Those that begin with one of many characters are found by `led`, and the group that
    matched there says which; but if all their matches hold certain words, they are `by_held[n]`, each with a pattern of
    its own, where n is the number of such words."""

    openings: Wordlist
    by_opening: Sequence[Sequence[_Ordered]]
    bare_openings: frozenset[int]
    led: re.Pattern[str]
    by_group: Mapping[str, _Ordered]
    by_held: Mapping[int, Sequence[tuple[_Ordered, re.Pattern[str]]]]


def tokens(words: Words, rules: LanguageRules, *, everywhere: bool = False) -> list[Token]:
    """The tokens of a passage from left to right, none inside another.

    A part of a sentence without a digit cites nothing but what has no number, so it is searched for that alone, unless
    such a citation is in it; `everywhere` is for passages whose locators may stand behind a note mark, in words.
    """
    known = _rules(rules.code)
    folded = words.folded
    hits = known.openings.hits(folded)
    if not (words.has_digit or everywhere) and known.bare_openings.isdisjoint(map(itemgetter(0), hits)):
        return []
    openings = sorted((start, number) for number, start, _ in hits)
    found: list[Token] = []
    start = first = 0
    for end in (*(end for _, end in spans(rules.stop, folded)), len(folded)):
        behind = first
        while behind < len(openings) and openings[behind][0] < end:
            behind += 1
        here, first = openings[first:behind], behind
        # What is placed stands by a digit, or in words beside "ibid.", "the present resolution" or the Charter.
        placed = everywhere or (words.has_digit and _DIGIT.search(folded, start, end) is not None)
        if not placed and here:
            bare = _in_order(_opened(folded, end, here, known, bare=True))
            placed = any(token.kind != "vague" for token in bare)
            found.extend(() if placed else bare)
        if placed:
            everything = _opened(folded, end, here, known, bare=False)
            everything.extend(_led(folded, start, end, known))
            everything.extend(_holding(folded, start, end, here, known))
            found.extend(_in_order(everything))
        start = end
    return found


#: Where a token stands, the order of its rule among those that are tried there, and the token.
_Found = tuple[int, int, Token]
_ORDER = itemgetter(0, 1)


def _opened(folded: str, end: int, openings: list[tuple[int, int]], known: _Rules, *, bare: bool) -> list[_Found]:
    """The tokens of the rules that may begin at one of these openings, each a place and a number of the automaton."""
    return [
        (start, order, Token(rule.name, start, match.end(), match))
        for start, number in openings
        for order, rule, is_bare in known.by_opening[number]
        if (is_bare or not bare) and (match := rule.pattern.match(folded, start, end))
    ]


def _led(folded: str, start: int, end: int, known: _Rules) -> Iterator[_Found]:
    """The tokens of the rules that begin with any digit or capital."""
    for found in known.led.finditer(folded, start, end):
        group = found.lastgroup or ""
        order, rule, _ = known.by_group[group]
        at, stop = found.span(group)
        match = rule.pattern.match(folded, at, end) if rule.pattern.groups else found
        yield at, order, Token(rule.name, at, stop, match)


def _holding(folded: str, start: int, end: int, openings: list[tuple[int, int]], known: _Rules) -> Iterator[_Found]:
    """The tokens of the rules that begin with any of many characters and hold one of the words that stand here."""
    if known.by_held.keys().isdisjoint(map(itemgetter(1), openings)):
        return
    # Kept apart by their orders: to compare patterns takes long.
    rules = {each[0].order: each for _, number in openings for each in known.by_held.get(number, ())}
    for (order, rule, _), pattern in rules.values():
        for found in pattern.finditer(folded, start, end):
            if match := rule.pattern.match(folded, found.start(), end):
                yield found.start(), order, Token(rule.name, found.start(), match.end(), match)


def _in_order(found: list[_Found]) -> list[Token]:
    """The tokens from left to right, at one place that of the first rule, none inside another."""
    found.sort(key=_ORDER)
    last = 0
    kept = []
    for start, _, token in found:
        if start >= last:
            last = token.end
            kept.append(token)
    return kept


@cache
def _rules(code: Language) -> _Rules:
    by_words: dict[str, list[_Ordered]] = defaultdict(list)
    by_held: dict[str, list[tuple[_Ordered, re.Pattern[str]]]] = defaultdict(list)
    by_group: dict[str, _Ordered] = {}
    for order, rule in enumerate(languages.rules(code).tokens):
        ordered, pattern = _Ordered(order, rule, rule.name in _BARE), rule.pattern.pattern
        begins = openings(pattern)
        # An opening of a single digit or Latin letter tells no more than a set of these.
        if not any(each.set or (len(each.words) == 1 and each.words.isascii()) for each in begins):
            for each in begins:
                by_words[each.words].append(ordered)
        elif words := held(pattern):
            far = led(pattern)
            for word in words:
                by_held[word].append((ordered, far))
        else:
            by_group[f"rule{order}"] = ordered
    alternation = "|".join(f"(?P<{group}>{unnamed(ordered.rule)})" for group, ordered in by_group.items())
    every = list(dict.fromkeys([*by_words, *by_held]))
    return _Rules(
        openings=Wordlist(every),
        by_opening=[by_words.get(word, []) for word in every],
        bare_openings=frozenset(n for n, word in enumerate(every) if any(each.bare for each in by_words.get(word, ()))),
        led=led(alternation),
        by_group=by_group,
        by_held={n: by_held[word] for n, word in enumerate(every) if word in by_held},
    )
