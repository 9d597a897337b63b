"""Asking: typed answers in every format, questions with parameters, errors that help, the same over an endpoint."""

from __future__ import annotations

import csv
import datetime
import io
import json
import shlex
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pandas
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic
from rdflib.query import Result

import kg
from kg import uris
from kg.answers import GRAPH_FORMATS, ROW_FORMATS, Rows, Triples, Value
from kg.errors import EndpointError, FormatError, ParameterError, QueryError, QuerySyntaxError, UnknownQuestion
from kg.lineage import lineage
from kg.network import network
from kg.query import Answer, LocalStore
from kg.questions import Parameter, Question, all_questions, bind
from tests.storekit import free_port

pytest_plugins = ["tests.storekit"]

SEED = "A/RES/76/213"
PREFIXES = "PREFIX unkg: <https://w3id.org/unkg/ontology#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "

#: Every kind of value, one that needs quoting in each format, and one that is missing.
SELECT = """SELECT ?name ?words ?day ?count ?share ?held ?nothing WHERE {
  VALUES (?name ?words ?day ?count ?share ?held) {
    (<urn:a> "科学、技术和创新"@zh "2021-12-17"^^xsd:date 7 0.5 true)
    (<urn:b> "tab\\t, comma, \\"quotes\\", <tag> & line\\nbreak" "2022-01-01"^^xsd:date -1 1e3 false)
  } } ORDER BY ?name"""
VALUES: list[dict[str, Value]] = [
    {
        "name": "urn:a",
        "words": "科学、技术和创新",
        "day": datetime.date(2021, 12, 17),
        "count": 7,
        "share": 0.5,
        "held": True,
        "nothing": None,
    },
    {
        "name": "urn:b",
        "words": 'tab\t, comma, "quotes", <tag> & line\nbreak',
        "day": datetime.date(2022, 1, 1),
        "count": -1,
        "share": 1000.0,
        "held": False,
        "nothing": None,
    },
]
CONSTRUCT = PREFIXES + "CONSTRUCT WHERE { ?document unkg:symbol ?symbol ; unkg:cites ?cited ; unkg:agendaTitle ?title }"
NONE = PREFIXES + "SELECT ?document WHERE { ?document unkg:symbol 'no such' }"


def selected(store: LocalStore, text: str = PREFIXES + SELECT) -> Rows:
    answer = store.sparql(text)
    assert isinstance(answer, Rows)
    return answer


def constructed(store: LocalStore) -> Triples:
    answer = store.sparql(CONSTRUCT)
    assert isinstance(answer, Triples)
    assert len(answer) > 50
    return answer


def sample(asked: Question) -> dict[str, str]:
    """The parameters that the header of a question gives as an example."""
    words = shlex.split(asked.sample)
    return dict(word.split("=", 1) for word in words if "=" in word)


# Answers


def test_rows_hold_python_values(store: LocalStore) -> None:
    found = selected(store)
    assert found.columns == tuple(VALUES[0])
    assert list(found) == VALUES
    assert found[1] == VALUES[1]
    assert [type(value) for value in found.rows[0]] == [str, str, datetime.date, int, float, bool, type(None)]


def test_rows_of_the_seed_hold_dates_and_numbers(store: LocalStore) -> None:
    text = "SELECT ?adopted ?meeting WHERE { ?document unkg:adopted ?adopted ; unkg:year 2021 ; unkg:meeting ?meeting }"
    assert selected(store, PREFIXES + text).rows == ((datetime.date(2021, 12, 17), 54),)


@pytest.mark.parametrize(
    ("words", "datatype"), [("2021-02-30", "date"), ("20211217", "date"), ("1_000", "integer"), ("maybe", "boolean")]
)
def test_an_ill_formed_literal_stays_the_text_that_it_is(store: LocalStore, words: str, datatype: str) -> None:
    text = f'{PREFIXES} SELECT ?value {{ VALUES ?value {{ "{words}"^^xsd:{datatype} }} }}'
    assert selected(store, text)[0] == {"value": words}


