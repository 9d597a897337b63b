"""Vocabularies of the United Nations: got from a server that fails at times, from files, and put beside a store."""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner

from kg import vocabularies
from kg.answers import Rows
from kg.build import build
from kg.cli import unkg
from kg.errors import FetchError, UnreadableSource
from kg.query import open_store
from kg.vocabularies import Vocabulary, fetch, held
from tests.storekit import free_port

#: Labels of this project's own, in the shape of what is published.
GOALS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix sdg: <http://metadata.un.org/sdg/> .
sdg:17 skos:prefLabel "An official wording"@en, "Un libellé officiel"@fr ; skos:notation "17" .
sdg:17.6 skos:prefLabel "Another official wording"@en ; skos:broader sdg:17 .
"""
THESAURUS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix t: <http://metadata.un.org/thesaurus/> .
t:1 a skos:Concept ; skos:prefLabel "TECHNOLOGY"@en ; skos:related [ skos:prefLabel "without a name" ] .
"""


class _Server(http.server.BaseHTTPRequestHandler):
    """Answers with what `answers` holds for a path, one after the other; the last again and again."""

    answers: ClassVar[dict[str, list[tuple[int, bytes]]]] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        left = self.answers.get(self.path, [(404, b"")])
        status, body = left.pop(0) if len(left) > 1 else left[0]
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if status != 299 else len(body) + 7))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    _Server.answers, _Server.asked = {}, []
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def vocabulary(address: str = "", name: str = "sdg") -> Vocabulary:
    return Vocabulary(name, "Goals and targets", address, f"{name}-*.ttl", "the source", "the terms", least=1)


def got(folder: Path, wanted: Vocabulary, **how: Any) -> vocabularies.Fetched:
    (found,) = fetch(folder, [wanted], pause=lambda seconds: None, **how)
    return found


def test_each_vocabulary_says_where_it_lies_whose_it_is_and_on_what_terms() -> None:
    every = vocabularies.available()
    assert [each.name for each in every] == ["sdg", "sdg-subjects", "unbis"]
    assert all(each.address.startswith("https://") and each.source and each.terms for each in every)


def test_a_vocabulary_is_fetched_with_its_size_and_checksum(server: str, tmp_path: Path) -> None:
    _Server.answers["/goals.ttl"] = [(200, GOALS.encode())]
    found = got(tmp_path / "new" / "folder", vocabulary(f"{server}/goals.ttl"))
    digest = hashlib.sha256(GOALS.encode()).hexdigest()
    assert (found.size, found.sha256, found.labels) == (len(GOALS.encode()), digest, 3)
    assert held(tmp_path / "new" / "folder") == (found,)
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == ["manifest.json", "sdg.ttl"]


def test_what_a_server_fails_to_give_is_asked_for_again(server: str, tmp_path: Path) -> None:
    _Server.answers["/goals.ttl"] = [(503, b""), (299, GOALS.encode()[:40]), (200, GOALS.encode())]
    assert got(tmp_path, vocabulary(f"{server}/goals.ttl")).labels == 3
    assert len(_Server.asked) == 3


def test_what_is_not_there_is_not_asked_for_again(server: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"answered 404 .*unkg vocab fetch --from PATH"):
        got(tmp_path, vocabulary(f"{server}/goals.ttl"))
    assert len(_Server.asked) == 1
    assert list(tmp_path.iterdir()) == []


def test_without_a_network_the_way_out_is_told(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"cannot be reached: .*--from PATH"):
        got(tmp_path, vocabulary(f"http://127.0.0.1:{free_port()}/goals.ttl"))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>Please sign in</html>", "is no Turtle"),
        (b"<urn:a> <urn:b> <urn:c> .", "holds 0 labels; expected at least 1"),
    ],
)
def test_something_else_does_not_take_the_place_of_a_vocabulary(
    server: str, tmp_path: Path, body: bytes, message: str
) -> None:
    _Server.answers["/goals.ttl"] = [(200, GOALS.encode()), (200, body)]
    kept = got(tmp_path, vocabulary(f"{server}/goals.ttl"))
    with pytest.raises(FetchError, match=message):
        got(tmp_path, vocabulary(f"{server}/goals.ttl"))
    assert held(tmp_path) == (kept,)


