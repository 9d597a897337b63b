"""Every value that passes between two stages.

Positions are half-open and count code points. A position in a passage can always be turned into one in the file
(`Passage.span`), so that every word of the graph can be shown where it stands.

Values are frozen dataclasses; those that a document holds by the hundred are named tuples, which are made three times
as fast.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

Language = Literal["ar", "en", "es", "fr", "ru", "zh"]
ClauseKind = Literal["heading", "preambular", "operative", "annex"]
DocumentKind = Literal["resolution", "decision", "statement"]
Status = Literal["resolved", "ambiguous", "unresolved"]
Severity = Literal["error", "warning", "info"]
MentionKind = Literal["body", "group", "instrument", "event", "goal", "target"]
#: What a body does in a clause, the strongest first: it is asked to act, a report or resolution spoken of is its own,
#: it holds or hosts what is spoken of, or it is no more than named.
Role = Literal["addressee", "author", "host", "mentioned"]
#: How a citation is worded: by number (74/229), by full symbol, by treaty volume, "the present resolution", without a
#: number at all, or by pointing back at the citation before it.
Form = Literal["number", "symbol", "treaty", "self", "vague", "ibid"]
Locator = Mapping[str, tuple[str, ...]]
#: What a format's own markup says a block is; None where it shows no more than a paragraph. What is continued belongs
#: to the block before, the rest to the paragraph in which the points before it stand.
Part = Literal["cover", "opening", "heading", "annex", "continued", "rest", "closing"]


class Span(NamedTuple):
    """A half-open stretch of a file's characters."""

    start: int
    end: int


class Run(NamedTuple):
    """`length` characters that stand at `at` in a passage and at `source` in the file."""

    at: int
    source: int
    length: int


class Passage(NamedTuple):
    """Words cleaned of markup, with the way back to the file.

    `runs` is sorted by `at`; characters between two runs (a space put where a line was broken) have no place in the
    file and are given that of the run before.
    """

    text: str
    runs: tuple[Run, ...]

    def position(self, at: int) -> int:
        """The place in the file of the character at `at`; `at == len(text)` gives the place after the last."""
        if not self.runs:
            return 0
        # A tuple of one is compared as fast as can be, and stands before every run that begins there.
        run = self.runs[max(bisect_left(self.runs, (at + 1,)) - 1, 0)]
        return run.source + min(at - run.at, run.length)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the file that holds `text[start:end]`, markup inside it included."""
        n = bisect_left(self.runs, (start + 1,)) - 1
        if start < end and n >= 0:
            at, source, length = self.runs[n]
            if end <= at + length:
                # Most are in one stretch of the file.
                return Span(source + start - at, source + end - at)
        return Span(self.position(start), self.position(end - 1) + 1 if end > start else self.position(start))


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one document in one language, as they came; `language` is what its name claims, if it claims one."""

    name: str
    data: bytes
    language: str | None = None


class Call(NamedTuple):
    """A footnote mark in a passage: before `passage.text[at]` stands the mark of note `marker`."""

    at: int
    marker: str


