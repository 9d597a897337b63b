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


def _length(hit: Hit) -> int:
    return hit[2] - hit[1]


#: Initials in brackets behind a name: at least two capitals, and no blank.
_INITIALS = re.compile(r" ?\((?=[^)]{0,12}[A-ZА-Я][^)]{0,12}[A-ZА-Я])([A-ZА-Я][\w./&-]{1,12})\)")


#: The named things of a document in the order of its words, by the clause or note in which they stand.
Names = Mapping[str, Sequence[Name]]


def read_names(outline: Outline, words: DocumentWords, rules: LanguageRules) -> Names:
    """The named things of all clauses and notes; a note is read with the clause that calls it."""
    known = lexicon(rules.code)
    named = _Named(known, f"body/{outline.heading.organ}")
    names: dict[str, list[Name]] = {}
    hits = words.hits(known.names)
    for part in _parts(outline):
        found = names[part.id] = []
        if not hits[part.id] and not named.introduced:
            continue
        own = words[part.id]
        for hit in _in_order(_standing(hits[part.id], own, known, rules), known, named.last):
            entry = named.meant(hit, own.squeezed)
            if entry:
                found.append(_name(part, entry, *own.place(hit[1] + known.skips[hit[0]], hit[2])))
        if named.introduced:
            found += introduced(part, own, found, named.introduced)
            found.sort(key=attrgetter("start"))
    return names


class _Named:
    """What a document has named so far: when each thing was named last, when a noun stood last in a name that nobody
    knows, and initials that it gave to a name itself."""

    def __init__(self, known: Lexicon, organ: str) -> None:
        self._known = known
        self._organ = organ
        self._count = 0
        self._strangers: dict[str | None, int] = {}
        self.last: dict[str, int] = {}
        self.introduced: dict[str, registry.Entry] = {}

    def meant(self, hit: Hit, text: str) -> registry.Entry | None:
        """What the name stands for: a full one for itself, a short one for what was named last of those so called,
        where nothing unknown has been called so since: behind "Fund for Seeds", "the Fund" is no other fund."""
        number, start, end = hit
        self._count += 1
        targets = self._known.targets[number]
        if number >= self._known.full:
            noun = self._known.nouns[number]
            if number >= self._known.marks:
                self._strangers[noun] = self._count
            since = self._strangers.get(noun, 0) if noun else 0
            own = number in self._known.own
            targets = [
                entry for entry in targets if (entry.parent == self._organ if own else self._named(entry, since))
            ]
            if not targets:
                return None
        entry = targets[0] if len(targets) == 1 else max(targets, key=lambda each: self.last.get(each.target, -1))
        if self.introduced:
            entry = self.introduced.get(text[start:end], entry)
        if number < self._known.full and (initials := _INITIALS.match(text, end)):
            self.introduced[initials[1]] = entry
        self.last[entry.target] = self._count
        return entry

    def _named(self, entry: registry.Entry, since: int) -> bool:
        return self.last.get(entry.target, 0) > (since if entry.target != self._organ else 0)


def _parts(outline: Outline) -> Iterator[Clause | Footnote]:
    notes: dict[str | None, list[Footnote]] = defaultdict(list)
    for note in outline.footnotes:
        notes[note.clause].append(note)
    for clause in outline.clauses:
        yield clause
        yield from notes[clause.id]
    yield from notes[None]


def _standing(found: Sequence[Hit], words: Words, known: Lexicon, rules: LanguageRules) -> list[Hit]:
    """The names that stand for themselves: no holder of another organization's office; and of a short name that is part
    of a longer one only its noun, which shows that there is such a name."""
    short, text = rules.short_names, words.squeezed
    standing: list[Hit] = []
    for hit in found:
        number, start, end = hit
        if number in known.small and not short.may_be_small(text, start):
            continue
        if number < known.full:
            if not (known.holders(number) and short.holds_elsewhere(text, start, end)):
                standing.append(hit)
        elif number >= known.marks or short.stands_alone(text, start, end):
            standing.append(hit)
        elif (stranger := known.stranger(number)) is not None and short.names_another(text, end):
            standing.append((stranger, start, end))
    return standing


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
    widest = max(matches, key=_length)
    if widest[0] < known.full and known.targets[widest[0]][0].part_of is None:
        # A full name that holds all others is what most of them are.
        _, first, last = widest
        if all(first <= start and end <= last for _, start, end in matches):
            return [widest]
    taken: list[Hit] = []
    idle: list[Hit] = []
    for match in sorted(matches, key=lambda match: (_rank(match[0], known), match[1] - match[2], match[1])):
        number, start, end = match
        short = number >= known.full
        if number >= known.marks:
            if not any(begin < end and start < stop for _, begin, stop in (*taken, *idle)):
                taken.append(match)
            continue
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


def _rank(number: int, known: Lexicon) -> int:
    """Full names before short ones, and bare nouns behind both."""
    return (number >= known.full) + (number >= known.marks)


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
