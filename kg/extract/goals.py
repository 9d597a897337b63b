"""Sustainable Development Goals and targets: those that a paragraph names, and those that its words speak for.

What is inferred is never mixed with what is named: it carries the words that speak for it and a score. A cue of the
registry speaks for its Goal or target, a weak one only half as much, a named thing for what it serves; what speaks for
a target speaks for its Goal too. Taken together they must amount to enough, and to no small part of what speaks for the
paragraph's main matter.
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
from kg.model import Clause, Language, Mention, Outline

_CUE = 0.6
_WEAK_CUE = 0.3
_NAME = 0.5
_IN_NAME = 0.4
_FURTHER = 0.8
_ENOUGH_FOR_GOAL, _SHARE_OF_GOAL = 0.5, 0.5
_ENOUGH_FOR_TARGET, _SHARE_OF_TARGET = 0.5, 0.6
_LEAST = min(_ENOUGH_FOR_GOAL, _ENOUGH_FOR_TARGET)
#: An inference is never certain.
_MOST = 0.99

#: The numbers in a list of Goals, and in a list of targets; Arabic sets a hyphen for the point.
_CODES = {
    "goal": re.compile(r"(?P<goal>[0-9]{1,2})(?:[.](?P<target>[0-9]{1,2}|[a-d]))?"),
    "target": re.compile(r"(?P<goal>[0-9]{1,2})[.-](?P<target>[0-9]{1,2}|[a-d])"),
}

#: Where words stand that speak for a Goal or target.
_Place = tuple[int, int]
#: Whatever speaks for a Goal or target: where, and how much.
_Voice = tuple[tuple[_Place, ...], float]


class _Cue(NamedTuple):
    """What a cue speaks for, the Goal of a target too, how much, and the numbers of its phrases."""

    target: str
    goal: str | None
    weight: float
    phrases: tuple[int, ...]


#: A cue that is complete, and where its phrases stand in the words as they are searched.
_Said = tuple[_Cue, tuple[_Place, ...]]


class _Cues(NamedTuple):
    """All cue phrases of one language, and the cues by the number of their first phrase; a cue is complete when each
    of its phrases stands in the paragraph, in one form or another."""

    phrases: Phrases
    by_phrase: Mapping[int, Sequence[_Cue]]


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
        named = [mention for n, match in matches for mention in _named(clause, n, match, rules)]
        inferred = _inferred(clause, its, names[clause.id], _speaking(its, heard, cues) if heard else [])
        if named:
            explicit = {mention.target for mention in named}
            inferred = [mention for mention in inferred if mention.target not in explicit]
            inferred += _goals_of(named, explicit.union(mention.target for mention in inferred))
        found += named + inferred
    return tuple(found)


def _goals_of(named: list[Mention], known: set[str]) -> list[Mention]:
    """The Goals of the targets named, where nothing else tells them."""
    of_targets = {mention.target.partition(".")[0]: mention for mention in reversed(named) if mention.kind == "target"}
    return [
        mention._replace(kind="goal", target=goal, inferred=True, evidence=(mention.surface,), score=_MOST)
        for goal, mention in of_targets.items()
        if goal not in known
    ]


def _named(clause: Clause, rule: int, match: re.Match[str], rules: LanguageRules) -> Iterator[Mention]:
    for code in codes(match["codes"], rules.goals[rule].name, rules):
        entry = registry.find(f"sdg/{code}")
        if entry is not None:
            span = clause.passage.span(*match.span())
            surface = clause.passage.text[match.start() : match.end()]
            yield Mention(clause.id, entry.kind, entry.target, span, surface)


def codes(text: str, kind: str, rules: LanguageRules) -> list[str]:
    """The codes in a list of Goals or of targets, ranges written out: "6 and 14.a" gives 6, 14.a; "5 to 7" 5, 6, 7."""
    found: list[str] = []
    behind = 0
    for match in _CODES[kind].finditer(text.translate(rules.target_letters)):
        code = _code(match["goal"], match["target"])
        if found and rules.list_to.search(text, behind, match.start()):
            found += _between(found[-1], code)
        found.append(code)
        behind = match.end()
    return found


def _code(goal: str, target: str | None) -> str:
    """The code of a Goal or target; printed from right to left, the two numbers of a target change places at times."""
    if target is None:
        return goal
    code = f"{goal}.{target}"
    return f"{target}.{goal}" if registry.find(f"sdg/{code}") is None else code


def _between(first: str, last: str) -> list[str]:
    """The codes between two Goals, or between two targets of one Goal, that are counted in numbers."""
    (goal, _, begin), (other, _, end) = first.rpartition("."), last.rpartition(".")
    if goal != other or not (begin.isdigit() and end.isdigit()):
        return []
    return [f"{goal}.{n}".lstrip(".") for n in range(int(begin) + 1, int(end))]


def _inferred(clause: Clause, words: Words, names: Sequence[Name], spoken: Sequence[_Said]) -> list[Mention]:
    """What the words speak for loudly enough, each with the places of those that do."""
    serving = _serving()
    named = [(name, served) for name in names if (served := serving.get(name.mention.target))]
    sums: dict[str, float] = defaultdict(float)
    for cue, _ in spoken:
        sums[cue.target] += cue.weight
        if cue.goal:
            sums[cue.goal] += cue.weight
    for _, served in named:
        for target in served:
            sums[target] += _NAME
    # Most have too little to speak for them, whatever is taken off afterwards.
    if all(amount < _LEAST for amount in sums.values()):
        return []
    heard = {target: _distinct(each) for target, each in _voices(words, names, named, spoken, sums).items()}
    goals = _loudest({goal: each for goal, each in heard.items() if "." not in goal}, _ENOUGH_FOR_GOAL, _SHARE_OF_GOAL)
    targets = _loudest(
        {target: each for target, each in heard.items() if target.partition(".")[0] in goals and "." in target},
        _ENOUGH_FOR_TARGET,
        _SHARE_OF_TARGET,
    )
    return [_mention(clause, target, heard[target]) for target in sorted((*goals, *targets))]


def _voices(
    words: Words,
    names: Sequence[Name],
    named: Iterable[tuple[Name, Sequence[str]]],
    spoken: Iterable[_Said],
    sums: Mapping[str, float],
) -> Mapping[str, list[_Voice]]:
    """All that speaks for each Goal and target for which it may be enough. Words that are part of a body's name say
    less of the paragraph's matter."""
    voices: dict[str, list[_Voice]] = defaultdict(list)
    bodies = [(name.start, name.end) for name in names if name.mention.kind == "body"]
    for cue, said in spoken:
        of = [target for target in (cue.target, cue.goal) if target and sums[target] >= _LEAST]
        if of:
            places = tuple(words.place(*place) for place in said)
            start, end = places[0]
            inside = bodies and any(begin <= start and end <= stop for begin, stop in bodies)
            for target in of:
                voices[target].append((places, cue.weight * _IN_NAME if inside else cue.weight))
    for name, served in named:
        for target in {*served, *(target.partition(".")[0] for target in served)}:
            voices[target].append((((name.start, name.end),), _NAME))
    return voices


