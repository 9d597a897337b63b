"""How much the words of a paragraph say for Goals and targets.

A cue of the registry speaks for its Goal or target, a named thing for what it serves; what speaks for a target speaks
for its Goal too. Taken together they must amount to enough, and to no small part of what speaks for the paragraph's
main matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kg import registry
from kg.extract.cues import Cues, Said, said_of, with_goals
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
    serving = _serving()
    spoken = _spoken(standing, cues)
    named = [(name, serving[name.target]) for name in names if name.target in serving]
    sums: dict[str, float] = {}
    for _, said in (*spoken, *named):
        for goal, weight in said.goals:
            sums[goal] = sums.get(goal, 0.0) + weight
    # Most have too little to speak for them, whatever is taken off afterwards.
    voices: dict[str, list[Voice]] = {goal: [] for goal, most in sums.items() if most >= _ENOUGH}
    if not voices:
        return {}
    bodies = [(name.start, name.end) for name in names if name.kind == "body"]
    place = standing.places_in(None if words.in_place else words.place)
    heard = [(*_heard([place(number) for number in numbers], bodies), said) for numbers, said in spoken]
    heard += [(-1.0, name.start - name.end, ((name.start, name.end),), said) for name, said in named]
    for share, short, where, said in heard:
        for goal, weight in said.goals:
            if goal in voices:
                voices[goal].append((share * weight, short, where))
    goals = _loudest(voices, _SHARE_OF_GOAL)
    voices = {}
    for share, short, where, said in heard:
        for target, goal, weight in said.targets:
            if goal in goals:
                voices.setdefault(target, []).append((share * weight, short, where))
    return goals | _loudest(voices, _SHARE_OF_TARGET) if voices else goals


def _spoken(standing: Standing, cues: Cues) -> list[tuple[tuple[int, ...], Said]]:
    """The cues that stand there, by the phrases that each is made of."""
    here, alone, together = standing.first, cues.alone, cues.together
    spoken: list[tuple[tuple[int, ...], Said]] = [((number,), alone[number]) for number in here]
    for number in here:
        if number in together:
            spoken += [cue for cue in together[number] if all(map(here.__contains__, cue[0]))]
    return spoken


def _heard(places: Sequence[Place], bodies: Iterable[Place]) -> tuple[float, int, tuple[Place, ...]]:
    """How much of its weight a cue has, its length and places, as a voice has them. Words that are part of a body's
    name say less of the paragraph's matter."""
    start, end = places[0]
    share = -1.0
    for begin, stop in bodies:
        if begin <= start and end <= stop:
            share = -_IN_NAME
    return share, sum([start - end for start, end in places]), tuple(places)


def _loudest(voices: dict[str, list[Voice]], share: float) -> dict[str, Sequence[Voice]]:
    """Those for which enough speaks, and no small share of what speaks for the first of them."""
    amounts: dict[str, float] = {}
    least = _ENOUGH
    for target, those in voices.items():
        amount = -those[0][0]
        if len(those) > 1:
            apart = voices[target] = _distinct(those)
            amount, further = 0.0, -1.0
            for weight, _, _ in apart:
                # Each further one says a little less.
                amount += weight * further
                further *= _FURTHER
        if amount >= least:
            amounts[target] = amount
            least = max(least, share * amount)
    return {target: voices[target] for target, amount in amounts.items() if amount >= least}


def _distinct(voices: list[Voice]) -> list[Voice]:
    """Words count once for a Goal or target: of cues that share words, the weightier and longer one, the weightiest
    first."""
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
def _serving() -> Mapping[str, Said]:
    """What a named thing says for the Goals and targets that it serves, where it serves any."""
    return {
        entry.target: said_of(dict.fromkeys(with_goals(entry.serves), _NAME))
        for entry in registry.entries().values()
        if entry.serves
    }
