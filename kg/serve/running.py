"""Starts the server: takes the port, starts the processes that answer, ends them all when asked to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg import store
from kg.errors import ServerError
from kg.serve.sparql.pool import Limits

_log = logging.getLogger("kg.serve")
#: Connections that wait to be taken.
_BACKLOG = 2048
#: Connections of one process; who comes beyond is told to come again.
_CONNECTIONS = 1000
#: Seconds that an idle connection is kept, and that answers under way have when the server ends.
_KEEP, _GRACE = 15, 3
#: Bytes of pages that each process keeps, packed: some ten thousand.
_ROOM = 128_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How a store is served; `address` is where the server is reached from outside, empty where that is not known;
    `site` is a folder that `unkg publish` wrote, for what is not made on request."""

    store: Path
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    address: str = ""
    site: Path | None = None
    limits: Limits = field(default_factory=Limits)
    #: When the server was started, for all its processes; of what all of them see, the first alone tells.
    since: float = field(default_factory=time.time)
    tells: bool = True


def serve(settings: Settings, *, listening: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM; `listening` is told the address once requests are taken.

    Raises ServerError where the port cannot be had, StoreMissing where there is no store.
    """
    store.current(settings.store)
    with _listening(settings.host, settings.port) as taken:
        shown = _shown(taken)
        if settings.workers == 1:
            _answer(settings, taken, lambda: listening(shown))
            return
        # Queries run at once as many as were asked for, over all processes.
        each = -(-settings.limits.concurrency // settings.workers)
        _supervise(
            replace(settings, limits=replace(settings.limits, concurrency=each)), taken, lambda: listening(shown)
        )


def _listening(host: str, port: int) -> socket.socket:
    """The socket, bound; raises ServerError that says what to do."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        taken = socket.socket(family, kind, proto)
    except OSError as error:
        raise ServerError(f"{host}:{port}", f"is no address to listen at: {error}; choose another --host") from None
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(_BACKLOG)
    except OSError as error:
        taken.close()
        reason = os.strerror(error.errno or 0)
        raise ServerError(f"{host}:{port}", f"cannot be listened at ({reason}); choose another --port") from None
    taken.setblocking(False)
    return taken


def _shown(taken: socket.socket) -> str:
    host, port = taken.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _answer(settings: Settings, taken: socket.socket, ready: Callable[[], None]) -> None:
    """Answers requests in this process until a signal ends it."""
    import uvicorn

    from kg.serve.app import App
    from kg.serve.generation import Live
    from kg.serve.published import PublishedSite

    logging.getLogger("kg.serve.ready").disabled = not settings.tells
    published = PublishedSite(settings.site) if settings.site else None
    live = Live(
        settings.store,
        address=settings.address,
        endpoint=_endpoint(settings),
        limits=settings.limits,
        room=_ROOM,
        since=settings.since,
    )
    app = App(live, address=settings.address, limits=settings.limits, published=published)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=_protocol(),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=_KEEP,
            timeout_graceful_shutdown=_GRACE,
        )
    )

    async def run() -> None:
        live.start()
        ready()
        try:
            await server.serve(sockets=[taken])
        finally:
            await live.stop()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.Runner(loop_factory=_loop()).run(run())


def _endpoint(settings: Settings) -> str:
    """Where pages say that they ask: at the whole address of the endpoint here, or beside themselves, which is the
    same; as the published folder has it, so that its pages can be sent. Beside themselves where no address is known."""
    from kg.publish.made_of import told

    whole = f"{settings.address}sparql" if settings.address else ""
    found = told(settings.site) if settings.site else None
    return found.endpoint if found and found.endpoint in ("", whole) else whole


def _loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The faster event loop, where it is installed."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _protocol() -> type[asyncio.Protocol] | str:
    """The guarded connections where httptools is installed, else uvicorn's slower ones."""
    try:
        from kg.serve.guard import GuardedProtocol
    except ImportError:
        return "h11"
    return GuardedProtocol


def _supervise(settings: Settings, taken: socket.socket, ready: Callable[[], None]) -> None:
    """Keeps so many processes at work on one socket; one that dies is replaced, a signal ends all."""
    # Forked while nothing is open yet but the socket, which all share.
    context = multiprocessing.get_context("fork")
    asked: list[int] = []

    def start(place: int) -> multiprocessing.process.BaseProcess:
        own = replace(settings, tells=place == 0)
        process = context.Process(target=_answer, args=(own, taken, lambda: None))
        process.start()
        return process

    running = [start(place) for place in range(settings.workers)]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: asked.append(number))
    ready()
    while not asked:
        multiprocessing.connection.wait([each.sentinel for each in running], timeout=0.5)
        for place, each in enumerate(running):
            if not each.is_alive() and not asked:
                _log.error("a process of the server ended with %s; another is started", each.exitcode)
                running[place] = start(place)
    for each in running:
        each.terminate()
    for each in running:
        each.join(_GRACE + 2)
        each.kill()
