"""The names by which the things of the registries are known in one language, and what each of them means.

A full name means one thing. A short name ("the Commission", 理事会) may mean many: it is made from the full names by
the nouns of the table [names] of the language's file, or stands in the registry as unkg:shortLabel.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg import languages, registry
from kg.extract.words import words_of
from kg.languages import LanguageRules
from kg.languages.phrases import Phrases
from kg.model import Language

#: A name by all the forms in which it is searched for.
_Forms = tuple[str, ...]


class Lexicon(NamedTuple):
    """The names of one language; the things called by name n are `targets[n]`. The first `full` names are full ones,
    those behind them are short; `skips[n]` characters of a short one are no part of it ("del Comité")."""

    names: Phrases
    targets: list[list[registry.Entry]]
    full: int
    skips: list[int]


@cache
def lexicon(language: Language) -> Lexicon:
    """The names of all bodies, groups, instruments and events."""
    rules = languages.rules(language)
    full: dict[_Forms, list[registry.Entry]] = defaultdict(list)
    short: dict[_Forms, list[registry.Entry]] = defaultdict(list)
    skips: dict[_Forms, int] = {}
    things = [entry for entry in registry.entries().values() if entry.kind not in ("goal", "target")]
    for entry in things:
        for name in entry.names_in(language):
            _claim(full[_forms(words_of(name, rules).squeezed, rules)], entry)
    for entry in things:
        for name in _short(entry, rules):
            _claim(short[_forms(name, rules)], entry)
            for contracted, skipped in _contracted(name, rules):
                _claim(short[(contracted,)], entry)
                skips[contracted,] = skipped
    names = full | {name: targets for name, targets in short.items() if name not in full}
    return Lexicon(Phrases(names), list(names.values()), len(full), [skips.get(name, 0) for name in names])


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


def _short(entry: registry.Entry, rules: LanguageRules) -> set[str]:
    """The short names of a thing: what the registry says, and what is left of full names when all is dropped but the
    noun for what the thing is, with its adjectives, unless that is the full name of another ("Security Council")."""
    short = {words_of(name, rules).squeezed for name in entry.short_in(rules.code)}
    if entry.kind != "group":
        for name in entry.names_in(rules.code):
            for article, bare in rules.short_names.of(words_of(name, rules).squeezed):
                if bare not in _full_names(rules.code):
                    short.add(article + bare)
    return short


@cache
def _full_names(language: Language) -> frozenset[str]:
    rules = languages.rules(language)
    every = registry.entries().values()
    return frozenset(words_of(name, rules).squeezed for entry in every for name in entry.names_in(language))
