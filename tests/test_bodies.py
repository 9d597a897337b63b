"""The bodies that resolutions name, in each language, against what was judged by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg import languages, registry
from tests.bodies_gold import Judged, gold, judged, works

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
#: The one resolution that the project was built with.
FIRST = "A/RES/76/213"

needs_the_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the published files are not in ../shared/corpus")


@pytest.fixture(scope="module")
def verdicts() -> list[Judged]:
    return [each for one, work in works(CORPUS, gold()) for each in judged(one, work)]


def test_the_gold_knows_only_bodies_of_the_registry() -> None:
    named = {body for one in gold() for clause in {*one.bodies, *one.only} for body in one.named(clause, "en")}
    assert {body for body in named if registry.find(f"body/{body}") is None} == set()


def shares(verdicts: list[Judged]) -> tuple[float, float]:
    """Recall and precision."""
    count = Counter(each.verdict for each in verdicts)
    return count["right"] / (count["right"] + count["missed"]), count["right"] / (count["right"] + count["extra"])


def wrong(verdicts: list[Judged]) -> list[str]:
    return [f"{v.document}#{v.clause} {v.language} {v.body}: {v.verdict}" for v in verdicts if v.verdict != "right"]


@needs_the_corpus
@pytest.mark.parametrize("language", languages.available())
def test_the_bodies_of_the_first_resolution_are_found(language: str, verdicts: list[Judged]) -> None:
    own = [each for each in verdicts if each.document == FIRST and each.language == language]
    recall, precision = shares(own)
    assert recall >= 0.98, wrong(own)
    assert precision >= 0.98, wrong(own)
