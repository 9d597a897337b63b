"""What the markup of a published file shows of its paragraphs, against what was read of them.

The file is walked once more, without the reader: its printed numbers (`num`) in their order, and the words with which
it lets an act stand out, in italics or, where a script has none, in bold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from kg import languages
from kg.languages import LanguageRules
from kg.model import Clause, Record, Span
from kg.read.numbering import printed_number

#: 3. or 3 bis; not 1.1, which numbers a heading.
_ONE_NUMBER = re.compile(r"\D*(\d+)\D*")


class Fault(NamedTuple):
    """Where what was read differs from what the file shows: its kind (number, act or plain), the clause and how."""

    kind: str
    clause: str
    what: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of the numbers that the file prints and the acts that it lets stand out, how many were read as such."""

    numbers: int = 0
    acts: int = 0
    faults: tuple[Fault, ...] = ()

    def wrong(self, kind: str) -> int:
        return sum(fault.kind == kind for fault in self.faults)


@dataclass(slots=True)
class Markup:
    """One statement of a file as its markup has it: its characters, its numbers, and what stands out."""

    numbers: list[tuple[Span, str]] = field(default_factory=list)
    outstanding: list[Span] = field(default_factory=list)
    _taken: list[str] = field(default_factory=list)
    _at: int = 0

    @property
    def characters(self) -> str:
        return "".join(self._taken)

    def walk(self, element: etree._Element) -> None:
        name = etree.QName(element).localname
        if name == "meta":
            return
        start, first = self._at, len(self._taken)
        self._take(element.text)
        for child in element:
            self.walk(child)
            self._take(child.tail)
        span = Span(start, self._at)
        parent = element.getparent()
        if name == "num" and (parent is None or etree.QName(parent).localname != "section"):
            self.numbers.append((span, "".join(self._taken[first:])))
        elif name in ("i", "b") or (name == "span" and {"italic", "bold"} & set((element.get("class") or "").split())):
            self.outstanding.append(span)

    def _take(self, words: str | None) -> None:
        if words:
            self._taken.append(words)
            self._at += len(words)


def markups(data: bytes) -> tuple[Markup, ...]:
    """The statements of an Akoma Ntoso file; none where it is no such file."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser) if b"<akomaNtoso" in data[:4096] else None
    found = []
    for element in root.iter("{*}statement", "{*}doc") if root is not None else ():
        markup = Markup()
        markup.walk(element)
        found.append(markup)
    return tuple(found)


def agreement(record: Record, found: tuple[Markup, ...]) -> Agreement:
    """How far the clauses of a record agree with the statement of the file that ends in the same words."""
    characters = record.reading.outline.text.characters
    markup = next((each for each in found if each.characters and characters.endswith(each.characters)), None)
    if markup is None:
        return Agreement()
    shift = len(characters) - len(markup.characters)
    numbers = [(span.start + shift, words) for span, words in markup.numbers]
    leads = [Span(span.start + shift, span.end + shift) for span in markup.outstanding]
    counted, faults = _numbers(record, numbers)
    acts, silent = _acts(record, leads)
    return Agreement(counted, acts, (*faults, *silent))


def _numbers(record: Record, numbers: list[tuple[int, str]]) -> tuple[int, list[Fault]]:
    """Each printed number, with the clause that has it: one that stands behind the clause of the number before."""
    outline = record.reading.outline
    rules = languages.rules(record.language)
    firsts = {clause.spans[0].start: (n, clause) for n, clause in enumerate(outline.clauses) if clause.spans}
    counted, last = 0, -1
    faults: list[Fault] = []
    for at, words in numbers:
        printed = _printed(words, rules)
        if printed is None:
            continue
        counted += 1
        n, clause = firsts.get(at, (-1, None))
        if clause is None or _own_number(clause) != printed or n <= last:
            shown = f"is read as {_own_number(clause)}" if clause else "begins no clause"
            faults.append(Fault("number", clause.id if clause else "?", f"{words.strip()} {shown}"))
        last = max(last, n)
    return counted, faults


def _printed(words: str, rules: LanguageRules) -> str | None:
    found = _ONE_NUMBER.fullmatch(words)
    return printed_number(words, rules) or (str(int(found[1])) if found else None)


def _own_number(clause: Clause) -> str:
    """The number that a clause itself has: (a) of 3 (a)."""
    if clause.number:
        return clause.number.rsplit(" ", 1)[-1]
    _, _, point = clause.id.rpartition(".")
    return f"({point.split('-')[0]})"


def _acts(record: Record, outstanding: list[Span]) -> tuple[int, list[Fault]]:
    """Each clause whose first words stand out, but do not fill it, opens with an act that is read in those words."""
    counted = 0
    faults: list[Fault] = []
    for clause in record.reading.outline.clauses:
        words = clause.passage.text
        if clause.kind == "heading" or not words.strip():
            continue
        end = _lead(clause.passage.position(0), outstanding, record.reading.outline.text.characters)
        if end is None or end >= clause.passage.position(len(words.rstrip(" .;:,。；：，؛،")) - 1):
            continue
        counted += 1
        if record.reading.opening_act(clause) is None:
            lead = record.reading.outline.text.characters[clause.passage.position(0) : end]
            faults.append(Fault("act", clause.id, " ".join(lead.split())))
    return counted, faults


def _lead(start: int, outstanding: list[Span], characters: str) -> int | None:
    """Where the words that stand out from `start` on end; None where those at `start` do not stand out."""
    end = None
    for span in outstanding:
        if span.start <= start < span.end or (end is not None and not characters[end : span.start].strip()):
            end = max(end or 0, span.end)
    return end
