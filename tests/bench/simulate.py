"""A collection of resolutions that nobody adopted, as N-Quads in our own vocabulary, to see how a store grows.

    python -m tests.bench.simulate WORKS [--clauses 24] [--seed 1] > graph.nq

What makes real collections hard is kept: more resolutions each year than the year before; subjects that come back and
cite what was said of them last; a few documents that hundreds cite; reports that one resolution cites and no other;
bodies of which a few are named everywhere. The words are a sentence a paragraph, in English.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from kg import registry, symbols
from kg.graph import known
from kg.nquads import TYPE, Lines, iri, text, typed
from kg.uris import Names, term

_CITO = "http://purl.org/spar/cito/"
_DCTERMS = "http://purl.org/dc/terms/"
_OA = "http://www.w3.org/ns/oa#"
_PROV = "http://www.w3.org/ns/prov#"
_FIRST, _LAST = 1976, 2025
#: Of ten resolutions, how many are the Assembly's, the two Councils' and the Human Rights Council's.
_ORGANS = {"GA": 6, "ECOSOC": 2, "SC": 1, "HRC": 1}
#: Of a hundred citations, how many go to the same subject's last resolutions, to what others cite, and to reports.
_SUBJECT, _FAMOUS = 50, 35
_PREAMBULAR = ("recall", "recall", "recall", "reaffirm", "note", "take-note", "welcome")
_OPERATIVE = ("request", "request", "decide", "encourage", "invite", "call-upon", "reaffirm", "welcome")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What it is called, when it was adopted, its subject, and what it cites, each once."""

    symbol: str
    adopted: date
    subject: int
    cited: tuple[str, ...]


class _Thing(NamedTuple):
    target: str
    words: str


