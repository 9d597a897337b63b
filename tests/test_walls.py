"""No query makes the server ask anyone: SERVICE is seen however it is written, and behind that stands a wall."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.serve.sparql.run import Task, run
from kg.serve.sparql.scan import scan
from tests.servekit import Server

pytest_plugins = ["tests.storekit", "tests.servekit"]

_EMPTY = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:stolen"}}]}}'


@dataclass
class Loopback:
    """A server on this machine that no query may reach; `asked` are the requests that came all the same."""

    address: str = ""
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def loopback() -> Iterator[Loopback]:
    found = Loopback()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.end_headers()
            self.wfile.write(_EMPTY)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        found.address = f"http://127.0.0.1:{server.server_port}/"
        yield found
        server.shutdown()
        thread.join()


#: Clauses that ask HERE, in whatever way they may be written; the engine reads most of them as such.
TRICKY = (
    "SELECT * { SERVICE <HERE> { ?s ?p ?o } }",
    "select * { service<HERE>{ ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <HERE> { ?s ?p ?o } }",
    "SELECT * { SERVICE\n\t SILENT\r\n<HERE>\n{ ?s ?p ?o } }",
    "SELECT * { SERVICE#<HERE>\n<HERE> # {\n { ?s ?p ?o } }",
    "SELECT * { SERVICE #x\n#y\r# z\nSILENT#>\n<HERE>#\n{ ?s ?p ?o } }",
    "PREFIX e: <HERE> SELECT * { SERVICE e: { ?s ?p ?o } }",
    "PREFIX e: <HERE> SELECT * { SERVICE e:x { ?s ?p ?o } }",
    "PREFIX e: <HERE> SELECT * { SERVICEe:x { ?s ?p ?o } }",
    "PREFIX e: <HERE> SELECT * { SERVICESILENTe:x { ?s ?p ?o } }",
    "PREFIX : <HERE> SELECT * { SERVICE:x{ ?s ?p ?o } }",
    "PREFIX e: <HERE> SELECT * { SERVICE e:a\\#b { ?s ?p ?o } }",
    "BASE <HERE> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "BASE <HERE> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <HERE> } SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <HERE> } SERVICE?x{ ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <HERE> } SERVICE $x { ?s ?p ?o } }",
    "SELECT * { OPTIONAL { { SERVICE <HERE> { ?s ?p ?o } } UNION { ?s ?p ?o } } }",
    "SELECT * { { SELECT ?s { SERVICE <HERE> { ?s ?p ?o } } } }",
    "SELECT * { FILTER EXISTS { SERVICE <HERE> { ?s ?p ?o } } }",
    "SELECT * { FILTER(1 < 2 && EXISTS { SERVICE <HERE> { ?s ?p ?o } }) }",
    "SELECT * { MINUS { SERVICE <HERE> { ?s ?p ?o } } ?a ?b ?c }",
    "SELECT * { GRAPH ?g { SERVICE <HERE> { ?s ?p ?o } } }",
    "SELECT (EXISTS { SERVICE <HERE> { ?s ?p ?o } } AS ?x) {}",
    "ASK { SERVICE <HERE> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <HERE> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <HERE> { ?s ?p ?o } }",
    # What looks like a name is a comparison, and the end of it stands in a comment.
    "SELECT * { FILTER(1<2)SERVICE#>\n<HERE>{ ?s ?p ?o } }",
    "SELECT * { BIND(1 AS ?a) FILTER(?a<2)SERVICE#foo>\n<HERE>{ ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE#>\n#<\n<HERE>{ ?s ?p ?o } }",
    # What looks like a long text is an empty one and another.
    'SELECT * { VALUES ?a { """x" } SERVICE <HERE> { ?s ?p ?o } }',
    "SELECT * { VALUES ?a { '''x' } SERVICE <HERE> { ?s ?p ?o } }",
    'SELECT * { VALUES ?a { """x" } SERVICE <HERE> { ?s ?p ?o FILTER(?o != """y""") } }',
    'SELECT * { VALUES ?a { "\\"" } SERVICE <HERE> { ?s ?p ?o } }',
    'SELECT * { VALUES ?a { "\\\\" } SERVICE <HERE> { ?s ?p ?o } FILTER("x" != "\\"") }',
    "SELECT * { VALUES ?a { '\"' } SERVICE <HERE> { ?s ?p ?o } VALUES ?b { '\"' } }",
    'SELECT * { VALUES ?a { """a""b""" } SERVICE <HERE> { ?s ?p ?o } }',
    'SELECT * { VALUES ?a { "x"@en-GB } SERVICE <HERE> { ?s ?p ?o } }',
    'SELECT * { VALUES ?a { "#" } SERVICE <HERE> { ?s ?p ?o } }',
    "SELECT * { VALUES ?a { <urn:#x> } SERVICE <HERE> { ?s ?p ?o } }",
    "PREFIX e: <urn:> SELECT * { ?a ?b e:it\\'s . SERVICE <HERE> { ?s ?p ?o } VALUES ?c { 'x' } }",
    "PREFIX e: <urn:> SELECT * { ?a ?b e:x.SERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { ?a ?b trueSERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { ?a ?b 1.SERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { ?a ?b 1SERVICE <HERE> { ?s ?p ?o } }",
    'SELECT * { ?a ?b "x"SERVICE <HERE> { ?s ?p ?o } }',
    "SELECT * { ?a ?b <urn:x>SERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { {}SERVICE <HERE> { ?s ?p ?o } }",
    # Letters that are written as their numbers, and numbers of numbers.
    "SELECT * { \\u0053ERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { SERV\\u0049CE <HERE> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { \\u0053\\u0045\\u0052\\u0056\\u0049\\u0043\\u0045 <HERE> { ?s ?p ?o } }",
    "SELECT * { \\u005Cu0053ERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { SERVICE \\u003CHERE\\u003E \\u007B ?s ?p ?o } }",
    'SELECT * { VALUES ?a { "\\u0022 } SERVICE <HERE> { ?s ?p ?o } VALUES ?b { "x" } }',
    "SELECT * { # \\u000A SERVICE <HERE> { ?s ?p ?o }\n }",
    "SELECT * { \u017fERVICE <HERE> { ?s ?p ?o } }",
    "\ufeffSELECT * { SERVICE <HERE> { ?s ?p ?o } }",
)


