"""The SPARQL endpoint of `unkg serve`: SPARQL 1.1 Protocol, formats, errors, limits, and a description that is true."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from kg import questions
from kg.answers import Rows
from kg.query import LocalStore
from kg.serve.sparql import lookup, results
from kg.serve.sparql.run import Task, run
from kg.uris import Names
from tests.servekit import Answer, Server, serving, until
from tests.test_questions import sample_values

pytest_plugins = ["tests.storekit", "tests.servekit"]

DOCUMENT = "https://w3id.org/unkg/doc/A/RES/76/213"
#: Of this little is said.
CITED = "https://w3id.org/unkg/doc/A/RES/74/229"
GRAPH = "https://w3id.org/unkg/graph/A/RES/76/213"
PREFIXES = "PREFIX unkg: <https://w3id.org/unkg/ontology#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
FORM = "application/x-www-form-urlencoded"
#: Every kind of term, one that needs quoting in each format, and one that is missing.
VALUES = (
    PREFIXES
    + """SELECT ?name ?words ?day ?count ?nothing WHERE { VALUES (?name ?words ?day ?count) {
  (<urn:a> "科学、技术和创新"@zh "2021-12-17"^^xsd:date 7)
  (<urn:b> "tab\\t, comma, \\"quotes\\", <tag> & line\\nbreak\\r" "2022-01-01"^^xsd:date -1) } }"""
)
#: A query that no machine ends soon, and needs little memory.
ENDLESS = "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a = ?d && ?d = ?g && STR(?c) = STRLEN(STR(?i))) }"
COSTLY = "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def values(answer: Answer, variable: str) -> list[str]:
    return [row[variable]["value"] for row in answer.json["results"]["bindings"]]


SYMBOLS = f"{PREFIXES} SELECT DISTINCT ?symbol {{ <{DOCUMENT}> unkg:symbol ?symbol }}"


def test_a_query_comes_in_three_ways(server: Server) -> None:
    ways = (
        server.query(SYMBOLS),
        server.ask("/sparql", method="POST", body=urlencode({"query": SYMBOLS}), content_type=FORM),
        server.ask("/sparql", method="POST", body=SYMBOLS, content_type="application/sparql-query; charset=utf-8"),
    )
    for answer in ways:
        assert (answer.status, answer.media) == (200, "application/sparql-results+json")
        assert values(answer, "symbol") == ["A/RES/76/213"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/xml", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/sparql-results+json"),
    ],
)
def test_rows_come_in_the_format_that_is_accepted(server: Server, accept: str | None, media: str) -> None:
    assert server.query(SYMBOLS, accept=accept).media == media
    assert server.query("ASK {}", accept=accept).media == media


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "text/turtle"),
        ("text/turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("text/plain", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_graphs_come_in_the_format_that_is_accepted(server: Server, accept: str | None, media: str) -> None:
    for query in (f"DESCRIBE <{CITED}>", f"CONSTRUCT {{ ?s ?p ?o }} {{ VALUES ?s {{ <{CITED}> }} ?s ?p ?o }}"):
        answer = server.query(query, accept=accept)
        assert (answer.status, answer.media) == (200, media)
        formats = {"text/turtle": "ttl", "application/n-triples": "nt", "application/ld+json": "jsonld"}
        parsed = list(ox.parse(answer.body, ox.RdfFormat.from_extension(formats.get(media, "rdf"))))
        assert {quad.subject.value for quad in parsed if isinstance(quad.subject, ox.NamedNode)} == {CITED}


def test_nothing_that_is_accepted_is_406_before_anything_runs(server: Server) -> None:
    for query, accept in ((ENDLESS, "text/turtle"), (f"DESCRIBE <{CITED}>", "text/csv"), ("ASK {}", "image/png")):
        began = time.monotonic()
        assert server.query(query, accept=accept).status == 406
        assert time.monotonic() - began < 1.5
    assert server.ask("/sparql", accept="image/png").status == 406
    assert server.query("ASK {}", format="parquet").status == 406


@pytest.mark.parametrize(
    ("name", "query", "media"),
    [
        ("csv", SYMBOLS, "text/csv; charset=utf-8"),
        ("json", SYMBOLS, "application/sparql-results+json"),
        ("json", f"DESCRIBE <{CITED}>", "application/ld+json"),
        ("xml", f"DESCRIBE <{CITED}>", "application/rdf+xml"),
        ("turtle", f"DESCRIBE <{CITED}>", "text/turtle"),
        ("application/sparql-results+xml", SYMBOLS, "application/sparql-results+xml"),
    ],
)
def test_a_format_may_be_named(server: Server, name: str, query: str, media: str) -> None:
    assert server.query(query, format=name, accept="image/png").media == media


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_are_written_as_the_engine_writes_them(store: LocalStore, form: str) -> None:
    """Ours and the engine's, read by the same readers, are the same rows."""
    formats = {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "csv": ox.QueryResultsFormat.CSV,
        "tsv": ox.QueryResultsFormat.TSV,
    }
    found = store.oxigraph.query(VALUES)
    theirs = store.oxigraph.query(VALUES)
    assert isinstance(found, ox.QuerySolutions)
    assert isinstance(theirs, ox.QuerySolutions)
    rows = [tuple(row) for row in found]
    ours = results.rows(form, [variable.value for variable in found.variables], rows)
    written = theirs.serialize(format=formats[form]) or b""
    if form == "csv":
        assert list(csv.reader(io.StringIO(ours.decode(), newline=""))) == list(
            csv.reader(io.StringIO(written.decode(), newline=""))
        )
        return
    for ours_row, theirs_row in zip(read(ours, formats[form]), read(written, formats[form]), strict=True):
        assert ours_row == theirs_row


