"""How far the six languages name the same things, and which names no registry explains.

    python -m tests.bench.names PATH… [--works 100] [--seed 1]    the figures
    python -m tests.bench.names PATH… --list differences          where languages differ, by thing and language
    python -m tests.bench.names PATH… --list unexplained          names that no entry explains, by language

PATH is whatever `unkg extract` reads. A paragraph counts where all six versions hold it; the adopting organ itself is
left aside, as some languages turn it into a pronoun, and so are collectives. A name is what is written with capitals
in the middle of a sentence (en, es, fr, ru), or stands in title marks (ar, zh). This is no test: it fails nothing.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg import evaluate, languages, registry, run, sources
from kg.model import LeftOut, Record, Work

KINDS = ("body", "instrument", "event")
#: Small words inside a name.
_SMALL = {
    "en": "of|on|for|and|the|in|to|against|with",
    "es": "de|del|la|las|el|los|para|sobre|y|e|en|contra",
    "fr": "de|des|du|la|le|les|pour|sur|et|en|contre|à|aux?|consultatif|spéciale?",
    "ru": "по|о|об|и|в|для|против|[а-яё]+(?:ого|ой|ых|их|ему|ому|ым|ий|ая)",
}
_CAPITALS = r"[A-ZÀ-ÞА-ЯЁ][\w’'-]+(?:(?: (?:{small}))* [A-ZÀ-ÞА-ЯЁ][\w’'-]+)+"
_NAMES = {
    **{code: re.compile(_CAPITALS.replace("{small}", small)) for code, small in _SMALL.items()},
    "ar": re.compile(r"“[^”“]{4,90}”|\"[^\"]{4,90}\""),
    "zh": re.compile(r"《[^《》]{2,40}》|“[^”“]{2,40}”"),
}
#: What stands before the first word of a sentence, which has a capital anyhow.
_SENTENCE = re.compile(r"(?:^|[.;:!?])\W*$")


class Place(NamedTuple):
    """Where something is named, or is not."""

    symbol: str
    clause: str


@dataclass
class Agreement:
    """Paragraphs that all six languages hold, and where they differ: `lacking` and `alone` by (thing, language)."""

    paragraphs: int = 0
    naming: int = 0
    same: int = 0
    lacking: defaultdict[tuple[str, str], list[Place]] = field(default_factory=lambda: defaultdict(list))
    alone: defaultdict[tuple[str, str], list[Place]] = field(default_factory=lambda: defaultdict(list))

    def add(self, work: Work, kinds: Iterable[str]) -> None:
        named = {record.language: _named(record, frozenset(kinds)) for record in work.records}
        held = {record.language: _paragraphs(record) for record in work.records}
        if set(named) != set(languages.available()):
            return
        organ = f"body/{work.records[0].reading.outline.heading.organ}"
        for clause in sorted(set.intersection(*held.values())):
            sets = {language: those[clause] - {organ} for language, those in named.items()}
            every = set.union(*sets.values())
            self.paragraphs += 1
            self.naming += bool(every)
            self.same += bool(every) and all(those == every for those in sets.values())
            for thing in every:
                self._differing(thing, [code for code, those in sets.items() if thing in those], work.symbol, clause)

    def _differing(self, thing: str, having: list[str], symbol: str, clause: str) -> None:
        lacking = [code for code in languages.available() if code not in having]
        table, those = (self.lacking, lacking) if len(having) > len(lacking) else (self.alone, having)
        for code in those if lacking else ():
            table[thing, code].append(Place(symbol, clause))


def _named(record: Record, kinds: frozenset[str]) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for mention in record.reading.mentions:
        if mention.kind in kinds and not mention.inferred and not _collective(mention.target):
            found[mention.clause].add(mention.target)
    return found


def _collective(target: str) -> bool:
    """Collectives, and the United Nations alone, are neither asked for nor held against."""
    return target == "body/united-nations" or registry.entry(target).body_kind == "collective"


def _paragraphs(record: Record) -> set[str]:
    return {clause.id for clause in record.reading.outline.clauses if clause.kind != "heading"}


def _unexplained(record: Record) -> Iterator[str]:
    """What looks like a name and holds no mention, nor is held by one."""
    explained = defaultdict(list)
    groups = _groups(record.language)
    for mention in record.reading.mentions:
        if not mention.inferred:
            explained[mention.clause].append(mention.surface)
    for clause in record.reading.outline.clauses:
        text = clause.passage.text if clause.kind != "heading" else ""
        for found in _NAMES[record.language].finditer(text):
            name = found[0]
            begins = record.language in _SMALL and _SENTENCE.search(text[: found.start()])
            if not begins and not any(each in name or name in each for each in [*explained[clause.id], *groups]):
                yield name


@cache
def _groups(language: str) -> tuple[str, ...]:
    """The groups of the registry, which the records name as addressees alone."""
    every = registry.entries().values()
    return tuple(name for entry in every if entry.kind == "group" for name in entry.names_in(language))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--works", type=int, default=100, help="works to draw (default: 100)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other works (default: 1)")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=["body"], help="what is compared (default: body)")
    parser.add_argument("--language", choices=languages.available(), help="list what concerns this language alone")
    parser.add_argument("--list", choices=("differences", "unexplained"), dest="listed")
    parser.add_argument("--most", type=int, default=60, help="how many lines a list has (default: 60)")
    arguments = parser.parse_args()
    tasks = [task for task in sources.works(arguments.paths) if len(task) >= len(languages.available())]
    agreement, unexplained, names = Agreement(), Counter[tuple[str, str]](), Counter[str]()
    for task in evaluate.drawn(tasks, arguments.works, arguments.seed):
        for work in run.work(task):
            if isinstance(work, LeftOut):
                continue
            agreement.add(work, arguments.kinds)
            for record in work.records:
                names[record.language] += len(_named(record, frozenset(KINDS)))
                unexplained.update((record.language, name) for name in _unexplained(record))
    if arguments.listed == "differences":
        _list_differences(agreement, arguments.language, arguments.most)
    elif arguments.listed == "unexplained":
        _list_unexplained(unexplained, arguments.language, arguments.most)
    else:
        _figures(agreement, unexplained)


def _figures(agreement: Agreement, unexplained: Counter[tuple[str, str]]) -> None:
    differing = agreement.naming - agreement.same
    print(f"Paragraphs in all six languages: {agreement.paragraphs:,}; naming something: {agreement.naming:,}")
    print(f"The same things in all six: {1 - differing / max(agreement.paragraphs, 1):.3f} of all paragraphs,")
    print(f"  {agreement.same / max(agreement.naming, 1):.3f} of those that name something")
    for code in languages.available():
        lacking = sum(len(places) for (_, language), places in agreement.lacking.items() if language == code)
        alone = sum(len(places) for (_, language), places in agreement.alone.items() if language == code)
        own = [count for (language, _), count in unexplained.items() if language == code]
        print(
            f"{code}: lacking {lacking:,}, alone {alone:,}; names without an entry: {len(own):,} in {sum(own):,} places"
        )


def _list_differences(agreement: Agreement, language: str | None, most: int) -> None:
    for title, table in (("lacking", agreement.lacking), ("alone", agreement.alone)):
        rows = sorted(((len(places), *key, places) for key, places in table.items()), reverse=True)
        for count, thing, code, places in [row for row in rows if language in (None, row[2])][:most]:
            print(f"{title} {code} {count:4} {thing}: {', '.join(f'{p.symbol}#{p.clause}' for p in places[:3])}")


def _list_unexplained(unexplained: Counter[tuple[str, str]], language: str | None, most: int) -> None:
    rows = [(key, count) for key, count in unexplained.most_common() if language in (None, key[0])]
    for (code, name), count in rows[:most]:
        print(f"{count:5} {code} {name}")


if __name__ == "__main__":
    main()
