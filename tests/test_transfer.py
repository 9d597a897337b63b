"""What `unkg serve` sends of what is asked for again, or in parts: dates, ranges of bytes, and HEAD."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kg import store as stores
from kg.publish.folder import Folder
from kg.serve.files import is_range
from kg.serve.messages import Request, Response
from kg.serve.sending import final
from tests.servekit import Server, serving

pytest_plugins = ["tests.storekit", "tests.servekit"]

LARGE = "/downloads/large.nq.gz"
SIZE = 2_500_000
BYTES = random.Random(1).randbytes(SIZE)
#: When the files of the folder were changed.
CHANGED = 1_600_000_000
PATHS = (
    *("/", "/doc/A/RES/76/213", "/doc/A/RES/76/213.html", "/doc/A/RES/76/213@fr.html", "/doc/A/RES/76/213.ttl"),
    *("/doc/A/RES/76/213.lineage.js", "/76/213", "/doc/A/RES/76/2131", "/doc/A/RES/76/213?format=pdf", "/nothing.ttl"),
    *("/assets/site.css", "/sparql", "/sparql?query=ASK%20%7B%7D", "/sparql?query=ASK", "/sparql?query=x&query=y"),
    *("/api", "/api/", "/api/openapi.json", "/api/status", "/api/search?q=science", "/api/document", "/api/nothing"),
    *(LARGE, "/downloads/small.parquet", "/void.ttl", "/.well-known/void", "/downloads/none.gz"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published folder with a large file and small ones."""
    root = tmp_path_factory.mktemp("transfer")
    written = Folder(root)
    written.write(LARGE[1:], BYTES)
    written.write("downloads/small.parquet", BYTES[:5000])
    written.write("void.ttl", b"<urn:a> <urn:b> <urn:c> .\n" * 100)
    written.write(".well-known/void", b"<urn:a> <urn:b> <urn:c> .\n")
    written.finish()
    for path in written.made:
        os.utime(root / path, (CHANGED, CHANGED))
    return root


@pytest.fixture(scope="module")
def beside(store_path: Path, folder: Path) -> Iterator[Server]:
    with serving(store_path, "--site", str(folder)) as server:
        yield server


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-999999", 0, 1_000_000),
        ("bytes=1000000-1999999", 1_000_000, 2_000_000),
        ("bytes=2499990-", 2_499_990, SIZE),
        ("bytes=-10", SIZE - 10, SIZE),
        ("bytes=-99999999", 0, SIZE),
        ("bytes=2499999-99999999", SIZE - 1, SIZE),
        ("BYTES = 7-8", 7, 9),
    ],
)
def test_a_part_of_a_file_is_sent(beside: Server, asked: str, first: int, end: int) -> None:
    answer = beside.ask(LARGE, range=asked)
    assert (answer.status, answer.body) == (206, BYTES[first:end])
    assert answer.headers["content-range"] == f"bytes {first}-{end - 1}/{SIZE}"
    assert answer.headers["content-length"] == str(end - first)
    whole = beside.ask(LARGE, method="HEAD")
    for name in ("etag", "last-modified", "content-type", "access-control-allow-origin", "accept-ranges"):
        assert answer.headers[name] == whole.headers[name]


def test_who_asks_for_no_part_is_sent_the_whole_and_told_that_parts_may_be_asked_for(beside: Server) -> None:
    answer = beside.ask(LARGE, accept_encoding="gzip")
    assert (answer.status, answer.body) == (200, BYTES)
    assert answer.headers["accept-ranges"] == "bytes"
    assert "content-encoding" not in answer.headers
    assert beside.ask("/downloads/small.parquet", range="bytes=-8").body == BYTES[4992:5000]


def test_several_parts_come_together(beside: Server) -> None:
    answer = beside.ask(LARGE, range="bytes=0-3, -4")
    assert answer.status == 206
    assert answer.media.startswith("multipart/byteranges; boundary=")
    parts = re.findall(rb"Content-Range: bytes (\d+-\d+)/2500000\r\n\r\n(.{4})\r\n", answer.body, re.DOTALL)
    assert parts == [(b"0-3", BYTES[:4]), (b"2499996-2499999", BYTES[-4:])]


@pytest.mark.parametrize(
    "damaged",
    [
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-2",
        "bytes=a-b",
        "bytes=0-1,x",
        "bytes=0-1;2-3",
        "bytes=--5",
        "bytes=1-2-3",
        "bytes=٠-١",
        "lines=0-1",
        "bytes=" + "0-1," * 20 + "2-3",
        f"bytes={'9' * 4000}-",
    ],
)
def test_a_range_that_is_none_is_not_looked_at(beside: Server, damaged: str) -> None:
    assert not is_range(damaged)
    headers: dict[str, Any] = {"range": damaged.encode()}
    answer = beside.ask(LARGE, **headers)
    assert (answer.status, len(answer.body)) == (200, SIZE)


