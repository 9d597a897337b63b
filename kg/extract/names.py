"""Named things in the words: bodies, groups, instruments and events of the registries, longest name first.

A short name ("the Commission", 理事会) counts only where the full name of something that is so called stood before it
in the document; it then means the one named last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache, cached_property
from operator import attrgetter
from typing import NamedTuple

from kg import registry
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.overlaps import beside, in_order
from kg.extract.parted import parted
from kg.extract.phrasebook import phrasebook
from kg.extract.words import DocumentWords, Words, words_of
from kg.languages import LanguageRules
from kg.languages.phrases import Passages
from kg.languages.wordlist import Hit
from kg.model import Called, Clause, Footnote, Heading, MentionKind, Outline


class Name(NamedTuple):
    """A named thing with its place in the clause's own words."""

    kind: MentionKind
    target: str
    start: int
    end: int


#: Initials in brackets behind a name: at least two capitals, and no blank.
_INITIALS = re.compile(r" ?\((?=[^)]{0,12}[A-ZА-Я][^)]{0,12}[A-ZА-Я])([A-ZА-Я][\w./&-]{1,12})\)")
#: What stands around a short name where the document gives it to what it has just named: (“the Committee”).
_OPENING, _CLOSING = frozenset('(（“”„«"‘'), frozenset(')）“”»"’')


#: The council whose name may stand inside the names of its mandates.
_MANDATES = "body/human-rights-council"

#: The named things of a document in the order of its words, by the clause or note in which they stand.
Names = Mapping[str, Sequence[Name]]


def read_names(outline: Outline, words: DocumentWords, rules: LanguageRules) -> Names:
    """The named things of all clauses and notes; a note is read with the clause that calls it."""
    return names_and_short_names(outline, words, rules)[0]


def names_and_short_names(
    outline: Outline, words: DocumentWords, rules: LanguageRules
) -> tuple[Names, tuple[Called, ...]]:
    """The named things, and all short names, also those of which the words do not tell what they mean."""
    known = lexicon(rules.code)
    named = _Named(known, outline.heading, rules)
    names: dict[str, list[Name]] = {}
    called: list[Called] = []
    book = phrasebook(rules.code)
    hits, long = words.hits(known.names, book), words.hits(known.long, book)
    broken = parted(words, known.names, rules)
    for part in _parts(outline):
        found = names[part.id] = []
        numbered = [(known.long_numbers[number], start, end) for number, start, end in long[part.id]]
        here = _joined(hits[part.id], numbered, known)
        if part.id in broken:
            here = [*here, *broken[part.id]]
        if not (here or numbered or named.introduced):
            continue
        own = words[part.id]
        taken = [
            (hit, entry)
            for hit in in_order(here, own.squeezed, known, named.last, rules)
            if (entry := named.meant(hit, own.squeezed, part.id)) or known.full <= hit[0] < known.marks
        ]
        found += (_name(hit, entry, own, known) for hit, entry in taken if entry)
        called += (_called(part, hit, own, known) for hit, _ in taken if known.full <= hit[0] < known.marks)
        called += _loose(part, [*hits[part.id], *numbered], [hit for hit, _ in taken], own, known)
        if isinstance(part, Clause) and part.kind == "heading":
            named.forget("main-committee")
        if named.introduced:
            found += _introduced(own, found, named.introduced)
            found.sort(key=attrgetter("start"))
    return names, tuple(called)


def _name(hit: Hit, entry: registry.Entry, words: Words, known: Lexicon) -> Name:
    number, start, end = hit
    start += known.skips[number]
    return Name(entry.kind, entry.target, *((start, end) if words.in_place else words.place(start, end)))


