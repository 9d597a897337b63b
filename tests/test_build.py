"""A build: only what changed is made again, and the store is what it would be if it were made at once."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import pytest

import kg
from kg import run
from kg.build import build
from kg.errors import UnreadableSource
from kg.model import Text
from kg.segment import segment
from kg.store import current
from kg.uris import Names
from tests.buildkit import collection, manifest_of, marked_up, plain, says, tidy, works, write
from tests.storekit import unkg

pytest_plugins = ["tests.buildkit"]
pytestmark = pytest.mark.usefixtures("quick")

FILES = {
    "A_RES_90_1.en.xml": marked_up("90/1"),
    "A_RES_90_1.fr.xml": marked_up("90/1", "fr"),
    "A_RES_90_2.zh.txt": plain("90/2", "zh", cites="90/1"),
    "A_RES_90_3.ar.xml": marked_up("90/3", "ar", cites="90/2"),
}
THREE = ["A/RES/90/1", "A/RES/90/2", "A/RES/90/3"]


def built(path: Path, folder: Path, files: dict[str, bytes] | None = None, *, jobs: int = 1) -> tuple[int, int, int]:
    """How many works were made, kept and taken out by a build of the folder."""
    summary = build([folder if files is None else write(folder, files)], path, jobs=jobs)
    return summary.made, summary.kept, summary.dropped


def at_once(tmp_path: Path, folder: Path) -> dict[str, object]:
    """What a store says that is made of the folder and has no past."""
    path = tmp_path / "at-once"
    shutil.rmtree(path, ignore_errors=True)
    build([folder], path)
    return says(path)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write(tmp_path / "texts", FILES)


@pytest.fixture
def path(tmp_path: Path, texts: Path) -> Path:
    """A store of three works, one of them in two languages."""
    assert built(tmp_path / "store", texts) == (3, 0, 0)
    return tmp_path / "store"


def test_a_second_run_makes_nothing_and_says_so(path: Path, texts: Path) -> None:
    before = current(path)
    assert built(path, texts) == (0, 3, 0)
    assert current(path) == before, "not even a new generation"
    done = unkg("build", texts, "--store", path)
    assert f"Nothing has changed in {path}" in done.stdout
    assert "0 made, 3 kept, 0 taken out" in done.stdout


def test_one_changed_file_makes_one_work_anew(path: Path, texts: Path, tmp_path: Path) -> None:
    (texts / "A_RES_90_1.fr.xml").write_bytes(marked_up("90/1", "fr", cites="85/4"))
    assert built(path, texts) == (1, 2, 0)
    assert says(path) == at_once(tmp_path, texts)


def test_a_file_taken_away_drops_its_work(path: Path, texts: Path, tmp_path: Path) -> None:
    (texts / "A_RES_90_2.zh.txt").unlink()
    done = unkg("build", texts, "--store", path)
    assert done.returncode == 0, done.stderr
    assert f"Built {path}" in done.stdout
    assert "0 made, 2 kept, 1 taken out" in done.stdout
    assert says(path) == at_once(tmp_path, texts)


def test_a_version_taken_away_drops_that_version(path: Path, texts: Path, tmp_path: Path) -> None:
    (texts / "A_RES_90_1.en.xml").unlink()
    assert built(path, texts) == (1, 2, 0)
    assert says(path) == at_once(tmp_path, texts)


def test_where_all_files_are_gone_the_old_store_stays(path: Path, texts: Path) -> None:
    before = says(path)
    with pytest.raises(UnreadableSource, match="no documents here"):
        build([write(texts, {})], path)
    assert says(path) == before


def test_a_moved_file_is_not_read_again_and_is_found_where_it_lies_now(path: Path, texts: Path, tmp_path: Path) -> None:
    before, moved = says(path), tmp_path / "elsewhere"
    texts.rename(moved)
    assert built(path, moved) == (0, 3, 0)
    assert says(path) == before
    french = tmp_path / "A_RES_90_2.fr.xml"
    french.write_bytes(marked_up("90/2", "fr"))
    summary = kg.add([french], path)
    assert (summary.made, summary.counts["versions"]) == (1, 5), "its other version was read where it lies now"


def test_a_file_moved_below_the_name_of_a_language_is_read_again(tmp_path: Path) -> None:
    """What a folder claims is part of what is read."""
    build([write(tmp_path / "French", {"one.txt": plain("90/1", "fr")})], tmp_path / "store")
    assert built(tmp_path / "store", tmp_path / "English", {"one.txt": plain("90/1", "fr")}) == (1, 0, 0)


def test_versions_in_files_whose_names_do_not_tell_are_joined(tmp_path: Path) -> None:
    files = {f"{number}.txt": plain("90/7", language) for number, language in enumerate(("ru", "es", "zh", "ar"))}
    path, folder = tmp_path / "store", tmp_path / "texts"
    assert built(path, folder, files) == (1, 0, 0)
    assert works(path) == ["A/RES/90/7"]
    assert kg.build([folder], path).counts["versions"] == 4
    assert built(path, folder, {**files, "next.txt": plain("90/8")}) == (1, 1, 0), "they are known to be one work"
    assert built(path, folder, {**files, "4.txt": plain("90/7", "en")}) == (1, 0, 1), "one more language joins them"
    assert says(path) == at_once(tmp_path, folder)


def test_a_second_copy_is_left_out_with_the_reason_also_in_later_runs(tmp_path: Path) -> None:
    """Which of two is kept depends on their paths alone, not on which was there first."""
    path, folder = tmp_path / "store", tmp_path / "texts"
    later, earlier = plain("90/7", cites="80/1"), plain("90/7", cites="70/1")
    build([write(folder, {"b.txt": later})], path)
    for files in ({"a.txt": earlier, "b.txt": later}, {"a.txt": earlier, "b.txt": later, "c.txt": plain("90/8")}):
        summary = build([write(folder, files)], path)
        (left,) = summary.left_out
        assert left.source == str(folder / "b.txt")
        assert f"is A/RES/90/7 in en once more; {folder / 'a.txt'} is kept" in left.reason
        assert says(path) == at_once(tmp_path, folder)
    assert built(path, folder, {"b.txt": later}) == (1, 0, 1)
    assert says(path) == at_once(tmp_path, folder)


def test_a_left_out_file_is_told_where_it_lies_now(tmp_path: Path) -> None:
    path = tmp_path / "store"
    files = {"a.txt": plain("90/7"), "b.txt": b"no resolution at all\n"}
    build([write(tmp_path / "old", files)], path)
    (tmp_path / "old").rename(tmp_path / "new")
    (left,) = build([tmp_path / "new"], path).left_out
    assert left.source == str(tmp_path / "new" / "b.txt")


def test_works_that_share_a_file_are_joined_whatever_is_there_first(tmp_path: Path) -> None:
    """A file of two works, and other languages of each: they clash after they were read, one with the next."""
    files = {
        "all.xml": collection("90/1", "90/2"),
        "one.txt": plain("90/1", "fr"),
        "two.txt": plain("90/2", "ru"),
        "three.txt": plain("90/3", "zh"),
    }
    path, folder = tmp_path / "store", tmp_path / "texts"
    assert built(path, folder, files) == (3, 0, 0)
    whole = says(path)
    assert built(path, folder, {name: files[name] for name in ("one.txt", "three.txt")}) == (1, 1, 1)
    assert built(path, folder, {name: files[name] for name in ("one.txt", "two.txt", "three.txt")}) == (1, 2, 0)
    assert built(path, folder, files) == (2, 1, 0)
    assert says(path) == whole


def test_works_joined_in_two_processes_are_the_same(tmp_path: Path) -> None:
    files = {
        f"{number}{language}.txt": plain(f"90/{number}", language) for number in "123" for language in ("en", "ru")
    }
    folder = write(tmp_path / "texts", files)
    build([folder], tmp_path / "store", jobs=2)
    assert says(tmp_path / "store") == at_once(tmp_path, folder)


@pytest.mark.parametrize("changed", ["kg.resources.version", "base"])
def test_other_rules_or_another_base_make_all_anew(
    path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    if changed == "base":
        summary = build([texts], path, names=Names("https://example.org/un/"))
        assert b"w3id.org/unkg/doc" not in says(path)["quads"]  # type: ignore[operator]
    else:
        monkeypatch.setattr(changed, lambda: "other rules")
        summary = build([texts], path)
    assert (summary.made, summary.kept, summary.dropped) == (3, 0, 0)
    assert works(path) == THREE


def test_a_document_that_our_code_cannot_read_is_left_out_with_the_place_of_the_mistake(
    tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(text: Text) -> Text:
        if text.source == "A_RES_90_2.zh.txt":
            raise KeyError("mistaken")
        return text

    monkeypatch.setattr(run, "segment", lambda text: segment(mistaken(text)))
    summary = build([texts], tmp_path / "store")
    (left,) = summary.left_out
    assert left.source.endswith("A_RES_90_2.zh.txt")
    assert "a mistake in unkg" in left.reason
    assert "KeyError: 'mistaken', run.py:" in left.reason, "our own code, not what it calls or what calls it"
    assert works(tmp_path / "store") == ["A/RES/90/1", "A/RES/90/3"]


def test_the_members_of_a_packed_archive_are_works_like_files(tmp_path: Path, texts: Path) -> None:
    packed = tmp_path / "texts.tar.gz"
    with tarfile.open(packed, "w:gz") as archive:
        archive.add(texts, "texts")
    build([packed], tmp_path / "store")
    assert says(tmp_path / "store") == at_once(tmp_path, texts)
    held = [
        each
        for key in manifest_of(tmp_path / "store").every_batch()
        for each in manifest_of(tmp_path / "store").sources(key)
    ]
    assert {each.path for each in held} == {str(packed)}
    assert {version for each in held for version in each.versions} == {
        "A/RES/90/1@en",
        "A/RES/90/1@fr",
        "A/RES/90/2@zh",
        "A/RES/90/3@ar",
    }


def test_an_unreadable_file_is_told_of_each_time_and_read_when_it_can_be(tmp_path: Path) -> None:
    path, folder = tmp_path / "store", write(tmp_path / "texts", {"a.txt": plain("90/1")})
    missing = [tmp_path / "missing.txt", tmp_path / "gone.txt"]
    for _ in range(2):
        summary = build([folder, *missing], path)
        assert [left.source for left in summary.left_out] == sorted(map(str, missing))
    missing[0].write_bytes(plain("90/2"))
    summary = build([folder, *missing], path)
    assert (summary.made, summary.kept) == (1, 1)
    assert [left.source for left in summary.left_out] == [str(missing[1])]


def test_generations_and_shards_do_not_pile_up(path: Path, texts: Path) -> None:
    for number in range(4, 8):
        (texts / f"A_RES_90_{number}.txt").write_bytes(plain(f"90/{number}"))
        build([texts], path)
        assert tidy(path)
