"""Numbers as texts write them: digits, Roman numerals, Chinese numerals; and lists and ranges of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kg import symbols
from kg.languages import LanguageRules

_CJK_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_CJK_UNITS = {"十": 10, "百": 100}

#: What may stand round a number of a list: 第249卷和第2253卷.
_GLUE = " 第卷条"

#: A longer range is no list of paragraphs but a slip.
_LONGEST_RANGE = 500
#: The same few numbers stand in most documents: so many are kept as they were read.
_KEPT = 1 << 13
_LETTERS_WITHIN = re.compile(r"(?P<base>\d+) ?(?P<letters>[^\d()]{3,40}?) ?(?P<session>\([^()]+\))")
_PLACE = re.compile(r"(?P<number>\d+|[零〇一二三四五六七八九十百]+)|(?<![^\W_])(?P<point>[a-z]{1,4})(?:\)|$)")
#: The letter of a point in any script: (أ), (هـ), а), (辰).
_LETTER = re.compile(r"(?<![^\W\d_])([^\W\d_])(?:ـ)?(?=\)|$)")
#: Their numbers are printed without the full stop too: 22/COP 15.
_PARTIES = re.compile(r"(?<=\/)(CP|CMP|CMA|COP)(?=\d)")
_CJK_NUMBER = re.compile(r"[零〇一二三四五六七八九十百]+|(?P<circled>[㈠-㈩])")
_SESSION = re.compile(r"\((E?S-)?(\d{1,2})\)")

#: Units whose number the English text prints in Roman numerals.
_ROMAN_UNITS = frozenset(("annex", "chapter", "section", "part"))


def number(text: str) -> int | None:
    """The value of a number in digits, Roman numerals or Chinese numerals; None where it is none."""
    text = text.strip()
    if text.isdecimal():
        return int(text)
    if not text:
        return None
    if re.fullmatch(symbols.ROMAN, text):
        return symbols.roman(text)
    if all(character in _CJK_DIGITS or character in _CJK_UNITS for character in text):
        return _cjk(text)
    return None


@lru_cache(maxsize=_KEPT)
def ordinal(text: str, rules: LanguageRules) -> int | None:
    """The value of a number or of an ordinal in words, whose parts are added up: seventy-sixth is 70 + 6."""
    value = number(text)
    if value is not None or not rules.ordinals:
        return value
    words = rules.ordinal_words.findall(text.lower())
    return sum(rules.ordinals[word] for word in words) or None


def document_number(text: str, rules: LanguageRules) -> str:
    """A document's number as English writes it: 1514 (د-15) is 1514(XV), 66/235 باء is 66/235B."""
    if _is_plain(text):
        return text
    written = _CJK_NUMBER.sub(_in_figures, symbol(text, rules))
    return _PARTIES.sub(r"\1.", _SESSION.sub(_roman_session, written))


def _in_figures(found: re.Match[str]) -> str:
    """Chinese figures as digits, the ten by ten and the one after the other: 五十二, 二一七; ㈢ is (3)."""
    if found["circled"]:
        return f"({int(unicodedata.numeric(found['circled']))})"
    if set(found[0]).isdisjoint(_CJK_UNITS):
        return "".join(str(_CJK_DIGITS[character]) for character in found[0])
    return str(_cjk(found[0]))


def _is_plain(text: str) -> bool:
    """Whether a number is written alike everywhere, as most are: 66/235."""
    return text.isascii() and text.replace("/", "").isdigit()


def letters_within(text: str, rules: LanguageRules) -> tuple[str, ...]:
    """The resolutions of a number with several letters before its session: 3411 A and B (XXX); else none."""
    if "(" not in text:
        return ()
    found = _LETTERS_WITHIN.fullmatch(text)
    items = rules.list_and.split(found["letters"]) if found else []
    letters: list[str] = []
    for item in filter(None, map(str.strip, items)):
        ends = [symbol(end, rules) for end in rules.list_to.split(item)]
        letters.extend(chr(code) for code in range(ord(ends[0][0]), ord(ends[-1][0]) + 1))
    if found is None or len(letters) < 2:
        return ()
    return tuple(document_number(f"{found['base']} {found['session']}", rules) + letter for letter in letters)


def symbol(text: str, rules: LanguageRules) -> str:
    """A symbol in Latin letters and without spaces."""
    text = "".join(text.split())
    for word, read_as in rules.longest_number_words:
        text = text.replace(word, read_as)
    return text


def _roman_session(found: re.Match[str]) -> str:
    return f"({found[1] or ''}{symbols.to_roman(int(found[2]))})"


