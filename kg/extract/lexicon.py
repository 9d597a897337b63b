"""The names by which the things of the registries are known in one language, and what each of them means.

A full name means one thing. A short name ("the Commission", 理事会) may mean many: it is made from the full names by
the nouns of the table [names] of the language's file, or stands in the registry as unkg:shortLabel.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from kg import languages, registry
from kg.extract.words import words_of
from kg.languages import LanguageRules
from kg.languages.phrases import Phrases
from kg.model import Language

#: A name by all the forms in which it is searched for.
_Forms = tuple[str, ...]
#: Beside the holders of offices, what is called alike in many organizations.
_EVERYWHERE = "body/secretariat"


class Lexicon(NamedTuple):
    """The names of one language; the things called by name n are `targets[n]`, and `called[n]` their targets.

    The first `full` names are full ones, those behind them are short; `skips[n]` characters of a short one are no part
    of it ("del Comité"), `nouns[n]` the noun, where it is no more. From `marks` on they are bare nouns, which name
    nothing: where one stands in no name, it is part of a name that nobody knows. `long` has the long names and the
    short ones in small letters, which are name `long_numbers[n]` of `names`. Those of `small` are full names as they
    are written behind "son"; those of `own` are names of an office of the organ that speaks ("sa présidence"). Those of
    `plain` are full names that are names wherever they stand.
    """

    names: Phrases
    targets: list[list[registry.Entry]]
    called: list[frozenset[str]]
    full: int
    marks: int
    skips: list[int]
    nouns: list[str | None]
    numbers: Mapping[str, int]
    long: Phrases
    long_numbers: list[int]
    small: frozenset[int]
    own: frozenset[int]
    plain: frozenset[int]

    def holders(self, number: int) -> bool:
        """Whether the name is that of the holder of an office, or of another thing that many organizations have."""
        return number < self.full and _is_held(self.targets[number][0])

    def stranger(self, number: int) -> int | None:
        """The bare noun, where a short name is no more."""
        noun = self.nouns[number]
        return self.numbers[noun] if noun else None


@cache
def lexicon(language: Language) -> Lexicon:
    """The names of all bodies, groups, instruments and events."""
    rules = languages.rules(language)
    full: dict[_Forms, list[registry.Entry]] = defaultdict(list)
    short: dict[_Forms, list[registry.Entry]] = defaultdict(list)
    skips: dict[_Forms, int] = {}
    nouns: dict[_Forms, str | None] = {}
    things = [entry for entry in registry.entries().values() if entry.kind not in ("goal", "target")]
    bodies = {
        _first_form(name, rules): entry for entry in things if entry.kind == "body" for name in entry.names_in(language)
    }
    for entry in things:
        own = [_first_form(name, rules) for name in entry.names_in(language)]
        for name in entry.names_in(language):
            if entry.kind != "body" or not _adds_a_body(_first_form(name, rules), own, bodies, rules):
                _claim(full[_forms(words_of(name, rules).squeezed, rules)], entry)
    for entry in things:
        for name, noun in _short(entry, rules):
            for forms, skipped in ((_forms(name, rules), 0), *_contracted(name, rules)):
                _claim(short[forms], entry)
                skips[forms] = skipped
                nouns[forms] = noun
    small = {forms: targets for forms, targets in _small(full, rules).items() if forms not in full}
    full |= small
    names = full | {name: targets for name, targets in short.items() if name not in full}
    known = [
        *names,
        *(_forms(noun, rules) if noun in rules.short_names.marks else () for noun in rules.short_names.nouns),
    ]
    parts = {form.lower() for part in rules.short_names.parts for form in (part, *_forms(part, rules))}
    long = [
        (number, forms)
        for number, forms in enumerate(names)
        if (_is_long(forms, rules.short_names.long) if number < len(full) else forms[0] != forms[0].lower())
    ]
    # The bare nouns as well: "mission personnel".
    long += [(len(names) + n, _forms(noun, rules)) for n, noun in enumerate(rules.short_names.nouns) if " " not in noun]
    return Lexicon(
        names=Phrases(known),
        targets=[*names.values(), *([] for _ in rules.short_names.nouns)],
        called=[
            *(frozenset(entry.target for entry in targets) for targets in names.values()),
            *(_called(noun, short, nouns) for noun in rules.short_names.nouns),
        ],
        full=len(full),
        marks=len(names),
        skips=[skips.get(name, 0) for name in known],
        nouns=[*(nouns.get(name) for name in names), *rules.short_names.nouns],
        numbers={noun: len(names) + n for n, noun in enumerate(rules.short_names.nouns)},
        long=Phrases((tuple({form.lower() for form in forms}) for _, forms in long), small=True),
        long_numbers=[number for number, _ in long],
        small=frozenset(n for n, name in enumerate(names) if name in small),
        plain=frozenset(
            number
            for number, (forms, targets) in enumerate(full.items())
            if forms not in small and not _is_held(targets[0]) and parts.isdisjoint(form.lower() for form in forms)
        ),
        own=frozenset(n for n, name in enumerate(names) if n >= len(full) and rules.short_names.is_own(name[0])),
    )


def _is_held(entry: registry.Entry) -> bool:
    """Whether many organizations have what is so called."""
    return entry.body_kind == "office-holder" or entry.target == _EVERYWHERE


def _small(full: Mapping[_Forms, list[registry.Entry]], rules: LanguageRules) -> Mapping[_Forms, list[registry.Entry]]:
    """The names of bodies that begin with one of the nouns, in small letters, where the language writes them so."""
    short = rules.short_names
    if not short.small_behind:
        return {}
    return {
        (noun.lower() + rest,): targets
        for forms, targets in full.items()
        for noun, rest in [_noun_first(forms[0])]
        if targets[0].kind == "body" and rest and noun in short.nouns
    }


def _noun_first(name: str) -> tuple[str, str]:
    """The first word, and the rest with its blank."""
    noun, blank, rest = name.partition(" ")
    return noun, blank + rest


def _called(
    noun: str, short: Mapping[_Forms, list[registry.Entry]], nouns: Mapping[_Forms, str | None]
) -> frozenset[str]:
    """All that is called by the noun alone."""
    return frozenset(entry.target for forms, those in short.items() if nouns[forms] == noun for entry in those)


def _claim(targets: list[registry.Entry], entry: registry.Entry) -> None:
    """Another form of one name may be searched for by the same words."""
    if entry not in targets:
        targets.append(entry)


def _forms(name: str, rules: LanguageRules) -> _Forms:
    """What the name is searched by; at the beginning of a sentence a small letter is a capital."""
    forms = [form for each in rules.short_names.written(name) for form in rules.inflection.forms(each)]
    return (*forms, *(form[0].upper() + form[1:] for form in forms if form[0].islower()))


def _first_form(name: str, rules: LanguageRules) -> str:
    return rules.inflection.forms(words_of(name, rules).squeezed)[0]


def _adds_a_body(name: str, own: Iterable[str], bodies: Mapping[str, registry.Entry], rules: LanguageRules) -> bool:
    """Whether the name is another of the same thing with the name of a body set to it ("… of the Secretariat"): the two
    are found as two names, since the sentence speaks of both."""
    for shorter in own:
        added = rules.short_names.added(name, shorter) if shorter != name else None
        if added is not None and added in bodies:
            return True
    return False


def _is_long(forms: _Forms, words: int | None) -> bool:
    """Whether the name has so many words that these alone show it, however capitals are set; and has capitals."""
    return words is not None and forms[0].count(" ") >= words - 1 and forms[0] != forms[0].lower()


def _contracted(name: str, rules: LanguageRules) -> Iterator[tuple[_Forms, int]]:
    """The name with its article drawn into what stands before it, or with another word in the article's place, and how
    many characters are that."""
    for article, those in (*rules.contractions.items(), *rules.short_names.determiners.items()):
        for written in rules.short_names.written(name):
            if written.startswith(article):
                for other in those:
                    yield (other + written.removeprefix(article),), len(other)


def _short(entry: registry.Entry, rules: LanguageRules) -> Iterator[tuple[str, str | None]]:
    """The short names of a thing: what is left of full names when all is dropped but the noun for what the thing is,
    with its adjectives, unless that is the full name of another ("Security Council"); and what the registry says. Those
    that are no more than a noun have it with them. A collective has none: it is several things."""
    if entry.kind != "group" and entry.body_kind != "collective":
        for name in entry.names_in(rules.code):
            for article, bare, noun in rules.short_names.of(words_of(name, rules).squeezed):
                if bare not in _full_names(rules.code):
                    yield article + bare, noun if bare == noun else None
    yield from ((words_of(name, rules).squeezed, None) for name in entry.short_in(rules.code))


@cache
def _full_names(language: Language) -> frozenset[str]:
    rules = languages.rules(language)
    every = registry.entries().values()
    return frozenset(words_of(name, rules).squeezed for entry in every for name in entry.names_in(language))
