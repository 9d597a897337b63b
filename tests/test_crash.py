"""Whatever ends a change of a store, at whatever moment: the store is whole, and the next change goes on from there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

import kg
from kg.build import build
from kg.errors import StoreMissing
from kg.store import SHARDS
from kg.uris import Names
from tests.buildkit import manifest_of, marked_up, plain, tidy, works, write

pytest_plugins = ["tests.buildkit"]

NAMES = Names()
#: How many runs are killed.
KILLED = 20

#: The command line in a process where each work takes as long as told, and leaves its name in a folder. Ctrl-C ends it
#: even where these tests run behind a terminal, which lets what it starts ignore the signal.
SLOW = """
import signal, sys, time
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)
folder, seconds = Path(sys.argv.pop(1)), float(sys.argv.pop(1))
from kg import run
from kg.cli import main
real = run.work
def work(places):
    (folder / f"{places[0].name}.{time.monotonic_ns()}").touch()
    time.sleep(seconds)
    return real(places)
run.work = work
main()
"""


class Change(NamedTuple):
    """A change of a store, as words of the command line, and the archives of which it is then made."""

    words: tuple[str | Path, ...]
    archives: tuple[Path, ...]


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, of this process and those it starts."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def started(call: Iterable[str | Path]) -> subprocess.Popen[str]:
    """A process that leads a group of its own."""
    return subprocess.Popen(
        [sys.executable, *map(str, call)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def group_is_gone(process: subprocess.Popen[str]) -> bool:
    """Whether, after a while at most, no process is left of its group."""
    for _ in range(300):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def packed(path: Path, files: Mapping[str, bytes]) -> Path:
    """The files in an archive, which is unpacked for the time of a run."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(path, "w:gz") as archive:
        archive.add(write(Path(folder), files), "texts")
    return path


def graphs(path: Path) -> dict[str, frozenset[str]]:
    """The statements of each work that a store holds, by its symbol."""
    store = kg.open_store(path).oxigraph
    named = {symbol: ox.NamedNode(NAMES.graph(symbol)) for symbol in works(path)}
    return {
        symbol: frozenset(str(quad.triple) for quad in store.quads_for_pattern(None, None, None, name))
        for symbol, name in named.items()
    }


def whole(path: Path) -> bool:
    """Whether the manifest of a store tells of what is in its graphs, and of nothing else."""
    store, manifest = kg.open_store(path).oxigraph, manifest_of(path)
    held = manifest.works()
    manifest.close()
    counts = {name.value: len(list(store.quads_for_pattern(None, None, None, name))) for name in store.named_graphs()}
    others = {NAMES.vocabulary, NAMES.across, NAMES.official}
    return {NAMES.graph(symbol): count for symbol, count in held.items()} == {
        name: count for name, count in counts.items() if name not in others
    }


@pytest.fixture
def changes(tmp_path: Path, scratch: Path) -> list[Change]:
    """Changes of which each follows on the one before, and the first on the last."""
    files = {"one.xml": marked_up("90/1"), "two.txt": plain("90/2", "fr", cites="90/1")}
    newer, more = {**files, "two.txt": plain("90/2", "fr", cites="86/7")}, {"three.txt": plain("90/3", "zh")}
    first, second = packed(tmp_path / "first.tar.gz", files), packed(tmp_path / "second.tar.gz", newer)
    third = packed(tmp_path / "third.tar.gz", more)
    return [
        Change(("build", second), (second,)),
        Change(("add", third), (second, third)),
        Change(("remove", "A/RES/90/3"), (second,)),
        Change(("build", first), (first,)),
    ]


@pytest.mark.usefixtures("quick")
def test_a_change_that_is_killed_at_any_moment_leaves_each_work_old_or_new(
    tmp_path: Path, scratch: Path, changes: list[Change]
) -> None:
    path, expected = tmp_path / "store", []
    for number, change in enumerate(changes):
        build(change.archives, tmp_path / f"expected-{number}")
        expected.append(graphs(tmp_path / f"expected-{number}"))
    build(changes[-1].archives, path)
    chance, longest = random.Random(76), 0.0
    reached = {"old": 0, "new": 0}
    for turn in range(KILLED):
        now = turn % len(changes)
        call = ["-m", "kg", *changes[now].words, "--store", path]
        # The first of each kind tells how long one takes.
        moment = chance.uniform(0.2, 1.0) * longest if turn >= len(changes) else None
        begun = time.monotonic()
        with started(call) as process:
            try:
                process.wait(moment)
                longest = max(longest, time.monotonic() - begun)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        held = graphs(path)
        assert whole(path)
        for symbol in held.keys() | expected[now - 1].keys() | expected[now].keys():
            assert held.get(symbol) in (expected[now - 1].get(symbol), expected[now].get(symbol)), symbol
        reached["new" if held == expected[now] else "old"] += 1
        build(changes[now].archives, path)
        assert graphs(path) == expected[now]
        assert whole(path)
        assert tidy(path)
        assert len(list(scratch.glob("unkg-*"))) <= 1, "that of this process"
    assert min(reached.values()) > 0, f"all were killed too soon or too late: {reached}"


