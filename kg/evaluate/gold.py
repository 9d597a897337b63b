"""Verdicts, from the words, on what a version cites: they correct links, sometimes wrong and often missing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Literal, get_args

from kg import languages, symbols
from kg.errors import RuleError
from kg.evaluate.forms import whole

Verdict = Literal["right", "wrong"]

_FIELDS = ("symbol", "languages", "targets", "verdict", "reason")
_DIFFERING = ("symbol", "languages", "targets", "reason")


@dataclass(frozen=True, slots=True)
class Gold:
    """Verdicts by symbol, language ("*" for all) and target without its letter; and where the files of a work differ
    by themselves, in what they print or lack, by symbol and target with its letter, the languages that differ."""

    verdicts: Mapping[tuple[str, str, str], Verdict]
    differing: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def verdict(self, symbol: str, language: str, target: str) -> Verdict | None:
        """Whether that version cites that document; None where it is not judged."""
        own = self.verdicts.get((symbol, language, target))
        return own or self.verdicts.get((symbol, "*", target))

    def excused(self, symbol: str, target: str, one: Iterable[str], other: Iterable[str]) -> bool:
        """Whether, by verdict, the files are why one part of the languages cites that and the other part does not."""
        judged = self.differing.get((symbol, target), frozenset())
        return any(side and judged >= side for side in (frozenset(one), frozenset(other)))

    def right(self, symbol: str, language: str) -> frozenset[str]:
        """What that version cites by verdict, whether words or links show it or not."""
        return frozenset(
            target
            for (document, spoken, target) in self.verdicts
            if document == symbol and spoken in (language, "*") and self.verdict(symbol, language, target) == "right"
        )


def gold(path: Path | None) -> Gold:
    """The verdicts of a file; none where there is no file. Raises RuleError with the case at fault."""
    if path is None:
        return Gold({})
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RuleError(str(path), f"cannot be read as verdicts: {error}") from None
    verdicts: dict[tuple[str, str, str], Verdict] = {}
    for number, case in enumerate(content.get("case", []), start=1):
        where = f"{path}: case {number}"
        _check(case, _FIELDS, where)
        if case["verdict"] not in get_args(Verdict):
            raise RuleError(where, f"verdict is {case['verdict']}; expected right or wrong")
        for language, target in product(case["languages"], case["targets"]):
            key = (case["symbol"], language, whole(target))
            if key in verdicts:
                raise RuleError(where, f"judges {' '.join(key)} once more")
            verdicts[key] = case["verdict"]
    return Gold(verdicts, _differing(content.get("differs", []), path))


def _differing(cases: Iterable[Mapping[str, Any]], path: Path) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for number, case in enumerate(cases, start=1):
        where = f"{path}: differs {number}"
        _check(case, _DIFFERING, where)
        for target in case["targets"]:
            if (case["symbol"], target) in found:
                raise RuleError(where, f"judges {case['symbol']} {target} once more")
            found[case["symbol"], target] = frozenset(case["languages"])
    return found


def _check(case: Mapping[str, Any], fields: tuple[str, ...], where: str) -> None:
    lacking = [name for name in fields if not case.get(name)]
    if lacking:
        raise RuleError(where, f"lacks {', '.join(lacking)}")
    if more := case.keys() - set(fields):
        raise RuleError(where, f"unknown: {', '.join(sorted(more))}; there is {', '.join(fields)}")
    unknown = set(case["languages"]) - {*languages.available(), "*"}
    if unknown:
        raise RuleError(where, f"no such language: {', '.join(sorted(unknown))}")
    for spelling in (case["symbol"], *case["targets"]):
        found = symbols.find(spelling)
        if found is None or found.text != spelling:
            raise RuleError(where, f"{spelling} is no symbol as unkg writes it")