def _loudest(voices: Mapping[str, list[_Voice]], enough: float, share: float) -> list[str]:
    """Those for which enough speaks, and no small share of what speaks for the first of them."""
    amounts = {target: _amount(each) for target, each in voices.items()}
    least = max(enough, share * max(amounts.values(), default=0))
    return [target for target, amount in amounts.items() if amount >= least]


def _amount(voices: list[_Voice]) -> float:
    """How much they say together, each further one a little less."""
    amount, further = 0.0, 1.0
    for _, weight in voices:
        amount += weight * further
        further *= _FURTHER
    return amount


def _distinct(voices: list[_Voice]) -> list[_Voice]:
    """Words count once for a Goal or target: of cues that share words, the weightier and longer one."""
    if len(voices) == 1:
        return voices
    taken: list[_Voice] = []
    for voice in sorted(voices, key=lambda voice: (-voice[1], -sum(end - start for start, end in voice[0]), voice[0])):
        if not any(_overlap(voice[0], other[0]) for other in taken):
            taken.append(voice)
    return taken


def _overlap(places: tuple[_Place, ...], others: tuple[_Place, ...]) -> bool:
    return any(start < stop and begin < end for start, end in places for begin, stop in others)


@cache
def _serving() -> Mapping[str, tuple[str, ...]]:
    """The Goals and targets that a named thing serves, where it serves any."""
    return {target: entry.serves for target, entry in registry.entries().items() if entry.serves}


def _speaking(words: Words, heard: list[Hit], cues: Mapping[int, Sequence[_Cue]]) -> list[_Said]:
    """The cues of which every phrase occurs, each with the first place of its phrases."""
    first: dict[int, _Place] = {}
    small = words.small
    reach = (0, 0)
    for phrase, start, end in sorted(heard, key=lambda hit: (hit[1], -hit[2])):
        # What follows a hyphen is part of a longer word: non-communicable; and munitions that are part of "cluster
        # munitions" do not speak for what munitions alone do.
        if (end > reach[1] or (start, end) == reach) and (start == 0 or small[start - 1] != "-"):
            first.setdefault(phrase, (start, end))
            reach = (start, end)
    said: list[_Said] = []
    for phrase, place in first.items():
        for cue in cues.get(phrase, ()):
            if len(cue.phrases) == 1:
                said.append((cue, (place,)))
            elif all(each in first for each in cue.phrases):
                said.append((cue, tuple(first[each] for each in cue.phrases)))
    return said


def _mention(clause: Clause, target: str, voices: list[_Voice]) -> Mention:
    places = sorted({place for each, _ in voices for place in each})
    passage = clause.passage
    said = [passage.text[start:end] for start, end in places]
    doubt = 1.0
    for _, weight in voices:
        doubt *= 1 - weight
    return Mention(
        clause.id,
        "target" if "." in target else "goal",
        target,
        passage.span(*places[0]),
        said[0],
        inferred=True,
        evidence=tuple(dict.fromkeys(said)),
        score=round(min(1 - doubt, _MOST), 2),
    )


@cache
def _cues(language: Language) -> _Cues:
    rules = languages.rules(language)
    phrases: dict[tuple[str, ...], int] = {}
    cues: dict[int, list[_Cue]] = defaultdict(list)
    for entry in registry.entries().values():
        for said, weight in ((entry.cues, _CUE), (entry.weak_cues, _WEAK_CUE)):
            for cue in (cue for code, cue in said if code == language):
                parts = [_forms(part, rules) for part in cue.split(" + ")]
                numbers = tuple(phrases.setdefault(part, len(phrases)) for part in parts)
                goal = entry.target.partition(".")[0] if entry.kind == "target" else None
                cues[numbers[0]].append(_Cue(entry.target, goal, weight, numbers))
    return _Cues(Phrases(phrases), dict(cues))


def _forms(phrase: str, rules: LanguageRules) -> tuple[str, ...]:
    """All forms in which a phrase is searched for: those written down, and those that the language makes of them."""
    written = [words_of(form.strip(), rules).small for form in phrase.split("|")]
    return tuple(dict.fromkeys(form for each in written for form in rules.inflection.forms(each)))
