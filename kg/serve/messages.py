"""Requests and responses of HTTP, as the rest of the server sees them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

#: Whoever asks from another site may read every answer.
CORS = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Link, ETag, Location, Retry-After, Accept-Ranges, Content-Range, X-SPARQL-MaxRows",
    ),
)
_UNFIT = re.compile(r"[^\x20-\x7e]")
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
    so, `file` holds it where it lies on the disk, from where any part of it may be asked for. Without a `tag` none is
    sent, and no date where `modified` is 0: seconds since 1970, the last time that the body may have changed."""

    status: int = 200
    body: bytes = b""
    media: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    tag: str = ""
    packed: bytes = b""
    file: Path | None = None
    modified: int = 0

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
