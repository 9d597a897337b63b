"""A real Chromium for tests that look at pages: what it shows, what it asks for, and who could not use it.

A test module takes the fixtures with `pytest_plugins = ["tests.browserkit"]`. (PYTEST_DONT_REWRITE: it is imported by
name as well.)

    def test_home(chromium, site):
        with opened(chromium, device="phone", scheme="dark") as page, serving(site) as address:
            page.goto(f"{address}index.html")
            assert not violations(page)

`opened` refuses whatever a page asks of another machine, and fails at its end where one did, or where a script broke.
"""

from __future__ import annotations

import contextlib
import importlib.resources
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

Device = Literal["desktop", "phone"]
Scheme = Literal["light", "dark"]

_SIZES: Mapping[Device, tuple[int, int]] = {"desktop": (1280, 800), "phone": (390, 844)}
_INSIDE = ("file:", "data:", "blob:", "about:", "http://127.0.0.1:", "ws://127.0.0.1:")
#: Beside what is refused one by one, no other machine has an address; and Chromium asks for nothing of its own.
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
#: WCAG 2.2, levels A and AA, and what the makers of axe hold to be good practice.
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window; the test is skipped where Chromium or playwright is absent.

    While it runs, its thread has an event loop: a test that calls asyncio.run belongs into another module.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
    path = os.environ.get("UNKG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("needs Chromium (Debian's chromium) on the PATH or named by UNKG_CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        try:
            yield started
        finally:
            started.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests of a module; each opens pages of its own."""
    with browser() as started:
        yield started


@contextlib.contextmanager
def opened(
    browser: Browser, *, device: Device = "desktop", scheme: Scheme = "light", javascript: bool = True
) -> Iterator[Page]:
    """A page that remembers nothing of others; fails at the end where it asked another machine or a script broke."""
    width, height = _SIZES[device]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        java_script_enabled=javascript,
        is_mobile=device == "phone",
        has_touch=device == "phone",
        reduced_motion="reduce",
        service_workers="block",
    )
    try:
        with offline(context) as outside:
            page = context.new_page()
            broken: list[str] = []
            page.on("pageerror", lambda error: broken.append(str(error)))
            yield page
            address = page.url
        assert not outside, f"{address} asks other machines: {', '.join(outside)}"
        assert not broken, f"scripts of {address} broke: {'; '.join(broken)}"
    finally:
        context.close()


@contextlib.contextmanager
def offline(context: BrowserContext) -> Iterator[list[str]]:
    """Refuses what is asked of other machines than this one; what it gives fills with the addresses."""
    outside: list[str] = []

    def refused(route: Any) -> None:
        outside.append(route.request.url)
        route.abort()

    context.route(lambda url: not url.startswith(_INSIDE), refused)
    # What is opened for talking both ways passes by the routes.
    context.route_web_socket(lambda url: not url.startswith(_INSIDE), lambda socket: outside.append(socket.url))
    yield outside


def violations(page: Page) -> tuple[str, ...]:
    """What axe finds wrong with the page as it stands, a line for each element: rule, what it says, the element."""
    page.evaluate(axe())
    # What it would load again beforehand, a page on a disk may not.
    options = {"runOnly": {"type": "tag", "values": list(_TAGS)}, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return tuple(f"{rule['id']}: {rule['help']}: {node['html']}" for rule in found for node in rule["nodes"])


@cache
def axe() -> str:
    """The script of axe-core; the test is skipped where it is absent."""
    pytest.importorskip("axe_playwright_python", reason="needs `pip install axe-playwright-python`")
    return importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def screenshot(page: Page, path: Path, *, whole: bool = True) -> Path:
    """The page as a PNG, from its head to its foot, or what its window shows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=whole, animations="disabled")
    return path


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address, with a slash at its end, at which a plain file server shows a folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


class _Files(SimpleHTTPRequestHandler):
    """Tells media types as the hosts of static pages do."""

    extensions_map: dict[str, str] = {  # noqa: RUF012 (the class above makes it one of the class)
        "": "application/octet-stream",
        ".atom": "application/atom+xml",
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".gz": "application/gzip",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".jsonld": "application/ld+json",
        ".nq": "application/n-quads",
        ".nt": "application/n-triples",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".trig": "application/trig",
        ".ttl": "text/turtle; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".wasm": "application/wasm",
        ".xml": "application/xml",
    }

    def log_message(self, format: str, *words: Any) -> None:  # noqa: A002 (named so by the class above)
        """Says nothing: a test's output is its own."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return self.extensions_map.get(Path(path).suffix.lower(), "application/octet-stream")
