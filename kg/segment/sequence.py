"""What the order of paragraphs and points tells: which without a number are operative, and in what a point stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg import languages, symbols
from kg.languages import LanguageRules, fold
from kg.model import Language
from kg.segment.items import Item

COMMA = re.compile(r"[,،，][\"”»)]*\s*$")
#: Items at which a section of a text begins.
_BORDERS = ("annex", "label", "opening")
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_BEGINNING = 120
_QUOTES = " “\"«„‘'*_"


@dataclass(frozen=True, slots=True)
class Section:
    """The items of one section: where those with a number stand, and where those that may have lost theirs."""

    numbers: tuple[tuple[int, int], ...]
    plain: tuple[int, ...]
    commas: tuple[int, ...]

    @property
    def preamble_ends(self) -> int:
        """The place of the last paragraph that ends in a comma, above the first number where there is one."""
        first = self.numbers[0][0] if self.numbers else None
        above = [at for at in self.commas if first is None or at < first]
        return above[-1] if above else -1

    def next_number(self, at: int) -> int | None:
        """The next printed number behind a place."""
        after = bisect_right(self.numbers, (at, 1 << 30))
        return self.numbers[after][1] if after < len(self.numbers) else None

    def has_number_above(self, at: int) -> bool:
        return bool(self.numbers) and self.numbers[0][0] < at

    def unnumbered_until_number(self, at: int) -> int:
        """How many from this one on, up to the next number, may have lost theirs."""
        after = bisect_right(self.numbers, (at, 1 << 30))
        until = self.numbers[after][0] if after < len(self.numbers) else 1 << 30
        return bisect_left(self.plain, until) - bisect_left(self.plain, at)


def sections(items: Sequence[Item], headings: frozenset[int]) -> list[Section]:
    """For each item the section in which it stands; `headings` are the places of lines that are no paragraph."""
    found: list[Section] = []
    start = 0
    for end in range(1, len(items) + 1):
        if end == len(items) or items[end].role in _BORDERS:
            found.extend([_section(items, start, end, headings)] * (end - start))
            start = end
    return found


def _section(items: Sequence[Item], start: int, end: int, headings: frozenset[int]) -> Section:
    numbers: list[tuple[int, int]] = []
    plain: list[int] = []
    commas: list[int] = []
    for at in range(start, end):
        if items[at].role == "number":
            numbers.append((at, int(items[at].block.number or 0)))
        elif items[at].role == "plain" and at not in headings:
            (commas if COMMA.search(items[at].words) else plain).append(at)
    return Section(tuple(numbers), tuple(plain), tuple(commas))


class Point(NamedTuple):
    """A point by the row it is counted in: letters, Roman numerals or digits."""

    printed: str
    row: str
    value: int


def placed(point: str, above: Sequence[Point]) -> tuple[Point, ...]:
    """A point with those in which it stands: it goes on with the innermost row that it follows, or opens one."""
    readings = [Point(point, row, value) for row, value in _values(point)]
    for depth in range(len(above) - 1, -1, -1):
        for reading in readings:
            if (reading.row, reading.value) == (above[depth].row, above[depth].value + 1):
                return (*above[:depth], reading)
    opens = [reading for reading in readings if reading.value == 1 and reading.row not in [each.row for each in above]]
    if opens:
        return (*above, opens[0])
    for depth in range(len(above) - 1, -1, -1):
        for reading in readings:
            if reading.row == above[depth].row:
                return (*above[:depth], reading)
    return (*above, readings[0])


def _values(point: str) -> list[tuple[str, int]]:
    if point.isdecimal():
        return [("digit", int(point))]
    values = []
    if re.fullmatch("[a-z]", point) or re.fullmatch(r"([a-z])\1", point):
        values.append(("letter", ord(point[0]) - ord("a") + 1 + 26 * (len(point) - 1)))
    if re.fullmatch("[ivxl]+", point):
        values.append(("roman", symbols.roman(point.upper())))
    if not values:
        values.append(("cyrillic", max(_CYRILLIC.find(point[0]), 0) + 1))
    return sorted(values, key=lambda each: each[1] != 1)


def goes_on(words: str) -> bool:
    """Whether the words begin in the middle of a sentence, where their script tells."""
    first = next((character for character in words if character.isalpha()), "")
    return first.islower()


def begins_act(words: str, rules: LanguageRules) -> bool:
    """Whether a paragraph begins with the words of an act."""
    return bool(_acts(rules.code).match(fold(words[:_BEGINNING]).lstrip(_QUOTES).lower()))


@cache
def _acts(code: Language) -> re.Pattern[str]:
    """The first words of every act of a language, up to where a phrase has a gap."""
    rules = languages.rules(code)
    phrases = {fold(phrase.split("…")[0].strip()).lower() for listed in rules.acts.values() for phrase in listed}
    qualifiers = (phrase for listed in rules.qualifiers.values() for phrase in listed)
    before = {fold(phrase).lower() for phrase in (*qualifiers, *rules.act_skip) if "…" not in phrase}
    edge = r"(?!\w)" if rules.spaced else ""
    return re.compile(f"(?:(?:{_any(before)}){edge} ?){{0,3}}(?:{_any(phrases)}){edge}")


def _any(phrases: set[str]) -> str:
    return "|".join(sorted(map(re.escape, filter(None, phrases)), key=len, reverse=True))
