"""How well the Goals and targets of labelled paragraphs are found: precision, recall and micro F1.

    python -m tests.bench.goals LABELS.json [--list] [--halves SEED]

LABELS.json is a list of {"paragraph": "…", "sdg": [["16", ["16.4"]], …]}; "0" is none. `--halves` splits the paragraphs
by a seed into the half that one may look at (`--list` shows only that one) and the half that is only scored. This is no
test: it fails nothing.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg.classify import classify


class Judged(NamedTuple):
    """A paragraph with the codes that people gave it and those found, Goals and targets together."""

    paragraph: str
    wanted: frozenset[str]
    found: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("labels", type=Path)
    parser.add_argument("--list", action="store_true", help="show every paragraph where the two differ")
    parser.add_argument("--halves", type=int, metavar="SEED", help="split by this seed and score the halves apart")
    arguments = parser.parse_args()
    judged = [_judged(entry) for entry in json.loads(arguments.labels.read_text("utf-8"))]
    parts = {"all": judged} if arguments.halves is None else halves(judged, arguments.halves)
    for name, part in parts.items():
        for kind in ("Goals", "targets"):
            print(f"{name:9}{kind:9}{len(part):4} paragraphs  {_scores(part, targets=kind == 'targets')}")
    if arguments.list:
        for each in next(iter(parts.values())):
            if each.wanted != each.found:
                missed, extra = (
                    " ".join(sorted(codes)) for codes in (each.wanted - each.found, each.found - each.wanted)
                )
                print(f"\nmissed [{missed}] extra [{extra}]\n  {each.paragraph}")


def halves(judged: Sequence[Judged], seed: int) -> dict[str, list[Judged]]:
    """The half that is looked at, and the half that never is."""
    order = list(range(len(judged)))
    random.Random(seed).shuffle(order)
    middle = (len(order) + 1) // 2
    parts = {"looked at": order[:middle], "never": order[middle:]}
    return {name: [judged[n] for n in sorted(part)] for name, part in parts.items()}


def _judged(entry: dict[str, Any]) -> Judged:
    paragraph = " ".join(entry["paragraph"].split())
    found = {goal.code for each in classify([paragraph]) for goal in (*each.goals, *each.targets)}
    return Judged(paragraph, frozenset(_codes(entry["sdg"])), frozenset(found))


def _codes(labels: Iterable[Sequence[Any]]) -> set[str]:
    """The Goals, and the targets that stand behind each; what follows them is of no concern here."""
    return {code for label in labels for code in (label[0], *(label[1] if len(label) > 1 else ()))} - {"0"}


def _scores(judged: Iterable[Judged], *, targets: bool) -> str:
    right = wanted = found = 0
    for each in judged:
        sought, got = ({code for code in codes if ("." in code) == targets} for codes in (each.wanted, each.found))
        right, wanted, found = right + len(sought & got), wanted + len(sought), found + len(got)
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    f1 = 2 * right / max(wanted + found, 1)
    return f"F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  ({right} of {wanted}, {found} found)"


if __name__ == "__main__":
    main()
