"""What each block below the opening line is by itself: a numbered paragraph, a section's label, an annex's title …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kg import numerals, symbols
from kg.heading import is_closing, opening
from kg.languages import LanguageRules, fold
from kg.model import Block

Role = Literal[
    "note", "ornament", "continued", "rest", "annex", "label", "number", "point", "closing", "opening", "plain"
]

#: From the whole to its parts; a label ends those of the levels below its own.
LEVELS = {"part": 0, "chapter": 1, "section": 2, "letter": 3, "article": 4}
_ANNEXES = ("annex", "appendix")

_ORNAMENT = re.compile(r"[\s*_\-–—=.·•]*")
_BARE_LABEL = re.compile(r"(?P<value>[IVXL]{1,7}|[A-Z])(?P<stop>[.:]?)(?: ?[-–—] ?| |$)(?P<title>.*)")
_TITLE = re.compile(r"(?:$| ?[.:–—-]+ ?\S| ?\()")
_BULLET = re.compile(r"[-–—•▪●·■] ?(?=\w)")
_STAR = re.compile(r"(\*{1,6}) ?(?=\w)")
_STOP = re.compile(r"[;；,，،؛。.][\"”»)]*\s*$")
_LONGEST_TITLE = 250
_SHORT_TITLE = 100
#: A numeral that is skipped is a slip; a letter further on is none of a row.
_WIDEST_GAP = 3


class Label(NamedTuple):
    """The label of a section: its level, and how it names the paragraphs below it (III, A, article-5)."""

    level: int
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """A block and what it is by itself; `label` of a section, or the name of an annex: annex-2, appendix."""

    block: Block
    role: Role
    label: Label | None = None
    annex: str | None = None
    organ: str | None = None

    @property
    def words(self) -> str:
        return self.block.passage.text


def items(blocks: Sequence[Block], rules: LanguageRules) -> list[Item]:
    """Each block with its role; labels are known by the labels before them, as a C may be a letter or a hundred."""
    found: list[Item] = []
    labels: dict[int, int] = {}
    for block in blocks:
        item = _item(block, rules, labels)
        if item.annex:
            labels.clear()
        found.append(item)
    return found


def _item(block: Block, rules: LanguageRules, labels: dict[int, int]) -> Item:
    words = fold(block.passage.text).strip()
    if block.marker is not None:
        return Item(block, "note")
    if block.number is not None:
        return Item(block, "point" if block.number.startswith("(") else "number")
    if _ORNAMENT.fullmatch(words):
        return Item(block, "ornament")
    return _part(block, words, rules, labels) or _line(block, rules)


def _part(block: Block, words: str, rules: LanguageRules, labels: dict[int, int]) -> Item | None:
    """A block that begins or continues a part of the text."""
    annex = _annex(words, rules) or ("annex" if block.part == "annex" else None)
    if annex:
        return Item(block, "annex", annex=annex)
    if block.part == "rest":
        return Item(block, "rest")
    if block.part == "continued" or _BULLET.match(words):
        # A dash or dot has no name to cite it by: it belongs to the paragraph or point in which it stands.
        return Item(block, "continued")
    label = _label(words, rules, labels)
    return Item(block, "label", label) if label else None


def _line(block: Block, rules: LanguageRules) -> Item:
    organ = opening(block, rules)
    if organ:
        return Item(block, "opening", organ=organ)
    return Item(block, "closing" if block.part == "closing" or is_closing(block, rules) else "plain")


def starred(words: str) -> str | None:
    """The stars with which a note stands below a list or table."""
    found = _STAR.match(words)
    return found[1] if found else None


def _annex(words: str, rules: LanguageRules) -> str | None:
    """The name that an annex's title gives it: Annex II is annex-2, one without a number is annex."""
    for rule in rules.headings:
        if rule.name not in _ANNEXES or len(words) > _LONGEST_TITLE or not (found := rule.pattern.match(words)):
            continue
        rest = words[found.end() :]
        titled = _TITLE.match(rest) or (len(words) <= _SHORT_TITLE and rest[:1] == " " and not rest[1:2].islower())
        if not titled or (rest and _STOP.search(words)):
            continue
        value = _numeral(found["value"].strip(), rules) if found["value"] else None
        return f"{rule.name}-{value}" if value else rule.name
    return None


def _label(words: str, rules: LanguageRules, labels: dict[int, int]) -> Label | None:
    if len(words) > _LONGEST_TITLE or (len(words) > len("XXVIII.") and _STOP.search(words)):
        return None
    return _worded(words, rules, labels) or _bare(words.translate(_capitals(rules)), labels)


def _capitals(rules: LanguageRules) -> dict[int, str]:
    """Letters of another alphabet that are typed for capital letters."""
    return {ord(typed): read for typed, read in rules.number_words.items() if len(typed) == len(read) == 1}


def _worded(words: str, rules: LanguageRules, labels: dict[int, int]) -> Label | None:
    """Article 5, Chapter II, أولا, 第三节."""
    for rule in rules.headings:
        if rule.name not in LEVELS or not (found := rule.pattern.match(words)):
            continue
        rest = words[found.end() :]
        if not _TITLE.match(rest) and not (rest.startswith(" ") and not rules.spaced):
            continue
        value = _numeral(found["value"].strip(), rules)
        if rule.name in ("part", "chapter", "section") and isinstance(value, int):
            value = symbols.to_roman(value)
        name = str(value) if rule.name in ("section", "letter") else f"{rule.name}-{value}"
        return _placed(LEVELS[rule.name], name, 0, labels)
    return None


def _numeral(text: str, rules: LanguageRules) -> int | str:
    """A number in digits, Roman numerals or words as a number; a letter as it is in English."""
    if text in rules.number_words:
        return rules.number_words[text]
    if len(text) == 1 and text.isascii() and text not in "IVX":
        return text
    return numerals.ordinal(text, rules) or text


def _bare(words: str, labels: dict[int, int]) -> Label | None:
    """A Roman numeral or a capital letter, alone or with a title behind a full stop."""
    found = _BARE_LABEL.fullmatch(words)
    if not found or (found["title"] and not found["stop"]):
        return None
    value = found["value"]
    choices = [(LEVELS["letter"], ord(value) - ord("A") + 1)] if len(value) == 1 else []
    if re.fullmatch(symbols.ROMAN, value):
        choices.append((LEVELS["section"], symbols.roman(value)))
    follows = [choice for choice in choices if labels.get(choice[0], 0) + 1 == choice[1]]
    near = [choice for choice in choices if 0 < choice[1] - labels.get(choice[0], 0) <= _WIDEST_GAP]
    begins = [choice for choice in choices if choice[1] == 1]
    level, number = next(iter([*follows, *begins, *near]), (None, 0))
    return None if level is None else _placed(level, value, number, labels)


def _placed(level: int, name: str, number: int, labels: dict[int, int]) -> Label:
    labels[level] = number
    for deeper in [each for each in labels if each > level]:
        del labels[deeper]
    return Label(level, name)
