"""Requests and responses of HTTP, as the rest of the server sees them."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import os
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from kg.serve.negotiate import takes_gzip

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

#: Whoever asks from another site may read every answer.
CORS = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"Link, ETag, Location, Retry-After, X-SPARQL-MaxRows"),
)
_UNFIT = re.compile(r"[^\x20-\x7e]")
#: Smaller bodies gain nothing.
_WORTH_PACKING = 512
_PACKED = re.compile(r"^(?:text/|application/(?:json|.*\+(?:json|xml)|n-triples|xml|javascript))")
#: Bytes of a large file that are held at once.
_PIECE = 1 << 18
#: More fields than any form of ours has; what is sent beyond is refused, not counted through.
_MOST_FIELDS = 100


class Refused(Exception):
    """What ends the handling of a request early; `response` is the answer."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


@dataclass(frozen=True, slots=True)
class Response:
    """A status, headers but for those that all have, and the whole body; `packed` is the body in gzip where it is kept
    so, `file` holds it where it is large. Without a `tag` none is sent."""

    status: int = 200
    body: bytes = b""
    media: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    tag: str = ""
    packed: bytes = b""
    file: Path | None = None

    def with_headers(self, *headers: tuple[str, str]) -> Response:
        return replace(self, headers=(*self.headers, *headers))


@dataclass(frozen=True)
class Request:
    """A request: `path` is without its escapes, the headers' names are in small letters."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    receive: Receive = field(repr=False)

    @classmethod
    def of(cls, scope: Scope, receive: Receive) -> Request:
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            key = name.decode("latin-1")
            text = value.decode("latin-1")
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        return cls(scope["method"], scope["path"], scope["query_string"].decode("latin-1"), headers, receive)

    def at(self, path: str) -> Request:
        """The same request for another path."""
        return self if path == self.path else replace(self, path=path)

    def asking(self, query: str) -> Request:
        """The same request with other fields in its address."""
        return replace(self, query=query)

    @cached_property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The names and values of the address; raises Refused for what cannot be read."""
        return read_fields(self.query)

    def one(self, name: str) -> str | None:
        """The value of a field that may be given once, None where it is not; raises Refused where it is given twice."""
        values = [value for key, value in self.fields if key == name]
        if len(values) > 1:
            raise Refused(problem(400, "Given twice", f"{name} was given {len(values)} times; give it once"))
        return values[0] if values else None


def read_fields(text: str) -> tuple[tuple[str, str], ...]:
    """The fields of a form or of an address; raises Refused for what is no UTF-8 or has far too many."""
    try:
        return tuple(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS))
    except (UnicodeDecodeError, ValueError):
        what = f"is no form: expected at most {_MOST_FIELDS} fields, percent-encoded as UTF-8"
        raise Refused(problem(400, "Fields cannot be read", what)) from None


def problem(status: int, title: str, detail: str, **more: Any) -> Response:
    """An error as RFC 9457 has it, for programs and people."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return Response(status, written(told), "application/problem+json")


def written(value: object) -> bytes:
    """A value as JSON."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")


def plain(status: int, text: str) -> Response:
    """A few words for people."""
    return Response(status, f"{text}\n".encode("utf-8", "replace"), "text/plain; charset=utf-8")


def digest(body: bytes) -> str:
    """What a strong tag is made of: equal for equal bytes."""
    return hashlib.blake2b(body, digest_size=12).hexdigest()


def packed(body: bytes, *, level: int = 6) -> bytes:
    """The body in gzip, the same bytes for the same body; a lower level is faster and packs less."""
    return gzip.compress(body, compresslevel=level, mtime=0)


def clean(value: str) -> str:
    """A header's value; whatever could begin another header, or is no ASCII, is left out."""
    return _UNFIT.sub("", value)


async def answer(request: Request, response: Response, send: Send) -> tuple[int, int]:
    """Sends a response as the request wants it: packed or not, 304 where it is held already; gives the status and the
    bytes sent."""
    status, body, headers = final(request, response)
    if response.file is not None and status != 304:
        return status, await _piecewise(request, response.file, headers, send)
    # Whoever asks with HEAD is told the length of what GET would send, and is sent nothing.
    shown = b"" if request.method == "HEAD" else body
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": shown})
    return status, len(shown)


async def _piecewise(request: Request, file: Path, headers: list[tuple[bytes, bytes]], send: Send) -> int:
    """Sends a file without ever holding more of it than a piece; gives the bytes sent."""
    loop, sent = asyncio.get_running_loop(), 0
    with file.open("rb") as opened:
        size = os.fstat(opened.fileno()).st_size
        told = [(name, value) for name, value in headers if name != b"content-length"]
        head = [*told, (b"content-length", str(size).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        while request.method != "HEAD" and sent < size:
            piece = await loop.run_in_executor(None, opened.read, min(_PIECE, size - sent))
            sent += len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
    return sent


def final(request: Request, response: Response) -> tuple[int, bytes, list[tuple[bytes, bytes]]]:
    """Status, body and headers as they go out."""
    status, body = response.status, response.body
    headers = [(name.lower(), clean(value)) for name, value in response.headers if name.lower() != "vary"]
    varies = [value for name, value in response.headers if name.lower() == "vary"]
    zipped = False
    if _PACKED.match(response.media) and response.file is None:
        varies.append("Accept-Encoding")
        worth = bool(response.packed) or len(body) >= _WORTH_PACKING
        zipped = worth and takes_gzip(request.headers.get("accept-encoding"))
    if zipped:
        body = response.packed or packed(body)
        headers.append(("content-encoding", "gzip"))
    elif response.packed:
        body = gzip.decompress(response.packed)
    if response.tag:
        # Two bodies that differ in a byte have two strong tags.
        headers.append(("etag", f'"{response.tag}-gzip"' if zipped else f'"{response.tag}"'))
        if status == 200 and _held(request.headers.get("if-none-match"), response.tag):
            status, body = 304, b""
    if varies:
        headers.append(("vary", ", ".join(varies)))
    if status not in (204, 304):
        headers.append(("content-length", str(len(body))))
        if response.media:
            headers += (("content-type", response.media), ("x-content-type-options", "nosniff"))
    return status, body, [*CORS, *((name.encode(), value.encode()) for name, value in headers)]


def _held(if_none_match: str | None, tag: str) -> bool:
    """Whether the client holds what would be sent, in either packing."""
    if if_none_match is None:
        return False
    held = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return bool(held & {"*", f'"{tag}"', f'"{tag}-gzip"'})


async def body_of(request: Request, most: int) -> bytes:
    """The whole body; raises Refused where it is larger than that, or the client has gone."""
    announced = request.headers.get("content-length", "")
    parts: list[bytes] = []
    size = 0
    too_large = problem(413, "Too large", f"at most {most:,} bytes are taken")
    if announced.isdigit() and int(announced) > most:
        raise Refused(too_large)
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise Refused(Response(499))
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            raise Refused(too_large)
        if not message.get("more_body"):
            return b"".join(parts)
