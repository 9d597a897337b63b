"""The words a citation is made of, found in one pass: numbers, nouns, organs, dates, locators, treaty volumes."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg import languages
from kg.languages import LanguageRules, Rule, unnamed
from kg.model import Language


class Token(NamedTuple):
    """One such word: `kind` as in LanguageRules.tokens, `match` with the groups of its rule; None for a named body."""

    kind: str
    start: int
    end: int
    match: re.Match[str] | None


def tokens(folded: str, rules: LanguageRules) -> list[Token]:
    """The tokens of a passage whose look-alikes have been folded, from left to right, none inside another."""
    pattern, by_group = _alternation(rules.code)
    found = []
    for hit in pattern.finditer(folded):
        rule = by_group[hit.lastgroup or ""]
        match = rule.pattern.match(folded, hit.start())
        if match:
            found.append(Token(rule.name, match.start(), match.end(), match))
    return found


@cache
def _alternation(code: Language) -> tuple[re.Pattern[str], dict[str, Rule]]:
    """One pattern for all rules; each rule's own pattern then gives the groups."""
    by_group = {f"rule{n}": rule for n, rule in enumerate(languages.rules(code).tokens)}
    return re.compile("|".join(f"(?P<{group}>{unnamed(rule)})" for group, rule in by_group.items())), by_group
