"""The facts that people judged on the Chinese text of A/RES/76/213, against what the program reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg import registry
from kg.model import Record
from kg.record import as_json

GOLD: dict[str, Any] = json.loads((Path(__file__).parent / "gold" / "A_RES_76_213.zh.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def read(seed_record: Record) -> dict[str, Any]:
    return as_json(seed_record)


def named_at(read: dict[str, Any], target: str) -> set[str]:
    return {m["clause"] for m in read["mentions"] if m["target"] == target and not m["inferred"]}


def test_the_heading_matter_is_read_whole(read: dict[str, Any]) -> None:
    assert {key: read[key] for key in GOLD["heading"]} == GOLD["heading"]


def test_paragraphs_and_footnotes_are_counted_as_people_count_them(read: dict[str, Any]) -> None:
    kinds = [clause["kind"] for clause in read["clauses"]]
    counted = {"preambular": kinds.count("preambular"), "operative": kinds.count("operative")}
    assert {**counted, "footnotes": len(read["footnotes"])} == GOLD["counts"]


def test_operative_paragraphs_carry_their_printed_numbers(read: dict[str, Any]) -> None:
    numbers = [clause["number"] for clause in read["clauses"] if clause["kind"] == "operative"]
    assert numbers == [str(number) for number in range(1, GOLD["counts"]["operative"] + 1)]


def test_each_footnote_belongs_to_the_paragraph_that_calls_it(read: dict[str, Any]) -> None:
    assert {note["id"]: note["clause"] for note in read["footnotes"]} == GOLD["footnotes"]


def test_a_paragraph_cut_by_a_page_is_joined_and_reported(read: dict[str, Any]) -> None:
    assert [finding["at"] for finding in read["findings"] if finding["code"] == "clause-joined"] == GOLD["joined"]
    joined = next(clause for clause in read["clauses"] if clause["id"] == GOLD["joined"][0])
    assert "以便为进一步努力开展协作" in joined["text"]


def test_every_citation_is_found_at_its_paragraph_with_date_and_locator_and_no_other(read: dict[str, Any]) -> None:
    keys = ("clause", "via", "target", "date", "locator")
    found = [
        {key: citation[key] for key in keys}
        for citation in read["citations"]
        if citation["status"] == "resolved" and citation["form"] != "self"
    ]
    by_text = lambda citation: json.dumps(citation, sort_keys=True)  # noqa: E731
    assert sorted(found, key=by_text) == sorted(GOLD["citations"], key=by_text)


def test_as_many_resolutions_are_cited_as_people_counted(read: dict[str, Any]) -> None:
    targets = {c["target"] for c in read["citations"] if c["target"]} - {GOLD["document"]}
    counted = {
        "general_assembly_resolutions": len([t for t in targets if t.startswith("A/RES/")]),
        "economic_and_social_council_resolutions": len([t for t in targets if t.startswith("E/RES/")]),
    }
    assert counted == GOLD["distinct"]


def test_this_resolution_is_the_document_itself(read: dict[str, Any]) -> None:
    own = [citation for citation in read["citations"] if citation["form"] == "self"]
    assert [(c["clause"], c["target"]) for c in own] == [(at, GOLD["document"]) for at in GOLD["self_references"]]


@pytest.mark.parametrize(("instrument", "clauses"), GOLD["instruments"].items())
def test_a_named_instrument_is_found_in_exactly_its_paragraphs(
    read: dict[str, Any], instrument: str, clauses: list[str]
) -> None:
    assert named_at(read, instrument) == set(clauses)


@pytest.mark.parametrize(("instrument", "place"), GOLD["same_as"].items())
def test_an_instrument_knows_the_document_it_is_set_out_in(instrument: str, place: str) -> None:
    words = (Path(registry.__file__).parents[1] / "data/registries/instruments.ttl").read_text("utf-8")
    entry = words[words.index(f"<{instrument}> a ") :].split(" .\n")[0]
    assert f"<doc/{place}>" in entry


@pytest.mark.parametrize(("body", "clauses"), GOLD["bodies"].items())
def test_a_body_is_found_at_least_where_people_found_it(read: dict[str, Any], body: str, clauses: list[str]) -> None:
    assert named_at(read, body) >= set(clauses)


@pytest.mark.parametrize(("clause", "addressees"), GOLD["addressees"].items())
def test_a_paragraph_addresses_those_it_asks(read: dict[str, Any], clause: str, addressees: list[str]) -> None:
    found = next(each for each in read["clauses"] if each["id"] == clause)["addressees"]
    assert set(found) >= set(addressees)


def test_a_partner_is_no_addressee(read: dict[str, Any]) -> None:
    """OP26 encourages UNCTAD to work with others; OP10 asks two bodies to work through the Council."""
    addressees = {clause["id"]: clause["addressees"] for clause in read["clauses"]}
    assert addressees["OP26"] == ["body/unctad"]
    assert addressees["OP10"] == ["body/tfm", "body/cstd"]


@pytest.mark.parametrize(("clause", "act"), GOLD["acts"].items())
def test_every_paragraph_has_its_act_and_what_goes_with_it(read: dict[str, Any], clause: str, act: list[str]) -> None:
    found = next(each for each in read["clauses"] if each["id"] == clause)
    assert [found["act"], *found["qualifiers"]] == act


def test_a_request_to_report_names_who_reports_to_whom_and_when(read: dict[str, Any]) -> None:
    assert read["requests"] == GOLD["requests"]


@pytest.mark.parametrize(("clause", "targets"), GOLD["inferred"].items())
def test_an_operative_paragraph_serves_the_targets_people_gave_it(
    read: dict[str, Any], clause: str, targets: list[str]
) -> None:
    inferred = {m["target"]: m for m in read["mentions"] if m["clause"] == clause and m["inferred"]}
    assert set(inferred) >= set(targets)
    assert all(inferred[target]["evidence"] and inferred[target]["score"] for target in targets)


def test_every_operative_paragraph_serves_some_goal_or_target(read: dict[str, Any]) -> None:
    served = {m["clause"] for m in read["mentions"] if m["kind"] in ("goal", "target")}
    operative = {clause["id"] for clause in read["clauses"] if clause["kind"] == "operative"}
    assert operative - served == set()
