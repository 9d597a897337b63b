"""The record other programs rely on: its schema, its positions, and the golden one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kg.model import Record
from kg.record import as_json

HERE = Path(__file__).parent
SCHEMA: dict[str, Any] = json.loads((HERE.parent / "kg" / "record.schema.json").read_text("utf-8"))
GOLDEN = HERE / "golden" / "A_RES_76_213.zh.json"


def test_the_record_keeps_its_schema(seed_record: Record) -> None:
    jsonschema.validate(as_json(seed_record), SCHEMA)


@pytest.mark.parametrize("damage", ["symbol", "clauses", "citations", "findings"])
def test_a_record_without_a_field_is_refused(seed_record: Record, damage: str) -> None:
    record = as_json(seed_record)
    del record[damage]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, SCHEMA)


def test_a_resolved_citation_without_a_target_is_refused(seed_record: Record) -> None:
    record = as_json(seed_record)
    record["citations"][0]["target"] = None
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, SCHEMA)


def test_the_words_stand_where_the_record_says(seed: Path, seed_record: Record) -> None:
    characters = seed.read_bytes().decode()
    record = as_json(seed_record)
    for found in (*record["citations"], *record["mentions"]):
        assert "".join(characters[found["start"] : found["end"]].split()) == "".join(found["surface"].split())


def test_the_record_is_the_golden_one(seed_record: Record, request: pytest.FixtureRequest) -> None:
    written = json.dumps(as_json(seed_record), ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--regenerate"):
        GOLDEN.write_text(written, "utf-8")
    assert json.loads(written) == json.loads(GOLDEN.read_text("utf-8")), "changed: see pytest --regenerate in README.md"
