"""Pushing into other stores: only what differs is sent, whatever breaks on the way; and asking there as here."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import connection, nquads
from kg.answers import Rows, Value
from kg.connection import Authority, Connection, Credentials
from kg.endpoint import Endpoint
from kg.errors import AnswerCut, EndpointError, EndpointRefused
from kg.explain import explain
from kg.export import export
from kg.lineage import Direction, lineage
from kg.network import network
from kg.push import Progress, Pushed, Remote, push
from kg.query import LocalStore
from kg.questions import all_questions
from kg.uris import BASE, Names, term
from tests.serverkit import Answer, Answers, Asked, Between
from tests.storekit import loaded, unkg

pytest_plugins = ["tests.storekit", "tests.serverkit"]

SEED = "A/RES/76/213"
ONE, TWO, THREE = (f"{BASE}graph/A/RES/{number}/1" for number in (91, 92, 93))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PAUSE", 0.001)


def graph(name: str, *words: str) -> str:
    """The N-Quads of a graph of one document."""
    symbol = name.removeprefix(f"{BASE}graph/")
    document = f"{BASE}doc/{symbol}"
    lines = nquads.Lines(name)
    lines.add(document, nquads.TYPE, nquads.iri(term("Resolution")))
    lines.add(document, term("symbol"), nquads.text(symbol))
    lines.add(document, term("text"), *(nquads.text(word, "zh") for word in words))
    return str(lines)


@pytest.fixture
def three(tmp_path: Path) -> LocalStore:
    """A store of three graphs."""
    return loaded(tmp_path / "three", graph(ONE, "一", '"\n\\') + graph(TWO, "二") + graph(THREE, "三"))


@pytest.fixture
def other(tmp_path: Path) -> LocalStore:
    """The same store later: the first graph is the same, the second says something else, the third is gone."""
    return loaded(tmp_path / "other", graph(ONE, "一", '"\n\\') + graph(TWO, "贰", "貳"))


def held(endpoint: Endpoint, name: str) -> set[str]:
    """What an endpoint holds of a graph, without the digest."""
    return {str(triple) for triple in endpoint.statements(name) if "graphDigest" not in triple.predicate.value}


def same(endpoint: Endpoint, store: LocalStore) -> bool:
    """Whether an endpoint holds what the store holds, graph for graph."""
    return list(endpoint.graphs()) == list(store.graphs()) and all(
        held(endpoint, name) == {str(triple) for triple in store.statements(name)} for name in store.graphs()
    )


def unordered(row: Mapping[str, Value]) -> list[Value]:
    """A row whose list of evidence is a set: SPARQL joins words in no order of its own."""
    return [" ; ".join(sorted(str(value).split("; "))) if key == "evidence" else value for key, value in row.items()]


# Both servers


@pytest.fixture(scope="module")
def pushed(store: LocalStore, remote: Remote) -> Pushed:
    return push(store, remote)


@pytest.fixture(scope="module")
def there(pushed: Pushed, remote: Remote) -> Endpoint:
    """The endpoint that holds the seed's store, once it was pushed."""
    return kg.open_endpoint(remote.url)


def test_a_store_is_pushed_whole(store: LocalStore, there: Endpoint, pushed: Pushed) -> None:
    assert pushed.sent == tuple(store.graphs())
    assert pushed.way == "Graph Store Protocol"
    assert pushed.differing == ()
    assert pushed.statements == len(store.oxigraph)
    assert same(there, store)


def test_a_second_push_sends_nothing(store: LocalStore, remote: Remote, pushed: Pushed) -> None:
    again = push(store, remote, delete=True)
    assert (again.sent, again.same, again.dropped, again.way) == ((), len(store.graphs()), (), None)


@pytest.mark.parametrize("name", all_questions())
def test_every_question_has_the_same_rows(store: LocalStore, there: Endpoint, name: str) -> None:
    words = shlex.split(all_questions()[name].sample)
    parameters = dict(word.split("=", 1) for word in words if "=" in word)
    local, remote = store.query(name, **parameters), there.query(name, **parameters)
    assert isinstance(local, Rows)
    assert isinstance(remote, Rows)
    assert remote.columns == local.columns
    assert [unordered(row) for row in remote] == [unordered(row) for row in local]