def read(written: bytes, form: ox.QueryResultsFormat) -> list[tuple[object, ...]]:
    parsed = ox.parse_query_results(written, form)
    assert isinstance(parsed, ox.QuerySolutions)
    return [tuple(row) for row in parsed]


def test_what_xml_cannot_hold_does_not_break_it() -> None:
    written = results.rows("xml", ["x"], [(ox.Literal("a\x00b\x1fc\ufffe]]>&"),)])
    [(term,)] = read(written, ox.QueryResultsFormat.XML)
    assert term == ox.Literal("a\ufffdb\ufffdc\ufffd]]>&")


@pytest.mark.parametrize("cheap", [True, False])
def test_a_look_up_gives_what_a_process_gives(server: Server, store: LocalStore, cheap: bool) -> None:
    keyword = "SELECT" if cheap else "SELECT DISTINCT"
    query = f"{keyword} ?p ?o {{ <https://w3id.org/unkg/body/cstd> ?p ?o }}"
    assert bool(lookup.recognise(query)) is cheap
    answer = server.query(query)
    expected = store.sparql(query)
    assert isinstance(expected, Rows)
    assert sorted(values(answer, "o")) == sorted(str(value) for value in (row["o"] for row in expected))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?p ?o { <urn:s> ?p ?o }",
        "select * where { <urn:s> a ?o . }",
        'ASK { ?s ?p "words"@en }',
        "DESCRIBE <urn:s>",
        "PREFIX x: <urn:>\nSELECT ?o ?l { x:s x:p ?o ; x:l ?l . } LIMIT 10",
    ],
)
def test_these_are_cheap_for_certain(query: str) -> None:
    assert lookup.recognise(query)


