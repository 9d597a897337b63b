"""The pages of the shipped questions: all of them (questions.html), and each with its answer from this store."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from markupsafe import Markup

from kg import questions, symbols
from kg.answers import Rows, Value
from kg.pages.phrases import phrases
from kg.pages.rendering import OWN_NAMES, Here, render
from kg.pages.site import Site
from kg.questions import Question
from kg.uris import SDG, term

STEM = "questions"
#: Rows that a page shows, and characters of a cell.
_SHOWN, _LONGEST = 100, 240
#: The forms in which an answer lies beside its page.
FILES = {"csv": "text/csv", "json": "application/json"}
#: Columns that name documents, and those that name a part of one: of which one, by the column before.
_DOCUMENTS = ("citing", "cited", "document", "relative", "candidate", "source")
_PARTS = ("clause", "at", "paragraph", "via")
_FIXED = ("status", "severity", "role")
#: Columns that hold words of ours, which are in English.
_ENGLISH = ("code", "contradicts", "problem", "basis", "edge")

_TOKENS = re.compile(
    r"""(?P<comment>\#[^\n]*)|(?P<string>"(?:[^"\\\n]|\\.)*")|(?P<name><[^<>\s]*>|\b[a-z]+:[A-Za-z][\w]*|\b[a-z]+:(?=\s))
    |(?P<variable>\?\w+)|(?P<keyword>\b[A-Z]{2,}(?:_[A-Z]+)*\b)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the values of its sample, what it asks in the language of a page, and its scope."""

    question: Question
    asks: str
    values: Mapping[str, str]


def stems() -> Iterator[str]:
    """The path of every page of questions: the list first."""
    yield STEM
    yield from (f"{STEM}/{name}" for name in questions.all_questions())


def page(site: Site, stem: str, language: str) -> bytes | None:
    """One of them in a language; None where there is no such page."""
    if stem == STEM:
        return _all(site, language)
    name = stem.removeprefix(f"{STEM}/")
    return _one(site, asked(name, language), language) if name in questions.all_questions() else None


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """What lies beside the pages: each question as SPARQL, and its answer in English as CSV and JSON."""
    for name in questions.all_questions():
        for form in ("rq", *FILES):
            content = file(site, f"{STEM}/{name}.{form}")
            if content is not None:
                yield f"{STEM}/{name}.{form}", content


def file(site: Site, path: str) -> bytes | None:
    """One of these files, by its path; None for any other path."""
    name, _, form = path.removeprefix(f"{STEM}/").rpartition(".")
    question = questions.all_questions().get(name)
    if question is None or path != f"{STEM}/{name}.{form}":
        return None
    if form == "rq":
        return question.sparql.encode()
    return answer(site, name, "en").text(form).encode() if form in FILES else None


def asked(name: str, language: str) -> Asked:
    """A question as a page asks it: its sample, in the language of the page where it takes one."""
    question = questions.question(name)
    values = dict(word.split("=", 1) for word in shlex.split(question.sample) if "=" in word)
    if any(parameter.name == "language" for parameter in question.parameters):
        values["language"] = language
    return Asked(question, phrases("questions", language)[name], values)


def answer(site: Site, name: str, language: str) -> Rows:
    """The answer to a question's sample."""
    # Most questions have one answer for the pages in all languages.
    return _answer(site, name, tuple(sorted(asked(name, language).values.items())))


@lru_cache(maxsize=8)
def _answer(site: Site, name: str, values: tuple[tuple[str, str], ...]) -> Rows:
    found = site.graph.query(name, **dict(values))
    if not isinstance(found, Rows):
        raise TypeError(f"queries/{name}.rq: expected a SELECT query")
    return found


def highlighted(sparql: str) -> Markup:
    """SPARQL with its comments, strings, names, variables and keywords marked."""
    written, at = Markup(), 0
    for token in _TOKENS.finditer(sparql):
        written += Markup.escape(sparql[at : token.start()])
        written += Markup('<span class="{}">{}</span>').format(token.lastgroup, token[0])
        at = token.end()
    return written + Markup.escape(sparql[at:])


def _all(site: Site, language: str) -> bytes:
    known = [asked(name, language) for name in questions.all_questions()]
    groups = {scope: [each for each in known if _scope(each) == scope] for scope in ("document", "collection")}
    say = phrases("answers", language)
    return render(
        site,
        "questions.html",
        stem=STEM,
        language=language,
        section="answers",
        description=say["intro"],
        groups=groups,
    )


def _scope(each: Asked) -> str:
    """Whether it asks about one document."""
    kinds = {parameter.kind for parameter in each.question.parameters}
    return "document" if "document" in kinds else "collection"


def _one(site: Site, each: Asked, language: str) -> bytes:
    stem = f"{STEM}/{each.question.name}"
    found = answer(site, each.question.name, language)
    here = Here(site, stem, language)
    columns = phrases("columns", language)
    given = {key: value for key, value in each.values.items() if key != "language"}
    words = ", ".join([f'"{each.question.name}"', *(f'{key}="{value}"' for key, value in given.items())])
    return render(
        site,
        "question.html",
        stem=stem,
        language=language,
        section="answers",
        description=each.asks,
        crumbs=((STEM, phrases("answers", language)["title"]), ("", each.asks)),
        asked=each,
        columns=[columns.get(column, column) for column in found.columns],
        labels=columns,
        rows=[_cells(here, found, row, each) for row in found.rows[:_SHOWN]],
        count=len(found),
        shown=_SHOWN,
        sparql=highlighted(each.question.sparql),
        live=f"{here.to('query')}#{urlencode({'question': each.question.name, **each.values})}",
        python=f'import kg\n\nstore = kg.open_store("unkg-store")\nrows = store.query({words})',
        files=["rq", *FILES],
    )


def _cells(here: Here, found: Rows, row: Sequence[Value], each: Asked) -> list[Markup]:
    """A row as a page shows it: documents, paragraphs, acts and bodies lead to their pages."""
    named = dict(zip(found.columns, row, strict=True))
    return [_cell(here, column, value, _document_of(column, named, each)) for column, value in named.items()]


def _document_of(column: str, named: Mapping[str, Value], each: Asked) -> str | None:
    """The document of which a cell names a part: the one that the row is about, else the one that was asked for."""
    asked_for = each.values.get("document")
    if column == "place":
        return asked_for
    row = next((named[key] for key in ("citing", "document") if isinstance(named.get(key), str)), None)
    return str(row) if row else asked_for


def _cell(here: Here, column: str, value: Value, document: str | None) -> Markup:
    if value is None:
        return Markup()
    if isinstance(value, bool):
        return Markup.escape(phrases("answers", here.language)["yes" if value else "no"])
    text = str(value)
    made = _CELLS.get(column)
    if column in _DOCUMENTS:
        symbol, _, part = text.partition("#")
        known = symbols.find(symbol)
        return _link(here.document(known.text, part), text.replace("#", " ")) if known else Markup.escape(text)
    if column in (*_PARTS, "place") and document:
        return _link(here.document(document, text), text)
    return made(here, text) if made else _plain(text)


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}"><bdi>{}</bdi></a>').format(address, text)


