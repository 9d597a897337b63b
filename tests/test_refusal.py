"""What a SPARQL server says of why it refuses is shown, whatever it wraps it in."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.endpoint import open_endpoint
from kg.errors import EndpointError
from kg.refusal import MOST_SHOWN, words_of
from tests.servekit import Server

pytest_plugins = ["tests.storekit", "tests.servekit"]

EVERYTHING = "SELECT ?s { ?s ?p ?o }"


class _Refusing(ThreadingHTTPServer):
    """Answers every request with that status and body."""

    status = 422
    body = b""


class _Refusal(BaseHTTPRequestHandler):
    server: _Refusing

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        """Nothing is told on standard error."""


@pytest.fixture
def refusing() -> Iterator[_Refusing]:
    with _Refusing(("127.0.0.1", 0), _Refusal) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def told(server: _Refusing) -> str:
    """What our client says of the refusal."""
    endpoint = open_endpoint(f"http://127.0.0.1:{server.server_port}/sparql", base="https://w3id.org/unkg/")
    with pytest.raises(EndpointError) as refused:
        endpoint.sparql(EVERYTHING)
    return str(refused.value)


def test_our_own_server_tells_how_many_rows_it_sends(server: Server) -> None:
    endpoint = open_endpoint(f"{server.address}sparql", base="https://w3id.org/unkg/")
    with pytest.raises(EndpointError) as refused:
        endpoint.sparql(EVERYTHING)
    said = (
        "The answer has more than the 200 rows that are sent at once; narrow the query, or give it a LIMIT and OFFSET"
    )
    assert f"Unprocessable Entity: The answer is too long: {said}" in str(refused.value)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"at most 10 rows\n", "at most 10 rows"),
        ("共 10 行".encode(), "共 10 行"),
        (b'{"title": "Too much", "status": 422, "detail": "at most 10 rows"}', "Too much: at most 10 rows"),
        (b'{"error": "at most 10 rows"}', "at most 10 rows"),
        (b'{"message": "at most 10 rows", "detail": ["x"]}', "at most 10 rows"),
        (b"<!DOCTYPE html><html><style>b { }</style><body><p>at most\n <b>10</b> rows</p></body>", "at most 10 rows"),
        (b'<?xml version="1.0"?><error>at most 10 rows</error>', "at most 10 rows"),
    ],
)
@pytest.mark.parametrize("status", [403, 413, 422, 503])
def test_the_words_of_the_server_are_shown(refusing: _Refusing, status: int, body: bytes, words: str) -> None:
    refusing.status, refusing.body = status, body
    assert told(refusing).endswith(f": {words}")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", ""),
        (b"{", "{"),
        (b"{}", "{}"),
        (b'{"title": 1}', '{"title": 1}'),
        (b"[1, 2]", "[1, 2]"),
        (b"\xff\xfe\x00", "\ufffd\ufffd"),
        (b"<<<", "<<<"),
        (b"\x1b[2J\x1b]0;x\x07red\r\nsecond line\x00", "[2J ]0;x red second line"),
        (json.dumps({"detail": "\x1b[31m\u202eevil"}).encode(), "[31m evil"),
    ],
)
def test_what_is_damaged_or_means_ill_is_harmless(refusing: _Refusing, body: bytes, words: str) -> None:
    assert words_of(body) == words
    refusing.body = body
    shown = told(refusing)
    assert "Unprocessable Entity" in shown
    assert shown.isprintable()


def test_no_more_is_shown_than_can_be_read(refusing: _Refusing) -> None:
    refusing.body = b"rows " * 1_000_000
    shown = told(refusing)
    assert len(shown) < MOST_SHOWN + 150
    assert shown.endswith("…")