@pytest.mark.parametrize(
    "query",
    [
        # A variable that comes twice is a join.
        "SELECT ?s { ?s ?p ?s }",
        "SELECT ?o { <urn:s> <urn:p> ?o . <urn:s> <urn:q> ?o }",
        "SELECT ?o { <urn:s> <urn:p> ?x . ?x <urn:q> ?o }",
        # Of several patterns each names its subject and its predicate.
        "SELECT ?o { <urn:s> ?p ?o . <urn:t> <urn:q> ?r }",
        "SELECT ?o { ?s <urn:p> ?o . ?t <urn:q> ?r }",
        # Whatever sorts, groups, counts, filters, follows paths, skips or asks elsewhere.
        "SELECT DISTINCT ?o { <urn:s> ?p ?o }",
        "SELECT ?o { <urn:s> ?p ?o } ORDER BY ?o",
        "SELECT (COUNT(*) AS ?n) { <urn:s> ?p ?o }",
        "SELECT ?o { <urn:s> ?p ?o FILTER(?o > 1) }",
        "SELECT ?o { <urn:s> <urn:p>+ ?o }",
        "SELECT ?o { <urn:s> ^<urn:p> ?o }",
        "SELECT ?o { <urn:s> ?p ?o } OFFSET 1000000",
        "SELECT ?o { <urn:s> ?p ?o } LIMIT 1 OFFSET 1000000",
        "SELECT ?o { GRAPH <urn:g> { <urn:s> ?p ?o } }",
        "SELECT ?o FROM <urn:g> { <urn:s> ?p ?o }",
        "SELECT ?o { SERVICE <urn:s> { <urn:s> ?p ?o } }",
        "SELECT ?o { <urn:s> ?p ?o } VALUES ?o { 1 }",
        "SELECT ?o { { SELECT ?o { ?s ?p ?o } } }",
        "DESCRIBE ?s",
        "DESCRIBE <urn:a> <urn:b>",
        "CONSTRUCT WHERE { <urn:s> ?p ?o }",
        'SELECT ?o { <urn:s> ?p "a\\u0022 } #" }',
        "SELECT ?o { <urn:s> ?p ?o } # ?",
        f"SELECT ?o {{ <urn:{'s' * 2000}> ?p ?o }}",
        "SELECT ?o {",
        "",
    ],
)
def test_these_are_not_and_go_to_a_process(query: str) -> None:
    assert lookup.recognise(query) is None


def test_a_look_up_with_a_pattern_that_has_no_answer_goes_to_a_process(store: LocalStore) -> None:
    query = f"SELECT ?a ?b {{ <{DOCUMENT}> <https://w3id.org/unkg/ontology#hasClause> ?a ; <urn:none> ?b }}"
    cheap = lookup.recognise(query)
    assert cheap is not None
    assert lookup.answer(store.oxigraph, cheap, Task(query, 100)) is None


@pytest.mark.parametrize("asked", questions.all_questions().values(), ids=lambda asked: asked.name)
def test_every_question_that_ships_is_answered_as_on_the_command_line(
    server: Server, store: LocalStore, asked: questions.Question
) -> None:
    text = questions.bind(asked, sample_values(asked), Names())
    answer = server.query(text, partial="true")
    assert answer.status == 200, answer.text
    expected = store.sparql(text)
    assert isinstance(expected, Rows)
    assert answer.json["head"]["vars"] == list(expected.columns)
    assert len(answer.json["results"]["bindings"]) == min(len(expected), 200)


def test_an_error_has_line_and_column(server: Server) -> None:
    query = "SELECT ?s\nWHERE { ?s ?p }"
    answer = server.query(query)
    assert (answer.status, answer.media) == (400, "text/plain; charset=utf-8")
    assert "query:2:16" in answer.text
    told = server.query(query, accept="application/sparql-results+json, application/problem+json;q=0.1")
    assert (told.status, told.media) == (400, "application/problem+json")
    assert (told.json["line"], told.json["column"], told.json["status"]) == (2, 16, 400)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", 400),
        ("/sparql?query=", 400),
        ("/sparql?query=ASK%20%7B%7D&default-graph-uri=relative", 400),
        ("/sparql?query=ASK%20%7B%7D&named-graph-uri=%3Cx%3E", 400),
        ("/sparql?query=%ff", 400),
        ("/sparql?update=CLEAR%20ALL", 403),
    ],
)
def test_requests_that_are_none(server: Server, path: str, status: int) -> None:
    assert server.ask(path).status == status


