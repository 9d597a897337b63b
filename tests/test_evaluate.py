"""Scores: small files with links of our own, in which each thing that is told is planted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg import evaluate
from kg.cli import unkg
from kg.errors import RuleError, UnreadableSource
from kg.evaluate import Evaluation
from kg.evaluate.forms import form, impossible, linked, whole
from kg.evaluate.own import own

HEAD = {
    "en": ("United Nations", "General Assembly", "The General Assembly", "eng"),
    "fr": ("Nations Unies", "Assemblée générale", "L’Assemblée générale", "fra"),
}
WORDS = {
    "en": (
        "<i>Recalling</i> its resolutions {0} of 6 December 2033 and {1} of 19 December 2034,",
        "<i>Noting</i> resolution {2} of the Security Council, which the States concerned have carried out since,",
        "<i>Decides</i> to return to the question of the wells in the northern valleys at its next session.",
    ),
    "fr": (
        "<i>Rappelant</i> ses résolutions {0} du 6 décembre 2033 et {1} du 19 décembre 2034,",
        "<i>Prenant note</i> de la résolution {2} du Conseil de sécurité, que les États concernés ont appliquée,",
        "<i>Décide</i> de revenir à sa prochaine session sur la question des puits des vallées du nord.",
    ),
}
NUMBERS = ("88/7", "89/120 B", "1325 (2000)")


def address(number: str) -> str:
    symbol = f"S/RES/{number.replace(' ', '')}" if "(" in number else f"A/RES/{number.split(maxsplit=1)[0]}"
    return f"https://undocs.org/en/{symbol}"


def akn(language: str, numbers: tuple[str, ...] = NUMBERS, links: tuple[str, ...] | None = None) -> str:
    """A resolution whose numbers are all linked, unless other addresses are given; "" is no link."""
    who, organ, opening, code = HEAD[language]
    addresses = links if links is not None else tuple(map(address, numbers))
    shown = [f'<a href="{a}">{n}</a>' if a else n for n, a in zip(numbers, addresses, strict=True)]
    recalling, noting, deciding = (words.format(*shown) for words in WORDS[language])
    return f"""<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution">
