"""How fast documents become records: characters a second of each stage, by language, on one core.

    python tests/bench/speed.py PATH… [--runs 3]

PATH is whatever `unkg extract` reads: texts, the published XML, folders and archives of them. Each run takes every
document through read, segment, extract and resolve; the figure of a stage is the characters of the words of all
documents in a language, divided by the median of the seconds of the processor that the runs took. The last column says
how much names, Goals and the roles of bodies add to the rest of extract, in percent of its seconds. The last line is
the mean over the languages. What cannot be read is left out and counted. This is no test: it fails nothing, as machines
differ.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from time import process_time

from kg import languages
from kg.errors import InputError
from kg.extract import extract
from kg.extract.goals import read_goals
from kg.extract.names import read_names
from kg.extract.roles import mentioned
from kg.extract.words import read_words
from kg.model import Language, Outline, Source
from kg.read import read
from kg.resolve import resolve
from kg.segment import segment
from kg.sources import places

_STAGES = ("read", "segment", "extract", "resolve", "all")
_NAMES = "names and Goals"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=3, help="runs, of which the median counts (default: 3)")
    arguments = parser.parse_args()
    documents, left_out = _documents(arguments.paths)
    if not documents:
        sys.exit("no document can be read there")
    print(
        f"{'':6}documents  characters"
        + "".join(f"{stage:>9}" for stage in _STAGES)
        + "   M characters/s   names, Goals"
    )
    speeds, added = [], []
    for language, found in sorted(documents.items()):
        characters = sum(len(block.passage.text) for each in found for block in read(each).blocks)
        runs = [_run(found) for _ in range(arguments.runs)]
        medians = [statistics.median(run[stage] for run in runs) for stage in _STAGES]
        speeds.append([characters / seconds / 1e6 for seconds in medians])
        added.append(statistics.median(run[_NAMES] / (run["extract"] - run[_NAMES]) for run in runs))
        print(f"{language:6}{len(found):9}{characters:12,}{_columns(speeds[-1])}{'':17}{added[-1]:+14.0%}")
    means = map(statistics.mean, zip(*speeds, strict=True))
    print(f"{'mean':27}{_columns(means)}{'':17}{statistics.mean(added):+14.0%}")
    if left_out:
        print(f"{left_out} files left out: they cannot be read, or hold several documents")


def _columns(speeds: Iterable[float]) -> str:
    return "".join(f"{speed:9.2f}" for speed in speeds)


def _documents(paths: list[Path]) -> tuple[dict[Language, list[Source]], int]:
    """The sources by language, and how many could not be read; each is read once, so that every rule is compiled before
    the first run."""
    documents: dict[Language, list[Source]] = defaultdict(list)
    left_out = 0
    for place in places(paths):
        try:
            found = place.load()
            documents[resolve(extract(segment(read(found)))).language].append(found)
        except InputError:
            left_out += 1
    return documents, left_out


def _run(documents: list[Source]) -> dict[str, float]:
    """The seconds of the processor that each stage took for all documents, and those of extract that names took."""
    seconds = dict.fromkeys((*_STAGES, _NAMES), 0.0)
    # What all languages hold is looked through by the collector in none of the stages.
    gc.collect()
    gc.freeze()
    for each in documents:
        begin = process_time()
        text = read(each)
        was_read = process_time()
        outline = segment(text)
        was_segmented = process_time()
        reading = extract(outline)
        was_extracted = process_time()
        resolve(reading)
        end = process_time()
        taken = (was_read - begin, was_segmented - was_read, was_extracted - was_segmented, end - was_extracted)
        for stage, lasted in zip(_STAGES, (*taken, end - begin), strict=True):
            seconds[stage] += lasted
        seconds[_NAMES] += _seconds_of_names(outline)
    return seconds


def _seconds_of_names(outline: Outline) -> float:
    """How long names, Goals and the roles of bodies take, read once more by themselves."""
    rules = languages.rules(outline.text.language)
    words = read_words(outline, rules)
    begin = process_time()
    names = read_names(outline, words, rules)
    read_goals(outline, words, names, rules)
    for clause in outline.clauses:
        list(mentioned(clause, names[clause.id], (), words[clause.id], rules))
    return process_time() - begin


if __name__ == "__main__":
    main()
