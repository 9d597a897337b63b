"""The published site in a real Chromium: usable by everyone, in six languages, on any screen, asking nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kg.pages.addresses import LANGUAGES
from tests.browserkit import Device, Scheme, opened, serving, violations
from tests.sitekit import LATER

pytest_plugins = ["tests.browserkit", "tests.sitekit"]

#: One page of each kind.
KINDS = (
    *("index", "documents", "documents/general-assembly/2035", "bodies", "instruments", "events", "goals", "lineage"),
    *("about", "downloads", "search", "questions", "questions/cites", "query", "map", "ontology"),
    *(f"doc/{LATER}", "doc/A/RES/86/7", f"doc/{LATER}/changes", f"doc/{LATER}.lineage"),
    *("body/cstd", "body/cstd/history", "instrument/2030-agenda", "event/wsis", "sdg/17.6"),
    *("act/recall", "ontology/Resolution", "ontology/cites"),
)


#: Each page is looked at in both directions of writing, on both screens, by day and by night.
LOOKS: tuple[tuple[str, Device, Scheme], ...] = (
    ("en", "desktop", "light"),
    ("ar", "phone", "dark"),
    ("zh", "desktop", "dark"),
)


def path_of(kind: str, language: str) -> str:
    return f"{kind}.html" if language == "en" else f"{kind}@{language}.html"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_stands_in_the_way_of_anyone(chromium: Browser, published: Path, kind: str) -> None:
    with serving(published) as address:
        for language, device, scheme in LOOKS:
            with opened(chromium, device=device, scheme=scheme) as page:
                page.goto(f"{address}{path_of(kind, language)}")
                assert not violations(page), (language, device, scheme)


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_wider_than_a_phone(chromium: Browser, published: Path, kind: str) -> None:
    with opened(chromium, device="phone") as page:
        for language in LANGUAGES:
            page.goto((published / path_of(kind, language)).as_uri())
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, language


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("query", "map", "search")])
def test_pages_say_the_same_without_javascript(chromium: Browser, published: Path, kind: str) -> None:
    with opened(chromium, javascript=False) as page:
        page.goto((published / f"{kind}.html").as_uri())
        assert page.locator("h1").count() == 1
        assert len(page.locator("main").inner_text()) > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_comes_from_home_to_the_words_that_ask_a_body_to_act(
    chromium: Browser, published: Path, language: str
) -> None:
    """Nothing but links of the page is followed, as a first visitor would."""
    with opened(chromium) as page:
        page.goto((published / path_of("index", language)).as_uri())
        page.locator("main a[href*='#named']").first.click()
        page.locator("#named a[href*='OP']").first.click()
        assert page.url.endswith("#OP2")
        assert page.locator("#OP2").is_visible()
        assert page.locator("html").get_attribute("lang") == language