<meta><identification source="#x"><FBRWork/><FRBRExpression><FRBRlanguage language="{code}"/></FRBRExpression>
</identification></meta>
<coverPage><p>{who}</p><p><docNumber refersTo="#symbol">A/RES/90/12</docNumber></p><p>{organ}</p></coverPage>
<preamble><formula name="enactingFormula"><p><i>{opening}</i>,</p></formula>
<container name="a"><p>{recalling}</p></container><container name="b"><p>{noting}</p></container></preamble>
<mainBody><paragraph><num>1.</num><content><p>{deciding}</p></content></paragraph></mainBody></statement></akomaNtoso>"""


def scored(folder: Path, files: dict[str, str], gold: Path | None = None) -> Evaluation:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return evaluate.evaluated(evaluate.measured([folder]), evaluate.gold(gold))


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(unkg, ["evaluate", *map(str, words), "--jobs", "1"], catch_exceptions=False)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a checkout, so that neither its verdicts nor its cases are taken."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """One work in two languages; the French version cites another document than its link and lacks a link."""
    folder = tmp_path / "files"
    french = akn("fr", links=("https://undocs.org/fr/A/RES/88/8", "", address(NUMBERS[2])))
    scored(folder, {"A_RES_90_12.en.xml": akn("en"), "A_RES_90_12.fr.xml": french})
    return folder


VERDICTS = """[[case]]
symbol = "A/RES/90/12"
languages = ["fr"]
targets = ["A/RES/88/8"]
verdict = "wrong"
reason = "the words say 88/7"
"""

DIFFERS = """[[differs]]
symbol = "A/RES/90/12"
languages = ["fr"]
targets = ["A/RES/88/8"]
reason = "the French file prints 88/8 for 88/7"
"""


# Recall and precision


def test_what_links_show_is_found(tmp_path: Path) -> None:
    score = scored(tmp_path, {"en.xml": akn("en")}).total["resolutions"]
    assert (score.true, score.hit, score.checked, score.right) == (3, 3, 3, 3)


def test_a_link_that_leads_elsewhere_is_a_miss_and_a_missing_one_costs_nothing(files: Path) -> None:
    evaluation = evaluate.evaluated(evaluate.measured([files]), evaluate.gold(None))
    french = evaluation.tables["language"]["fr"]["resolutions"]
    assert (french.true, french.hit) == (2, 1)
    # 88/7 and 89/120 are linked in English, which confirms them in French.
    assert (french.checked, french.right) == (3, 3)
    assert [(miss.language, miss.mark.target) for miss in evaluation.misses] == [("fr", "A/RES/88/8")]


def test_a_verdict_corrects_a_link(files: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.toml"
    gold.write_text(VERDICTS, encoding="utf-8")
    french = scored(files, {}, gold).tables["language"]["fr"]
    assert french["resolutions"].recall == 0.5
    assert french["resolutions judged"].recall == 1.0


def test_the_words_are_read_without_the_links(tmp_path: Path) -> None:
    bare = scored(tmp_path / "bare", {"en.xml": akn("en", links=("", "", ""))})
    full = scored(tmp_path / "full", {"en.xml": akn("en", ("88/7", "89/120 B", "thirteen"), (address("1/1"),) * 3)})
    assert [mark.target for mark in bare.versions[0].found] == ["A/RES/88/7", "A/RES/89/120B", "S/RES/1325(2000)"]
    assert [mark.target for mark in full.versions[0].found] == ["A/RES/88/7", "A/RES/89/120B"]


def test_links_that_lead_to_no_symbol_are_counted(tmp_path: Path) -> None:
    pdf = "https://documents-dds-ny.un.org/doc/UNDOC/GEN/N21/024/41/PDF/N2102441.pdf"
    evaluation = scored(tmp_path, {"en.xml": akn("en", links=(pdf, "about:blank", address(NUMBERS[2])))})
    assert evaluation.unread.total() == 2
    assert evaluation.total["all"].true == 1


@pytest.mark.parametrize(
    ("link", "symbol"),
    [
        ("https://undocs.org//en/A/RES/217 (III)", "A/RES/217(III)"),
        ("http://undocs.org/ch/a/res/75/250b", "A/RES/75/250B"),
        ("https://undocs.org/en/A/RES/74/255a-b", "A/RES/74/255"),
        ("https://undocs.org/en/A/48/42(supp)", "A/48/42"),
        ("http://www.un.org/ga/search/view_doc.asp?symbol=S/PRST/2010/25", "S/PRST/2010/25"),
        ("https://documents-dds-ny.un.org/doc/UNDOC/GEN/N21/024/41/PDF/N2102441.pdf", None),
        ("https://undocs.org/S/RES/", None),
        ("mailto:someone@example.org", None),
    ],
)
def test_an_address_leads_to_a_symbol(link: str, symbol: str | None) -> None:
    assert linked(link) == symbol


@pytest.mark.parametrize(
    ("symbol", "name", "compared"),
    [
        ("A/RES/70/1", "GA slash", "A/RES/70/1"),
        ("A/RES/57/270B", "GA lettered", "A/RES/57/270"),
        ("A/RES/217(III)A", "GA Roman session", "A/RES/217(III)"),
        ("A/RES/ES-10/15", "GA special session", "A/RES/ES-10/15"),
        ("A/RES/3201(S-VI)", "GA special session", "A/RES/3201(S-VI)"),
        ("S/RES/1325(2000)", "SC", "S/RES/1325(2000)"),
        ("E/RES/1913(LVII)", "ECOSOC", "E/RES/1913(LVII)"),
        ("A/HRC/RES/17/4", "HRC", "A/HRC/RES/17/4"),
        ("UNEP/EA.5/Res.5", "other resolutions", "UNEP/EA.5/Res.5"),
        ("A/DEC/54/449", "decisions", "A/DEC/54/449"),
        ("UNTS/1771/30822", "treaties", "UNTS/1771/30822"),
        ("UN-SALES/E.03.II.A.1", "sales numbers", "UN-SALES/E.03.II.A.1"),
        ("HSP/EB.2020/12/Rev.1", "other symbols", "HSP/EB.2020/12/REV.1"),
    ],
)
def test_every_symbol_has_a_form(symbol: str, name: str, compared: str) -> None:
    assert (form(symbol), whole(symbol)) == (name, compared)


# Languages, clauses, speed


def test_works_that_cite_alike_need_all_six_languages(files: Path) -> None:
    assert scored(files, {}).same.works == 0


def test_a_difference_is_excused_where_the_files_that_stand_apart_are_judged(tmp_path: Path) -> None:
    path = tmp_path / "gold.toml"
    path.write_text(DIFFERS, encoding="utf-8")
    gold = evaluate.gold(path)
    others = ("ar", "en", "es", "ru", "zh")
    assert gold.excused("A/RES/90/12", "A/RES/88/8", ("fr",), others)
    assert gold.excused("A/RES/90/12", "A/RES/88/8", others, ("fr",))
    assert not gold.excused("A/RES/90/12", "A/RES/88/8", ("es", "fr"), ("ar", "en", "ru", "zh"))
    assert not gold.excused("A/RES/90/12", "A/RES/88/9", ("fr",), others)


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        ("A/RES/10/2", True),
        ("A/RES/51/10", False),
        ("A/RES/67/551", True),
        ("A/HRC/RES/53/199", True),
        ("S/RES/12(1999)", True),
        ("S/RES/1325(2000)", False),
        ("A/RES/217(III)", False),
    ],
)
def test_a_link_to_what_cannot_be_is_known(symbol: str, expected: bool) -> None:
    assert impossible(symbol) is expected


def test_numbers_acts_and_plain_text_agree(files: Path) -> None:
    total = scored(files, {}).clauses["total"]
    assert (total.numbers, total.numbers_right, total.acts, total.acts_right) == (2, 2, 6, 6)
    assert (total.versions, total.plain_right) == (2, 2)
    assert (total.english, total.english_right) == (3, 2)  # Noting is not prenant note


def test_a_number_or_act_that_is_not_read_is_a_fault(tmp_path: Path) -> None:
    odd = akn("en").replace("<i>Noting</i>", "<i>Zigzagging</i>").replace("<num>1.</num>", "<num>№1</num>")
    evaluation = scored(tmp_path, {"en.xml": odd})
    assert {fault.kind for fault in evaluation.versions[0].agreement.faults} == {"act", "number"}
    assert evaluation.clauses["total"].numbers_right == 0
    assert evaluation.clauses["total"].acts_right < evaluation.clauses["total"].acts


def test_speed_is_told(files: Path) -> None:
    assert scored(files, {}).speed > 0


# Verdicts that are written wrongly


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (('verdict = "wrong"', 'verdict = "perhaps"'), "expected right or wrong"),
        (('"fr"', '"xx"'), "no such language: xx"),
        (("A/RES/88/8", "88/8"), "88/8 is no symbol"),
        (('reason = "the words say 88/7"', ""), "lacks reason"),
        (("reason", 'because = "x"\nreason'), "unknown: because"),
        (("[[case]]", "[case"), "cannot be read"),
        (("[[case]]", VERDICTS + "[[case]]"), "once more"),
        (("[[case]]", DIFFERS.replace("reason", "verdict") + "[[case]]"), "differs 1: lacks reason"),
        (("[[case]]", DIFFERS + DIFFERS + "[[case]]"), "differs 2: judges A/RES/90/12 A/RES/88/8 once more"),
    ],
)
def test_a_damaged_verdict_is_refused(damage: tuple[str, str], complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.toml"
    path.write_text(VERDICTS.replace(*damage), encoding="utf-8")
    with pytest.raises(RuleError, match=complaint):
        evaluate.gold(path)


# The project's own cases


def test_own_cases_are_scored_by_kind(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "en general-assembly\nRecalling its decision 90/401 and paragraph 4 of its resolution 90/12,\n"
        "=> A/DEC/90/401\n=> A/RES/90/12 locator=paragraph:4\n=> A/RES/90/13\n",
        encoding="utf-8",
    )
    kinds = own(tmp_path)
    assert [kinds[kind]["total"].recall for kind in ("decisions", "locators", "resolutions")] == [1.0, 1.0, 0.5]
    assert kinds["ibid."]["total"].recall is None


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="holds no case"):
        own(tmp_path)


# The command


def result(*words: str | Path) -> dict[str, Any]:
    done = run(*words, "--format", "json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_table_tells_every_language_organ_and_form(files: Path) -> None:
    shown = run(files).stdout
    for name in ("en ", "fr ", "total", "general-assembly", "GA slash", "SC", "clauses", "million characters/s"):
        assert f"\n{name}" in shown or name in shown


def test_misses_and_extras_are_listed(files: Path) -> None:
    assert run(files, "--list", "misses").stdout.split("\t")[:5] == ["A/RES/90/12", "fr", "PP1", "88/7", "A/RES/88/8"]
    assert run(files, "--list", "extras").stdout == ""
    assert run(files, "--list", "misses", "--language", "en").stdout == ""


def test_language_and_organ_narrow_what_is_counted(files: Path) -> None:
    assert set(result(files, "--language", "fr")["scores"]["language"]) == {"fr"}
    assert result(files, "--organ", "security-council")["scores"]["total"]["all"]["true"] == 0


def test_a_sample_is_the_same_every_time(tmp_path: Path) -> None:
    texts = {f"{n}.xml": akn("en").replace("A/RES/90/12", f"A/RES/90/{n}") for n in range(20, 30)}
    scored(tmp_path, texts)
    drawn = [version["symbol"] for version in result(tmp_path, "--sample", "4")["versions"]]
    assert len(drawn) == 4
    assert drawn == [version["symbol"] for version in result(tmp_path, "--sample", "4")["versions"]]
    assert drawn != [version["symbol"] for version in result(tmp_path, "--sample", "4", "--seed", "1")["versions"]]


@pytest.mark.parametrize("kind", ["result", "records"])
def test_gains_and_losses_since_an_earlier_run(kind: str, files: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.jsonl"
    if kind == "result":
        old.write_text(json.dumps(result(files)), encoding="utf-8")
    else:
        done = CliRunner().invoke(unkg, ["extract", str(files), "-o", str(old)], catch_exceptions=False)
        assert done.exit_code == 0
    same = result(files, "--against", old)["against"]
    assert (same["gained"], same["lost"]) == ([], [])
    (files / "A_RES_90_12.en.xml").write_text(akn("en", ("88/7", "89/121", "1325 (2000)")), encoding="utf-8")
    changed = result(files, "--against", old)["against"]
    assert changed["gained"] == [["A/RES/90/12", "en", "A/RES/89/121", "PP1", "89/121"]]
    assert changed["lost"] == [["A/RES/90/12", "en", "A/RES/89/120B", "PP1", "89/120 B"]]
    assert "+ A/RES/90/12\ten\tPP1\t89/121\tA/RES/89/121\n" in run(files, "--against", old).stdout


def test_verdicts_and_cases_of_a_checkout_are_taken(files: Path, tmp_path: Path) -> None:
    (tmp_path / "tests" / "gold").mkdir(parents=True)
    (tmp_path / "tests" / "cases" / "citations").mkdir(parents=True)
    (tmp_path / "tests" / "gold" / "adjudicated.toml").write_text(VERDICTS, encoding="utf-8")
    case = "en general-assembly\nRecalling its decision 90/401,\n=> A/DEC/90/401\n"
    (tmp_path / "tests" / "cases" / "citations" / "a.txt").write_text(case, encoding="utf-8")
    found = result(files)
    assert found["scores"]["total"]["all judged"]["recall"] == 1.0
    assert found["cases"]["decisions"]["total"]["recall"] == 1.0
    assert "own cases" in run(files).stdout


def test_verdicts_and_cases_may_be_named(files: Path, tmp_path: Path) -> None:
    gold, cases = tmp_path / "gold.toml", tmp_path / "cases"
    gold.write_text(VERDICTS, encoding="utf-8")
    cases.mkdir()
    (cases / "a.txt").write_text("en general-assembly\nRecalling its decision 90/401,\n=> A/DEC/90/401\n", "utf-8")
    found = result(files, "--gold", gold, "--cases", cases)
    assert found["scores"]["total"]["all judged"]["recall"] == 1.0
    assert found["cases"]["decisions"]["total"]["recall"] == 1.0


def test_what_cannot_be_scored_is_said(tmp_path: Path, files: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run(tmp_path / "empty").exit_code == 2
    assert "no documents to score" in run(tmp_path / "empty").stderr
    (tmp_path / "old.json").write_text("[]", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="neither a JSON result"):
        run(files, "--against", tmp_path / "old.json")
    (files / "bad.xml").write_text("", encoding="utf-8")
    left = run(files)
    assert (left.exit_code, "bad.xml" in left.stderr) == (0, True)
