"""Sustainable Development Goals and targets: those that a paragraph names, and those that its words speak for.

What is inferred is never mixed with what is named: it carries the words that speak for it and a score.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg import registry
from kg.extract.cues import cues_of
from kg.extract.names import Names
from kg.extract.phrasebook import phrasebook
from kg.extract.voices import Voice, heard_in
from kg.extract.words import DocumentWords, Words
from kg.languages import LanguageRules
from kg.languages.phrases import Standing
from kg.model import Clause, Mention, Outline
from kg.numerals import ordinal

#: An inference is never certain.
_MOST = 0.99

#: The numbers in a list of Goals, and in a list of targets; Arabic sets a hyphen for the point, or the letter in
#: brackets.
_CODES = {
    "goal": re.compile(r"(?P<goal>[0-9]{1,2})(?:[.](?P<target>[0-9]{1,2}|[a-d]))?"),
    "target": re.compile(r"(?P<goal>[0-9]{1,2})(?:[.-]| ?\()(?P<target>[0-9]{1,2}|[a-d])"),
}


def read_goals(outline: Outline, words: DocumentWords, names: Names, rules: LanguageRules) -> tuple[Mention, ...]:
    """The Goals and targets of all paragraphs, named ones first within each paragraph."""
    found: list[Mention] = []
    clauses = [clause for clause in outline.clauses if clause.kind != "heading"]
    own = [words[clause.id] for clause in clauses]
    cues = cues_of(rules.code)
    standing = words.standing(cues.phrases, phrasebook(rules.code))
    numbered = rules.goal_finder.matches_in_each([each.folded for each in own])
    for clause, its, numbers in zip(clauses, own, numbered, strict=True):
        matches = list(numbers)
        named = [mention for n, match in matches for mention in _named(clause, n, match, rules)]
        spoken = standing[clause.id]
        if named:
            _leave_out(spoken, [match.span() for _, match in matches], its)
        heard = heard_in(spoken, its, names[clause.id], cues)
        inferred = [_mention(clause, target, heard[target]) for target in sorted(heard)]
        if named:
            explicit = {mention.target for mention in named}
            inferred = [mention for mention in inferred if mention.target not in explicit]
            inferred += _goals_of(named, explicit.union(mention.target for mention in inferred))
        found += named + inferred
    return tuple(found)


def _leave_out(spoken: Standing, places: Iterable[tuple[int, int]], words: Words) -> None:
    """Words by which a Goal or target is named speak for no other: the sustainable development of its name, the Goal
    that a target's number holds."""
    place = spoken.places_in(None if words.in_place else words.place)
    for number in list(spoken.first):
        start, end = place(number)
        if any(start < stop and begin < end for begin, stop in places):
            del spoken.first[number]


def _goals_of(named: list[Mention], known: set[str]) -> list[Mention]:
    """The Goals of the targets named, where nothing else tells them; of several mentions the shortest says it best."""
    shortly = sorted(named, key=lambda mention: -len(mention.surface))
    of_targets = {mention.target.partition(".")[0]: mention for mention in shortly if mention.kind == "target"}
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
    """The codes in a list of Goals or of targets, ranges written out: "6 and 14.a" gives 6, 14.a; "5 to 7" 5, 6, 7;
    "seventh" 7."""
    found: list[str] = []
    behind = 0
    for match in _CODES[kind].finditer(text.translate(rules.target_letters)):
        code = _code(match["goal"], match["target"])
        if found and rules.list_to.search(text, behind, match.start()):
            found += _between(found[-1], code)
        found.append(code)
        behind = match.end()
    if not found and (number := ordinal(text, rules)):
        return [str(number)]
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


def _mention(clause: Clause, target: str, voices: Sequence[Voice]) -> Mention:
    places = sorted({place for _, _, each in voices for place in each})
    passage = clause.passage
    said = [passage.text[start:end] for start, end in places]
    doubt = 1.0
    for weight, _, _ in voices:
        doubt *= 1 + weight
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
