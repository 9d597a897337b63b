"""The store: replaced whole or not at all, written by one, read by many, the same for the same input."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import nquads
from kg.errors import StoreBusy, StoreError, StoreMissing, StoreWriteFailed
from kg.query import LocalStore, rows
from kg.store import SHARDS, writing
from kg.uris import Names
from tests.storekit import exported, loaded

pytest_plugins = ["tests.storekit"]

#: Writes a store until told to go on, in a process of its own.
HOLDER = """
import sys
from pathlib import Path
from kg.store import writing
with writing(Path(sys.argv[1])) as writer:
    print("writing", flush=True)
    sys.stdin.read()
"""

#: Builds on a disk that takes files of so many bytes and no more.
FULL_DISK = """
import resource, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from kg.cli import main
main()
"""


def said(word: str) -> str:
    lines = nquads.Lines("urn:graph")
    lines.add("urn:subject", "urn:says", nquads.text(word))
    return str(lines)


def word_of(store: LocalStore) -> str:
    return str(rows(store, "SELECT ?word { ?s <urn:says> ?word }")[0]["word"])


def contents(path: Path) -> dict[str, bytes]:
    """All that a person finds in the folder of a store, but for who wrote it last, and for what was read already and
    waits there for the next build."""
    return {
        str(each.relative_to(path)): each.read_bytes()
        for each in path.rglob("*")
        if each.is_file() and each.name != "lock" and SHARDS not in each.parts
    }


def generations(path: Path) -> list[str]:
    return sorted(each.name for each in path.glob("generation-*"))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store that says "old"."""
    loaded(tmp_path / "store", said("old"))
    return tmp_path / "store"


@pytest.fixture
def holder(old: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is writing the old store."""
    call = [sys.executable, "-c", HOLDER, str(old)]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield process
        process.kill()


def test_where_nothing_was_built_the_error_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match=r"unkg build --store .*nowhere") as caught:
        kg.open_store(tmp_path / "nowhere")
    assert caught.value.where == str(tmp_path / "nowhere")


def test_a_file_is_no_store(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(StoreMissing):
        kg.open_store(file)
    with pytest.raises(StoreWriteFailed, match="File exists"), writing(file):
        pass


@pytest.mark.parametrize("pointer", ["generation-0009", ""])
def test_a_store_whose_generation_is_gone_is_an_error_of_the_store(old: Path, pointer: str) -> None:
    (old / "CURRENT").write_text(pointer, encoding="utf-8")
    with pytest.raises(StoreError):
        kg.open_store(old)


def test_a_second_writer_is_refused_and_told_who_holds_the_store(holder: subprocess.Popen[str], old: Path) -> None:
    with pytest.raises(StoreBusy, match=rf"process {holder.pid}\b"), writing(old):
        pass
    assert word_of(kg.open_store(old)) == "old"


def test_when_the_first_writer_is_killed_the_next_one_can_write(holder: subprocess.Popen[str], old: Path) -> None:
    holder.kill()
    holder.wait()
    assert word_of(kg.open_store(old)) == "old"
    assert word_of(loaded(old, said("new"))) == "new"


def test_a_killed_build_costs_no_reader_its_store(holder: subprocess.Popen[str], old: Path) -> None:
    """What it left behind does not count as the generation before, which a reader may just be opening."""
    reader, before = kg.open_store(old), (old / "CURRENT").read_text(encoding="utf-8")
    holder.kill()
    holder.wait()
    loaded(old, said("new"))
    assert word_of(reader) == "old"
    assert before in generations(old)
    assert len(generations(old)) == 2


def test_a_reader_opened_before_a_rebuild_sees_the_old_and_one_opened_after_sees_the_new(old: Path) -> None:
    before = kg.open_store(old)
    after = loaded(old, said("new"))
    assert (word_of(before), word_of(after)) == ("old", "new")


def test_readers_see_the_old_until_the_build_is_complete(old: Path) -> None:
    with writing(old) as writer:
        writer.load(said("new"))
        assert word_of(kg.open_store(old)) == "old"
    assert word_of(kg.open_store(old)) == "new"


def test_builds_leave_at_most_two_generations(old: Path) -> None:
    for word in ("second", "third", "fourth"):
        loaded(old, said(word))
    assert generations(old) == ["generation-0003", "generation-0004"]


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left")])
def test_a_build_that_breaks_off_leaves_the_old_store_whole(old: Path, error: BaseException) -> None:
    def breaks_off() -> None:
        with writing(old) as writer:
            writer.load(said("new"))
            raise error

    whole = contents(old)
    with pytest.raises(StoreWriteFailed if isinstance(error, OSError) else type(error)):
        breaks_off()
    assert contents(old) == whole
    assert word_of(kg.open_store(old)) == "old"


def test_a_build_whose_whole_cannot_be_checked_leaves_the_old_store_whole(
    old: Path, seed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("half-way")

    whole = contents(old)
    monkeypatch.setattr("kg.across.graph", breaks)
    with pytest.raises(RuntimeError, match="half-way"):
        kg.build([seed], old, jobs=1)
    assert contents(old) == whole


@pytest.mark.parametrize("takes", [0, 1_000, 100_000, 600_000])
def test_a_full_disk_leaves_the_old_store_whole_and_says_so(old: Path, seed: Path, takes: int) -> None:
    whole = contents(old)
    call = [sys.executable, "-c", FULL_DISK, str(takes), "build", str(seed), "--jobs", "1", "--store", str(old)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == 2
    assert "File too large" in done.stderr
    assert contents(old) == whole
    assert word_of(kg.open_store(old)) == "old"


def test_statements_that_are_none_leave_the_old_store_whole(old: Path) -> None:
    whole = contents(old)
    with pytest.raises(SyntaxError), writing(old) as writer:
        writer.load("no statement")
    assert contents(old) == whole


@pytest.mark.parametrize("number", ["1", "2"])
def test_the_same_input_gives_the_same_n_quads(dump: Path, seed: Path, tmp_path: Path, number: str) -> None:
    """Whatever the order that hashes have in a process, and however many processes read."""
    path = tmp_path / "store"
    call = [sys.executable, "-m", "kg", "build", str(seed), "--jobs", number, "--store", str(path)]
    subprocess.run(call, env={**os.environ, "PYTHONHASHSEED": number}, check=False, capture_output=True)
    assert exported(kg.open_store(path), tmp_path / "again.nq", "nq") == dump.read_bytes()


def test_a_store_remembers_the_base_of_its_names(seed: Path, tmp_path: Path) -> None:
    names = Names("https://example.org/un/")
    kg.build([seed], tmp_path / "store", jobs=1, names=names)
    store = kg.open_store(tmp_path / "store")
    assert store.names == names
    answer = store.query("cites", document="A/RES/76/213")
    assert not isinstance(answer, bool)
    assert len(answer) > 50


def test_a_build_can_read_what_it_has_loaded(tmp_path: Path) -> None:
    with writing(tmp_path / "store") as writer:
        writer.load(said("new"))
        assert len(list(writer.read().quads_for_pattern(None, ox.NamedNode("urn:says"), None, None))) == 1
