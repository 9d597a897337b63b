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
from kg.extract.squeezed import squeezed
from kg.languages import LanguageRules
from kg.model import Clause, Footnote, Language, Mention, Outline


class Name(NamedTuple):
    """A mention with its place in the clause's own words."""

    mention: Mention
    start: int
    end: int


class _Lexicon(NamedTuple):
    """All names of one language; `targets[i]` are the things called by name i, `short[i]` whether it is a short one."""

    automaton: ac.AhoCorasick
    targets: list[list[str]]
    short: list[bool]


def read_names(outline: Outline, rules: LanguageRules) -> list[Name]:
    """The named things of all clauses, each with those of its notes behind it, which carry the note's id as clause."""
    lexicon = _lexicon(rules.code)
    named_last: dict[str, int] = {}
    found: list[Name] = []
    for part in _parts(outline):
        words = squeezed(part.passage.text, rules)
        for pattern, start, end in lexicon.automaton.find_matches_as_indexes(words.text):
            if rules.spaced and not _stands_alone(words.text, start, end):
                continue
            target = _meant(lexicon, pattern, named_last)
            if target is not None:
                named_last[target] = len(found)
                found.append(_name(part, target, *words.place(start, end)))
    return found


def _parts(outline: Outline) -> Iterator[Clause | Footnote]:
    for clause in outline.clauses:
        yield clause
        yield from (note for note in outline.footnotes if note.clause == clause.id)
    yield from (note for note in outline.footnotes if note.clause is None)


def _meant(lexicon: _Lexicon, pattern: int, named_last: dict[str, int]) -> str | None:
    """The thing a name means here: a full name means itself, a short one what was named last of those so called."""
    candidates = lexicon.targets[pattern]
    if not lexicon.short[pattern]:
        return candidates[0]
    known = [target for target in candidates if target in named_last]
    return max(known, key=lambda target: named_last[target], default=None)


def _name(part: Clause | Footnote, target: str, start: int, end: int) -> Name:
    mention = Mention(
        clause=part.id,
        kind=registry.entry(target).kind,
        target=target,
        span=part.passage.span(start, end),
        surface=part.passage.text[start:end],
    )
    return Name(mention, start, end)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum())


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
    names = [*full, *(name for name in short if name not in full)]
    return _Lexicon(
        automaton=ac.AhoCorasick(names, matchkind=ac.MatchKind.LeftmostLongest),
        targets=[full.get(name) or short[name] for name in names],
        short=[name not in full for name in names],
    )
