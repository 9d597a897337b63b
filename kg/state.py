"""The state of a store: what it was made from, and what a change of it did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kg import facts, manifest
from kg.errors import StoreMissing
from kg.manifest import Manifest
from kg.model import LeftOut
from kg.store import current, open_current, summary, tidy
from kg.validate import Report, in_order


@dataclass(frozen=True, slots=True)
class Summary:
    """What was done and what the store now holds: `made` works, `dropped` ones that were held before, and `counts`, the
    figures of the whole by name; what was `left_out` of the sources that were asked for; `example` is the symbol of a
    document held."""

    store: Path
    made: int
    dropped: int
    counts: Mapping[str, int]
    left_out: tuple[LeftOut, ...]
    report: Report = field(repr=False)
    findings: tuple[tuple[str, str, str, str], ...] = field(repr=False)
    example: str

    @property
    def kept(self) -> int:
        """The works that were held before and still are, but for those of which facts alone are held."""
        return self.counts["works"] - self.made - self.counts["facts"]

    @property
    def changed(self) -> bool:
        """Whether any work came or went."""
        return bool(self.made or self.dropped)


def unchanged(store: Path, made_of: str) -> Summary | None:
    """The summary of a store that was made of just this, None where it was made of something else."""
    before = manifest_of(store)
    if before is None:
        return None
    try:
        if before.fact("made_of") != made_of:
            return None
        tidy(store)
        return told(store, before, left_out=before.left_out())
    finally:
        before.close()


def manifest_of(store: Path) -> Manifest | None:
    """What the current generation was made from, None where there is none, or it cannot be gone on from."""
    with suppress(StoreMissing):
        open_current(store)
        summary(store)
        return manifest.found(current(store))
    return None


def without_sentences(store: Path) -> int:
    """How many documents of a store are held without their sentences."""
    now = manifest_of(store)
    if now is None:
        return 0
    try:
        return len(now.works_of(facts.PREFIX))
    finally:
        now.close()


def told(store: Path, now: Manifest, *, left_out: Iterable[LeftOut], made: int = 0, dropped: int = 0) -> Summary:
    """The summary of a store, by its manifest."""
    works, known = now.works(), now.works_of(facts.PREFIX)
    return Summary(
        store=store,
        made=made,
        dropped=dropped,
        counts={**now.fact("counts"), "official": now.fact("official") or 0},
        left_out=tuple(sorted(left_out, key=lambda left: left.source)),
        # Facts that were read elsewhere were judged there.
        report=Report(in_order(now.violations()), b"", len(works) - len(known)),
        findings=tuple((row[0], row[1], row[2], row[3]) for row in now.fact("findings")),
        example=next((each for each in works if each not in known), next(iter(works), "")),
    )
