"""Plain text → Text: decode, find the language, and split into blocks, with every character's place kept.

Reads plain text and the Markdown-like text that comes out of a PDF: paragraphs apart by an empty line or by a printed
number, `**emphasis**`, footnotes that begin with a superscript digit, note marks as superscript digits in the words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from kg import languages
from kg.errors import UnreadableSource
from kg.languages import LanguageRules, fold
from kg.model import Block, Call, Passage, Run, Source, Span, Text
from kg.read.language import language_of
from kg.read.marks import superscribed
from kg.read.numbering import number_of, numbered, printed_number
from kg.read.pages import furniture

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+"

_NOTE = re.compile(rf"[ \t]*(?:\((?P<bracketed>{_MARK})\)|(?P<marker>{_MARK}))[ \t\u00a0]*(?=\S)")
_LINE = re.compile(r"[^\n]*\n?")
_ONLY_NUMBER = re.compile(r"[ \t]*\(?(?:(?:[0-9]{1,3}|[a-z]{1,4})[.)]|[0-9]{1,3} ?[-–])[ \t]*")
#: Where lines come to an end, an "and" or the mark of a note behind the stop.
_ENDS = re.compile(rf"[.;:,،؛。；：，、”»\")）](?:{_MARK}|[0-9*]{{1,3}})?(?:[ \t]\w{{1,3}})?\s*\Z")
_LAST_WORDS = 12
_LONGEST_OPENING = 60
_LONGEST_ROW = 150

#: What is no word: note marks, emphasis, soft hyphens, marks of direction, tatweel, a byte order mark.
_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\u0640\ufeff"
_MARKUP = re.compile(
    rf"(?P<mark>(?=[⁰¹²³⁴-⁹])(?<!\bkm)(?<!\bm)(?<!\bcm){_MARK})|(?P<emphasis>\*\*|__)|(?P<hidden>[{_HIDDEN}]+)"
)
_BREAK = re.compile(r"[ \t\r]*\n[ \t]*")

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_text(source: Source) -> Text:
    """The source's text; raises UnreadableSource or UnknownLanguage, with the source's name."""
    characters = decoded(source)
    if not characters.strip():
        raise UnreadableSource(source.name, "is empty; expected the text of a resolution or decision")
    language = language_of(source.name, characters, source.language)
    rules = languages.rules(language)
    leftovers = furniture(characters)
    spans = tuple(_spans(characters, rules, frozenset(left.span.start for left in leftovers)))
    # Note marks that are printed as plain digits are read as if they stood above the line.
    marked = superscribed(characters, spans)
    notes = frozenset(_marker(note) for span in spans if (note := _NOTE.match(marked, *span)))
    return Text(
        source=source.name,
        language=language,
        characters=characters,
        blocks=tuple(_block(_Cleaner(marked, rules.spaced, notes), span, rules) for span in spans),
        digest=f"sha256:{hashlib.sha256(source.data).hexdigest()}",
        leftovers=leftovers,
    )


def _marker(note: re.Match[str]) -> str:
    return note["marker"] or note["bracketed"]


def decoded(source: Source) -> str:
    """The source's characters; raises UnreadableSource where they are in no encoding of Unicode, or are no text."""
    encoding = "utf-8-sig"
    if source.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    try:
        characters = source.data.decode(encoding)
    except UnicodeDecodeError as error:
        binary = b"\x00" in source.data[:4096]
        problem = (
            "is a binary file"
            if binary
            else f"is not {encoding[:6].upper().strip('-')} (byte {error.start} cannot be read)"
        )
        raise UnreadableSource(source.name, f"{problem}; expected text, saved as UTF-8") from None
    if control := _CONTROL.search(characters):
        found = f"U+{ord(control[0]):04X} at character {control.start()}"
        raise UnreadableSource(source.name, f"is a binary file ({found}); expected text, saved as UTF-8")
    return characters


