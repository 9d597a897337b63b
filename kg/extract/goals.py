"""Sustainable Development Goals and targets: those that a paragraph names, and those that its words speak for.

What is inferred is never mixed with what is named: it carries the words that speak for it and a score, which is the
chance that not all of them mislead, a named thing of a registry counting more than a phrase.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache
from typing import NamedTuple

import ahocorasick_rs as ac

from kg import languages, registry
from kg.extract.names import Name
from kg.extract.squeezed import Squeezed, squeezed, stands_alone
from kg.languages import LanguageRules, fold
from kg.model import Clause, Language, Mention, MentionKind, Outline

_WEIGHT_OF_NAME = 0.8
_WEIGHT_OF_CUE = 0.6
#: An inference is never certain.
_MOST = 0.99


class _Evidence(NamedTuple):
    """The places of a clause's words that together speak for a Goal or target, and how strongly."""

    places: tuple[tuple[int, int], ...]
    weight: float


class _Cues(NamedTuple):
    """All cue phrases of one language; a cue is complete when each of its phrases stands in the paragraph.

    `cues[p]` are the cues whose first phrase is p: the target, and all phrases of the cue.
    """

    automaton: ac.AhoCorasick
    cues: dict[int, list[tuple[str, tuple[int, ...]]]]


def read_goals(outline: Outline, names: list[Name], rules: LanguageRules) -> tuple[Mention, ...]:
    """The Goals and targets of all paragraphs, named ones first within each paragraph."""
    by_clause: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        by_clause[name.mention.clause].append(name)
    found: list[Mention] = []
    for clause in outline.clauses:
        if clause.kind == "heading":
            continue
        named = _named(clause, rules)
        inferred = _inferred(clause, by_clause[clause.id], rules)
        explicit = {mention.target for mention in named}
        found.extend(named)
        found.extend(mention for mention in inferred if mention.target not in explicit)
    return tuple(found)


def _named(clause: Clause, rules: LanguageRules) -> list[Mention]:
    text = fold(clause.passage.text)
    mentions = []
    for rule in rules.goals:
        for match in rule.pattern.finditer(text):
            for code in codes(match["codes"]):
                entry = registry.find(f"sdg/{code}")
                if entry is not None:
                    span = clause.passage.span(*match.span())
                    surface = clause.passage.text[match.start() : match.end()]
                    mentions.append(Mention(clause.id, entry.kind, entry.target, span, surface))
    return mentions


def codes(text: str) -> list[str]:
    """The codes in a list of Goals or targets: "6 and 14.a" gives 6, 14.a."""
    kept = "".join(
        character if character.isascii() and (character.isalnum() or character == ".") else " " for character in text
    )
    return [code for code in kept.split() if code[0].isdigit()]


def _inferred(clause: Clause, names: list[Name], rules: LanguageRules) -> list[Mention]:
    evidence: dict[str, list[_Evidence]] = defaultdict(list)
    for name in names:
        for target in registry.entry(name.mention.target).serves:
            evidence[target].append(_Evidence(((name.start, name.end),), _WEIGHT_OF_NAME))
    words = squeezed(clause.passage.text, rules, lower=True)
    for target, phrases in _speaking(words, rules.code):
        places = tuple(sorted(words.place(start, end) for start, end in phrases))
        evidence[target].append(_Evidence(places, _WEIGHT_OF_CUE))
    return [_mention(clause, target, found) for target, found in sorted(evidence.items())]


def _speaking(words: Squeezed, language: Language) -> list[tuple[str, list[tuple[int, int]]]]:
    """The cues of which every phrase occurs, each with the first place of its phrases."""
    automaton, cues = _cues(language)
    first: dict[int, tuple[int, int]] = {}
    for phrase, start, end in automaton.find_matches_as_indexes(words.text, overlapping=True):
        if languages.rules(language).spaced and not stands_alone(words.text, start, end):
            continue
        first.setdefault(phrase, (start, end))
    return [
        (target, [first[p] for p in phrases])
        for phrase in first
        for target, phrases in cues.get(phrase, ())
        if all(p in first for p in phrases)
    ]


def _mention(clause: Clause, target: str, found: list[_Evidence]) -> Mention:
    doubt = math.prod(1 - each.weight for each in found)
    places = sorted({place for each in found for place in each.places})
    start, end = places[0]
    text = clause.passage.text
    kind: MentionKind = "target" if "." in target else "goal"
    return Mention(
        clause=clause.id,
        kind=kind,
        target=target,
        span=clause.passage.span(start, end),
        surface=text[start:end],
        inferred=True,
        evidence=tuple(dict.fromkeys(text[start:end] for start, end in places)),
        score=round(min(1 - doubt, _MOST), 2),
    )


@cache
def _cues(language: Language) -> _Cues:
    rules = languages.rules(language)
    phrases: dict[str, int] = {}
    cues: dict[int, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for entry in registry.entries().values():
        for code, cue in entry.cues:
            if code == language:
                parts = [squeezed(part.strip(), rules, lower=True).text for part in cue.split(" + ")]
                numbers = tuple(phrases.setdefault(part, len(phrases)) for part in parts)
                cues[numbers[0]].append((entry.target, numbers))
    return _Cues(ac.AhoCorasick(list(phrases)), dict(cues))
