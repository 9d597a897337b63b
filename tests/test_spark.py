"""Works made by a cluster: the same as on one machine, each once, and what cannot be read costs no other."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import shards, sources, spark
from kg.build import build
from kg.errors import EngineError
from kg.manifest import Batch, found
from kg.packed import load
from kg.query import open_store
from kg.shards import Task
from kg.store import current
from kg.uris import Names
from tests import clusterkit
from tests.storekit import exported, unkg

ROOT = Path(__file__).parent.parent
#: Two workers, each a process of its own with one core.
CLUSTER = "local-cluster[2,1,1024]"
#: Two threads, and four tries for a task.
THREADS = "local[2,4]"
PERILOUS = "import sys; from tests.clusterkit import main; main(*sys.argv[1:])"

#: What is said of pairs of addresses that are no input and output.
REFUSED = """
import sys
from kg import errors, spark
for given, output in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        spark.build([given], output, master="local[1]")
    except errors.UnkgError as error:
        print(type(error).__name__, error, flush=True)
"""


@dataclass(frozen=True)
class Run:
    """The documents given to a cluster, what it wrote, and what the command said."""

    texts: Path
    output: Path
    said: subprocess.CompletedProcess[str]


def spread(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs Python where Spark's processes find this checkout; skips where there is no Spark."""
    package = importlib.util.find_spec("pyspark")
    if package is None or package.origin is None:
        pytest.skip("needs Spark: pip install 'unkg[spark]'")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("needs a Java, 17 or newer, for Spark")
    left = Path(package.origin).parent / "work"
    before = set(left.glob("app-*"))
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=False,
    )
    for each in set(left.glob("app-*")) - before:
        shutil.rmtree(each)
    return done


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The documents of the kit, made by a cluster of two workers."""
    folder = tmp_path_factory.mktemp("cluster")
    texts, output = clusterkit.texts(folder / "texts"), folder / "shards"
    words = ("--engine", "spark", "--master", CLUSTER, "--input", texts.as_uri(), "--output", output.as_uri())
    return Run(texts, output, spread("-m", "kg", "build", *words, folder=folder))


def state(store: Path) -> tuple[object, ...]:
    """All that a store's manifest tells of its works."""
    manifest = found(current(store))
    assert manifest is not None
    keys = sorted(manifest.every_batch())
    left_out = sorted(manifest.left_out(), key=lambda left: (left.source, left.reason))
    held = [manifest.sources(key) for key in keys]
    told = keys, manifest.works(), held, left_out, sorted(map(str, manifest.violations()))
    manifest.close()
    return told


def described(output: Path) -> list[Batch]:
    return [Batch.from_json(line) for line in lines(output, "works")]


def lines(output: Path, kind: str) -> Iterator[str]:
    """The lines of all files of descriptions (works) or statements (quads)."""
    for file in output.glob(f"holds={kind}/part-*"):
        yield from gzip.decompress(file.read_bytes()).decode().splitlines()


def test_a_cluster_makes_what_one_machine_makes(run: Run, tmp_path: Path) -> None:
    assert (run.output / "_SUCCESS").is_file(), run.said.stderr
    build([run.texts], tmp_path / "local")
    load([run.output], tmp_path / "loaded")
    local, loaded = open_store(tmp_path / "local"), open_store(tmp_path / "loaded")
    quads = sorted(exported(loaded, tmp_path / "loaded.nq", "nq").splitlines())
    assert quads == sorted(exported(local, tmp_path / "local.nq", "nq").splitlines())
    assert state(tmp_path / "loaded") == state(tmp_path / "local")


def test_each_statement_and_each_description_is_written_once(run: Run) -> None:
    quads, batches = list(lines(run.output, "quads")), described(run.output)
    assert len(quads) == len(set(quads)) == sum(sum(batch.works.values()) for batch in batches)
    assert sorted(symbol for batch in batches for symbol in batch.works) == [f"A/RES/90/{n}" for n in (12, 13, 14, 15)]


def test_the_command_says_what_was_made_and_left_out(run: Run) -> None:
    assert "  Documents   4\n" in run.said.stdout
    assert f"unkg: {run.texts}/broken.tar.xz: is no archive that can be read" in run.said.stderr
    assert f"unkg: {run.texts}/later/A_RES_90_12-E.xml: is A/RES/90/12 in en once more" in run.said.stderr
    assert "Traceback" not in run.said.stderr
    assert run.said.returncode == 1


