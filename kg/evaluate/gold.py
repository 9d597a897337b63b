"""Verdicts, from the words, on what a version cites: they correct links, sometimes wrong and often missing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Literal, get_args

from kg import languages, symbols
from kg.errors import RuleError
from kg.evaluate.forms import whole

Verdict = Literal["right", "wrong"]

_FIELDS = ("symbol", "languages", "targets", "verdict", "reason")


@dataclass(frozen=True, slots=True)
class Gold:
    """Verdicts by symbol, language ("*" for all) and target without its letter."""

    verdicts: Mapping[tuple[str, str, str], Verdict]

    def verdict(self, symbol: str, language: str, target: str) -> Verdict | None:
        """Whether that version cites that document; None where it is not judged."""
        own = self.verdicts.get((symbol, language, target))
        return own or self.verdicts.get((symbol, "*", target))

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
        cases = tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])
    except (OSError, ValueError) as error:
        raise RuleError(str(path), f"cannot be read as verdicts: {error}") from None
    verdicts: dict[tuple[str, str, str], Verdict] = {}
    for number, case in enumerate(cases, start=1):
        where = f"{path}: case {number}"
        _check(case, where)
        for language, target in product(case["languages"], case["targets"]):
            key = (case["symbol"], language, whole(target))
            if key in verdicts:
                raise RuleError(where, f"judges {' '.join(key)} once more")
            verdicts[key] = case["verdict"]
    return Gold(verdicts)


def _check(case: Mapping[str, Any], where: str) -> None:
    lacking = [name for name in _FIELDS if not case.get(name)]
    if lacking:
        raise RuleError(where, f"lacks {', '.join(lacking)}")
    if more := case.keys() - set(_FIELDS):
        raise RuleError(where, f"unknown: {', '.join(sorted(more))}; there is {', '.join(_FIELDS)}")
    unknown = set(case["languages"]) - {*languages.available(), "*"}
    if unknown:
        raise RuleError(where, f"no such language: {', '.join(sorted(unknown))}")
    for spelling in (case["symbol"], *case["targets"]):
        found = symbols.find(spelling)
        if found is None or found.text != spelling:
            raise RuleError(where, f"{spelling} is no symbol as unkg writes it")
    if case["verdict"] not in get_args(Verdict):
        raise RuleError(where, f"verdict is {case['verdict']}; expected right or wrong")
