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

_HELD = """SELECT ?document WHERE {
  { SELECT DISTINCT ?document WHERE { ?document unkg:hasVersion ?version } }
  FILTER EXISTS { ?document unkg:cites ?other }
} ORDER BY ?document"""
_BODIES = """SELECT ?body (COUNT(DISTINCT ?clause) AS ?count) WHERE { ?clause unkg:addressee ?body . ?body a unkg:Body }
GROUP BY ?body ORDER BY ?body"""


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
    held = [str(row["document"]) for row in query.rows(store, query.PROLOGUE + _HELD)]
    asked_of = {str(row["body"]): row["count"] for row in query.rows(store, query.PROLOGUE + _BODIES)}
    most_cited = next(iter(query.rows(store, questions.bind(questions.question("most-cited"), {}, store.names))))
    most_asked = max(asked_of, key=lambda name: (asked_of[name], name))
    bodies = (most_asked, *_some(random_of, list(asked_of), count))
    return Drawn(
        documents=[str(most_cited["cited"]), *map(store.names.symbol, _some(random_of, held, count))],
        bodies=[name.removeprefix(store.names.base) for name in bodies],
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


def _some(random_of: random.Random, found: Sequence[str], count: int) -> list[str]:
    return random_of.sample(found, min(count, len(found)))