@pytest.mark.parametrize("direction", ["up", "down"])
def test_lineage_is_the_same(store: LocalStore, there: Endpoint, direction: Direction) -> None:
    symbol = SEED if direction == "up" else "A/RES/70/1"
    assert lineage(there, symbol, direction=direction) == lineage(store, symbol, direction=direction)


def test_network_and_explanations_are_the_same(store: LocalStore, there: Endpoint) -> None:
    assert list(network(there).nodes(data=True)) == list(network(store).nodes(data=True))
    assert list(network(there).edges(data=True)) == list(network(store).edges(data=True))
    assert explain(there, f"{SEED}#PP4") == explain(store, f"{SEED}#PP4")


@pytest.mark.parametrize("form", ["nq", "csv"])
def test_an_export_is_the_same_to_the_byte(store: LocalStore, there: Endpoint, form: str) -> None:
    here, elsewhere = io.BytesIO(), io.BytesIO()
    export(store, form, here)
    export(there, form, elsewhere)
    assert elsewhere.getvalue() == here.getvalue()


@pytest.mark.parametrize("text", [f"ASK {{ ?document a <{BASE}ontology#Resolution> }}", "ASK { <urn:no> a 1 }"])
def test_true_and_false_are_told_apart(store: LocalStore, there: Endpoint, text: str) -> None:
    assert there.sparql(text) is store.sparql(text)


def test_only_what_differs_is_sent_and_what_is_gone_is_kept_unless_asked(
    three: LocalStore, other: LocalStore, remote: Remote, pushed: Pushed
) -> None:
    """Beside the seed's graphs, which the two small stores lack, and which nothing here may touch."""
    seed = {f"{BASE}graph/{SEED}", f"{BASE}graph/vocabulary"}
    endpoint = kg.open_endpoint(remote.url)
    first = push(three, remote)
    assert (first.sent, first.same, set(first.gone), first.dropped) == ((ONE, TWO, THREE), 0, seed, ())
    second = push(other, remote)
    assert (second.sent, second.same, set(second.gone)) == ((TWO,), 1, {THREE} | seed)
    assert held(endpoint, TWO) == {str(triple) for triple in other.statements(TWO)}
    assert THREE in endpoint.graphs()


# One server of the test's own


def foreign(address: str, text: str) -> None:
    """An update that someone else makes."""
    one = Connection(Authority(Credentials()))
    reply = one.send("POST", f"{address}/update", text.encode(), kind="application/sparql-update")
    one.close()
    assert reply.fine


def test_what_is_gone_is_dropped_on_request_and_nothing_else(
    three: LocalStore, other: LocalStore, writable: str
) -> None:
    foreign(
        writable, f"INSERT DATA {{ GRAPH <{BASE}graph/mine> {{ <urn:a> <urn:b> 1 }} GRAPH <urn:g> {{ <urn:a> a 1 }} }}"
    )
    push(three, writable)
    dropped = push(other, writable, delete=True)
    assert (dropped.gone, dropped.dropped) == ((THREE,), (THREE,))
    endpoint = kg.open_endpoint(writable)
    assert list(endpoint.graphs()) == [ONE, TWO, f"{BASE}graph/mine"]
    assert endpoint.sparql("ASK { GRAPH <urn:g> { <urn:a> a 1 } }") is True


def test_a_graph_that_someone_replaced_is_sent_again(three: LocalStore, writable: str) -> None:
    push(three, writable)
    foreign(writable, f"DROP GRAPH <{TWO}> ; INSERT DATA {{ GRAPH <{TWO}> {{ <urn:a> <urn:b> 1 }} }}")
    assert push(three, writable).sent == (TWO,)
    assert same(kg.open_endpoint(writable), three)


def test_a_push_that_was_broken_off_goes_on_where_it_stopped(three: LocalStore, writable: str) -> None:
    def stop(progress: Progress) -> None:
        if progress.graph == TWO:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        push(three, writable, progress=stop)
    again = push(three, writable)
    assert (again.sent, again.same) == ((TWO, THREE), 1)
    assert same(kg.open_endpoint(writable), three)


