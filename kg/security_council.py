"""In which year the Security Council adopted a resolution: it has numbered them through since 1946."""

from __future__ import annotations

import re
from bisect import bisect_left

_SYMBOL = re.compile(r"S/RES/(?P<number>\d+)\((?P<year>\d{4})\)")

_FIRST_YEAR = 1946
#: The last number of each year from the first on; of later years nothing is known here.
_LAST_NUMBERS = (
    *(15, 37, 66, 78, 89, 96, 98, 103, 106, 110, 121, 126, 131, 132),
    *(160, 170, 177, 185, 199, 219, 232, 244, 262, 275),
    *(291, 307, 324, 344, 366, 384, 402, 422, 443, 461),
    *(484, 499, 528, 545, 559, 580, 593, 606, 626, 646),
    *(683, 725, 799, 892, 969, 1035, 1092, 1146, 1219, 1284),
    *(1334, 1386, 1454, 1521, 1580, 1651, 1738, 1794, 1859, 1907),
    *(1966, 2032, 2085, 2132, 2195, 2259, 2336, 2397, 2451, 2503),
    *(2560, 2617, 2671, 2721),
)


def year_of(number: int) -> int | None:
    """The year in which the resolution of that number was adopted; None where that is not known here."""
    place = bisect_left(_LAST_NUMBERS, number)
    return _FIRST_YEAR + place if number > 0 and place < len(_LAST_NUMBERS) else None


def misdated(symbol: str) -> bool:
    """Whether that is a number of the Council with the year of another, so that there is no such resolution."""
    found = _SYMBOL.fullmatch(symbol)
    if found is None:
        return False
    year, last = year_of(int(found["number"])), _FIRST_YEAR + len(_LAST_NUMBERS) - 1
    return year != int(found["year"]) if year else int(found["year"]) <= last


def halves(symbol: str) -> tuple[str, str] | None:
    """Number and year of a resolution of the Council."""
    found = _SYMBOL.fullmatch(symbol)
    return (found["number"], found["year"]) if found else None
