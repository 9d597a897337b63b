"""Loading: the store of packed works is the one that a build makes, and nothing damaged or missing is loaded."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build import build
from kg.errors import UnreadableSource
from kg.packed import COMPLETE, QUADS, WORKS, load
from kg.query import open_store
from kg.search import search
from tests import clusterkit
from tests.aknkit import akn
from tests.storekit import exported, loaded, unkg

OLD = '<urn:subject> <urn:says> "old" <urn:graph> .'
PART = "part-00000.txt.gz"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two works in two languages, one of which cites the other, and what is none."""
    folder = tmp_path_factory.mktemp("texts")
    for number, words in ((12, "Recalling its resolution 86/7,"), (13, "Recalling its resolution 90/12,")):
        symbol = f"A/RES/90/{number}"
        (folder / f"{number}.en.xml").write_bytes(akn([words], ["Decides to remain seized of it."], symbol=symbol))
        french = akn(["Rappelant sa résolution 86/7,"], ["Décide de rester saisie."], language="fr", symbol=symbol)
        (folder / f"{number}.fr.xml").write_bytes(french)
    (folder / "nothing.txt").write_bytes(b"Nothing that an organ has said.")
    return folder


@pytest.fixture
def shards(texts: Path, tmp_path: Path) -> Path:
    """What a cluster writes of the two works; a test may damage it."""
    return clusterkit.made(texts, tmp_path / "shards")


def quads(store: Path) -> list[bytes]:
    return sorted(exported(open_store(store), store.with_suffix(".nq"), "nq").splitlines())


def plain(shards: Path, kind: str) -> list[str]:
    return gzip.decompress((shards / kind / PART).read_bytes()).decode().splitlines(keepends=True)


def replaced(shards: Path, kind: str, lines: list[str]) -> None:
    (shards / kind / PART).write_bytes(gzip.compress("".join(lines).encode()))


def repacked(shards: Path, folder: Path, name: str) -> Path:
    """The same works as files of other names and packing."""
    folder.mkdir()
    pack = lzma.compress if name.endswith(".xz") else gzip.compress if name.endswith(".gz") else bytes
    text = "".join(plain(shards, QUADS)).encode()
    if ".trig" in name:
        text = ox.serialize(ox.parse(text, ox.RdfFormat.N_QUADS), format=ox.RdfFormat.TRIG) or b""
    (folder / name).write_bytes(pack(text))
    (folder / "works.jsonl").write_text("".join(plain(shards, WORKS)), encoding="utf-8")
    return folder


def test_the_store_is_the_one_that_a_build_makes(texts: Path, shards: Path, tmp_path: Path) -> None:
    now, built = load([shards], tmp_path / "loaded"), build([texts], tmp_path / "built")
    assert quads(tmp_path / "loaded") == quads(tmp_path / "built")
    assert (now.counts, now.left_out, now.findings) == (built.counts, built.left_out, built.findings)
    assert now.report.violations == built.report.violations
    assert (now.made, now.dropped, now.example) == (built.made, built.dropped, built.example)
    stores = [open_store(tmp_path / name) for name in ("loaded", "built")]
    hits = [[hit.iri for hit in search(store, "seized")] for store in stores]
    assert hits[0] == hits[1] != []


def test_what_was_loaded_is_not_built_again(texts: Path, shards: Path, tmp_path: Path) -> None:
    load([shards], tmp_path / "store")
    again = build([texts], tmp_path / "store")
    assert (again.made, again.kept) == (0, 2)


def test_loading_the_same_again_changes_nothing(shards: Path, tmp_path: Path) -> None:
    load([shards], tmp_path / "store")
    before = (tmp_path / "store/CURRENT").read_bytes()
    assert load([shards], tmp_path / "store").made == 0
    assert (tmp_path / "store/CURRENT").read_bytes() == before


def test_the_store_then_holds_what_was_loaded_and_nothing_else(seed: Path, shards: Path, tmp_path: Path) -> None:
    build([seed], tmp_path / "store")
    summary = load([shards], tmp_path / "store")
    assert (summary.made, summary.dropped, summary.counts["works"]) == (2, 1, 2)


def test_several_folders_are_loaded_together(seed: Path, shards: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / seed.name).write_bytes(seed.read_bytes())
    other = clusterkit.made(tmp_path / "more", tmp_path / "others")
    assert load([shards, other], tmp_path / "store").counts["works"] == 3


