"""From a request to the API to its answer."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from urllib.parse import urlencode

from kg.serve.api import description, parameters
from kg.serve.api.operations import BY_PATH, Operation
from kg.serve.api.parameters import Values
from kg.serve.generation import Generation
from kg.serve.messages import Request, Response, digest, packed, problem, written

_HEADERS = (("Cache-Control", "no-cache"),)


async def respond(request: Request, now: Generation, prefix: str) -> Response:
    """The answer to a request below /api; what was answered lately is kept."""
    path = request.path
    if path in ("/api", "/api/index.html"):
        return Response(301, headers=(("Location", f"{prefix}api/"),))
    if path == "/api/":
        return _whole(description.page(), "text/html; charset=utf-8")
    if path == "/api/openapi.json":
        return _whole(description.openapi(prefix), "application/json")
    operation, request = _operation(path, request)
    if operation is None:
        return problem(404, "No such path", f"{path[:200]} is none of {', '.join(BY_PATH)}; see /api/openapi.json")
    values = parameters.read(request, operation.parameters)
    key = f"{operation.path}?{urlencode({name: value for name, value in values.items() if value is not None})}"
    kept = now.pages.get(key)
    if kept is None:
        kept = replace(await _answered(operation, now, values), modified=now.modified)
        now.pages.put(key, kept)
    return kept


def _operation(path: str, request: Request) -> tuple[Operation | None, Request]:
    """What answers at a path; /api/lineage/A/RES/76/213 is short for /api/lineage?symbol=A/RES/76/213."""
    if path in BY_PATH:
        return BY_PATH[path], request
    name, _, value = path.removeprefix("/api/").partition("/")
    operation = BY_PATH.get(f"/api/{name}")
    first = next(iter(operation.parameters), None) if operation else None
    if not value or first is None or not first.required:
        return None, request
    query = "&".join(part for part in (urlencode({first.name: value}), request.query) if part)
    return operation, request.asking(query)


async def _answered(operation: Operation, now: Generation, values: Values) -> Response:
    if operation.where == "here":
        return _whole(written(operation.respond(now, values)), "application/json")
    executor = now.maker if operation.where == "pages" else None
    work = asyncio.get_running_loop().run_in_executor(executor, operation.respond, now, values)
    return _whole(written(await work), "application/json")


def _whole(body: bytes, media: str) -> Response:
    """A response that is kept packed; an answer is asked for once more often than a page."""
    return Response(200, b"", media, _HEADERS, digest(body), packed(body, level=1))
