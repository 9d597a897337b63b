"""Tells queries that are cheap for certain, and answers them where the request arrives.

Any other query goes to a process that can be ended; the way there and back costs more than a look-up does. What is
recognised here is a small language of its own, read strictly: SELECT or ASK over triple patterns in which no variable
comes twice, so that nothing is joined, sorted, grouped or filtered. One pattern is one range of one index. Several are
taken only where each names its subject and its predicate and has an answer: then each step of the engine gives a row,
and the first rows are all that is taken. DESCRIBE of one name is one range as well. What turns out to have more rows
goes the other way.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

import pyoxigraph as ox

from kg.serve.sparql import results
from kg.serve.sparql.run import Failed, Outcome, Task, chosen

#: Longer queries are no look-ups.
_LONGEST = 2_000
#: So many rows are read here at most.
_MOST_ROWS = 500
_MOST_PATTERNS = 8

_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r\n]+)
    | <(?P<iri>[^<>"{}|^`\\\x00-\x20]+)>
    | \?(?P<variable>[A-Za-z][A-Za-z0-9_]*)
    | "(?P<text>[^"\\\r\n]*)"(?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|(?P<typed>\^\^))?
    | (?P<prefix>[A-Za-z][A-Za-z0-9_-]*)?:(?P<local>[A-Za-z0-9_-]*)(?=[\s;.}{]|\Z)
    | (?P<number>[0-9]{1,9})(?=[\s}.;]|\Z)
    | (?P<word>[A-Za-z]+)(?=[\s{*?<])
    | (?P<mark>[{}.;*])
    """,
    re.VERBOSE,
)
_IRI = r"<[^<>\"{}|^`\\\x00-\x20]+>"
_NAME = rf"(?:{_IRI}|[A-Za-z][A-Za-z0-9_-]*:[A-Za-z0-9_-]*|\?[A-Za-z][A-Za-z0-9_]*)"
#: One pattern of names, which most look-ups are: told at one glance, as every request waits for it.
_ONE_PATTERN = re.compile(
    rf"""\s*(?:PREFIX\s+[A-Za-z][A-Za-z0-9_-]*:\s*{_IRI}\s*+)*+
    (?P<form>SELECT|ASK)\s*(?:(?:\*|\?[A-Za-z][A-Za-z0-9_]*(?:\s+\?[A-Za-z][A-Za-z0-9_]*)*))?
    \s*(?:WHERE\s*)?\{{\s*(?P<subject>{_NAME})\s+(?P<predicate>{_NAME}|a)\s+(?P<object>{_NAME})\s*\.?\s*\}}
    \s*(?:LIMIT\s+[0-9]{{1,9}}\s*)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True, slots=True)
class Variable:
    name: str


Term = ox.NamedNode | ox.Literal | Variable
Pattern = tuple[Term, Term, Term]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A query that is cheap for certain, as long as each of its patterns has an answer; where there is one pattern, it
    need not be known."""

    form: Literal["SELECT", "ASK", "DESCRIBE"]
    patterns: tuple[Pattern, ...]


class _Other(Exception):
    """Not of the small language."""


class _Token(NamedTuple):
    kind: str
    value: str
    term: ox.Literal | None = None


_END = _Token("end", "")


@lru_cache(maxsize=4096)
def recognise(query: str) -> Lookup | None:
    """The query, where it is cheap for certain, else None."""
    if len(query) > _LONGEST:
        return None
    if found := _ONE_PATTERN.fullmatch(query):
        variables = [term for term in found.group("subject", "predicate", "object") if term[0] == "?"]
        form: Literal["SELECT", "ASK"] = "ASK" if found["form"].upper() == "ASK" else "SELECT"
        return Lookup(form, ()) if len(set(variables)) == len(variables) else None
    try:
        return _Reader(query).read()
    except (_Other, StopIteration, ValueError):
        return None


def answer(store: ox.Store, lookup: Lookup, task: Task) -> Outcome | None:
    """The answer of the engine itself; None where it has more rows than are read here."""
    try:
        form, media = chosen(lookup.form, task)
    except Failed as failed:
        return failed.outcome
    if not all(_holds(store, pattern) for pattern in lookup.patterns):
        # A pattern without an answer could let the engine go through all combinations of the others for nothing.
        return None
    try:
        found = store.query(task.query, use_default_graph_as_union=True)
    except (SyntaxError, ValueError):
        return None
    body = _body(found, form, min(_MOST_ROWS, task.rows))
    return Outcome(200, body, media) if body is not None else None


def _body(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: str, most: int) -> bytes | None:
    """The answer as it is sent; None where it is longer than that."""
    if isinstance(found, ox.QueryBoolean):
        return results.truth(form, bool(found))
    if isinstance(found, ox.QueryTriples):
        triples = list(itertools.islice(found, most + 1))
        return results.graph(form, triples) if len(triples) <= most else None
    rows = [tuple(row) for row in itertools.islice(found, most + 1)]
    names = [variable.value for variable in found.variables]
    return results.rows(form, names, rows) if len(rows) <= most else None


def _holds(store: ox.Store, pattern: Pattern) -> bool:
    subject, predicate, value = pattern
    if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode):
        return False
    known = None if isinstance(value, Variable) else value
    return next(iter(store.quads_for_pattern(subject, predicate, known, None)), None) is not None


