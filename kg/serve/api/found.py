"""Search, as JSON."""

from __future__ import annotations

from typing import Any, cast

from kg import registry
from kg.errors import ParameterError, QuerySyntaxError, StoreMissing
from kg.pages import addresses
from kg.pages.names import named
from kg.search import KINDS, NAME, Filters, Hit, Offered, find, offered
from kg.serve.api.parameters import Values
from kg.serve.generation import Generation
from kg.serve.messages import Refused, Response, problem

_FILTERS = ("language", "since", "until", "organ", "kind", "act", "document")


def search(now: Generation, values: Values) -> dict[str, Any]:
    """The paragraphs, headings, footnotes and titles that hold the words, with the words in context."""
    filters = cast("Filters", {name: value for name in _FILTERS if (value := values[name]) is not None})
    limit, offset = int(values["limit"] or 0), int(values["offset"] or 0)
    try:
        found = find(
            now.folder / NAME, str(values["q"]), sort=str(values["sort"]), limit=limit, offset=offset, **filters
        )
    except QuerySyntaxError as error:
        raise Refused(problem(400, "The search cannot be read", str(error))) from None
    except ParameterError as error:
        raise Refused(_unreadable(now, error)) from None
    except StoreMissing as error:
        raise Refused(_lacking(error)) from None
    return {"query": found.query, "total": found.total, "offset": offset, "hits": [_hit(hit) for hit in found]}


def filters(now: Generation, _: Values) -> dict[str, Any]:
    """What a search may be narrowed to, with the number of documents."""
    there = _offered(now)
    organs = [(slug, f"body/{slug}", count) for slug, count in there.organs.items()]
    return {
        "organs": [
            {"id": slug, "names": dict(now.site.labels.all(now.names.named(target))), "documents": count}
            for slug, target, count in organs
        ],
        "years": [{"year": year, "documents": count} for year, count in there.years.items()],
        "kinds": list(KINDS),
        "acts": list(registry.acts()),
    }


def _offered(now: Generation) -> Offered:
    try:
        return offered(now.folder / NAME)
    except StoreMissing as error:
        raise Refused(_lacking(error)) from None


def _unreadable(now: Generation, error: ParameterError) -> Response:
    """What is wrong with a value, and which there are."""
    name = error.where.partition("=")[0]
    there = {"organ": lambda: list(_offered(now).organs), "act": lambda: list(registry.acts())}
    if name not in there:
        return problem(400, "The search cannot be read", str(error), parameter=name)
    values = there[name]()
    told = f"{error}; there are documents of {', '.join(values)}" if name == "organ" else str(error)
    return problem(400, "The search cannot be read", told, parameter=name, offered=values)


def _lacking(error: StoreMissing) -> Response:
    return problem(503, "No index", f"The store holds no index to search in: {error.what}")


def names(_: Generation, values: Values) -> dict[str, Any]:
    """The bodies, instruments, events and Goals that are called so."""
    language = addresses.code(str(values["language"]))
    found = named(str(values["q"]), language)
    shown = found[: int(values["limit"] or 0)]
    return {
        "query": values["q"],
        "total": len(found),
        "things": [{"id": each.target, "kind": each.kind, "names": dict(each.labels)} for each in shown],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "symbol": hit.symbol,
        "clause": hit.clause,
        "iri": hit.iri,
        "kind": hit.kind,
        "language": hit.language,
        "title": hit.title,
        "adopted": hit.adopted.isoformat() if hit.adopted else None,
        "organ": hit.organ,
        "act": hit.act,
        "words": hit.words,
        "marks": [[mark.start, mark.end] for mark in hit.marks],
        "score": hit.score,
    }
