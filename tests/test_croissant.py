"""Croissant and schema.org: the columns are those of the files; the reference program takes it where it is there."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from lxml import html

from kg import pages
from kg.pages.about_dataset import dataset_jsonld
from kg.pages.addresses import LANGUAGES
from kg.publish.croissant import CROISSANT, released_jsonld
from tests.datasetkit import ADDRESS, Published, publish

pytest_plugins = ["tests.datasetkit"]

_VALIDATE = """
import sys, mlcroissant
problems = mlcroissant.Dataset(jsonld=sys.argv[1]).metadata.ctx.issues
assert not problems.errors, problems.errors
"""


@pytest.fixture(scope="module")
def described(offered: Published) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(offered.read("croissant.json"))
    return found


def test_each_file_object_is_a_file_with_that_checksum(offered: Published, described: dict[str, Any]) -> None:
    files = {file.name: file for file in offered.made.files}
    assert len(described["distribution"]) == 7
    for each in described["distribution"]:
        assert each["contentUrl"] == f"{ADDRESS}downloads/{each['@id']}"
        assert each["sha256"] == files[each["@id"]].sha256
        assert each["contentSize"] == f"{files[each['@id']].size} B"


def test_each_field_is_a_column_of_its_file(offered: Published, described: dict[str, Any]) -> None:
    assert described["conformsTo"] == CROISSANT
    assert {each["name"] for each in described["recordSet"]} == {"nodes", "edges", "unsettled", "clauses"}
    for records in described["recordSet"]:
        columns = [field["source"]["extract"]["column"] for field in records["field"]]
        file = records["field"][0]["source"]["fileObject"]["@id"]
        assert columns == pq.read_schema(offered.folder / "downloads" / file).names
        fields = {field["@id"] for field in records["field"]}
        assert {key["@id"] for key in records["key"]} <= fields
        assert set(records["description"]) == set(LANGUAGES)


def test_the_dataset_of_the_home_page_is_that_of_schema_org(offered: Published) -> None:
    told = released_jsonld(offered.site, offered.made.state, offered.made.files)
    assert told["@type"] == "Dataset"
    assert {each["@language"] for each in told["name"]} == set(LANGUAGES)
    assert told["version"] == offered.made.state.latest.version
    whole = [file for file in offered.made.files if file.part is None]
    assert [each["contentUrl"] for each in told["distribution"]] == [f"{ADDRESS}{file.path}" for file in whole]
    # A page holds it between tags, which it must not close.
    assert "</" not in json.dumps(told)


def test_the_home_page_tells_search_engines_what_the_dataset_is(offered: Published) -> None:
    home = pages.page(offered.site, "index.html")
    assert home is not None
    scripts = html.document_fromstring(home).iterfind(".//script[@type='application/ld+json']")
    told = [json.loads(script.text or "") for script in scripts]
    assert told == [dataset_jsonld(offered.site)]
    later = released_jsonld(offered.site, offered.made.state, offered.made.files)
    assert {key: later[key] for key in told[0]} == told[0]


@pytest.mark.skipif(importlib.util.find_spec("mlcroissant") is None, reason="needs `pip install mlcroissant`")
def test_the_reference_program_takes_it(seed: Path, tmp_path: Path) -> None:
    site = publish(tmp_path, {seed.name: seed.read_bytes()}, address="").folder
    call = [sys.executable, "-c", _VALIDATE, "croissant.json"]
    assert subprocess.run(call, cwd=site, capture_output=True, check=False).returncode == 0
    text = (site / "croissant.json").read_text()
    (site / "croissant.json").write_text(text.replace('"@id": "edges.parquet"', '"@id": "other"', 1))
    assert subprocess.run(call, cwd=site, capture_output=True, check=False).returncode == 1
