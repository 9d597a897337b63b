"""From a request to its answer: which part of the server answers what."""

from __future__ import annotations

import logging
import re
import time
from urllib.parse import urlsplit

from kg.serve.api import respond as api
from kg.serve.assets import asset
from kg.serve.generation import Live
from kg.serve.messages import Receive, Refused, Request, Response, Scope, Send, problem
from kg.serve.published import PublishedSite
from kg.serve.sending import answer
from kg.serve.sparql import protocol
from kg.serve.sparql.pool import Limits
from kg.serve.things import Things

_log = logging.getLogger("kg.serve")
_requests = logging.getLogger("kg.serve.requests")
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_READING = "GET, HEAD, OPTIONS"
_QUERYING = "GET, HEAD, POST, OPTIONS"
#: Days that a browser need not ask again whether another site may read.
_MAX_AGE = "86400"
#: The status of those who did not wait for the answer; nothing is sent.
_GONE = 499


class App:
    """The server as an ASGI application; `address` is where it is reached from outside, empty where that is unknown."""

    def __init__(self, live: Live, *, address: str, limits: Limits, published: PublishedSite | None = None) -> None:
        self._live = live
        self._address = address
        self._limits = limits
        self._prefix = urlsplit(address).path or "/"
        self._things = Things(self._prefix, published, live.path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        began = time.perf_counter()
        request = Request.of(scope, receive)
        try:
            response = await self._respond(request)
        except Refused as refused:
            response = refused.response
        except Exception:
            # What went wrong is for us to read, not for who asked.
            _log.exception("a mistake in answering %s %s", request.method, request.path)
            response = problem(500, "A mistake of this server", "It is noted in the server's log")
        if response.status == _GONE:
            status, size = _GONE, 0
        else:
            status, size = await answer(request, response, send)
        if _requests.isEnabledFor(logging.INFO):
            _requests.info("%s", _line(request, status, size, time.perf_counter() - began))

    async def _respond(self, request: Request) -> Response:
        path = self._inside(request.path)
        allowed = _QUERYING if path == "/sparql" else _READING
        if request.method == "OPTIONS":
            return _options(allowed)
        if request.method not in allowed.split(", "):
            told = f"{request.method} is none of {allowed}"
            return problem(405, "Not allowed", told).with_headers(("Allow", allowed))
        now = self._live.now
        if path == "/sparql":
            return await protocol.respond(request, now, self._limits, endpoint=f"{self._base(request)}sparql")
        if path == "/api" or path.startswith("/api/"):
            return await api.respond(request.at(path), now, self._prefix)
        if path.startswith("/assets/"):
            found = asset(path.removeprefix("/"))
            if found is not None:
                return found
        return await self._things.respond(request.at(path), now)

    def _inside(self, path: str) -> str:
        """The path below the server's own, whether or not what stands before it took that away."""
        if self._prefix != "/" and path.startswith(self._prefix):
            return "/" + path.removeprefix(self._prefix)
        return path

    def _base(self, request: Request) -> str:
        """The whole address of the server, ending in a slash: what was told, else what the client called it."""
        host = request.headers.get("host", "")
        return self._address or f"http://{host if _HOST.fullmatch(host) else 'localhost'}/"


def _options(allowed: str) -> Response:
    return Response(
        204,
        headers=(
            ("Allow", allowed),
            ("Access-Control-Allow-Methods", allowed),
            ("Access-Control-Allow-Headers", "Accept, Accept-Language, Content-Type, If-None-Match, If-Range, Range"),
            ("Access-Control-Max-Age", _MAX_AGE),
        ),
    )


def _line(request: Request, status: int, size: int, seconds: float) -> str:
    """A line of the log; what a client sends cannot begin another line."""
    asked = f"{request.path}?{request.query}" if request.query else request.path
    shown = asked.encode("unicode_escape").decode()[:300]
    return f"{request.method} {shown} {status} {size:,} B {seconds * 1000:.1f} ms"