def test_a_data_frame_has_the_columns_and_values_of_the_rows(store: LocalStore) -> None:
    frame = selected(store).to_pandas()
    assert list(frame.columns) == list(VALUES[0])
    assert frame["words"].tolist() == [row["words"] for row in VALUES]
    assert frame["count"].sum() == 6
    assert frame["day"].tolist() == [row["day"] for row in VALUES]
    assert frame["nothing"].isna().all()


def test_a_data_frame_of_no_rows_has_the_columns(store: LocalStore) -> None:
    frame = selected(store, NONE).to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert frame.shape == (0, 1)


def test_a_notebook_shows_rows_as_a_table(store: LocalStore) -> None:
    shown = selected(store)._repr_html_()
    assert shown.count("<tr>") == 3
    assert "&lt;tag&gt; &amp;" in shown


def test_construct_gives_triples_that_rdflib_holds(store: LocalStore) -> None:
    found = constructed(store)
    graph = found.to_rdflib()
    assert len(graph) == len(found)
    assert {str(symbol) for symbol in graph.objects(predicate=rdflib.URIRef(uris.term("symbol")))} == {SEED}


def test_describe_gives_triples(store: LocalStore) -> None:
    answer = store.sparql("DESCRIBE <https://w3id.org/unkg/doc/A/RES/76/213>")
    assert isinstance(answer, Triples)
    assert len(answer) > 10


@pytest.mark.parametrize(("symbol", "known"), [(SEED, True), ("A/RES/1/1", False)])
def test_ask_gives_a_bool(store: LocalStore, symbol: str, known: bool) -> None:
    assert store.sparql(f"{PREFIXES} ASK {{ ?document unkg:symbol '{symbol}' }}") is known


def test_rdflib_asks_the_store_where_it_lies(store: LocalStore) -> None:
    text = PREFIXES + "SELECT ?cited WHERE { ?document unkg:cites ?cited } ORDER BY ?cited"
    found = [str(row[0]) for row in store.to_rdflib().query(text) if isinstance(row, rdflib.query.ResultRow)]
    assert found == [row["cited"] for row in selected(store, text)]
    assert len(found) > 50


# Formats


def read_table(text: str) -> list[list[str]]:
    """The cells of a table, by the places where the rule below its head is interrupted."""
    lines = text.splitlines()
    bounds = [len(part) + 2 for part in lines[1].split("  ")]
    starts = [sum(bounds[:n]) for n in range(len(bounds))]
    return [[line[a : a + w].strip() for a, w in zip(starts, bounds, strict=True)] for line in (lines[0], *lines[2:])]


def cells(rows: list[dict[str, Value]], missing: str = "") -> list[list[str]]:
    def shown(value: Value) -> str:
        return missing if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    return [list(rows[0]), *([shown(value) for value in row.values()] for row in rows)]


def read_results(text: str, form: str) -> list[dict[str, object]]:
    found = Result.parse(io.BytesIO(text.encode()), format=form)
    assert found.vars is not None
    return [{str(variable): read_term(row.get(variable)) for variable in found.vars} for row in found.bindings]


def read_term(term: object) -> object:
    if isinstance(term, rdflib.Literal) and term.datatype is not None:
        return term.toPython()
    return None if term is None else str(term)


ROW_READERS: dict[str, Callable[[str], object]] = {
    "table": read_table,
    "csv": lambda text: list(csv.reader(io.StringIO(text, newline=""))),
    "tsv": lambda text: list(csv.reader(io.StringIO(text, newline=""), delimiter="\t")),
    "json": json.loads,
    "srj": lambda text: read_results(text, "json"),
    "srx": lambda text: read_results(text, "xml"),
}


def expected(form: str) -> object:
    if form in ("csv", "tsv"):
        return cells(VALUES)
    if form == "json":
        plain = [{key: value for key, value in row.items() if value is not None} for row in VALUES]
        return [{**row, "day": str(row["day"])} for row in plain]
    return VALUES


