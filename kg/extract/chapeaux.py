"""Points and the words above them: a point takes over what its chapeau says, unless it has an act of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.languages import LanguageRules
from kg.model import ActReading, Clause

Acts = Mapping[str, tuple[ActReading, ...]]


class Chapeau(NamedTuple):
    """The paragraph above a point, and the act in it that the points stand under."""

    clause: str
    act: ActReading


def own_acts(clauses: Iterable[Clause], read: Acts, rules: LanguageRules) -> dict[str, tuple[ActReading, ...]]:
    """The acts that are a paragraph's own. Under "Urges States:" a verb in a point is what is asked for; only one that
    opens the point in the form of an act, or any opening one where the chapeau ends in "and in this regard", counts.
    An annex that says what somebody shall do does nothing itself: only an opening verb counts there, and none in a list
    under words without one."""
    spoken = {clause.id: clause for clause in clauses if clause.id in read}
    own: dict[str, tuple[ActReading, ...]] = {}
    for clause, each in spoken.items():
        text, acts = each.passage.text, read[clause]
        if each.kind == "annex" and (_tells(text, acts, rules) or own.get(clause.rpartition(".")[0]) == ()):
            acts = ()
        above = _above(clause, own)
        kept = above is None or _has_its_own(text, acts, spoken[above].passage.text, own[above], rules)
        own[clause] = acts if kept else ()
    return own


def chapeaux(clauses: Iterable[Clause], own: Acts, rules: LanguageRules) -> dict[str, Chapeau]:
    """For each point without an act of its own, under what it stands: the act above that governs "the following", or
    the last that is no participle ("Urges States, recalling …, to:"), or else the last."""
    texts = {clause.id: clause.passage.text for clause in clauses}
    found: dict[str, Chapeau] = {}
    for clause, acts in own.items():
        above = None if acts else _above(clause, own)
        if above:
            finite = [act for act in own[above] if not _asked_for(texts[above], act, rules)]
            found[clause] = Chapeau(above, _announcing(texts[above], finite or own[above], rules))
    return found


def _announcing(text: str, acts: Sequence[ActReading], rules: LanguageRules) -> ActReading:
    """The one of the acts of a chapeau under which its points stand."""
    announced = [found.start() for found in rules.announces.finditer(text)] if rules.announces else []
    return next((act for act in reversed(acts) if announced and act.at <= announced[-1]), acts[-1])


def _above(clause: str, own: Acts) -> str | None:
    """The nearest paragraph above a point that has an act: of OP2.a.i it is OP2.a, or else OP2."""
    while "." in clause:
        clause = clause.rpartition(".")[0]
        if own.get(clause):
            return clause
    return None


def _opens(text: str, acts: Sequence[ActReading]) -> bool:
    """Whether the first of the acts stands before all other words."""
    return bool(acts) and re.search(r"\w", text[: acts[0].at]) is None


def _tells(text: str, acts: Sequence[ActReading], rules: LanguageRules) -> bool:
    """Whether a paragraph of an annex tells others what to do: no act opens it; or, where a verb has one form for what
    is done and what is to be done, one whose words have other uses."""
    return not _opens(text, acts) or (not rules.spaced and acts[0].act in rules.act_first_only)


def _has_its_own(
    text: str, acts: Sequence[ActReading], above: str, above_acts: Sequence[ActReading], rules: LanguageRules
) -> bool:
    if not _opens(text, acts):
        return False
    # "The Assembly, recalling its resolution:" leaves what is done to the points.
    if not _opens(above, above_acts):
        return True
    hands_over = rules.hands_over is not None and rules.hands_over.search(above) is not None
    return hands_over or not _asked_for(text, acts[0], rules)


def _asked_for(text: str, act: ActReading, rules: LanguageRules) -> bool:
    return rules.asked_for is not None and rules.asked_for.search(text, act.at, act.end) is not None
