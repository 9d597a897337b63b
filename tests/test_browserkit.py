"""What looks at pages sees what is wrong with them: each guard passes a good page and refuses its damaged twin."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browserkit import axe, opened, screenshot, serving, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["tests.browserkit"]

GOOD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>body { color: #111; background: #fff } a { display: inline-block; width: 30px; height: 30px }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #111 } a { color: #9cf } }</style></head>
<body><main><h1>A page</h1><p id="p">Words.</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="A dot">
<div><a href="#p">a</a><a href="#p">b</a></div></main>
<noscript><p>No script.</p></noscript></body></html>
"""
#: What is put in place of what, and the rule that refuses it.
DAMAGES = {
    "image-alt": (' alt="A dot"', ""),
    "color-contrast": ("color: #111;", "color: #bbb;"),
    "html-has-lang": (' lang="en"', ""),
    "document-title": ("<title>A page</title>", ""),
    "landmark-one-main": ("main>", "div>"),
    "target-size": ("width: 30px; height: 30px", "width: 8px; height: 8px; overflow: hidden"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.html").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_axe_knows_wcag_2_2() -> None:
    version = re.match(r"/\*! axe v(\d+)\.(\d+)", axe())
    assert version
    assert (int(version[1]), int(version[2])) >= (4, 8)
    assert "wcag22aa" in axe()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_a_good_page_passes(chromium: Browser, folder: Path, device: str, scheme: str) -> None:
    with opened(chromium, device=device, scheme=scheme) as page:  # type: ignore[arg-type]
        page.goto((folder / "good.html").as_uri())
        assert violations(page) == ()


@pytest.mark.parametrize("rule", sorted(DAMAGES))
def test_what_some_cannot_use_is_found(chromium: Browser, folder: Path, rule: str) -> None:
    before, instead = DAMAGES[rule]
    assert before in GOOD
    (folder / "damaged.html").write_text(GOOD.replace(before, instead), encoding="utf-8")
    with opened(chromium) as page:
        page.goto((folder / "damaged.html").as_uri())
        assert rule in {line.partition(":")[0] for line in violations(page)}


def test_what_is_wrong_in_the_dark_alone_is_found(chromium: Browser, folder: Path) -> None:
    (folder / "damaged.html").write_text(GOOD.replace("color: #eee;", "color: #333;"), encoding="utf-8")
    with opened(chromium) as page:
        page.goto((folder / "damaged.html").as_uri())
        assert violations(page) == ()
    with opened(chromium, scheme="dark") as page:
        page.goto((folder / "damaged.html").as_uri())
        assert any(line.startswith("color-contrast:") for line in violations(page))


@pytest.mark.parametrize(
    "asking",
    [
        '<img src="https://example.org/dot.gif" alt="">',
        '<link rel="stylesheet" href="//example.org/site.css">',
        "<script>fetch('https://example.org/data').catch(() => {})</script>",
        "<script>new WebSocket('wss://example.org/talk')</script>",
        '<iframe src="https://example.org/" title="Another"></iframe>',
        "<script>navigator.sendBeacon('http://localhost/seen')</script>",
    ],
)
def test_what_is_asked_of_another_machine_is_refused(chromium: Browser, folder: Path, asking: str) -> None:
    (folder / "asking.html").write_text(GOOD.replace("</main>", f"{asking}</main>"), encoding="utf-8")

    def visit(address: str) -> None:
        with opened(chromium) as page:
            page.goto(f"{address}asking.html")
            page.wait_for_timeout(200)

    with serving(folder) as address, pytest.raises(AssertionError, match=r"asks other machines: .*(example|localhost)"):
        visit(address)


def test_a_script_that_breaks_is_noticed(chromium: Browser, folder: Path) -> None:
    (folder / "broken.html").write_text(GOOD.replace("</main>", "<script>lacking()</script></main>"), encoding="utf-8")

    def visit() -> None:
        with opened(chromium) as page:
            page.goto((folder / "broken.html").as_uri())

    with pytest.raises(AssertionError, match="lacking is not defined"):
        visit()


@pytest.mark.parametrize("javascript", [True, False])
def test_scripts_run_only_where_they_may(chromium: Browser, folder: Path, javascript: bool) -> None:
    script = "<script>document.querySelector('#p').textContent = 'Scripted.'</script>"
    (folder / "script.html").write_text(GOOD.replace("</main>", f"</main>{script}"), encoding="utf-8")
    with opened(chromium, javascript=javascript) as page:
        page.goto((folder / "script.html").as_uri())
        assert page.locator("#p").inner_text() == ("Scripted." if javascript else "Words.")
        assert page.locator("noscript p").count() == (0 if javascript else 1)


def test_files_are_served_with_their_media_types(chromium: Browser, folder: Path) -> None:
    (folder / "data.ttl").write_text("", encoding="utf-8")
    with opened(chromium) as page, serving(folder) as address:
        answers = {name: page.request.get(address + name) for name in ("good.html", "data.ttl", "lacking.html")}
    assert [answer.status for answer in answers.values()] == [200, 200, 404]
    assert answers["good.html"].headers["content-type"] == "text/html; charset=utf-8"
    assert answers["data.ttl"].headers["content-type"] == "text/turtle; charset=utf-8"


def test_a_screenshot_shows_the_page(chromium: Browser, folder: Path) -> None:
    with opened(chromium, device="phone") as page:
        page.goto((folder / "good.html").as_uri())
        shot = screenshot(page, folder / "shots" / "good.png").read_bytes()
    assert shot.startswith(b"\x89PNG")
    assert int.from_bytes(shot[16:20]) == 390