@pytest.mark.parametrize("query", TRICKY)
def test_a_clause_is_seen_in_whatever_way_it_is_written(query: str) -> None:
    assert scan(query.replace("HERE", "http://127.0.0.1:9/")).asks_others is not None


@pytest.mark.parametrize("query", TRICKY)
def test_the_server_asks_nobody(server: Server, loopback: Loopback, query: str) -> None:
    answer = server.query(query.replace("HERE", loopback.address))
    assert answer.status == 403
    assert "SERVICE" in answer.text
    assert loopback.asked == []


def test_the_engine_itself_would_ask(loopback: Loopback) -> None:
    """The damaged twin: without refusal and wall most of these are answered by the other server."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(True)))
    reached = 0
    for query in TRICKY:
        before = len(loopback.asked)
        try:
            found = store.query(query.replace("HERE", loopback.address))
            if not isinstance(found, ox.QueryBoolean):
                list(found)
        except (SyntaxError, OSError, RuntimeError, ValueError):
            continue
        finally:
            reached += len(loopback.asked) > before
    loopback.asked.clear()
    assert reached > 25


#: Runs queries behind the wall alone, without looking at them first, and prints what became of them.
_WALLED = """
import json, sys
import pyoxigraph as ox
from kg.serve.sparql import run as running
from kg.serve.sparql.wall import raise_wall
store = ox.Store()
store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(True)))
raised = sys.argv[1] == "raised" and raise_wall()
running._refuse = lambda query: None
told = [running.run(store, running.Task(query, 10)).status for query in json.load(sys.stdin)]
print(json.dumps([raised, told]))
"""


@pytest.mark.parametrize("wall", ["raised", "none"])
def test_behind_the_refusal_stands_a_wall(loopback: Loopback, wall: str) -> None:
    """With it nobody is asked by queries that nobody looked at; without it, the other server is."""
    queries = json.dumps([query.replace("HERE", loopback.address) for query in TRICKY])
    done = subprocess.run(
        [sys.executable, "-c", _WALLED, wall], input=queries, capture_output=True, text=True, check=True
    )
    raised, statuses = json.loads(done.stdout)
    asked, loopback.asked[:] = len(loopback.asked), []
    if wall == "none":
        assert asked > 25
        return
    if not raised:
        pytest.skip("this system knows no seccomp")
    assert asked == 0
    assert 403 in statuses


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service ?x { ?service ?p ?x }",
        'SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, "SERVICE <http://example.org/> { ?s ?p ?o }")) }',
        "SELECT * { ?s ?p '''the SERVICE <http://example.org/> {''' }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://example.org/> {",
        "PREFIX service: <urn:service#> SELECT * { ?s service:service service:Service }",
        "SELECT * { ?s <http://example.org/service#x> ?o . GRAPH <http://example.org/service> { ?s ?p ?o } }",
        "SELECT * { GRAPH <http://example.org/service#a>\n{ ?s ?p ?o } }",
        'SELECT * { ?s ?p "in the service of"@en . FILTER(?a < 2 && ?b > 1) }',
        "DESCRIBE <http://example.org/service>",
        "PREFIX e: <urn:> SELECT ?s { ?s e:public_service ?o ; e:service [ e:x 1 ] }",
    ],
)
def test_the_word_alone_harms_nobody(query: str) -> None:
    assert scan(query).asks_others is None


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "insert { ?s ?p ?o } where { ?s ?p ?o }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX x: <urn:> # comment\nDELETE DATA { x:a x:b x:c }",
        "LOAD <HERE>",
        "LOAD SILENT <HERE> INTO GRAPH <urn:g>",
        "CLEAR ALL",
        "DROP GRAPH <urn:g>",
        "CREATE GRAPH <urn:g>",
        "COPY <urn:a> TO <urn:b>",
        "MOVE <urn:a> TO <urn:b>",
        "ADD <urn:a> TO <urn:b>",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "BASE <HERE> LOAD <x>",
    ],
)
def test_updates_are_refused(server: Server, loopback: Loopback, update: str) -> None:
    text = update.replace("HERE", loopback.address)
    assert server.query(text).status == 403
    assert server.ask("/sparql", method="POST", body=text, content_type="application/sparql-query").status == 403
    assert loopback.asked == []


def test_an_update_behind_a_query_is_no_query(server: Server) -> None:
    for text in ("ASK {} ; CLEAR ALL", "SELECT * {} INSERT DATA {}", "\\u0049NSERT DATA {}", "EXPLAIN LOAD <urn:x>"):
        assert server.query(text).status in (400, 403)


def test_graphs_of_other_servers_are_not_fetched(server: Server, loopback: Loopback) -> None:
    name = f"{loopback.address}data.ttl"
    assert server.query(f"ASK FROM <{name}> {{ ?s ?p ?o }}").json["boolean"] is False
    assert server.query("ASK { ?s ?p ?o }", **{"default-graph-uri": name}).json["boolean"] is False
    assert server.query(f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} }}").json["boolean"] is False
    assert loopback.asked == []


_PIECES = (
    "SERVICE", "service", " ", "\n", "<http://127.0.0.1:9/>", "<", ">", "{", "}", '"', "'", '"""', "'''", "#", "\\",
    "\\u0053", "?x", "e:x", ":", "1", "true", "(", ")", ".", ";", "FILTER", "SILENT", "@en", "&&", "_:b", "\\'", '\\"',
)  # fmt: skip


