"""The table of best practices in ontology/README.md: complete, and each test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parent
README = TESTS.parent / "ontology" / "README.md"
_HEAD = "## The W3C's best practices, one by one"


def rows(text: str) -> list[list[str]]:
    """The cells of both tables, without their heads."""
    lines = [line for line in text.partition(_HEAD)[2].splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [each for each in cells if set(each[0]) - set("-") or each[0] == ""]


def wrong_tests(text: str) -> list[str]:
    """Tests that the table names and that are not there."""
    found, lately = [], ""
    for cell in (each[-1] for each in rows(text)):
        for named in re.findall(r"`([\w: ]+)`", cell):
            file, _, name = named.partition(": ") if named.startswith("test_") else (lately, "", named)
            lately = file
            source = TESTS / f"{file}.py"
            if not source.is_file() or (name and f"def test_{name}" not in source.read_text(encoding="utf-8")):
                found.append(named)
    return found


def test_each_of_the_thirty_five_is_gone_through() -> None:
    numbers = [each[0] for each in rows(README.read_text(encoding="utf-8"))]
    assert [int(each) for each in numbers if each.isdigit()] == list(range(1, 36))


def test_each_row_says_what_is_done_and_what_tests_it_or_that_nothing_does() -> None:
    for cells in rows(README.read_text(encoding="utf-8")):
        assert all(cells) or cells[0] == "", cells
        done, tested = cells[-2], cells[-1]
        assert tested != "–" or "*no*" in done or not done.startswith("`"), cells


def test_the_tests_that_are_named_are_there() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(re.findall(r"`test_", text)) > 50
    assert wrong_tests(text) == []


def test_a_test_that_is_not_there_is_found_out() -> None:
    text = README.read_text(encoding="utf-8")
    assert set(wrong_tests(text.replace("`test_void`", "`test_vold`"))) == {"test_vold"}
    assert wrong_tests(text.replace("test_uris`, `test_aliases", "test_uris: nothing`, `test_aliases")) == [
        "test_uris: nothing"
    ]
