"""The number printed before a paragraph or point, written alike in all languages: 3, or (c) for a point."""

from __future__ import annotations

import re
import unicodedata

from kg import numerals, symbols
from kg.languages import LanguageRules, fold

#: Forms that stand beside those of the language's own: a. 1) (1) ’1‘ 1 - and a letter or numeral in parentheses.
_PARAGRAPH = re.compile(r"(\d{1,3}) ?[.\-–]?(?: ?(?:bis|ter|quater))?")
_POINT = re.compile(r"[(’'‘]?([a-z]{1,5}|\d{1,2})[)’'‘.]|\(?([A-Z])\)")
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\u0640\ufeff]+")
#: A number, its brackets and the white space round it are never longer.
_LONGEST = 24


def numbered(words: str, rules: LanguageRules, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The number with which the words begin, as a match whose end is where the paragraph's own words begin."""
    end = len(words) if end is None else end
    # Only the beginning is folded: the rest may be long.
    return rules.numbered.match(fold(words[start : min(end, start + _LONGEST)].ljust(1)))


def number_of(numbered: re.Match[str], rules: LanguageRules) -> str:
    """The number from a match of the language's own numbering."""
    groups = numbered.groupdict()
    if groups["number"]:
        return groups["number"].lstrip("0") or "0"
    if groups.get("digits"):
        return f"({int(groups['digits'])})"
    if counted := groups.get("roman") or groups.get("round"):
        return f"({_roman(unicodedata.normalize('NFKC', counted).strip('()'))})"
    return f"({_letters(groups['point'] or '', rules)})"


def _roman(counted: str) -> str:
    value = numerals.number(counted)
    return symbols.to_roman(value).lower() if value else counted


def _letters(point: str, rules: LanguageRules) -> str:
    """A point in Latin letters; one that is doubled comes after z."""
    point = _HIDDEN.sub("", point)
    places = [rules.point_letters.find(numerals.symbol(letter, rules)) for letter in point]
    if min(places) < 0 or (len(point) > 1 and len(set(point)) > 1):
        return point
    return "".join(chr(ord("a") + place) for place in places)


def printed_number(words: str, rules: LanguageRules) -> str | None:
    """The number that a file prints apart from its paragraph; None for a dash, a dot, or the like."""
    printed = _HIDDEN.sub("", fold("".join(words.split())))
    own = rules.numbered.match(f"{printed} x")
    if own:
        return number_of(own, rules)
    # ㈠ is one character for (一).
    plain = unicodedata.normalize("NFKC", printed)
    if paragraph := _PARAGRAPH.fullmatch(plain):
        return paragraph[1]
    if point := _POINT.fullmatch(plain):
        inside = point[1] or point[2].lower()
        quoted = inside.isdigit() and plain[:1] in "’'‘"
        return f"({_roman(inside)})" if quoted else f"({inside})"
    counted = numerals.number(plain.strip("()"))
    return f"({symbols.to_roman(counted).lower()})" if counted and plain[:1] == "(" else None
