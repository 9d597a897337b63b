"""How far the clauses agree with what the files show of them, by language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.evaluate.measured import Measured, Version
from kg.evaluate.structure import Fault


@dataclass(frozen=True, slots=True)
class Agreed:
    """Of the numbers printed, the acts that stand out, the acts of the English version and the versions themselves: how
    many there are, and how many are read alike; a version is so where its plain text gives the same clauses."""

    numbers: int = 0
    numbers_right: int = 0
    acts: int = 0
    acts_right: int = 0
    english: int = 0
    english_right: int = 0
    versions: int = 0
    plain_right: int = 0

    def shares(self) -> dict[str, float | None]:
        pairs = {
            "numbers": (self.numbers_right, self.numbers),
            "acts": (self.acts_right, self.acts),
            "acts as in English": (self.english_right, self.english),
            "plain text": (self.plain_right, self.versions),
        }
        return {name: right / every if every else None for name, (right, every) in pairs.items()}

    def as_json(self) -> dict[str, Any]:
        counts = {"numbers": self.numbers, "acts": self.acts, "english": self.english, "versions": self.versions}
        return {**self.shares(), "counts": counts}


@dataclass(frozen=True, slots=True)
class Place:
    """A fault with the version that has it."""

    symbol: str
    language: str
    fault: Fault


def agreed(works: Iterable[Measured]) -> dict[str, Agreed]:
    """By language, and in total."""
    versions = [(version, work) for work in works for version in work.versions]
    languages = sorted({version.language for version, _ in versions})
    rows = {name: _agreed([each for each in versions if each[0].language == name]) for name in languages}
    return {**rows, "total": _agreed(versions)}


def _agreed(versions: list[tuple[Version, Measured]]) -> Agreed:
    alike = [same for version, work in versions for same in _as_in_english(version, work)]
    agreements = [version.agreement for version, _ in versions]
    return Agreed(
        numbers=sum(each.numbers for each in agreements),
        numbers_right=sum(each.numbers - each.wrong("number") for each in agreements),
        acts=sum(each.acts for each in agreements),
        acts_right=sum(each.acts - each.wrong("act") for each in agreements),
        english=len(alike),
        english_right=sum(alike),
        versions=len(versions),
        plain_right=sum(version.plain is None for version, _ in versions),
    )


def _as_in_english(version: Version, work: Measured) -> Iterator[bool]:
    """For each clause that opens with an act in both, whether it is the same; translators choose freely, so that not
    every difference is a fault."""
    english = next((each for each in work.versions if each.language == "en"), version)
    if english is not version:
        yield from (act == english.acts[clause] for clause, act in version.acts.items() if clause in english.acts)


def faults(versions: Iterable[Version], kind: str) -> Iterator[Place]:
    """The faults of one kind, in the order of the versions."""
    for version in versions:
        every = (*version.agreement.faults, *((version.plain,) if version.plain else ()))
        yield from (Place(version.symbol, version.language, fault) for fault in every if fault.kind == kind)
