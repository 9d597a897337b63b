"""Sends a response as the request wants it: packed, or not at all where the client holds it already."""

from __future__ import annotations

import gzip
import re
import time
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache

from kg.serve.files import send_file
from kg.serve.messages import CORS, Request, Response, Send, clean, packed
from kg.serve.negotiate import takes_gzip

#: Smaller bodies gain nothing.
_WORTH_PACKING = 512
_PACKED = re.compile(r"^(?:text/|application/(?:json|.*\+(?:json|xml)|n-triples|xml|javascript))")


async def answer(request: Request, response: Response, send: Send) -> tuple[int, int]:
    """Sends a response as the request wants it: packed or not, 304 where it is held already; gives the status and the
    bytes sent."""
    status, body, headers = final(request, response)
    if response.file is not None and status == 200:
        return await send_file(request, response.file, headers, send)
    # Whoever asks with HEAD is told the length of what GET would send, and is sent nothing.
    shown = b"" if request.method == "HEAD" else body
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": shown})
    return status, len(shown)


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
    # What was changed after now is told to have been changed at no time.
    dated = 0 < response.modified <= time.time()
    if dated:
        headers.append(("last-modified", _written(response.modified)))
    if status == 200 and _held(request, response, dated=dated):
        status, body = 304, b""
    if varies:
        headers.append(("vary", ", ".join(varies)))
    if status not in (204, 304):
        headers.append(("content-length", str(len(body))))
        if response.media:
            headers += (("content-type", response.media), ("x-content-type-options", "nosniff"))
    return status, body, [*CORS, *((name.encode(), value.encode()) for name, value in headers)]


def _held(request: Request, response: Response, *, dated: bool) -> bool:
    """Whether the client holds what would be sent, in either packing: by its tag, or by its date where it tells none
    (RFC 9110, 13.2.2)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        held = {each.strip().removeprefix("W/") for each in tags.split(",")}
        return bool(response.tag) and bool(held & {"*", f'"{response.tag}"', f'"{response.tag}-gzip"'})
    since = _read_date(request.headers.get("if-modified-since")) if dated else None
    return since is not None and request.method in ("GET", "HEAD") and response.modified <= since


@lru_cache(maxsize=1024)
def _written(seconds: int) -> str:
    return formatdate(seconds, usegmt=True)


@lru_cache(maxsize=1024)
def _read_date(text: str | None) -> float | None:
    """Seconds since 1970; None for what is no date of HTTP."""
    if text is None or not text.rstrip().endswith(" GMT"):
        return None
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None
