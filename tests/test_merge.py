"""The language versions of one resolution, put together."""

from __future__ import annotations

import re

import pytest

from kg import merge, run
from kg.graph import graph
from kg.model import Record, Source, Work
from kg.uris import Names

ZH = """第九十届会议

2035 年 12 月 17 日大会决议

90/12. 山区可持续发展

大会，

回顾其 2015 年 9 月 25 日第 70/1 号决议，

{extra}1. **请**秘书长向大会第九十二届会议提交报告；

2035 年 12 月 17 日
第 61 次全体会议
"""
EN = """Ninetieth session

Resolution adopted by the General Assembly on {adopted}

90/12. Sustainable mountain development

The General Assembly,

Recalling its resolution 70/1 of {date},

{extra}1. Requests the Secretary-General to report to the General Assembly at its ninety-second session.

61st plenary meeting
{adopted}
"""


def record(words: str, language: str) -> Record:
    found = run.record(Source(f"A_RES_90_12.{language}.txt", words.encode()))
    assert found.language == language
    return found


def joined(*, en: str = "", zh: str = "", date: str = "25 September 2015", adopted: str = "17 December 2035") -> Work:
    english = record(EN.format(extra=en, date=date, adopted=adopted), "en")
    return merge.merge([record(ZH.format(extra=zh), "zh"), english])


def codes(work: Work) -> set[str]:
    return {finding.code for finding in work.findings}


def test_versions_that_say_the_same_are_one_work_without_findings() -> None:
    work = joined()
    assert [version.language for version in work.records] == ["en", "zh"]
    assert work.findings == ()
    cited = {each.citation.target: each.citation.languages for each in work.citations}
    assert cited == {"A/RES/70/1": ("en", "zh")}


def test_what_one_version_alone_cites_is_a_finding() -> None:
    work = joined(en="Recalling also its resolution 89/7 of 19 December 2034,\n\n")
    assert "language-differs" in codes(work)
    assert "clauses-differ" in codes(work)


def test_a_citation_that_leads_nowhere_is_called_by_its_words() -> None:
    work = joined(
        en="Taking note of resolution 10/1 of 16 October 2030,\n\n", zh="注意到2031年10月16日第10/1号决议，\n\n"
    )
    (finding,) = [finding for finding in work.findings if finding.code == "date-differs"]
    assert finding.message.startswith("“10/1” is dated 2030-10-16 in en")


def test_another_date_of_the_same_citation_is_a_finding() -> None:
    finding = next(finding for finding in joined(date="26 September 2015").findings if finding.code == "date-differs")
    assert "2015-09-25 in zh" in finding.message
    assert "2015-09-26 in en" in finding.message


def test_another_day_of_adoption_is_a_finding() -> None:
    assert "heading-differs" in codes(joined(adopted="18 December 2035"))


def test_both_acts_of_a_paragraph_that_cites_twice_are_kept() -> None:
    words = "Reaffirming its resolution 89/7 of 19 December 2034, and recalling resolution 89/7 of the Assembly,\n\n"
    acts = {each.citation.act for each in joined(en=words).citations if each.citation.target == "A/RES/89/7"}
    assert acts == {"reaffirm", "recall"}


def test_the_graph_holds_the_words_of_every_language_and_where_they_stand() -> None:
    written = graph(joined(), Names())
    assert '"回顾其 2015 年 9 月 25 日第 70/1 号决议，"@zh' in written
    assert '"Recalling its resolution 70/1 of 25 September 2015,"@en' in written
    assert written.count("#PP1.cites.A/RES/70/1> <http://www.w3.org/ns/prov#wasDerivedFrom>") == 2


def test_records_of_two_works_are_refused() -> None:
    other = record(
        EN.format(extra="", date="25 September 2015", adopted="17 December 2035").replace("90/12", "90/13"), "en"
    )
    with pytest.raises(ValueError, match="expected the versions of one work"):
        merge.merge([other, record(ZH.format(extra=""), "zh")])


