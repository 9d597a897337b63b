"""How many works cite the same documents in all their six languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg import languages
from kg.evaluate.forms import RESOLUTIONS, form, whole
from kg.evaluate.gold import Gold
from kg.evaluate.measured import Mark, Measured, Version


@dataclass(frozen=True, slots=True)
class Difference:
    """A document that some versions of a work cite and others do not; `excused` where, by verdict, the files themselves
    differ: one prints another number, lacks a paragraph or says it without the resolution."""

    symbol: str
    target: str
    cited: tuple[str, ...]
    lacking: tuple[str, ...]
    mark: Mark
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Same:
    """Of the works in six languages, how many have one set: of resolutions, of all documents, both with their letters,
    and of what the links of the same files lead to; judged, where no difference is left but those of the files."""

    works: int
    resolutions: int
    resolutions_judged: int
    every: int
    linked_resolutions: int
    differences: tuple[Difference, ...]


def same(works: Iterable[Measured], gold: Gold) -> Same:
    complete = [work for work in works if {v.language for v in work.versions} >= set(languages.available())]
    differing = [_differences(work, gold) for work in complete]
    return Same(
        works=len(complete),
        resolutions=sum(not any(form(d.target) in RESOLUTIONS for d in found) for found in differing),
        resolutions_judged=sum(
            not any(form(d.target) in RESOLUTIONS and not d.excused for d in found) for found in differing
        ),
        every=sum(not found for found in differing),
        linked_resolutions=sum(len({_linked(version) for version in work.versions}) == 1 for work in complete),
        differences=tuple(difference for found in differing for difference in found),
    )


def _linked(version: Version) -> frozenset[str]:
    return frozenset(whole(mark.target) for mark in version.linked if form(mark.target) in RESOLUTIONS)


def _differences(work: Measured, gold: Gold) -> list[Difference]:
    sets = {version.language: {mark.target: mark for mark in version.found} for version in work.versions}
    every = {target: mark for found in sets.values() for target, mark in found.items()}
    have = {target: tuple(sorted(name for name, own in sets.items() if target in own)) for target in sorted(every)}
    found = []
    for target, cited in have.items():
        if len(cited) < len(sets):
            lacking = tuple(sorted(set(sets) - set(cited)))
            shown = every[target].target
            excused = gold.excused(work.symbol, shown, cited, lacking)
            found.append(Difference(work.symbol, shown, cited, lacking, every[target], excused))
    return found
