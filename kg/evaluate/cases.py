"""Cases of citations in plain text, and what is found in each: the project's own gold.

A case:

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

from kg import languages
from kg.errors import RuleError
from kg.extract import extract
from kg.model import Call, Citation, Clause, Footnote, Heading, Language, Outline, Passage, Run, Span, Text
from kg.resolve import resolve

#: The document that a case is taken to be, by its organ.
OWN = {
    "general-assembly": "A/RES/90/999",
    "security-council": "S/RES/9999(2035)",
    "economic-and-social-council": "E/RES/2035/99",
    "human-rights-council": "A/HRC/RES/99/99",
}
_MARK = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DETAILS = ("date", "locator", "act", "via", "rule")


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
    """The cases of a file; raises RuleError with the line at fault."""
    case: Case | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{path.stem}:{number}"
        if not line.strip() and case is not None:
            yield case
            case = None
        elif not line.strip() or line.startswith("#"):
            continue
        elif case is None:
            case = _begun(line, where)
        elif line.startswith("=> "):
            case.expected.append(line.removeprefix("=> ").strip())
        elif note := re.fullmatch(r"note (\d+): (.*)", line):
            case.notes[note[1]] = note[2]
        elif case.expected:
            raise RuleError(where, "words behind what is expected")
        else:
            case.words.append(line)
    if case is not None:
        yield case


def _begun(line: str, where: str) -> Case:
    language, organ, adopted = [*line.removesuffix(" missed").split(), None, None][:3]
    if language not in get_args(Language):
        raise RuleError(where, f"no such language: {language}")
    if organ not in OWN:
        raise RuleError(where, f"no such organ: {organ}; there is {', '.join(OWN)}")
    return Case(where, cast("Language", language), organ, adopted, missed=line.endswith(" missed"))


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
    """The case as a document of one paragraph; raises RuleError where a note is not called, or a mark calls none."""
    joint = " " if languages.rules(case.language).spaced else ""
    words = joint.join(case.words)
    characters = "\n".join([words, *case.notes.values()])
    text, calls = passage(words, 0)
    clause = Clause("PP1", "preambular", 1, text, (Span(0, len(words)),), None, calls)
    called = {call.marker: call.at for call in calls}
    if called.keys() != case.notes.keys():
        raise RuleError(case.name, f"notes {list(case.notes)}, called {list(called)}")
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


def citations(case: Case) -> tuple[Citation, ...]:
    """What is found in a case."""
    return resolve(extract(outline(case))).citations


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


def details(expected: str) -> dict[str, str]:
    """What an expectation says beside its targets, the units of its locator in the alphabet."""
    found = dict(word.split("=", 1) for word in expected.split() if "=" in word)
    if "locator" in found:
        found["locator"] = ";".join(sorted(found["locator"].split(";")))
    if unknown := found.keys() - set(_DETAILS):
        raise RuleError(expected, f"unknown: {', '.join(sorted(unknown))}; there is {', '.join(_DETAILS)}")
    return found


def in_order(expected: str) -> str:
    """An expectation with its details in the order of `written`."""
    found = details(expected)
    targets = [word for word in expected.split() if "=" not in word]
    return " ".join([*targets, *(f"{name}={found[name]}" for name in _DETAILS if name in found)])