def test_bodies_that_are_none(server: Server) -> None:
    def post(body: str | bytes, kind: str) -> Answer:
        return server.ask("/sparql", method="POST", body=body, content_type=kind)

    assert post("", FORM).status == 400
    assert post("update=DROP+ALL", FORM).status == 403
    assert post("DROP ALL", "application/sparql-update").status == 403
    refused = post("ASK {}", "text/plain")
    assert refused.status == 415
    assert "application/sparql-query" in refused.headers["accept-post"]
    assert post(b"ASK { \xff }", "application/sparql-query").status == 400
    assert post("x" * 300_000, "application/sparql-query").status == 413
    assert server.ask("/sparql", method="PUT", body="ASK {}").status == 405


def test_graphs_may_be_named(server: Server) -> None:
    """In the request or in the query; the request goes before."""
    count = "SELECT (COUNT(*) AS ?n) { ?s a ?class }"
    everything = int(values(server.query(count), "n")[0])
    document = int(values(server.query(count, **{"default-graph-uri": GRAPH}), "n")[0])
    vocabulary = int(
        values(server.query(count, **{"default-graph-uri": "https://w3id.org/unkg/graph/vocabulary"}), "n")[0]
    )
    assert 0 < document < everything
    assert 0 < vocabulary < everything
    own = "SELECT (COUNT(*) AS ?n) FROM <{}> {{ ?s a ?class }}"
    assert values(server.query(own.format(GRAPH)), "n") == [str(document)]
    assert values(server.query(own.format("urn:none")), "n") == ["0"]
    assert values(server.query(own.format("urn:none"), **{"default-graph-uri": GRAPH}), "n") == [str(document)]
    assert values(server.query(count, **{"default-graph-uri": "urn:x-arq:UnionGraph"}), "n") == [str(everything)]


def test_named_graphs_may_be_named(server: Server) -> None:
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert GRAPH in values(server.query(graphs), "g")
    assert len(values(server.query(graphs), "g")) > 1
    assert values(server.query(graphs, **{"named-graph-uri": GRAPH}), "g") == [GRAPH]
    assert values(server.query(graphs.replace(" {", f" FROM NAMED <{GRAPH}> {{", 1)), "g") == [GRAPH]
    # Where only named graphs are named, the default graph is empty.
    assert server.query("ASK { ?s ?p ?o }", **{"named-graph-uri": GRAPH}).json["boolean"] is False


def test_the_default_graph_is_all_graphs_together(server: Server) -> None:
    query = f"ASK {{ <{DOCUMENT}> ?p ?o . <https://w3id.org/unkg/body/cstd> ?q ?r }}"
    assert server.query(query).json["boolean"] is True
    for graph in (GRAPH, "https://w3id.org/unkg/graph/vocabulary"):
        assert server.query(query, **{"default-graph-uri": graph}).json["boolean"] is False


