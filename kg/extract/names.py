"""Named things in the words: bodies, groups, instruments and events of the registries, longest name first.

A short name ("the Commission", 理事会) counts only where the full name of something that is so called stood before it
in the document; it then means the one named last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from kg import languages, registry
from kg.extract.words import DocumentWords, words_of
from kg.languages import LanguageRules
from kg.languages.phrases import Phrases
from kg.languages.wordlist import Hit
from kg.model import Clause, Footnote, Language, Mention, Outline


class Name(NamedTuple):
    """A mention with its place in the clause's own words."""

    mention: Mention
    start: int
    end: int


_START = itemgetter(1)


class _Lexicon(NamedTuple):
    """The names of one language; the things called by name n are `targets[n]`. The first `full` names are full ones,
    those behind them are short; `skips[n]` characters of a short one are no part of it ("del Comité")."""

    names: Phrases
    targets: list[list[registry.Entry]]
    full: int
    skips: list[int]


#: The named things of a document in the order of its words, by the clause or note in which they stand.
Names = Mapping[str, Sequence[Name]]


def read_names(outline: Outline, words: DocumentWords, rules: LanguageRules) -> Names:
    """The named things of all clauses and notes; a note is read with the clause that calls it."""
    lexicon = _lexicon(rules.code)
    named_last: dict[str, int] = {}
    count = 0
    names: dict[str, list[Name]] = {}
    hits = words.hits(lexicon.names)
    for part in _parts(outline):
        own = words[part.id]
        found = names[part.id] = []
        for number, start, end in _in_order(hits[part.id], lexicon, named_last):
            targets = lexicon.targets[number]
            # A full name means itself, a short one what was named last of those so called.
            if number >= lexicon.full:
                targets = [entry for entry in targets if entry.target in named_last]
            if targets:
                entry = targets[0]
                if len(targets) > 1:
                    entry = max(targets, key=lambda entry: named_last.get(entry.target, -1))
                named_last[entry.target] = count = count + 1
                found.append(_name(part, entry, *own.place(start + lexicon.skips[number], end)))
    return names


def _parts(outline: Outline) -> Iterator[Clause | Footnote]:
    notes: dict[str | None, list[Footnote]] = defaultdict(list)
    for note in outline.footnotes:
        notes[note.clause].append(note)
    for clause in outline.clauses:
        yield clause
        yield from notes[clause.id]
    yield from notes[None]


def _in_order(found: list[Hit], lexicon: _Lexicon, named: Mapping[str, int]) -> Iterator[Hit]:
    """Every name in the order of the words, as far as it means something by what was `named` before it. Of names that
    overlap the longest counts, a full one before a short one."""
    found.sort(key=_START)
    overlapping: list[Hit] = []
    last = 0
    for match in found:
        if match[1] >= last:
            yield from _longest(overlapping, lexicon, named) if len(overlapping) > 1 else overlapping
            overlapping = []
        overlapping.append(match)
        last = max(last, match[2])
    yield from _longest(overlapping, lexicon, named) if len(overlapping) > 1 else overlapping


def _longest(matches: list[Hit], lexicon: _Lexicon, named: Mapping[str, int]) -> list[Hit]:
    """Those of several names that overlap which count; a short name that holds a full one, as 缔约方大会 holds 大会,
    counts in its stead."""
    taken: list[Hit] = []
    for match in sorted(matches, key=lambda match: (match[0] >= lexicon.full, match[1] - match[2], match[1])):
        number, start, end = match
        short = number >= lexicon.full
        if short and not any(entry.target in named for entry in lexicon.targets[number]):
            continue
        others = [other for other in taken if other[1] < end and start < other[2]]
        if all(short and start < begin and stop <= end for _, begin, stop in others):
            taken = [*(other for other in taken if other not in others), match]
    return sorted(taken, key=_START)


def _name(part: Clause | Footnote, entry: registry.Entry, start: int, end: int) -> Name:
    passage = part.passage
    mention = Mention(part.id, entry.kind, entry.target, passage.span(start, end), passage.text[start:end])
    return Name(mention, start, end)


#: A name by all the forms in which it is searched for.
_Forms = tuple[str, ...]


@cache
def _lexicon(language: Language) -> _Lexicon:
    rules = languages.rules(language)
    full: dict[_Forms, list[registry.Entry]] = defaultdict(list)
    short: dict[_Forms, list[registry.Entry]] = defaultdict(list)
    skips: dict[_Forms, int] = {}
    for entry in registry.entries().values():
        if entry.kind in ("goal", "target"):
            continue
        for name in entry.names_in(language):
            _claim(full[_forms(words_of(name, rules).squeezed, rules)], entry)
        for name in entry.short_in(language):
            squeezed = words_of(name, rules).squeezed
            _claim(short[_forms(squeezed, rules)], entry)
            for contracted, skipped in _contracted(squeezed, rules):
                _claim(short[(contracted,)], entry)
                skips[contracted,] = skipped
    names = full | {name: targets for name, targets in short.items() if name not in full}
    return _Lexicon(
        Phrases(names), list(names.values()), len(full), [skips.get(name, 0) for name in names]
    )


def _claim(targets: list[registry.Entry], entry: registry.Entry) -> None:
    """Another form of one name may be searched for by the same words."""
    if entry not in targets:
        targets.append(entry)


def _forms(name: str, rules: LanguageRules) -> _Forms:
    """What the name is searched by; at the beginning of a sentence a small letter is a capital."""
    forms = rules.inflection.forms(name)
    return (*forms, *(form[0].upper() + form[1:] for form in forms if form[0].islower()))


def _contracted(name: str, rules: LanguageRules) -> Iterator[tuple[str, int]]:
    """The name with its article drawn into what stands before it, and how many characters are that."""
    for article, those in rules.contractions.items():
        if name.startswith(article):
            for other in those:
                yield other + name.removeprefix(article), len(other)