def test_a_version_that_is_known_is_held_against_its_checksum(server: str, tmp_path: Path) -> None:
    _Server.answers["/goals.ttl"] = [(200, GOALS.encode())]
    with pytest.raises(FetchError, match="expected 0000"):
        got(tmp_path, replace(vocabulary(f"{server}/goals.ttl"), sha256="0000"))


def test_files_downloaded_before_are_taken_by_their_names(tmp_path: Path) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    (downloads / "sdg-2024.ttl").write_text("no Turtle", encoding="utf-8")
    (downloads / "sdg-2025.ttl").write_text(GOALS, encoding="utf-8")
    assert got(tmp_path / "into", vocabulary(), origin=downloads).origin.endswith("sdg-2025.ttl")
    assert got(tmp_path / "into", vocabulary(), origin=downloads / "sdg-2025.ttl").labels == 3
    with pytest.raises(UnreadableSource, match=r"holds no unbis-\*\.ttl"):
        got(tmp_path / "into", vocabulary(name="unbis"), origin=downloads)


def test_a_file_that_was_changed_is_not_what_was_fetched(tmp_path: Path) -> None:
    (tmp_path / "sdg-1.ttl").write_text(GOALS, encoding="utf-8")
    got(tmp_path / "into", vocabulary(), origin=tmp_path)
    (tmp_path / "into" / "sdg.ttl").write_text(GOALS + "# changed", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="was changed; fetch it again"):
        held(tmp_path / "into")


def test_official_labels_stand_beside_a_store_and_leave_ours_as_they_are(seed: Path, tmp_path: Path) -> None:
    (tmp_path / "sdg-1.ttl").write_text(GOALS, encoding="utf-8")
    (tmp_path / "unbis-1.ttl").write_text(THESAURUS, encoding="utf-8")
    wanted = [vocabulary(), vocabulary(name="unbis")]
    assert len(list(fetch(tmp_path / "into", wanted, origin=tmp_path))) == 2
    summary = build([seed], tmp_path / "store", vocabulary=tmp_path / "into")
    assert summary.counts["official"] == 5
    assert summary.report.conforms
    store = open_store(tmp_path / "store")
    labels = "SELECT ?label WHERE { <http://metadata.un.org/sdg/17> %s ?label FILTER(LANG(?label) = 'en') }"
    official = store.sparql(labels % "<https://w3id.org/unkg/ontology#officialLabel>")
    assert isinstance(official, Rows)
    assert [row["label"] for row in official] == ["An official wording"]
    ours = store.sparql(labels % "<http://www.w3.org/2004/02/skos/core#prefLabel>")
    assert isinstance(ours, Rows)
    assert len(list(ours)) == 1


def run(*words: str, **environment: str) -> Any:
    return CliRunner().invoke(unkg, words, env=environment, catch_exceptions=False)


def test_the_command_names_source_terms_and_checksum_and_lists_what_is_there(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _Server.answers["/sdg-1.ttl"] = [(200, GOALS.encode())]
    monkeypatch.setattr(vocabularies, "available", lambda: (vocabulary("https://example.org/sdg-1.ttl"),))
    done = run("vocab", "fetch", "sdg", "--mirror", f"{server}/", UNKG_VOCABULARY=str(tmp_path))
    assert done.exit_code == 0
    for words in ("the source", "the terms", "3 labels", hashlib.sha256(GOALS.encode()).hexdigest()):
        assert words in done.stdout
    assert json.loads((tmp_path / "manifest.json").read_text())["sdg"]["origin"] == f"{server}/sdg-1.ttl"
    assert str(tmp_path / "sdg.ttl") in run("vocab", "list", UNKG_VOCABULARY=str(tmp_path)).stdout
    assert f"not in {tmp_path / 'none'}" in run("vocab", "list", "--into", str(tmp_path / "none")).stdout


def test_from_and_mirror_exclude_each_other(tmp_path: Path) -> None:
    done = CliRunner().invoke(unkg, ["vocab", "fetch", "--from", str(tmp_path), "--mirror", "http://localhost/"])
    assert done.exit_code == 2
    assert "exclude each other" in done.stderr
