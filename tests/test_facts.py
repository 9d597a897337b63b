"""Facts without sentences: what they keep, what they leave out, and what a text read later does to them."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from kg import facts, plan, update
from kg.build import add, build
from kg.errors import UnreadableSource
from kg.query import LocalStore, open_store, rows
from kg.uris import BASE, Names
from kg.validate import validate_store

pytest_plugins = ["tests.storekit"]

SEED = "A/RES/76/213"


@pytest.fixture(scope="module")
def folder(store: LocalStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The facts of the document that ships."""
    path = tmp_path_factory.mktemp("facts")
    assert facts.write(store, path) == 1
    return path


@pytest.fixture(scope="module")
def begun(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds these facts and nothing else."""
    return begin(tmp_path_factory.mktemp("begun") / "store", folder, Names())


def begin(path: Path, folder: Path, names: Names) -> Path:
    with update.updating(path, names) as next_state:
        known = facts.found(folder, names.base)
        next_state.run(plan.Plan((), (), (), facts=known), jobs=1, progress=None)
        next_state.finish()
    return path


def test_the_same_store_gives_the_same_bytes(store: LocalStore, folder: Path, tmp_path: Path) -> None:
    facts.write(store, tmp_path)
    for name in (facts.FILE, facts.DESCRIPTION):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_no_sentence_of_the_document_is_in_the_facts(store: LocalStore, folder: Path) -> None:
    written = lzma.decompress((folder / facts.FILE).read_bytes()).decode()
    texts = [
        str(row["text"]) for row in rows(store, "SELECT ?text { ?clause <https://w3id.org/unkg/ontology#text> ?text }")
    ]
    assert len(texts) > 80
    title = str(rows(store, "SELECT ?t { ?d <http://purl.org/dc/terms/title> ?t } LIMIT 1")[0]["t"])
    assert [text for text in texts if len(text) > len(title) and text in written] == []


def test_the_source_is_named(folder: Path) -> None:
    description = (folder / facts.DESCRIPTION).read_text(encoding="utf-8")
    assert "United Nations, which is their source" in description
    assert "Unofficial" in description


@pytest.mark.parametrize(
    ("question", "parameters"),
    [("cites", {"document": SEED}), ("tasks-of-body", {"body": "cstd"}), ("paragraphs-for-goal", {"goal": "17.6"})],
)
def test_facts_answer_questions_as_the_text_does(
    store: LocalStore, begun: Path, question: str, parameters: dict[str, str]
) -> None:
    words = {"text", "evidence", "words", "surface"}

    def told(graph: LocalStore) -> list[dict[str, object]]:
        answer = graph.query(question, **parameters)
        return [{name: value for name, value in row.items() if name not in words} for row in answer]  # type: ignore[union-attr]

    assert told(open_store(begun)) == told(store) != []


def test_a_store_of_facts_conforms(begun: Path) -> None:
    report = validate_store(open_store(begun).oxigraph)
    assert report.graphs == 1
    assert report.conforms


def test_the_text_takes_the_place_of_the_facts(seed: Path, store: LocalStore, folder: Path, tmp_path: Path) -> None:
    path = begin(tmp_path / "store", folder, Names())
    summary = add([seed], path)
    assert (summary.made, summary.counts["facts"]) == (1, 0)
    graph = "SELECT (COUNT(*) AS ?count) { GRAPH <https://w3id.org/unkg/graph/A/RES/76/213> { ?s ?p ?o } }"
    assert rows(open_store(path), graph)[0]["count"] == rows(store, graph)[0]["count"]


def test_facts_take_any_base(folder: Path, tmp_path: Path) -> None:
    names = Names("https://example.org/un/")
    opened = open_store(begin(tmp_path / "store", folder, names))
    answer = opened.query("cites", document=SEED)
    assert len(answer) > 50  # type: ignore[arg-type]
    ours = rows(opened, f'SELECT ?s {{ ?s a ?class FILTER(STRSTARTS(STR(?s), "{BASE}doc/")) }}')
    assert len(ours) == 0


def test_damaged_facts_are_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / facts.DESCRIPTION).write_bytes((folder / facts.DESCRIPTION).read_bytes())
    (tmp_path / facts.FILE).write_bytes((folder / facts.FILE).read_bytes()[:-400])
    with pytest.raises(UnreadableSource, match=r"facts\.trig\.xz: is damaged"):
        begin(tmp_path / "store", tmp_path, Names())
    assert not (tmp_path / "store").exists()


def test_facts_without_a_description_are_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / facts.FILE).write_bytes((folder / facts.FILE).read_bytes())
    with pytest.raises(UnreadableSource, match=r"facts that cannot be read"):
        facts.found(tmp_path, BASE)


def test_a_folder_without_facts_has_none(tmp_path: Path) -> None:
    assert facts.found(tmp_path, BASE) is None


def test_a_build_without_paths_begins_with_what_ships(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "shipped", lambda: folder)
    summary = build([], tmp_path / "store")
    assert summary.counts["documents"] == 1
    assert summary.counts["facts"] == 0
