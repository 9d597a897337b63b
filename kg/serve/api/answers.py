"""Documents, clauses, series and things as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.catalogue import Named, Work
from kg.pages import addresses
from kg.pages.reading import Citation, Clause, Reading
from kg.serve.aliases import escaped
from kg.serve.api.parameters import Values
from kg.serve.generation import Generation
from kg.serve.messages import Refused, problem
from kg.serve.missing import refused

_ROLES = ("addressee", "named", "concerned")


def document(now: Generation, values: Values) -> dict[str, Any]:
    """A document with its clauses, where these are held, and what it cites."""
    symbol = str(values["symbol"])
    work = now.site.find_work(symbol)
    if work is None:
        raise refused(now, symbol)
    reading = Reading(now.site, symbol)
    cites = now.site.catalogue.cites(symbol)
    return {
        **_work(now, work),
        "clauses": [_brief(clause) for clause in reading.clauses],
        "cites": list(dict.fromkeys(edge.cited for edge in cites)),
        "citedByCount": now.site.catalogue.citing_count(symbol),
        "findings": [
            {"severity": each.severity, "code": each.code, "at": each.at or None, "message": each.message}
            for each in reading.findings
        ],
    }


def clause(now: Generation, values: Values) -> dict[str, Any]:
    """One clause with its words in each language, its act, what it cites and names."""
    symbol, wanted = str(values["symbol"]), str(values["clause"])
    if now.site.find_work(symbol) is None:
        raise refused(now, symbol)
    reading = Reading(now.site, symbol)
    found = next((each for each in reading.clauses if each.id == wanted), None)
    if found is None:
        there = ", ".join(each.id for each in reading.clauses[:40])
        told = f"{symbol} has no clause {wanted}; {f'it has {there}' if there else 'its words are not held'}"
        raise Refused(problem(404, "No such clause", told))
    return {
        **_brief(found),
        "symbol": symbol,
        "iri": now.names.part(symbol, found.id),
        "page": f"{escaped(f'doc/{symbol}.html')}#{escaped(found.id)}",
        "qualifiers": list(found.qualifiers),
        "addressees": list(found.addressees),
        "text": dict(found.texts),
        "citations": [_citation(now, symbol, each) for each in reading.citations if each.clause == found.id],
        "mentions": [
            {"thing": each.thing, "inferred": each.inferred, "role": each.role}
            for each in reading.mentions
            if each.clause == found.id
        ],
    }


def series(now: Generation, values: Values) -> dict[str, Any]:
    """Documents of the same organ under the same title, the earliest first."""
    symbol = str(values["symbol"])
    if now.work(symbol) is None:
        raise refused(now, symbol)
    return {"symbol": symbol, "documents": [_work(now, work) for work in now.catalogue.series(symbol)]}


def body(now: Generation, values: Values) -> dict[str, Any]:
    """A body by its slug."""
    return thing(now, {**values, "id": f"body/{str(values['id']).removeprefix('body/')}"})


def thing(now: Generation, values: Values) -> dict[str, Any]:
    """A body, instrument, event, Goal or target: its names, and the clauses in which it stands in a role."""
    identifier = str(values["id"])
    iri = identifier if ":" in identifier else now.names.named(identifier)
    labels = now.site.labels.all(iri)
    if not labels:
        raise Refused(problem(404, "Not known", f"{identifier} is no body, instrument, event, Goal or target here"))
    target = addresses.stem_of(iri, now.names) or identifier
    role = str(values["role"])
    counts = now.site.catalogue.naming_counts(target)
    limit, offset = int(values["limit"] or 0), int(values["offset"] or 0)
    return {
        "id": target,
        "iri": iri,
        "page": f"{escaped(target)}.html",
        "labels": dict(labels),
        "counts": {each: _counted(counts, each) for each in _ROLES},
        "role": role,
        "documents": [
            {"symbol": symbol, "clauses": [_named(each) for each in clauses]}
            for symbol, clauses in now.site.catalogue.naming(target, role)[offset : offset + limit]
        ],
    }


def status(now: Generation, _: Values) -> dict[str, Any]:
    """What is served."""
    return {"generation": now.folder.name, "documents": len(now.symbols), "base": now.names.base}


def _work(now: Generation, work: Work) -> dict[str, Any]:
    return {
        "symbol": work.symbol,
        "iri": now.names.document(work.symbol),
        "page": f"{escaped(f'doc/{work.symbol}.html')}",
        "kind": work.kind,
        "organ": work.organ,
        "session": work.session,
        "year": work.year,
        "adopted": work.adopted,
        "date": work.date,
        "titles": dict(work.titles),
        "languages": list(work.languages),
        "held": work.held,
        "factsOnly": work.facts_only,
    }


def _brief(clause: Clause) -> dict[str, Any]:
    return {"id": clause.id, "kind": clause.kind, "number": clause.number, "act": clause.act}


def _citation(now: Generation, symbol: str, citation: Citation) -> dict[str, Any]:
    return {
        "iri": f"{now.names.document(symbol)}#{citation.name}",
        "cited": now.names.symbol(citation.cited) if citation.cited else None,
        "places": list(citation.places),
        "act": citation.act,
        "status": citation.status,
        "reason": citation.reason,
        "candidates": [now.names.symbol(each) for each in citation.candidates],
        "words": [
            {"language": each.language, "start": each.start, "surfaces": list(each.surfaces)} for each in citation.words
        ],
    }


def _named(named: Named) -> dict[str, Any]:
    return {"clause": named.clause, "act": named.act}


def _counted(counts: Mapping[str, tuple[int, int]], role: str) -> dict[str, int]:
    clauses, documents = counts.get(role, (0, 0))
    return {"clauses": clauses, "documents": documents}