def test_an_answer_that_is_too_long_is_refused_and_never_cut_in_silence(server: Server) -> None:
    for query in ("SELECT ?s { ?s ?p ?o }", "SELECT DISTINCT ?s { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        answer = server.query(query)
        assert answer.status == 422
        assert "200 rows" in answer.text
        part = server.query(query, partial="true")
        assert (part.status, part.headers["x-sparql-maxrows"]) == (200, "200")
    part = server.query("SELECT DISTINCT ?s { ?s ?p ?o }", partial="true")
    assert len(part.json["results"]["bindings"]) == 200
    assert part.json["head"]["link"]
    for query in ("SELECT ?s { ?s ?p ?o } LIMIT 200", "SELECT DISTINCT ?s { ?s ?p ?o } LIMIT 200"):
        whole = server.query(query)
        assert whole.status == 200
        assert "x-sparql-maxrows" not in whole.headers
        assert "link" not in whole.json["head"]


def test_our_own_client_takes_no_part_for_the_whole(server: Server) -> None:
    from kg.endpoint import open_endpoint
    from kg.errors import EndpointError

    endpoint = open_endpoint(f"{server.address}sparql", base="https://w3id.org/unkg/")
    with pytest.raises(EndpointError, match="The answer has more than the 200 rows"):
        endpoint.sparql("SELECT ?s { ?s ?p ?o }")
    assert endpoint.query("cites", document="A/RES/76/213")


def test_a_query_that_takes_too_long_is_ended(server: Server) -> None:
    began = time.monotonic()
    answer = server.query(ENDLESS)
    assert answer.status == 504
    assert "2 seconds" in answer.text
    assert time.monotonic() - began < 10
    assert server.query("ASK {}").status == 200


def test_a_query_that_needs_too_much_memory_is_ended(server: Server) -> None:
    answer = server.query(COSTLY)
    assert answer.status in (422, 504)
    assert server.query("SELECT DISTINCT ?s { ?s ?p ?o } LIMIT 1").status == 200


def test_a_query_that_is_nested_too_deep_harms_nobody(server: Server) -> None:
    for deep in (f"ASK {{ FILTER({'(' * 40_000}1", f"ASK {'{' * 40_000}", f"SELECT * {{ {'OPTIONAL {' * 10_000}"):
        answer = server.ask("/sparql", method="POST", body=deep, content_type="application/sparql-query")
        assert answer.status in (400, 422)
    assert server.query("ASK { ?s ?p ?o FILTER(true) }").status == 200


@pytest.fixture
def narrow(store_path: Path) -> Iterator[Server]:
    """A server on which one query runs at a time."""
    with serving(store_path, "--timeout", "8", "--concurrency", "1") as found:
        until(lambda: found.query("SELECT DISTINCT ?s { ?s ?p ?o } LIMIT 1").status == 200)
        yield found


def test_who_finds_it_full_is_told_when_to_come_again(narrow: Server) -> None:
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(narrow.query, ENDLESS)
        time.sleep(0.5)
        full = narrow.query("SELECT DISTINCT ?s { ?s ?p ?o } LIMIT 1")
        assert full.status == 503
        assert int(full.headers["retry-after"]) > 0
        # What costs nothing is answered all the same.
        assert narrow.query(f"ASK {{ <{DOCUMENT}> ?p ?o }}").json["boolean"] is True
        assert narrow.ask("/api/status").status == 200
        assert running.result().status == 504
    assert narrow.query("SELECT DISTINCT ?s { ?s ?p ?o } LIMIT 1").status == 200


def test_a_query_whose_client_has_gone_is_ended(narrow: Server) -> None:
    import socket

    request = f"GET /sparql?{urlencode({'query': ENDLESS})} HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", narrow.port)) as client:
        client.sendall(request.encode())
        time.sleep(0.5)
    began = time.monotonic()
    assert narrow.query("SELECT DISTINCT ?s { ?s ?p ?o } LIMIT 1").status == 200
    assert time.monotonic() - began < 6


def test_answers_are_tagged(server: Server) -> None:
    query = {"query": f"SELECT DISTINCT ?p {{ <{DOCUMENT}> ?p ?o }} ORDER BY ?p"}
    first = server.ask(f"/sparql?{urlencode(query)}")
    again = server.ask(f"/sparql?{urlencode(query)}", if_none_match=first.headers["etag"])
    assert (first.status, again.status) == (200, 304)
    assert "Accept" in first.headers["vary"]


SD = "http://www.w3.org/ns/sparql-service-description#"
#: A query for each form, and the media type by which each format is asked for.
ROW_FORMATS = {
    "SPARQL_Results_JSON": "application/sparql-results+json",
    "SPARQL_Results_XML": "application/sparql-results+xml",
    "SPARQL_Results_CSV": "text/csv",
    "SPARQL_Results_TSV": "text/tab-separated-values",
}
RDF_FORMATS = {
    "Turtle": "text/turtle",
    "N-Triples": "application/n-triples",
    "JSON-LD": "application/ld+json",
    "RDF_XML": "application/rdf+xml",
}


