"""How much the words of a paragraph say for Goals and targets.

A cue of the registry speaks for its Goal or target, a named thing for what it serves; what speaks for a target speaks
for its Goal too. Taken together they must amount to enough, and to no small part of what speaks for the paragraph's
main matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kg import registry
from kg.extract.cues import Cues, Weights, with_goals
from kg.extract.names import Name
from kg.extract.words import Words
from kg.languages.phrases import Standing

_NAME = 0.5
_IN_NAME = 0.4
_FURTHER = 0.8
_ENOUGH, _SHARE_OF_GOAL, _SHARE_OF_TARGET = 0.5, 0.7, 0.6

#: Where words stand that speak for a Goal or target.
Place = tuple[int, int]
#: Whatever speaks for a Goal or target: how much, how long it is, and where. The first two are below nothing: so the
#: weightiest and longest of several stands first when they are sorted.
Voice = tuple[float, int, tuple[Place, ...]]


def heard_in(standing: Standing, words: Words, names: Sequence[Name], cues: Cues) -> Mapping[str, Sequence[Voice]]:
    """The Goals and targets for which the words speak loudly enough, each with all that does."""
    said, alone, serving = standing.first, cues.alone, _serving()
    spoken: list[tuple[tuple[int, ...], Weights]] = [((number,), alone[number]) for number in said]
    for number in said:
        for cue in cues.together.get(number, ()):
            if all(each in said for each in cue[0]):
                spoken.append(cue)
    named = [(name, serving[name.target]) for name in names if name.target in serving]
    sums: dict[str, float] = {}
    for _, weights in (*spoken, *named):
        for target, weight in weights:
            sums[target] = sums.get(target, 0.0) + weight
    # Most have too little to speak for them, whatever is taken off afterwards.
    enough = {target: most for target, most in sums.items() if most >= _ENOUGH}
    if not enough:
        return {}
    voices: dict[str, list[Voice]] = {target: [] for target in enough}
    bodies = [(name.start, name.end) for name in names if name.kind == "body"]
    for numbers, weights in spoken:
        if own := [each for each in weights if each[0] in enough]:
            _join(voices, [words.place(*standing.place(number)) for number in numbers], own, bodies)
    for name, weights in named:
        _join(voices, [(name.start, name.end)], [each for each in weights if each[0] in enough], ())
    goals = _loudest({goal: most for goal, most in enough.items() if "." not in goal}, voices, _SHARE_OF_GOAL)
    targets = {each: most for each, most in enough.items() if "." in each and each.partition(".")[0] in goals}
    return {**goals, **_loudest(targets, voices, _SHARE_OF_TARGET)} if targets else goals


def _join(
    voices: Mapping[str, list[Voice]],
    places: Sequence[Place],
    weights: Iterable[tuple[str, float]],
    bodies: Sequence[Place],
) -> None:
    """Add what something says to all that speaks for each Goal and target. Words that are part of a body's name say
    less of the paragraph's matter."""
    short = sum([start - end for start, end in places])
    start, end = places[0]
    inside = bodies and any(begin <= start and end <= stop for begin, stop in bodies)
    share = -_IN_NAME if inside else -1.0
    where = tuple(places)
    for target, weight in weights:
        voices[target].append((share * weight, short, where))


def _loudest(sums: Mapping[str, float], voices: Mapping[str, list[Voice]], share: float) -> dict[str, Sequence[Voice]]:
    """Those for which enough speaks, and no small share of what speaks for the first of them; `sums` tells how much it
    is at most."""
    heard: dict[str, tuple[float, Sequence[Voice]]] = {}
    least = _ENOUGH
    for target in sorted(sums, key=sums.__getitem__, reverse=True):
        if sums[target] < least:
            break
        apart = _distinct(voices[target])
        amount, further = 0.0, -1.0
        for weight, _, _ in apart:
            # Each further one says a little less.
            amount += weight * further
            further *= _FURTHER
        if amount >= least:
            heard[target] = amount, apart
            least = max(least, share * amount)
    return {target: apart for target, (amount, apart) in heard.items() if amount >= least}


def _distinct(voices: list[Voice]) -> list[Voice]:
    """Words count once for a Goal or target: of cues that share words, the weightier and longer one, the weightiest
    first."""
    if len(voices) == 1:
        return voices
    voices.sort()
    taken: list[Voice] = []
    covered: list[Place] = []
    for voice in voices:
        if not (covered and _overlap(voice[2], covered)):
            taken.append(voice)
            covered += voice[2]
    return taken


def _overlap(places: Iterable[Place], others: Sequence[Place]) -> bool:
    for start, end in places:
        for begin, stop in others:
            if start < stop and begin < end:
                return True
    return False


@cache
def _serving() -> Mapping[str, Weights]:
    """The Goals and targets that a named thing serves, where it serves any, those of its targets too."""
    return {
        entry.target: tuple((target, _NAME) for target in dict.fromkeys(with_goals(entry.serves)))
        for entry in registry.entries().values()
        if entry.serves
    }
