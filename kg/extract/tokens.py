"""The words a citation is made of, found in one pass: numbers, nouns, organs, dates, locators, treaty volumes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from kg import languages
from kg.languages import LanguageRules, Rule, unnamed
from kg.model import Language

_DIGIT = re.compile(r"[0-9]")
_BARE = ("self_reference", "vague", "ibid", "charter", "united-nations", "league-of-nations")


class Token(NamedTuple):
    """One such word: `kind` as in LanguageRules.tokens, `match` with the groups of its rule; None for a named body."""

    kind: str
    start: int
    end: int
    match: re.Match[str] | None


def tokens(folded: str, rules: LanguageRules, *, everywhere: bool = False) -> list[Token]:
    """The tokens of a passage whose look-alikes have been folded, from left to right, none inside another.

    A part of a sentence without a digit cites nothing but what has no number, so it is searched for that alone, which
    is many times faster; `everywhere` is for passages whose locators may stand behind a note mark, in words.
    """
    full, bare = _alternations(rules.code)
    found: list[Token] = []
    start = 0
    for stop in [*rules.citation["stop"].finditer(folded), None]:
        end = stop.end() if stop else len(folded)
        wanted = full if everywhere or _places(folded, start, end, bare) else bare
        for hit in wanted.pattern.finditer(folded, start, end):
            rule = wanted.rules[hit.lastgroup or ""]
            match = rule.pattern.match(folded, hit.start())
            if match:
                found.append(Token(rule.name, match.start(), match.end(), match))
        start = end
    return found


def _places(folded: str, start: int, end: int, bare: _Alternation) -> bool:
    """Whether something may be placed here: by a digit, or in words beside "ibid.", "the present resolution" or
    the Charter."""
    if _DIGIT.search(folded, start, end):
        return True
    hits = bare.pattern.finditer(folded, start, end)
    return any(bare.rules[hit.lastgroup or ""].name != "vague" for hit in hits)


class _Alternation(NamedTuple):
    """One pattern for many rules; each rule's own pattern then gives the groups."""

    pattern: re.Pattern[str]
    rules: dict[str, Rule]


@cache
def _alternations(code: Language) -> tuple[_Alternation, _Alternation]:
    """All rules, and those of citations without a number."""
    every = languages.rules(code).tokens
    return _alternation(every), _alternation([rule for rule in every if rule.name in _BARE])


def _alternation(rules: Iterable[Rule]) -> _Alternation:
    by_group = {f"rule{n}": rule for n, rule in enumerate(rules)}
    joined = "|".join(f"(?P<{group}>{unnamed(rule)})" for group, rule in by_group.items())
    return _Alternation(re.compile(joined), by_group)
