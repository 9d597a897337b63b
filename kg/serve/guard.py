"""The connection of a client that may mean no good: bounds on what it sends, and on how slowly.

uvicorn ends connections that idle between two requests; what is slow, or large, within one is ended here.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Bytes of a request's head; a query may stand in the address.
MOST_HEAD = 65_536
#: Seconds for the head of a request, for its body, and for the client to take anything of the answer.
HEAD_SECONDS = 10.0
BODY_SECONDS = 30.0
TAKING_SECONDS = 30.0
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"access-control-allow-origin: *\r\nconnection: close\r\n\r\nAddress and headers may have 65,536 bytes together\n"
)


class GuardedProtocol(HttpToolsProtocol):
    """One connection, with a clock for each part of a request."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._head = 0
        self._in_head = True
        self._clock: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        self.resume_taking()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            if self._head == 0:
                self._wait(HEAD_SECONDS)
            self._head += len(data)
            end = data.find(b"\r\n\r\n")
            if self._head > MOST_HEAD and (end < 0 or self._head - len(data) + end > MOST_HEAD):
                self.transport.write(_TOO_LARGE)
                self.transport.close()
                return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._wait(BODY_SECONDS)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_head, self._head = True, 0
        self._stop()
        super().on_message_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.resume_taking()
        self._taking = self.loop.call_later(TAKING_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        self.resume_taking()
        super().resume_writing()

    def resume_taking(self) -> None:
        """The client takes what is sent."""
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _wait(self, seconds: float) -> None:
        self._stop()
        self._clock = self.loop.call_later(seconds, self.transport.abort)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