def resolutions(count: int, *, citations: int = 10, seed: int = 1) -> Iterator[Resolution]:
    """The resolutions in the order of their adoption; `citations` is the mean."""
    drawn = random.Random(seed)
    of_subject: dict[int, list[str]] = {}
    cited: list[str] = []
    reports = 0
    for year, number in enumerate(_growing(count)):
        subjects = max(number * 3 // 4, 1)
        numbers: dict[str, int] = {}
        for place in range(number):
            symbol = _symbol(_FIRST + year, numbers, drawn)
            subject = drawn.randrange(subjects)
            own = of_subject.setdefault(subject, [])
            targets: dict[str, None] = {}
            for _ in range(1 + int(drawn.expovariate(1 / max(citations - 1, 1)))):
                way = drawn.randrange(100)
                if way < _SUBJECT and own:
                    targets[own[-1 - min(int(drawn.expovariate(0.7)), len(own) - 1)]] = None
                elif way < _SUBJECT + _FAMOUS and cited:
                    targets[drawn.choice(cited)] = None
                else:
                    reports += 1
                    targets[f"A/{31 + year}/{reports}"] = None
            cited.extend(target for target in targets if "/RES/" in target)
            cited.append(symbol)
            own.append(symbol)
            day = date(_FIRST + year, 1, 1) + timedelta(days=364 * place // number)
            yield Resolution(symbol, day, subject, tuple(targets))


def graphs(
    count: int, *, clauses: int = 24, citations: int = 10, seed: int = 1, names: Names | None = None
) -> Iterator[str]:
    """The graph of each resolution, as N-Quads; `clauses` and `citations` are means."""
    drawn = random.Random(seed + 1)
    for each in resolutions(count, citations=citations, seed=seed):
        own = max(2, int(drawn.gauss(clauses, clauses / 3)))
        yield str(_Writer(each, names or Names(), drawn).write(own))


class _Writer:
    """Writes the graph of one resolution."""

    def __init__(self, resolution: Resolution, names: Names, drawn: random.Random) -> None:
        self.symbol = resolution.symbol
        self.resolution = resolution
        self.names = names
        self.drawn = drawn
        self.out = Lines(names.graph(resolution.symbol))
        self.document = names.document(resolution.symbol)
        self.version = names.version(resolution.symbol, "en")
        self.position = 0

    def write(self, clauses: int) -> Lines:
        self._heading()
        waiting = list(self.resolution.cited)
        preamble = clauses // 2
        for number in range(clauses):
            operative = number >= preamble
            last = number == clauses - 1
            here = -(-len(waiting) // (clauses - number)) if waiting else 0
            identifier = f"OP{number - preamble + 1}" if operative else f"PP{number + 1}"
            self._clause(identifier, number - preamble + 1 if operative else number + 1, waiting[:here], last=last)
            del waiting[:here]
        return self.out

    def _heading(self) -> None:
        add, title = self.out.add, text(f"Question {self.resolution.subject}", "en")
        known(self.out, symbols.parse(self.symbol), self.names)
        add(self.document, term("adopted"), typed(self.resolution.adopted.isoformat(), "date"))
        if not symbols.parse(self.symbol).year:
            add(self.document, term("year"), typed(self.resolution.adopted.year, "integer"))
        add(self.document, term("hasVersion"), iri(self.version))
        add(self.version, TYPE, iri(term("LanguageVersion")))
        add(self.version, f"{_DCTERMS}language", text("en"))
        add(self.version, term("sourceFile"), text("simulated.txt"))
        add(self.version, term("sourceDigest"), text(f"sha256:{self.drawn.getrandbits(256):064x}"))
        add(self.version, f"{_PROV}wasAttributedTo", iri(self.names.named("body/united-nations")))
        for subject in (self.document, self.version):
            add(subject, f"{_DCTERMS}title", title)

    def _clause(self, identifier: str, position: int, cited: Sequence[str], *, last: bool) -> None:
        operative = identifier.startswith("OP")
        act = "request" if last else self.drawn.choice(_OPERATIVE if operative else _PREAMBULAR)
        name, add = self._part(identifier), self.out.add
        add(self.document, term("hasClause"), iri(name))
        add(name, TYPE, iri(term("OperativeParagraph" if operative else "PreambularParagraph")))
        add(name, term("inDocument"), iri(self.document))
        add(name, term("position"), typed(position, "integer"))
        add(name, term("number"), text(str(position)) if operative else None)
        add(name, term("act"), iri(self.names.named(f"act/{act}")))
        body = _Thing("body/secretary-general", "Secretary-General") if last else self._body()
        words = f"{registry.acts()[act].labels['en']} {', '.join((*cited, body.words))}"
        add(name, term("text"), text(words, "en"))
        for target in cited:
            self._citation(identifier, act, target)
        if last or self.drawn.random() < 0.4:
            self._mention(identifier, body, inferred=False)
            add(name, term("addressee"), iri(self.names.named(body.target)) if operative else None)
        if self.drawn.random() < 0.2:
            self._mention(identifier, self.drawn.choice(_targets()), inferred=True)
        if last:
            self._request(identifier)

    def _citation(self, clause: str, act: str, target: str) -> None:
        name, edge = self._part(f"{clause}.cites.{target}"), term(registry.acts()[act].edge)
        cited, add = known(self.out, symbols.parse(target), self.names), self.out.add
        add(name, TYPE, iri(term("Citation")), iri(f"{_CITO}Citation"))
        add(name, f"{_CITO}hasCitingEntity", iri(self._part(clause)))
        add(name, f"{_CITO}hasCitedEntity", iri(cited))
        add(name, f"{_CITO}hasCitationCharacterization", iri(edge))
        add(name, term("status"), iri(term("Resolved")))
        add(name, term("act"), iri(self.names.named(f"act/{act}")))
        add(name, term("surface"), text(target))
        add(name, term("foundIn"), text("en"))
        add(name, term("rule"), text("symbol"))
        add(name, term("shownBy"), text("text"))
        for property_ in (term("cites"), edge):
            add(self.document, property_, iri(cited))
        self._words(name, target)

    def _mention(self, clause: str, thing: _Thing, *, inferred: bool) -> None:
        name, add = self._part(f"{clause}.mentions.{thing.target}"), self.out.add
        named = iri(self.names.named(thing.target))
        add(self._part(clause), term("concerns" if inferred else "mentions"), named)
        add(name, TYPE, iri(term("Mention")))
        add(name, term("inClause"), iri(self._part(clause)))
        add(name, term("mentioned"), named)
        add(name, term("inferred"), typed(inferred, "boolean"))
        if inferred:
            add(name, term("evidence"), text(thing.words, "en"))
            add(name, term("score"), typed(0.6, "decimal"))
        else:
            add(name, term("surface"), text(thing.words))
            self._words(name, thing.words)

    def _request(self, clause: str) -> None:
        name, add = self._part(f"{clause}.report-1"), self.out.add
        year = self.resolution.adopted.year + 1
        add(name, TYPE, iri(term("ReportRequest")))
        add(name, term("inClause"), iri(self._part(clause)))
        add(name, term("requestedOf"), iri(self.names.named("body/secretary-general")))
        add(name, term("reportTo"), iri(self.names.named("body/general-assembly")))
        add(name, term("dueSession"), text(str(year - 1945)))
        add(name, term("dueYear"), typed(year, "integer"))

    def _words(self, about: str, exact: str) -> None:
        name, add = self.names.words(self.symbol, "en", self.position, self.position + len(exact)), self.out.add
        add(about, f"{_PROV}wasDerivedFrom", iri(name))
        add(name, TYPE, iri(f"{_OA}TextPositionSelector"))
        add(name, f"{_OA}start", typed(self.position, "nonNegativeInteger"))
        add(name, f"{_OA}end", typed(self.position + len(exact), "nonNegativeInteger"))
        add(name, f"{_OA}exact", text(exact))
        add(name, term("inVersion"), iri(self.version))
        self.position += len(exact) + 1

    def _body(self) -> _Thing:
        bodies, weights = _bodies()
        return self.drawn.choices(bodies, cum_weights=weights)[0]

    def _part(self, identifier: str) -> str:
        return self.names.part(self.symbol, identifier)


def _growing(count: int) -> list[int]:
    """How many resolutions each year has: twice as many in the last as in the first, with nothing lost by rounding."""
    years = _LAST - _FIRST + 1
    until = list(accumulate(years + year for year in range(years)))
    ends = [count * each // until[-1] for each in until]
    return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]


def _symbol(year: int, numbers: dict[str, int], drawn: random.Random) -> str:
    """The next symbol of an organ that is drawn."""
    organ = drawn.choices(list(_ORGANS), weights=list(_ORGANS.values()))[0]
    if organ == "HRC" and year < 2006:
        organ = "GA"
    number = numbers[organ] = numbers.get(organ, 0) + 1
    return {
        "GA": f"A/RES/{year - 1945}/{number}",
        "ECOSOC": f"E/RES/{year}/{number}",
        "SC": f"S/RES/{(year - 1945) * 10_000 + number}({year})",
        "HRC": f"A/HRC/RES/{(year - 2005) * 3}/{number}",
    }[organ]


@cache
def _bodies() -> tuple[Sequence[_Thing], Sequence[float]]:
    """The bodies of the registry, and sums of weights by which a few are drawn most often."""
    found = [
        _Thing(entry.target, entry.label())
        for entry in registry.entries().values()
        if entry.kind == "body" and entry.target.startswith("body/")
    ]
    return found, list(accumulate(1 / (rank + 3) for rank in range(len(found))))


@cache
def _targets() -> Sequence[_Thing]:
    return [
        _Thing(entry.target, entry.label()) for entry in registry.entries().values() if entry.target.startswith("sdg/")
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("works", type=int)
    parser.add_argument("--clauses", type=int, default=24, help="paragraphs of a work in the mean (default: 24)")
    parser.add_argument("--citations", type=int, default=10, help="citations of a work in the mean (default: 10)")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    sys.stdout.writelines(
        graphs(arguments.works, clauses=arguments.clauses, citations=arguments.citations, seed=arguments.seed)
    )


if __name__ == "__main__":
    main()
