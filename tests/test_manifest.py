"""What a store was made from: kept and changed as a whole, and told to be damaged where it is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.build import add, build, remove
from kg.errors import StoreMissing
from kg.manifest import FILE, Batch, Held, Manifest, found
from kg.model import LeftOut
from kg.search import NAME as INDEX
from kg.store import current
from kg.validate import Violation
from tests.buildkit import plain, says, works, write
from tests.storekit import unkg

pytest_plugins = ["tests.buildkit"]

VIOLATION = Violation("warning", "urn:node", None, "value", "is odd; mend it.")
BATCH = Batch(
    key="k1",
    sources=(Held("/a b.txt", None, "sha256:1", ("A/RES/90/1@en", "A/RES/90/2@en")), Held("/c.zip", "d.xml", "")),
    works={"A/RES/90/1": 12, "A/RES/90/2": 7},
    violations={"A/RES/90/2": (VIOLATION,)},
    left_out=(LeftOut("/c.zip:d.xml", "is empty"),),
)


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    return Manifest(tmp_path / FILE, new=True)


def test_a_batch_is_the_same_as_json_and_back() -> None:
    assert Batch.from_json(BATCH.as_json()) == BATCH


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"key": 1, "sources": [{}]}', BATCH.as_json()[:-20]])
def test_what_is_no_batch_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Batch.from_json(text)


def test_a_batch_is_told_as_it_was_noted(manifest: Manifest) -> None:
    manifest.add(BATCH)
    assert manifest.batches() == {"k1"}
    assert manifest.works() == manifest.works("k1") == BATCH.works
    assert manifest.batch_of("A/RES/90/2") == "k1"
    assert manifest.batch_of("A/RES/90/3") is None
    assert tuple(manifest.sources("k1")) == BATCH.sources
    assert tuple(manifest.left_out()) == tuple(manifest.left_out("k1")) == BATCH.left_out
    assert manifest.left_out("k2") == []
    assert list(manifest.violations()) == [VIOLATION]
    assert manifest.batches_by_digest() == {"sha256:1": "k1"}, "nothing is known of what could not be read"
    manifest.close()


def test_a_batch_of_which_a_work_was_taken_out_is_not_whole_and_goes_with_the_last(manifest: Manifest) -> None:
    manifest.add(BATCH)
    manifest.drop_works(["A/RES/90/2"])
    assert (manifest.batches(), manifest.every_batch(), list(manifest.violations())) == (set(), ["k1"], [])
    manifest.drop_works(["A/RES/90/1"])
    assert (manifest.every_batch(), manifest.sources("k1"), manifest.left_out()) == ([], [], [])
    manifest.close()


def test_what_was_not_saved_is_not_kept(tmp_path: Path, manifest: Manifest) -> None:
    manifest.add(BATCH)
    manifest.note(counts={"works": 2})
    manifest.close()
    again = Manifest(tmp_path / FILE)
    assert (again.works(), again.fact("counts")) == ({}, None)
    again.add(BATCH)
    again.save()
    again.close()
    last = Manifest(tmp_path / FILE)
    assert last.works() == BATCH.works
    last.close()


@pytest.mark.parametrize("name", ["a folder", "100 % ?#"])
def test_a_store_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    Manifest(tmp_path / name / FILE, new=True).close()
    again = found(tmp_path / name)
    assert again is not None
    again.close()


# In a store


def gone(file: Path) -> None:
    file.unlink()


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def other(file: Path) -> None:
    file.write_bytes(b"no manifest" * 1000)


def of_another_version(file: Path) -> None:
    database = sqlite3.connect(file)
    database.execute("PRAGMA user_version = 1")
    database.close()


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write(tmp_path / "texts", {"one.txt": plain("90/1"), "two.txt": plain("90/2", "ru")})


@pytest.fixture
def path(tmp_path: Path, texts: Path, quick: None) -> Path:
    build([texts], tmp_path / "store")
    return tmp_path / "store"


@pytest.mark.parametrize("damage", [gone, cut, empty, other, of_another_version])
def test_where_it_is_damaged_a_build_makes_all_anew_and_other_changes_ask_for_a_build(
    path: Path, texts: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    whole = says(path)
    damage(current(path) / FILE)
    with pytest.raises(StoreMissing, match="build it again"):
        add([texts], path)
    with pytest.raises(StoreMissing, match="build it again"):
        remove(["A/RES/90/1"], path)
    assert len(kg.search(path, "mountains")) > 0, "who only reads needs none"
    summary = build([texts], path)
    assert (summary.made, summary.kept) == (2, 0)
    assert says(path) == whole


def test_where_the_store_itself_is_damaged_a_build_makes_all_anew(path: Path, texts: Path) -> None:
    whole = says(path)
    max(current(path).glob("*.sst"), key=lambda file: file.stat().st_size).unlink()
    done = unkg("add", texts, "--store", path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "build it again" in done.stderr
    assert build([texts], path).made == 2
    assert says(path) == whole


@pytest.mark.parametrize("damage", [gone, cut, empty, other])
def test_where_the_index_of_the_search_is_damaged_the_next_change_makes_a_whole_one(
    path: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    damage(current(path) / INDEX)
    add([write(tmp_path / "more", {"three.txt": plain("90/3")})], path)
    assert {hit.symbol for hit in kg.search(path, "mountains")} == {"A/RES/90/1", "A/RES/90/3"}
    assert len(kg.search(path, "резолюция")) > 0


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"documents": 1})])
def test_where_the_summary_is_damaged_the_error_says_so(path: Path, texts: Path, text: str) -> None:
    (current(path) / "summary.json").write_text(text, encoding="utf-8")
    with pytest.raises(StoreMissing, match="build it again"):
        add([texts], path)
    build([texts], path)
    assert add([texts], path).made == 0
    assert works(path) == ["A/RES/90/1", "A/RES/90/2"]
