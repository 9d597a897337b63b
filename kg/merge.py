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
from kg.settle import settle

#: Links drop the letter of a part, or add it.
_LETTERS = re.compile(r"(?<=[\d)])[A-Z]+$")


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
    settled = settle(versions)
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
            called = citation.target or f"“{citation.surface}”"
            message = f"{called} is dated {stated}; one of them is a slip"
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
