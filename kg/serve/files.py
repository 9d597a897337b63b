"""Sends a file from the disk, whole or in the parts that are asked for (RFC 9110, 14)."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.responses import FileResponse

from kg.serve.messages import CORS, Request, Send

#: First and last byte of a part, either of which may be left out.
_PART = re.compile(r"[ \t]*(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})[ \t]*")
#: Who asks for more parts at once is sent the whole.
_MOST_PARTS = 16


class _File(FileResponse):
    """A file that is read in larger pieces, as it goes over the network or to a server on the same machine."""

    chunk_size = 1 << 18


async def send_file(request: Request, file: Path, headers: list[tuple[bytes, bytes]], send: Send) -> tuple[int, int]:
    """Sends the file or the parts of it that are wanted, without ever holding more than a piece, and stops when the
    client goes; gives the status and the bytes sent. The headers must hold the tag that parts are to fit."""
    status = sent = 0

    async def sending(message: dict[str, object]) -> None:
        nonlocal status, sent
        if message["type"] == "http.response.start":
            status = int(str(message["status"]))
            if status == 416:
                # The answer to who asks for what is beyond the end is written by others, who do not know these.
                message = {**message, "headers": [*list(message["headers"]), *CORS]}  # type: ignore[call-overload]
        else:
            sent += len(bytes(message.get("body", b"")))  # type: ignore[call-overload]
        await send(message)

    told = {name.decode(): value.decode() for name, value in headers if name != b"content-length"}
    response = _File(file, headers=told, media_type=told["content-type"], stat_result=file.stat())
    scope = {"type": "http", "method": request.method, "headers": _wanted(request)}
    await response(scope, request.receive, sending)  # type: ignore[arg-type]
    return status, sent


def _wanted(request: Request) -> list[tuple[bytes, bytes]]:
    """The headers that ask for parts, where they can be read; else the whole is sent, as to who asks for none."""
    asked = request.headers.get("range", "")
    # Parts are for GET alone.
    if request.method != "GET" or not is_range(asked):
        return []
    wanted = {"range": asked, "if-range": request.headers.get("if-range")}
    return [(name.encode(), value.encode()) for name, value in wanted.items() if value is not None]


def is_range(asked: str) -> bool:
    """Whether a header Range asks for bytes, and for no more parts than may be."""
    unit, equals, listed = asked.partition("=")
    parts = [_PART.fullmatch(each) for each in listed.split(",")]
    return (
        unit.strip().lower() == "bytes"
        and bool(equals)
        and len(parts) <= _MOST_PARTS
        and all(part is not None and _is_part(part["first"], part["last"]) for part in parts)
    )


def _is_part(first: str, last: str) -> bool:
    if not first or not last:
        return bool(first or last)
    return int(first) <= int(last)
