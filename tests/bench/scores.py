"""How well a fixed sample of published files is read, and the project's own cases; the figures are kept in scores.json.

    python -m tests.bench.scores                 the figures, beside those that are kept
    python -m tests.bench.scores --write         keep them
    python -m tests.bench.scores --list misses   what is missed in the sample, one by one (extras, numbers, acts, plain)

The files are those of the archives in ../shared/corpus, seen from the repository; the works are drawn by their names,
from each collection some, so that the sample stays the same. No figure may fall: tests/test_scores.py says which did.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter

from kg import evaluate, read, sources
from kg.errors import InputError
from kg.evaluate import Evaluation
from kg.evaluate.clauses import faults
from kg.evaluate.own import own
from kg.evaluate.report import listed, placed, text
from kg.evaluate.scores import Score
from kg.model import Text

ROOT = Path(__file__).parent.parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
KEPT = Path(__file__).parent / "scores.json"
GOLD = ROOT / "tests" / "gold" / "adjudicated.toml"
CASES = ROOT / "tests" / "cases" / "citations"

#: How many works of each archive: of those in all languages, and of those in one.
SAMPLE = {
    "ecosoc-2021-2023.tar.xz": (8, 0),
    "ga-74-77.tar.xz": (18, 0),
    "ga-decisions-76-77.tar.xz": (6, 0),
    "hrc-54-56.tar.xz": (8, 0),
    "sc-2000-2023.tar.xz": (7, 5),
}
#: Figures differ in the last digit with the order of adding.
_TOLERANCE = 1e-9

Figures = Mapping[str, float]


def evaluated(corpus: Path = CORPUS) -> Evaluation:
    """The sample, read and scored."""
    return evaluate.evaluated(evaluate.measure(list(_drawn(corpus))), evaluate.gold(GOLD))


def _drawn(corpus: Path) -> Iterator[tuple[sources.Place, ...]]:
    for archive, (in_all, in_one) in SAMPLE.items():
        tasks = sources.works([corpus / archive])
        yield from evaluate.drawn([task for task in tasks if len(task) == 6], in_all, 0)
        yield from evaluate.drawn([task for task in tasks if len(task) == 1], in_one, 0)


def figures(evaluation: Evaluation, cases: Path = CASES) -> dict[str, float]:
    """Every figure by name; speed is none of them, as machines differ."""
    found: dict[str, float | None] = {}
    for name, row in {"total": evaluation.total, **evaluation.tables["language"]}.items():
        found.update(_figures(f"resolutions {name}", row["resolutions judged"]))
        found.update(_figures(f"all symbols {name}", row["all judged"]))
    if evaluation.same.works:
        found["same resolutions"] = evaluation.same.resolutions / evaluation.same.works
        found["same documents"] = evaluation.same.every / evaluation.same.works
    for name, agreed in evaluation.clauses.items():
        found.update({f"clauses {name}: {what}": share for what, share in agreed.shares().items()})
    for kind, rows in own(cases).items():
        found.update(_figures(f"cases {kind}", rows["total"]))
    return {name: round(share, 6) for name, share in found.items() if share is not None}


def _figures(name: str, score: Score) -> dict[str, float | None]:
    return {f"{name}: recall": score.recall, f"{name}: precision": score.precision}


def _eyecite(evaluation: Evaluation) -> str:
    """How many citations eyecite, a reader of court citations, finds in the same texts, where it is installed."""
    if importlib.util.find_spec("eyecite") is None:
        return "eyecite is not installed; nothing to compare with"
    get_citations = importlib.import_module("eyecite").get_citations
    texts = [text.characters for task in _drawn(CORPUS) for place in task for text in _texts(place)]
    start = perf_counter()
    found = sum(len(get_citations(text)) for text in texts)
    speed = sum(map(len, texts)) / (perf_counter() - start)
    ours = sum(len(version.found) for version in evaluation.versions)
    return f"eyecite: {found:,} citations at {speed / 1e6:.2f} million characters/s; unkg: {ours:,}"


def _texts(place: sources.Place) -> tuple[Text, ...]:
    try:
        return read.texts(place.load())
    except InputError:
        return ()


def fallen(now: Figures, kept: Figures) -> list[str]:
    """The figures that are lower than those kept, or gone."""
    return [
        f"{name}: {now.get(name, 'none')}, was {share}"
        for name, share in kept.items()
        if now.get(name, -1.0) < share - _TOLERANCE
    ]


def kept(path: Path = KEPT) -> dict[str, float]:
    found: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="keep the figures in scores.json")
    parser.add_argument("--list", choices=["misses", "extras", "number", "act", "plain"], help="print these one by one")
    arguments = parser.parse_args()
    if not CORPUS.is_dir():
        sys.exit(f"{CORPUS} is not there; it holds the files to be scored")
    evaluation = evaluated()
    if arguments.list in ("misses", "extras"):
        print(listed(evaluation.misses if arguments.list == "misses" else evaluation.extras), end="")
        return
    if arguments.list:
        print(placed(faults(evaluation.versions, arguments.list)), end="")
        return
    now, before = figures(evaluation), kept() if KEPT.is_file() else {}
    print(text(evaluation))
    down = {line.rpartition(": ")[0] for line in fallen(now, before)}
    for name, share in now.items():
        print(f"{name:<44}{share:>8.4f}{before.get(name, 0.0):>8.4f}{'  fallen' if name in down else ''}")
    print(_eyecite(evaluation))
    if arguments.write:
        KEPT.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