def test_half_a_graph_that_was_left_behind_is_replaced(three: LocalStore, writable: str) -> None:
    """What a bulk load leaves when it breaks: statements, but no digest."""
    foreign(writable, f"INSERT DATA {{ GRAPH <{TWO}> {{ <urn:half> <urn:b> 1 }} }}")
    assert push(three, writable).sent == (ONE, TWO, THREE)
    assert same(kg.open_endpoint(writable), three)


def test_progress_counts_up_to_all_graphs(three: LocalStore, writable: str) -> None:
    told: list[Progress] = []
    push(three, writable, progress=told.append)
    assert [(each.graph, each.done, each.graphs) for each in told] == [
        (ONE, 0, 3),
        (TWO, 1, 3),
        (THREE, 2, 3),
        ("", 3, 3),
    ]


# What breaks on the way


def once(*, method: str, answer: Answer) -> Answers:
    """Answers the first request of that method so, and no other."""
    left = [answer]
    return lambda asked: left.pop() if asked.method == method and left else None


BUSY = {
    "bad gateway": (502, {}, b""),
    "busy": (503, {"Retry-After": "0"}, b"busy"),
    "too slow": (504, {}, b""),
    "too often": (429, {}, b""),
    "broken off": (0, {}, b""),
}


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("answer", BUSY.values(), ids=BUSY.keys())
def test_what_passes_is_tried_again(three: LocalStore, between: Between, method: str, answer: Answer) -> None:
    """PUT is how graphs go, POST how queries are asked and how many graphs go together."""
    push(loaded_one(three), between.address)
    between.answers = once(method=method, answer=answer)
    assert push(three, between.address).differing == ()
    assert same(kg.open_endpoint(between.address), three)


def loaded_one(store: LocalStore) -> LocalStore:
    """A store of the first graph alone, pushed to make the server known and answering."""
    path = Path(store.where).with_name("one")
    return loaded(path, graph(ONE, "eins"))


def refusing(
    status: int, words: bytes = b"", *, methods: Sequence[str] = ("PUT",), headers: Mapping[str, str] = {}
) -> Answers:
    return lambda asked: (status, dict(headers), words) if asked.method in methods else None


@pytest.mark.parametrize(
    ("status", "words", "advice"),
    [
        (503, b"<h1>down for repair</h1>", r"503; down for repair; .* run the same command later, it goes on"),
        (403, b"read only", r"403; read only; this user may not"),
        (413, b"", r"413; that is too much"),
        (507, b"no room", r"507; no room"),
    ],
)
def test_a_refusal_names_endpoint_status_and_graph_and_what_to_do(
    three: LocalStore, between: Between, status: int, words: bytes, advice: str
) -> None:
    between.answers = refusing(status, words)
    store = f"{between.address}/store"
    with pytest.raises(EndpointRefused, match=advice) as caught:
        push(three, Remote(between.address, graph_store=store))
    assert (caught.value.where, caught.value.status) == (store, status)
    assert ONE in str(caught.value)


def test_an_address_that_moved_is_told_and_not_followed(three: LocalStore, between: Between) -> None:
    between.answers = refusing(301, headers={"Location": "http://elsewhere.example/store"})
    with pytest.raises(EndpointRefused, match=r"moved to http://elsewhere\.example/store; name that"):
        push(three, Remote(between.address, graph_store=f"{between.address}/store"))


def test_a_server_that_is_not_there_is_named_at_once(three: LocalStore, between: Between, writable: str) -> None:
    with pytest.raises(EndpointError, match="refused") as caught:
        push(three, "http://127.0.0.1:9/query")
    assert caught.value.where == "http://127.0.0.1:9/query"


def test_without_a_graph_store_updates_are_used(three: LocalStore, between: Between) -> None:
    between.answers = refusing(404, methods=("PUT",))
    found = push(three, between.address)
    assert (found.way, found.sent, found.differing) == ("SPARQL Update", (ONE, TWO, THREE), ())
    assert between.paths("PUT")[0].startswith("/store?graph=")
    assert len(between.paths("PUT")) == 2, "each address is tried once"
    assert same(kg.open_endpoint(between.address), three)


def test_a_graph_store_that_does_not_feed_the_queries_is_passed_over(three: LocalStore, between: Between) -> None:
    """It says 204, but the graph is not where questions are asked."""
    between.answers = refusing(204)
    assert push(three, between.address).way == "SPARQL Update"
    assert same(kg.open_endpoint(between.address), three)