def _spans(characters: str, rules: LanguageRules, left_out: frozenset[int]) -> Iterator[Span]:
    """The stretches between empty lines, cut again where a numbered paragraph or a note begins; a number on a line of
    its own belongs to what follows."""
    start: int | None = None
    end, opened = 0, False
    for line in _LINE.finditer(characters):
        if not line[0].strip() or line.start() in left_out:
            if start is not None and not _ONLY_NUMBER.fullmatch(characters, start, end):
                yield Span(start, end)
                start = None
            continue
        if start is not None and _ONLY_NUMBER.fullmatch(characters, start, end) and numbered(line[0], rules):
            yield Span(start, end)
            start = None
        if _opens(line[0], rules) and (not opened or start is None or _closed(characters, start, end)):
            opened = True
            if start is not None:
                yield Span(start, end)
            yield Span(line.start(), line.start() + len(line[0].rstrip()))
            start = None
            continue
        if start is not None and _begins(characters, start, end, line[0], rules):
            yield Span(start, end)
            start = None
        start = line.start() if start is None else start
        end = line.start() + len(line[0].rstrip())
    if start is not None:
        yield Span(start, end)


def _begins(characters: str, start: int, end: int, line: str, rules: LanguageRules) -> bool:
    """Whether a line below others begins a paragraph: a note, or a number where the lines above have come to an end."""
    if _NOTE.match(line):
        return True
    if _is_row(line):
        return False
    return _closed(characters, start, end) and numbered(line, rules) is not None


def _closed(characters: str, start: int, end: int) -> bool:
    """Whether the lines so far have come to an end."""
    return _ENDS.search(characters, max(start, end - _LAST_WORDS), end) is not None


def _opens(line: str, rules: LanguageRules) -> bool:
    """Whether the line holds nothing but the name of the organ that opens the text."""
    if len(line) > _LONGEST_OPENING or not rules.spaced:
        return False  # where words are not set apart, a line may be broken behind any of them
    words = fold(line).strip()
    return any(rule.pattern.fullmatch(words) for rule in rules.openings)


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table: cells set apart by tabs, the last one or several of them figures."""
    cells = [cell.strip().replace(" ", "").replace("\u00a0", "") for cell in line.strip("\n").split("\t")]
    figures = sum(cell.isdecimal() for cell in cells)
    return figures > 1 or (len(cells) > 2 and cells[-1].isdecimal() and len(line) < _LONGEST_ROW)


def _block(cleaner: _Cleaner, span: Span, rules: LanguageRules) -> Block:
    note = _NOTE.match(cleaner.characters, *span)
    row = _is_row(cleaner.characters[span.start : cleaner.characters.find("\n", span.start, span.end) + 1 or span.end])
    if _ONLY_NUMBER.fullmatch(cleaner.characters, *span):
        # A number whose paragraph consists of the points below it.
        number_alone = printed_number(cleaner.characters[span.start : span.end], rules)
        return Block(passage=Passage("", ()), spans=(span,), number=number_alone)
    number = None if note or row else numbered(cleaner.characters, rules, *span)
    begin = note.end() if note else span.start + number.end() if number else span.start
    cleaner.take(begin, span.end)
    return Block(
        passage=Passage(cleaner.text, tuple(cleaner.runs)),
        spans=(span,),
        number=number_of(number, rules) if number else None,
        marker=_marker(note).translate(_SUPERSCRIPTS) if note else None,
        calls=tuple(cleaner.calls),
    )


class _Cleaner:
    """Copies words and leaves markup behind, noting where each stretch came from.

    A superscript is a note mark only where a note of that mark exists; else it is part of the words, as in km².
    """

    def __init__(self, characters: str, spaced: bool, notes: frozenset[str]) -> None:
        self.characters = characters
        self.spaced = spaced
        self.notes = notes
        self.text = ""
        self.runs: list[Run] = []
        self.calls: list[Call] = []

    def take(self, start: int, end: int) -> None:
        at = start
        for markup in _MARKUP.finditer(self.characters, start, end):
            if markup.lastgroup == "mark" and markup[0] not in self.notes:
                continue
            self._words(at, markup.start())
            at = markup.end()
            if markup.lastgroup == "mark":
                self.calls.append(Call(len(self.text), markup[0].translate(_SUPERSCRIPTS)))
        self._words(at, end)

    def _words(self, start: int, end: int) -> None:
        """Copies a stretch; a line break inside it becomes a space where the language has spaces."""
        at = start
        for broken in _BREAK.finditer(self.characters, start, end):
            self._run(at, broken.start())
            self.text += " " if self._needs_space(broken.start(), broken.end()) else ""
            at = broken.end()
        self._run(at, end)

    def _needs_space(self, before: int, after: int) -> bool:
        return self.spaced or self.characters[before - 1].isascii() or self.characters[after : after + 1].isascii()

    def _run(self, start: int, end: int) -> None:
        if start < end:
            self.runs.append(Run(len(self.text), start, end - start))
            self.text += self.characters[start:end]
