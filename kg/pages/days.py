"""Days as each language writes them."""

from __future__ import annotations

import re

from kg.pages.phrases import phrases

_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")


def written(date: str | None, language: str) -> str:
    """2021-12-17 as 17 December 2021 or 2021年12月17日; a year or years alone stay as they are."""
    found = _DAY.fullmatch(date or "")
    if found is None:
        return date or ""
    say, day, number = phrases("dates", language), int(found["day"]), int(found["month"])
    shown = "1er" if language == "fr" and day == 1 else str(day)
    return say["day"].format(day=shown, month=say[f"month_{found['month']}"], number=number, year=found["year"])