def test_where_nothing_takes_graphs_every_address_is_told_with_its_reason(three: LocalStore, between: Between) -> None:
    between.answers = lambda asked: (405, {}, b"no") if asked.method == "PUT" or "update" in asked.path else None
    with pytest.raises(EndpointError, match="takes no graphs") as caught:
        push(three, between.address)
    for path in ("/store", "/data", "/update"):
        assert f"{between.address}{path}: {ONE}: answers 405" in str(caught.value)


def test_updates_too_large_for_the_server_are_halved(store: LocalStore, between: Between) -> None:
    most = 40_000
    between.answers = lambda asked: (413, {}, b"") if "update" in asked.path and len(asked.body) > most else None
    one = loaded(Path(store.where).with_name("seed-alone"), seed_alone(store))
    found = push(one, Remote(between.address, update=f"{between.address}/update"))
    assert (found.way, found.differing) == ("SPARQL Update", ())
    assert same(kg.open_endpoint(between.address), one)


def test_graphs_too_large_for_the_server_are_sent_in_parts(store: LocalStore, between: Between) -> None:
    most = 200_000
    between.answers = lambda asked: (413, {}, b"") if "graph=" in asked.path and len(asked.body) > most else None
    one = loaded(Path(store.where).with_name("seed-alone"), seed_alone(store))
    found = push(one, Remote(between.address, graph_store=f"{between.address}/store"))
    assert (found.way, found.differing) == ("Graph Store Protocol", ())
    assert same(kg.open_endpoint(between.address), one)