@pytest.mark.parametrize("share", [0.6, 0.95])
def test_a_first_build_that_is_killed_leaves_no_store_or_a_whole_one(tmp_path: Path, share: float) -> None:
    path, texts = tmp_path / "store", write(tmp_path / "texts", {"one.xml": marked_up("90/1")})
    begun = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "kg", "build", texts, "--store", tmp_path / "other"], check=True, capture_output=True
    )
    with started(["-m", "kg", "build", texts, "--store", path]) as process:
        time.sleep((time.monotonic() - begun) * share)
        os.killpg(process.pid, signal.SIGKILL)
    try:
        kg.open_store(path)
    except StoreMissing:
        assert not (path / "CURRENT").exists()
    else:
        assert whole(path)
    build([texts], path)
    assert graphs(path) == graphs(tmp_path / "other")
    assert tidy(path)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of twelve works."""
    return write(tmp_path / "texts", {f"{number}.txt": plain(f"90/{number}") for number in range(1, 13)})


def half_way(process: subprocess.Popen[str], path: Path) -> None:
    """Waits until a build with two processes has made some of the twelve works."""
    while process.poll() is None and len(list(path.glob(f"{SHARDS}/*/*.json"))) < 4:
        time.sleep(0.01)
    assert process.poll() is None


def read(folder: Path) -> list[str]:
    """The names of the files that were read."""
    return sorted(each.name.rpartition(".")[0] for each in folder.iterdir())


@pytest.mark.usefixtures("quick")
def test_ctrl_c_leaves_the_old_store_whole_and_what_was_read_for_the_next_run(tmp_path: Path, many: Path) -> None:
    path, first, second = tmp_path / "store", tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    old = write(tmp_path / "old", {"old.txt": plain("90/99")})
    build([old], path)
    before = graphs(path)
    with started(["-c", SLOW, first, "0.3", "build", old, many, "--jobs", "2", "--store", path]) as process:
        half_way(process, path)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate()
    assert process.returncode == 130
    assert out == ""
    assert [line for line in err.splitlines() if line] == [
        f"unkg: stopped; {path} is as it was before, and what was read will not be read again the next time"
    ]
    assert group_is_gone(process)
    assert graphs(path) == before
    made = {each.name for each in path.glob(f"{SHARDS}/*/*.json")}
    assert 4 <= len(made) < 12
    call = ["-c", SLOW, second, "0", "build", old, many, "--jobs", "2", "--store", path]
    subprocess.run([sys.executable, *map(str, call)], check=True, capture_output=True)
    assert len(read(second)) == 12 - len(made)
    assert set(read(first)) | set(read(second)) == {each.name for each in many.iterdir()}
    assert len(works(path)) == 13
    assert tidy(path)


def test_where_the_process_that_holds_the_others_is_killed_they_end(tmp_path: Path, many: Path) -> None:
    path, folder = tmp_path / "store", tmp_path / "read"
    folder.mkdir()
    with started(["-c", SLOW, folder, "0.1", "build", many, "--jobs", "2", "--store", path]) as process:
        half_way(process, path)
        process.kill()
        process.wait()
        assert group_is_gone(process)


def test_what_a_killed_process_unpacked_goes_with_the_next_build_and_that_of_another_at_work_stays(
    tmp_path: Path, scratch: Path, many: Path
) -> None:
    archive = packed(tmp_path / "many.tar.gz", {each.name: each.read_bytes() for each in many.iterdir()})
    for name in ("killed", "at work"):
        (tmp_path / name).mkdir()
    words = ("build", archive, "--jobs", "1", "--store")
    with (
        started(["-c", SLOW, tmp_path / "killed", "60", *words, tmp_path / "first"]) as killed,
        started(["-c", SLOW, tmp_path / "at work", "60", *words, tmp_path / "second"]) as at_work,
    ):
        while not (read(tmp_path / "killed") and read(tmp_path / "at work")):
            time.sleep(0.01)
        assert len(list(scratch.glob("unkg-*"))) == 2
        killed.kill()
        killed.wait()
        build([many], tmp_path / "third")
        assert len(list(scratch.glob("unkg-*"))) == 1
        at_work.terminate()
