"""How well the words are read: records scored against the links that published files carry.

Links are a silver truth: they miss decisions, treaties and most of the Human Rights Council's documents, and some lead
to the wrong one. Where a case has been judged from the words, the scores are given a second time with their verdicts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.evaluate.clauses import Agreed, agreed
from kg.evaluate.forms import FORMS
from kg.evaluate.gold import Gold, gold
from kg.evaluate.measured import Measured, Version, drawn, measure, measured
from kg.evaluate.same import Difference, Same, same
from kg.evaluate.scores import Score, Target, scores, targets
from kg.model import LeftOut

__all__ = ["Evaluation", "drawn", "evaluated", "gold", "measure", "measured"]

Table = dict[str, dict[str, Score]]


@dataclass(frozen=True)
class Evaluation:
    """The versions that were measured and what follows from them."""

    works: tuple[Measured, ...]
    left_out: tuple[LeftOut, ...]
    targets: tuple[Target, ...]
    same: Same

    @property
    def versions(self) -> list[Version]:
        return [version for work in self.works for version in work.versions]

    @cached_property
    def total(self) -> dict[str, Score]:
        return scores(self.targets)

    def by(self, key: Callable[[Target], str], order: Sequence[str] = ()) -> Table:
        """Scores of the targets that agree in something: language, organ, form."""
        groups: dict[str, list[Target]] = {}
        for target in self.targets:
            groups.setdefault(key(target), []).append(target)
        names = [name for name in order if name in groups] if order else sorted(groups)
        return {name: scores(groups[name]) for name in names}

    @property
    def tables(self) -> dict[str, Table]:
        return {
            "language": self.by(lambda target: target.language),
            "organ": self.by(lambda target: target.organ),
            "form": self.by(lambda target: target.form, FORMS),
            "language and organ": self.by(lambda target: f"{target.language} {target.organ}"),
            "language and form": self.by(lambda target: f"{target.language} {target.form}"),
        }

    @property
    def misses(self) -> list[Target]:
        return [target for target in self.targets if target.missed]

    @property
    def extras(self) -> list[Target]:
        return [target for target in self.targets if target.extra]

    @cached_property
    def clauses(self) -> dict[str, Agreed]:
        return agreed(self.works)

    @property
    def unread(self) -> Counter[str]:
        """Links that lead to no symbol, by address."""
        return Counter(address for version in self.versions for address in version.unread)

    @property
    def speed(self) -> float:
        """Characters a second of one core that finding and resolving took."""
        seconds = sum(version.seconds for version in self.versions)
        return sum(version.characters for version in self.versions) / seconds if seconds else 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "works": len(self.works),
            "scores": {
                "total": _plain(self.total),
                **{n: {name: _plain(row) for name, row in table.items()} for n, table in self.tables.items()},
            },
            "same": {
                "works": self.same.works,
                "resolutions": self.same.resolutions,
                "resolutions judged": self.same.resolutions_judged,
                "all": self.same.every,
                "linked resolutions": self.same.linked_resolutions,
                "differences": [_difference(difference) for difference in self.same.differences],
            },
            "clauses": {name: row.as_json() for name, row in self.clauses.items()},
            "characters per second": round(self.speed),
            "misses": [_target(target) for target in self.misses],
            "extras": [_target(target) for target in self.extras],
            "unread": dict(self.unread.most_common()),
            "left_out": [{"source": left.source, "reason": left.reason} for left in self.left_out],
            "versions": [version.as_json() for version in self.versions],
        }


def evaluated(
    outcomes: Iterable[Measured | LeftOut],
    gold: Gold,
    *,
    chosen: Callable[[Target], bool] = lambda _: True,
) -> Evaluation:
    """What was measured, scored; `chosen` narrows what is counted, not what is read."""
    works, left_out = [], []
    for outcome in outcomes:
        if isinstance(outcome, LeftOut):
            left_out.append(outcome)
        else:
            works.append(outcome)
    counted = tuple(target for target in targets(works, gold) if chosen(target))
    return Evaluation(tuple(works), tuple(left_out), counted, same(works, gold))


def _plain(row: dict[str, Score]) -> dict[str, Any]:
    return {name: score.as_json() for name, score in row.items()}


def _target(target: Target) -> dict[str, Any]:
    return {
        "symbol": target.symbol,
        "language": target.language,
        "clause": target.mark.clause,
        "surface": target.mark.surface,
        "target": target.mark.target,
        "verdict": target.verdict,
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "symbol": difference.symbol,
        "target": difference.target,
        "cited": list(difference.cited),
        "lacking": list(difference.lacking),
        "clause": difference.mark.clause,
        "surface": difference.mark.surface,
        "excused": difference.excused,
    }
