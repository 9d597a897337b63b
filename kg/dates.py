"""Dates as texts write them."""

from __future__ import annotations

import datetime
import re

from kg.languages import LanguageRules


def iso(text: str, rules: LanguageRules) -> str | None:
    """The first date in `text` as YYYY-MM-DD; None where there is none or no such day exists."""
    match = rules.date.search(text)
    return _iso(match, rules) if match else None


def _iso(match: re.Match[str], rules: LanguageRules) -> str | None:
    month = match["month"]
    number = int(month) if month.isdigit() else _month(month, rules)
    try:
        return datetime.date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return None


def _month(name: str, rules: LanguageRules) -> int:
    """1 to 12; 0, which is no month, for a word that names none."""
    folded = name.casefold()
    return next((n for n, month in enumerate(rules.months, start=1) if folded in month.casefold().split("|")), 0)
