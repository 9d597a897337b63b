"""Files, folders and archives: each document once, the versions of a work together."""

from __future__ import annotations

import io
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import run, scratch, sources
from kg.errors import OutputError
from kg.model import LeftOut, Work
from tests.aknkit import akn

DOCUMENTS = {
    "77/English/A_RES_90_12-1E.xml": akn(
        ["Recalling its resolution 86/7,"], ["Decides to remain seized of the matter."]
    ),
    "77/French/A_RES_90_12-1F.xml": akn(
        ["Rappelant sa résolution 86/7,"], ["Décide de rester saisie de la question."], language="fr"
    ),
    "77/English/A_RES_90_13-1E.xml": akn(
        ["Recalling its resolution 87/1,"], ["Decides to remain seized of the matter."], symbol="A/RES/90/13"
    ),
    "README.txt": b"What these files are.",
}


def folder(path: Path) -> None:
    for name, data in DOCUMENTS.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in DOCUMENTS.items():
            archive.writestr(name, data)


def tarred(path: Path) -> None:
    kind = {".gz": "w:gz", ".xz": "w:xz"}.get(path.suffix, "w")
    with tarfile.open(path, kind) as archive:  # type: ignore[call-overload]
        for name, data in DOCUMENTS.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


PACKED: list[tuple[str, Callable[[Path], None]]] = [
    ("folder", folder),
    ("a.zip", zipped),
    ("a.tar", tarred),
    ("a.tar.gz", tarred),
    ("a.tar.xz", tarred),
]


def cited(outcomes: list[Work | LeftOut]) -> dict[tuple[str, str], list[str | None]]:
    works = [outcome for outcome in outcomes if isinstance(outcome, Work)]
    return {(r.symbol, r.language): [c.target for c in r.citations] for work in works for r in work.records}


@pytest.mark.parametrize(("name", "pack"), PACKED)
def test_documents_are_read_alike_however_they_are_packed(
    tmp_path: Path, name: str, pack: Callable[[Path], None]
) -> None:
    pack(tmp_path / name)
    before = sorted(tmp_path.rglob("*"))
    outcomes = list(run.works([tmp_path]))
    assert cited(outcomes) == {
        ("A/RES/90/12", "en"): ["A/RES/86/7"],
        ("A/RES/90/12", "fr"): ["A/RES/86/7"],
        ("A/RES/90/13", "en"): ["A/RES/87/1"],
    }
    assert len(outcomes) == 2, "the versions of one work are one task"
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(("name", "pack"), PACKED[1:])
def test_a_damaged_archive_is_left_out_and_the_others_are_read(
    tmp_path: Path, name: str, pack: Callable[[Path], None]
) -> None:
    pack(tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(b"\x07" * 40 + whole[40 : len(whole) // 3])
    (tmp_path / "A_RES_90_14.xml").write_bytes(akn(["Recalling its resolution 88/2,"], [], symbol="A/RES/90/14"))
    outcomes = list(run.works([tmp_path]))
    assert cited(outcomes) == {("A/RES/90/14", "en"): ["A/RES/88/2"]}
    (left,) = [outcome for outcome in outcomes if isinstance(outcome, LeftOut)]
    assert left.source == str(tmp_path / name)
    assert "no archive that can be read" in left.reason


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tar.xz"])
def test_a_packed_archive_is_written_out_once_and_again_when_it_has_changed(tmp_path: Path, name: str) -> None:
    tarred(tmp_path / name)
    first = {place.plain for _ in range(3) for place in sources.places([tmp_path])}
    assert len(first) == 1
    with tarfile.open(tmp_path / name, "w:gz" if name.endswith("gz") else "w:xz") as archive:
        data = akn(["Recalling its resolution 88/2,"], [], symbol="A/RES/90/14")
        member = tarfile.TarInfo("A_RES_90_14.xml")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    assert first.isdisjoint(place.plain for place in sources.places([tmp_path]))
    assert cited(list(run.works([tmp_path]))) == {("A/RES/90/14", "en"): ["A/RES/88/2"]}


def test_where_nothing_can_be_written_out_that_is_no_fault_of_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a build would drop all that is in it."""
    tarred(tmp_path / "a.tar.gz")
    monkeypatch.setattr(scratch, "folder", scratch.folder.__wrapped__)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(OutputError, match="name one in TMPDIR"):
        list(sources.places([tmp_path]))
    monkeypatch.setattr(scratch, "folder", lambda: tmp_path)
    if not Path("/dev/full").exists():
        pytest.skip("needs a disk that is always full")
    (tmp_path / f"{len(sources._plain)}-a.tar").symlink_to("/dev/full")
    with pytest.raises(OutputError, match="no room for what is in an archive"):
        list(sources.places([tmp_path / "a.tar.gz"]))


def test_a_file_is_read_once_however_often_it_is_named(tmp_path: Path) -> None:
    folder(tmp_path)
    twice = [tmp_path, tmp_path / "77", tmp_path / "77/English/A_RES_90_13-1E.xml"]
    assert len(list(sources.places(twice))) == 3


def test_a_cover_printed_the_other_way_round_is_of_the_same_work(tmp_path: Path) -> None:
    """As in some Arabic files of the publisher; the others say it right."""
    (tmp_path / "one.xml").write_bytes(akn(["Recalling its resolution 86/7,"], [], symbol="A/RES/213/90"))
    (tmp_path / "two.xml").write_bytes(akn(["Rappelant sa résolution 86/7,"], [], symbol="A/RES/90/213", language="fr"))
    (work,) = run.works([tmp_path])
    assert isinstance(work, Work)
    assert (work.symbol, [record.language for record in work.records]) == ("A/RES/90/213", ["en", "fr"])
    assert [f.code for f in work.findings if "other way round" in f.message] == ["symbol-differs"]