@pytest.mark.parametrize("form", [form for form in ROW_FORMATS if form != "table"])
def test_rows_are_read_back_from_every_format(store: LocalStore, form: str) -> None:
    read = ROW_READERS[form](selected(store).text(form))
    assert read == expected(form)


def test_a_table_stands_in_columns(store: LocalStore) -> None:
    text = "SELECT ?clause ?number WHERE { ?clause unkg:number ?number } ORDER BY xsd:integer(?number) LIMIT 12"
    found = selected(store, PREFIXES + text)
    assert read_table(found.text("table")) == cells([dict(row) for row in found])


def test_a_cell_too_wide_for_a_line_ends_in_an_ellipsis(store: LocalStore) -> None:
    line = selected(store, f'SELECT ("{"科" * 100}" AS ?wide) (1 AS ?one) {{}}').text("table").splitlines()[2]
    assert line.endswith("…  1")
    assert len(line) < 40


@pytest.mark.parametrize("form", ROW_FORMATS)
def test_no_rows_are_written_in_every_format(store: LocalStore, form: str) -> None:
    read = ROW_READERS[form](selected(store, NONE).text(form))
    assert read == ([["document"]] if form in ("table", "csv", "tsv") else [])


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_triples_are_read_back_from_every_format(store: LocalStore, form: str) -> None:
    found = constructed(store)
    reader = {"jsonld": "json-ld", "rdf": "xml", "table": "turtle"}.get(form, form)
    read = rdflib.Graph().parse(data=found.text(form), format=reader)
    assert isomorphic(read, found.to_rdflib())
    assert len(read) == len(found)


def test_every_format_of_rows_has_a_reader_here() -> None:
    assert ROW_READERS.keys() == ROW_FORMATS.keys()


@pytest.mark.parametrize(("form", "kind"), [("ttl", "rows"), ("csv", "triples"), ("xlsx", "rows"), ("xlsx", "triples")])
def test_a_format_that_does_not_fit_is_refused_with_those_that_do(store: LocalStore, form: str, kind: str) -> None:
    answer: Rows | Triples = selected(store) if kind == "rows" else constructed(store)
    with pytest.raises(FormatError) as caught:
        answer.text(form)
    assert all(known in str(caught.value) for known in (ROW_FORMATS if kind == "rows" else GRAPH_FORMATS))


# Errors


