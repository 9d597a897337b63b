"""Recall and precision of what the words show, against the links and against verdicts.

Compared are the sets of documents that a version cites, without the letters of parts, as links drop them. Recall asks
which of a version's own links the words show; precision, which of the words' targets a link of any version of the work
confirms, resolutions in works that link any, other documents in works with links at all: a version often lacks a link
that another has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kg.evaluate.forms import RESOLUTIONS, UNLINKED, form, impossible, whole
from kg.evaluate.gold import Gold, Verdict
from kg.evaluate.measured import Mark, Measured, Version


@dataclass(frozen=True, slots=True)
class Target:
    """One document that a version cites, by its words, its links or a verdict."""

    symbol: str
    language: str
    organ: str
    mark: Mark
    form: str
    found: bool
    linked: bool
    confirmed: bool
    checked: bool
    verdict: Verdict | None

    @property
    def is_resolution(self) -> bool:
        return self.form in RESOLUTIONS

    @property
    def true(self) -> bool:
        """Whether the version cites it: by verdict, else by its own link."""
        return self.verdict == "right" or (self.verdict is None and self.linked)

    @property
    def missed(self) -> bool:
        return self.true and not self.found

    @property
    def extra(self) -> bool:
        """Found, but by verdict wrong, or shown by no link where links could show it."""
        return self.found and (
            self.verdict == "wrong" or (self.checked and self.verdict is None and not self.confirmed)
        )


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of targets: what links (or, judged, links and verdicts) show, and how much of it is found; what is found
    and can be checked, and how much of that is confirmed."""

    true: int = 0
    hit: int = 0
    checked: int = 0
    right: int = 0

    @property
    def recall(self) -> float | None:
        return self.hit / self.true if self.true else None

    @property
    def precision(self) -> float | None:
        return self.right / self.checked if self.checked else None

    def as_json(self) -> dict[str, Any]:
        return {
            "true": self.true,
            "hit": self.hit,
            "checked": self.checked,
            "right": self.right,
            "recall": self.recall,
            "precision": self.precision,
        }


def targets(works: Iterable[Measured], gold: Gold) -> Iterator[Target]:
    """All documents that the versions cite, in the order of works and languages, each once a version."""
    for work in works:
        linked = frozenset(whole(mark.target) for version in work.versions for mark in version.linked)
        for version in work.versions:
            yield from _of(version, linked, gold)


def _of(version: Version, work_links: frozenset[str], gold: Gold) -> Iterator[Target]:
    found, linked = by_whole(version.found), by_whole(version.linked)
    links_resolutions = any(form(target) in RESOLUTIONS for target in work_links)
    judged = {target: Mark(target, "?", "") for target in gold.right(version.symbol, version.language)}
    for target in sorted({*found, *linked, *judged}):
        # A letter that either shows tells the form.
        marks = [marks[target] for marks in (found, linked, judged) if target in marks]
        lettered = next((mark.target for mark in marks if mark.target != target), target)
        shape = form(lettered)
        verdict = gold.verdict(version.symbol, version.language, target)
        if verdict is None and target not in found and impossible(target):
            verdict = "wrong"
        yield Target(
            symbol=version.symbol,
            language=version.language,
            organ=version.organ,
            mark=marks[0],
            form=shape,
            found=target in found,
            linked=target in linked,
            confirmed=target in work_links,
            checked=target in work_links
            or (shape not in UNLINKED and (links_resolutions if shape in RESOLUTIONS else bool(work_links))),
            verdict=verdict,
        )


def by_whole(marks: Iterable[Mark]) -> dict[str, Mark]:
    """The first mark of each document, by its symbol without a letter."""
    found: dict[str, Mark] = {}
    for mark in marks:
        found.setdefault(whole(mark.target), mark)
    return found


def score(chosen: Iterable[Target]) -> Score:
    true = hit = checked = right = 0
    for target in chosen:
        true += target.true
        hit += target.true and target.found
        if target.found and (target.checked or target.verdict):
            checked += 1
            right += not target.extra
    return Score(true, hit, checked, right)


def scores(chosen: Iterable[Target]) -> dict[str, Score]:
    """Resolutions and all symbols, each against the links alone and with the verdicts."""
    every = list(chosen)
    resolutions = [target for target in every if target.is_resolution]
    return {
        "resolutions": score(unjudged(resolutions)),
        "resolutions judged": score(resolutions),
        "all": score(unjudged(every)),
        "all judged": score(every),
    }


def unjudged(chosen: Iterable[Target]) -> Iterator[Target]:
    """The targets as words and links alone show them."""
    return (replace(target, verdict=None) for target in chosen if target.found or target.linked)
