"""The processes that run queries: so many at once, one more ready, and each that takes too long ended and replaced.

A query that runs in the engine cannot be stopped, a process can.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Coroutine
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

from kg.serve.sparql.run import Outcome, Task
from kg.serve.sparql.worker import LENGTHS, encode

_log = logging.getLogger("kg.serve")
#: How many queries may wait for each that runs, and how long in seconds.
_WAITING, _PATIENCE = 16, 2.0
#: How long they wait for a process that is about to start, on a machine that has much else to do.
_STARTING = 20.0
#: What a client that finds the endpoint full is told to wait, in seconds.
RETRY_AFTER = 5
#: Between two attempts to start a process that dies at once.
_PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and rows that a query may have, how many run at once, and the memory of each in megabytes."""

    seconds: float = 30.0
    rows: int = 10_000
    concurrency: int = 2
    megabytes: int = 2_000


class WorkerGone(Exception):
    """The process ended before it answered."""


class Full(Exception):
    """As many queries run and wait as may."""


class Worker(asyncio.Protocol):
    """The server's end of one process."""

    def __init__(self, process: subprocess.Popen[bytes], loop: asyncio.AbstractEventLoop) -> None:
        self.process = process
        self._loop = loop
        self._held = bytearray()
        self._waited: asyncio.Future[tuple[dict[str, Any], bytes]] = loop.create_future()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do all that those of asyncio do, and are not of their class.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._held += data
        if len(self._held) < LENGTHS.size:
            return
        head, body = LENGTHS.unpack_from(self._held)
        if len(self._held) < LENGTHS.size + head + body or self._waited.done():
            return
        start = LENGTHS.size + head
        told = json.loads(self._held[LENGTHS.size : start])
        self._waited.set_result((told, bytes(self._held[start:])))
        self._held = bytearray()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        if not self._waited.done():
            self._waited.set_exception(WorkerGone())
        if not self._waited.cancelled():
            # Nobody may be waiting for it.
            self._waited.exception()

    async def hello(self) -> dict[str, Any]:
        """Waits until the process is ready."""
        told, _ = await self._waited
        return told

    async def ask(self, task: Task) -> Outcome:
        """The outcome of a task; raises WorkerGone."""
        if self._transport is None or self._transport.is_closing():
            raise WorkerGone
        self._waited = self._loop.create_future()
        self._transport.write(encode(asdict(task)))
        told, body = await self._waited
        return Outcome(body=body, **told)

    def end(self) -> None:
        """Ends the process at once."""
        self.process.kill()
        if self._transport is not None:
            self._transport.close()
        # It is gone already, or in a moment.
        self._loop.run_in_executor(None, self.process.wait)


def _same(worker: Worker) -> Worker:
    return worker


class Pool:
    """Runs queries on one generation of a store."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._ready: deque[Worker] = deque()
        self._running: set[Worker] = set()
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        #: Whether every process that was started can open no connection; None before one was.
        self.walled: bool | None = None

    def start(self) -> None:
        """Starts the processes, without waiting for them: as many as may run, and one."""
        for _ in range(self._limits.concurrency + 1):
            self._in_background(self._add())

    async def ask(self, task: Task) -> Outcome:
        """The outcome of a query, within the limits; whoever is cancelled ends it. Raises Full."""
        worker = await self._take()
        try:
            async with asyncio.timeout(self._limits.seconds):
                outcome = await worker.ask(task)
        except BaseException as error:
            self._replace(worker)
            return self._ended(error)
        self._give(worker)
        return outcome

    def _ended(self, error: BaseException) -> Outcome:
        if isinstance(error, TimeoutError):
            told = f"It was ended after {self._limits.seconds:g} seconds; narrow it, or load the data and ask yourself"
            return Outcome(504, b"", title="The query took too long", detail=told)
        if isinstance(error, WorkerGone):
            told = f"It needs more than the {self._limits.megabytes:,} MB that a query may have, or is nested too deep"
            return Outcome(422, b"", title="The query took too much", detail=told)
        raise error

    async def close(self) -> None:
        """Ends what is ready now, and what runs when it is done or its time is up."""
        self._closed = True
        for each in tuple(self._tasks):
            each.cancel()
        while self._ready:
            self._ready.pop().end()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._limits.seconds):
                while self._running:
                    await asyncio.sleep(0.05)
        self.kill()

    def kill(self) -> None:
        """Ends everything now."""
        self._closed = True
        for each in tuple(self._tasks):
            each.cancel()
        for worker in (*self._ready, *self._running):
            worker.end()
        self._ready.clear()

    async def _take(self) -> Worker:
        """A process that is ready, when one may run; raises Full where too many wait, or the wait is too long."""
        if self._waiting or not self._ready or len(self._running) >= self._limits.concurrency:
            if len(self._waiting) >= self._limits.concurrency * _WAITING:
                raise Full
            await self._wait()
        worker = self._ready.popleft()
        self._running.add(worker)
        return worker

    async def _wait(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        full = len(self._running) >= self._limits.concurrency
        try:
            async with asyncio.timeout(_PATIENCE if full else _STARTING):
                while not (self._ready and len(self._running) < self._limits.concurrency):
                    await turn
                    turn = asyncio.get_running_loop().create_future()
                    self._waiting.appendleft(turn)
        except TimeoutError:
            raise Full from None
        finally:
            with contextlib.suppress(ValueError):
                self._waiting.remove(turn)

    def _give(self, worker: Worker) -> None:
        self._running.discard(worker)
        if self._closed:
            worker.end()
        else:
            self._ready.append(worker)
            self._next()

    def _replace(self, worker: Worker) -> None:
        self._running.discard(worker)
        worker.end()
        if not self._closed:
            self._in_background(self._add())
            self._next()

    def _next(self) -> None:
        """Lets the one who waits longest have a try."""
        if self._waiting and self._ready and len(self._running) < self._limits.concurrency:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)

    async def _add(self) -> None:
        """Starts a process and waits until it is ready; tries again where it dies before."""
        loop = asyncio.get_running_loop()
        while not self._closed:
            ours, theirs = socket.socketpair()
            process = await loop.run_in_executor(None, self._spawn, theirs)
            ours.setblocking(False)
            worker = Worker(process, loop)
            await loop.create_connection(partial(_same, worker), sock=ours)
            try:
                told = await worker.hello()
            except WorkerGone:
                worker.end()
                _log.error("a process for queries ended before it began; another is tried")
                await asyncio.sleep(_PAUSE)
                continue
            except asyncio.CancelledError:
                worker.end()
                raise
            self.walled = told["walled"] and self.walled is not False
            self._ready.append(worker)
            self._next()
            return

    def _spawn(self, theirs: socket.socket) -> subprocess.Popen[bytes]:
        with theirs:
            call = [sys.executable, "-m", "kg.serve.sparql.worker"]
            call += [str(self._folder), str(theirs.fileno()), str(self._limits.megabytes)]
            quiet = subprocess.DEVNULL
            return subprocess.Popen(call, pass_fds=(theirs.fileno(),), stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
