"""SPARQL 1.1 Protocol: queries by GET, as a form, or as they are; what the endpoint is, to whoever asks nothing."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Protocol

import pyoxigraph as ox

from kg.serve import messages
from kg.serve.kept import Kept
from kg.serve.messages import Refused, Request, Response, body_of, plain, problem, read_fields
from kg.serve.negotiate import choose
from kg.serve.sparql import lookup
from kg.serve.sparql.description import described
from kg.serve.sparql.pool import RETRY_AFTER, Full, Limits, Pool
from kg.serve.sparql.run import Outcome, Task

#: A query has no more bytes; one that names thousands of documents has fewer.
MOST_BYTES = 256_000
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
#: Jena's name for all named graphs together, which clients say to servers whose default graph is another.
_UNION = "urn:x-arq:UnionGraph"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
_YES = ("true", "1", "yes")
Fields = Sequence[tuple[str, str]]


class Queried(Protocol):
    """What queries are asked of: one generation of a store, the processes that run them, and what was answered."""

    @property
    def store(self) -> ox.Store: ...

    @property
    def pool(self) -> Pool: ...

    @property
    def pages(self) -> Kept: ...


async def respond(request: Request, now: Queried, limits: Limits, *, endpoint: str) -> Response:
    """The answer to a request at the endpoint, whose whole address `endpoint` is."""
    query, fields = await _asked(request)
    if query is None:
        if _one(fields, "update") is not None:
            return _error(request, 403, "Updates are refused", "This endpoint answers queries and no more")
        if request.method == "POST":
            return _error(request, 400, "No query", "Expected query=… in the form, or the query as the body")
        return described(request, endpoint, limits)
    return await _answered(request, now, _task(request, query, fields, limits))


async def _asked(request: Request) -> tuple[str | None, Fields]:
    """The query and the other fields; raises Refused."""
    if request.method in ("GET", "HEAD"):
        return _one(request.fields, "query"), request.fields
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _UPDATE:
        raise Refused(_error(request, 403, "Updates are refused", "This endpoint answers queries and no more"))
    if kind not in (_FORM, _QUERY):
        told = f"A query comes as {_FORM} or {_QUERY}, not as {kind or 'nothing'}"
        raise Refused(_error(request, 415, "Not a query", told).with_headers(("Accept-Post", f"{_FORM}, {_QUERY}")))
    body = await body_of(request, MOST_BYTES)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(_error(request, 400, "Not UTF-8", f"Byte {error.start} of the query is no UTF-8")) from None
    if kind == _QUERY:
        return text, request.fields
    fields = read_fields(text)
    return _one(fields, "query"), fields


def _task(request: Request, query: str, fields: Fields, limits: Limits) -> Task:
    """What is to be run; raises Refused where a graph is no IRI."""
    default, named = (_graphs(request, fields, name) for name in ("default-graph-uri", "named-graph-uri"))
    if default == (_UNION,) and not named:
        default = ()
    return Task(
        query=query,
        rows=limits.rows,
        accept=request.headers.get("accept"),
        # SPARQLWrapper names it twice, as a short name and as a media type.
        form=next((value for name, value in fields if name == "format" and value), None),
        partial=(_one(fields, "partial") or "").lower() in _YES,
        default_graphs=default,
        named_graphs=named,
    )


def _graphs(request: Request, fields: Fields, name: str) -> tuple[str, ...]:
    graphs = tuple(dict.fromkeys(value for key, value in fields if key == name))
    wrong = next((each for each in graphs if not _IRI.fullmatch(each)), None)
    if wrong is not None:
        raise Refused(_error(request, 400, "No such graph", f"{name}={wrong} is no absolute IRI"))
    return graphs


async def _answered(request: Request, now: Queried, task: Task) -> Response:
    """The answer of the engine, here where that is cheap for certain, else of a process."""
    cheap = None if task.default_graphs or task.named_graphs else lookup.recognise(task.query)
    # Nothing in a look-up depends on when it is asked.
    key = f"sparql {task.accept} {task.form} {task.query}" if cheap else ""
    kept = now.pages.get(key) if cheap else None
    if kept is not None:
        return kept
    outcome = lookup.answer(now.store, cheap, task) if cheap else None
    if outcome is not None and outcome.status == 200:
        response = _response(request, outcome)
        now.pages.put(key, response)
        return response
    if outcome is None:
        try:
            outcome = await _unless_gone(request, now.pool, task)
        except Full:
            told = f"As many queries run and wait as may; try again in {RETRY_AFTER} seconds"
            return _error(request, 503, "Busy", told).with_headers(("Retry-After", str(RETRY_AFTER)))
    return _response(request, outcome)


async def _unless_gone(request: Request, pool: Pool, task: Task) -> Outcome:
    """The outcome; a query whose client has gone is ended, and Refused raised."""
    running = asyncio.create_task(pool.ask(task))
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({running, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            raise Refused(Response(499))
        return running.result()
    finally:
        running.cancel()
        gone.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _response(request: Request, outcome: Outcome) -> Response:
    if outcome.status != 200:
        place = {"line": outcome.line, "column": outcome.column} if outcome.line else {}
        return _error(request, outcome.status, outcome.title, outcome.detail, **place)
    # Clients that know Virtuoso know by this header that there was more.
    cut = (("X-SPARQL-MaxRows", str(outcome.cut)),) if outcome.cut is not None else ()
    headers = (("Vary", "Accept"), ("Cache-Control", "no-cache"), *cut)
    return Response(200, outcome.body, outcome.media, headers, messages.digest(outcome.body))


def _error(request: Request, status: int, title: str, detail: str, **place: int | None) -> Response:
    """An error for people, or for programs that ask for it so."""
    if choose(request.headers.get("accept"), ("text/plain", "application/problem+json")) == "application/problem+json":
        return problem(status, title, detail, **place).with_headers(("Vary", "Accept"))
    return plain(status, f"{title}: {detail}").with_headers(("Vary", "Accept"))


def _one(fields: Fields, name: str) -> str | None:
    values = [value for key, value in fields if key == name]
    if len(values) > 1:
        raise Refused(problem(400, "Given twice", f"{name} was given {len(values)} times; give it once"))
    return values[0] if values else None
