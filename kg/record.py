"""The record: one JSON object for each language version, on which other programs rely (record.schema.json)."""

from __future__ import annotations

from typing import Any

from kg.model import (
    Citation,
    Clause,
    Finding,
    Footnote,
    Link,
    Mention,
    Outline,
    Published,
    Record,
    ReportRequest,
    Vote,
)

_ORGANS = {
    "general-assembly": "GA",
    "security-council": "SC",
    "economic-and-social-council": "ECOSOC",
    "human-rights-council": "HRC",
}


def as_json(record: Record) -> dict[str, Any]:
    """The record as JSON values, its keys in the order in which a person reads them."""
    outline = record.reading.outline
    return {
        **_heading(record, outline),
        "clauses": [_clause(clause, record) for clause in outline.clauses],
        "footnotes": [_footnote(footnote) for footnote in outline.footnotes],
        "citations": [_citation(citation) for citation in record.citations],
        "mentions": [_mention(mention) for mention in record.reading.mentions],
        "requests": [_request(request) for request in record.reading.requests],
        "leftovers": [
            {"start": leftover.span.start, "end": leftover.span.end, "reason": leftover.reason}
            for leftover in outline.leftovers
        ],
        "findings": [_finding(finding) for finding in record.findings],
        "links": [_link(link) for link in outline.text.links],
        "published": _published(outline.text.published) if outline.text.published else None,
    }


def _heading(record: Record, outline: Outline) -> dict[str, Any]:
    heading = outline.heading
    session = heading.session
    return {
        "symbol": record.symbol,
        "language": record.language,
        "source": outline.text.source,
        "kind": heading.kind,
        "title": heading.title,
        "adopted": heading.adopted,
        "organ": _ORGANS.get(heading.organ, heading.organ),
        "session": int(session) if session and session.isdigit() else session,
        "meeting": heading.meeting,
        "agenda_item": heading.agenda_item,
        "agenda_title": heading.agenda_title,
        "report": heading.report,
    }


def _clause(clause: Clause, record: Record) -> dict[str, Any]:
    reading = record.reading
    act = reading.opening_act(clause)
    called = [note.id for note in reading.outline.footnotes if note.clause == clause.id]
    return {
        "id": clause.id,
        "kind": clause.kind,
        "number": clause.number,
        "act": act.act if act else None,
        "qualifiers": list(act.qualifiers) if act else [],
        "addressees": list(reading.addressees.get(clause.id, ())),
        "text": clause.passage.text,
        "start": clause.spans[0].start,
        "end": clause.spans[-1].end,
        "spans": [list(span) for span in clause.spans],
        "footnotes": called,
    }


def _footnote(footnote: Footnote) -> dict[str, Any]:
    return {
        "id": footnote.id,
        "marker": footnote.marker,
        "clause": footnote.clause,
        "text": footnote.passage.text,
        "start": footnote.spans[0].start,
        "end": footnote.spans[-1].end,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "clause": citation.clause,
        "via": citation.via,
        "form": citation.form,
        "surface": citation.surface,
        "start": citation.span.start,
        "end": citation.span.end,
        "target": citation.target,
        "status": citation.status,
        "candidates": list(citation.candidates),
        "reason": citation.reason,
        "rule": citation.rule,
        "act": citation.act,
        "locator": {unit: list(values) for unit, values in citation.locator.items()} or None,
        "date": citation.date,
        "method": citation.method,
        "link": citation.link,
        "languages": list(citation.languages),
        "settled_by": citation.settled_by,
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "clause": mention.clause,
        "kind": mention.kind,
        "target": mention.target,
        "surface": mention.surface,
        "start": mention.span.start,
        "end": mention.span.end,
        "inferred": mention.inferred,
        "evidence": list(mention.evidence),
        "score": mention.score,
        "role": mention.role,
        "settled_by": mention.settled_by,
    }


def _request(request: ReportRequest) -> dict[str, Any]:
    return {"clause": request.clause, "of": request.of, "to": request.to, "session": request.session}


def _link(link: Link) -> dict[str, Any]:
    return {
        "start": link.span.start,
        "end": link.span.end,
        "symbol": link.symbol,
        "address": link.address,
        "line": link.line,
    }


def _published(facts: Published) -> dict[str, Any]:
    return {
        "language": facts.language,
        "steps": [
            {"outcome": step.outcome, "date": step.date, "symbol": step.symbol, "by": step.by} for step in facts.steps
        ],
        "vote": _vote(facts.vote) if facts.vote else None,
        "keywords": [
            {"name": keyword.name, "vocabulary": keyword.vocabulary, "address": keyword.address}
            for keyword in facts.keywords
        ],
    }


def _vote(vote: Vote) -> dict[str, Any]:
    voters = {kind: list(names) for kind, names in vote.voters.items()}
    return {"outcome": vote.outcome, "counts": dict(vote.counts), "voters": voters}


def _finding(finding: Finding) -> dict[str, Any]:
    return {"severity": finding.severity, "code": finding.code, "at": finding.at, "message": finding.message}