@pytest.mark.parametrize(
    ("text", "line", "column", "shown"),
    [
        ("SELECT ?s\nWHERE { ?s a foo:Bar }\nLIMIT 1", 2, 21, "WHERE { ?s a foo:Bar }"),
        ("SELECT ?s WHERE { ?s a '科学', foo:Bar }", 1, 37, "SELECT ?s WHERE { ?s a '科学', foo:Bar }"),
        ("SELEKT", 1, 7, "SELEKT"),
        ("", 1, 1, ""),
    ],
)
def test_a_syntax_error_has_its_place_and_shows_the_line(
    store: LocalStore, text: str, line: int, column: int, shown: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        store.sparql(text, source="my.rq")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.where == f"my.rq:{line}:{column}"
    assert str(caught.value).splitlines()[1:] == [f"  {shown}", "  " + " " * (column - 1) + "^"]


def test_a_query_that_ends_too_early_is_marked_at_its_end(store: LocalStore) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        store.sparql("SELECT ?s WHERE {\n  ?s ?p ?o\n")
    assert str(caught.value).splitlines()[1:] == ["    ?s ?p ?o", "            ^"]


@pytest.mark.parametrize(
    "text", ["", "SELECT ?s { ?s ?p ?o }}", "SELECT ?s { ?s a foo:Bar }", "SELECT ?x {} GROUP BY ?s"]
)
def test_a_syntax_error_is_told_in_words_and_signs_of_sparql(store: LocalStore, text: str) -> None:
    """The parser speaks of character classes such as [_] and ['0' ..= '9']."""
    with pytest.raises(QuerySyntaxError) as caught:
        store.sparql(text)
    assert "[" not in str(caught.value).splitlines()[0]


def test_an_update_is_refused(store: LocalStore) -> None:
    with pytest.raises(QuerySyntaxError):
        store.sparql("INSERT DATA { <urn:a> <urn:b> <urn:c> }")


def test_a_service_that_cannot_be_reached_is_an_error_of_the_query(store: LocalStore) -> None:
    with pytest.raises(QueryError):
        store.sparql(f"SELECT * {{ SERVICE <http://127.0.0.1:{free_port()}/query> {{ ?s ?p ?o }} }}")


def test_an_unknown_question_lists_all_and_names_the_closest(store: LocalStore) -> None:
    with pytest.raises(UnknownQuestion, match=r"did you mean .*most-cited") as caught:
        store.query("most-sited")
    assert all(name in str(caught.value) for name in all_questions())


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("cites", {"documant": SEED}, "document"),
        ("cites", {"document": SEED, "colour": "red"}, "takes no parameter colour; it takes: document"),
        ("cites", {}, "needs document; for example: unkg query cites --param document="),
        ("cites", {"document": "nonsense"}, "document=nonsense"),
        ("most-cited", {"document": SEED}, "it takes: none"),
        ("tasks-of-body", {"body": "cstdd"}, "close to it: cstd"),
        ("paragraphs-for-goal", {"goal": "99"}, "goal=99: .*17.6"),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused(
    store: LocalStore, name: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(ParameterError, match=message) as caught:
        store.query(name, **parameters)
    assert caught.value.where == name


@pytest.mark.parametrize("kind", ["integer", "date"])
def test_a_value_of_the_wrong_type_is_refused(store: LocalStore, kind: str) -> None:
    with pytest.raises(ParameterError, match="value=many: "):
        bind(one_parameter(kind), {"value": "many"}, store.names)


def test_a_parameter_may_be_written_as_people_write_it(store: LocalStore) -> None:
    canonical = store.query("cited-by", document="A/RES/69/313")
    assert store.query("cited-by", document="69/313") == canonical
    assert store.query("cited-by", document="https://undocs.org/en/A/RES/69/313") == canonical
    by_name = store.query("tasks-of-body", body="Commission on Science and Technology for Development")
    assert by_name == store.query("tasks-of-body", body="cstd")


def one_parameter(kind: str) -> Question:
    parameters = (Parameter(name="value", kind=kind, optional=False, meaning=""),)
    return Question("echo", "", parameters, "", "", "", "SELECT ?value { VALUES ?value { 'any' } }")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_comes_back_as_it_was_given_whatever_it_holds(store: LocalStore, text: str) -> None:
    assert selected(store, bind(one_parameter("text"), {"value": text}, store.names))[0] == {"value": text}


# Endpoints


@pytest.mark.parametrize("name", all_questions())
def test_every_question_has_the_same_answer_over_an_endpoint(store: LocalStore, address: str, name: str) -> None:
    parameters = sample(all_questions()[name])
    remote, local = kg.open_endpoint(address).query(name, **parameters), store.query(name, **parameters)
    assert isinstance(remote, Rows)
    assert isinstance(local, Rows)
    assert (remote.columns, remote.rows) == (local.columns, local.rows)


@pytest.mark.parametrize(
    "text", [CONSTRUCT, f"{PREFIXES} ASK {{ ?document unkg:symbol '{SEED}' }}", "ASK { <urn:no> a 1 }"]
)
def test_other_queries_have_the_same_answer_over_an_endpoint(store: LocalStore, address: str, text: str) -> None:
    def plain(answer: Answer) -> object:
        return set(answer.triples) if isinstance(answer, Triples) else answer

    assert plain(kg.open_endpoint(address).sparql(text)) == plain(store.sparql(text))


def test_lineage_and_network_are_the_same_over_an_endpoint(store: LocalStore, address: str) -> None:
    remote = kg.open_endpoint(address)
    assert lineage(remote, SEED, depth=2) == lineage(store, SEED, depth=2)
    assert list(network(remote).edges(data=True)) == list(network(store).edges(data=True))


def test_a_query_longer_than_a_web_address_may_be_reaches_the_endpoint(address: str) -> None:
    """The lineage of a large collection names thousands of documents in one query."""
    documents = " ".join(f"<urn:{number}>" for number in range(20_000))
    answer = kg.open_endpoint(address).sparql(f"SELECT (COUNT(?s) AS ?n) {{ VALUES ?s {{ {documents} }} }}")
    assert isinstance(answer, Rows)
    assert answer[0] == {"n": 20_000}


def test_a_syntax_error_over_an_endpoint_is_the_same(store: LocalStore, address: str) -> None:
    found = []
    for graph in (store, kg.open_endpoint(address)):
        with pytest.raises(QuerySyntaxError, match="no PREFIX line") as caught:
            graph.sparql("SELECT ?s\nWHERE { ?s a foo:Bar }", source="my.rq")
        found.append(str(caught.value))
    assert found[0] == found[1]


@pytest.mark.parametrize("comment", ["# who asks whom", "# please add\n# and ask", "#\tdelete"])
def test_words_in_a_comment_do_not_change_what_is_asked(store: LocalStore, address: str, comment: str) -> None:
    """A library that looks for the first ASK or ADD in a query finds them in "tasks" and "addressed"."""
    text = f"# a task\n{comment}\n{PREFIXES} SELECT ?symbol {{ ?document unkg:symbol ?symbol ; unkg:meeting ?meeting }}"
    answer = kg.open_endpoint(address).sparql(text)
    assert isinstance(answer, Rows)
    assert list(answer) == [{"symbol": SEED}]


def test_an_endpoint_that_is_down_is_named() -> None:
    down = f"http://127.0.0.1:{free_port()}/query"
    with pytest.raises(EndpointError, match="refused") as caught:
        kg.open_endpoint(down).query("most-cited")
    assert caught.value.where == down


@pytest.mark.parametrize("nonsense", ["localhost:7878", "nonsense", "ftp://localhost/query"])
def test_an_address_that_is_none_is_named(nonsense: str) -> None:
    with pytest.raises(EndpointError) as caught:
        kg.open_endpoint(nonsense).query("most-cited")
    assert caught.value.where == nonsense


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server that answers everything alike, with the status, kind and words of the parameter."""
    status, kind, words = request.param

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(words)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/query"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ((401, "text/plain", b"say who you are"), "say who you are"),
        ((404, "text/plain", b"nothing here"), "nothing here"),
        ((500, "text/plain", b"out of memory"), "out of memory"),
        ((503, "text/plain", b"Service Unavailable"), "Service Unavailable"),
        ((200, "text/html", b"<!DOCTYPE html><title>Log in</title>"), "no answer"),
        ((200, "application/sparql-results+json", b'{"head": {"vars": ["s"]}, "results": {"bindings": ['), "no answer"),
    ],
    indirect=["page"],
)
@pytest.mark.parametrize("text", ["SELECT ?s { ?s ?p ?o }", "ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_an_endpoint_that_gives_no_answer_is_named_with_what_it_says(page: str, says: str, text: str) -> None:
    with pytest.raises(EndpointError, match=says) as caught:
        kg.open_endpoint(page).sparql(text)
    assert caught.value.where == page


def test_a_password_goes_with_the_query(store: LocalStore) -> None:
    remote = kg.open_endpoint("http://127.0.0.1/query", user="reader", password="secret")
    assert (remote._remote.user, remote._remote.passwd) == ("reader", "secret")


def test_every_name_in_an_answer_of_the_store_is_an_iri(store: LocalStore) -> None:
    assert all(isinstance(quad.subject, ox.NamedNode) for quad in store.oxigraph)
