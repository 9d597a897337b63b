"""Takes the items below the opening line in their order and makes clauses of them: the sequence decides.

A paragraph of the preamble ends in a comma, an operative one in a semicolon or full stop, a chapeau in a colon. Numbers
run on, or begin anew in a section or annex; what has no number is known by where it stands among those that have one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.languages import LanguageRules
from kg.model import Block, Leftover, Severity
from kg.segment.items import Item, Label, starred
from kg.segment.naming import Draft
from kg.segment.sequence import COMMA, Point, Section, begins_act, goes_on, placed, sections

#: Behind the stop may stand a quotation mark, and the mark of a note that is printed as a digit.
_CLOSED = r"[\"”»“)）』」\]]*(?:\s?[0-9]{1,3})?\s*$"
_COMPLETE = re.compile(r"[;；.。:：,，、،؛!?…]" + _CLOSED)
_COMPLETE_OPERATIVE = re.compile(r"[;；.。:：؛!?…]" + _CLOSED)
_LONGEST_SUBHEADING = 80
_LONGEST_HEADING = 250


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding about a draft that has no id yet."""

    severity: Severity
    code: str
    draft: Draft
    message: str


@dataclass(slots=True)
class Body:
    """What the items come to. `structured` says that the format shows where a paragraph ends, `enacted` that an organ
    opens the text: without that there is no preamble."""

    rules: LanguageRules
    items: Sequence[Item]
    structured: bool
    enacted: bool
    organ: str | None
    zone: str = ""
    above: tuple[Block, ...] = ()
    drafts: list[Draft] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    closing: list[Block] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    restarts: dict[str, set[int]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    zones: Counter[str] = field(default_factory=Counter)
    labels: tuple[Label, ...] = ()
    fresh: int | None = None
    run: int = 0
    runs: dict[int, int] = field(default_factory=lambda: {0: 0})
    outer: tuple[str, dict[int, int]] | None = None
    parent: Draft | None = None
    points: tuple[Point, ...] = ()
    stack: list[Draft] = field(default_factory=list)
    last_was_note: bool = False
    kind: str = "body"
    resumed: int = 0

    def take_all(self) -> None:
        headings = frozenset(at for at, item in enumerate(self.items) if item.role == "plain" and self._titled(at, item))
        sections_ = sections(self.items, headings)
        for at, item in enumerate(self.items):
            self._take(at, item, sections_[at], at in headings)
            self.last_was_note = item.role == "note" or (item.role == "ornament" and self.last_was_note)

    def _take(self, at: int, item: Item, section: Section, heading: bool) -> None:
        if item.role == "note":
            self._note(item.block, item.block.marker or "")
        elif item.role == "ornament":
            self._leave(item)
        elif item.role in ("continued", "rest") and self.drafts:
            self._behind(item)
        elif item.role == "annex":
            self._open_annex(item)
        elif item.role == "label" and item.label:
            self._open_section(item, item.label)
        elif item.role == "number":
            self._numbered(at, item, section)
        elif item.role == "point" and self._is_one(at, item, section):
            self._numbered(at, replace(item, block=replace(item.block, number="1")), section)
        elif item.role == "point":
            self._point(item)
        elif item.role == "closing":
            self.closing.append(item.block)
        elif item.role == "opening" and self.enacted and self.kind != "annex":
            self._open_text(at, item)
        else:
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
            self.stack.pop()
            self.points = self.points[:-1]
            self.stack[-1].blocks.append(item.block)
        else:
            self.drafts[-1].blocks.append(item.block)

    # Parts

    def _open_annex(self, item: Item) -> None:
        words = item.annex or "annex"
        if words.startswith("appendix") and self.kind == "annex":
            number = self.zones[f"{self.zone}appendix"] = self.zones[f"{self.zone}appendix"] + 1
            base = self.zone.split("appendix")[0]
            self._open_zone(f"{base}{words if '-' in words else f'appendix-{number}'}.", "annex")
        else:
            self.zones["annex"] += 1
            stem = words.split("-")[0]
            number = self.zones["annex"]
            self._open_zone(f"{words if '-' in words else f'{stem}-{number}'}.", "annex")
        self._add(Draft("", "heading", 1, None, [item.block]))

    def _open_text(self, at: int, item: Item) -> None:
        """An organ opens again: the next of several texts under letters, or a text that another organ is to adopt."""
        blocks = [item.block]
        letter = self.labels[-1].name if self.labels and item.organ == self.organ else None
        if letter and self.items[at - 1].role == "label":
            blocks = [*self.drafts.pop().blocks, item.block]
            self._open_zone(f"{letter}.", "body")
        else:
            self.outer = (self.zone, dict(self.runs)) if self.kind == "body" else self.outer
            self.zones["draft"] += 1
            self._open_zone(f"draft-{self.zones['draft']}.", "draft")
        self._add(Draft("", "heading", 1, None, blocks))

    def _open_zone(self, zone: str, kind: str) -> None:
        self.zones[zone] += 1
        self.zone = zone if self.zones[zone] == 1 else f"{zone.rstrip('.')}-{self.zones[zone]}."
        self.kind, self.labels, self.fresh, self.run, self.runs = kind, (), None, 0, {0: 0}
        self.counts, self.parent, self.points, self.stack = Counter(), None, (), []

    def _open_section(self, item: Item, label: Label) -> None:
        self.labels = (*(each for each in self.labels if each.level < label.level), label)
        self.fresh = label.level if self.fresh is None else min(self.fresh, label.level)
        self.parent = None if self.kind == "annex" else self.parent
        self.points, self.stack = (), []
        self._add(Draft(".".join(each.name for each in self.labels), "heading", 1, None, [item.block]))

    # Numbered paragraphs and points

    def _numbered(self, at: int, item: Item, section: Section) -> None:
        number = int(item.block.number or 0)
        last = self.runs[self.run]
        position = number
        if number != last + 1:
            position = self._out_of_sequence(number, last, section.next_number(at))
        self.runs[self.run] = position
        draft = self._operative(position, str(number), item.block)
        if position != number or number not in (last + 1, 1, self.resumed):
            message = f"paragraph {number} follows paragraph {last}; it is counted as {position}"
            self.remarks.append(Remark("warning", "number-out-of-sequence", draft, message))

    def _is_one(self, at: int, item: Item, section: Section) -> bool:
        """Whether a letter l is typed for the digit 1."""
        return item.block.number == "(l)" and not self.points and section.next_number(at) == 2

    def _out_of_sequence(self, number: int, last: int, following: int | None) -> int:
        """The position of a number that does not follow the last: another run goes on, or the numbers begin anew."""
        before = next((run for run in sorted(self.runs, reverse=True) if self.runs[run] == number - 1 > 0), None)
        if before is not None and self.kind != "draft":
            self.run, self.resumed = before, number
            return number
        if self._left_draft(number):
            return number
        if number <= last and (self.fresh is not None or (number == 1 and (following == 2 or last > 2))):
            self._begin_run()
            return number
        return max(number, last + 1)

    def _left_draft(self, number: int) -> bool:
        """Whether the number is the next of the text in which another was quoted."""
        if self.outer is None or number - 1 not in self.outer[1].values() or number == 1:
            return False
        self.zone, self.runs = self.outer
        self.run = next(run for run, last in self.runs.items() if last == number - 1)
        self.kind, self.outer, self.resumed = "body", None, number
        return True

    def _begin_run(self) -> None:
        self.run = max(self.runs) + 1
        if self.fresh is not None:
            self.restarts.setdefault(self.zone, set()).add(self.fresh)

    def _operative(self, position: int, number: str | None, block: Block) -> Draft:
        kind = "annex" if self.kind == "annex" else "operative"
        draft = Draft(f"OP{position}", kind, position, number, [block], numbered=True)
        self.fresh = None
        return self._paragraph(draft)

    def _paragraph(self, draft: Draft) -> Draft:
        self._add(draft)
        self.parent, self.points, self.stack = draft, (), [draft]
        return draft

    def _point(self, item: Item) -> None:
        """A point such as (a), or (i) inside one."""
        self.points = placed((item.block.number or "").strip("()"), self.points)
        parent = self.parent or self._nameless()
        shown = " ".join([*([parent.number] if parent.number else []), *(f"({each.printed})" for each in self.points)])
        local = ".".join([parent.local, *(each.printed for each in self.points)])
        draft = Draft(local, parent.kind, self.points[-1].value, shown, [item.block], numbered=parent.numbered)
        self._add(draft)
        draft.run, draft.labels = (parent.run, parent.labels) if self.parent else (draft.run, draft.labels)
        self.stack = [*self.stack[: len(self.points)], draft]

    def _nameless(self) -> Draft:
        """What a point belongs to that stands below no paragraph."""
        if self.kind == "annex":
            return Draft(f"P{self.counts['annex']}", "annex", 0, None, [])
        return Draft(f"PP{self.counts['preambular']}", "preambular", 0, None, [])

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
        return self.enacted and len(words) <= _LONGEST_HEADING and not goes_on(words) and not begins_act(words, self.rules)

    def _lacks_comma(self, at: int, item: Item, section: Section) -> bool:
        """A paragraph of the preamble that has lost its comma."""
        above = self.kind != "annex" and self.enacted and bool(section.numbers) and not section.has_number_above(at)
        above = above and self.items[at - 1].role != "label"
        return above and item.block.part != "heading" and begins_act(item.words, self.rules)

    def _sequenced(self, at: int, item: Item, section: Section) -> None:
        """A paragraph of the body by what stands before and behind it."""
        if COMMA.search(item.words) and section.next_number(at) is None and section.has_number_above(at):
            if len(self.stack) > 1 and goes_on(item.words):
                self._to_parent(item.block)
                return
        if COMMA.search(item.words) or at < section.preamble_ends:
            draft = self._count(item.block, "preambular", "PP")
            if section.has_number_above(at):
                message = "a paragraph without a number stands among the numbered ones; it is counted with the preamble"
                self.remarks.append(Remark("info", "preambular-in-body", draft, message))
            return
        following = section.next_number(at)
        if following is not None and self._fills_gap(at, section, following):
            self._unnumbered(item.block)
        elif not section.numbers:
            self._unnumbered(item.block)
        elif not section.has_number_above(at):
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

    def _unnumbered(self, block: Block) -> None:
        """An operative paragraph that has no number, or has lost it."""
        if self.fresh is not None and self.runs[self.run]:
            self._begin_run()
        self.runs[self.run] = self.runs.get(self.run, 0) + 1
        self._operative(self.runs[self.run], None, block)

    def _below(self, block: Block) -> None:
        """A paragraph without a number that stands under a numbered one."""
        last = self.runs[self.run]
        count = self.counts[f"{self.run}.{last}"] = self.counts[f"{self.run}.{last}"] + 1
        draft = Draft(f"OP{last}.P{count}", "operative", count, None, [block], numbered=True)
        self._add(draft)
        self.points, self.stack = (), [draft]
        self.parent = draft

    def _to_parent(self, block: Block) -> None:
        self.stack[0].blocks.append(block)
        self.points, self.stack = (), self.stack[:1]

    def _count(self, block: Block, kind: str, lead: str) -> Draft:
        self.counts[kind] += 1
        draft = Draft(f"{lead}{self.counts[kind]}", kind, self.counts[kind], None, [block])
        if kind != "heading":
            return self._paragraph(draft)
        self._add(draft)
        self.points, self.stack = (), []
        return draft

    def _add(self, draft: Draft) -> None:
        draft.zone, draft.run, draft.labels = self.zone, self.run, self.labels
        self.drafts.append(draft)

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
