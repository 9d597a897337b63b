"""The phrases by which a paragraph shows that it is about a Goal or target, and how much each says.

A cue of the registry speaks for its Goal or target, a weak one only half as much; what speaks for a target speaks for
its Goal too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg import languages, registry
from kg.extract.words import words_of
from kg.languages import LanguageRules
from kg.languages.phrases import Phrases
from kg.model import Language

_CUE = 0.6
_WEAK_CUE = 0.3


class Said(NamedTuple):
    """How much something says for each Goal, and for each target, which stands with its Goal."""

    goals: tuple[tuple[str, float], ...]
    targets: tuple[tuple[str, str, float], ...]


class Cues(NamedTuple):
    """All cue phrases of one language; by their numbers what each says alone; and phrases that speak only together,
    where all of them stand in the paragraph, by the number of their first."""

    phrases: Phrases
    alone: Sequence[Said]
    together: Mapping[int, Sequence[tuple[tuple[int, ...], Said]]]


@cache
def cues_of(language: Language) -> Cues:
    """The cues of a language, told by the registry."""
    rules = languages.rules(language)
    phrases: dict[tuple[str, ...], int] = {}
    weighed: dict[tuple[int, ...], dict[str, float]] = defaultdict(dict)
    for entry in registry.entries().values():
        for said, weight in ((entry.cues, _CUE), (entry.weak_cues, _WEAK_CUE)):
            for cue in (cue for code, cue in said if code == language):
                parts = [_forms(part, rules) for part in cue.split(" + ")]
                weights = weighed[tuple(phrases.setdefault(part, len(phrases)) for part in parts)]
                # Said for several targets of a Goal, or for both, it speaks for the Goal once.
                for target in with_goals([entry.target]):
                    weights[target] = max(weights.get(target, 0.0), weight)
    alone = [said_of(weighed.get((number,), {})) for number in range(len(phrases))]
    together: dict[int, list[tuple[tuple[int, ...], Said]]] = defaultdict(list)
    for numbers, weights in weighed.items():
        if len(numbers) > 1:
            together[numbers[0]].append((numbers, said_of(weights)))
    return Cues(Phrases(phrases, small=True), alone, dict(together))


def with_goals(targets: Iterable[str]) -> Iterator[str]:
    """The Goals and targets, each target with its Goal."""
    for target in targets:
        yield target
        yield target.partition(".")[0]


def said_of(weights: Mapping[str, float]) -> Said:
    """What is said for Goals and targets, apart."""
    return Said(
        tuple((goal, weight) for goal, weight in weights.items() if "." not in goal),
        tuple((target, target.partition(".")[0], weight) for target, weight in weights.items() if "." in target),
    )


def _forms(phrase: str, rules: LanguageRules) -> tuple[str, ...]:
    """All forms in which a phrase is searched for: those written down, and those that the language makes of them."""
    written = (form for each in phrase.split("|") for form in rules.plural.forms(each.strip()))
    small = (words_of(form, rules).small for form in written)
    # Sorted, so that a cue that one target has in the singular and another in the plural is one.
    return tuple(sorted({form for each in small for form in rules.inflection.forms(each)}))