WORDS = {
    "en": "Recalling {organ} resolution 46/7 of 23 March 2021,",
    "fr": "Rappelant la résolution 46/7 {organ} du 23 mars 2021,",
    "es": "Recordando la resolución 46/7 {organ}, de 23 de marzo de 2021,",
}
HEADINGS = {
    "en": "90/12. Mountains\n\nThe General Assembly,\n\n{}\n\n1. Decides to remain seized of the matter.",
    "fr": "90/12. Montagnes\n\nL’Assemblée générale,\n\n{}\n\n1. Décide de rester saisie de la question.",
    "es": "90/12. Montañas\n\nLa Asamblea General,\n\n{}\n\n1. Decide seguir ocupándose de la cuestión.",
}


def versions(**organs: str) -> Work:
    """A work whose versions name these organs before the same number, without the date that would tell."""
    words = {code: WORDS[code].format(organ=organ).replace("  ", " ") for code, organ in organs.items()}
    bare = {code: re.sub(r",? (of|du|de) 23 .*20\d\d,", ",", text) for code, text in words.items()}
    return merge.merge([record(HEADINGS[code].format(text), code) for code, text in bare.items()])


def test_what_two_versions_say_for_certain_outvotes_one_that_takes_it_for_granted() -> None:
    work = versions(en="Human Rights Council", fr="du Conseil des droits de l’homme", es="")
    assert [joined.citation.target for joined in work.citations] == ["A/HRC/RES/46/7"]
    (spanish,) = next(each for each in work.records if each.language == "es").citations
    assert (spanish.target, spanish.settled_by) == ("A/HRC/RES/46/7", "en")


def test_one_version_alone_outvotes_nobody() -> None:
    work = versions(en="Human Rights Council", es="")
    assert {joined.citation.target for joined in work.citations} == {"A/HRC/RES/46/7", "A/RES/46/7"}


def said(**words: str) -> dict[str, list[str | None]]:
    """What each version cites, of a work whose one paragraph says this in each language."""
    headings = {**HEADINGS, "ar": "90/12 - الجبال\n\nإن الجمعية العامة،\n\n{}\n\n1 - تقرر أن تبقي المسألة قيد نظرها."}
    work = merge.merge([record(headings[code].format(text), code) for code, text in words.items()])
    return {each.language: [citation.target for citation in each.citations] for each in work.records}


def test_a_number_without_its_letter_is_the_part_that_the_others_cite() -> None:
    found = said(
        en="Recalling its resolution 2200 A (XXI),",
        fr="Rappelant sa résolution 2200 A (XXI),",
        es="Recordando su resolución 2200 (XXI),",
    )
    assert found["es"] == ["A/RES/2200(XXI)A"]


def test_one_version_alone_gives_no_letter() -> None:
    found = said(en="Recalling its resolution 2200 A (XXI),", es="Recordando su resolución 2200 (XXI),")
    assert found["es"] == ["A/RES/2200(XXI)"]


def test_an_arabic_number_printed_the_other_way_round_is_that_of_the_others() -> None:
    found = said(
        ar="إذ تشير إلى قرارها دإ-1/32،",
        en="Recalling its resolution S-32/1,",
        fr="Rappelant sa résolution S-32/1,",
    )
    assert found["ar"] == ["A/RES/S-32/1"]


def test_a_year_that_the_security_council_did_not_have_for_that_number_yields_to_one_that_it_had() -> None:
    found = said(
        en="Recalling Security Council resolution 2650 (2023),",
        fr="Rappelant la résolution 2650 (2022) du Conseil de sécurité,",
    )
    assert found == {"en": ["S/RES/2650(2022)"], "fr": ["S/RES/2650(2022)"]}


def test_a_misprint_that_is_a_number_of_its_own_stays() -> None:
    found = said(
        en="Recalling its resolution 67/234,",
        fr="Rappelant sa résolution 67/234,",
        es="Recordando su resolución 67/324,",
    )
    assert found["es"] == ["A/RES/67/324"]
