"""Named things in the words: bodies, groups, instruments and events of the registries, longest name first.

A short name ("the Commission", 理事会) counts only where the full name of something that is so called stood before it
in the document; it then means the one named last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import ahocorasick_rs as ac

from kg import languages, registry
from kg.extract.squeezed import squeezed, stands_alone
from kg.languages import LanguageRules
from kg.model import Clause, Footnote, Language, Mention, Outline


class Name(NamedTuple):
    """A mention with its place in the clause's own words."""

    mention: Mention
    start: int
    end: int


class _Lexicon(NamedTuple):
    """The full names of one language and its short ones; the things called by name i are `targets[i]`."""

    full: ac.AhoCorasick
    full_targets: list[list[str]]
    short: ac.AhoCorasick
    short_targets: list[list[str]]


def read_names(outline: Outline, rules: LanguageRules) -> list[Name]:
    """The named things of all clauses, each with those of its notes behind it, which carry the note's id as clause."""
    lexicon = _lexicon(rules.code)
    named_last: dict[str, int] = {}
    found: list[Name] = []
    for part in _parts(outline):
        words = squeezed(part.passage.text, rules)
        for start, end, targets, is_full in _matches(lexicon, words.text, rules):
            # A full name means itself, a short one what was named last of those so called.
            known = targets if is_full else [target for target in targets if target in named_last]
            if known:
                target = max(known, key=lambda target: named_last.get(target, -1))
                named_last[target] = len(found)
                found.append(_name(part, target, *words.place(start, end)))
    return found


def _parts(outline: Outline) -> Iterator[Clause | Footnote]:
    for clause in outline.clauses:
        yield clause
        yield from (note for note in outline.footnotes if note.clause == clause.id)
    yield from (note for note in outline.footnotes if note.clause is None)


def _matches(lexicon: _Lexicon, text: str, rules: LanguageRules) -> list[tuple[int, int, list[str], bool]]:
    """Every name in the order of the words: where it stands, what is called so, and whether the name is a full one. Of
    names that overlap the longest counts, a full one before a short one."""
    taken: list[tuple[int, int]] = []
    found = []
    for automaton, targets, is_full in (
        (lexicon.full, lexicon.full_targets, True),
        (lexicon.short, lexicon.short_targets, False),
    ):
        matches = automaton.find_matches_as_indexes(text, overlapping=True)
        for number, start, end in sorted(matches, key=lambda match: (match[1] - match[2], match[1])):
            apart = not rules.spaced or stands_alone(text, start, end)
            if apart and all(end <= begin or stop <= start for begin, stop in taken):
                taken.append((start, end))
                found.append((start, end, targets[number], is_full))
    return sorted(found, key=lambda match: match[:2])


def _name(part: Clause | Footnote, target: str, start: int, end: int) -> Name:
    mention = Mention(
        clause=part.id,
        kind=registry.entry(target).kind,
        target=target,
        span=part.passage.span(start, end),
        surface=part.passage.text[start:end],
    )
    return Name(mention, start, end)


@cache
def _lexicon(language: Language) -> _Lexicon:
    rules = languages.rules(language)
    full: dict[str, list[str]] = defaultdict(list)
    short: dict[str, list[str]] = defaultdict(list)
    for entry in registry.entries().values():
        for table, pairs in ((full, entry.names), (short, entry.short)):
            for code, name in pairs:
                if code == language and entry.kind not in ("goal", "target"):
                    table[squeezed(name, rules).text].append(entry.target)
    short = {name: targets for name, targets in short.items() if name not in full}
    return _Lexicon(ac.AhoCorasick(list(full)), list(full.values()), ac.AhoCorasick(list(short)), list(short.values()))
