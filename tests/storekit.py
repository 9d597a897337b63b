"""Stores for every test that asks one: the seed's, one of invented documents, and an endpoint with the seed's data.

A test module takes them with `pytest_plugins = ["tests.storekit"]`. (PYTEST_DONT_REWRITE: it is imported by name
as well.)
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build import build
from kg.export import export
from kg.query import LocalStore, open_store
from kg.store import writing

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="session")
def store_path(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the document that ships; to be read, never written."""
    path = tmp_path_factory.mktemp("seed") / "store"
    build([seed], path, jobs=1)
    return path


@pytest.fixture(scope="session")
def store(store_path: Path) -> LocalStore:
    return open_store(store_path)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """The store of cases/small-graph.trig, whose head says what cites what."""
    quads = ox.serialize(ox.parse(path=str(CASES / "small-graph.trig")), format=ox.RdfFormat.N_QUADS)
    return loaded(tmp_path_factory.mktemp("small") / "store", (quads or b"").decode())


@pytest.fixture(scope="session")
def dump(store: LocalStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed's store as N-Quads."""
    path = tmp_path_factory.mktemp("dump") / "graph.nq"
    with path.open("wb") as out:
        export(store, "nq", out)
    return path


@pytest.fixture(scope="session")
def address(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a SPARQL endpoint that holds the seed's graph, all named graphs asked as one."""
    server = Path(sysconfig.get_path("scripts")) / "oxigraph"
    if not server.exists():
        pytest.skip("needs the server of `pip install oxigraph`")
    location = str(tmp_path_factory.mktemp("endpoint"))
    subprocess.run([server, "load", "--location", location, "--file", dump], check=True, capture_output=True)
    bind = f"127.0.0.1:{free_port()}"
    call = [str(server), "serve-read-only", "--location", location, "--bind", bind, "--union-default-graph"]
    with subprocess.Popen(call, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any("Listening" in line for line in process.stderr)
        yield f"http://{bind}/query"
        process.terminate()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def loaded(path: Path, nquads: str) -> LocalStore:
    """A store at `path` that holds these statements and nothing else."""
    with writing(path) as writer:
        writer.load(nquads)
        writer.note({})
    return open_store(path)


def exported(store: LocalStore, path: Path, form: str) -> bytes:
    with path.open("wb") as out:
        export(store, form, out)
    return path.read_bytes()


def unkg(*words: str | Path, folder: Path | None = None, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Runs the command line as a person would, in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "UNKG_STORE"}
    done = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, words)],
        cwd=folder,
        input=given,
        env=environment,
        capture_output=True,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
