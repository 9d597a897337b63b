"""The ids of the paragraphs: where the numbers begin anew, the section belongs to the paragraph's name (I.OP3).

A text whose paragraphs are numbered through from beginning to end names them without their sections, as it is cited.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.model import Block
from kg.segment.items import Label


@dataclass(slots=True)
class Draft:
    """A clause or note while its pieces are still being gathered.

    `zone` is what its name begins with (annex-1.), `labels` those of the sections above it, `run` counts how often the
    numbers of its zone have begun anew before it.
    """

    local: str
    kind: str
    position: int
    number: str | None
    blocks: list[Block]
    zone: str = ""
    labels: tuple[Label, ...] = ()
    run: int = 0
    numbered: bool = False
    id: str = field(default="", init=False)


def name(drafts: Iterable[Draft], restarts: Mapping[str, set[int]]) -> None:
    """Gives each draft its id; `restarts` are, for each zone, the levels of the labels at which numbers began anew."""
    zones: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        zones[draft.zone].append(draft)
    for zone, held in zones.items():
        paths = _paths(held, restarts.get(zone, set()))
        for draft in held:
            draft.id = f"{zone}{paths[draft.run, draft.labels]}{draft.local}" if draft.numbered else zone + draft.local
    taken: Counter[str] = Counter()
    for held in zones.values():
        for draft in held:
            draft.id = draft.id.rstrip(".")
            taken[draft.id] += 1
            if taken[draft.id] > 1:
                draft.id = f"{draft.id}-{taken[draft.id]}"


_Place = tuple[int, tuple[Label, ...]]


def _paths(drafts: list[Draft], levels: set[int]) -> dict[_Place, str]:
    """What stands before the number in each place: nothing, the labels where numbers begin anew, all labels where
    these do not tell the places apart, and which run of numbers it is where no label does."""
    numbered = [draft for draft in drafts if draft.numbered]
    places = list(dict.fromkeys((draft.run, draft.labels) for draft in numbered))
    held: dict[_Place, set[str]] = defaultdict(set)
    for draft in numbered:
        held[draft.run, draft.labels].add(draft.local)
    for wanted in (levels, set(range(10))):
        paths = {place: _path(place[1], wanted) for place in places}
        if not _clash(paths, held):
            return paths
    clashing = _clash(paths, held)
    return {
        place: f"run-{place[0] + 1}.{path}" if place in clashing and place[0] else path for place, path in paths.items()
    }


def _path(labels: tuple[Label, ...], levels: set[int]) -> str:
    return "".join(f"{label.name}." for label in labels if label.level in levels)


def _clash(paths: Mapping[_Place, str], held: Mapping[_Place, set[str]]) -> set[_Place]:
    """The places that would give two paragraphs one name."""
    seen: dict[str, tuple[int, _Place]] = {}
    clashing: set[_Place] = set()
    for place in paths:
        for local in held[place]:
            full = paths[place] + local
            if full in seen and seen[full][0] != place[0]:
                clashing |= {place, seen[full][1]}
            seen.setdefault(full, (place[0], place))
    return clashing
