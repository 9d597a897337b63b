"""The process that runs queries, one at a time: `python -m kg.serve.sparql.worker FOLDER SOCKET MEGABYTES`.

It reads tasks from the socket that it was given, writes outcomes there, and can be ended at any moment. It can open no
connection, take no more memory than it was allowed, and does not outlive the server.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import struct
import sys
from dataclasses import asdict

import pyoxigraph as ox

from kg.serve.sparql.run import Outcome, Task, run
from kg.serve.sparql.wall import die_with_parent, raise_wall

#: Before each message: how long its head (JSON) and its body are.
LENGTHS = struct.Struct("!II")
#: Queries wait for pages, not the other way round.
_NICE = 5


def encode(head: object, body: bytes = b"") -> bytes:
    """A message as it goes through the socket."""
    written = json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return LENGTHS.pack(len(written), len(body)) + written + body


def main() -> None:
    folder, descriptor, megabytes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    connection = socket.socket(fileno=descriptor)
    os.nice(_NICE)
    limit = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    walled = raise_wall()
    store = ox.Store.read_only(folder)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        connection.sendall(encode({"walled": walled}))
        _serve(store, connection)


def _serve(store: ox.Store, connection: socket.socket) -> None:
    with connection.makefile("rb") as tasks:
        while lengths := tasks.read(LENGTHS.size):
            size, _ = LENGTHS.unpack(lengths)
            told = json.loads(tasks.read(size))
            outcome = _run(store, Task(**told))
            head = asdict(outcome)
            del head["body"]
            connection.sendall(encode(head, outcome.body))


def _run(store: ox.Store, task: Task) -> Outcome:
    try:
        return run(store, task)
    except MemoryError:
        return Outcome(422, b"", title="Too much memory", detail="The query needs more memory than a query may have")


if __name__ == "__main__":
    main()
