"""Servers of other makers for tests that push: Oxigraph and Virtuoso, started here, and one that stands in between.

A test module takes them with `pytest_plugins = ["tests.serverkit"]`. (PYTEST_DONT_REWRITE: it is imported by name
as well.) Virtuoso is found on the PATH, or in the folder that UNKG_VIRTUOSO names: the unpacked packages
virtuoso-opensource-7-bin, libpcre3 and libminizip1 of Debian.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import subprocess
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.connection import Credentials
from kg.push import Remote
from tests.storekit import free_port

#: As Debian ships it, where that can make a difference to an answer: it cuts results, and refuses what looks costly.
_VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
"""


@contextlib.contextmanager
def oxigraph(location: Path) -> Iterator[str]:
    """The address of an Oxigraph server that can be written, with nothing in it."""
    server = Path(sysconfig.get_path("scripts")) / "oxigraph"
    if not server.exists():
        pytest.skip("needs the server of `pip install oxigraph`")
    bind = f"127.0.0.1:{free_port()}"
    call = [str(server), "serve", "--location", str(location), "--bind", bind]
    with subprocess.Popen(call, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any("Listening" in line for line in process.stderr)
        yield f"http://{bind}"
        process.terminate()


@contextlib.contextmanager
def virtuoso(location: Path) -> Iterator[str]:
    """The address of a Virtuoso server with a new database."""
    unpacked = Path(os.environ.get("UNKG_VIRTUOSO", "/nowhere"))
    server = shutil.which("virtuoso-t") or next(map(str, unpacked.rglob("virtuoso-t")), None)
    if server is None:
        pytest.skip("needs virtuoso-t (Debian's virtuoso-opensource-7-bin) on the PATH or below UNKG_VIRTUOSO")
    ports = {"sql": free_port(), "http": free_port()}
    (location / "virtuoso.ini").write_text(_VIRTUOSO_INI.format(**ports))
    libraries = {str(path.parent) for path in unpacked.rglob("*.so.*")}
    environment = os.environ | {"LD_LIBRARY_PATH": ":".join(sorted(libraries))}
    call = [server, "+foreground", "+configfile", "virtuoso.ini"]
    with subprocess.Popen(call, cwd=location, env=environment, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{ports['http']}"
        try:
            wait_for(address, process)
            yield address
        finally:
            process.kill()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, f"the server of {address} ended with {process.returncode}"
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=5)
            connection.request("GET", "/sparql?query=ASK%7B%7D")
            connection.getresponse().read()
            connection.close()
            return
        time.sleep(0.1)
    raise AssertionError(f"no server answers at {address}")


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def remote(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    """Each of the two servers in turn, as one that may write there names it."""
    location = tmp_path_factory.mktemp(request.param)
    if request.param == "oxigraph":
        with oxigraph(location) as address:
            yield Remote(address)
    else:
        with virtuoso(location) as address:
            yield Remote(f"{address}/sparql", credentials=Credentials("dba", "dba"))


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[str]:
    """An Oxigraph server of the test's own."""
    with oxigraph(tmp_path / "oxigraph") as address:
        yield address


@dataclass
class Asked:
    """One request as it came to the server in between."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


#: What stands in between answers a request itself: with a status and headers, or by breaking off (status 0).
Answer = tuple[int, dict[str, str], bytes]
Answers = Callable[[Asked], Answer | None]


@dataclass
class Between:
    """A server that hands requests on to another, but for those that `answers` answers; `asked` are all that came."""

    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: Answers = lambda _: None

    def paths(self, method: str) -> list[str]:
        return [each.path for each in self.asked if each.method == method]


@pytest.fixture
def between(writable: str) -> Iterator[Between]:
    """What stands before the test's own Oxigraph server."""
    found = Between()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.command, self.path, dict(self.headers), body)
            found.asked.append(asked)
            status, headers, answer = found.answers(asked) or handed_on(writable, asked)
            if status == 0:
                self.close_connection = True
                return
            self.send_response_only(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_PUT = do_POST = do_DELETE = handle_one  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as front:
        front.daemon_threads = True
        thread = threading.Thread(target=front.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        found.address = f"http://127.0.0.1:{front.server_port}"
        yield found
        front.shutdown()
        thread.join()


def handed_on(server: str, asked: Asked) -> Answer:
    connection = http.client.HTTPConnection(server.removeprefix("http://"))
    kept = {name: asked.headers[name] for name in ("Content-Type", "Accept") if name in asked.headers}
    connection.request(asked.method, asked.path, asked.body, kept)
    with contextlib.closing(connection), connection.getresponse() as response:
        headers = {name: value for name, value in response.getheaders() if name in ("content-type", "server")}
        return response.status, headers, response.read()
