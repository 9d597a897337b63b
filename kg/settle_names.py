"""What a short name means that one version leaves open, or takes for another thing than all others, decided by those.

No version is given a name that its own words do not contain: where it says "the Committee", and the others name one of
those that are so called, it is that one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from kg.model import Called, Language, Mention, Record, Span

#: What the names of registries are, beside Goals and targets, which have none that are short.
_NAMES = frozenset({"body", "instrument", "event"})
#: How much a version says that names a thing in full, or by a short name.
_FULL, _SHORT = 2, 1
#: So much the others must say for a thing, and more than for the one that is taken for meant.
_ENOUGH = 3
_MARGIN = 2
#: So many others at least must name it.
_AGREE = 2
#: And where what stands there may be an ordinary word as well.
_LOOSE_ENOUGH, _LOOSE_AGREE = 3, 3
#: And where the clause names what it is taken for at another place as well, so that one of the two may be another.
_TWICE_ENOUGH = 4


class _Said(NamedTuple):
    """How a version names a thing in a clause."""

    weight: int
    mention: Mention


#: Where a name stands: its clause, and its place in the file.
_At = tuple[str, Span]
#: By clause and thing, how each version names it.
_Ballots = Mapping[tuple[str, str], Mapping[Language, _Said]]


def settle_names(versions: list[Record]) -> list[Record]:
    """The records with each short name as the other versions have it, where enough of them agree."""
    if len(versions) <= _AGREE:
        return versions
    ballots: dict[tuple[str, str], dict[Language, _Said]] = {}
    for record in versions:
        short = {(called.clause, called.span) for called in record.reading.called}
        for mention in record.reading.mentions:
            if mention.kind in _NAMES:
                said = _Said(_SHORT if (mention.clause, mention.span) in short else _FULL, mention)
                by_language = ballots.setdefault((mention.clause, mention.target), {})
                if by_language.get(record.language, said).weight <= said.weight:
                    by_language[record.language] = said
    things: dict[str, set[str]] = {}
    for clause, target in ballots:
        things.setdefault(clause, set()).add(target)
    return [_settled(record, ballots, things) for record in versions]


def _settled(record: Record, ballots: _Ballots, things: Mapping[str, set[str]]) -> Record:
    """The record with what the others tell it."""
    reading = record.reading
    names = [mention for mention in reading.mentions if mention.kind in _NAMES]
    taken = {(mention.clause, mention.span): mention for mention in names}
    times = Counter((mention.clause, mention.target) for mention in names)
    told: dict[_At, Mention] = {}
    settled: set[tuple[str, str]] = set()
    for called in reading.called:
        at = (called.clause, called.span)
        own = taken.get(at)
        twice = own is not None and times[own.clause, own.target] > 1
        mention = _told(called, own, record.language, ballots, things.get(called.clause, set()), twice=twice)
        if mention and not (called.loose and (called.clause, mention.target) in settled):
            told[at] = mention
            settled.add((called.clause, mention.target))
    if not told:
        return record
    names = [told.get((mention.clause, mention.span), mention) for mention in names]
    names += [mention for at, mention in told.items() if at not in taken]
    mentions = (
        *sorted(names, key=lambda mention: mention.span.start),
        *(mention for mention in reading.mentions if mention.kind not in _NAMES),
    )
    changed = {(at[0], taken[at].target): mention.target for at, mention in told.items() if at in taken}
    addressees = _addressees(reading.addressees, mentions, changed)
    return replace(record, reading=replace(reading, mentions=mentions, addressees=addressees))


def _told(
    called: Called, taken: Mention | None, own: Language, ballots: _Ballots, things: Iterable[str], *, twice: bool
) -> Mention | None:
    """The mention that the short name is by what the others say; None where they say nothing else, or not enough."""
    agree, least = (_LOOSE_AGREE, _LOOSE_ENOUGH) if called.loose else (_AGREE, _ENOUGH)
    if taken and twice:
        least = _TWICE_ENOUGH
    elif taken:
        least = _MARGIN + _weight(ballots.get((called.clause, taken.target), {}), own)
    meant = []
    for target in called.targets.intersection(things):
        said = ballots[called.clause, target]
        if own not in said and len(said) >= agree and _weight(said, own) >= least:
            meant.append(target)
    if len(meant) != 1:
        return None
    language, said_first = next(iter(ballots[called.clause, meant[0]].items()))
    role = taken.role if taken else said_first.mention.role
    kind = said_first.mention.kind
    return Mention(called.clause, kind, meant[0], called.span, called.surface, role=role, settled_by=language)


def _weight(said: Mapping[Language, _Said], but: Language) -> int:
    return sum(each.weight for language, each in said.items() if language != but)


def _addressees(
    addressees: Mapping[str, tuple[str, ...]], mentions: Iterable[Mention], changed: Mapping[tuple[str, str], str]
) -> Mapping[str, tuple[str, ...]]:
    """Those who are asked, with what was settled; one that the clause names no more is not asked."""
    named = {(mention.clause, mention.target) for mention in mentions}
    asked = {
        clause: [changed.get((clause, each), each) if (clause, each) not in named else each for each in those]
        for clause, those in addressees.items()
    }
    for mention in mentions:
        if mention.settled_by and mention.role == "addressee":
            asked.setdefault(mention.clause, []).append(mention.target)
    return {clause: tuple(dict.fromkeys(those)) for clause, those in asked.items()}
