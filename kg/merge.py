"""Record* → Work: the language versions of one resolution put together.

Nothing is added to a version that its own words do not show; but what one version settles may settle another, and what
only some versions say is a finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from kg.model import Citation, Finding, JoinedCitation, Language, Locator, Record, Work

#: Links drop the letter of a part, or add it.
_LETTERS = re.compile(r"(?<=[\d)])[A-Z]+$")


_PLAIN_NUMBER = re.compile(r"(?:E?S-)?\d{1,4}/\d{1,4}[A-Z]?")
_HYPHENS = {ord(hyphen): "-" for hyphen in "\u2010\u2011\u2012\u2013"}
#: How sure a version is of the organ by the rule that decided; what is taken for granted counts 1.
_CERTAINTY = {"organ-named": 2, "date": 2, "its": 2}
_AGREE = 2


class _Key(NamedTuple):
    """By what a citation is known again in another language; locator and act count only where a version cites one
    document several times from one place, as translations differ in both."""

    clause: str
    via: str | None
    target: str
    locator: tuple[tuple[str, tuple[str, ...]], ...] = ()
    act: str | None = None


def merge(records: Iterable[Record]) -> Work:
    """One work from the records of its versions, which all have its symbol; raises ValueError where they do not."""
    versions = sorted(records, key=lambda record: record.language)
    symbols = {record.symbol for record in versions}
    if len(symbols) != 1:
        raise ValueError(f"expected the versions of one work, got {', '.join(sorted(symbols)) or 'none'}")
    settled = _settled(versions)
    joined = _joined(settled)
    languages = {key: tuple(each) for key, each in joined.items()}
    several = _several(settled)
    complete = tuple(
        replace(record, citations=tuple(c._replace(languages=languages[key]) for key, c in _keyed(record, several)))
        for record in settled
    )
    citations = tuple(_one(each, languages[key]) for key, each in joined.items())
    findings = [finding for record in complete for finding in record.findings]
    known = [record.language for record in complete]
    return Work(
        symbol=symbols.pop(),
        records=complete,
        citations=citations,
        findings=tuple(dict.fromkeys([*findings, *_structure(complete), *_differences(citations, known)])),
    )


def _joined(records: list[Record]) -> dict[_Key, dict[Language, tuple[Citation, ...]]]:
    """The citations of all versions, the same ones together, in the order of the first version that has them."""
    several = _several(records)
    found: dict[_Key, dict[Language, tuple[Citation, ...]]] = {}
    for record in records:
        for key, citation in _keyed(record, several):
            versions = found.setdefault(key, {})
            versions[record.language] = (*versions.get(record.language, ()), citation)
    return found


def _several(records: list[Record]) -> set[tuple[str, str | None, str | None]]:
    """From where, and what, some version cites with more than one place or act."""
    places: dict[tuple[str, str, str | None, str | None], set[str]] = {}
    for record in records:
        for citation in record.citations:
            at = (record.language, citation.clause, citation.via, citation.target)
            places.setdefault(at, set()).add(f"{dict(citation.locator)} {citation.act}")
    return {at[1:] for at, found in places.items() if len(found) > 1}


def _keyed(record: Record, several: set[tuple[str, str | None, str | None]]) -> Iterator[tuple[_Key, Citation]]:
    """The citations of a version with their keys; where no document is settled, the first of its form in a place is
    the first in another language, whatever its words."""
    counts: Counter[tuple[str, str | None, str]] = Counter()
    for citation in record.citations:
        shown = citation.target
        if shown is None and citation.form == "number":
            shown = f"{citation.status} {citation.surface}"
        elif shown is None:
            counts[citation.clause, citation.via, citation.form] += 1
            shown = f"{citation.form} {counts[citation.clause, citation.via, citation.form]}"
        if (citation.clause, citation.via, citation.target) not in several:
            yield _Key(citation.clause, citation.via, shown), citation
        else:
            yield _Key(citation.clause, citation.via, shown, tuple(citation.locator.items()), citation.act), citation


def _one(versions: Mapping[Language, tuple[Citation, ...]], languages: tuple[str, ...]) -> JoinedCitation:
    """The citation as its first version has it, with the fullest locator and the date of any."""
    every = [citation for citations in versions.values() for citation in citations]
    first = every[0]
    date = next((citation.date for citation in every if citation.date), None)
    fullest = max((citation.locator for citation in every), key=_size)
    return JoinedCitation(first._replace(locator=fullest, date=date, languages=languages), versions)


def _size(locator: Locator) -> tuple[int, int]:
    return len(locator), sum(len(values) for values in locator.values())


def _settled(versions: list[Record]) -> list[Record]:
    """The records with what one version leaves open, or says against all others, decided by the others."""
    ballots = _ballots(versions)
    certain: dict[tuple[str, str | None], dict[Language, None]] = {}
    for version in versions:
        for citation in version.citations:
            if citation.status == "resolved":
                certain.setdefault((citation.clause, citation.target), {})[version.language] = None
    return [
        replace(
            record,
            citations=tuple(
                _outvoted(_decide(citation, certain, record.language), ballots) for citation in record.citations
            ),
        )
        for record in versions
    ]


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
    """The citation as the other versions have it, where two at least agree and are much surer of it."""
    said = ballots.get((citation.clause, citation.via, _number(citation) or ""))
    if said is None or citation.method == "link":
        return citation
    target, votes = max(said.items(), key=lambda item: (sum(item[1].values()), len(item[1])))
    own = sum(said.get(citation.target, {}).values())
    if target is None or target == citation.target or len(votes) < _AGREE or sum(votes.values()) < own + _AGREE:
        return citation
    first = next(iter(votes))
    return citation._replace(status="resolved", target=target, candidates=(), reason=None, settled_by=first)


def _number(citation: Citation) -> str | None:
    """The number of a citation that is the same in all languages: 74/229, S-16/1."""
    number = re.sub(r"\s", "", citation.surface).translate(_HYPHENS)
    return number if _PLAIN_NUMBER.fullmatch(number) else None


def _structure(records: tuple[Record, ...]) -> Iterator[Finding]:
    """Versions that count other paragraphs, or state another date, meeting or report."""
    for name, kind in (("preambular paragraphs", "preambular"), ("operative paragraphs", "operative")):
        counts = {
            record.language: str(sum(clause.kind == kind for clause in record.reading.outline.clauses))
            for record in records
        }
        yield from _unequal("clauses-differ", f"the number of {name} differs", counts)
    for name in ("adopted", "meeting", "report"):
        stated = {record.language: str(getattr(record.reading.outline.heading, name) or "") for record in records}
        known = {language: value for language, value in stated.items() if value}
        yield from _unequal("heading-differs", f"the heading differs ({name})", known)


def _unequal(code: str, what: str, values: Mapping[Language, str]) -> Iterator[Finding]:
    if len(set(values.values())) > 1:
        stated = ", ".join(f"{value} in {language}" for language, value in values.items())
        yield Finding("warning", code, "document", f"{what}: {stated}")


def _differences(citations: tuple[JoinedCitation, ...], languages: list[Language]) -> Iterator[Finding]:
    for joined in citations:
        citation = joined.citation
        missing = [language for language in languages if language not in joined.versions]
        if missing and citation.target:
            message = f"{citation.target} is cited in {', '.join(joined.versions)} but not in {', '.join(missing)}"
            yield Finding("info", "language-differs", citation.clause, message)
        dates = {each.date: language for language, own in joined.versions.items() for each in own if each.date}
        if len(dates) > 1:
            stated = ", ".join(f"{date} in {language}" for date, language in sorted(dates.items()))
            message = f"{citation.target} is dated {stated}; one of them is a slip"
            yield Finding("warning", "date-differs", citation.clause, message)
        links = {
            _LETTERS.sub("", each.link): lang for lang, own in joined.versions.items() for each in own if each.link
        }
        if len(links) > 1:
            stated = ", ".join(f"{symbol} in {language}" for symbol, language in sorted(links.items()))
            message = f"the links on {citation.surface} lead to {stated}; the words mean {citation.target or 'neither'}"
            yield Finding("warning", "links-differ", citation.clause, message)
        places = {str(dict(each.locator)): language for language, own in joined.versions.items() for each in own}
        if len(places) > 1 and citation.target:
            message = f"{citation.target} is cited with different places in {' and '.join(sorted(places.values()))}"
            yield Finding("info", "locator-differs", citation.clause, message)
