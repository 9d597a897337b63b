"""The questions in queries/: each has a whole header, answers its sample, and answers rightly on a small graph."""

from __future__ import annotations

import csv
import io
import re
import shlex
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from kg import questions
from kg.answers import Rows
from kg.errors import RuleError
from kg.query import LocalStore
from kg.questions import Question
from kg.uris import Names

pytest_plugins = ["tests.storekit"]

CASES = Path(__file__).parent / "cases"
ALL = list(questions.all_questions().values())
every_question = pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked.name)


@pytest.fixture(scope="module")
def small_graph() -> ox.Store:
    graph = ox.Store()
    graph.load(path=str(CASES / "small-graph.trig"), format=ox.RdfFormat.TRIG)
    return graph


def sample_values(asked: Question) -> dict[str, str]:
    words = shlex.split(asked.sample)
    assert words[:3] == ["unkg", "query", asked.name]
    return dict(word.split("=", 1) for word in words[3:] if "=" in word)


def test_there_are_questions() -> None:
    assert len(ALL) >= 15


@every_question
def test_the_file_is_sparql_for_other_tools_too(asked: Question) -> None:
    prepareQuery(asked.sparql)


@every_question
def test_its_sample_has_the_row_the_header_promises(asked: Question, store: LocalStore) -> None:
    answer = store.query(asked.name, **sample_values(asked))
    assert isinstance(answer, Rows)
    shown = [{column: "" if value is None else str(value) for column, value in row.items()} for row in answer]
    if asked.row.startswith("none"):
        assert shown == []
        assert " — " in asked.row, "a question without an answer says why"
        return
    expected = {c: quoted or plain for c, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|(\S+))', asked.row)}
    assert any(all(row.get(c, "").lower() == v.lower() for c, v in expected.items()) for row in shown), (
        expected,
        shown,
    )


@every_question
def test_it_answers_rightly_on_a_small_graph(asked: Question, small_graph: ox.Store) -> None:
    text = (CASES / "questions" / f"{asked.name}.csv").read_text("utf-8")
    first, _, table = text.partition("\n")
    values = dict(word.split("=", 1) for word in shlex.split(first.lstrip("#")) if "=" in word)
    kinds = {parameter.name: parameter.kind for parameter in asked.parameters}
    given = {n: f"body/{v}" if kinds.get(n) == "body" else v for n, v in values.items()}
    defaults = sample_values(asked)
    sparql = questions.bind(asked, {**defaults, **given}, Names())
    answer = small_graph.query(sparql, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    rows = Rows.from_json(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    assert list(csv.reader(io.StringIO(rows.text("csv")))) == list(csv.reader(io.StringIO(table)))


def test_a_question_whose_header_lacks_something_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.rq").write_text("# question: What?\nSELECT * { ?s ?p ?o }\n", "utf-8")
    monkeypatch.setattr("kg.resources.questions", lambda: tmp_path)
    questions.all_questions.cache_clear()
    try:
        with pytest.raises(RuleError, match=r"queries/broken\.rq: its header lacks sample, row, scope"):
            questions.all_questions()
    finally:
        questions.all_questions.cache_clear()


def test_the_list_of_questions_is_the_one_the_headers_give() -> None:
    readme = (Path(questions.__file__).parents[1] / "queries" / "README.md").read_text("utf-8")
    assert readme == questions.readme(), "write it anew: python -m kg.questions > queries/README.md"