def seed_alone(store: LocalStore) -> str:
    name = f"{BASE}graph/{SEED}"
    quads = (ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name)) for t in store.statements(name))
    return (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()


def test_a_server_that_loses_statements_is_found_out(three: LocalStore, between: Between) -> None:
    """Of the graph that is put it keeps all but one line, and of those that come together only the first."""

    def lose(asked: Asked) -> None:
        if asked.method == "PUT" or "no_transaction" in asked.path:
            lines = asked.body.splitlines(keepends=True)
            asked.body = b"".join(lines[1:] if asked.method == "PUT" else lines[:1])

    between.answers = lose
    found = push(three, between.address)
    assert {name for name, _, _ in found.differing} == {ONE, TWO, THREE}
    assert all(sent > there for _, sent, there in found.differing)
    between.answers = lambda _: None
    assert push(three, between.address).sent == (TWO, THREE), "what came without all its lines has no digest"


# Who asks


class Door:
    """Lets in who says the right thing; `asked` are the headers of those who were let in and of those who were not."""

    def __init__(self, wanted: str, challenge: str | None) -> None:
        self.wanted = wanted
        self.challenge = challenge

    def __call__(self, asked: Asked) -> Answer | None:
        if re.fullmatch(self.wanted, asked.headers.get("Authorization", "")):
            return None
        return 401, {"WWW-Authenticate": self.challenge} if self.challenge else {}, b"who are you?"


DOORS = {
    "basic": (Door(r"Basic d3JpdGVyOnPDqWNyZXQ=", 'Basic realm="x"'), Credentials("writer", "sécret")),
    "token": (Door(r"Bearer abc", 'Bearer realm="x"'), Credentials(token="abc")),
    "digest": (
        Door(
            r'Digest username="writer", realm="r", nonce="n", uri="/[^"]*", cnonce="\w+", response="[0-9a-f]{64}", '
            r'algorithm=SHA-256, qop=auth, nc=0{7}\w, opaque="o"',
            'Digest realm="r", nonce="n", opaque="o", qop="auth", algorithm=SHA-256',
        ),
        Credentials("writer", "sécret"),
    ),
}


@pytest.mark.parametrize("kind", DOORS)
def test_who_asks_is_said_as_the_server_wants_it(three: LocalStore, between: Between, kind: str) -> None:
    door, who = DOORS[kind]
    between.answers = door
    push(loaded_one(three), Remote(between.address, credentials=who))
    endpoint = kg.open_endpoint(between.address, user=who.user, password=who.password, token=who.token)
    assert list(endpoint.graphs()) == [ONE]


@pytest.mark.parametrize("who", [Credentials(), Credentials("writer", "wrong"), Credentials(token="wrong")], ids=str)
@pytest.mark.parametrize("kind", ["basic", "token"])
def test_who_is_not_let_in_is_told_how_to_say_who_asks(
    three: LocalStore, between: Between, kind: str, who: Credentials
) -> None:
    between.answers = DOORS[kind][0]
    with pytest.raises(EndpointError, match="--user NAME with the password in UNKG_PASSWORD, or a token in UNKG_TOKEN"):
        push(three, Remote(between.address, credentials=who))
    assert len(between.asked) < 10


def test_a_digest_that_is_wrong_is_not_tried_for_ever(three: LocalStore, between: Between) -> None:
    between.answers = Door("nobody", DOORS["digest"][0].challenge)
    with pytest.raises(EndpointError, match="UNKG_PASSWORD"):
        push(three, Remote(between.address, credentials=DOORS["digest"][1]))
    assert len(between.asked) < 20


def test_digest_is_computed_as_the_standard_shows() -> None:
    """RFC 7616, 3.9.1, with its fixed nonce of the client."""
    authority = Authority(Credentials("Mufasa", "Circle of Life"))
    challenge = (
        'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, '
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    )
    assert authority.learns(challenge)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("secrets.token_hex", lambda _: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
        said = authority.header("GET", "http://www.example.org/dir/index.html")["Authorization"]
    assert 'response="8ca523f5e9506fed4657c9700eebdbec"' in said


def test_a_password_is_never_shown() -> None:
    assert "secret" not in repr(Remote("http://localhost/query", credentials=Credentials("me", "secret", "secret")))


@pytest.mark.parametrize("address", ["http://me:secret@localhost:7878/query", "https://me@localhost/query"])
def test_a_password_in_an_address_is_refused_and_not_repeated(three: LocalStore, address: str) -> None:
    with pytest.raises(EndpointError, match="use --user and UNKG_PASSWORD") as caught:
        push(three, address)
    assert "me" not in caught.value.where


# Asking


@pytest.mark.parametrize("path", ["", "/", "/query", "/sparql"])
def test_an_endpoint_is_found_from_any_of_its_addresses(three: LocalStore, writable: str, path: str) -> None:
    push(three, f"{writable}{path}")
    assert same(kg.open_endpoint(f"{writable}{path}"), three)


def test_graphs_that_are_not_one_by_default_are_asked_as_one(three: LocalStore, writable: str) -> None:
    """Oxigraph asks its empty default graph, where it is not told otherwise."""
    push(three, writable)
    text = f"SELECT ?d ?g {{ ?d <{BASE}ontology#symbol> ?s OPTIONAL {{ GRAPH ?g {{ ?d ?p ?s }} }} }}"
    answer = kg.open_endpoint(f"{writable}/query").sparql(text)
    assert isinstance(answer, Rows)
    assert sorted(str(row["g"]) for row in answer) == [ONE, TWO, THREE]


def test_the_base_of_names_is_found_out(tmp_path: Path, writable: str) -> None:
    text = (
        graph(ONE, "一")
        .replace(f"{BASE}graph", "https://un.example/x/graph")
        .replace(f"{BASE}doc", "https://un.example/x/doc")
    )
    store = loaded(tmp_path / "own", text)
    store.names = Names("https://un.example/x/")
    push(store, writable)
    endpoint = kg.open_endpoint(writable)
    assert endpoint.names.base == "https://un.example/x/"
    assert list(endpoint.graphs()) == ["https://un.example/x/graph/A/RES/91/1"]


def test_half_an_answer_is_none(three: LocalStore, between: Between) -> None:
    push(three, between.address)
    body = b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}'
    headers = {"X-SPARQL-MaxRows": "10000", "Content-Type": "application/sparql-results+json"}
    endpoint = kg.open_endpoint(between.address)
    assert endpoint.sparql(f"ASK {{ ?d <{BASE}ontology#symbol> ?s }}") is True
    between.answers = lambda _: (200, headers, body)
    with pytest.raises(AnswerCut, match="cuts its answer after 10000 rows"):
        endpoint.sparql("SELECT ?s { ?s ?p ?o }")


def test_a_graph_that_a_server_does_not_give_whole_is_refused(three: LocalStore, between: Between) -> None:
    push(three, between.address)
    endpoint = kg.open_endpoint(between.address)
    assert len(endpoint.statements(ONE)) == 5
    turtle = {"Content-Type": "text/turtle"}
    between.answers = lambda asked: (200, turtle, b"<urn:a> a <urn:b> .") if b"CONSTRUCT" in asked.body else None
    with pytest.raises(EndpointError, match=r"gives 1 of \d statements"):
        endpoint.statements(ONE)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Endpoints that are asked for two rows or documents at once."""
    monkeypatch.setattr(Endpoint, "rows_at_once", 2)
    monkeypatch.setattr(Endpoint, "documents_at_once", 2)


def test_pages_and_portions_give_the_same_as_all_at_once(
    few: None, store: LocalStore, small: LocalStore, writable: str
) -> None:
    push(small, writable)
    endpoint = kg.open_endpoint(writable)
    assert list(endpoint.graphs()) == [name for name in small.graphs() if name.startswith(f"{BASE}graph/")]
    assert push(small, writable).sent == ()
    for symbol in ("A/RES/93/7", "A/RES/90/1"):
        assert lineage(endpoint, symbol, depth=4) == lineage(small, symbol, depth=4)
        assert lineage(endpoint, symbol, direction="down") == lineage(small, symbol, direction="down")
    assert list(network(endpoint).edges(data=True)) == list(network(small).edges(data=True))
    assert list(network(endpoint).nodes(data=True)) == list(network(small).nodes(data=True))


# The command


def test_the_command_pushes_and_tells_what_it_did(three: LocalStore, writable: str, tmp_path: Path) -> None:
    first = unkg("push", "--endpoint", writable, "--store", three.where)
    assert (first.returncode, first.stderr) == (0, "")
    assert "by Graph Store Protocol" in first.stdout
    assert re.search(r"Sent +3 graph", first.stdout)
    again = unkg("push", "--endpoint", writable, "--store", three.where)
    assert re.search(r"Sent +0 graph.*\n +Same +3 graph", again.stdout)
    written = unkg("export", "--endpoint", writable, "-o", tmp_path / "there.nq")
    assert (written.returncode, written.stderr) == (0, "")
    assert unkg("export", "--store", three.where, "-o", tmp_path / "here.nq").returncode == 0
    assert (tmp_path / "there.nq").read_bytes() == (tmp_path / "here.nq").read_bytes()


def test_the_command_tells_what_is_kept_and_what_is_dropped(
    three: LocalStore, other: LocalStore, writable: str
) -> None:
    unkg("push", "--endpoint", writable, "--store", three.where)
    assert (
        "1 graph(s) that are no more in the store; --delete"
        in unkg("push", "--endpoint", writable, "--store", other.where).stdout
    )
    assert re.search("Dropped +1", unkg("push", "--endpoint", writable, "--store", other.where, "--delete").stdout)


@pytest.mark.parametrize(
    "verb", [("push",), ("query", "most-cited"), ("lineage", SEED), ("export", "-f", "nq"), ("explain", SEED)]
)
def test_a_user_without_a_password_is_asked_for_it(verb: tuple[str, ...], three: LocalStore) -> None:
    done = unkg(*verb, "--endpoint", "http://127.0.0.1:9/query", "--user", "me", "--store", three.where)
    assert done.returncode == 2
    assert "UNKG_PASSWORD" in done.stderr


def test_no_option_takes_a_password() -> None:
    assert not re.search(r"--(?:password|token)", unkg("push", "--help").stdout + unkg("query", "--help").stdout)


@pytest.mark.parametrize(
    "words",
    [
        ("query", "cites", "--param", f"document={SEED}"),
        ("lineage", SEED),
        ("explain", f"{SEED}#PP4"),
        ("export", "--format", "csv"),
    ],
)
def test_a_verb_says_the_same_of_an_endpoint(words: tuple[str, ...], store_path: Path, address: str) -> None:
    here, there = unkg(*words, "--store", store_path), unkg(*words, "--endpoint", address)
    assert (there.returncode, there.stderr) == (0, "")
    assert there.stdout == here.stdout