@pytest.fixture(scope="module")
def loaded_quads(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """All that the store of the two works holds."""
    folder = tmp_path_factory.mktemp("expected")
    load([clusterkit.made(texts, folder / "shards")], folder / "store")
    return quads(folder / "store")


@pytest.mark.parametrize("name", ["a.nq", "a.nq.gz", "a.nq.xz", "a.trig.xz"])
def test_graphs_may_be_packed_in_several_ways(
    name: str, shards: Path, loaded_quads: list[bytes], tmp_path: Path
) -> None:
    load([repacked(shards, tmp_path / "packed", name)], tmp_path / "store")
    assert quads(tmp_path / "store") == loaded_quads


def test_another_base_is_told_by_the_call(texts: Path, tmp_path: Path) -> None:
    other = clusterkit.made(texts, tmp_path / "shards", base="https://example.org/un/")
    refused = unkg("load", other, "--store", tmp_path / "store")
    assert refused.returncode == 2
    assert "which no description tells of; was it made with another --base?" in refused.stderr
    done = unkg("load", other, "--store", tmp_path / "store", "--base", "https://example.org/un")
    assert "Documents   2 in 4 language version(s)" in done.stdout, done.stderr


Damage = Callable[[Path], object]


def lacking_a_statement(shards: Path) -> None:
    replaced(shards, QUADS, plain(shards, QUADS)[1:])


def lacking_a_graph(shards: Path) -> None:
    replaced(shards, QUADS, [line for line in plain(shards, QUADS) if "graph/A/RES/90/12>" not in line])


def lacking_a_description(shards: Path) -> None:
    replaced(shards, WORKS, [line for line in plain(shards, WORKS) if '"A/RES/90/12"' not in line])


def repeating_graphs(shards: Path) -> None:
    replaced(shards, QUADS, plain(shards, QUADS) * 2)


def repeating_descriptions(shards: Path) -> None:
    replaced(shards, WORKS, plain(shards, WORKS) * 2)


def describing_nothing(shards: Path) -> None:
    replaced(shards, WORKS, ['{"key": "x"}\n'])


def holding_no_work(shards: Path) -> None:
    described = [json.loads(line) for line in plain(shards, WORKS)]
    replaced(shards, WORKS, [f"{json.dumps({**each, 'works': {}, 'violations': {}})}\n" for each in described])
    replaced(shards, QUADS, [])


def cut(kind: str) -> Damage:
    def damaged(shards: Path) -> None:
        whole = (shards / kind / PART).read_bytes()
        (shards / kind / PART).write_bytes(whole[: len(whole) // 2])

    return damaged


def misspelt(shards: Path) -> None:
    first, *others = plain(shards, QUADS)
    replaced(shards, QUADS, [first.replace("<", "<<", 1), *others])


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lacking_a_statement, r"holds \d+ statements of .*/A/RES/90/1\d, and not \d+; copy it again"),
        (lacking_a_graph, r"graph/A/RES/90/12: is described, but its statements are not there"),
        (lacking_a_description, r"holds .*graph/A/RES/90/12, which no description tells of"),
        (repeating_graphs, r"holds .*/A/RES/90/1\d a second time"),
        (repeating_descriptions, r"holds A/RES/90/1\d a second time"),
        (describing_nothing, r"holds=works/part-00000.txt.gz:1: describes no works \(KeyError"),
        (holding_no_work, "holds no works; expected what"),
        (cut(QUADS), r"holds=quads/part-00000.txt.gz: is damaged \(.*\); copy it again"),
        (cut(WORKS), r"holds=works/part-00000.txt.gz: is damaged \(.*\); copy it again"),
        (misspelt, r"is damaged \(.*\); copy it again"),
        (lambda shards: (shards / COMPLETE).unlink(), "lacks _SUCCESS: the run that wrote it did not end"),
        (lambda shards: (shards / WORKS / PART).unlink(), "holds no descriptions of works; expected what"),
    ],
)
def test_what_is_damaged_is_refused_and_the_old_store_stays(
    damage: Damage, complaint: str, shards: Path, tmp_path: Path
) -> None:
    loaded(tmp_path / "store", OLD)
    damage(shards)
    with pytest.raises(UnreadableSource, match=complaint):
        load([shards], tmp_path / "store")
    assert quads(tmp_path / "store") == [OLD.encode()]


def test_folders_that_hold_the_same_work_are_refused(texts: Path, shards: Path, tmp_path: Path) -> None:
    other = clusterkit.made(texts, tmp_path / "others")
    with pytest.raises(UnreadableSource, match="a second time; load folders that were made from different documents"):
        load([shards, other], tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_the_command_says_what_the_store_holds(shards: Path, tmp_path: Path) -> None:
    done = unkg("load", shards, "--store", tmp_path / "store")
    assert f"Loaded into {tmp_path / 'store'}" in done.stdout
    assert "Documents   2 in 4 language version(s)" in done.stdout
    assert "nothing.txt" in done.stderr
    assert done.returncode == 1
