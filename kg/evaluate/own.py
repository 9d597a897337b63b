"""The project's own gold: cases of what links never show, such as decisions, treaties, places, "ibid.", by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg import languages
from kg.errors import UnreadableSource
from kg.evaluate.cases import Case, cases, citations, details, written
from kg.evaluate.forms import RESOLUTIONS, form
from kg.evaluate.scores import Score


@dataclass(frozen=True, slots=True)
class Shown:
    """A citation as a case expects it, or as it was found: its targets, several where ambiguous, and its place."""

    targets: tuple[str, ...]
    locator: str
    again: bool

    @property
    def form(self) -> str:
        return form(self.targets[0]) if len(self.targets) == 1 else ""


#: What counts for each kind, and whether the place must be right too.
KINDS: Mapping[str, tuple[Callable[[Shown], bool], bool]] = {
    "resolutions": (lambda shown: shown.form in RESOLUTIONS, False),
    "decisions": (lambda shown: shown.form == "decisions", False),
    "Treaty Series": (lambda shown: shown.targets[0].startswith(("UNTS/", "LNTS/")), False),
    "locators": (lambda shown: bool(shown.locator), True),
    "ibid.": (lambda shown: shown.again, True),
}


def own(folder: Path) -> dict[str, dict[str, Score]]:
    """Scores by kind and language, "total" for all, of the cases in a folder; raises UnreadableSource where it has
    none, RuleError for a case that is written wrongly."""
    read = [case for path in sorted(folder.glob("*.txt")) for case in cases(path)]
    if not read:
        raise UnreadableSource(str(folder), "holds no case; expected files *.txt as kg/evaluate/cases.py tells")
    compared = [(case.language, list(_expected(case)), list(_found(case))) for case in read]
    spoken = sorted({language for language, _, _ in compared})
    return {
        kind: {
            **{name: _score(kind, (each for each in compared if each[0] == name)) for name in spoken},
            "total": _score(kind, compared),
        }
        for kind in KINDS
    }


def _score(kind: str, compared: Iterable[tuple[str, list[Shown], list[Shown]]]) -> Score:
    counts, with_place = KINDS[kind]
    true = hit = checked = 0
    for _, expected, found in compared:
        wanted = Counter(_key(shown, with_place) for shown in expected if counts(shown))
        had = Counter(_key(shown, with_place) for shown in found)
        of_kind = Counter(_key(shown, with_place) for shown in found if counts(shown))
        true += wanted.total()
        hit += (wanted & had).total()
        checked += (of_kind | (wanted & had)).total()
    return Score(true, hit, checked, hit)


def _key(shown: Shown, with_place: bool) -> tuple[tuple[str, ...], str]:
    return shown.targets, shown.locator if with_place else ""


def _expected(case: Case) -> Iterator[Shown]:
    for line in case.expected:
        if line != "none":
            yield _shown(line, case)


def _found(case: Case) -> Iterator[Shown]:
    for citation in citations(case):
        yield _shown(written(citation, "via="), case)


def _shown(line: str, case: Case) -> Shown:
    said = details(line)
    targets = tuple(word for word in line.split() if "=" not in word)
    return Shown(targets, said.get("locator", ""), _again(case, said.get("via")))


def _again(case: Case, via: str | None) -> bool:
    """Whether the note that holds a citation points back to the one before it; any note, where none is told."""
    words = [note for marker, note in case.notes.items() if via in (None, f"fn{marker}")]
    pattern = languages.rules(case.language).citation["ibid"]
    return any(pattern.search(note) for note in words)