class Block(NamedTuple):
    """One paragraph of the source as its format shows it: what the reader hands to the segmenter.

    `number` and `marker` are the printed number of a numbered paragraph and the printed mark of a footnote; they are
    not part of `passage.text`. `spans` are the stretches of the file it is made of: several where notes stand inside.
    """

    passage: Passage
    spans: tuple[Span, ...]
    number: str | None = None
    marker: str | None = None
    calls: tuple[Call, ...] = ()
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know about a document; `at` is a clause's id, a footnote's, or "document"."""

    severity: Severity
    code: str
    at: str
    message: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """A stretch of the file that is neither clause, footnote nor heading matter, and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link that the file itself carries on some of its words: the symbol it leads to, if its address tells one, and
    the line of the file it stands in, from 1."""

    span: Span
    symbol: str | None
    address: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a document on its way: `outcome` as the publisher names it (draftResolution, adopted), `symbol` of
    the draft, report or record it is documented by."""

    outcome: str
    date: str | None
    symbol: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Vote:
    """How it was adopted, as the publisher names it; `counts` and `voters` by inFavour, against, abstaining."""

    outcome: str
    counts: Mapping[str, int] = field(default_factory=dict)
    voters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Keyword:
    """A subject that the publisher gives: its name, the vocabulary it is from, its address there."""

    name: str
    vocabulary: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Published:
    """What the publisher says of a document beside its words; `language` is what it claims to be in."""

    symbol: str | None = None
    language: str | None = None
    adopted: str | None = None
    session: str | None = None
    agenda_item: str | None = None
    meeting: int | None = None
    steps: tuple[Step, ...] = ()
    vote: Vote | None = None
    keywords: tuple[Keyword, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A source read: its characters as decoded, its language, its blocks in the order of the file.

    In a format with markup, `characters` are those between the tags, in the order of the file. `links` and `published`
    are never looked at while the words are read.
    """

    source: str
    language: Language
    characters: str
    blocks: tuple[Block, ...]
    digest: str
    links: tuple[Link, ...] = ()
    published: Published | None = None
    leftovers: tuple[Leftover, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading matter: what stands above the preamble and below the last paragraph."""

    symbol: str
    kind: DocumentKind
    organ: str
    title: str | None = None
    adopted: str | None = None
    session: str | None = None
    meeting: int | None = None
    agenda_item: str | None = None
    agenda_title: str | None = None
    report: str | None = None
    report_locator: Locator = field(default_factory=dict)
    report_span: Span | None = None


class Clause(NamedTuple):
    """A paragraph: `id` is its name inside the document (PP4, OP3, OP3.a), `number` what is printed before it."""

    id: str
    kind: ClauseKind
    position: int
    passage: Passage
    spans: tuple[Span, ...]
    number: str | None = None
    calls: tuple[Call, ...] = ()


class Footnote(NamedTuple):
    """A note; `clause` is the id of the paragraph that calls it, None where no paragraph does."""

    id: str
    marker: str
    passage: Passage
    spans: tuple[Span, ...]
    clause: str | None = None
    call: int | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A text taken apart: together the parts hold every character of it."""

    text: Text
    heading: Heading
    clauses: tuple[Clause, ...]
    footnotes: tuple[Footnote, ...]
    leftovers: tuple[Leftover, ...] = ()
    findings: tuple[Finding, ...] = ()


class ActReading(NamedTuple):
    """An act and what goes with it; from `at` on it governs the words of the clause, `end` is where its verb ends."""

    at: int
    end: int
    act: str
    qualifiers: tuple[str, ...] = ()


def governing(acts: tuple[ActReading, ...], at: int) -> ActReading | None:
    """The act that governs the word at that place: the last that begins before it, else the first."""
    return next((act for act in reversed(acts) if act.at <= at), acts[0] if acts else None)


class Reference(NamedTuple):
    """A citation as the words put it, before it is known which document is meant.

    `organ` is a body's slug, "self" for "its", "council" for a council not named in full, or None where none is named.
    `number` is written as English writes it, without spaces; `noun` is the head noun.
    """

    clause: str
    via: str | None
    form: Form
    span: Span
    surface: str
    number: str | None = None
    noun: Literal["resolution", "decision"] | None = None
    organ: str | None = None
    date: str | None = None
    locator: Locator = MappingProxyType({})
    act: str | None = None


class Citation(NamedTuple):
    """A reference with what it leads to: a target, several candidates, or the reason why there is none.

    `link` is the symbol that a link of the file on these words leads to, whether or not it is the target.
    """

    clause: str
    via: str | None
    form: Form
    span: Span
    surface: str
    status: Status
    target: str | None
    candidates: tuple[str, ...]
    reason: str | None
    rule: str
    act: str | None
    locator: Locator
    date: str | None
    method: Literal["text", "link", "text+link"] = "text"
    link: str | None = None
    languages: tuple[str, ...] = ()
    settled_by: str | None = None


class Mention(NamedTuple):
    """A named thing in a clause; where it is inferred, `evidence` holds the words for it. A body has a role."""

    clause: str
    kind: MentionKind
    target: str
    span: Span
    surface: str
    inferred: bool = False
    evidence: tuple[str, ...] = ()
    score: float | None = None
    role: Role | None = None
    settled_by: Language | None = None


class Called(NamedTuple):
    """A short name in a clause ("the Committee") with all things that are so called, whether or not the version itself
    tells which of them is meant. It is `loose` where it may be an ordinary word, or a part of another name: "Agency
    schools", "the mission"."""

    clause: str
    span: Span
    surface: str
    targets: frozenset[str]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Who is asked to report to whom, and at which session."""

    clause: str
    of: str
    to: str | None
    session: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of one language version say, each language by itself."""

    outline: Outline
    acts: Mapping[str, tuple[ActReading, ...]]
    references: tuple[Reference, ...]
    mentions: tuple[Mention, ...]
    addressees: Mapping[str, tuple[str, ...]]
    requests: tuple[ReportRequest, ...]
    called: tuple[Called, ...] = ()

    def opening_act(self, clause: Clause) -> ActReading | None:
        """The act with which a clause begins; None where its first act comes later, or there is none."""
        first = next(iter(self.acts.get(clause.id, ())), None)
        return first if first and not clause.passage.text[: first.at].strip() else None


@dataclass(frozen=True, slots=True)
class Record:
    """One language version, read and resolved: what `unkg extract` prints."""

    reading: Reading
    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]

    @property
    def symbol(self) -> str:
        return self.reading.outline.heading.symbol

    @property
    def language(self) -> Language:
        return self.reading.outline.text.language


@dataclass(frozen=True, slots=True)
class JoinedCitation:
    """One citation in all the languages that have it: as it goes into the graph, and as each version has it."""

    citation: Citation
    versions: Mapping[Language, tuple[Citation, ...]]


@dataclass(frozen=True, slots=True)
class Work:
    """A resolution or decision with all its language versions, in the order of their language codes."""

    symbol: str
    records: tuple[Record, ...]
    citations: tuple[JoinedCitation, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A source that could not be read, and why."""

    source: str
    reason: str
