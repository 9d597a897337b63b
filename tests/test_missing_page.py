"""The page for what is not there, on a host that only hands out files: it leads on, or says where else to look."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kg.publish.redirects import redirect_files
from tests.browserkit import opened, violations

pytest_plugins = ["tests.browserkit"]


class _Host(SimpleHTTPRequestHandler):
    """Shows 404.html, as GitHub Pages, S3 and the like do, and knows nothing of names without an ending."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "un/404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body if self.command == "GET" else b"")

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("host")
    for path in ("doc/A/RES/76/213.html", "doc/S/RES/1325(2000).html", "body/cstd.html", "body/cstd@fr.html"):
        (folder / "un" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "un" / path).write_text(f"<!DOCTYPE html><title>{path}</title><p id='OP3'>{path}</p>")
    (folder / "un/404.html").write_text(redirect_files(address="https://example.org/un/")["404.html"])
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/un/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("76/213", "doc/A/RES/76/213.html"),
        ("A/RES/76/213#OP3", "doc/A/RES/76/213.html#OP3"),
        ("undocs.org/en/A/RES/76/213", "doc/A/RES/76/213.html"),
        ("akn/un/statement/deliberation/unga/2021-12-17/76-213/", "doc/A/RES/76/213.html"),
        ("S/RES/1325 (2000)", "doc/S/RES/1325(2000).html"),
        ("body/cstd", "body/cstd.html"),
        ("body/cstd@fr", "body/cstd@fr.html"),
        ("doc/A/RES/76/213@en", "doc/A/RES/76/213.html"),
    ],
)
def test_what_is_no_file_leads_to_the_page(chromium: Any, host: str, asked: str, page: str) -> None:
    with opened(chromium) as view:
        view.goto(host + asked)
        view.wait_for_url(lambda url: ".html" in url)
        assert view.url.replace("%28", "(").replace("%29", ")").replace("%40", "@") == host + page


def test_what_is_nowhere_says_so_and_leads_to_the_united_nations(chromium: Any, host: str) -> None:
    with opened(chromium) as view:
        view.goto(f"{host}A/RES/99/999")
        link = view.locator("a[data-language=fr]")
        link.wait_for()
        assert link.get_attribute("href") == "https://undocs.org/fr/A/RES/99/999"
        assert view.locator("section").count() == 6
        view.goto(f"{host}body/nobody")
        assert view.locator("a[data-language]:visible").count() == 0


def test_nobody_is_kept_out_of_the_page(chromium: Any, host: str) -> None:
    with opened(chromium) as view:
        view.goto(f"{host}nothing.html")
        assert violations(view) == ()


def test_a_page_without_its_script_leads_nowhere(chromium: Any, host: str) -> None:
    with opened(chromium, javascript=False) as view:
        view.goto(f"{host}76/213")
        assert view.url == f"{host}76/213"
        assert view.locator("section").count() == 6
