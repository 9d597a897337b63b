"""Dates as texts write them."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from kg.languages import LanguageRules

#: The same dates stand in most documents: so many are kept as they were read.
_KEPT = 1 << 13


@lru_cache(maxsize=_KEPT)
def iso(text: str, rules: LanguageRules) -> str | None:
    """The first date in `text` as YYYY-MM-DD; None where there is none or no such day exists."""
    match = rules.date.search(text)
    return _iso(match, rules) if match else None


def _iso(match: re.Match[str], rules: LanguageRules) -> str | None:
    month = match["month"]
    # 0, which is no month, for a word that names none.
    number = int(month) if month.isdigit() else rules.month_numbers.get(month.casefold(), 0)
    try:
        return datetime.date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return None