@pytest.mark.parametrize("beyond", [f"bytes={SIZE}-", "bytes=99999999-999999999", "bytes=-0"])
def test_a_part_behind_the_end_is_refused(beside: Server, beyond: str) -> None:
    answer = beside.ask(LARGE, range=beyond)
    assert (answer.status, answer.body) == (416, b"")
    assert answer.headers["content-range"] == f"bytes */{SIZE}"
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_part_is_sent_only_of_what_the_client_has_the_beginning_of(beside: Server) -> None:
    told = beside.ask(LARGE, method="HEAD").headers
    for held in (told["etag"], told["last-modified"]):
        assert beside.ask(LARGE, range="bytes=1-2", if_range=held).status == 206
    for other in ('"other"', f"W/{told['etag']}", formatdate(CHANGED - 60, usegmt=True), "x"):
        assert beside.ask(LARGE, range="bytes=1-2", if_range=other).status == 200
    assert beside.ask(LARGE, range="bytes=1-2", if_none_match=told["etag"]).status == 304


def test_parts_of_what_is_made_are_not_offered(beside: Server) -> None:
    answer = beside.ask("/doc/A/RES/76/213.html", range="bytes=0-1")
    assert answer.status == 200
    assert "accept-ranges" not in answer.headers


def test_a_client_that_goes_in_the_midst_leaves_the_server_at_work(beside: Server) -> None:
    import socket

    for _ in range(20):
        with socket.create_connection(("127.0.0.1", beside.port), timeout=10) as client:
            client.sendall(f"GET {LARGE} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert client.recv(1000).startswith(b"HTTP/1.1 200")
    assert beside.ask(LARGE, range="bytes=0-1").status == 206


def test_a_file_tells_when_it_was_changed(beside: Server) -> None:
    for path in (LARGE, "/void.ttl", "/.well-known/void"):
        told = beside.ask(path).headers["last-modified"]
        assert told == formatdate(CHANGED, usegmt=True)
        assert beside.ask(path, if_modified_since=told).status == 304
        assert beside.ask(path, if_modified_since=formatdate(CHANGED + 60, usegmt=True)).status == 304
        assert beside.ask(path, if_modified_since=formatdate(CHANGED - 1, usegmt=True)).status == 200
        # The tag knows better.
        assert beside.ask(path, if_modified_since=told, if_none_match='"other"').status == 200


@pytest.mark.parametrize(
    "damaged",
    ["", "yesterday", "Sun, 06 Nov 2094", "2094-11-06T08:49:37Z", "4000000000", "Sun, 99 Nov 2094 08:49:37 GMT", "GMT"],
)
def test_a_date_that_is_none_is_not_looked_at(beside: Server, damaged: str) -> None:
    assert beside.ask("/void.ttl", if_modified_since=damaged).status == 200


def test_what_is_made_is_as_old_as_the_state_of_the_store_and_the_server(beside: Server, store_path: Path) -> None:
    for path in ("/doc/A/RES/76/213.html", "/doc/A/RES/76/213@ar.html", "/doc/A/RES/76/213.ttl", "/api/status"):
        answer = beside.ask(path)
        dates = beside.ask(path, if_modified_since=answer.headers["last-modified"])
        assert (dates.status, dates.body) == (304, b"")
        before = formatdate(stores.current(store_path).stat().st_mtime - 1, usegmt=True)
        assert beside.ask(path, if_modified_since=before).status == 200
    assert "last-modified" not in beside.ask("/sparql?query=ASK%20%7B%7D").headers
    assert "last-modified" not in beside.ask("/doc/A/RES/76/213").headers


def test_nothing_was_changed_in_the_future() -> None:
    async def receive() -> dict[str, Any]:
        return {}

    request = Request("GET", "/", "", {"if-modified-since": formatdate(time.time() + 9999, usegmt=True)}, receive)
    for modified, status in ((0, 200), (int(time.time()) + 999, 200), (int(time.time()) - 1, 304)):
        answer = final(request, Response(200, b"x", "text/plain", tag="a", modified=modified))
        assert answer[0] == status
        assert (b"last-modified" in dict(answer[2])) is (status == 304)


@pytest.mark.parametrize("path", PATHS)
def test_head_tells_what_get_would_send(beside: Server, path: str) -> None:
    asked = quote(path, safe="/?=&%.@")
    get, head = beside.ask(asked), beside.ask(asked, method="HEAD")
    assert head.body == b""
    assert head.status == get.status
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}
    # Ranges are for GET alone.
    assert {**beside.ask(asked, method="HEAD", range="bytes=0-0").headers, "date": ""} == {**head.headers, "date": ""}
