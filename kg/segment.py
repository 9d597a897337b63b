"""Text → Outline: heading matter, paragraphs and footnotes, each note bound to the paragraph that calls it.

Every block of the text ends in exactly one of them; `unaccounted` says which characters did not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg import languages, registry, symbols
from kg.errors import NotAResolution
from kg.heading import is_closing, opening, read_heading
from kg.languages import LanguageRules, fold
from kg.model import Block, Call, Clause, Finding, Footnote, Outline, Passage, Run, Span, Text

#: A paragraph of the preamble ends in a comma, an operative one in a semicolon or full stop, a chapeau in a colon.
_COMPLETE = re.compile(r"[;；.。:：,，、،؛][\"”»)）]*\s*$")
_COMPLETE_OPERATIVE = re.compile(r"[;；.。:：؛][\"”»)）]*\s*$")
_COMMA = re.compile(r"[,،，]\s*$")
_LONGEST_SUBHEADING = 80
#: Blocks that a heading can have; further down the name of an organ opens a text that is quoted.
_HEADING_AT_MOST = 30
_ROMAN_POINTS = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"))


def segment(text: Text) -> Outline:
    """The text taken apart; raises NotAResolution where no organ opens it."""
    rules = languages.rules(text.language)
    start = _header_end(text, rules)
    if start is None:
        organs = ", ".join(registry.entry(f"body/{rule.name}").label(rules.code) for rule in rules.openings)
        what = (
            f"no organ opens the text; expected a line with nothing but the name of one ({organs}), and an empty line"
        )
        raise NotAResolution(text.source, f"{what} between paragraphs")
    above = tuple(block for block in text.blocks[: start + 1] if block.marker is None)
    opened = opening(above[-1], rules) is not None or above[-1].part == "opening"
    body = _Body(rules, structured=text.published is not None, enacted=opened)
    for block in (*(note for note in text.blocks[: start + 1] if note.marker), *text.blocks[start + 1 :]):
        body.take(block)
    heading, findings = read_heading(text, above, tuple(body.closing), rules)
    clauses = (_header(above), *map(_finished, body.drafts), *_closing(body.closing))
    footnotes, unbound = _bound(clauses, body.notes)
    outline = Outline(
        text, heading, clauses, footnotes, text.leftovers, (*text.findings, *findings, *body.findings, *unbound)
    )
    lost = tuple(
        Finding("error", "text-lost", "document", f"characters {span.start} to {span.end} are in no part of the record")
        for span in unaccounted(outline)
    )
    return replace(outline, findings=outline.findings + lost)


def _header_end(text: Text, rules: LanguageRules) -> int | None:
    """The place of the last block of the heading matter: the opening line, or, where a file marks its cover and no
    organ opens (decisions, statements of a president), the end of the cover."""
    for part in ("opening", "cover"):
        marked = [n for n, block in enumerate(text.blocks) if block.part == part]
        if marked:
            return marked[0] if part == "opening" else marked[-1]
    return _opening_at(text, rules)


def _opening_at(text: Text, rules: LanguageRules) -> int | None:
    """The place of the block with which the organ opens. It ends in a comma; where none does, and the organ's name
    stands in the heading too, it is the second that names the same organ."""
    places = [(n, organ) for n, block in enumerate(text.blocks[:_HEADING_AT_MOST]) if (organ := opening(block, rules))]
    with_comma = [n for n, _ in places if _COMMA.search(text.blocks[n].passage.text)]
    again = [n for i, (n, organ) in enumerate(places) if organ in (earlier for _, earlier in places[:i])]
    first = [n for n, _ in places]
    return next(iter([*_below_title(text, first, rules), *with_comma, *again, *first]), None)


def _below_title(text: Text, places: list[int], rules: LanguageRules) -> list[int]:
    """Those below the line with number and title, where only the organ itself opens; what it recommends to another
    organ opens later."""
    titles = [rule.pattern for rule in rules.headings if rule.name == "title"]
    words = (fold(block.passage.text) for block in text.blocks[:_HEADING_AT_MOST])
    title = next((n for n, line in enumerate(words) if any(each.match(line) for each in titles)), None)
    return [] if title is None else [n for n in places if n > title]


def unaccounted(outline: Outline) -> tuple[Span, ...]:
    """The stretches of the file, white space aside, that stand in no part of the outline, or in two."""
    parts: list[Clause | Footnote] = [*outline.clauses, *outline.footnotes]
    spans = [span for part in parts for span in part.spans] + [leftover.span for leftover in outline.leftovers]
    characters = outline.text.characters
    wrong: list[Span] = []
    at = 0
    for span in sorted([*spans, Span(len(characters), len(characters))]):
        if span.start < at:
            wrong.append(Span(span.start, min(at, span.end)))
        elif characters[at : span.start].strip():
            wrong.append(Span(at, span.start))
        at = max(at, span.end)
    return tuple(wrong)


def joined(passages: list[Passage], calls: list[tuple[Call, ...]], *, spaced: bool) -> tuple[Passage, tuple[Call, ...]]:
    """Several pieces as one passage, with a space between them where the language sets words apart."""
    text = ""
    runs: list[Run] = []
    moved: list[Call] = []
    for passage, marks in zip(passages, calls, strict=True):
        text += " " if text and spaced else ""
        runs.extend(Run(run.at + len(text), run.source, run.length) for run in passage.runs)
        moved.extend(Call(call.at + len(text), call.marker) for call in marks)
        text += passage.text
    return Passage(text, tuple(runs)), tuple(moved)


@dataclass(slots=True)
class _Draft:
    """A clause or note while its pieces are still being gathered."""

    id: str
    kind: str
    position: int
    number: str | None
    blocks: list[Block]
    spaced: bool

    @property
    def complete(self) -> bool:
        pattern = _COMPLETE_OPERATIVE if self.kind in ("operative", "note") else _COMPLETE
        return self.kind == "heading" or bool(pattern.search(self.blocks[-1].passage.text))


@dataclass(slots=True)
class _Body:
    """Takes the blocks below the opening line, one by one.

    `structured` says that the format shows where a paragraph ends, `enacted` that an organ opens the text: without that
    there is no preamble.
    """

    rules: LanguageRules
    structured: bool = False
    enacted: bool = True
    drafts: list[_Draft] = field(default_factory=list)
    notes: list[_Draft] = field(default_factory=list)
    closing: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    annex: str = ""
    last_was_note: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    points: list[str] = field(default_factory=list)

    def take(self, block: Block) -> None:
        if block.marker is not None:
            self.notes.append(self._draft(f"fn{block.marker}", "note", None, block))
            self.last_was_note = True
            return
        self._clause(block)
        self.last_was_note = False

    def _clause(self, block: Block) -> None:
        if block.part == "continued" and self.drafts:
            self.drafts[-1].blocks.append(block)
        elif block.part == "annex" or self._is_annex(block):
            self._open_annex(block)
        elif block.number is not None:
            self._numbered(block)
        elif block.part == "closing" or is_closing(block, self.rules):
            self.closing.append(block)
        elif self.last_was_note and not self.notes[-1].complete and self._whole():
            self.notes[-1].blocks.append(block)
        elif not self._whole():
            self._continue(block)
        else:
            self._unnumbered(block)

    def _is_annex(self, block: Block) -> bool:
        words = fold(block.passage.text).strip()
        return any(rule.pattern.fullmatch(words) for rule in self.rules.headings if rule.name == "annex")

    def _whole(self) -> bool:
        return self.structured or not self.drafts or self.drafts[-1].complete

    def _continue(self, block: Block) -> None:
        draft = self.drafts[-1]
        draft.blocks.append(block)
        message = "the paragraph was cut in two, by a page break or a note, and has been joined; check the seam"
        self.findings.append(Finding("warning", "clause-joined", draft.id, message))

    def _open_annex(self, block: Block) -> None:
        self.points = []
        self.counts = {"annexes": self.counts.get("annexes", 0) + 1}
        self.annex = f"annex-{self.counts['annexes']}."
        self.drafts.append(self._draft(self.annex.rstrip("."), "heading", None, block))

    def _numbered(self, block: Block) -> None:
        number = block.number or ""
        if number.startswith("("):
            self._point(block, number.strip("()"))
            return
        self.points = []
        expected = self.counts.get("operative", 0) + 1
        position = max(int(number), expected)
        if int(number) != expected:
            message = f"paragraph {number} follows paragraph {expected - 1}; it is counted as {position}"
            self.findings.append(Finding("warning", "number-out-of-sequence", f"{self.annex}OP{position}", message))
        self.counts["operative"] = position
        kind = "annex" if self.annex else "operative"
        self.drafts.append(self._draft(f"{self.annex}OP{position}", kind, number, block, position))

    def _point(self, block: Block, point: str) -> None:
        """A point such as (a), or (i) inside one; (i) after (h) is a letter."""
        is_roman = point in _ROMAN_POINTS and not (self.points and self.points[0] == chr(ord(point[0]) - 1))
        nested = is_roman and bool(self.points)
        self.points = [self.points[0], point] if nested else [point]
        parent = self.counts.get("operative", 0)
        kind = "annex" if self.annex else "operative" if parent else "preambular"
        unnumbered = f"P{self.counts.get('annex', 0)}" if self.annex else f"PP{self.counts.get('preambular', 0)}"
        lead = f"OP{parent}" if parent else unnumbered
        number = " ".join([str(parent), *(f"({part})" for part in self.points)]) if parent else None
        position = symbols.roman(point.upper()) if nested else ord(point[0]) - ord("a") + 1
        self.drafts.append(self._draft(f"{self.annex}{lead}." + ".".join(self.points), kind, number, block, position))

    def _unnumbered(self, block: Block) -> None:
        self.points = []
        text = block.passage.text
        if not _COMPLETE.search(text) and (block.part == "heading" or len(text) <= _LONGEST_SUBHEADING):
            kind, lead = "heading", "H"
        elif self.annex:
            kind, lead = "annex", "P"
        elif not self.enacted:
            kind, lead = "operative", "OP"
        else:
            kind, lead = "preambular", "PP"
        position = self.counts[kind] = self.counts.get(kind, 0) + 1
        draft = self._draft(f"{self.annex}{lead}{position}", kind, None, block, position)
        self.drafts.append(draft)
        if kind == "preambular" and self.counts.get("operative"):
            message = "a paragraph without a number stands among the numbered ones; it is counted with the preamble"
            self.findings.append(Finding("info", "preambular-in-body", draft.id, message))

    def _draft(self, identifier: str, kind: str, number: str | None, block: Block, position: int = 1) -> _Draft:
        return _Draft(self._own(identifier), kind, position, number, [block], self.rules.spaced)

    def _own(self, identifier: str) -> str:
        """A name that no other part has: a second note 1 is fn1-2."""
        count = self.names[identifier] = self.names.get(identifier, 0) + 1
        return identifier if count == 1 else f"{identifier}-{count}"


def _finished(draft: _Draft) -> Clause:
    passage, calls = _gathered(draft)
    spans = tuple(span for block in draft.blocks for span in block.spans)
    return Clause(draft.id, draft.kind, draft.position, passage, spans, draft.number, calls)  # type: ignore[arg-type]


def _gathered(draft: _Draft) -> tuple[Passage, tuple[Call, ...]]:
    passages, calls = [block.passage for block in draft.blocks], [block.calls for block in draft.blocks]
    return joined(passages, calls, spaced=draft.spaced)


def _header(blocks: tuple[Block, ...]) -> Clause:
    passage, calls = joined([block.passage for block in blocks], [block.calls for block in blocks], spaced=True)
    return Clause("header", "heading", 1, passage, tuple(span for block in blocks for span in block.spans), None, calls)


def _closing(blocks: list[Block]) -> tuple[Clause, ...]:
    return tuple(
        Clause("closing" if n == 0 else f"closing-{n + 1}", "heading", n + 1, block.passage, block.spans)
        for n, block in enumerate(blocks)
    )


def _bound(clauses: tuple[Clause, ...], notes: list[_Draft]) -> tuple[tuple[Footnote, ...], tuple[Finding, ...]]:
    """Each note with the paragraph whose mark calls it. Where marks begin anew on each page, the second note of a mark
    belongs to its second call; a mark used twice calls its one note from the first place."""
    calls: dict[str, list[tuple[str, int]]] = {}
    for clause in clauses:
        for call in clause.calls:
            calls.setdefault(call.marker, []).append((clause.id, call.at))
    footnotes, findings = [], []
    for draft in notes:
        passage, _ = _gathered(draft)
        marker = draft.blocks[0].marker or ""
        called = calls.get(marker, [])
        clause_id, at = called.pop(0) if called else (None, None)
        spans = tuple(span for block in draft.blocks for span in block.spans)
        footnotes.append(Footnote(draft.id, marker, passage, spans, clause_id, at))
        if clause_id is None:
            message = f"no paragraph calls note {marker}; its citations stand by themselves"
            findings.append(Finding("warning", "footnote-uncalled", draft.id, message))
    return tuple(footnotes), tuple(findings)
