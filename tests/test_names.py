"""Names in the words: bent, short, given initials by the document itself, and what the bodies named do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kg import languages
from kg.languages.inflection import Prefixes
from kg.model import Language
from tests.namekit import mentions, named

CODES = languages.available()


def role_examples() -> Iterator[Any]:
    for code in CODES:
        for rule in languages.rules(code).raw["role"]:
            name = f"{code}-{rule['role']}-{rule['example']['text']}"
            yield pytest.param(code, rule["role"], rule["example"], id=name)


@pytest.mark.parametrize(
    "sentence",
    [
        "принимает к сведению доклад Комиссии по науке и технике в целях развития;",
        "обращается с просьбой к Комиссии по науке и технике в целях развития;",
        "приветствует работу, проделанную Комиссией по науке и технике в целях развития;",
        "напоминает о Комиссии по науке и технике в целях развития;",
        "предлагает Комиссию по науке и технике в целях развития;",
    ],
)
def test_a_russian_name_is_found_in_every_case(sentence: str) -> None:
    (mention,) = mentions("ru", sentence)
    assert mention.target == "body/cstd"
    assert mention.surface == sentence[mention.span.start : mention.span.end]
    assert mention.surface.endswith("развития")


def test_a_russian_name_with_a_hyphen_keeps_its_endings() -> None:
    (mention,) = mentions("ru", "ссылается на положения «Аддис-Абебской программы действий»;")
    assert mention.target == "instrument/addis-ababa-action-agenda"
    assert mention.surface == "Аддис-Абебской программы действий"


@pytest.mark.parametrize("written", ["", "و", "ب", "ول", "ك"])
def test_an_arabic_name_is_found_behind_what_is_written_to_it(written: str) -> None:
    (mention,) = mentions("ar", f"تشيد {written}مجلس الأمن؛")
    assert (mention.target, mention.surface) == ("body/security-council", "مجلس الأمن")


@pytest.mark.parametrize(
    ("written", "surface"), [("للجمعية العامة", "للجمعية العامة"), ("وبالجمعية العامة", "الجمعية العامة")]
)
def test_an_arabic_article_fuses_with_what_stands_before(written: str, surface: str) -> None:
    (mention,) = mentions("ar", f"تقدم تقريرا {written}؛")
    assert (mention.target, mention.surface) == ("body/general-assembly", surface)


def test_a_letter_of_another_word_is_no_prefix() -> None:
    prefixes = Prefixes(["و"], {"ال": "لل"})
    assert prefixes.begins(" وم", 2)
    assert not prefixes.begins(" نم", 2)


def test_one_article_fuses_once() -> None:
    assert Prefixes([], {"الل": "لل", "ال": "لل"}).forms("اللجنة") == ("اللجنة", "للجنة")


@pytest.mark.parametrize(
    ("language", "full", "short"),
    [
        ("en", "Notes the work of the Technology Facilitation Mechanism;", "Invites the Mechanism to report;"),
        ("es", "Observa la labor del Mecanismo de Facilitación de la Tecnología;", "Invita al Mecanismo a informar;"),
        ("fr", "Note le Mécanisme de facilitation des technologies ;", "Invite le Mécanisme à faire rapport ;"),
        ("ru", "отмечает работу Механизма содействия развитию технологий;", "предлагает Механизму отчитаться;"),
        ("ar", "تلاحظ عمل آلية تيسير التكنولوجيا؛", "تدعو الآلية إلى تقديم تقرير؛"),
        ("zh", "注意到技术促进机制的工作；", "邀请该机制提交报告；"),
    ],
)
def test_a_short_name_means_what_was_named_before(language: Language, full: str, short: str) -> None:
    assert named(language, full, short) == ["body/tfm", "body/tfm"]
    assert named(language, short) == []


def test_a_short_name_is_no_part_of_a_longer_one() -> None:
    before = "Notes the work of the Commission on Science and Technology for Development;"
    assert named("en", before, "Invites the Commission on Seeds to report;") == ["body/cstd"]
    assert named("en", before, "Invites the Commission to report on seeds;") == ["body/cstd", "body/cstd"]


def test_a_short_name_that_means_nothing_keeps_a_shorter_one_from_being_read_in_it() -> None:
    before = "Notes the work of the United Nations Development Programme;"
    assert named("en", before, "Recalls the Programme of Action;") == ["body/undp"]
    assert named("en", before, "Invites the Programme to report;") == ["body/undp", "body/undp"]


def test_initials_that_a_document_gives_to_a_name_stand_for_it_afterwards() -> None:
    given = "Notes the Technology Bank for the Least Developed Countries (TBLDC);"
    assert named("en", "Invites TBLDC to report;") == []
    found = mentions("en", given, "Invites TBLDC to report;")
    assert [(m.clause, m.target) for m in found if m.surface == "TBLDC"] == [
        ("OP1", "body/technology-bank"),
        ("OP2", "body/technology-bank"),
    ]


@pytest.mark.parametrize(("language", "role", "example"), list(role_examples()))
def test_an_example_of_a_role_gives_the_body_that_role(language: Language, role: str, example: dict[str, str]) -> None:
    found = {mention.target: mention.role for mention in mentions(language, example["text"])}
    assert found[example["body"]] == role


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Requests the Secretary-General to report;"),
        ("es", "Solicita al Secretario General que informe;"),
        ("fr", "Prie le Secrétaire général de faire rapport ;"),
        ("ru", "просит Генерального секретаря представить доклад;"),
        ("ar", "تطلب إلى الأمين العام أن يقدم تقريرا؛"),
        ("zh", "请秘书长提交报告；"),
    ],
)
def test_who_is_asked_is_an_addressee(language: Language, sentence: str) -> None:
    assert [(m.target, m.role) for m in mentions(language, sentence)] == [("body/secretary-general", "addressee")]
    (mention,) = mentions("en", "Recognizes the role of the Secretary-General;")
    assert mention.role == "mentioned"


@pytest.mark.parametrize(
    "sentence",
    [
        "Prie le Comité de poursuivre ses travaux ;",
        "Note que le Comité poursuive ses travaux ;",
        "Remercie le Comité pour le travail accompli ;",
        "Prie le Comité pour l'exercice 2090 ;",
        "Prie le Comité des mesures prises ;",
    ],
)
def test_what_a_french_body_is_asked_to_do_is_no_part_of_its_name(sentence: str) -> None:
    before = "Note la création du Comité des politiques de développement ;"
    assert named("fr", before, sentence) == ["body/cdp", "body/cdp"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Note la création du Comité directeur ;",
        "Note la création du Comité interaméricain des semences ;",
        "Note la création du Comité de la semence ;",
        "Note la création du Comité pour les semences ;",
        "Note la création du Comité chargé d'étudier les semences ;",
    ],
)
def test_a_french_noun_with_an_adjective_or_a_matter_is_another_name(sentence: str) -> None:
    before = "Note la création du Comité des politiques de développement ;"
    assert named("fr", before, sentence) == ["body/cdp"]


def test_a_french_name_is_written_small_behind_a_word_that_says_whose_it_is() -> None:
    assert named("fr", "Prie sa commission de la population et du développement ;") == ["body/cpd"]
    assert named("fr", "Invite les commissions de la population et du développement ;") == []


def test_its_president_is_the_president_of_the_organ_that_speaks() -> None:
    assert named("fr", "Prie sa présidence de dresser une liste ;") == ["body/president-of-the-general-assembly"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Notes the Department of Economic and Social Affairs of the Secretariat;"),
        ("es", "Observa el Departamento de Asuntos Económicos y Sociales de la Secretaría;"),
        ("fr", "Note le Département des affaires économiques et sociales du Secrétariat ;"),
        ("ru", "отмечает Департамент по экономическим и социальным вопросам Секретариата;"),
        ("ar", "تلاحظ إدارة الشؤون الاقتصادية والاجتماعية بالأمانة العامة؛"),
        ("zh", "注意到秘书处经济和社会事务部；"),
    ],
)
def test_a_part_and_its_whole_are_two_names(language: Language, sentence: str) -> None:
    assert sorted(named(language, sentence)) == ["body/desa", "body/secretariat"]
