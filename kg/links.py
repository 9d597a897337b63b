"""Record → Record: the citations that the words show, held against the links that the file itself carries.

The words are read without looking at the links; only here the two meet. A link on words that show no citation becomes a
citation of its own, said to be a link's; where words and link name two documents, the words stand, with a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.model import Citation, Clause, Finding, Footnote, Link, Record, Span, governing

_LETTERS = re.compile(r"(?<=[\d)])[A-Z]+$")


def compare(record: Record) -> Record:
    """The record with `link` and `method` set on its citations, what only links show added, and findings for what
    differs."""
    links = [link for link in record.reading.outline.text.links if link.symbol and link.symbol != record.symbol]
    if not links:
        return record
    citations: list[Citation] = []
    findings: list[Finding] = []
    used: set[Link] = set()
    for citation in record.citations:
        same = [link for link in links if _meet(link.span, citation.span)]
        used.update(same)
        best = next((link for link in same if _alike(link.symbol, citation.target)), None) or next(iter(same), None)
        citations.append(citation if best is None else _linked(citation, best))
        findings.extend(_doubts(citation, best) if best and citation.target else ())
    shown = {(c.clause, c.target and _LETTERS.sub("", c.target)) for c in citations}
    for clause, note, link in _placed([link for link in links if link not in used], record):
        if not _words(link, record):
            message = f"a link{_line(link)} leads to {link.symbol} and stands on no words"
            findings.append(Finding("info", "link-only", clause, message))
        elif (clause, _LETTERS.sub("", link.symbol or "")) not in shown:
            citations.append(_of_link(clause, note, link, record))
            message = f"a link{_line(link)} leads to {link.symbol}, where the words show no citation"
            findings.append(Finding("info", "link-only", clause, message))
    return replace(record, citations=tuple(citations), findings=(*record.findings, *findings))


def _linked(citation: Citation, link: Link) -> Citation:
    confirmed = _alike(link.symbol, citation.target)
    return citation._replace(link=link.symbol, method="text+link" if confirmed else citation.method)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _alike(linked: str | None, cited: str | None) -> bool:
    """Whether both are one document; links drop the letter of a part, or add it."""
    return bool(linked and cited) and _LETTERS.sub("", linked or "") == _LETTERS.sub("", cited or "")


def _doubts(citation: Citation, link: Link) -> Iterator[Finding]:
    """Where words and link name two documents, where the link loses the letter of a part, where it is cut short."""
    if not _alike(link.symbol, citation.target):
        message = (
            f"the words “{citation.surface}” mean {citation.target}, but their link{_line(link)} leads to {link.symbol}"
        )
        yield Finding("warning", "link-differs", citation.clause, message)
    elif link.symbol != citation.target:
        message = f"the link{_line(link)} on “{citation.surface}” leads to {link.symbol} instead of {citation.target}"
        yield Finding("info", "link-letter", citation.clause, message)


def _line(link: Link) -> str:
    return f" (line {link.line})" if link.line else ""


def _placed(links: list[Link], record: Record) -> Iterator[tuple[str, str | None, Link]]:
    """Each link with the clause it stands in, or whose note it stands in, and that note."""
    outline = record.reading.outline
    parts: list[Clause | Footnote] = [*outline.footnotes, *outline.clauses]
    for link in links:
        part = next((part for part in parts if any(_meet(link.span, span) for span in part.spans)), None)
        if isinstance(part, Footnote):
            yield part.clause or "header", part.id, link
        elif part is not None and part.kind != "heading":
            yield part.id, None, link


def _words(link: Link, record: Record) -> str:
    """The words that a link stands on, empty where it stands on blanks."""
    return record.reading.outline.text.characters[link.span.start : link.span.end].strip()


def _of_link(clause: str, note: str | None, link: Link, record: Record) -> Citation:
    outline = record.reading.outline
    passage = next((part.passage for part in outline.clauses if part.id == clause), None)
    at = next((run.at for run in passage.runs if run.source + run.length > link.span.start), 0) if passage else 0
    act = governing(record.reading.acts.get(clause, ()), at)
    return Citation(
        clause=clause,
        via=note,
        form="symbol",
        span=link.span,
        surface=_words(link, record),
        status="resolved",
        target=link.symbol,
        candidates=(),
        reason=None,
        rule="link",
        act=act.act if act else None,
        locator={},
        date=None,
        method="link",
        link=link.symbol,
    )
