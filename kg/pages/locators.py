"""Where in a document a citation points, as each language says it: "annex, paragraph 3" is «приложение, пункт 3».

The graph writes locators alike for all languages (kg.graph.locator_text). The words are in phrases/locators.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from kg import symbols, uris
from kg.pages.phrases import phrases

#: A number with its points, 19(b)(ii): digits, a Roman numeral, a letter, both (I.A), or a number of a session (X/2).
_VALUE = re.compile(
    rf"(?P<number>[0-9]+|{symbols.ROMAN}|[A-Z]|{symbols.ROMAN}\.[A-Z]|[A-Z]\.{symbols.ROMAN}"
    r"|(?:S-)?(?:[0-9]+|[IVXLC]+)/(?:(?:CP|CMP|CMA|COP)\.)?[0-9]+)(?P<points>(?:\([a-z]+\))*)"
)
_ROMAN_POINT = re.compile(r"[ivx]+")
#: Capitals that name a section or annex more often than they count one.
_LETTERS = frozenset("ABCDEFGHJKLMNOPQRSTUWYZ")
_CHINESE = "零一二三四五六七八九"
_STYLE = re.compile(r"\{(\w+)\}")

#: A number and the points below it: 19, (b, ii).
Place = tuple[str, tuple[str, ...]]


@lru_cache(maxsize=4096)
def said(locator: str, language: str) -> str | None:
    """The locator in the words of the language; None where it holds what cannot be said."""
    say = phrases("locators", language)
    parts: list[str] = []
    before = ""
    for unit, values in _units(locator):
        found = [_VALUE.fullmatch(value) for value in values]
        if not unit or None in found:
            return None
        places = [(each["number"], tuple(re.findall("[a-z]+", each["points"]))) for each in found if each]
        words = _unit(_kind(unit, places, before), places, say)
        if words is None:
            return None
        parts.append(words)
        before = unit
    return say["then"].join(parts).replace(f"{say['then']}+", "")


def in_languages(locator: str, languages: Iterable[str]) -> dict[str, str]:
    """The locator in each of the languages that can say it."""
    return {language: words for language in languages if (words := said(locator, language))}


def numbered(text: str, language: str) -> str:
    """A number with its point, such as that of an agenda item, as the language writes it: 22 (a) is 22 (أ)."""
    found = _VALUE.fullmatch(text.replace(" ", ""))
    if found is None or not found["number"].isdecimal():
        return text
    points = tuple(re.findall("[a-z]+", found["points"]))
    return found["number"] + _points([points], phrases("locators", language), "agenda")


def _units(locator: str) -> Iterator[tuple[str, list[str]]]:
    """Each unit with its values, outermost first; an empty unit where a value stands before any."""
    found: list[tuple[str, list[str]]] = []
    for item in locator.split(", "):
        unit, _, value = item.partition(" ")
        if unit in uris.DEPTH:
            found.append((unit, [value] if value else []))
        elif found:
            found[-1][1].append(item)
        else:
            found.append(("", [item]))
    return iter(found)


def _kind(unit: str, places: Sequence[Place], before: str) -> str:
    """The phrase of a unit, which hangs on its numbers and on what it is a part of."""
    number, points = places[0] if places else ("", ())
    if not number:
        return f"{unit}_whole"
    if unit == "section":
        return "section_lettered" if number[0] in _LETTERS else "section_below" if "." in number else "section_numbered"
    if unit == "resolution" and "/" in number:
        return "resolution_of_session"
    if unit == "paragraph" and before == "article":
        return "paragraph_of_article_pointed" if points else "paragraph_of_article"
    return f"{unit}_pointed" if unit == "article" and points else unit


def _unit(kind: str, places: Sequence[Place], say: Mapping[str, str]) -> str | None:
    """A unit with all its numbers, in the form for one, two or more of them."""
    if kind not in say:
        return None
    alike = groupby(places, key=lambda each: (each[0], bool(each[1])))
    groups = [(number, [points for _, points in each]) for (number, _), each in alike]
    forms = say[kind].split("|")
    form = forms[min(len(groups), len(forms)) - 1] if groups else forms[0]
    style = next(iter(_STYLE.findall(form)), "")
    if not style:
        return form
    if "{points}" in form:
        return say["and"].join(
            form.replace(f"{{{style}}}", _number(number, style, say)).replace("{points}", _points(points, say, kind))
            for number, points in groups
        )
    numbers = [_number(number, style, say) + _points(points, say, kind) for number, points in groups]
    order = [None if any(points) else _order(number) for number, points in groups]
    return form.replace(f"{{{style}}}", _listed(numbers, order, say))


def _number(number: str, style: str, say: Mapping[str, str]) -> str:
    """A number as the style of a phrase asks for it."""
    if "." in number and "/" not in number:
        outer, inner = number.split(".")
        inner = str(symbols.roman(inner)) if outer in _LETTERS else inner
        return _number(outer, style, say) + say["below"] + _number(inner, style if inner.isalpha() else "number", say)
    if number in _LETTERS:
        return say["letters"].split("|")[ord(number) - ord("A")]
    if "/" in number:
        session, _, rest = number.partition("/")
        session = str(symbols.roman(session)) if style == "digits" and session.isalpha() else session
        pairs = zip(phrases("locators", "en")["initials"].split("|"), say["initials"].split("|"), strict=True)
        whole = f"{session}/{rest}"
        return next((whole.replace(*each) for each in pairs if re.search(rf"(?:^|/){each[0]}", whole)), whole)
    if style == "number":
        return number
    value = int(number) if number.isdecimal() else symbols.roman(number)
    if style == "chinese":
        return _chinese(value)
    words = say[style].split("|")
    return words[value - 1] if value <= len(words) else str(value)


def _chinese(value: int) -> str:
    """七十三, 一百零五."""
    if value >= 1000:
        return str(value)
    hundreds, rest = divmod(value, 100)
    tens, units = divmod(rest, 10)
    above = f"{_CHINESE[hundreds]}百" if hundreds else ""
    ten = ("" if tens == 1 and not hundreds else _CHINESE[tens]) + "十" if tens else "零" if hundreds and units else ""
    return above + ten + (_CHINESE[units] if units else "")


def _points(chains: Sequence[tuple[str, ...]], say: Mapping[str, str], kind: str) -> str:
    """The points below a number, behind it: (a) to (c), a) ii)."""
    if not any(chains):
        return ""
    letters = say["points_of_articles" if kind.endswith("_pointed") else "points"].split("|")
    words = ["".join(_point(point, depth, letters, say) for depth, point in enumerate(chain)) for chain in chains]
    order = [ord(chain[-1]) if len(chain) == 1 and len(chain[0]) == 1 else None for chain in chains]
    first, *others = words
    return _listed([first, *(each.lstrip() for each in others)], order, say)


def _point(point: str, depth: int, letters: Sequence[str], say: Mapping[str, str]) -> str:
    if _ROMAN_POINT.fullmatch(point) and (depth or len(point) > 1):
        return say["roman_point"].format(roman=point, number=symbols.roman(point.upper()))
    if point == "i" and letters[0] not in "a子":
        # Whether the letter or the number is meant, only a reader of the cited document can tell.
        return say["point"].format(point)
    places = [ord(letter) - ord("a") for letter in point]
    return say["point"].format(
        " ".join(letters[place] if place < len(letters) else chr(97 + place) for place in places)
    )


def _order(number: str) -> int | None:
    """The place of a number among its like; None where nothing follows it that runs on."""
    if number.isdecimal():
        return int(number)
    if number in _LETTERS:
        return ord(number) + 100_000
    return symbols.roman(number) if re.fullmatch(symbols.ROMAN, number) else None


def _listed(words: Sequence[str], order: Sequence[int | None], say: Mapping[str, str]) -> str:
    """Words joined: three or more that follow each other as the first to the last."""
    runs: list[list[int]] = []
    for index, place in enumerate(order):
        last = order[runs[-1][-1]] if runs else None
        if place is not None and last is not None and place == last + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    items: list[str] = []
    for run in runs:
        whole = [words[index] for index in run]
        items += [say["to"].join((whole[0], whole[-1]))] if len(run) > 2 else whole
    first, *others = items
    return first + "".join(
        say[("comma" if left else "and") + ("" if item[0].isdecimal() or item[0] == "(" else "_word")] + item
        for item, left in zip(others, range(len(others))[::-1], strict=True)
    )
