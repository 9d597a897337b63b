"""unkg lint: what is wrong in the files themselves, told by file and place."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg import lint, run
from kg.lint import Line
from tests.aknkit import akn, link
from tests.storekit import unkg

RECALLING = "<span class='italic'>Recalling</span> its resolution {} of 21 December 2031,"
RAPPELANT = "<span class='italic'>Rappelant</span> sa résolution {} du 21 décembre 2031,"
DECIDES = "<span class='italic'>Decides</span> to remain seized of the matter."
DECIDE = "<span class='italic'>Décide</span> de rester saisie de la question."


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """One work in two languages: the link of the one is the Assembly's, that of the other the Council's."""
    english = akn([RECALLING.format(link("A/RES/86/7", "86/7"))], [DECIDES])
    french = akn([RAPPELANT.format(link("A/HRC/RES/86/7", "86/7"))], [DECIDE], language="fr", title="Montagnes")
    (tmp_path / "A_RES_90_12.en.xml").write_bytes(english)
    (tmp_path / "A_RES_90_12.fr.xml").write_bytes(french)
    return tmp_path


def told(*paths: Path) -> list[Line]:
    return list(lint.lint(run.works(paths)))


def test_a_link_that_leads_elsewhere_than_the_words_say_is_told_with_file_and_line(files: Path) -> None:
    (found,) = [line for line in told(files) if line.code == "link-differs"]
    assert (found.file, found.language, found.at, found.severity) == ("A_RES_90_12.fr.xml", "fr", "PP1", "warning")
    assert "A/RES/86/7" in found.message
    assert "A/HRC/RES/86/7" in found.message
    number = int(found.message.partition("(line ")[2].partition(")")[0])
    assert "HRC" in (files / "A_RES_90_12.fr.xml").read_text().splitlines()[number - 1]


def test_links_that_differ_between_languages_are_told_of_the_work(files: Path) -> None:
    (found,) = [line for line in told(files) if line.code == "links-differ"]
    assert (found.document, found.file) == ("A/RES/90/12", None)
    assert "A/RES/86/7 in en" in found.message
    assert "A/HRC/RES/86/7 in fr" in found.message


def test_files_that_agree_have_nothing_to_mend(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(akn([RECALLING.format(link("A/RES/86/7", "86/7"))], [DECIDES]))
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (f"{link('A/RES/86/7', '86/7')} B", "link-letter"),
        (f"86/7 of 21 December 2031 and {link('A/RES/87/1', '87/1')}", "link-missing"),
        (
            f"{link('A/RES/86/7', '86/7')} of 21 December 2031, and <a href='https://x.org/N1.pdf'>87/1</a>",
            "link-unreadable",
        ),
        (f"{link('A/RES/86/7', '86/7')} of 21 December 2032 and {link('A/RES/95/1', '95/1')}", "cites-the-future"),
        (f"{link('A/RES/86/7', '86/7')} and the {link('A/90/3', 'report')}", "link-only"),
    ],
)
def test_each_kind_of_fault_is_told(tmp_path: Path, words: str, code: str) -> None:
    (tmp_path / "A_RES_90_12.xml").write_bytes(akn([f"Recalling its resolutions {words},"], [DECIDES]))
    found = {line.code for line in told(tmp_path)}
    assert code in found


def test_a_file_that_cannot_be_read_is_an_error_and_the_others_are_told(files: Path) -> None:
    (files / "broken.xml").write_bytes(akn(["Recalling its resolution 86/7,"], [DECIDES])[:-40])
    found = told(files)
    (broken,) = [line for line in found if line.code == "left-out"]
    assert broken.severity == "error"
    assert "line " in broken.message
    assert "breaks off" in broken.message
    assert {"link-differs", "links-differ"} <= {line.code for line in found}


def test_the_report_is_text_json_lines_or_csv_and_a_warning_is_exit_code_1(files: Path, tmp_path: Path) -> None:
    done = unkg("lint", files)
    assert done.returncode == 1
    assert "A/RES/90/12  A_RES_90_12.fr.xml" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("2 findings: ")
    lines = [json.loads(line) for line in unkg("lint", files, "-f", "jsonl").stdout.splitlines()]
    assert [line["code"] for line in lines] == ["link-differs", "links-differ"]
    unkg("lint", files, "-o", tmp_path / "found.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "found.csv").read_text())))
    assert [row["code"] for row in rows] == ["link-differs", "links-differ"]


@pytest.mark.parametrize("chosen", [("--code", "date-contradicts"), ("--severity", "error")])
def test_findings_are_chosen_by_code_and_severity(files: Path, chosen: tuple[str, str]) -> None:
    done = unkg("lint", files, *chosen)
    assert (done.returncode, done.stdout) == (0, "0 findings\n")


def test_a_format_that_does_not_exist_is_refused_with_those_that_do(files: Path) -> None:
    done = unkg("lint", files, "-f", "xml")
    assert done.returncode == 2
    assert "choose one of text, jsonl, csv" in done.stderr
