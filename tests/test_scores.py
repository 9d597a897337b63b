"""No score of the fixed sample may fall below the one that is kept, and a lost citation is seen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.scores import CASES, CORPUS, KEPT, evaluated, fallen, figures, kept
from tests.test_evaluate import akn, scored

CASE = "en general-assembly\nRecalling its decision {0},\n=> A/DEC/90/401\n"


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the published files are not in {CORPUS}")
def test_no_score_of_the_fixed_sample_falls() -> None:
    lower = fallen(figures(evaluated()), kept())
    assert not lower, "\n".join([*lower, "to see which: python -m tests.bench.scores --list misses (or extras)"])


def test_scores_are_kept_of_every_language_and_kind() -> None:
    names = set(kept())
    for language in ("ar", "en", "es", "fr", "ru", "zh", "total"):
        assert {f"resolutions {language}: recall", f"all symbols {language}: precision"} < names
    assert {"same resolutions", "clauses total: plain text", "cases decisions: recall", "cases ibid.: recall"} < names


@pytest.fixture
def small(tmp_path: Path) -> dict[str, float]:
    """The figures of one file and one case."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.txt").write_text(CASE.format("90/401"), encoding="utf-8")
    return figures(scored(tmp_path / "good", {"en.xml": akn("en")}), tmp_path / "cases")


def test_figures_that_stay_or_rise_pass(small: dict[str, float]) -> None:
    assert fallen(small, small) == []
    assert fallen(small, {name: share - 0.1 for name, share in small.items()}) == []


def test_a_lost_citation_lowers_the_score_and_fails(small: dict[str, float], tmp_path: Path) -> None:
    lost = akn("en").replace(">1325 (2000)<", ">thirteen<")
    now = figures(scored(tmp_path / "bad", {"en.xml": lost}), tmp_path / "cases")
    assert "resolutions en: recall: 0.666667, was 1.0" in fallen(now, small)


def test_a_citation_too_many_fails(small: dict[str, float], tmp_path: Path) -> None:
    more = akn("en").replace("the wells", "the wells, in accordance with its resolution 88/9,")
    now = figures(scored(tmp_path / "bad", {"en.xml": more}), tmp_path / "cases")
    assert "resolutions en: precision: 0.75, was 1.0" in fallen(now, small)


def test_an_act_or_case_that_is_read_wrongly_fails(small: dict[str, float], tmp_path: Path) -> None:
    odd = akn("en").replace("<i>Noting</i>", "<i>Zigzagging</i>")
    (tmp_path / "cases" / "a.txt").write_text(CASE.format("90/402"), encoding="utf-8")
    lower = fallen(figures(scored(tmp_path / "bad", {"en.xml": odd}), tmp_path / "cases"), small)
    assert any(line.startswith("clauses en: acts") for line in lower)
    assert "cases decisions: recall: 0.0, was 1.0" in lower


def test_a_sample_without_files_fails(small: dict[str, float], tmp_path: Path) -> None:
    empty = figures(scored(tmp_path / "empty", {}), tmp_path / "cases")
    assert "resolutions en: recall: none, was 1.0" in fallen(empty, small)


def test_the_kept_scores_are_shares() -> None:
    assert all(0 <= share <= 1 for share in json.loads(KEPT.read_text("utf-8")).values())
    assert CASES.is_dir()