@lru_cache(maxsize=_KEPT)
def values(unit: str, text: str, rules: LanguageRules) -> tuple[str, ...]:
    """The numbers of a locator, written alike in all languages: "第五十二至五十四" of a paragraph gives 52, 53, 54."""
    if _is_plain(text) and unit not in _ROMAN_UNITS:
        return (str(int(text)),) if text.isdigit() else (text,)
    return tuple(
        value
        for item in rules.list_and.split(text)
        if item.strip(_GLUE)
        for value in _range(unit, [_digits(part.strip(_GLUE), rules) for part in rules.list_to.split(item)])
    )


def _digits(text: str, rules: LanguageRules) -> str:
    """A number in words (الفصل الأول, section باء) as digits or a Latin letter; anything else as it is."""
    if text in rules.number_words:
        return rules.number_words[text]
    if re.fullmatch(r"[IVXLC0-9]+\.[^.]", text):
        return ".".join(_digits(part, rules) for part in text.split("."))
    words = not text.isascii() or (text[:1].islower() and len(text) > 1)
    value = ordinal(text, rules) if text and words else None
    return str(value) if value is not None else text


@lru_cache(maxsize=_KEPT)
def places(text: str, rules: LanguageRules) -> tuple[str, ...]:
    """Paragraphs or articles with their points, each written out: "3 (a) to (c), 5 and 7 (b) (ii)" gives 3(a), 3(b),
    3(c), 5, 7(b)(ii)."""
    found: list[str] = []
    text, end, last = _latin(text.strip(), rules), 0, ""
    for token in _PLACE.finditer(text):
        between, end = text[end : token.start()], token.end()
        ranges = bool(found) and rules.list_to.search(between) is not None
        if value := number(token["number"] or ""):
            first = int(last) + 1 if ranges and last.isdecimal() and value <= int(last) + _LONGEST_RANGE else value
            found.extend(str(each) for each in range(min(first, value), value + 1))
            last = str(value)
        elif not last:
            continue
        elif found[-1] == last:
            found[-1] = f"{last}({token['point']})"
        elif between.strip(" ()"):
            found.extend(f"{last}({point})" for point in _points(found[-1], token["point"], ranges=ranges))
        else:
            found[-1] += f"({token['point']})"
    return tuple(found)


def _points(before: str, point: str, *, ranges: bool) -> Iterator[str]:
    """The points from the one before, which is taken already, up to this one; or this one alone."""
    first = before[-2]
    if not ranges or len(point) > 1 or point <= first:
        yield point
    else:
        yield from (chr(code) for code in range(ord(first) + 1, ord(point) + 1))


def _latin(text: str, rules: LanguageRules) -> str:
    """The letters of points as the English text has them, by their place in the order that the language counts in."""
    return _LETTER.sub(lambda found: _latin_letter(found[1], rules), text)


def _latin_letter(letter: str, rules: LanguageRules) -> str:
    place = -1 if letter.isascii() else rules.point_letters.find(letter)
    return chr(ord("a") + place) if place >= 0 else rules.number_words.get(letter, letter)


def volume(series: str, number: str) -> str:
    """A volume as its series prints it: the League of Nations' in Roman numerals."""
    return symbols.to_roman(int(number)) if series == "LNTS" and number.isdigit() else number


def _range(unit: str, ends: list[str]) -> Iterator[str]:
    if len(ends) == 2 and ends[0].isdecimal() and re.fullmatch("[A-Z]", ends[1]):
        ends = [".".join(ends)]
    first, last = (number(end) for end in (ends[0], ends[-1]))
    if len(ends) == 2 and first is not None and last is not None and first < last <= first + _LONGEST_RANGE:
        yield from (_written(unit, str(value)) for value in range(first, last + 1))
    else:
        yield from (_written(unit, end) for end in ends)


def _written(unit: str, text: str) -> str:
    """Arabic digits, or Roman numerals for annexes, chapters, sections and parts; letters in capitals there."""
    value = number(text)
    if "." in text:
        # A section's section keeps both: II.B, also where it is printed 第二.B节 or ثانيا-باء.
        return ".".join(_written(unit, part) for part in text.split("."))
    if unit not in _ROMAN_UNITS:
        return str(value) if value is not None else text.replace(" ", "")
    return symbols.to_roman(value) if value else text.upper()


def _cjk(text: str) -> int:
    """五十二 → 52, 一百零三 → 103, 二〇一五 → 2015."""
    if not any(character in _CJK_UNITS for character in text):
        return int("".join(str(_CJK_DIGITS[character]) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _CJK_UNITS:
            total += (digit or 1) * _CJK_UNITS[character]
            digit = 0
        else:
            digit = _CJK_DIGITS[character]
    return total + digit
