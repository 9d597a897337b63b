"""Sustainable Development Goals and targets: those that a paragraph names, and those that its words speak for.

What is inferred is never mixed with what is named: it carries the words that speak for it and a score, which is the
chance that not all of them mislead, a named thing of a registry counting more than a phrase.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg import languages, registry
from kg.extract.names import Name, Names
from kg.extract.words import DocumentWords, Words, words_of
from kg.languages import LanguageRules
from kg.languages.phrases import Phrases
from kg.languages.wordlist import Hit
from kg.model import Clause, Language, Mention, MentionKind, Outline

_WEIGHT_OF_NAME = 0.8
_WEIGHT_OF_CUE = 0.6
#: An inference is never certain.
_MOST = 0.99


#: Where words stand that speak for a Goal or target.
_Place = tuple[int, int]
#: The cues of a language by the number of their first phrase: the target, and all phrases of the cue.
_CuesByPhrase = dict[int, list[tuple[str, tuple[int, ...]]]]


class _Cues(NamedTuple):
    """All cue phrases of one language; a cue is complete when each of its phrases stands in the paragraph."""

    phrases: Phrases
    cues: _CuesByPhrase


def read_goals(outline: Outline, words: DocumentWords, names: Names, rules: LanguageRules) -> tuple[Mention, ...]:
    """The Goals and targets of all paragraphs, named ones first within each paragraph."""
    found: list[Mention] = []
    clauses = [clause for clause in outline.clauses if clause.kind != "heading"]
    own = [words[clause.id] for clause in clauses]
    phrases, cues = _cues(rules.code)
    hits = words.hits(phrases, small=True)
    numbered = rules.goal_finder.matches_in_each([each.folded if each.has_digit else "" for each in own])
    for clause, its, matches in zip(clauses, own, numbered, strict=True):
        heard = hits[clause.id]
        named = [mention for _, match in matches for mention in _named(clause, match)]
        spoken = _speaking(its, heard, cues) if heard else ()
        inferred = _inferred(clause, names[clause.id], spoken)
        if named:
            explicit = {mention.target for mention in named}
            inferred = [mention for mention in inferred if mention.target not in explicit]
        found += named + inferred
    return tuple(found)


def _named(clause: Clause, match: re.Match[str]) -> Iterator[Mention]:
    for code in codes(match["codes"]):
        entry = registry.find(f"sdg/{code}")
        if entry is not None:
            span = clause.passage.span(*match.span())
            surface = clause.passage.text[match.start() : match.end()]
            yield Mention(clause.id, entry.kind, entry.target, span, surface)


def codes(text: str) -> list[str]:
    """The codes in a list of Goals or targets: "6 and 14.a" gives 6, 14.a."""
    kept = "".join(
        character if character.isascii() and (character.isalnum() or character == ".") else " " for character in text
    )
    return [code for code in kept.split() if code[0].isdigit()]


def _inferred(clause: Clause, names: Sequence[Name], spoken: Iterable[tuple[str, list[_Place]]]) -> list[Mention]:
    """What the words speak for, each with the places of those that do, and the chance that all of them mislead."""
    places: dict[str, list[_Place]] = {}
    doubts: dict[str, float] = {}
    serving = _serving()
    for name in names:
        for target in serving.get(name.mention.target, ()):
            places.setdefault(target, []).append((name.start, name.end))
            doubts[target] = doubts.get(target, 1) * (1 - _WEIGHT_OF_NAME)
    for target, phrases in spoken:
        places.setdefault(target, []).extend(phrases)
        doubts[target] = doubts.get(target, 1) * (1 - _WEIGHT_OF_CUE)
    if not places:
        return []
    return [_mention(clause, target, places[target], doubts[target]) for target in sorted(places)]


@cache
def _serving() -> Mapping[str, tuple[str, ...]]:
    """The Goals and targets that a named thing serves, where it serves any."""
    return {target: entry.serves for target, entry in registry.entries().items() if entry.serves}


def _speaking(words: Words, heard: list[Hit], cues: _CuesByPhrase) -> Iterator[tuple[str, list[_Place]]]:
    """The cues of which every phrase occurs, each with the first place of its phrases."""
    first: dict[int, _Place] = {}
    for phrase, start, end in heard:
        first.setdefault(phrase, (start, end))
    for phrase in first:
        for target, phrases in cues.get(phrase, ()):
            if len(phrases) == 1 or (phrases[1] in first and all(each in first for each in phrases)):
                yield target, [words.place(*first[each]) for each in phrases]


def _mention(clause: Clause, target: str, places: list[_Place], doubt: float) -> Mention:
    if len(places) > 1:
        places = sorted(set(places))
    passage = clause.passage
    said = [passage.text[start:end] for start, end in places]
    evidence = tuple(dict.fromkeys(said)) if len(said) > 1 else (said[0],)
    kind: MentionKind = "target" if "." in target else "goal"
    score = round(min(1 - doubt, _MOST), 2)
    return Mention(clause.id, kind, target, passage.span(*places[0]), said[0], True, evidence, score)


@cache
def _cues(language: Language) -> _Cues:
    rules = languages.rules(language)
    phrases: dict[tuple[str, ...], int] = {}
    cues: dict[int, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for entry in registry.entries().values():
        for code, cue in entry.cues:
            if code == language:
                parts = [rules.inflection.forms(words_of(part.strip(), rules).small) for part in cue.split(" + ")]
                numbers = tuple(phrases.setdefault(part, len(phrases)) for part in parts)
                cues[numbers[0]].append((entry.target, numbers))
    return _Cues(Phrases(phrases), dict(cues))
