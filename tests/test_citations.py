"""Citations: plain-text cases, one file a phenomenon, with what is found in each (kg/evaluate/cases.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import RuleError
from kg.evaluate.cases import Case, cases, citations, in_order, outline, written

FILES = sorted((Path(__file__).parent / "cases" / "citations").glob("*.txt"))
CASES = [case for path in FILES for case in cases(path)]


def test_there_are_cases_and_each_says_what_is_expected() -> None:
    assert len(FILES) >= 9
    assert [path.stem for path in FILES if not list(cases(path))] == []
    assert [case.name for case in CASES if not case.words or not case.expected] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_citations_of_a_case_are_found(case: Case, request: pytest.FixtureRequest) -> None:
    if case.missed:
        request.applymarker(pytest.mark.xfail(strict=True, reason="known to be read wrongly"))
    expected = [in_order(line) for line in case.expected if line != "none"]
    assert (case.expected == ["none"]) == (expected == [])
    found = citations(case)
    asked = [*expected, *[""] * len(found)]
    assert [written(citation, asked[n]) for n, citation in enumerate(found)] == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_citations_of_a_case_are_shown_where_they_stand(case: Case) -> None:
    read = outline(case)
    for citation in citations(case):
        assert read.text.characters[citation.span.start : citation.span.end] == citation.surface
        assert citation.surface
        assert (citation.status == "resolved") == (citation.target is not None)
        assert (citation.status == "ambiguous") == (len(citation.candidates) > 1)
        assert (citation.status == "unresolved") == (citation.reason is not None)


def test_a_case_whose_citations_are_others_is_refused() -> None:
    case = Case("damaged", "zh", "general-assembly", words=["回顾其第 90/12 号决议，"], expected=["A/RES/90/13"])
    found = citations(case)
    assert [written(citation, case.expected[0]) for citation in found] == ["A/RES/90/12"] != case.expected


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("xx general-assembly\nWords.\n=> none\n", "no such language: xx"),
        ("en parliament\nWords.\n=> none\n", "no such organ: parliament"),
        ("en general-assembly\nWords.\n=> none\nMore words.\n", "words behind what is expected"),
        ("en general-assembly\nWords.¹\n=> none\n", "called ['1']"),
        ("en general-assembly\nWords.\n=> A/RES/90/1 place=1\n", "unknown: place"),
    ],
)
def test_a_damaged_case_is_refused(text: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "damaged.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as error:
        read_all(path)
    assert complaint in str(error.value)


def read_all(path: Path) -> None:
    for case in cases(path):
        outline(case)
        assert all(in_order(line) for line in case.expected)
