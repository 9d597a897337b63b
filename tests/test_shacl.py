"""The engines that judge by the shapes: both find the same, and a person may choose."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import run, shacl, sources
from kg.build import build
from kg.errors import FormatError
from kg.graph import graph
from kg.model import Work
from kg.uris import Names, term
from kg.validate import Violation, shipped, validate_work
from tests.buildkit import marked_up, plain, write
from tests.storekit import unkg

NAMES = Names()
CITO = "http://purl.org/spar/cito/"
DATE = "http://www.w3.org/2001/XMLSchema#date"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The graph of a small work as N-Triples."""
    data = marked_up("90/1", cites="86/7 of 3 December 2031", words="Requests the Secretary-General to report.")
    folder = write(tmp_path_factory.mktemp("texts"), {"one.xml": data})
    (found,) = run.work(tuple(sources.places([folder])))
    assert isinstance(found, Work)
    return graph(found, NAMES).replace(f" <{NAMES.graph('A/RES/90/1')}> .\n", " .\n")


def without(name: str) -> Callable[[str], str]:
    """The graph without the statements of a property."""
    return lambda triples: "".join(line for line in triples.splitlines(keepends=True) if f"> <{name}> " not in line)


def instead(old: str, new: str) -> Callable[[str], str]:
    return lambda triples: re.sub(old, new, triples)


DAMAGES: dict[str, Callable[[str], str]] = {
    "status": without(term("status")),
    "cited": without(f"{CITO}hasCitedEntity"),
    "edges": without(term("cites")),
    "text": without(term("text")),
    "symbol": without(term("symbol")),
    "version": without(term("hasVersion")),
    "adopted": without(term("adopted")),
    "date": instead(r'"2031-12-03"', '"2031-13-03"'),
    "language": instead(r"@en \.", "@de ."),
    "act": instead(r"act/recall>", "act/applaud>"),
}


def found(engine: str, triples: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Violation, ...]:
    monkeypatch.setenv("UNKG_SHACL", engine)
    return validate_work(triples.encode(), shipped())


def test_neither_engine_finds_anything_in_a_good_graph(work: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found("shifty", work, monkeypatch) == found("pyshacl", work, monkeypatch) == ()


@pytest.mark.parametrize("name", DAMAGES)
def test_both_engines_find_the_same_in_a_damaged_graph(work: str, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    damaged = DAMAGES[name](work)
    assert damaged != work
    fast, reference = found("shifty", damaged, monkeypatch), found("pyshacl", damaged, monkeypatch)
    assert fast
    if name == "date":
        # What cannot be compared is not in order, says SHACL; the reference compares it all the same.
        fast = tuple(each for each in fast if each.severity == "error")
    assert fast == reference


def test_where_the_fast_engine_is_not_installed_the_reference_is_taken(
    work: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UNKG_SHACL", raising=False)
    monkeypatch.setattr(shacl, "_installed", lambda: False)
    assert shacl.judge("documents") is shacl.judge("documents", engine="pyshacl")


def test_a_choice_that_there_is_not_is_refused_with_those_that_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNKG_SHACL", "jena")
    with pytest.raises(FormatError, match="jena is no engine; expected shifty or pyshacl") as caught:
        shacl.judge("documents")
    assert caught.value.where == "UNKG_SHACL"
    texts = write(tmp_path / "texts", {"one.txt": plain("90/1")})
    with pytest.raises(FormatError):
        build([texts], tmp_path / "store")
    for jobs in ("1", "2"):
        done = unkg("build", texts, "--store", tmp_path / "store", "--jobs", jobs)
        assert (done.returncode, done.stderr.splitlines()) == (
            2,
            ["unkg: UNKG_SHACL: jena is no engine; expected shifty or pyshacl"],
        )
    assert not (tmp_path / "store").exists()
