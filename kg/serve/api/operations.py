"""The paths of the API: each with its parameters, the schema of its answer, and what answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from kg.pages.addresses import LANGUAGES
from kg.search import KINDS, SORTS
from kg.serve.api import answers
from kg.serve.api.found import filters, names, search
from kg.serve.api.lineages import lineage
from kg.serve.api.parameters import Parameter, Values
from kg.serve.generation import Generation

_SYMBOL = Parameter(
    "symbol",
    "A document symbol in any spelling: A/RES/70/1, 70/1, a link to undocs.org.",
    required=True,
    example="A/RES/76/213",
    symbol=True,
)
_LIMIT = Parameter("limit", "How many at most.", least=1, most=100, default=20)
_OFFSET = Parameter("offset", "How many to leave out first.", least=0, most=100_000, default=0)
_ROLE = Parameter(
    "role",
    "Asked to act, named, or spoken for without being named.",
    choices=("addressee", "named", "concerned"),
    default="addressee",
)
#: A day, a month or a year.
_DAYS = r"^\s*[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\s*$"
_DAY = "2015, 2015-06 or 2015-06-30."


@dataclass(frozen=True, slots=True)
class Operation:
    """One path of the API. `where` says which thread answers: the one that takes requests, the one that makes pages, or
    any; `answer` is the name of the schema."""

    path: str
    about: str
    parameters: tuple[Parameter, ...]
    answer: str
    respond: Callable[[Generation, Values], dict[str, Any]]
    where: Literal["here", "pages", "any"] = "here"


OPERATIONS = (
    Operation(
        "/api/document",
        "A document: its titles, its clauses, what it cites",
        (_SYMBOL,),
        "Document",
        answers.document,
        "pages",
    ),
    Operation(
        "/api/clause",
        "A clause: its words in each language, what it cites and names",
        (
            _SYMBOL,
            Parameter("clause", "The clause's id: PP4, OP3, OP3.a.", required=True, example="PP4"),
        ),
        "Clause",
        answers.clause,
        "pages",
    ),
    Operation(
        "/api/lineage",
        "What a document rests on (up), or what rests on it (down)",
        (
            _SYMBOL,
            Parameter("direction", "Up to what is cited, down to what cites.", choices=("up", "down"), default="up"),
            Parameter("depth", "How many steps.", least=1, most=10, default=2),
            Parameter("limit", "How many citations at most.", least=1, most=10_000, default=1_000),
            Parameter("language", "The language of titles, where it is held.", choices=LANGUAGES, default="en"),
        ),
        "Lineage",
        lineage,
    ),
    Operation(
        "/api/series",
        "Documents of the same organ under the same title, the earliest first",
        (_SYMBOL,),
        "Series",
        answers.series,
    ),
    Operation(
        "/api/body",
        "A body: its names, and the documents in which it stands",
        (Parameter("id", "The body's slug.", required=True, example="cstd"), _ROLE, _LIMIT, _OFFSET),
        "Thing",
        answers.body,
        "pages",
    ),
    Operation(
        "/api/thing",
        "A body, instrument, event, Goal or target: its names, and the documents in which it stands",
        (
            Parameter("id", "body/cstd, sdg/17.6, or the whole name.", required=True, example="sdg/17.6"),
            replace(_ROLE, default="named"),
            _LIMIT,
            _OFFSET,
        ),
        "Thing",
        answers.thing,
        "pages",
    ),
    Operation(
        "/api/search",
        "The paragraphs, headings, footnotes and titles that hold words; /api/filters tells what to narrow it to",
        (
            Parameter(
                "q",
                'All words are wanted, in whatever form; "in quotes" one behind the other; OR, NOT, word*.',
                required=True,
                example="technology bank",
            ),
            Parameter("language", "Search in one language alone.", choices=LANGUAGES),
            Parameter("since", f"Adopted on that day or later: {_DAY}", example="2015", pattern=_DAYS),
            Parameter("until", f"Adopted on that day or before: {_DAY}", example="2022-06-30", pattern=_DAYS),
            Parameter(
                "organ",
                "Of that organ, by its slug, name or initials.",
                example="general-assembly",
            ),
            Parameter("kind", "Only texts of that kind.", choices=tuple(KINDS)),
            Parameter("act", "Paragraphs with that act, by its slug.", example="request"),
            Parameter("document", "In that document, or, with a * behind it, in all that begin so.", example="A/RES/*"),
            Parameter("sort", "What comes first.", choices=tuple(SORTS), default="relevance"),
            _LIMIT,
            _OFFSET,
        ),
        "Hits",
        search,
        "any",
    ),
    Operation(
        "/api/filters",
        "What a search may be narrowed to: organs and years with their documents, kinds, acts",
        (),
        "Filters",
        filters,
        "pages",
    ),
    Operation(
        "/api/names",
        "The bodies, instruments, events and Goals that are called so, in any of their names or by their initials",
        (
            Parameter("q", "All words are wanted, in whatever form.", required=True, example="CSTD"),
            Parameter("language", "How words are read.", choices=LANGUAGES, default="en"),
            _LIMIT,
        ),
        "Names",
        names,
        "any",
    ),
    Operation("/api/status", "What is served", (), "Status", answers.status),
)
BY_PATH: Mapping[str, Operation] = {operation.path: operation for operation in OPERATIONS}
