"""Citations while the words around them are still being read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg import numerals
from kg.languages import LanguageRules
from kg.model import Form

#: What has points.
_POINTED = ("article", "paragraph")
#: A number that ends in a letter: 57/270B.
LETTERED = re.compile(r"(?P<base>.*[\d)])(?P<letter>[A-Z])")


@dataclass(slots=True)
class Draft:
    """A citation while the words around it are still being read; `end` moves as nouns and locators join it, `closed`
    says that an organ behind its run has claimed it."""

    form: Form
    start: int
    stop: int
    end: int
    number: str | None = None
    organ: str | None = None
    noun: str | None = None
    date: str | None = None
    closed: bool = False
    locator: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def place(self, unit: str, values: Iterable[str]) -> None:
        """Adds a locator."""
        self.locator[unit] = (*self.locator.get(unit, ()), *values)


def base(draft: Draft) -> str:
    """The number without its letter; a number without a letter stands for itself alone."""
    lettered = LETTERED.fullmatch(draft.number or "")
    return lettered["base"] if lettered else f"{draft.number}{draft.start}"


def locator_values(unit: str, groups: Mapping[str, str | None], rules: LanguageRules) -> tuple[str, ...]:
    """The values of a locator from the groups of its rule: `value` or `letter`, and `points`, which belong to the last
    value wherever they stand: paragraph 3 (a) and (d), points (a) and (d) of paragraph 3."""
    value = groups.get("value") or groups.get("letter") or ""
    if under := groups.get("under"):
        value = f"{value}.{under}"
    if unit in _POINTED:
        return numerals.places(f"{value} {groups.get('points') or ''}", rules)
    return numerals.values(unit, value, rules)
