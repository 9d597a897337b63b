"""How long each question of queries/ takes on a store: for its sample, and for others drawn by a seed."""

from __future__ import annotations

import random
import shlex
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from kg import query, questions
from kg.answers import Rows
from kg.query import LocalStore
from kg.questions import Question

#: Seconds that the median may take, by what the question is about.
FLOORS = {"document": 0.05, "body": 0.05, "collection": 1.0}

_HELD = "SELECT DISTINCT ?document WHERE { ?document unkg:hasVersion ?version ; unkg:cites ?other } ORDER BY ?document"
_BODIES = "SELECT DISTINCT ?body WHERE { ?clause unkg:addressee ?body . ?body a unkg:Body } ORDER BY ?body"
_MOST_CITED = """SELECT ?document WHERE { ?work unkg:cites ?document }
GROUP BY ?document ORDER BY DESC(COUNT(DISTINCT ?work)) ?document LIMIT 1"""
_MOST_ASKED = """SELECT ?body WHERE { ?clause unkg:addressee ?body . ?body a unkg:Body }
GROUP BY ?body ORDER BY DESC(COUNT(DISTINCT ?clause)) ?body LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its values: the seconds of each run, and the rows of the answer."""

    name: str
    scope: str
    values: Mapping[str, str]
    seconds: tuple[float, ...]
    rows: int

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Documents and bodies that questions are asked of; the first of each is the one that most others lead to."""

    documents: Sequence[str]
    bodies: Sequence[str]


def drawn(store: LocalStore, count: int, seed: int) -> Drawn:
    """The most cited document and the body that is asked most often, and `count` others of each, drawn by the seed."""
    random_of = random.Random(seed)
    return Drawn(
        documents=[
            store.names.symbol(name)
            for name in (*_column(store, _MOST_CITED), *_some(random_of, _column(store, _HELD), count))
        ],
        bodies=[
            name.removeprefix(store.names.base)
            for name in (*_column(store, _MOST_ASKED), *_some(random_of, _column(store, _BODIES), count))
        ],
    )


def asked(store: LocalStore, others: Drawn, *, runs: int = 5, only: Sequence[str] = ()) -> Iterator[Asked]:
    """Every question, with its sample and with what was drawn where it takes a document or a body."""
    for question in questions.all_questions().values():
        if only and question.name not in only:
            continue
        for values in _values(question, others):
            seconds, rows = [], 0
            for _ in range(runs):
                begin = perf_counter()
                answer = store.query(question.name, **values)
                seconds.append(perf_counter() - begin)
                rows = len(answer) if isinstance(answer, Rows) else 1
            yield Asked(question.name, question.scope, values, tuple(seconds), rows)


def _values(question: Question, others: Drawn) -> Iterator[dict[str, str]]:
    sample = dict(word.split("=", 1) for word in shlex.split(question.sample) if "=" in word)
    yield sample
    needed = [parameter for parameter in question.parameters if not parameter.optional]
    kinds = {parameter.kind for parameter in needed}
    if "document" in kinds:
        for number, symbol in enumerate(others.documents):
            # Where two documents are asked of, the other one is what all lead to.
            values = {**sample, needed[0].name: symbol}
            if len(needed) > 1 and needed[1].kind == "document":
                first = others.documents[0]
                values[needed[1].name] = first if number else sample[needed[1].name]
            yield values
    elif "body" in kinds:
        for body in others.bodies:
            yield {**sample, needed[0].name: body}
    elif "goal" in kinds:
        yield {**sample, needed[0].name: sample[needed[0].name].partition(".")[0]}


def _column(store: LocalStore, text: str) -> list[str]:
    return [str(value) for row in query.rows(store, query.PROLOGUE + text) for value in row.values()]


def _some(random_of: random.Random, found: Sequence[str], count: int) -> list[str]:
    return random_of.sample(found, min(count, len(found)))
