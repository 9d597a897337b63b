"""What one language version of a work leaves open, or says against all others, decided by the others.

No version is given a citation that its own words do not contain; a number that the others show to be printed the wrong
way round, or without its letter, is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg import security_council, symbols
from kg.model import Citation, Finding, Language, Record
from kg.settle_names import settle_names

_PLAIN_NUMBER = re.compile(r"(?:E?S-)?\d{1,4}/\d{1,4}[A-Z]?|\d{3,4}")
_YEAR = re.compile(r"\((?:19|20)\d\d\)$")
_HALVES = re.compile(r"(?P<first>\d{1,4})/(?P<second>\d{1,4})")
_HYPHENS = {ord(hyphen): "-" for hyphen in "\u2010\u2011\u2012\u2013"}
#: How sure a version is of the organ by the rule that decided; what is taken for granted counts 1.
_CERTAINTY = {"organ-named": 2, "date": 2, "its": 2}
_AGREE = 2

#: Where a citation stands: its clause, and the note that holds its words.
_At = tuple[str, str | None]


def settle(versions: list[Record]) -> list[Record]:
    """The records with what one version leaves open, or says against all others, decided by the others."""
    versions = settle_names(versions)
    ballots = _ballots(versions)
    certain: dict[tuple[str, str | None], dict[Language, None]] = {}
    for version in versions:
        for citation in version.citations:
            if citation.status == "resolved":
                certain.setdefault((citation.clause, citation.target), {})[version.language] = None
    decided = [
        replace(
            record,
            citations=tuple(
                _outvoted(_decide(citation, certain, record.language), ballots) for citation in record.citations
            ),
        )
        for record in versions
    ]
    return [_mended(record, [other for other in decided if other is not record]) for record in decided]


def _mended(record: Record, others: Iterable[Record]) -> Record:
    """The record with the numbers put right that at least two others print as another, with a finding for each."""
    said: dict[_At, dict[str, list[Language]]] = {}
    for other in others:
        for at, target in dict.fromkeys(_cited(other)):
            said.setdefault(at, {}).setdefault(target, []).append(other.language)
    own = set(_cited(record))
    citations, findings = [], []
    for citation in record.citations:
        at = (citation.clause, citation.via)
        agreed = {
            target: languages[0]
            for target, languages in said.get(at, {}).items()
            if len(languages) >= _AGREE and (at, target) not in own
        }
        if security_council.misdated(citation.target or ""):
            agreed = {target: languages[0] for target, languages in said.get(at, {}).items()}
            meant = _dated(citation.target or "", agreed, {target for place, target in own if place == at})
        else:
            meant = _lettered(citation, agreed) or (_turned(citation, agreed) if record.language == "ar" else None)
            meant = None if citation.target in said.get(at, {}) else meant
        if meant is None:
            citations.append(citation)
            continue
        citations.append(
            citation._replace(status="resolved", target=meant, candidates=(), reason=None, settled_by=agreed[meant])
        )
        message = f"{citation.surface} is printed for {meant}, which stands here in {agreed[meant]}"
        findings.append(Finding("warning", "number-differs", citation.clause, message))
    return replace(record, citations=tuple(citations), findings=(*record.findings, *dict.fromkeys(findings)))


def _cited(record: Record) -> Iterator[tuple[_At, str]]:
    return (((c.clause, c.via), c.target) for c in record.citations if c.status == "resolved" and c.target)


def _lettered(citation: Citation, agreed: Mapping[str, Language]) -> str | None:
    """The one part that the others cite of a resolution which is printed here without its letter."""
    parts = [target for target in agreed if (symbols.parse(target).whole or target) != target]
    meant = [target for target in parts if symbols.parse(target).whole == citation.target]
    return meant[0] if len(meant) == 1 else None


def _dated(target: str, agreed: Mapping[str, Language], own: set[str]) -> str | None:
    """The one resolution of the Security Council in the others with the number of one that cannot be, 2140 (2015) for
    2140 (2014), else the one with its year that this version lacks."""
    number, year = security_council.halves(target) or ("", "")
    right = [(security_council.halves(each), each) for each in agreed if not security_council.misdated(each)]
    same = [each for found, each in right if found and found[0] == number]
    same = same or [each for found, each in right if found and found[1] == year and each not in own]
    return same[0] if len(same) == 1 else None


def _turned(citation: Citation, agreed: Mapping[str, Language]) -> str | None:
    """The one number of the others that an Arabic text prints the other way round: 25/51 for 51/25."""
    halves = _HALVES.search(citation.surface.translate(_HYPHENS)) if citation.form == "number" else None
    if halves is None:
        return None
    other = re.compile(rf"(?:.*[/-])?{halves['second']}/{halves['first']}[A-Z]?")
    meant = [target for target in agreed if other.fullmatch(target)]
    return meant[0] if len(meant) == 1 else None


def _decide(
    citation: Citation, certain: Mapping[tuple[str, str | None], Mapping[Language, None]], own: Language
) -> Citation:
    """An ambiguous citation of which just one candidate stands in another version without doubt."""
    hits: dict[str, Language] = {}
    for candidate in citation.candidates:
        for language in certain.get((citation.clause, candidate), ()):
            if language != own:
                hits.setdefault(candidate, language)
    if len(hits) != 1:
        return citation
    target, language = hits.popitem()
    return citation._replace(status="resolved", target=target, candidates=(), reason=None, settled_by=language)


def _ballots(versions: list[Record]) -> dict[tuple[str, str | None, str], dict[str | None, dict[Language, int]]]:
    """What each version takes a number for, in each clause, and how sure it is; a number that one version uses for two
    documents in one clause is left out."""
    ballots: dict[tuple[str, str | None, str], dict[str | None, dict[Language, int]]] = {}
    twice = set()
    for version in versions:
        for citation in version.citations:
            if (number := _number(citation)) is None or citation.method == "link":
                continue
            key = (citation.clause, citation.via, number)
            said = ballots.setdefault(key, {})
            if any(version.language in votes for target, votes in said.items() if target != citation.target):
                twice.add(key)
            weak = citation.status != "resolved" and citation.rule != "organ-named"
            said.setdefault(citation.target, {})[version.language] = 0 if weak else _CERTAINTY.get(citation.rule, 1)
    return {key: said for key, said in ballots.items() if key not in twice and len(said) > 1}


def _outvoted(
    citation: Citation, ballots: Mapping[tuple[str, str | None, str], Mapping[str | None, Mapping[Language, int]]]
) -> Citation:
    """The citation as the other versions have it, where two at least agree and are much surer of it,
    or one alone where the rest cannot say."""
    said = ballots.get((citation.clause, citation.via, _number(citation) or ""))
    if said is None or citation.method == "link":
        return citation
    target, votes = max(said.items(), key=lambda item: (sum(item[1].values()), len(item[1])))
    own = sum(said.get(citation.target, {}).values())
    # Where no other version says anything, one that names the organ is enough.
    unopposed = not any(sum(each.values()) for other, each in said.items() if other != target)
    agree = 1 if unopposed and citation.target is None else _AGREE
    if target is None or target == citation.target or len(votes) < agree or sum(votes.values()) < own + _AGREE:
        return citation
    first = next(iter(votes))
    return citation._replace(status="resolved", target=target, candidates=(), reason=None, settled_by=first)


def _number(citation: Citation) -> str | None:
    """The number of a citation that is the same in all languages: 74/229, S-16/1; of the Security Council's without
    the year, which some versions leave out."""
    number = _YEAR.sub("", re.sub(r"\s", "", citation.surface).translate(_HYPHENS))
    return number if _PLAIN_NUMBER.fullmatch(number) else None
