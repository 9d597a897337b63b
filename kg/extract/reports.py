"""Requests to report: who shall report to whom, at which session."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg import numerals
from kg.extract.addressees import Addressee
from kg.extract.names import Name, Names
from kg.extract.words import Words
from kg.languages import LanguageRules
from kg.model import Clause, Outline, ReportRequest

_LONGEST_PRONOUN = 4


def read_report_requests(
    outline: Outline,
    words: Mapping[str, Words],
    addressees: Mapping[str, list[Addressee]],
    names: Names,
    rules: LanguageRules,
) -> tuple[ReportRequest, ...]:
    """The requests of all operative paragraphs; a request that is merely recalled has no addressee and is none."""
    found: list[ReportRequest] = []
    asking = [clause for clause in outline.clauses if addressees.get(clause.id)]
    matches = rules.report_finder.matches_in_each([words[clause.id].folded for clause in asking])
    for clause, requests in zip(asking, matches, strict=True):
        for _, match in requests:
            inside = [name for name in names[clause.id] if name.kind == "body"]
            found += _requests(clause, match, addressees[clause.id], inside, outline.heading.organ, rules)
    return tuple(found)


def _requests(
    clause: Clause,
    match: re.Match[str],
    asked: list[Addressee],
    names: list[Name],
    organ: str,
    rules: LanguageRules,
) -> list[ReportRequest]:
    """What those are to report whom the last verb before the words asks."""
    before = [addressee for addressee in asked if addressee.act_at <= match.start()]
    if not before:
        return []
    session = numerals.ordinal(match["session"], rules)
    to = _reader(match, names, organ)
    return [
        ReportRequest(clause.id, addressee.target, to, str(session) if session else None)
        for addressee in before
        if addressee.act_at == before[-1].act_at
    ]


def _reader(match: re.Match[str], names: list[Name], organ: str) -> str | None:
    """Who shall be reported to: the body named there; the adopting organ where only "it" or nothing stands; None where
    something stands there that is not known."""
    start, end = match.span("to")
    named = next((name.target for name in names if start <= name.start < end), None)
    if named is None and len((match["to"] or "").strip()) <= _LONGEST_PRONOUN:
        return f"body/{organ}"
    return named
