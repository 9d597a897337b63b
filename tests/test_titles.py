"""What a document is called: by its title, or by what registries know of it, in the language of the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pages import Site, open_site
from kg.pages.addresses import LANGUAGES
from kg.pages.titles import title_of, titles_of
from tests.sitekit import LATER

pytest_plugins = ["tests.sitekit", "tests.storekit"]


@pytest.fixture(scope="module")
def all_registries(store_path: Path) -> Site:
    """The site of a store with all that registries hold."""
    return open_site(store_path)


def test_a_document_that_is_held_is_called_by_its_title(site: Site) -> None:
    work = site.find_work(LATER)
    assert work is not None
    assert titles_of(site, LATER) == work.titles
    assert {title_of(site, LATER, code) for code in LANGUAGES} == {(text, code) for code, text in work.titles.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_that_adopts_an_instrument_is_known_for_it_in_every_language(site: Site, language: str) -> None:
    name = site.labels.find(site.names.named("instrument/2030-agenda"), language)
    found = title_of(site, "A/RES/70/1", language)
    assert name is not None
    assert found is not None
    assert found[1] == language
    assert found[0].endswith(name.text)
    assert found[0] != name.text


def test_a_place_of_the_treaty_series_is_called_as_the_treaty_there(all_registries: Site) -> None:
    assert title_of(all_registries, "UNTS/1771/30822", "en") == (
        "United Nations Framework Convention on Climate Change",
        "en",
    )
    assert all_registries.instrument_of("FCCC/CP/2015/10/Add.1") == all_registries.names.named(
        "instrument/paris-agreement"
    )


def test_a_document_that_is_known_for_several_things_names_a_few_of_them(all_registries: Site) -> None:
    found = title_of(all_registries, "A/RES/2200(XXI)A", "fr")
    assert found is not None
    assert found[0].count(" ; ") == 2
    assert found[0].endswith("…")


def test_of_what_nothing_is_known_nothing_is_said(site: Site) -> None:
    assert title_of(site, "A/RES/36/67", "en") is None
    assert titles_of(site, "A/RES/36/67") == {}
