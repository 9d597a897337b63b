"""Where the heading matter ends: at the line with which the organ opens, at a title, or at the end of the cover."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg import registry, symbols
from kg.errors import NotAResolution
from kg.heading import cover_symbol, named_symbol, opening
from kg.languages import LanguageRules, fold
from kg.model import Block, Text
from kg.segment.items import items

_COMMA = re.compile(r"[,،，]\s*$")
#: Blocks that a heading can have; further down the name of an organ opens a text that is quoted.
_HEADING_AT_MOST = 30


class Start(NamedTuple):
    """The place of the last block of the heading matter, the organ that opens the text there, if one does, and the one
    that a text without an opening says has decided."""

    at: int
    organ: str | None
    decided: str | None = None


def start_of(text: Text, rules: LanguageRules) -> Start:
    """Raises NotAResolution where no organ opens the text and it is no decision or statement either."""
    for part in ("opening", "cover"):
        marked = [n for n, block in enumerate(text.blocks) if block.part == part]
        if marked and part == "opening":
            return Start(marked[0], opening(text.blocks[marked[0]], rules))
        if marked:
            below = text.blocks[marked[-1] + 1 : marked[-1] + 2]
            return Start(marked[-1] + any(_is_statement(block, rules) for block in below), None)
    at = _opening_at(text, rules)
    if at is not None:
        return Start(at, opening(text.blocks[at], rules))
    title = _unopened(text, rules)
    if title is not None:
        # A decision of several parts has its letter below its title.
        letters = items(text.blocks[title + 1 : title + 2], rules)
        return Start(title + (bool(letters) and letters[0].role == "label"), None, _decided(text, title, rules))
    organs = ", ".join(registry.entry(f"body/{rule.name}").label(rules.code) for rule in rules.openings)
    what = f"no organ opens the text; expected a line with nothing but the name of one ({organs}), and an empty line"
    raise NotAResolution(text.source, f"{what} between paragraphs")


def _opening_at(text: Text, rules: LanguageRules) -> int | None:
    """The place of the block with which the organ opens. It ends in a comma; where none does, and the organ's name
    stands in the heading too, it is the second that names the same organ."""
    places = [(n, organ) for n, block in enumerate(text.blocks[:_HEADING_AT_MOST]) if (organ := opening(block, rules))]
    with_comma = [n for n, _ in places if _COMMA.search(text.blocks[n].passage.text)]
    again = [n for i, (n, organ) in enumerate(places) if organ in (earlier for _, earlier in places[:i])]
    first = [n for n, _ in places]
    title = _title_at(text, rules)
    below = [] if title is None else [n for n in first if n > title]
    # A cover prints the organ's name as its opening line does, but for the comma.
    organ = next((each for n, each in places if below and n == below[0]), None)
    below = [n for n, each in places if n in below and each == organ and n in with_comma] or below
    # A cover names the organ above the title, and opens nothing.
    return next(iter([*below, *with_comma, *again, *(first if title is None else ())]), None)


def _title_at(text: Text, rules: LanguageRules) -> int | None:
    """The place of the line with number and title."""
    titles = [rule.pattern for rule in rules.headings if rule.name == "title"]
    words = (fold(block.passage.text) for block in text.blocks[:_HEADING_AT_MOST])
    return next((n for n, line in enumerate(words) if any(each.match(line) for each in titles)), None)


def _unopened(text: Text, rules: LanguageRules) -> int | None:
    """The place of the title of a decision, or of the line that says a president's statement follows."""
    for n, block in enumerate(text.blocks[:_HEADING_AT_MOST]):
        if _is_statement(block, rules):
            return n
    title = _title_at(text, rules)
    known = cover_symbol(text) or named_symbol(text)
    if title is None:
        titled = [n for n, block in enumerate(text.blocks[:_HEADING_AT_MOST]) if _symbol_alone(block)]
        return titled[0] if known and known.kind in ("decision", "presidential-statement") and titled else None
    return title if known is not None or _decided(text, title, rules) else None


def _is_statement(block: Block, rules: LanguageRules) -> bool:
    """Whether the block is the title of a statement of the President of the Security Council."""
    words = fold(block.passage.text).strip()
    return any(rule.pattern.match(words) for rule in rules.headings if rule.name == "statement")


def _symbol_alone(block: Block) -> bool:
    words = fold(block.passage.text).strip()
    found = symbols.find(words)
    return found is not None and " " not in words


def _decided(text: Text, title: int, rules: LanguageRules) -> str | None:
    """The organ that decided, where the first paragraph says at which meeting."""
    below = next((block for block in text.blocks[title + 1 :] if block.marker is None), None)
    words = fold(below.passage.text) if below else ""
    if not any(rule.name == "meeting" and rule.pattern.search(words) for rule in rules.headings):
        return None
    named = (rule.name for rule in rules.organs if rule.name in symbols.NUMBERINGS and rule.pattern.search(words))
    return next(named, None)
