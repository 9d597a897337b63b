"""Record* → Work: the language versions of one resolution put together.

Nothing is added to a version that its own words do not show; but what one version settles may settle another, and what
only some versions say is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from kg.model import Citation, Finding, Language, Record, Work


class _Key(NamedTuple):
    """By what a citation is known again in another language."""

    clause: str
    via: str | None
    target: str
    locator: tuple[tuple[str, tuple[str, ...]], ...]


def merge(records: Iterable[Record]) -> Work:
    """One work from the records of its versions, which all have its symbol; raises ValueError where they do not."""
    versions = sorted(records, key=lambda record: record.language)
    symbols = {record.symbol for record in versions}
    if len(symbols) != 1:
        raise ValueError(f"expected the versions of one work, got {', '.join(sorted(symbols)) or 'none'}")
    settled = [_settled(record, versions) for record in versions]
    languages = _languages(settled)
    complete = tuple(
        replace(record, citations=tuple(replace(c, languages=languages[_key(c)]) for c in record.citations))
        for record in settled
    )
    citations = {_key(citation): citation for record in reversed(complete) for citation in reversed(record.citations)}
    findings = [finding for record in complete for finding in record.findings]
    return Work(
        symbol=symbols.pop(),
        records=complete,
        citations=tuple(reversed(citations.values())),
        findings=tuple(dict.fromkeys([*findings, *_differences(complete, citations.values())])),
    )


def _key(citation: Citation) -> _Key:
    shown = citation.target or citation.surface
    return _Key(citation.clause, citation.via, shown, tuple(citation.locator.items()))


def _settled(record: Record, versions: list[Record]) -> Record:
    """The record with its ambiguous citations decided where another version leaves no doubt."""
    certain = {
        (citation.clause, citation.target): version.language
        for version in versions
        if version is not record
        for citation in version.citations
        if citation.status == "resolved"
    }
    return replace(record, citations=tuple(_decide(citation, certain) for citation in record.citations))


def _decide(citation: Citation, certain: Mapping[tuple[str, str | None], Language]) -> Citation:
    hits = [candidate for candidate in citation.candidates if (citation.clause, candidate) in certain]
    if len(hits) != 1:
        return citation
    language = certain[citation.clause, hits[0]]
    return replace(citation, status="resolved", target=hits[0], candidates=(), settled_by=language)


def _languages(records: list[Record]) -> dict[_Key, tuple[str, ...]]:
    found: dict[_Key, tuple[str, ...]] = {}
    for record in records:
        for key in dict.fromkeys(_key(citation) for citation in record.citations):
            found[key] = (*found.get(key, ()), record.language)
    return found


def _differences(records: tuple[Record, ...], citations: Iterable[Citation]) -> Iterable[Finding]:
    for citation in citations:
        missing = [record.language for record in records if record.language not in citation.languages]
        if missing and citation.target:
            message = f"{citation.target} is cited in {', '.join(citation.languages)} but not in {', '.join(missing)}"
            yield Finding("info", "language-differs", citation.clause, message)
