"""A running `unkg serve` for tests, and requests to it as they go over the wire.

A test module takes it with `pytest_plugins = ["tests.storekit", "tests.servekit"]`. (PYTEST_DONT_REWRITE: it is
imported by name as well.)
"""

from __future__ import annotations

import contextlib
import gzip
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.storekit import free_port


@dataclass(frozen=True)
class Answer:
    """What came back: the headers' names are in small letters, several of one name are joined."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def location(self) -> str:
        return self.headers["location"]


@dataclass
class Server:
    """A server at work; `address` ends in a slash."""

    address: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 80

    def ask(self, path: str, *, method: str = "GET", body: bytes | str | None = None, **headers: str) -> Answer:
        """One request with these headers (accept_language= is Accept-Language); redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(connection):
            connection.request(method, path, body.encode() if isinstance(body, str) else body, named)
            response = connection.getresponse()
            found: dict[str, str] = {}
            for name, value in response.getheaders():
                key = name.lower()
                found[key] = f"{found[key]}, {value}" if key in found else value
            return Answer(response.status, found, response.read())

    def query(self, text: str, *, accept: str | None = None, **fields: str) -> Answer:
        """A query by GET."""
        headers = {"accept": accept} if accept else {}
        return self.ask(f"/sparql?{urlencode({'query': text, **fields})}", **headers)


@contextlib.contextmanager
def serving(store: Path, *options: str) -> Iterator[Server]:
    """A server of that store on a port of its own, as `unkg serve` starts it; it must end well."""
    port = free_port()
    call = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", str(port), *options]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Listening at "), process.communicate()
            yield Server(line.split()[2], process)
            process.terminate()
            process.wait(timeout=20)
        finally:
            process.kill()


def until(holds: Any, *, seconds: float = 20) -> None:
    """Waits until that is so."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def server(store_path: Path) -> Iterator[Server]:
    """A server of the document that ships; its queries have 2 seconds and 200 rows."""
    with serving(store_path, "--timeout", "2", "--rows", "200", "--concurrency", "2") as found:
        yield found