class _Named:
    """What a document has named so far: when each thing was named last, when a noun stood last in a name that nobody
    knows, and the initials and short names that it gave to a name itself."""

    def __init__(self, known: Lexicon, heading: Heading, rules: LanguageRules) -> None:
        self._known = known
        self._rules = rules
        self._organ = f"body/{heading.organ}"
        self._title = heading.title
        self._part: dict[str, str] = {}
        self._count = 0
        self._strangers: dict[str | None, int] = {}
        self._given: dict[int, registry.Entry] = {}
        self.last: dict[str, int] = {}
        self.introduced: dict[str, registry.Entry] = {}

    def forget(self, kind: str) -> None:
        """What is of that kind was named by the way: on the report of the Third Committee the Assembly adopts what says
        "the Committee" of others."""
        for target in [target for target in self.last if registry.entry(target).body_kind == kind]:
            del self.last[target]

    def meant(self, hit: Hit, text: str, part: str) -> registry.Entry | None:
        """What the name stands for: a full one for itself, a short one for what was named last of those so called,
        where nothing unknown has been called so since: behind "Fund for Seeds", "the Fund" is no other fund. What the
        document itself has called so stays so."""
        number, start, end = hit
        self._count += 1
        if number < self._known.full:
            entry: registry.Entry | None = self._nearest(self._known.targets[number], part)
        elif number in self._given and not _gives(text, start, end):
            entry = self._given[number]
            self.last[entry.target] = self._count
            return entry
        else:
            entry = self._short(number, part)
        if entry is None:
            return None
        if self.introduced:
            given = self.introduced.get(text[start:end], entry)
            # Behind "Mission to Support the Treaty (MST)" the initials are those of a mission, if one is so called.
            entry = given if given.kind == entry.kind else entry
        self.last[entry.target] = self._count
        if number >= self._known.full:
            if _gives(text, start, end):
                self._given[number] = entry
            return entry
        self._part[entry.target] = part
        if "(" in text[end : end + 2] and (initials := _INITIALS.match(text, end)):
            self.introduced[initials[1]] = entry
        return entry

    def _short(self, number: int, part: str) -> registry.Entry | None:
        """What a short name stands for: what was named last of those so called."""
        known = self._known
        noun = known.nouns[number]
        if number >= known.marks:
            self._strangers[noun] = self._count
        if number in known.own:
            targets = [entry for entry in known.targets[number] if entry.parent == self._organ]
        elif self.last.keys().isdisjoint(known.called[number]):
            return None
        else:
            since = self._strangers.get(noun, 0) if noun else 0
            targets = [
                entry for entry in known.targets[number] if entry.target in self.last and self._named(entry, since)
            ]
        return self._nearest(targets, part) if targets else None

    def _nearest(self, targets: Sequence[registry.Entry], part: str) -> registry.Entry:
        return targets[0] if len(targets) == 1 else max(targets, key=lambda each: self._near(each.target, part))

    def _named(self, entry: registry.Entry, since: int) -> bool:
        return self.last.get(entry.target, 0) > (since if entry.target != self._organ else 0)

    def _near(self, target: str, part: str) -> tuple[bool, bool, int]:
        """What a short name means first: what the clause itself names in full, what the title does, what was last."""
        return self._part.get(target) == part, target in self._titled, self.last.get(target, -1)

    @cached_property
    def _titled(self) -> Set[str]:
        """The things that the title names in full, and of a treaty the conference of its parties: it is about them."""
        if not self._title:
            return frozenset()
        passages = Passages([words_of(self._title, self._rules).squeezed], self._rules.inflection)
        (hits,) = passages.hits_in_each(self._known.names, phrasebook(self._rules.code))
        named = [entry for number, _, _ in hits if number < self._known.full for entry in self._known.targets[number]]
        conferences = (_conference(entry.target) for entry in named if entry.kind == "instrument")
        return {*(entry.target for entry in named), *(target for target in conferences if target)}


def _gives(text: str, start: int, end: int) -> bool:
    """Whether the short name stands alone between marks: (“the Committee”)."""
    before, behind = text[max(0, start - 2) : start].rstrip(), text[end : end + 2].lstrip()
    return before[-1:] in _OPENING and behind[:1] in _CLOSING


@cache
def _conference(treaty: str) -> str | None:
    """The conference of the parties of a treaty: its full name is the shortest that holds that of the treaty. Told by
    the English names, whose words do not bend."""
    names = tuple(registry.entry(treaty).names_in("en"))
    every = (entry for entry in registry.entries().values() if entry.body_kind == "treaty-conference")
    holding = [
        (len(other), entry.target)
        for entry in every
        for other in entry.names_in("en")
        if any(name in other for name in names)
    ]
    return min(holding)[1] if holding else None


def _parts(outline: Outline) -> Iterator[Clause | Footnote]:
    notes: dict[str | None, list[Footnote]] = defaultdict(list)
    for note in outline.footnotes:
        notes[note.clause].append(note)
    for clause in outline.clauses:
        yield clause
        yield from notes[clause.id]
    yield from notes[None]


def _joined(hits: Sequence[Hit], long: Sequence[Hit], known: Lexicon) -> Sequence[Hit]:
    """All names found; a long one that was found as it is written is not taken twice."""
    others = {hit for hit in long if hit[0] < known.full}
    if not others:
        return hits
    return [*hits, *sorted(others.difference(hits))]


def _called(part: Clause | Footnote, hit: Hit, words: Words, known: Lexicon, *, loose: bool = False) -> Called:
    number, start, end = hit
    start, end = words.place(start + known.skips[number], end)
    passage = part.passage
    return Called(part.id, passage.span(start, end), passage.text[start:end], known.called[number], loose)


def _loose(
    part: Clause | Footnote, hits: Sequence[Hit], taken: Sequence[Hit], words: Words, known: Lexicon
) -> Iterator[Called]:
    """What could be a short name, but may as well be an ordinary word or part of another name; each once."""
    once = {hit[0]: hit for hit in reversed(hits) if hit[0] >= known.full and beside(hit, taken)}
    for hit in once.values():
        yield _called(part, hit, words, known, loose=True)


def _introduced(words: Words, names: Sequence[Name], initials: Mapping[str, registry.Entry]) -> Iterator[Name]:
    """Initials that stand outside all names, where the document has given them to one: "the Bank for Seeds (BS)"."""
    text = words.squeezed
    for written, entry in initials.items():
        at = text.find(written)
        while at >= 0:
            end = at + len(written)
            if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                start, stop = words.place(at, end)
                if not any(name.start < stop and start < name.end for name in names):
                    yield Name(entry.kind, entry.target, start, stop)
            at = text.find(written, end)