@settings(max_examples=800, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_whatever_the_engine_would_ask_is_seen(middle: str) -> None:
    """Of queries put together at random, those that the engine takes for asking others are seen to ask them."""
    query = f"PREFIX e: <http://127.0.0.1:9/> SELECT * {{ {middle} ?s ?p ?o }} }}"
    if asks(query):
        assert scan(query).asks_others is not None, query


def asks(query: str) -> bool:
    """Whether the engine reads a SERVICE clause in it: it is then told that the port may not be asked."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(1)))
    try:
        found = store.query(query)
        if not isinstance(found, ox.QueryBoolean):
            list(found)
    except OSError:
        return True
    except (SyntaxError, RuntimeError, ValueError):
        return False
    return False


def test_the_random_queries_have_some_that_ask() -> None:
    drawn = random.Random(1)
    pieces = (
        ("", "FILTER(1<2)", "{} ", "1 ?b 2 . "),
        ("SERVICE", "SERVICE", "SERVICE SILENT", "service"),
        (" ", "#>", "", "\n"),
        ("\n<http://127.0.0.1:9/>",),
        ("", " ", "#x\n"),
        ("{",),
    )
    reached = 0
    for _ in range(300):
        middle = "".join(map(drawn.choice, pieces))
        query = f"SELECT * {{ {middle} ?s ?p ?o }} }}"
        if asks(query):
            reached += 1
            assert scan(query).asks_others is not None, query
    assert reached > 100


@pytest.mark.parametrize(
    "text",
    [
        "service" * 36_000,
        '"' * 250_000 + "service <x> {",
        "<" * 250_000 + "service <x> {",
        "service :a\\#" * 190 + " " * 200_000,
        "service" + "#" * 250_000,
        "#service " * 27_000,
        'SELECT * {"""a' * 18_000 + "service <x> {",
        "\\u005c" * 40_000,
        "PREFIX " * 35_000,
        ("service#" + "x" * 1_200) * 199,
        "SELECT " + "?" * 250_000,
        "PREFIX a: <" * 23_000,
        "FROM" * 60_000,
        "a" * 250_000 + ":",
    ],
)
def test_the_look_at_a_query_takes_no_time(text: str) -> None:
    """So little that nobody can keep the server busy with it: linear in the length, whatever stands in it."""
    began = time.process_time()
    scan(text)
    assert time.process_time() - began < 5


def test_a_refusal_says_where() -> None:
    outcome = run(ox.Store(), Task("SELECT *\n{ SERVICE <urn:x> { ?s ?p ?o } }", 10))
    assert (outcome.status, outcome.line, outcome.column) == (403, 2, 3)


def test_processes_for_queries_stand_behind_the_wall(server: Server) -> None:
    """As the system tells it of each: a filter of calls, and no privileges to get."""
    assert server.query("SELECT DISTINCT ?p { ?s ?p ?o } LIMIT 1").status == 200
    walled = 0
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"kg.serve.sparql.worker" in path.read_bytes():
                status = (path.parent / "status").read_text()
                assert "Seccomp:\t2" in status
                walled += 1
        except OSError:
            continue
    if not walled:
        pytest.skip("this system tells nothing of its processes")
