"""Names in the words: bent, short, given initials by the document itself, and what the bodies named do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from kg import languages
from kg.extract.lexicon import lexicon
from kg.languages.inflection import Prefixes
from kg.model import Language
from tests.namekit import mentions, named, named_under

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


def test_what_a_document_itself_gives_a_short_name_to_keeps_it() -> None:
    before = "Notes the work of the Commission on Science and Technology for Development (“the Commission”);"
    after = "Invites the Commission to report;"
    other = "Notes the work of the Commission on Seeds and of the International Law Commission;"
    assert named("en", before, other, after) == ["body/cstd", "body/cstd", "body/ilc", "body/cstd"]
    assert named("en", before.replace(" (“the Commission”)", ""), other, after) == ["body/cstd", "body/ilc", "body/ilc"]


def test_arabic_short_names_leave_the_owner_out_and_adjectives_agree() -> None:
    before = "تلاحظ عمل بعثة الأمم المتحدة المتكاملة المتعددة الأبعاد لتحقيق الاستقرار في مالي؛"
    assert named("ar", before, "تدعو البعثة المتكاملة الدول؛")[-1] == "body/minusma"
    assert named("ar", before, "تدعو البعثة الدول؛")[-1] == "body/minusma"
    assert len(named("ar", before, "تدعو البعثة الاستشارية للبذور؛")) == len(named("ar", before))
    assert len(named("ar", before, "تدعو الدولة القائمة بالإدارة؛")) == len(named("ar", before))


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


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Notes the fifteenth session of the United Nations Conference on Trade and Development;"),
        ("es", "Nota el 15º período de sesiones de la Conferencia de las Naciones Unidas sobre Comercio y Desarrollo;"),
        ("fr", "Note la quinzième session de la Conférence des Nations Unies sur le commerce et le développement ;"),
        ("ru", "отмечает пятнадцатую сессию Конференции Организации Объединенных Наций по торговле и развитию;"),
        ("ar", "تلاحظ انعقاد الدورة الخامسة عشرة لمؤتمر الأمم المتحدة للتجارة والتنمية؛"),
        ("zh", "注意到联合国贸易和发展会议第十五届会议；"),
    ],
)
def test_a_session_that_is_known_and_its_body_are_two_names(language: Language, sentence: str) -> None:
    assert sorted(named(language, sentence)) == ["body/unctad", "event/unctad-15"]


@pytest.mark.parametrize("case", ["Ассамблея", "Ассамблеи", "Ассамблею", "Ассамблеей", "Ассамблее"])
def test_a_russian_noun_keeps_one_stem(case: str) -> None:
    inflection = languages.rules("ru").inflection
    assert inflection.forms(case) == inflection.forms("Ассамблея")


@pytest.mark.parametrize("case", ["день", "дня", "дню", "днем", "дне", "дни", "дней", "днями"])
def test_a_russian_noun_that_loses_a_vowel_keeps_one_stem(case: str) -> None:
    (mention,) = mentions("ru", f"отмечает 2 октября, считая его Международным {case} ненасилия;")
    assert mention.target == "event/day-non-violence"
    assert mention.surface == f"Международным {case} ненасилия"


def test_a_russian_participle_agrees_in_every_case() -> None:
    protocol = "Факультативного протокола к Конвенции о правах ребенка, касающегося участия детей"
    named_once = named("ru", f"призывает стать участниками {protocol} в вооруженных конфликтах;")
    assert named_once == ["instrument/crc-opac"]


def test_russian_initials_have_no_endings() -> None:
    inflection = languages.rules("ru").inflection
    assert inflection.forms("МООНСОМ") == ("МООНСОМ",)


def test_the_mark_of_a_note_is_no_part_of_a_name() -> None:
    (mention,) = mentions("ru", "одобряет выводы Консультативного комитета по административным и бюджетным вопросам4;")
    assert (mention.target, mention.surface[-8:]) == ("body/acabq", "вопросам")


def test_what_stands_behind_a_russian_short_name_shows_whether_it_is_one() -> None:
    full = "напоминает о Комиссии по науке и технике в целях развития,"
    assert mentions("ru", f"{full} усилиях Комиссии по обеспечению доступа;")[-1].surface == "Комиссии"
    assert len(mentions("ru", f"{full} и о Комиссии министров;")) == 1


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("请秘书处协助工作组；", ["body/secretariat"]),
        ("请公约秘书处协助各缔约方；", []),
        ("注意到该方案提供秘书处服务；", []),
        ("请大会审议该报告；", ["body/general-assembly"]),
        ("欢迎种子公约缔约国大会的成果；", []),
    ],
)
def test_an_ordinary_word_is_no_name_inside_another(clause: str, found: list[str]) -> None:
    assert named("zh", clause) == found


def test_a_noun_stands_alone_behind_a_verb() -> None:
    before = "注意到科学和技术促进发展委员会的工作；"
    assert named("zh", before, "强调委员会的作用；") == ["body/cstd", "body/cstd"]
    assert named("zh", before, "设立一个协调委员会；") == ["body/cstd"]


def test_a_committee_is_not_called_as_its_subcommittee() -> None:
    before = "注意到和平利用外层空间委员会科学和技术小组委员会的工作；"
    assert named("zh", before, "请委员会提出报告；")[-1] == "body/copuos"


def test_the_number_of_a_session_may_stand_inside_a_name() -> None:
    found = mentions("zh", "欢迎集束弹药公约缔约国第十次会议的成果；")
    assert [(m.surface, m.target) for m in found if m.kind == "body"] == [
        ("集束弹药公约缔约国第十次会议", "body/ccm-msp")
    ]


def test_a_short_name_means_first_what_its_clause_names() -> None:
    clauses = (
        "Notes the work of the Commission on Science and Technology for Development;",
        "Notes the work of the Commission on the Status of Women;",
        "Thanks the Commission on Science and Technology for Development, and invites the Commission to report;",
    )
    assert named("en", *clauses)[-1] == "body/cstd"


def test_a_short_name_means_next_what_the_title_names() -> None:
    clauses = (
        "Notes the work of the Commission on Science and Technology for Development;",
        "Notes the work of the Commission on the Status of Women;",
        "Invites the Commission to report;",
    )
    titled = mentions("en", *clauses, title="Commission on Science and Technology for Development")
    assert [named("en", *clauses)[-1], titled[-1].target] == ["body/csw", "body/cstd"]


@pytest.mark.parametrize(
    ("language", "sentence", "target"),
    [
        ("en", "Notes the United Nations office on drugs and crime;", "body/unodc"),
        ("es", "Observa la Oficina de las Naciones Unidas Contra la Droga y el Delito;", "body/unodc"),
        ("fr", "Note l’Office des Nations Unies Contre la Drogue et le Crime ;", "body/unodc"),
    ],
)
def test_a_long_name_is_known_however_capitals_are_set(language: Language, sentence: str, target: str) -> None:
    assert named(language, sentence) == [target]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Welcomes the report of the Secretary-General3 and the annex;"),
        ("es", "Acoge el informe del Secretario General3 y el anexo;"),
        ("fr", "Accueille le rapport du Secrétaire général3 et l’annexe ;"),
        ("ru", "приветствует доклад Генерального секретаря3 и приложение;"),
    ],
)
def test_the_number_of_a_footnote_stands_right_behind_a_name(language: Language, sentence: str) -> None:
    assert named(language, sentence) == ["body/secretary-general"]


def test_initials_with_a_number_are_other_initials() -> None:
    assert named("en", "Notes UNDP2 and the UNDP;") == ["body/undp"]


def test_a_noun_that_says_only_whose_a_thing_is_shows_no_other_name() -> None:
    first = "Notes the Technology Bank for the Least Developed Countries;"
    assert named("en", first, "Notes core Bank staff;", "Thanks the Bank;")[1:] == ["body/technology-bank"]
    assert named("en", first, "Notes the Seed Bank;", "Thanks the Bank;")[1:] == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Notes the Under-Secretary-General and the Assistant Secretary-General;"),
        ("en", "Notes the Technical Secretariat and the Secretariat of the Seed Pact;"),
        ("es", "Observa la Secretaría Técnica y la Secretaria General Adjunta;"),
    ],
)
def test_deputies_and_secretariats_of_others_are_left_out(language: Language, sentence: str) -> None:
    assert named(language, sentence) == []


def test_what_the_title_names_is_meant_again_in_every_paragraph() -> None:
    title = "Implementation of the Convention on Biological Diversity"
    other = "Conference of the Parties to the United Nations Convention to Combat Desertification"
    own = "Notes the Conference of the Parties to the Convention on Biological Diversity;"
    found = named_under("en", title, own, f"Notes the {other};", "Invites the Conference of the Parties to meet;")
    assert found[-1] == "body/cbd-cop"
    found = named_under("en", title, own, f"Notes the {other}, and invites the Conference of the Parties to meet;")
    assert found[-1] == "body/unccd-cop"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Welcomes the report of the Special Rapporteur of the Human Rights Council on the right to food."),
        (
            "fr",
            "Accueille avec intérêt le rapport du Rapporteur spécial du Conseil des droits de l’homme sur le droit "
            "à l’alimentation.",
        ),
        (
            "es",
            "Acoge con beneplácito el informe de la Relatora Especial del Consejo de Derechos Humanos sobre el derecho "
            "a la alimentación.",
        ),
    ],
)
def test_the_council_inside_the_name_of_its_mandate_is_named_too(language: Language, sentence: str) -> None:
    assert sorted(named(language, sentence)) == ["body/human-rights-council", "body/sr-right-to-food"]


def test_the_committee_on_whose_report_the_assembly_decides_is_not_meant_by_what_follows() -> None:
    title = "Resolution adopted by the General Assembly on the report of the Third Committee"
    assert named_under("en", title, "Thanks the Committee for its work.") == []
    assert (
        named_under("en", title, "Thanks the Third Committee.", "Thanks the Committee.") == ["body/third-committee"] * 2
    )


def test_initials_that_are_known_stay_those_of_a_body_behind_the_treaty_in_its_name() -> None:
    words = "Recalls the Mission to support the Hodeidah Agreement (UNMHA), and decides that UNMHA shall go on."
    assert named("en", words)[-1] == "body/unmha"


@pytest.mark.parametrize(
    ("language", "full", "short"),
    [
        ("es", "Recordando la Declaración del Milenio,", "Reafirma la Declaración y las metas."),
        ("fr", "Rappelant la Déclaration du Millénaire,", "Réaffirme la Déclaration et les objectifs."),
    ],
)
def test_a_short_name_ends_before_what_joins_it_with_another(language: Language, full: str, short: str) -> None:
    assert [mention.target for mention in mentions(language, full, short)] == ["instrument/millennium-declaration"] * 2


def test_the_goals_put_into_the_declaration_are_not_the_declaration() -> None:
    assert named("ru", "достижение целей в области развития, сформулированных в Декларации тысячелетия;") == []
    assert named("ru", "вновь подтверждает принципы, закрепленные в Декларации тысячелетия;") == [
        "instrument/millennium-declaration"
    ]


def test_a_russian_day_is_found_in_every_case() -> None:
    (event,) = mentions("ru", "по случаю Международного дня ненасилия;")
    assert event.target == "event/day-non-violence"


@pytest.mark.parametrize(
    "text",
    [
        "Аддис-Абебской программы действий, принятой «Группой» в мае;",
        "органы/учреждения Организации Объединенных Наций (государствами-членами)",
        "вопросам развития",
    ],
)
def test_bent_words_lead_back_to_their_places(text: str) -> None:
    rules = languages.rules("ru")
    bent = rules.inflection.searched(text)
    words = re.compile(f"{rules.letters.pattern}+")
    places = [bent.place(*stem.span()) for stem in words.finditer(bent.text)]
    assert places == [word.span() for word in words.finditer(text)]
    assert bent.text != text


def test_what_a_session_parts_is_joined_only_as_in_a_name() -> None:
    known = lexicon("zh").names.pairs
    assert "国会" in known
    assert "会会" not in known


@pytest.mark.parametrize("language", languages.available())
def test_no_name_is_looked_for_with_a_blank_at_its_ends(language: Language) -> None:
    """It would be found across the end of a paragraph."""
    known = lexicon(language)
    forms = [form for phrases in (known.names, known.long) for form, _ in phrases.forms]
    assert len(forms) > 1_000
    assert [form for form in forms if form != form.strip()] == []
