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
    found = []
    for clause in outline.clauses:
        asked = addressees.get(clause.id)
        if asked:
            inside = [name for name in names[clause.id] if name.mention.kind == "body"]
            found.extend(_requests(clause, words[clause.id].folded, asked, inside, outline.heading.organ, rules))
    return tuple(found)


def _requests(
    clause: Clause, text: str, asked: list[Addressee], names: list[Name], organ: str, rules: LanguageRules
) -> list[ReportRequest]:
    requests: list[ReportRequest] = []
    for _, match in rules.report_finder.matches(text):
        before = [addressee for addressee in asked if addressee.act_at <= match.start()]
        if not before:
            continue
        session = numerals.ordinal(match["session"], rules)
        to = _reader(match, names, organ)
        verb = before[-1].act_at
        requests.extend(
            ReportRequest(clause.id, addressee.target, to, str(session) if session else None)
            for addressee in before
            if addressee.act_at == verb
        )
    return requests


def _reader(match: re.Match[str], names: list[Name], organ: str) -> str | None:
    """Who shall be reported to: the body named there; the adopting organ where only "it" or nothing stands; None where
    something stands there that is not known."""
    start, end = match.span("to")
    named = next((name.mention.target for name in names if start <= name.start < end), None)
    if named is None and len((match["to"] or "").strip()) <= _LONGEST_PRONOUN:
        return f"body/{organ}"
    return named