def test_a_document_that_kills_its_reader_fails_alone_and_what_is_tried_again_is_there_once(tmp_path: Path) -> None:
    texts, output = clusterkit.poisoned(tmp_path / "texts"), tmp_path / "shards"
    done = spread("-c", PERILOUS, texts.as_uri(), output.as_uri(), THREADS, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    batches = described(output)
    assert sorted(symbol for batch in batches for symbol in batch.works) == [f"A/RES/91/{n}" for n in (1, 3, 4, 5, 6)]
    (left,) = (left for batch in batches for left in batch.left_out)
    assert left.source.endswith("/A_RES_91_2.xml")
    assert left.reason.startswith("ended the process that read it")
    quads = list(lines(output, "quads"))
    assert len(quads) == len(set(quads)) == sum(sum(batch.works.values()) for batch in batches)


def test_a_wrong_address_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    output, empty = tmp_path / "shards", tmp_path / "empty"
    output.mkdir()
    empty.mkdir()
    new = (tmp_path / "new").as_uri()
    calls = [(empty.as_uri(), output.as_uri()), (empty.as_uri(), new), (f"{new}/x", new), ("nofs://x/y", new)]
    done = spread("-c", REFUSED, *(address for call in calls for address in call), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    there, none, missing, unknown = done.stdout.splitlines()
    assert there == f"OutputError {output.as_uri()}: is there already; choose another --output"
    assert none.startswith(f"UnreadableSource {empty.as_uri()}: no documents; expected .txt or .md")
    assert missing.startswith(f"UnreadableSource {new}/x: [PATH_NOT_FOUND]")
    assert unknown.startswith("EngineError spark: gave up (")
    assert "nofs" in unknown
    assert sorted(each.name for each in tmp_path.iterdir()) == ["empty", "shards"]
    assert list(output.iterdir()) == []


# Without Spark


def test_a_task_gives_what_it_gives_where_the_files_lie(tmp_path: Path) -> None:
    clusterkit.texts(tmp_path)
    carried = clusterkit.groups(tmp_path)
    lying = {name: group for group in sources.works([tmp_path], digests=True) for name in {group[0].looked_at()[0]}}
    assert carried.keys() == lying.keys()
    for name, group in lying.items():
        _, description, quads = spark.shard((name, carried[name]), names=Names())
        ordered = sorted(group, key=lambda place: (place.path, place.member or ""))
        batch, local = shards.worked(shards.task(ordered, Names(), tmp_path))
        assert gzip.decompress(quads).decode() == local
        assert Batch.from_json(description) == batch


def broken(task: Task) -> tuple[Batch, str]:
    """A mistake of ours that ends the process, not an exception that the task catches."""
    os._exit(1)


def test_what_ended_its_process_is_tried_in_another_and_left_out(tmp_path: Path) -> None:
    clusterkit.texts(tmp_path)
    group = ("A/RES/90/13", clusterkit.groups(tmp_path)["A/RES/90/13"])
    name, description, quads = spark.shard(group, names=Names(), make=broken, again=True)
    assert (name, json.loads(description)["works"], gzip.decompress(quads)) == ("A/RES/90/13", {}, b"")
    reasons = {left["reason"] for left in json.loads(description)["left_out"]}
    assert reasons == {"ended the process that read it, perhaps for want of memory"}


def test_what_is_tried_in_another_process_is_the_same(tmp_path: Path) -> None:
    clusterkit.texts(tmp_path)
    group = ("A/RES/90/13", clusterkit.groups(tmp_path)["A/RES/90/13"])
    assert spark.shard(group, names=Names(), again=True) == spark.shard(group, names=Names())


def test_a_mistake_in_one_work_is_left_out_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clusterkit.texts(tmp_path)
    monkeypatch.setattr(shards, "graph", lambda work, names: 1 // 0)
    _, description, _ = spark.shard(("x", clusterkit.groups(tmp_path)["A/RES/90/13"]), names=Names())
    assert all("ZeroDivisionError" in left["reason"] for left in json.loads(description)["left_out"])
    assert json.loads(description)["works"] == {}


def test_without_spark_the_error_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(EngineError, match=r"pip install 'unkg\[spark\]'"):
        spark.build([str(tmp_path)], str(tmp_path / "out"), master="local[1]")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--engine", "spark", "--input", "x"), "--engine spark needs an --input and an --output"),
        (("--engine", "spark", "--input", "x", "--output", "y", "texts"), "and no PATH"),
        (("--input", "x"), "are for --engine spark"),
        (("--engine", "spark", "--input", "x", "--output", "y", "--conf", "memory"), "expected KEY=VALUE"),
    ],
)
def test_a_wrong_call_is_refused(words: tuple[str, ...], complaint: str) -> None:
    done = unkg("build", *words)
    assert done.returncode == 2
    assert complaint in " ".join(done.stderr.split())
