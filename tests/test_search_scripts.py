"""The scripts of the site's search do what Python does: stems, symbols, numbers, tables."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg import registry, symbols
from kg.model import Language
from kg.pages.addresses import LANGUAGES
from kg.pages.rendering import ASSETS
from kg.publish.postings import PLACE_BITS, entries, postings
from kg.publish.search_records import runs
from kg.search.words import LEAST_AFTER_PREFIX, LONGEST_INITIALS, Words, tables
from tests import test_symbols
from tests.browserkit import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest_plugins = ["tests.browserkit"]


@pytest.fixture(scope="module")
def scripts(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with the scripts and nothing else."""
    path: Path = tmp_path_factory.mktemp("scripts") / "page.html"
    loaded = (f'<script src="{(ASSETS / name).as_uri()}"></script>' for name in ("search-words.js", "search-index.js"))
    path.write_text(f'<!doctype html><meta charset="utf-8">{"".join(loaded)}', encoding="utf-8")
    with opened(chromium) as page:
        page.goto(path.as_uri())
        yield page


_STEMS = """([rules, texts]) => {
    const words = new unkgWords.Words(rules);
    return texts.map((text) => words.tokens(text).map(({ stem }) => stem).join(" "));
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_scripts_make_words_alike_as_python_does(scripts: Page, language: Language) -> None:
    texts = [
        name for entry in registry.entries().values() for name in (*entry.names_in(language), *entry.labels.values())
    ]
    texts += [example[key] for example in tables()["example"] for key in ("words", "in", "not_in")]
    texts += [text.upper() for text in texts[:500]]
    own = Words(language)
    expected = [" ".join(token.stem for token in own.tokens(text)) for text in texts]
    assert len({stem for text in expected for stem in text.split()}) > 3_000
    rules = {**tables()[language], "leastAfterPrefix": LEAST_AFTER_PREFIX, "longestInitials": LONGEST_INITIALS}
    assert scripts.evaluate(_STEMS, [rules, texts]) == expected
    if language != "zh":
        # The damaged twin: without the rules other stems come out.
        damaged = rules | {"endings": [], "irregular": {}, "prefixes": []}
        assert scripts.evaluate(_STEMS, [damaged, texts]) != expected


def test_scripts_read_symbols_as_python_does(scripts: Page) -> None:
    spellings = {symbol: symbol for symbol in test_symbols.CANONICAL} | test_symbols.ALIASES
    for symbol in test_symbols.CANONICAL:
        spellings |= dict.fromkeys(symbols.aliases(symbols.parse(symbol), "2021-12-17"), symbol)
    read = scripts.evaluate("every => every.map(unkgWords.canonical)", list(spellings))
    assert dict(zip(spellings, read, strict=True)) == spellings


def test_scripts_read_postings_as_they_were_written(scripts: Page) -> None:
    # Chosen at random, and the same each time.
    chance = random.Random(5)
    for step, most in ((1, 2), (3, 6), (40, 3), (900, 2), (30_000, 4)):
        held = {}
        number = -1
        for _ in range(200):
            number += chance.randint(1, step)
            held[number] = sorted(chance.sample(range(900), chance.randint(1, most)))
        letters, rare = postings([n << PLACE_BITS | place for n, places in held.items() for place in places])
        read = scripts.evaluate("([letters, rare]) => [...unkgSearch.postings(letters, rare)]", [letters, rare])
        told = {n: places if len(places) <= 3 else None for n, places in held.items()}
        assert {n: each["places"] for n, each in read} == told
        assert {n: each["title"] for n, each in read} == {n: 0 in places for n, places in held.items()}


def test_scripts_read_tables_as_they_were_written(scripts: Page) -> None:
    table = {
        name: postings([place]) for place, name in enumerate(sorted(("water", "waters", "watershed", "水库", "水")))
    }
    files = list(entries(table.items()))
    assert [first for first, _ in files] == ["water"]
    read = scripts.evaluate("text => unkgSearch.entries(text)", files[0][1])
    assert {name: (each["letters"], each["rare"]) for name, each in read} == dict(table)


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (["PP1", "PP2", "OP1", "OP1.a", "OP1.b", "OP1.c", "OP2"], "PP1>2 OP1 OP1.a>c OP2"),
        (["OP8", "OP9", "OP10", "OP12", "annex-1", "annex-1.OP1"], "OP8>10 OP12 annex-1 annex-1.OP1"),
        (["header", "OP3.y", "OP3.z", "OP3.aa"], "header OP3.y>z OP3.aa"),
    ],
)
def test_scripts_read_runs_of_parts(scripts: Page, parts: list[str], written: str) -> None:
    assert " ".join(runs(parts)) == written
    assert scripts.evaluate("runs => unkgSearch.parts(runs)", written) == parts