def described(server: Server, media: str = "application/n-triples", form: str = "nt") -> set[ox.Triple]:
    answer = server.ask("/sparql", accept=media)
    assert (answer.status, answer.media) == (200, media)
    return {quad.triple for quad in ox.parse(answer.body, ox.RdfFormat.from_extension(form))}


def said(triples: set[ox.Triple], name: str) -> set[str]:
    """The objects of a property of the description."""
    return {
        triple.object.value
        for triple in triples
        if triple.predicate.value == SD + name and isinstance(triple.object, ox.NamedNode)
    }


def test_the_description_is_the_same_in_each_format(server: Server) -> None:
    turtle = described(server, "text/turtle", "ttl")
    assert turtle == described(server)
    assert turtle == described(server, "application/ld+json", "jsonld")
    assert turtle == described(server, "application/rdf+xml", "rdf")
    assert server.ask("/sparql", accept="text/html").location == "query.html"


def test_every_claim_of_the_description_is_true(server: Server) -> None:
    triples = described(server)
    [address] = said(triples, "endpoint")
    assert address == f"{server.address}sparql"
    assert said(triples, "supportedLanguage") == {f"{SD}SPARQL11Query"}
    assert server.query("SELECT (COUNT(*) AS ?n) { ?s <urn:p>+/^<urn:q> ?o }").status == 200
    formats = {each.rpartition("/")[2] for each in said(triples, "resultFormat")}
    assert formats == ROW_FORMATS.keys() | RDF_FORMATS.keys()
    for name in formats:
        query = "SELECT ?s { ?s ?p ?o } LIMIT 1" if name in ROW_FORMATS else f"DESCRIBE <{CITED}>"
        media = {**ROW_FORMATS, **RDF_FORMATS}[name]
        answer = server.query(query, accept=media)
        assert answer.status == 200
        assert answer.media.startswith(media)
    # The features that it claims, and those that it does not claim and does not have.
    assert said(triples, "feature") == {f"{SD}UnionDefaultGraph"}
    assert server.query(f"ASK {{ <{DOCUMENT}> a ?c }}").json["boolean"] is True
    assert server.query("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }").status == 403
    assert server.query("ASK FROM <https://example.org/data.ttl> { ?s ?p ?o }").json["boolean"] is False


def test_the_limits_of_the_description_are_those_that_hold(server: Server) -> None:
    [comment] = [
        triple.object.value
        for triple in described(server)
        if isinstance(triple.object, ox.Literal) and "seconds" in triple.object.value
    ]
    assert "2 seconds" in comment
    assert "200 rows" in comment
    assert re.search(r"\b2 run at once", comment)


def test_a_task_is_answered_where_no_server_runs(store: LocalStore) -> None:
    outcome = run(store.oxigraph, Task(SYMBOLS, 10, accept="application/json"))
    assert outcome.status == 200
    assert json.loads(outcome.body)["head"]["vars"] == ["symbol"]


def test_a_look_up_that_is_kept_is_kept_for_its_format_alone(server: Server) -> None:
    query = f"SELECT ?symbol {{ <{DOCUMENT}> <https://w3id.org/unkg/ontology#symbol> ?symbol }}"
    for _ in range(2):
        assert server.query(query, accept="text/csv").text.split() == ["symbol", "A/RES/76/213"]
        assert values(server.query(query), "symbol") == ["A/RES/76/213"]
        assert server.query(query, format="tsv", accept="text/csv").text == '?symbol\n"A/RES/76/213"\n'
        assert server.query(query, accept="image/png").status == 406
        assert server.query(query, **{"default-graph-uri": "urn:none"}).json["results"]["bindings"] == []
