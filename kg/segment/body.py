"""Takes the items below the opening line in their order and makes clauses of them: the sequence decides.

A paragraph of the preamble ends in a comma, an operative one in a semicolon or full stop. What has no number is known
by where it stands among those that have one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Block, Leftover
from kg.segment.items import Item, starred
from kg.segment.naming import Draft
from kg.segment.numbered import Numbered, Remark
from kg.segment.sequence import COMMA, Section, begins_act, goes_on, sections

#: Behind the stop may stand a quotation mark, and the mark of a note that is printed as a digit.
_CLOSED = r"[\"”»“)）』」\]]*(?:\s?[0-9]{1,3}|\*{1,4})?\s*$"
_COMPLETE = re.compile(r"[;；.。:：,，、،؛!?…]" + _CLOSED)
_COMPLETE_OPERATIVE = re.compile(r"[;；.。:：؛!?…]" + _CLOSED)
_LONGEST_SUBHEADING = 80
_LONGEST_HEADING = 250


@dataclass(slots=True)
class Body(Numbered):
    """Adds to what has a number what has none."""

    def take_all(self) -> None:
        headings = frozenset(
            at for at, item in enumerate(self.items) if item.role == "plain" and self._titled(at, item)
        )
        sections_ = sections(self.items, headings)
        for at, item in enumerate(self.items):
            self._take(at, item, sections_[at], at in headings)
            self.last_was_note = item.role == "note" or (item.role == "ornament" and self.last_was_note)

    def _take(self, at: int, item: Item, section: Section, heading: bool) -> None:
        match item.role:
            case "note":
                self._note(item.block, item.block.marker or "")
            case "ornament":
                self._leave(item)
            case "continued" | "rest" if self.drafts:
                self._behind(item)
            case "closing":
                self.closing.append(item.block)
            case "annex":
                self._open_annex(item)
            case "label":
                self._open_section(item)
            case "opening" if self.enacted and self.kind != "annex":
                self._open_text(at, item)
            case "number" | "point":
                self._counted(at, item, section)
            case _:
                self._plain(at, item, section, heading)

    # What is no paragraph

    def _note(self, block: Block, marker: str) -> None:
        self.notes.append(Draft(f"fn{marker}", "note", 1, None, [block]))

    def _leave(self, item: Item) -> None:
        reason = "a line or stars that set parts of the text apart"
        self.leftovers.extend(Leftover(span, reason) for span in item.block.spans)

    def _behind(self, item: Item) -> None:
        """What goes on from a paragraph: the rest of one that holds points belongs to the paragraph and not to them."""
        if item.role == "rest" and len(self.stack) > 1:
            self._to_parent(item.block)
        else:
            self.drafts[-1].blocks.append(item.block)

    # Paragraphs without a number

    def _plain(self, at: int, item: Item, section: Section, heading: bool) -> None:
        stars = starred(item.words)
        if stars and self._called(stars):
            self._note(item.block, stars)
        elif self._goes_on_from_note(item):
            self.notes[-1].blocks.append(item.block)
        elif not self._last_is_whole(item):
            self._join(item.block)
        elif heading and not self._lacks_comma(at, item, section):
            self._count(item.block, "heading", "H")
        elif self.kind == "annex":
            self._count(item.block, "annex", "P")
        elif not self.enacted:
            self._unnumbered(item.block)
        else:
            self._sequenced(at, item, section)

    def _goes_on_from_note(self, item: Item) -> bool:
        """Whether a note that has not come to its end goes on here."""
        if self.structured or not self.last_was_note or not self.notes or begins_act(item.words, self.rules):
            return False
        return not _whole(self.notes[-1]) and self._last_is_whole(item)

    def _titled(self, at: int, item: Item) -> bool:
        """Whether a line is a heading: it has no stop, and is short or does not begin with an act."""
        words = item.words
        if _COMPLETE.search(words):
            return False
        if self.items[at - 1].role == "label" and at and len(words) <= _LONGEST_HEADING:
            return True
        if item.block.part == "heading" or len(words) <= _LONGEST_SUBHEADING:
            return True
        return (
            self.enacted and len(words) <= _LONGEST_HEADING and not goes_on(words) and not begins_act(words, self.rules)
        )

    def _lacks_comma(self, at: int, item: Item, section: Section) -> bool:
        """A paragraph of the preamble that has lost its comma."""
        above = self.kind != "annex" and self.enacted and bool(section.numbers) and not section.has_number_above(at)
        above = above and self.items[at - 1].role != "label"
        return above and item.block.part != "heading" and begins_act(item.words, self.rules)

    def _sequenced(self, at: int, item: Item, section: Section) -> None:
        """A paragraph of the body by what stands before and behind it."""
        numbered = section.has_number_above(at)
        if numbered and section.next_number(at) is None and len(self.stack) > 1 and goes_on(item.words):
            self._to_parent(item.block)
            return
        if COMMA.search(item.words) or at < section.preamble_ends:
            draft = self._count(item.block, "preambular", "PP")
            if numbered:
                message = "a paragraph without a number stands among the numbered ones; it is counted with the preamble"
                self.remarks.append(Remark("info", "preambular-in-body", draft, message))
            return
        following = section.next_number(at)
        if not section.numbers or (following is not None and self._fills_gap(at, section, following)):
            self._unnumbered(item.block)
        elif not numbered:
            self._count(item.block, "preambular", "PP")
        elif len(self.stack) > 1 and not begins_act(item.words, self.rules):
            self._to_parent(item.block)
        elif following is None and begins_act(item.words, self.rules):
            self._unnumbered(item.block)
        else:
            self._below(item.block)

    def _fills_gap(self, at: int, section: Section, following: int) -> bool:
        """Whether as many paragraphs stand before the next number as numbers are missing there."""
        last = 0 if self.fresh is not None and following <= self.runs[self.run] else self.runs[self.run]
        return following - 1 - last == section.unnumbered_until_number(at) > 0

    def _below(self, block: Block) -> None:
        """A paragraph without a number that stands under a numbered one."""
        last = self.runs[self.run]
        count = self.counts[f"{self.run}.{last}"] = self.counts[f"{self.run}.{last}"] + 1
        draft = Draft(f"OP{last}.P{count}", "operative", count, None, [block], numbered=True)
        self._add(draft)
        self.points, self.stack = (), [draft]
        self.parent = draft

    # Paragraphs that a page break or a note has cut

    def _last_is_whole(self, item: Item) -> bool:
        """Whether what comes next is a paragraph of its own and not the rest of the last."""
        if self.structured or not self.drafts or _whole(self.drafts[-1]) or begins_act(item.words, self.rules):
            return True
        if goes_on(item.words):
            return False
        return self.drafts[-1].kind == "annex" and not self.drafts[-1].numbered

    def _join(self, block: Block) -> None:
        draft = self.drafts[-1]
        draft.blocks.append(block)
        message = "the paragraph was cut in two, by a page break or a note, and has been joined; check the seam"
        self.remarks.append(Remark("warning", "clause-joined", draft, message))

    def _called(self, stars: str) -> bool:
        mark = re.compile(rf"(?<!\*){re.escape(stars)}(?!\*)")
        blocks = (*self.above, *(block for draft in self.drafts for block in draft.blocks))
        return any(mark.search(block.passage.text) for block in blocks)


def _whole(draft: Draft) -> bool:
    pattern = _COMPLETE_OPERATIVE if draft.kind in ("operative", "note") else _COMPLETE
    return draft.kind == "heading" or bool(pattern.search(draft.blocks[-1].passage.text))