def _thing(prefix: str) -> Callable[[Here, str], Markup]:
    """A thing by the end of its name: recall, cstd, 17.6."""

    def cell(here: Here, text: str) -> Markup:
        iri = SDG + text if prefix == "sdg" else here.site.names.named(f"{prefix}/{text}")
        if not here.site.labels.all(iri):
            return _plain(text)
        number = Markup("<bdi>{}</bdi> ").format(text) if prefix == "sdg" else Markup()
        return Markup('<a href="{}">{}{}</a>').format(here.thing(iri), number, here.label(iri))

    return cell


def _fixed(here: Here, text: str) -> Markup:
    """One of the fixed values of the vocabulary: resolved, warning, addressee."""
    iri = term(text.capitalize())
    if not here.site.labels.all(iri):
        return _plain(text)
    return Markup('<a href="{}">{}</a>').format(here.thing(iri), here.label(iri))


def _english(here: Here, text: str) -> Markup:
    return here.words(_cut(text), "en")


def _spoken(_: Here, text: str) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(text, OWN_NAMES.get(text, text))


def _plain(text: str) -> Markup:
    """Words whose language the answer does not tell."""
    return Markup('<span dir="auto">{}</span>').format(_cut(text))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"


_CELLS: Mapping[str, Callable[[Here, str], Markup]] = {
    "act": _thing("act"),
    "body": _thing("body"),
    "aim": _thing("sdg"),
    "kind": _thing("kind"),
    "language": _spoken,
    "link": lambda _, text: Markup('<a href="{}"><bdi>{}</bdi></a>').format(text, text.partition("://")[2]),
    **dict.fromkeys(("message", "reason"), Here.remark),
    "locator": Here.place,
    **dict.fromkeys(_FIXED, _fixed),
    **dict.fromkeys(_ENGLISH, _english),
}