class _Reader:
    """Reads the small language; raises _Other at whatever does not belong to it."""

    def __init__(self, query: str) -> None:
        self._prefixes: dict[str, str] = {}
        self._tokens = iter(list(_tokens(query)))
        self._now: _Token = next(self._tokens)

    def read(self) -> Lookup:
        while self._word() == "PREFIX":
            self._prefix()
        form = self._word()
        self._step()
        if form == "DESCRIBE":
            name = self._term()
            if not isinstance(name, ox.NamedNode) or self._now.kind != "end":
                raise _Other
            return Lookup("DESCRIBE", ())
        if form == "SELECT":
            self._variables()
        elif form != "ASK":
            raise _Other
        if self._word() == "WHERE":
            self._step()
        patterns = self._group()
        if form == "SELECT" and self._word() == "LIMIT":
            self._step()
            self._take("number")
        if self._now.kind != "end":
            raise _Other
        cheap = _cheap(patterns)
        return Lookup("SELECT" if form == "SELECT" else "ASK", cheap if len(cheap) > 1 else ())

    def _prefix(self) -> None:
        self._step()
        name = self._take("prefixed")
        prefix, _, local = name.partition(":")
        if local:
            raise _Other
        self._prefixes[prefix] = self._take("iri")

    def _variables(self) -> None:
        if (self._now.kind, self._now.value) == ("mark", "*"):
            self._step()
            return
        self._take("variable")
        while self._now.kind == "variable":
            self._step()

    def _group(self) -> tuple[Pattern, ...]:
        self._mark("{")
        found: list[Pattern] = []
        while not self._is("}"):
            subject = self._term()
            while True:
                found.append((subject, self._term(verb=True), self._term()))
                if not self._is(";"):
                    break
                self._step()
                if self._is("}") or self._is("."):
                    break
            if not self._is("."):
                break
            self._step()
        self._mark("}")
        return tuple(found)

    def _term(self, *, verb: bool = False) -> Term:
        token = self._now
        self._step()
        if token.kind == "variable":
            return Variable(token.value)
        if token.kind == "iri":
            return ox.NamedNode(token.value)
        if token.kind == "prefixed":
            prefix, _, local = token.value.partition(":")
            if prefix not in self._prefixes:
                raise _Other
            return ox.NamedNode(self._prefixes[prefix] + local)
        if verb and token.kind == "word" and token.value == "a":
            return ox.NamedNode(_RDF_TYPE)
        if token.term is not None and not verb:
            return token.term
        raise _Other

    def _word(self) -> str:
        return self._now.value.upper() if self._now.kind == "word" else ""

    def _is(self, mark: str) -> bool:
        return (self._now.kind, self._now.value) == ("mark", mark)

    def _mark(self, mark: str) -> None:
        if not self._is(mark):
            raise _Other
        self._step()

    def _take(self, kind: str) -> str:
        if self._now.kind != kind:
            raise _Other
        value = self._now.value
        self._step()
        return value

    def _step(self) -> None:
        self._now = next(self._tokens)


def _cheap(patterns: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    """The patterns, where they are such as the module says."""
    variables = [term.name for pattern in patterns for term in pattern if isinstance(term, Variable)]
    if not patterns or len(patterns) > _MOST_PATTERNS or len(set(variables)) < len(variables):
        raise _Other
    for subject, predicate, _ in patterns:
        if isinstance(subject, ox.Literal) or isinstance(predicate, ox.Literal):
            raise _Other
        if len(patterns) > 1 and (isinstance(subject, Variable) or isinstance(predicate, Variable)):
            raise _Other
    return patterns


def _tokens(query: str) -> Iterator[_Token]:
    place = 0
    while place < len(query):
        found = _TOKEN.match(query, place)
        if found is None:
            raise _Other
        place = found.end()
        kind = found.lastgroup or ""
        if kind == "local":
            yield _Token("prefixed", f"{found['prefix'] or ''}:{found['local']}")
        elif kind in ("text", "language"):
            yield _Token("text", found["text"], ox.Literal(found["text"], language=found["language"]))
        elif kind == "typed":
            raise _Other
        elif kind != "blank":
            yield _Token(kind, found[kind])
    yield _END
    yield _END
