"""What has a label or a number: annexes, sections, numbered paragraphs and points, in the order of the text.

Numbers run on, or begin anew in a section or annex; another run may go on where a quoted one ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.languages import LanguageRules
from kg.model import Block, Leftover, Severity
from kg.segment.items import Item, Label
from kg.segment.naming import Draft
from kg.segment.sequence import Point, Section, placed


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding about a draft that has no id yet."""

    severity: Severity
    code: str
    draft: Draft
    message: str


@dataclass(slots=True)
class Numbered:
    """What the items have come to so far.

    `structured` says that the format shows where a paragraph ends, `enacted` that an organ opens the text: without that
    there is no preamble.
    """

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

    def _open_section(self, item: Item) -> None:
        label = item.label or Label(0, "")
        self.labels = (*(each for each in self.labels if each.level < label.level), label)
        self.fresh = label.level if self.fresh is None else min(self.fresh, label.level)
        self.parent = None if self.kind == "annex" else self.parent
        self.points, self.stack = (), []
        self._add(Draft(".".join(each.name for each in self.labels), "heading", 1, None, [item.block]))

    # Numbered paragraphs and points

    def _counted(self, at: int, item: Item, section: Section) -> None:
        if item.role == "point" and self._is_one(item, section.next_number(at)):
            item = replace(item, block=item.block._replace(number="1"), role="number")
        if item.role == "number":
            self._numbered(at, item, section)
        else:
            self._point(item)

    def _is_one(self, item: Item, following: int | None) -> bool:
        """Whether a letter l is typed for the digit 1."""
        return item.block.number == "(l)" and not self.points and following == 2

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

    # What all of them come to

    def _unnumbered(self, block: Block) -> None:
        """An operative paragraph that has no number, or has lost it."""
        if self.fresh is not None and self.runs[self.run]:
            self._begin_run()
        self.runs[self.run] = self.runs.get(self.run, 0) + 1
        self._operative(self.runs[self.run], None, block)

    def _count(self, block: Block, kind: str, lead: str) -> Draft:
        self.counts[kind] += 1
        draft = Draft(f"{lead}{self.counts[kind]}", kind, self.counts[kind], None, [block])
        if kind != "heading":
            return self._paragraph(draft)
        self._add(draft)
        self.points, self.stack = (), []
        return draft

    def _to_parent(self, block: Block) -> None:
        self.stack[0].blocks.append(block)
        self.points, self.stack = (), self.stack[:1]

    def _add(self, draft: Draft) -> None:
        draft.zone, draft.run, draft.labels = self.zone, self.run, self.labels
        self.drafts.append(draft)
