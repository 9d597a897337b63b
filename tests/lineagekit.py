"""Five resolutions in six languages, each citing the one before it, and their lineage pages as files.

A test module takes the fixtures with `pytest_plugins = ["tests.lineagekit"]`. (PYTEST_DONT_REWRITE: it is imported by
name as well.)
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.build import build
from kg.pages import Site, open_site, page, rendering, script
from kg.pages.addresses import LANGUAGES, Address
from kg.pages.lineage_page import stem_of
from tests.buildkit import WORDS, marked_up

#: From the oldest, of which only the symbol is known, to the youngest.
CHAIN = ("A/RES/86/7", "A/RES/90/12", "A/RES/91/12", "A/RES/92/12", "A/RES/93/12")
ROOT = "A/RES/92/12"
#: A second citation, of what is two steps back.
REAFFIRMS = {
    "ar": "تؤكد من جديد قرارها {}؛",
    "en": "Reaffirms its resolution {};",
    "es": "Reafirma su resolución {};",
    "fr": "Réaffirme sa résolution {} ;",
    "ru": "подтверждает свою резолюцию {};",
    "zh": "重申其第{}号决议；",
}


@pytest.fixture(scope="session")
def lineage_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the five; to be read, never written."""
    folder = tmp_path_factory.mktemp("lineage")
    texts = folder / "texts"
    texts.mkdir()
    numbers = [symbol.removeprefix("A/RES/") for symbol in CHAIN]
    for place in range(1, len(numbers)):
        for language in WORDS:
            words = REAFFIRMS[language].format(numbers[place - 2]) if place > 1 else None
            text = marked_up(numbers[place], language, cites=numbers[place - 1], words=words)
            (texts / f"{numbers[place].replace('/', '-')}.{language}.xml").write_bytes(text)
    build([texts], folder / "store", jobs=1)
    return folder / "store"


@pytest.fixture(scope="session")
def lineage_site(lineage_store: Path) -> Site:
    return open_site(lineage_store)


@pytest.fixture(scope="session")
def lineage_folder(lineage_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their lineage pages, as `unkg publish` writes them."""
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(rendering.ASSETS, folder / "assets")
    for symbol in CHAIN:
        stem = stem_of(symbol)
        (folder / stem).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{stem}.js").write_bytes(script(lineage_site, f"{stem}.js") or b"")
        for language in LANGUAGES:
            path = Address(stem, language).path
            (folder / path).write_bytes(page(lineage_site, path) or b"")
    return folder
