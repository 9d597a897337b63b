"""The search page where a server answers live: what is asked is narrowed to organs and years."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from kg.pages.addresses import LANGUAGES, Address
from tests.browserkit import opened, violations
from tests.servekit import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest_plugins = ["tests.browserkit", "tests.storekit", "tests.servekit"]

FOUND = "#documents:not([hidden]) .hits li"


def ask(page: Page, server: Server, **fields: str) -> None:
    """Opens the search page with that asked, and waits for the answer."""
    page.goto(f"{server.address}search.html?{urlencode(fields)}")
    page.wait_for_selector("#results[aria-busy=false]")


def test_a_search_is_narrowed_to_an_organ(chromium: Browser, server: Server) -> None:
    with opened(chromium) as page:
        ask(page, server, q="科学")
        assert page.locator(FOUND).count() > 3
        assert page.locator("#organ").is_visible()
        told = page.locator("#organ option").evaluate_all("all => all.map(each => each.value)")
        assert told == ["", "general-assembly"]
        page.select_option("#organ", "general-assembly")
        page.click("#ask button")
        page.wait_for_url("**organ=general-assembly**")
        page.wait_for_selector(FOUND)
        assert page.input_value("#organ") == "general-assembly"
        ask(page, server, q="科学", organ="security-council")
        assert page.locator(FOUND).count() == 0
        ask(page, server, q="科学", until="2020")
        assert page.locator(FOUND).count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_organs_are_named_in_the_language_of_the_page(chromium: Browser, server: Server, language: str) -> None:
    names = server.ask("/api/filters").json["organs"][0]["names"]
    with opened(chromium) as page:
        page.goto(f"{server.address}{Address('search', language).path}?q=76")  # type: ignore[arg-type]
        page.wait_for_selector("#results[aria-busy=false]")
        assert page.locator("#organ option").last.text_content() == names[language]
        assert not violations(page)
