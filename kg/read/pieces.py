"""The blocks of a text while they are put together from the stretches of words between the tags of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kg import symbols
from kg.languages import LanguageRules
from kg.model import Block, Call, Link, Part, Passage, Run, Span
from kg.read.numbering import number_of, numbered, printed_number

_WHITE = " \t\r\n"
#: Words with single spaces between them: what may be copied as it stands.
_WORDS = re.compile(r"[^ \t\r\n]+(?: [^ \t\r\n]+)*")
#: Parts whose words begin with no number of a paragraph.
_UNNUMBERED = ("cover", "opening", "closing")
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\u0640\ufeff]+")


@dataclass(slots=True)
class _Open:
    """A block that is still being filled; `between` is what will stand before its next words."""

    part: Part | None
    marker: str | None = None
    number: str | None = None
    words: list[str] = field(default_factory=list)
    length: int = 0
    between: str = ""
    runs: list[Run] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    broken: bool = True


class Pieces:
    """Takes words in the order of the file and makes blocks of them; `characters` are all words taken so far."""

    def __init__(self, rules: LanguageRules) -> None:
        self.rules = rules
        self.blocks: list[Block] = []
        self.at = 0
        self.next_part: Part | None = None
        self._taken: list[str] = []
        self._block: _Open | None = None
        self._number: tuple[str, Span] | None = None

    @property
    def characters(self) -> str:
        return "".join(self._taken)

    @property
    def is_open(self) -> bool:
        return self._block is not None

    def open(self, part: Part | None, marker: str | None = None) -> None:
        self.close()
        self._block = _Open(part, marker)

    def close(self) -> None:
        """Ends the block; its notes stand behind it, and one without words or number is none."""
        block, self._block = self._block, None
        if block is None:
            return
        # A number without words belongs to what comes next.
        if block.runs:
            if self.next_part and block.part in (None, "heading"):
                block.part, self.next_part = self.next_part, None
            self.blocks.append(_numbered(_closed(block), self.rules))
        self.blocks.extend(block.notes)

    def take(self, words: str, part: Part | None) -> None:
        """Adds words to the block that is open; words between two blocks are a block of their own."""
        start = self.at
        self._taken.append(words)
        self.at += len(words)
        if self._block is None:
            if not words.strip():
                return
            self._block = _Open(part)
        block = self._block
        end = 0
        for at, stretch in _stretches(words):
            if at > end:
                block.between = block.between or " "
            end = at + len(stretch)
            self._copy(block, stretch, start + at)
        if end < len(words):
            block.between = block.between or " "

    def separate(self, between: str) -> None:
        """What stands between the words so far and the next: a space, or the edge of a cell or row."""
        if self._block is not None and (between != " " or not self._block.between):
            self._block.between = between

    def numbers(self, words: str) -> bool:
        """Whether the words are the number of a paragraph or point, or a dash or dot in its stead."""
        return printed_number(words, self.rules) is not None or not any(map(str.isalnum, words))

    def number(self, words: str) -> None:
        """The printed number of the block that comes next."""
        self.finish()
        start = self.at
        self._taken.append(words)
        self.at += len(words)
        self._number = (words, Span(start, self.at))

    def finish(self) -> None:
        """Ends the block; a number behind which no words have come is a block of its own."""
        self.close()
        if self._number is not None:
            words, span = self._number
            self._number = None
            if words.strip():
                self.blocks.append(Block(Passage("", ()), (span,), number=printed_number(words, self.rules)))

    def link(self, start: int, address: str, line: int | None) -> Link:
        """A link on the words from `start` up to here."""
        symbol = symbols.find(address)
        return Link(Span(start, self.at), symbol.text if symbol else None, address, line)

    @contextmanager
    def note(self, marker: str) -> Iterator[None]:
        """What is taken inside is a footnote, called from where the block that is open has come to."""
        outer = self._block
        self._block = _Open(None, marker)
        yield
        note, self._block = self._block, outer
        if note is None:
            return
        block = _closed(note)
        if outer is None:
            self.blocks.append(block)
            return
        outer.calls.append(Call(outer.length, marker))
        outer.notes.append(block)
        outer.broken = True

    def _copy(self, block: _Open, words: str, at: int) -> None:
        if self._number is not None and block.marker is None:
            self._lead(block, *self._number)
        if block.length and block.between:
            block.words.append(block.between)
            block.length += len(block.between)
        block.between = ""
        if block.broken:
            block.spans.append(Span(at, at + len(words)))
            block.broken = False
        else:
            block.spans[-1] = Span(block.spans[-1].start, at + len(words))
        done = 0
        # Most words hold none, and ASCII cannot.
        for hidden in () if words.isascii() else _HIDDEN.finditer(words):
            self._run(block, words, done, hidden.start(), at)
            done = hidden.end()
        self._run(block, words, done, len(words), at)

    def _run(self, block: _Open, words: str, start: int, end: int, at: int) -> None:
        if start < end:
            block.runs.append(Run(block.length, at + start, end - start))
            block.words.append(words[start:end])
            block.length += end - start

    def _lead(self, block: _Open, words: str, span: Span) -> None:
        """Gives the number that stood before it to the block."""
        self._number = None
        block.number = printed_number(words, self.rules)
        if block.number is None and words.strip():
            # A dash or dot numbers nothing: it goes on from what stands before.
            block.part = block.part or "continued"
        if words.strip():
            block.spans.insert(0, span)


def _stretches(words: str) -> Iterable[tuple[int, str]]:
    """The words by what may be copied as it stands, with single spaces between them, and its places."""
    inside = words.strip(_WHITE)
    if "\n" in inside or "  " in inside or "\t" in inside or "\r" in inside:
        return ((found.start(), found[0]) for found in _WORDS.finditer(words))
    return ((words.index(inside), inside),) if inside else ()


def _numbered(block: Block, rules: LanguageRules) -> Block:
    """A paragraph whose number stands among its words, as some files print it."""
    found = None if block.number or block.part in _UNNUMBERED else numbered(block.passage.text, rules)
    if found is None or found.end() >= len(block.passage.text):
        return block
    cut = found.end()
    kept = (_behind(run, cut) for run in block.passage.runs if run.at + run.length > cut)
    return block._replace(
        passage=Passage(block.passage.text[cut:], tuple(kept)),
        calls=tuple(Call(max(call.at - cut, 0), call.marker) for call in block.calls),
        number=number_of(found, rules),
    )


def _behind(run: Run, cut: int) -> Run:
    """What is left of a run behind a place of its passage, counted from there."""
    skipped = max(cut - run.at, 0)
    return Run(run.at + skipped - cut, run.source + skipped, run.length - skipped)


def _closed(block: _Open) -> Block:
    return Block(
        passage=Passage("".join(block.words), tuple(block.runs)),
        spans=tuple(block.spans),
        number=block.number,
        marker=block.marker,
        calls=tuple(block.calls),
        part=block.part,
    )
