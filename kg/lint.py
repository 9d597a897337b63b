"""What is wrong in the files themselves, for those who publish them: one line a finding, with file and place.

Beside the findings of the records: links that lead elsewhere than the words say, or nowhere that can be read, and
citations in full that carry no link in a file that links others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Citation, LeftOut, Record, Severity, Work

#: Documents that the publisher links where it links at all.
_LINKABLE = ("A/", "S/", "E/")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to mend; `file` and `language` are None where versions differ among themselves."""

    document: str | None
    file: str | None
    language: str | None
    at: str
    severity: Severity
    code: str
    message: str


def lint(outcomes: Iterable[Work | LeftOut]) -> Iterator[Line]:
    """The findings of works, those of one file first, then what differs between the files."""
    for outcome in outcomes:
        if isinstance(outcome, LeftOut):
            yield Line(None, outcome.source, None, "document", "error", "left-out", outcome.reason)
            continue
        own = {finding for record in outcome.records for finding in record.findings}
        for record in outcome.records:
            yield from _of_file(record)
        for finding in outcome.findings:
            if finding not in own:
                yield Line(outcome.symbol, None, None, finding.at, finding.severity, finding.code, finding.message)


def _of_file(record: Record) -> Iterator[Line]:
    text = record.reading.outline.text

    def line(at: str, severity: Severity, code: str, message: str) -> Line:
        return Line(record.symbol, text.source, record.language, at, severity, code, message)

    for finding in record.findings:
        yield line(finding.at, finding.severity, finding.code, finding.message)
    for link in text.links:
        if link.symbol is None:
            words = text.characters[link.span.start : link.span.end].strip()
            place = f" (line {link.line})" if link.line else ""
            message = f"the link on “{words}”{place} names no document by its symbol: {link.address}"
            yield line("document", "info", "link-unreadable", message)
    for citation in record.citations if text.links else ():
        if citation.link is None and _could_link(citation, record.symbol):
            message = f"“{citation.surface}” cites {citation.target} and carries no link"
            yield line(citation.clause, "info", "link-missing", message)


def _could_link(citation: Citation, own: str) -> bool:
    """Whether a publisher who links would link this: a document by its number or symbol, not the document itself."""
    cited = citation.target or ""
    worded = citation.form in ("number", "symbol") and citation.clause != "header"
    return worded and cited.startswith(_LINKABLE) and cited != own
