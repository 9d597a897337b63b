"""Goals and targets: those named, in every spelling; those not meant; and those that the words speak for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg import registry
from kg.classify import Classified, classify
from kg.model import Language

#: A sentence in the style of resolutions, and the Goals and targets that it names.
NAMED: list[tuple[Language, str, str]] = [
    ("en", "Recalling Goal 7 and its interlinkages with the other Goals,", "7"),
    ("en", "Recalling Goals 1, 2 and 5 to 8 of the 2030 Agenda,", "1 2 5 6 7 8"),
    ("en", "Stresses Goal 7 on affordable and clean energy and Goal 13 on climate action;", "7 13"),
    ("en", "Notes the progress made on SDG 7 and on SDGs 3, 4 and 5;", "7 3 4 5"),
    ("en", "Reaffirms targets 9.c and 17.8 and target 4.b;", "9.c 17.8 4.b"),
    ("en", "Welcomes the work on Sustainable Development Goal target 6.1;", "6.1"),
    ("en", "Recalls targets 3.1 to 3.4;", "3.1 3.2 3.3 3.4"),
    ("en", "Recalls the sustainable development goals, in particular goal 16;", "16"),
    ("fr", "Rappelant l’objectif 4 et l’objectif de développement durable no 7,", "4 7"),
    ("fr", "Rappelant les objectifs 1, 2 et 5 à 8 du Programme 2030,", "1 2 5 6 7 8"),
    ("fr", "Prend note des progrès accomplis au regard de l’ODD 4 et de la cible 4.b ;", "4 4.b"),
    ("fr", "Réaffirme les cibles 9.c et 17.8 des objectifs de développement durable ;", "9.c 17.8"),
    ("es", "Recordando el Objetivo 4 y el Objetivo de Desarrollo Sostenible 7,", "4 7"),
    ("es", "Recordando los Objetivos 1, 2 y 5 a 8 de la Agenda 2030,", "1 2 5 6 7 8"),
    ("es", "Toma nota de los avances en el ODS 4 y en la meta 4.7;", "4 4.7"),
    ("es", "Reafirma las metas 9.c y 17.8 de los Objetivos de Desarrollo Sostenible;", "9.c 17.8"),
    ("ru", "напоминая о цели 7 в области устойчивого развития и о ЦУР 5,", "7 5"),
    ("ru", "ссылаясь на цели 1, 2 и 5-8 в области устойчивого развития,", "1 2 5 6 7 8"),
    ("ru", "принимает к сведению задачу 4.7 и задачи 9.c и 17.8;", "4.7 9.c 17.8"),
    ("ar", "وإذ تشير إلى الهدف 3 من أهداف التنمية المستدامة والغاية 3-3،", "3 3.3"),
    ("ar", "وإذ تشير إلى الأهداف 1 و 2 و 5 إلى 8 من أهداف التنمية المستدامة،", "1 2 5 6 7 8"),
    ("ar", "تؤكد من جديد الغايتين 9-ج و 17-8؛", "9.c 17.8"),
    ("ar", "وإذ تضع في اعتبارها هدف التنمية المستدامة 16،", "16"),
    ("ar", "وإذ تشير إلى الهدف 5-3 وغايته 6-6،", "5.3 6.6"),
    ("en", "Recalling Goal 14 of the outcome document,", "14"),
    ("fr", "Rappelant l’objectif 14 du document final,", "14"),
    ("fr", "Rappelant les objectifs 1 (Éliminer la pauvreté), 2 (Éliminer la faim) et 8 (Promouvoir),", "1 2 8"),
    ("zh", "回顾可持续发展目标 9 和目标7，", "9 7"),
    ("zh", "回顾目标1、2和5至8，", "1 2 5 6 7 8"),
    ("zh", "重申可持续发展目标具体目标 4.7以及具体目标9.c和17.8；", "4.7 9.c 17.8"),
    ("en", "Tackling the seventh Sustainable Development Goal and the 13th of the SDGs,", "7 13"),
    ("en", "sdg 4 and SDG number 5", "4 5"),
    ("fr", "Rappelant le septième objectif de développement durable et les objectifs no 4 et no 5,", "7 4 5"),
    ("fr", "Rappelant notamment l’objectif 13 du Programme, qui porte sur le climat,", "13"),
    ("es", "Recordando el séptimo Objetivo de Desarrollo Sostenible y el primero de los ODS,", "7 1"),
    ("ru", "ссылаясь на седьмую цель в области устойчивого развития,", "7"),
    ("ru", "напоминая о значимости целей в области устойчивого развития 3 и 11,", "3 11"),
    ("ar", "وإذ تشير إلى الهدف السابع من أهداف التنمية المستدامة ولا سيما الغاية 4 (ب) منه،", "7 4.b"),
    ("zh", "回顾第七个可持续发展目标，", "7"),
    ("zh", "邀请可持续发展目标4 - 2030年教育高级别指导委员会支持各国，", "4"),
    # Goals of others, and numbers that are none
    ("en", "Welcoming the second Sustainable Development Goals Fair and the first SDG Summit,", ""),
    ("fr", "Souligne qu’il importe d’atteindre les objectifs de développement durable14 ;", ""),
    ("es", "Destaca la importancia de lograr los Objetivos de Desarrollo Sostenible14;", ""),
    ("zh", "在实现可持续发展目标12 方面取得进展；", ""),
    ("ar", "وإذ تلاحظ عمل الأطراف في اتفاقية التنوع البيولوجي بشأن تحقيق الهدف 10 الخاص بالشعاب المرجانية،", ""),
    ("en", "Recalling Millennium Development Goal 6 and Aichi Biodiversity Target 11,", ""),
    ("en", "Takes note of goal 3 of the strategic plan and of Goal 2 of the Global Strategy;", ""),
    ("en", "Calls for the target of 0.7 per cent of gross national income to be met by 15 States;", ""),
    ("en", "Notes with concern that six targets were met in part (targets 9, 11, 16, 17, 19 and 20);", ""),
    ("en", "Decides to hold a summit on the Sustainable Development Goals on 14 and 15 May;", ""),
    ("en", "Notes that Goal indicator 16.10.1 is measured;", ""),
    ("fr", "Rappelant l’objectif du Millénaire pour le développement no 6 et l’objectif 11 d’Aichi,", ""),
    ("fr", "Prend note de l’objectif 3 du plan stratégique et de l’objectif de 0,7 pour cent ;", ""),
    ("fr", "Constate que six objectifs ont été atteints (objectifs 9, 11, 16, 17, 19 et 20) ;", ""),
    ("es", "Recordando el Objetivo de Desarrollo del Milenio 6 y la meta 11 de Aichi,", ""),
    ("es", "Toma nota del objetivo 3 del plan estratégico y de la meta del 0,7 %;", ""),
    ("es", "Observa que se alcanzaron seis metas (metas 9, 11, 16, 17, 19 y 20);", ""),
    ("ru", "ссылаясь на цель 1 в области развития, сформулированную в Декларации тысячелетия,", ""),
    ("ru", "принимает к сведению задачу 3 Стратегического плана и цель 2 стратегического плана;", ""),
    ("ar", "وإذ تشير إلى الهدف 1 من الأهداف الإنمائية للألفية،", ""),
    ("ar", "تحيط علما بالهدف 3 من الخطة الاستراتيجية وبهدف تخصيص نسبة 0,7 في المائة؛", ""),
    ("zh", "回顾千年发展目标6和爱知生物多样性目标11，", ""),
    ("zh", "注意到6个目标已部分实现(目标9、11、16、17、19和20)；", ""),
    ("zh", "注意到17项目标中的10项；", ""),
]

#: A sentence, and what its words speak for, at least.
SPOKEN: list[tuple[Language, str, str]] = [
    ("en", "Condemns trafficking in persons and the slave trade;", "8 8.7"),
    ("fr", "Condamne la traite des personnes et la traite des esclaves ;", "8 8.7"),
    ("es", "Condena la trata de personas y la trata de esclavos;", "8 8.7"),
    ("ru", "осуждает торговлю людьми и рабство;", "8 8.7"),
    ("ar", "تدين الاتجار بالأشخاص وتجارة الرقيق؛", "8 8.7"),
    ("zh", "谴责贩运人口和奴隶贸易；", "8 8.7"),
    ("en", "Deplores the destruction caused by disasters and calls for disaster risk reduction;", "11 11.5"),
    ("fr", "Déplore les destructions et demande la réduction des risques de catastrophe ;", "11 11.5"),
    ("es", "Deplora la destrucción y pide la reducción del riesgo de desastres;", "11 11.5"),
    ("ru", "призывает к снижению риска бедствий;", "11 11.5"),
    ("ar", "تدعو إلى الحد من مخاطر الكوارث؛", "11 11.5"),
    ("zh", "呼吁减少灾害风险；", "11 11.5"),
]

#: What no word speaks for.
SILENT: list[tuple[Language, str]] = [
    ("en", "Having considered the report of the Secretary-General,"),
    ("fr", "Ayant examiné le rapport du Secrétaire général,"),
    ("es", "Habiendo examinado el informe del Secretario General,"),
    ("ru", "рассмотрев доклад Генерального секретаря,"),
    ("ar", "وقد نظرت في تقرير الأمين العام،"),
    ("zh", "审议了秘书长的报告，"),
]


def read(language: Language, words: str) -> Classified:
    (found,) = classify([words], language=language)
    return found


@pytest.mark.parametrize(("language", "words", "codes"), NAMED)
def test_goals_and_targets_named_are_found_and_those_of_others_are_not(
    language: Language, words: str, codes: str
) -> None:
    found = read(language, words)
    explicit = [each.code for each in (*found.goals, *found.targets) if each.explicit]
    assert sorted(explicit) == sorted(codes.split())


@pytest.mark.parametrize(("language", "words", "codes"), SPOKEN)
def test_words_speak_for_a_goal_and_its_target_in_every_language(language: Language, words: str, codes: str) -> None:
    found = read(language, words)
    inferred = {each.code: each for each in (*found.goals, *found.targets) if not each.explicit}
    assert set(codes.split()) <= inferred.keys()
    for each in inferred.values():
        assert each.evidence
        assert all(said in words for said in each.evidence)
        assert 0 < each.score < 1


@pytest.mark.parametrize(("language", "words"), SILENT)
def test_where_no_words_speak_for_a_goal_none_is_told(language: Language, words: str) -> None:
    assert read(language, words)[2:] == ((), ())


def test_what_is_named_is_not_inferred_as_well() -> None:
    found = read("en", "Recalling Goal 7 and the need for renewable energy and modern energy,")
    assert [(each.code, each.explicit) for each in found.goals] == [("7", True)]
    assert [(each.code, each.explicit) for each in found.targets] == [("7.1", False), ("7.2", False)]


def test_words_that_name_a_goal_or_target_speak_for_no_other() -> None:
    found = read("zh", "回顾可持续发展目标9和具体目标17.6，")
    assert [(each.code, each.explicit) for each in found.goals] == [("9", True), ("17", False)]
    assert found.goals[1].evidence == ("具体目标17.6",)


@pytest.mark.parametrize(
    ("language", "words", "goal"),
    [
        ("en", "Notes with concern the spread of cholera epidemics;", "3"),
        ("fr", "Note avec préoccupation la propagation des épidémies ;", "3"),
        ("es", "Observa con preocupación la propagación de epidemias;", "3"),
    ],
)
def test_a_cue_is_heard_in_the_other_number(language: Language, words: str, goal: str) -> None:
    assert [each.code for each in read(language, words).goals] == [goal]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Concerned about the situation in the Democratic People’s Republic of Korea,"),
        ("fr", "Préoccupée par la situation en République populaire démocratique de Corée,"),
        ("es", "Preocupada por la situación en la República Popular Democrática de Corea,"),
        ("ru", "будучи обеспокоена ситуацией в Корейской Народно-Демократической Республике,"),
        ("ar", "وإذ يساورها القلق إزاء الحالة في جمهورية كوريا الشعبية الديمقراطية،"),
        ("zh", "关切朝鲜民主主义人民共和国的局势，"),
    ],
)
def test_the_name_of_a_state_speaks_for_no_goal(language: Language, words: str) -> None:
    assert read(language, words)[2:] == ((), ())


def test_a_weak_cue_alone_is_not_enough() -> None:
    assert read("en", "Expresses concern about water;").goals == ()
    assert [each.code for each in read("en", "Expresses concern about water and sanitation;").goals] == ["6"]


def test_words_that_continue_another_behind_a_hyphen_are_no_cue() -> None:
    found = read("en", "Recognizes the burden of non-communicable diseases;")
    assert [each.code for each in found.targets] == ["3.4"]


def test_the_name_of_a_body_says_little_of_what_a_paragraph_is_about() -> None:
    assert read("en", "Takes note of the report of the Conference on Disarmament;").goals == ()
    assert [each.code for each in read("en", "Calls for general and complete disarmament;").goals] == ["16"]


def test_forms_of_one_word_speak_once_and_so_do_words_inside_longer_ones() -> None:
    once, twice = (read("ru", words) for words in ("говоря о технологии,", "говоря о технологии и технологиях,"))
    assert (once.goals, twice.goals) == ((), ())
    assert "16.4" not in [each.code for each in read("zh", "痛惜集束弹药造成的伤亡，").targets]
    assert "16.4" in [each.code for each in read("zh", "痛惜非法弹药造成的伤亡，").targets]


def test_no_form_of_a_cue_is_empty() -> None:
    empty = [
        (entry.target, cue)
        for entry in registry.entries().values()
        for _, cue in (*entry.cues, *entry.weak_cues)
        if not all(form.strip() for form in cue.replace(" + ", "|").split("|"))
    ]
    assert empty == []


def test_who_names_a_target_speaks_of_its_goal() -> None:
    (goal,) = read("en", "Recalling target 4.b,").goals
    assert goal == ("4", False, ("target 4.b",), 0.99)


def test_the_bench_scores_goals_and_targets_apart(tmp_path: Path) -> None:
    labels = [
        {"paragraph": "Recalling Goal 7 and target 4.b,", "sdg": [["7", ["7.1"], ["0"]], ["4", ["4.b"]]]},
        {"paragraph": "Having considered the report of the Secretary-General,", "sdg": [["0", ["0"]]]},
    ]
    (tmp_path / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.goals", tmp_path / "labels.json", "--list"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Goals       2 paragraphs  F1 1.000  precision 1.000  recall 1.000  (2 of 2, 2 found)" in done.stdout
    assert "targets     2 paragraphs  F1 0.667  precision 1.000  recall 0.500  (1 of 2, 1 found)" in done.stdout
    assert "missed [7.1] extra []" in done.stdout
