"""The command line: help with examples, exit codes, where output goes, and messages that name what is at fault."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from kg.cli import VERBS
from kg.cli import unkg as group
from kg.cli.options import writing
from kg.questions import all_questions
from tests.servekit import serving
from tests.storekit import free_port, unkg

pytest_plugins = ["tests.storekit"]

SEED = "A/RES/76/213"
SELECT = "SELECT ?s WHERE { ?s a ?class } LIMIT 3"
NONE = "SELECT ?s WHERE { ?s <urn:no> ?o }"

#: Sources that cannot be read as a resolution, by the words of the message.
UNREADABLE = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\t\n", "is empty"),
    "binary.txt": (b"%PDF-1.7\n\x00\x01\x02\xff\xfe", "is a binary file"),
    "encoding.txt": ("联合国大会决议".encode("gb18030") * 20, "is not UTF-8"),
    "greek.txt": ("Η Γενική Συνέλευση, υπενθυμίζοντας τα ψηφίσματά της,\n".encode() * 9, "language"),
    "letter.zh.txt": ("你好，今天天气很好，我们去公园散步吧。\n".encode() * 9, "no organ opens the text"),
}


def run(*words: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(group, list(map(str, words)), input=given, catch_exceptions=False)


@pytest.fixture
def unreadable(tmp_path: Path) -> Path:
    """A folder with every file of UNREADABLE."""
    for name, (content, _) in UNREADABLE.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.rq"
    path.write_text("SELECT ?s\nWHERE { ?s a foo:Bar }\n", encoding="utf-8")
    return path


# Help


def test_help_lists_all_verbs_with_what_they_do() -> None:
    shown = run("--help").stdout
    for verb, line in VERBS.items():
        assert re.search(rf"^  {verb}  +{re.escape(line)}$", shown, re.MULTILINE)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_verb_has_help_with_an_example(verb: str, option: str) -> None:
    found = run(verb, option)
    assert found.exit_code == 0
    assert VERBS[verb].removesuffix(".") in " ".join(found.stdout.split())
    usage, _, rest = found.stdout.partition("\n")
    assert usage.startswith(f"Usage: unkg {verb}")
    assert f"unkg {verb}" in rest


@pytest.mark.parametrize("verb", VERBS)
def test_help_fits_a_screen_of_eighty_columns(verb: str) -> None:
    assert [line for line in run(verb, "--help").stdout.splitlines() if len(line) > 80] == []


def test_help_costs_none_of_the_large_libraries() -> None:
    code = """if True:
        import sys
        from kg.cli import unkg
        unkg(["--help"], standalone_mode=False)
        heavy = {"rdflib", "networkx", "pyoxigraph", "pyshacl", "SPARQLWrapper", "pandas", "oxrdflib"}
        sys.exit(", ".join(sorted(heavy & sys.modules.keys())) or 0)"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_version_is_printed() -> None:
    assert re.fullmatch(r"unkg, version \d+\.\d+\.\d+\n", run("--version").stdout)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_completion_is_printed(shell: str) -> None:
    done = unkg("completion", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"_UNKG_COMPLETE={shell}_complete" in done.stdout


def test_questions_are_completed_by_name() -> None:
    completion = ShellComplete(group, {}, "unkg", "_UNKG_COMPLETE")
    assert [item.value for item in completion.get_completions(["query"], "cited-")] == ["cited-by", "cited-together"]
    assert [item.value for item in completion.get_completions([], "ex")] == ["extract", "explain", "export"]


# Exit codes


def test_build_prints_what_it_built_and_what_to_do_next(seed: Path, tmp_path: Path) -> None:
    done = unkg("build", seed, "--store", "mine", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Built mine" in done.stdout
    assert f"unkg lineage {SEED} --store mine" in done.stdout
    # `unkg serve` does not end by itself, so it is started and asked below.
    proposed = [line.split()[1:] for line in done.stdout.partition("Next:\n")[2].splitlines()]
    assert ["serve", "--store", "mine"] in proposed
    for words in proposed:
        assert words[0] == "serve" or unkg(*words, folder=tmp_path).returncode == 0, words
    with serving(tmp_path / "mine") as server:
        assert server.ask(f"/doc/{SEED}", accept="text/turtle").status == 303


def test_build_of_a_good_and_a_bad_file_builds_the_good_and_names_the_bad(seed: Path, unreadable: Path) -> None:
    done = unkg("build", seed, "empty.txt", "missing.txt", "--store", "mine", folder=unreadable)
    assert done.returncode == 1
    assert "empty.txt: is empty" in done.stderr
    assert "missing.txt: no such file" in done.stderr
    assert unkg("lineage", SEED, "--store", "mine", folder=unreadable).returncode == 0


def test_a_file_named_in_two_ways_is_built_once(seed: Path, tmp_path: Path) -> None:
    (tmp_path / "text.zh.txt").write_bytes(seed.read_bytes())
    (tmp_path / "texts").mkdir()
    done = unkg("build", "text.zh.txt", "texts/../text.zh.txt", tmp_path / "text.zh.txt", folder=tmp_path)
    assert "Documents   1 in 1 language version(s)" in done.stdout


def test_two_texts_of_one_document_in_one_language_are_no_two_versions(seed: Path, tmp_path: Path) -> None:
    for name in ("first.zh.txt", "second.zh.txt"):
        (tmp_path / name).write_bytes(seed.read_bytes())
    done = unkg("build", ".", folder=tmp_path)
    assert done.returncode == 1
    assert "second.zh.txt" in done.stderr
    assert "Documents   1 in 1 language version(s)" in done.stdout


@pytest.mark.parametrize("base", ["no base", "<urn:x>", "example"])
def test_a_base_that_is_no_iri_is_2_and_named(seed: Path, tmp_path: Path, base: str) -> None:
    done = unkg("build", seed, "--base", base, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--base" in done.stderr
    assert "Traceback" not in done.stderr


def test_build_of_nothing_readable_is_2_and_names_the_file(unreadable: Path) -> None:
    done = unkg("build", "empty.txt", "--store", "mine", folder=unreadable)
    assert (done.returncode, done.stdout) == (2, "")
    assert "empty.txt" in done.stderr
    assert not (unreadable / "mine").exists()


def test_build_of_a_folder_without_texts_is_2_and_says_what_it_reads(tmp_path: Path) -> None:
    done = unkg("build", ".", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert ".txt or .md" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["lineage", SEED], 0, ""),
        (["lineage", "76/213", "--depth", "1"], 0, ""),
        (["lineage", SEED, "--down"], 1, "is cited by nothing"),
        (["lineage", "A/RES/1/1"], 1, "is not in .*; the closest are "),
        (["lineage", "nonsense"], 2, "nonsense: "),
        (["lineage", SEED, "--depth", "0"], 2, "--depth"),
        (["lineage", SEED, "--format", "xlsx"], 2, "xlsx: no such format; choose one of tree, graphml"),
        (["query", "--list"], 0, ""),
        (["query", "most-cited"], 0, ""),
        (["query", "cited-by", "-p", "document=69/313"], 0, ""),
        (["query", "cited-by", "-p", "document=A/RES/74/229"], 0, ""),
        (["query", "cited-by", "-p", "document=A/RES/1/1"], 1, "no answer; A/RES/1/1 is not in .*; the closest are "),
        (["query", "cited-by", "-p", "document=nonsense"], 2, "cited-by: document=nonsense: "),
        (["query", "cited-by", "-p", "A/RES/74/229"], 2, "expected NAME=VALUE"),
        (["query", "cited-by"], 2, "needs document"),
        (["query", "most-sited"], 2, "did you mean most-cited"),
        (["query", "most-cited", "--format", "xlsx"], 2, "xlsx: no such format"),
        (["query", "most-cited", "--format", "ttl"], 2, "ttl: does not fit rows"),
        (["query", "missing.rq"], 2, "missing.rq: "),
        (["query"], 2, "Name a question"),
        (["export", "--format", "nt"], 0, ""),
        (["export"], 2, "Choose a format"),
        (["export", "--format", "xlsx"], 2, "xlsx: no such format"),
        (["validate"], 0, "conforms"),
        (["validate", "missing.ttl"], 2, "missing.ttl: no such file"),
        (["validate", "--format", "xlsx"], 2, "xlsx: does not fit a report"),
        (["completion", "tcsh"], 2, "'tcsh' is not one of"),
        (["extract", "--wrong"], 2, "No such option"),
        (["extract"], 2, "Missing argument"),
        (["wrong"], 2, "No such command"),
    ],
)
def test_the_exit_code_and_the_message_say_what_happened(
    store_path: Path, tmp_path: Path, words: list[str], code: int, says: str
) -> None:
    takes_store = words[0] in ("lineage", "query", "export", "validate")
    done = unkg(*words, *(["--store", str(store_path)] if takes_store else []), folder=tmp_path)
    assert done.returncode == code, done.stderr
    assert re.search(says, done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stderr or code == 0
    assert code != 2 or done.stdout == ""


@pytest.mark.parametrize("verb", ["lineage A/RES/76/213", "query most-cited", "export -f nt", "validate"])
def test_without_a_store_the_message_says_how_to_build_one(tmp_path: Path, verb: str) -> None:
    done = unkg(*verb.split(), folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "unkg build" in done.stderr


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_source_is_2_and_named(unreadable: Path, name: str) -> None:
    done = unkg("extract", name, folder=unreadable)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"unkg: {name}: ")
    assert UNREADABLE[name][1] in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("path", "says"), [("missing.txt", "no such file"), ("folder", "no documents")])
def test_a_missing_source_is_2_and_named(tmp_path: Path, path: str, says: str) -> None:
    (tmp_path / "folder").mkdir()
    done = unkg("extract", path, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert path in done.stderr
    assert says in done.stderr


def test_a_bad_query_is_2_with_the_file_the_line_and_a_mark(store_path: Path, bad: Path) -> None:
    done = unkg("query", bad.name, "--store", store_path, folder=bad.parent)
    assert (done.returncode, done.stdout) == (2, "")
    first, shown, mark = done.stderr.splitlines()
    assert first.startswith("unkg: bad.rq:2:21: is not SPARQL 1.1")
    assert (shown.strip(), mark.strip()) == ("WHERE { ?s a foo:Bar }", "^")


def test_a_query_in_another_encoding_is_2_and_named(store_path: Path, tmp_path: Path) -> None:
    (tmp_path / "query.rq").write_bytes("# 决议\n".encode("gb18030") + SELECT.encode())
    done = unkg("query", "query.rq", "--store", store_path, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "query.rq: cannot be read" in done.stderr


@pytest.mark.parametrize(("query", "code", "said"), [("ASK {}", 0, "true\n"), ("ASK { <urn:no> a 1 }", 1, "false\n")])
def test_ask_answers_by_word_and_by_exit_code(store_path: Path, query: str, code: int, said: str) -> None:
    done = unkg("query", "-", "--store", store_path, given=query.encode())
    assert (done.returncode, done.stdout) == (code, said)


def test_an_endpoint_that_is_down_is_2_and_named(tmp_path: Path) -> None:
    down = f"http://127.0.0.1:{free_port()}/query"
    for words in (["query", "most-cited"], ["lineage", SEED]):
        done = unkg(*words, "--endpoint", down, folder=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"unkg: {down}: ")


def test_a_damaged_graph_is_1_and_its_nodes_are_printed(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("<urn:a> a <https://w3id.org/unkg/ontology#Clause> .", encoding="utf-8")
    done = unkg("validate", "graph.ttl", folder=tmp_path)
    assert done.returncode == 1
    assert "urn:a" in done.stdout
    assert "does not conform" in done.stderr


def test_a_reader_that_has_read_enough_is_no_error(store_path: Path) -> None:
    call = f"{sys.executable} -m kg export --format nt --store {store_path} | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", call], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1


# Output


def test_extract_reads_standard_input(seed: Path) -> None:
    done = unkg("extract", "-", given=seed.read_bytes())
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["symbol"] == SEED


def test_extract_names_standard_input_where_it_cannot_be_read() -> None:
    done = unkg("extract", "-")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("unkg: standard input: is empty")


def test_extract_gives_the_same_record_from_standard_input_and_from_a_file(seed: Path) -> None:
    records = [json.loads(unkg("extract", source, given=seed.read_bytes()).stdout) for source in ("-", str(seed))]
    assert records[0]["source"] == "standard input"
    assert {**records[0], "source": ""} == {**records[1], "source": ""}


def test_extract_writes_a_line_for_each_document_and_a_table_for_people(seed: Path, tmp_path: Path) -> None:
    for ending in ("jsonl", "txt"):
        assert run("extract", seed, "-o", tmp_path / f"record.{ending}").exit_code == 0
    assert json.loads((tmp_path / "record.jsonl").read_text(encoding="utf-8"))["symbol"] == SEED
    table = (tmp_path / "record.txt").read_text(encoding="utf-8")
    assert table.startswith(f"{SEED}  zh  2021-12-17\n")
    assert run("extract", seed, "--format", "table").stdout == table


def test_extract_goes_on_after_a_file_that_cannot_be_read(seed: Path, unreadable: Path) -> None:
    done = unkg("extract", "empty.txt", seed, folder=unreadable)
    assert done.returncode == 2
    assert json.loads(done.stdout)["symbol"] == SEED
    assert "empty.txt" in done.stderr


def test_query_reads_standard_input(store_path: Path) -> None:
    done = unkg("query", "-", "--format", "csv", "--store", store_path, given=SELECT.encode())
    assert done.returncode == 0
    assert len(list(csv.DictReader(io.StringIO(done.stdout)))) == 3


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "srj", "srx"])
def test_the_ending_of_the_file_chooses_the_format_as_the_option_does(
    store_path: Path, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"answer.{ending}"
    assert run("query", "most-cited", "-o", path, "--store", store_path).exit_code == 0
    by_option = run("query", "most-cited", "--format", ending, "--store", store_path)
    assert path.read_bytes() == by_option.stdout_bytes


def test_the_option_wins_over_the_ending(store_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    assert run("query", "most-cited", "-o", path, "-f", "json", "--store", store_path).exit_code == 0
    assert len(json.loads(path.read_text(encoding="utf-8"))) == 50


@pytest.mark.parametrize("words", [["lineage", SEED, "-o", "lineage.mmd"], ["export", "-o", "graph.mmd"]])
def test_lineage_and_export_write_the_format_of_the_ending(store_path: Path, tmp_path: Path, words: list[str]) -> None:
    done = unkg(*words, "--store", store_path, folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / words[-1]).read_text(encoding="utf-8").startswith("flowchart RL\n")


@pytest.mark.parametrize("form", ["graphml", "gexf", "json", "csv", "dot", "mmd", "cyjs"])
def test_a_lineage_is_written_in_every_format_of_networks(store_path: Path, form: str) -> None:
    found = run("lineage", SEED, "--format", form, "--store", store_path)
    assert found.exit_code == 0
    assert "A/RES/74/229" in found.stdout


def test_every_question_is_listed_with_a_sample_that_answers(store_path: Path) -> None:
    listed = run("query", "--list").stdout
    for asked in all_questions().values():
        assert f"{asked.name}\n    {asked.asks}\n" in listed
        answered = run(*asked.sample.split()[1:], "--store", store_path)
        assert answered.exit_code == (1 if asked.row.startswith("none") else 0), asked.name


@pytest.mark.parametrize(
    "words",
    [["extract", "empty.txt"], ["extract", "missing.txt"], ["query", "bad.rq"], ["query", "nothing"], ["query", "-"]],
)
def test_a_call_that_fails_writes_no_file_and_leaves_an_old_one(
    store_path: Path, unreadable: Path, bad: Path, words: list[str]
) -> None:
    before = sorted(path.name for path in unreadable.iterdir())
    store = ["--store", str(store_path)] if words[0] == "query" else []
    assert unkg(*words, "-o", "out.json", *store, folder=unreadable, given=b"SELEKT").returncode == 2
    assert sorted(path.name for path in unreadable.iterdir()) == before
    (unreadable / "out.json").write_text("old", encoding="utf-8")
    assert unkg(*words, "-o", "out.json", *store, folder=unreadable, given=b"SELEKT").returncode == 2
    assert (unreadable / "out.json").read_text(encoding="utf-8") == "old"


def test_a_file_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    def breaks_off() -> None:
        with writing(tmp_path / "file") as out:
            out.write(b"half")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        breaks_off()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_2_and_the_file_is_named(store_path: Path, tmp_path: Path) -> None:
    done = unkg("query", "most-cited", "-o", "nowhere/answer.csv", "--store", store_path, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere/answer.csv" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["query", "--list"],
        ["query", "most-cited"],
        ["lineage", SEED],
        ["lineage", "A/RES/1/1"],
        ["validate"],
    ],
)
def test_output_that_no_person_watches_has_no_colours(store_path: Path, words: list[str]) -> None:
    takes_store = not words[-1].startswith("--")
    done = unkg(*words, *(["--store", str(store_path)] if takes_store else []))
    assert done.stdout or done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_the_environment_names_the_store(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNKG_STORE", str(store_path))
    assert run("lineage", SEED).exit_code == 0


# Loose paragraphs


def test_classify_prints_an_object_for_each_paragraph_whatever_its_language(tmp_path: Path) -> None:
    file = tmp_path / "paragraphs.txt"
    file.write_text("Recalling Goal 7,\n\n回顾具体目标 4.7，\r\nXYZ\n", encoding="utf-8")
    found = [json.loads(line) for line in run("classify", file).stdout.splitlines()]
    assert [(each["line"], each["language"]) for each in found] == [(1, "en"), (3, "zh"), (4, None)]
    assert found[0]["goals"] == [{"code": "7", "explicit": True, "evidence": ["Goal 7"], "score": 1.0}]
    assert [each["code"] for each in found[1]["targets"]] == ["4.7"]
    assert (found[2]["goals"], found[2]["targets"]) == ([], [])


def test_classify_reads_standard_input_and_writes_a_file(tmp_path: Path) -> None:
    done = run("classify", "-", "-o", tmp_path / "goals.jsonl", given=b"Rappelant la cible 4.b,\n")
    assert (done.exit_code, done.stdout) == (0, "")
    (line,) = (tmp_path / "goals.jsonl").read_text("utf-8").splitlines()
    assert [each["code"] for each in json.loads(line)["targets"]] == ["4.b"]


def test_classify_takes_the_language_that_is_named() -> None:
    (line,) = run("classify", "-", "--language", "es", given=b"meta 4.7").stdout.splitlines()
    assert json.loads(line)["targets"][0]["evidence"] == ["meta 4.7"]


@pytest.mark.parametrize(
    ("given", "message"), [(b"", "is empty; expected paragraphs"), (b"a\x00b", "binary"), (b"\xff\xd0a", "not UTF-8")]
)
def test_what_classify_cannot_read_is_named(given: bytes, message: str) -> None:
    done = unkg("classify", "-", given=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
