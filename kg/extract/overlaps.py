"""Which of the names found at one place stand there: the longest, and none that is only part of a longer one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from kg.extract.lexicon import Lexicon
from kg.languages import LanguageRules
from kg.languages.shortnames import ShortNames
from kg.languages.wordlist import Hit

_START, _END = itemgetter(1), itemgetter(2)
#: The council whose name may stand inside the names of its mandates.
_MANDATES = "body/human-rights-council"


def _standing(found: Sequence[Hit], text: str, known: Lexicon, short: ShortNames) -> list[Hit]:
    """The names that stand for themselves: no holder of another organization's office, no ordinary word inside another
    name; and of a short name that is part of a longer one only its noun, which shows that there is such a name."""
    standing: list[Hit] = []
    for hit in found:
        number, start, end = hit
        if number in known.plain:
            standing.append(hit)
        elif number in known.small and not short.may_be_small(text, start):
            continue
        elif number < known.full:
            elsewhere = known.holders(number) and short.holds_elsewhere(text, start, end)
            if not elsewhere and short.stands_whole(text, start, end):
                standing.append(hit)
        elif number >= known.marks:
            if short.shows_a_name(text, start, end) and not short.means_nothing(text, start, end):
                standing.append(hit)
        elif short.stands_alone(text, start, end):
            standing.append(hit)
        elif (stranger := known.stranger(number)) is not None and short.names_another(text, end):
            standing.append((stranger, start, end))
    return standing


def in_order(
    found: Sequence[Hit], text: str, known: Lexicon, named: Mapping[str, int], rules: LanguageRules
) -> Iterator[Hit]:
    """Every name in the order of the words, as far as it means something by what was `named` before it. Of names that
    overlap the longest counts, a full one before a short one."""
    for overlapping in _overlapping(sorted(found, key=_START)):
        widest = overlapping[0] if len(overlapping) == 1 else max(overlapping, key=_length)
        if widest[0] in known.plain and _holds(widest, overlapping) and known.targets[widest[0]][0].part_of is None:
            # A full name that holds all others is what most of them are.
            yield from (widest, *_council_inside(widest, overlapping, known))
            continue
        for each in _overlapping(_standing(overlapping, text, known, rules.short_names)):
            yield from _longest(each, known, named) if len(each) > 1 else each


def _overlapping(found: Sequence[Hit]) -> list[list[Hit]]:
    """Those that overlap together, by the order of their beginnings."""
    groups: list[list[Hit]] = []
    last = 0
    for hit in found:
        if hit[1] >= last:
            groups.append([])
        groups[-1].append(hit)
        last = max(last, hit[2])
    return groups


def _holds(widest: Hit, others: Sequence[Hit]) -> bool:
    """Whether all others, in the order of their beginnings, stand in the widest."""
    return widest[1] <= others[0][1] and max(map(_END, others)) <= widest[2]


def _longest(matches: list[Hit], known: Lexicon, named: Mapping[str, int]) -> list[Hit]:
    """Those of several names that overlap which count; a short name that holds a full one, as 缔约方大会 holds 大会,
    counts in its stead. A short name that means nothing yet still keeps a shorter one from being read in it: "the
    Programme of Action" is no programme named before. The Charter counts beside its chapter."""
    widest = max(matches, key=_length)
    if widest[0] < known.full and _holds(widest, matches) and known.targets[widest[0]][0].part_of is None:
        return [widest, *_council_inside(widest, matches, known)]
    taken: list[Hit] = []
    idle: list[Hit] = []
    for match in sorted(matches, key=lambda match: (_rank(match[0], known), match[1] - match[2], match[1])):
        number, start, end = match
        short = number >= known.full
        if number >= known.marks:
            if not any(begin < end and start < stop for _, begin, stop in (*taken, *idle)):
                taken.append(match)
            continue
        if short and named.keys().isdisjoint(known.called[number]):
            idle.append(match)
            continue
        if short and any(begin <= start and end <= stop for _, begin, stop in idle):
            continue
        wholes = {entry.target for entry in known.targets[number]}
        others = [other for other in taken if other[1] < end and start < other[2]]
        others = [other for other in others if known.targets[other[0]][0].part_of not in wholes]
        if all(short and start < begin and stop <= end for _, begin, stop in others):
            taken = [*(other for other in taken if other not in others), match]
    inside = [each for name in taken for each in _council_inside(name, matches, known)]
    return sorted([*_with(taken, idle), *inside], key=_START)


def _council_inside(name: Hit, matches: Sequence[Hit], known: Lexicon) -> list[Hit]:
    """The Human Rights Council in the name of one who holds a mandate of it, "Special Rapporteur of the … on", where
    not all languages name it: the sentence speaks of both."""
    number, first, last = name
    if number >= known.full or known.targets[number][0].parent != _MANDATES:
        return []
    return [
        (other, start, end)
        for other, start, end in matches
        if other < known.full and known.targets[other][0].target == _MANDATES and first <= start and end <= last
    ]


def _with(taken: list[Hit], idle: Sequence[Hit]) -> list[Hit]:
    """A short name that means nothing here is passed on, too: another version may tell what it means."""
    for each in idle:
        if beside(each, taken):
            taken = [*taken, each]
    return taken


def beside(hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether the name shares no character with the others."""
    return all(hit[2] <= start or end <= hit[1] for _, start, end in others)


def _length(hit: Hit) -> int:
    return hit[2] - hit[1]


def _rank(number: int, known: Lexicon) -> int:
    """Full names before short ones, and bare nouns behind both."""
    return (number >= known.full) + (number >= known.marks)
