"""Whom an operative paragraph asks to act: the bodies and groups right behind a verb that asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg import registry
from kg.extract.names import Name, Names
from kg.extract.words import Words
from kg.languages import LanguageRules
from kg.model import ActReading, Outline

#: Acts that may say again what was asked before.
_SAYS_AGAIN = frozenset({"reiterate", "renew", "reaffirm"})


class Addressee(NamedTuple):
    """One who is asked, and where the verb that asks begins."""

    target: str
    act_at: int


def read_addressees(
    outline: Outline,
    words: Mapping[str, Words],
    acts: Mapping[str, tuple[ActReading, ...]],
    names: Names,
    rules: LanguageRules,
) -> dict[str, list[Addressee]]:
    """For each operative paragraph those it asks, in the order of its words."""
    asked: dict[str, list[Addressee]] = {}
    for clause in outline.clauses:
        if clause.kind not in ("operative", "annex"):
            continue
        text = words[clause.id].folded
        bodies = [name for name in names[clause.id] if name.kind in ("body", "group")]
        for act in acts.get(clause.id, ()):
            at = _asks(act, text, rules)
            if at is not None:
                # Before a verb in the passive stands who is asked: "Governments are encouraged".
                before = [name for name in bodies if name.end <= act.end] if act.at == 0 else []
                targets = _behind(text, at, bodies, rules) or _behind(text, 0, before, rules)
                asked.setdefault(clause.id, []).extend(Addressee(target, act.at) for target in targets)
    return asked


def _asks(act: ActReading, text: str, rules: LanguageRules) -> int | None:
    """Where those may stand whom an act asks: behind its verb, or behind "its request" where that is reiterated."""
    if registry.acts()[act.act].directive:
        return act.end
    again = rules.addressee["asked_again"].match(text, act.end) if act.act in _SAYS_AGAIN else None
    return again.end() if again else None


def _behind(text: str, at: int, names: list[Name], rules: LanguageRules) -> list[str]:
    """The names that stand in one list from `at` on; the list ends where anything else stands between two."""
    targets: list[str] = []
    last = at
    while True:
        lead = rules.addressee["lead"].match(text, at)
        reach = lead.end() if lead else at
        # A word of the lead, or what joins two names, may itself be the beginning of a name: 有关, 联合国, والأمم.
        name = next((name for name in names if last <= name.start <= reach), None)
        if name is None:
            return targets
        targets.append(name.target)
        following = rules.addressee["between"].match(text, name.end)
        if following is None:
            return targets
        last, at = name.end, following.end()
