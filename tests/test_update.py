"""Documents added to a store and taken out of it: what it then says is what it would say if it were made at once."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.build import add, build, remove
from kg.errors import StoreMissing, SymbolError, UnreadableSource
from kg.store import current
from kg.uris import Names, term
from tests.buildkit import collection, manifest_of, marked_up, plain, says, tidy, works, write
from tests.storekit import unkg

pytest_plugins = ["tests.buildkit"]
pytestmark = pytest.mark.usefixtures("quick")

NAMES = Names()


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write(tmp_path / "texts", {"one.txt": plain("90/1"), "two.xml": marked_up("90/2", cites="90/1")})


@pytest.fixture
def path(tmp_path: Path, texts: Path) -> Path:
    """A store of two works, of which one cites the other."""
    build([texts], tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def made_of(tmp_path: Path) -> Callable[[dict[str, bytes]], dict[str, object]]:
    """What a store says that is made of these files at once."""

    def made(files: dict[str, bytes]) -> dict[str, object]:
        path = tmp_path / "at-once"
        shutil.rmtree(path, ignore_errors=True)
        build([write(tmp_path / "files", files)], path)
        return says(path)

    return made


MadeOf = Callable[[dict[str, bytes]], dict[str, object]]


def asked(path: Path, words: str) -> bool:
    return bool(kg.open_store(path).oxigraph.query(f"ASK {{ {words} }}", use_default_graph_as_union=True))


# Adding


def test_a_new_language_joins_the_held_ones(path: Path, tmp_path: Path, made_of: MadeOf) -> None:
    french = write(tmp_path / "more", {"un.txt": plain("90/1", "fr")})
    summary = add([french], path)
    assert (summary.made, summary.kept, summary.dropped) == (1, 1, 0)
    assert summary.left_out == ()
    two = marked_up("90/2", cites="90/1")
    assert says(path) == made_of({"one.txt": plain("90/1"), "un.txt": plain("90/1", "fr"), "two.xml": two})
    assert tidy(path)


def test_a_newer_version_replaces_the_held_one_without_complaint(path: Path, tmp_path: Path, made_of: MadeOf) -> None:
    add([write(tmp_path / "more", {"un.txt": plain("90/1", "fr")})], path)
    newer = plain("90/1", cites="70/1")
    summary = add([write(tmp_path / "newer", {"anew.txt": newer})], path)
    assert (summary.made, summary.left_out) == (1, ())
    two = marked_up("90/2", cites="90/1")
    assert says(path) == made_of({"anew.txt": newer, "un.txt": plain("90/1", "fr"), "two.xml": two})


def test_a_file_edited_where_it_lies_replaces_what_it_was(path: Path, texts: Path, made_of: MadeOf) -> None:
    files = {"one.txt": plain("90/1", cites="70/1"), "two.xml": marked_up("90/2", cites="90/1")}
    write(texts, files)
    assert add([texts / "one.txt"], path).made == 1
    assert says(path) == made_of(files)


def test_what_is_held_already_changes_nothing(path: Path, texts: Path) -> None:
    before = says(path)
    done = unkg("add", texts, "--store", path)
    assert done.returncode == 0, done.stderr
    assert f"Nothing has changed in {path}" in done.stdout
    assert says(path) == before


@pytest.mark.parametrize("now", [None, plain("90/1", cites="60/1")])
def test_where_a_held_version_can_no_longer_be_read_the_error_names_it_and_nothing_changes(
    path: Path, texts: Path, tmp_path: Path, now: bytes | None
) -> None:
    before, one = says(path), texts / "one.txt"
    one.unlink()
    if now:
        one.write_bytes(now)
    more = write(tmp_path / "more", {"un.txt": plain("90/1", "fr")})
    with pytest.raises(
        UnreadableSource, match=r"A/RES/90/1@en would be lost; give it again, or .* unkg remove"
    ) as caught:
        add([more], path)
    assert caught.value.where == str(one)
    assert says(path) == before
    newer = write(tmp_path / "newer", {"one.txt": plain("90/1", cites="70/1")})
    assert add([more, newer], path).counts["versions"] == 3, "given again it need not be where it was"


def test_a_version_that_is_replaced_need_not_be_there_any_more(path: Path, texts: Path, tmp_path: Path) -> None:
    (texts / "one.txt").unlink()
    summary = add([write(tmp_path / "newer", {"one.txt": plain("90/1", cites="70/1")})], path)
    assert (summary.made, summary.left_out) == (1, ())


def test_only_what_was_given_is_told_to_be_left_out(path: Path, texts: Path, tmp_path: Path) -> None:
    (texts / "none.txt").write_bytes(b"no resolution at all\n")
    build([texts], path)
    more = write(tmp_path / "more", {"three.txt": plain("90/3")})
    assert add([more], path).left_out == ()
    assert remove(["A/RES/90/3"], path).left_out == ()
    for _ in range(2):
        (left,) = add([texts / "none.txt"], path).left_out
        assert left.source == str(texts / "none.txt")
    (left,) = build([texts], path).left_out
    assert left.source == str(texts / "none.txt")


def test_nothing_is_added_where_there_is_no_store(tmp_path: Path, texts: Path) -> None:
    with pytest.raises(StoreMissing, match="build one first"):
        add([texts], tmp_path / "nowhere")
    with pytest.raises(StoreMissing, match="build one first"):
        remove(["A/RES/90/1"], tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


# Taking out


def test_a_document_taken_out_stays_where_it_is_cited(path: Path, made_of: MadeOf) -> None:
    summary = remove(["A/RES/90/1"], path)
    assert (summary.made, summary.kept, summary.dropped) == (0, 1, 1)
    one, two = NAMES.document("A/RES/90/1"), NAMES.document("A/RES/90/2")
    assert asked(path, f'<{two}> <{term("cites")}> <{one}> . <{one}> <{term("symbol")}> "A/RES/90/1"')
    assert not asked(path, f"<{one}> <{term('hasVersion')}> ?version")
    assert says(path) == made_of({"two.xml": marked_up("90/2", cites="90/1")})


@pytest.mark.parametrize("symbol", ["A/RES/90/2", "90/2", "a/res/90/2", "RES 90/2"])
def test_a_document_is_taken_out_by_its_symbol_however_it_is_written(path: Path, symbol: str) -> None:
    try:
        remove([symbol, symbol], path)
    except SymbolError:
        assert symbol == "RES 90/2"
    else:
        assert works(path) == ["A/RES/90/1"]


def test_where_one_symbol_is_unknown_nothing_is_taken_out(path: Path) -> None:
    before = current(path)
    done = unkg("remove", "A/RES/90/1", "A/RES/99/99", "--store", path)
    assert done.returncode == 1
    assert "A/RES/99/99: is not held" in done.stderr
    assert "nothing was taken out" in done.stderr
    assert current(path) == before


def test_the_last_document_may_be_taken_out_and_others_added(path: Path, texts: Path, made_of: MadeOf) -> None:
    whole = says(path)
    done = unkg("remove", "A/RES/90/1", "A/RES/90/2", "--store", path)
    assert done.returncode == 0, done.stderr
    assert works(path) == []
    assert add([texts], path).made == 2
    assert says(path) == whole


def test_what_the_united_nations_publish_stays_when_the_last_document_goes(path: Path, tmp_path: Path) -> None:
    """It came with a build, and is not made of documents."""
    official = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o"), ox.NamedNode(NAMES.official))
    held = ox.Store(str(current(path)))
    held.add(official)
    held.flush()
    del held
    remove(["A/RES/90/1", "A/RES/90/2"], path)
    add([write(tmp_path / "more", {"three.txt": plain("90/3")})], path)
    assert official in kg.open_store(path).oxigraph


@pytest.fixture
def parted(tmp_path: Path) -> Path:
    """A store of a file with three works, of which one was taken out."""
    build([write(tmp_path / "all", {"all.xml": collection("90/1", "90/2", "90/3")})], tmp_path / "parted")
    remove(["A/RES/90/2"], tmp_path / "parted")
    return tmp_path / "parted"


def test_a_part_of_a_file_taken_out_comes_back_with_the_next_build_of_the_file(parted: Path, tmp_path: Path) -> None:
    assert works(parted) == ["A/RES/90/1", "A/RES/90/3"]
    summary = build([tmp_path / "all"], parted)
    assert (summary.made, summary.kept, summary.dropped) == (3, 0, 0)
    assert works(parted) == ["A/RES/90/1", "A/RES/90/2", "A/RES/90/3"]


def test_a_part_of_a_file_taken_out_stays_out_when_another_part_gets_a_language(parted: Path, tmp_path: Path) -> None:
    more = write(tmp_path / "more", {"un.txt": plain("90/1", "fr")})
    assert add([more], parted).counts["versions"] == 3
    assert works(parted) == ["A/RES/90/1", "A/RES/90/3"]
    found = kg.search(parted, "mountains", limit=None)
    assert {hit.symbol for hit in found} == {"A/RES/90/1", "A/RES/90/3"}
    assert add([tmp_path / "all"], parted).counts["works"] == 3, "given again it comes back"


def test_a_part_that_came_back_from_another_file_stays_as_that_has_it(parted: Path, tmp_path: Path) -> None:
    add([write(tmp_path / "other", {"two.txt": plain("90/2", cites="60/1")})], parted)
    add([write(tmp_path / "more", {"un.txt": plain("90/1", "fr")})], parted)
    assert works(parted) == ["A/RES/90/1", "A/RES/90/2", "A/RES/90/3"]
    two, cites = NAMES.document("A/RES/90/2"), term("cites")
    assert asked(parted, f"<{two}> <{cites}> <{NAMES.document('A/RES/60/1')}>")
    assert not asked(parted, f"<{two}> <{cites}> <{NAMES.document('A/RES/86/7')}>")
    found = kg.search(parted, "mountains", document="A/RES/90/2", limit=None)
    assert [hit.language for hit in found] == ["en"]


def test_all_parts_of_a_file_taken_out_leave_nothing_of_it(parted: Path) -> None:
    remove(["A/RES/90/1", "A/RES/90/3"], parted)
    manifest = manifest_of(parted)
    assert (manifest.every_batch(), manifest.works(), manifest.batches_by_digest()) == ([], {}, {})
    manifest.close()


# Any sequence


class Held:
    """What a store should hold: by symbol and language, the name and bytes of the file that gives it."""

    def __init__(self) -> None:
        self.versions: dict[tuple[str, str], tuple[str, bytes]] = {}

    def files(self) -> dict[str, bytes]:
        return dict(self.versions.values())


def drawn(chance: random.Random) -> dict[str, bytes]:
    """A few files, by names that tell the order in which they count, and tell nothing of what they hold."""
    files = {}
    for _ in range(chance.randint(1, 3)):
        number, language = chance.choice("123"), chance.choice(["ar", "en", "fr", "ru", "zh"])
        make, cites = chance.choice([plain, marked_up]), chance.choice(["70/1", "90/1", "90/2"])
        files[f"{chance.randint(0, 9999):04}_{number}_{language}_.txt"] = make(f"90/{number}", language, cites=cites)
    return files


def versions(files: dict[str, bytes]) -> dict[tuple[str, str], tuple[str, bytes]]:
    """What the files give: of two alike, the first by name."""
    found: dict[tuple[str, str], tuple[str, bytes]] = {}
    for name, data in sorted(files.items()):
        number, language = name.split("_")[1:3]
        found.setdefault((f"A/RES/90/{number}", language), (name, data))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_after_any_sequence_the_store_says_what_it_would_if_made_at_once(
    tmp_path: Path, made_of: MadeOf, seed: int
) -> None:
    chance, path, held, folder = random.Random(seed), tmp_path / "store", Held(), tmp_path / "texts"
    files = drawn(chance)
    build([write(folder, files)], path)
    held.versions = versions(files)
    for step in range(6):
        what = chance.choice(["build", "add", "add", "remove"])
        if what == "build":
            files = dict(chance.sample(sorted(files.items()), chance.randint(0, len(files)))) | drawn(chance)
            build([write(folder, files)], path, jobs=chance.choice([1, 1, 2]))
            held.versions = versions(files)
        elif what == "add":
            given = drawn(chance)
            add([write(tmp_path / f"given-{step}", given)], path)
            held.versions |= versions(given)
        else:
            symbol = chance.choice(sorted({symbol for symbol, _ in held.versions}))
            remove([symbol], path)
            held.versions = {key: value for key, value in held.versions.items() if key[0] != symbol}
        if held.versions:
            assert says(path) == made_of(held.files()), f"after step {step}, {what}"
        else:
            assert works(path) == []
            build([write(folder, files)], path)
            held.versions = versions(files)
        assert tidy(path)
