"""A site in a folder with a small SPARQL endpoint beside it, for pages that ask one.

The endpoint answers from a store as the protocol says, one query at a time: rows as JSON, CSV, TSV or XML, graphs as
Turtle, N-Triples or JSON-LD, errors as problem details with line and column.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

from kg.errors import QuerySyntaxError
from kg.pages.rendering import ASSETS
from kg.query import LocalStore, syntax_error

_ROWS = {each.media_type: each for each in (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML)} | {
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def lay_out(folder: Path, pages: dict[str, bytes]) -> Path:
    """A folder with these pages and all that pages load."""
    for path, content in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    shutil.copytree(ASSETS, folder / "assets", dirs_exist_ok=True)
    return folder


@contextlib.contextmanager
def answering(folder: Path, store: LocalStore) -> Iterator[str]:
    """The address, with a slash at its end, of a folder whose path `sparql` answers from the store."""
    handler = partial(_Endpoint, directory=str(folder), store=store)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


class _Endpoint(SimpleHTTPRequestHandler):
    def __init__(self, *words: object, directory: str, store: LocalStore) -> None:
        self._store = store
        super().__init__(*words, directory=directory)  # type: ignore[arg-type]

    def log_message(self, format: str, *words: object) -> None:  # noqa: A002 (named so by the class above)
        """Says nothing: a test's output is its own."""

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if urlsplit(self.path).path != "/sparql":
            self._send(404, "text/plain", b"")
            return
        query = parse_qs(text)["query"][0]
        try:
            self._send(200, *self._answer(query))
        except SyntaxError as error:
            self._refuse(syntax_error(query, str(error), "query"))

    def _answer(self, query: str) -> tuple[str, bytes]:
        answer = self._store.oxigraph.query(query, use_default_graph_as_union=True)
        offered = _GRAPHS if isinstance(answer, ox.QueryTriples) else _ROWS
        accepted = [part.partition(";")[0].strip() for part in self.headers["Accept"].split(",")]
        media = next(each for each in accepted if each in offered)
        return media, answer.serialize(format=offered[media]) or b""  # type: ignore[arg-type]

    def _refuse(self, error: QuerySyntaxError) -> None:
        told = {"title": "Not SPARQL 1.1", "status": 400, "detail": str(error)}
        place = {"line": error.line, "column": error.column}
        self._send(400, "application/problem+json", json.dumps(told | place).encode())

    def _send(self, status: int, media: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        # A page that is opened as a file asks from elsewhere.
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
