"""Named things in the words: bodies, groups, instruments and events of the registries, longest name first.

A short name ("the Commission", 理事会) counts only where the full name of something that is so called stood before it
in the document; it then means the one named last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple

from kg import registry
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.words import DocumentWords, Words
from kg.languages import LanguageRules
from kg.languages.wordlist import Hit
from kg.model import Clause, Footnote, Mention, Outline


class Name(NamedTuple):
    """A mention with its place in the clause's own words."""

    mention: Mention
    start: int
    end: int


_START = itemgetter(1)
#: Initials in brackets behind a name: at least two capitals, and no blank.
_INITIALS = re.compile(r" ?\((?=[^)]{0,12}[A-ZА-Я][^)]{0,12}[A-ZА-Я])([A-ZА-Я][\w./&-]{1,12})\)")


#: The named things of a document in the order of its words, by the clause or note in which they stand.
Names = Mapping[str, Sequence[Name]]


def read_names(outline: Outline, words: DocumentWords, rules: LanguageRules) -> Names:
    """The named things of all clauses and notes; a note is read with the clause that calls it."""
    known = lexicon(rules.code)
    named = _Named(known)
    names: dict[str, list[Name]] = {}
    hits = words.hits(known.names)
    for part in _parts(outline):
        own = words[part.id]
        found = names[part.id] = []
        for hit in _in_order(_standing(hits[part.id], own, known, rules), known, named.last):
            entry = named.meant(hit, own.squeezed)
            if entry:
                found.append(_name(part, entry, *own.place(hit[1] + known.skips[hit[0]], hit[2])))
        if named.introduced:
            found += introduced(part, own, found, named.introduced)
            found.sort(key=attrgetter("start"))
    return names


class _Named:
    """What a document has named so far: when each thing was named last, and initials that it gave to a name itself."""

    def __init__(self, known: Lexicon) -> None:
        self._known = known
        self._count = 0
        self.last: dict[str, int] = {}
        self.introduced: dict[str, registry.Entry] = {}

    def meant(self, hit: Hit, text: str) -> registry.Entry | None:
        """What the name stands for: a full one for itself, a short one for what was named last of those so called."""
        number, start, end = hit
        targets = self._known.targets[number]
        if number >= self._known.full:
            targets = [entry for entry in targets if entry.target in self.last]
            if not targets:
                return None
        entry = targets[0] if len(targets) == 1 else max(targets, key=lambda each: self.last.get(each.target, -1))
        if self.introduced:
            entry = self.introduced.get(text[start:end], entry)
        if number < self._known.full and (initials := _INITIALS.match(text, end)):
            self.introduced[initials[1]] = entry
        self._count += 1
        self.last[entry.target] = self._count
        return entry


def _parts(outline: Outline) -> Iterator[Clause | Footnote]:
    notes: dict[str | None, list[Footnote]] = defaultdict(list)
    for note in outline.footnotes:
        notes[note.clause].append(note)
    for clause in outline.clauses:
        yield clause
        yield from notes[clause.id]
    yield from notes[None]


def _standing(found: Sequence[Hit], words: Words, known: Lexicon, rules: LanguageRules) -> list[Hit]:
    """The full names, and the short ones that are no part of a longer name."""
    alone, text = rules.short_names.stands_alone, words.squeezed
    return [hit for hit in found if hit[0] < known.full or alone(text, hit[1], hit[2])]


def _in_order(found: list[Hit], known: Lexicon, named: Mapping[str, int]) -> Iterator[Hit]:
    """Every name in the order of the words, as far as it means something by what was `named` before it. Of names that
    overlap the longest counts, a full one before a short one."""
    found.sort(key=_START)
    overlapping: list[Hit] = []
    last = 0
    for match in found:
        if match[1] >= last:
            yield from _longest(overlapping, known, named) if len(overlapping) > 1 else overlapping
            overlapping = []
        overlapping.append(match)
        last = max(last, match[2])
    yield from _longest(overlapping, known, named) if len(overlapping) > 1 else overlapping


def _longest(matches: list[Hit], known: Lexicon, named: Mapping[str, int]) -> list[Hit]:
    """Those of several names that overlap which count; a short name that holds a full one, as 缔约方大会 holds 大会,
    counts in its stead. A short name that means nothing yet still keeps a shorter one from being read in it: "the
    Programme of Action" is no programme named before. The Charter counts beside its chapter."""
    taken: list[Hit] = []
    idle: list[Hit] = []
    for match in sorted(matches, key=lambda match: (match[0] >= known.full, match[1] - match[2], match[1])):
        number, start, end = match
        short = number >= known.full
        if short and not any(entry.target in named for entry in known.targets[number]):
            idle.append(match)
            continue
        if short and any(begin <= start and end <= stop for _, begin, stop in idle):
            continue
        wholes = {entry.target for entry in known.targets[number]}
        others = [other for other in taken if other[1] < end and start < other[2]]
        others = [other for other in others if known.targets[other[0]][0].part_of not in wholes]
        if all(short and start < begin and stop <= end for _, begin, stop in others):
            taken = [*(other for other in taken if other not in others), match]
    return sorted(taken, key=_START)


def introduced(
    part: Clause | Footnote, words: Words, names: Sequence[Name], initials: Mapping[str, registry.Entry]
) -> Iterator[Name]:
    """Initials that stand outside all names, where the document has given them to one: "the Bank for Seeds (BS)"."""
    text = words.squeezed
    for written, entry in initials.items():
        at = text.find(written)
        while at >= 0:
            end = at + len(written)
            if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                start, stop = words.place(at, end)
                if not any(name.start < stop and start < name.end for name in names):
                    yield _name(part, entry, start, stop)
            at = text.find(written, end)


def _name(part: Clause | Footnote, entry: registry.Entry, start: int, end: int) -> Name:
    passage = part.passage
    mention = Mention(part.id, entry.kind, entry.target, passage.span(start, end), passage.text[start:end])
    return Name(mention, start, end)
