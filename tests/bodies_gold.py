"""What resolutions name, judged by hand, held against what is read in the published files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kg import registry, run, sources
from kg.model import Work

FOLDER = Path(__file__).parent / "gold" / "bodies"
#: Where the archives lie that hold a resolution, by the beginning of its symbol.
ARCHIVES = {
    "A/RES/": "ga-74-77.tar.xz",
    "A/DEC/": "ga-decisions-76-77.tar.xz",
    "A/HRC/": "hrc-54-56.tar.xz",
    "E/": "ecosoc-2021-2023.tar.xz",
    "S/": "sc-2000-2023.tar.xz",
}

Verdict = Literal["right", "missed", "extra"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A body at one place of one language version, and whether it was read as it is named."""

    document: str
    language: str
    clause: str
    body: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Gold:
    """What one resolution names, by paragraph."""

    document: str
    bodies: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, Mapping[str, str]]
    only: Mapping[str, Mapping[str, tuple[str, ...]]]
    open: Mapping[str, tuple[str, ...]]

    def named(self, clause: str, language: str) -> set[str]:
        """The bodies that the paragraph names in that language."""
        own = {body for body, languages in self.only.get(clause, {}).items() if language in languages}
        return {*self.bodies.get(clause, ()), *own}

    def archive(self) -> str:
        return next(name for begin, name in ARCHIVES.items() if self.document.startswith(begin))


def gold() -> tuple[Gold, ...]:
    """All that was judged by hand, in the order of the files."""
    return tuple(_gold(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.toml")))


def _gold(table: Mapping[str, Any]) -> Gold:
    only = {clause: {b: tuple(those) for b, those in named.items()} for clause, named in table.get("only", {}).items()}
    return Gold(
        document=table["document"],
        bodies={clause: tuple(those) for clause, those in table["bodies"].items()},
        roles=table.get("roles", {}),
        only=only,
        open={clause: tuple(those) for clause, those in table.get("open", {}).items()},
    )


def works(corpus: Path, every: Iterable[Gold]) -> Iterator[tuple[Gold, Work]]:
    """The works that were judged, read from the archives that lie there."""
    by_archive: dict[str, dict[str, Gold]] = {}
    for one in every:
        by_archive.setdefault(one.archive(), {})[one.document] = one
    for archive, wanted in by_archive.items():
        numbers = [_number(document) for document in wanted]
        for task in sources.works([corpus / archive]):
            if any(number.search(task[0].shown.rpartition("/")[2]) for number in numbers):
                for work in run.work(task):
                    if isinstance(work, Work) and work.symbol in wanted:
                        yield wanted[work.symbol], work


def _number(document: str) -> re.Pattern[str]:
    """The number by which the names of its files tell a resolution: 74_113, or 2561 of S/RES/2561(2021)."""
    number = document.partition("/RES/")[2] or document.partition("/DEC/")[2]
    return re.compile(rf"(?<!\d){number.partition('(')[0].replace('/', '_')}(?!\d)")


def judged(one: Gold, work: Work) -> Iterator[Judged]:
    """Every body that is named or read, at each place of each language version."""
    for record in work.records:
        found: dict[str, set[str]] = {}
        for mention in record.reading.mentions:
            if mention.kind == "body" and not _left_open(mention.target):
                found.setdefault(mention.clause, set()).add(mention.target.removeprefix("body/"))
        for clause in record.reading.outline.clauses:
            named, read = one.named(clause.id, record.language), found.get(clause.id, set())
            for body in sorted(named | read):
                verdict: Verdict = "missed" if body not in read else "right" if body in named else "extra"
                if verdict == "right" or body not in one.open.get(clause.id, ()):
                    yield Judged(work.symbol, record.language, clause.id, body, verdict)


def _left_open(target: str) -> bool:
    return target == "body/united-nations" or registry.entry(target).body_kind == "collective"
