"""The number printed before a paragraph or point, written alike in all languages: 3, or (c) for a point."""

from __future__ import annotations

import re
import unicodedata

from kg import numerals
from kg.languages import LanguageRules, fold

#: Forms that stand beside those of the language's own: a. 1) (1) ’1‘ 1 - and a letter or numeral in parentheses.
_PARAGRAPH = re.compile(r"(\d{1,3}) ?[.\-–]?(?: ?(?:bis|ter|quater))?")
_POINT = re.compile(r"[(’'‘]?([a-z]{1,5}|\d{1,2})[)’'‘.]|\(?([A-Z])\)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii")


def number_of(numbered: re.Match[str], rules: LanguageRules) -> str:
    """The number from a match of the language's own numbering."""
    if not numbered["point"]:
        return numbered["number"]
    point = numerals.symbol(numbered["point"], rules)
    place = rules.point_letters.find(point)
    return f"({chr(ord('a') + place)})" if place >= 0 and len(point) == 1 else f"({point})"


def printed_number(words: str, rules: LanguageRules) -> str | None:
    """The number that a file prints apart from its paragraph; None for a dash, a dot, or the like."""
    printed = fold("".join(words.split()))
    own = rules.numbered.match(f"{printed} x")
    if own:
        return number_of(own, rules)
    # ㈠ is one character for (一).
    plain = unicodedata.normalize("NFKC", printed)
    if paragraph := _PARAGRAPH.fullmatch(plain):
        return paragraph[1]
    if point := _POINT.fullmatch(plain):
        inside = point[1] or point[2].lower()
        return f"({_ROMAN[int(inside) - 1]})" if inside.isdigit() and 1 <= int(inside) <= len(_ROMAN) else f"({inside})"
    counted = numerals.number(plain.strip("()"))
    return f"({_ROMAN[counted - 1]})" if counted and counted <= len(_ROMAN) and plain[:1] == "(" else None
