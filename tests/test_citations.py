"""Citations: plain-text cases, one file a phenomenon, with what is found in each.

A case of tests/cases/citations/*.txt:

    # a comment
    zh general-assembly 2035-12-20          the language, the organ that adopts the text, the date where it matters;
                                            "missed" behind them: known to be read wrongly now, a reminder that must go
                                            when it is read rightly
    回顾其《宣言》¹ 第 2 段和第 90/12 号决议，    the words of one preambular paragraph
    note 1: 第 89/7 号决议，附件。              a note, called where its mark stands
    => A/RES/89/7 locator=annex:;paragraph:2 via=fn1      every citation in its order, or none
    => A/RES/90/12 act=recall

In place of a symbol stand `ambiguous` with the candidates, or `unresolved`. A date or locator that is not written is
not there; an act, a note and a decisive rule are looked at where they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast, get_args

import pytest

from kg import languages
from kg.extract import extract
from kg.model import Call, Citation, Clause, Footnote, Heading, Language, Outline, Passage, Run, Span, Text
from kg.resolve import resolve

FILES = sorted((Path(__file__).parent / "cases" / "citations").glob("*.txt"))
OWN = {
    "general-assembly": "A/RES/90/999",
    "security-council": "S/RES/9999(2035)",
    "economic-and-social-council": "E/RES/2035/99",
    "human-rights-council": "A/HRC/RES/99/99",
}
_MARK = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass
class Case:
    """One block of a case file; `name` tells where it stands."""

    name: str
    language: Language
    organ: str
    adopted: str | None = None
    words: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)
    missed: bool = False


def cases(path: Path) -> Iterator[Case]:
    case: Case | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{path.stem}:{number}"
        if not line.strip() and case is not None:
            yield case
            case = None
        elif not line.strip() or line.startswith("#"):
            continue
        elif case is None:
            words = line.removesuffix(" missed").split()
            language, organ, adopted = [*words, None][:3]
            assert language in get_args(Language), f"{where}: no such language: {language}"
            assert organ in OWN, f"{where}: no such organ: {organ}"
            case = Case(where, cast("Language", language), organ, adopted, missed=line.endswith(" missed"))
        elif line.startswith("=> "):
            case.expected.append(line.removeprefix("=> ").strip())
        elif note := re.fullmatch(r"note (\d+): (.*)", line):
            case.notes[note[1]] = note[2]
        else:
            assert not case.expected, f"{where}: words behind what is expected"
            case.words.append(line)
    if case is not None:
        yield case


CASES = [case for path in FILES for case in cases(path)]


def passage(words: str, at: int) -> tuple[Passage, tuple[Call, ...]]:
    """Words that stand at `at` in the file, without their note marks."""
    text, runs, calls, last = "", [], [], 0
    for mark in [*_MARK.finditer(words), None]:
        end = mark.start() if mark else len(words)
        runs.append(Run(len(text), at + last, end - last))
        text += words[last:end]
        if mark:
            calls.append(Call(len(text), mark[0].translate(_DIGITS)))
            last = mark.end()
    return Passage(text, tuple(runs)), tuple(calls)


def outline(case: Case) -> Outline:
    joint = " " if languages.rules(case.language).spaced else ""
    words = joint.join(case.words)
    characters = "\n".join([words, *case.notes.values()])
    text, calls = passage(words, 0)
    clause = Clause("PP1", "preambular", 1, text, (Span(0, len(words)),), None, calls)
    called = {call.marker: call.at for call in calls}
    assert called.keys() == case.notes.keys(), f"{case.name}: notes {list(case.notes)}, called {list(called)}"
    footnotes, at = [], len(words) + 1
    for marker, note in case.notes.items():
        span = Span(at, at + len(note))
        own = Passage(note, (Run(0, at, len(note)),))
        footnotes.append(Footnote(f"fn{marker}", marker, own, (span,), "PP1", called[marker]))
        at = span.end + 1
    return Outline(
        text=Text(case.name, case.language, characters, (), "sha256:none"),
        heading=Heading(OWN[case.organ], "resolution", case.organ, adopted=case.adopted),
        clauses=(clause,),
        footnotes=tuple(footnotes),
    )


def written(citation: Citation, expected: str) -> str:
    """A citation as the case files write it, with as much detail as `expected` asks for."""
    targets = [citation.status, *citation.candidates] if citation.target is None else [citation.target]
    locator = ";".join(f"{unit}:{','.join(values)}" for unit, values in sorted(citation.locator.items()))
    details = {
        "date": citation.date,
        "locator": locator or None,
        "act": citation.act if "act=" in expected else None,
        "via": citation.via if "via=" in expected else None,
        "rule": citation.rule if "rule=" in expected else None,
    }
    return " ".join([*targets, *(f"{name}={value}" for name, value in details.items() if value is not None)])


def in_order(expected: str) -> str:
    """An expectation with its details in the order, and the units of its locator in the alphabet, of `written`."""
    words = expected.split()
    details = dict(word.split("=", 1) for word in words if "=" in word)
    if "locator" in details:
        details["locator"] = ";".join(sorted(details["locator"].split(";")))
    names = ("date", "locator", "act", "via", "rule")
    assert not details.keys() - set(names), expected
    targets = [word for word in words if "=" not in word]
    return " ".join([*targets, *(f"{name}={details[name]}" for name in names if name in details)])


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
    found = resolve(extract(outline(case))).citations
    asked = [*expected, *[""] * len(found)]
    assert [written(citation, asked[n]) for n, citation in enumerate(found)] == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_citations_of_a_case_are_shown_where_they_stand(case: Case) -> None:
    read = outline(case)
    for citation in resolve(extract(read)).citations:
        assert read.text.characters[citation.span.start : citation.span.end] == citation.surface
        assert citation.surface
        assert (citation.status == "resolved") == (citation.target is not None)
        assert (citation.status == "ambiguous") == (len(citation.candidates) > 1)
        assert (citation.status == "unresolved") == (citation.reason is not None)


def test_a_case_whose_citations_are_others_is_refused() -> None:
    case = Case("damaged", "zh", "general-assembly", words=["回顾其第 90/12 号决议，"], expected=["A/RES/90/13"])
    found = resolve(extract(outline(case))).citations
    assert [written(citation, case.expected[0]) for citation in found] == ["A/RES/90/12"] != case.expected
