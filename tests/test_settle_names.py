"""What a short name means, told by the other versions of the work."""

from __future__ import annotations

from kg import merge, run
from kg.model import Mention, Record, Source

_HEAD = "{adopted} 2035\n\n90/12. Mountains\n\n{assembly},\n\n"
_HEADS = {
    "en": ("Resolution adopted by the General Assembly on 17 December", "The General Assembly"),
    "fr": ("Résolution adoptée par l’Assemblée générale le 17 décembre", "L’Assemblée générale"),
    "ru": ("Резолюция, принятая Генеральной Ассамблеей 17 декабря", "Генеральная Ассамблея"),
    "es": ("Resolución aprobada por la Asamblea General el 17 de diciembre de", "La Asamblea General"),
}
FULL = {
    "en": "1. Takes note of the report of the Committee on Enforced Disappearances.",
    "fr": "1. Prend note du rapport du Comité des disparitions forcées.",
    "es": "1. Toma nota del informe del Comité contra la Desaparición Forzada.",
}
SHORT = {
    "en": "1. Takes note of the report of the Committee.",
    "fr": "1. Prend note du rapport du Comité.",
    "es": "1. Toma nota del informe del Comité.",
}


def record(language: str, words: str) -> Record:
    adopted, assembly = _HEADS[language]
    head = _HEAD.format(adopted=adopted, assembly=assembly)
    found = run.record(Source(f"A_RES_90_12.{language}.txt", f"{head}{words}\n".encode()))
    assert found.language == language
    return found


def bodies(language: str, **versions: str) -> list[Mention]:
    """The bodies that one version names beside the others."""
    work = merge.merge([record(each, words) for each, words in versions.items()])
    (own,) = (each for each in work.records if each.language == language)
    return [mention for mention in own.reading.mentions if mention.clause.startswith("OP")]


def test_two_other_versions_tell_what_a_short_name_means() -> None:
    (body,) = bodies("fr", en=FULL["en"], es=FULL["es"], fr=SHORT["fr"])
    assert (body.target, body.surface, body.settled_by) == ("body/ced", "Comité", "en")


def test_one_other_version_is_not_enough() -> None:
    assert bodies("fr", en=FULL["en"], fr=SHORT["fr"]) == []
    assert bodies("fr", en=FULL["en"], es=SHORT["es"], fr=SHORT["fr"]) == []


def test_a_version_is_given_no_name_that_its_words_do_not_contain() -> None:
    words = "1. Prend note du rapport."
    assert bodies("fr", en=FULL["en"], es=FULL["es"], fr=words) == []


def test_a_name_that_could_not_mean_it_tells_nothing() -> None:
    words = "1. Prend note du rapport de la Commission."
    assert bodies("fr", en=FULL["en"], es=FULL["es"], fr=words) == []


def test_what_one_version_takes_for_another_is_put_right() -> None:
    before = "1. Remercie le Comité contre la torture.\n\n"
    second = {each: words.replace("1.", "2.") for each, words in FULL.items()}
    found = bodies(
        "fr",
        en=f"1. Thanks the Committee against Torture.\n\n{second['en']}",
        es=f"1. Agradece al Comité contra la Tortura.\n\n{second['es']}",
        fr=before + SHORT["fr"].replace("1.", "2."),
    )
    assert [(each.clause, each.target) for each in found] == [("OP1", "body/cat"), ("OP2", "body/ced")]


def test_what_most_take_it_for_stays() -> None:
    words = {each: f"1. Thanks the Committee against Torture.\n\n{FULL['en'].replace('1.', '2.')}" for each in ("en",)}
    found = bodies(
        "fr",
        **words,
        es=f"1. Agradece al Comité contra la Tortura.\n\n{SHORT['es'].replace('1.', '2.')}",
        fr="1. Remercie le Comité contre la torture.\n\n" + SHORT["fr"].replace("1.", "2."),
    )
    assert [(each.clause, each.target) for each in found] == [("OP1", "body/cat"), ("OP2", "body/cat")]


def test_who_is_asked_is_settled_with_the_name() -> None:
    asked = {
        "en": "1. Requests the Committee on Enforced Disappearances to continue its work.",
        "es": "1. Solicita al Comité contra la Desaparición Forzada que prosiga su labor.",
        "fr": "1. Prie le Comité de poursuivre ses travaux.",
    }
    work = merge.merge([record(each, words) for each, words in asked.items()])
    assert {each.language: each.reading.addressees.get("OP1") for each in work.records} == {
        "en": ("body/ced",),
        "es": ("body/ced",),
        "fr": ("body/ced",),
    }


def test_three_other_versions_tell_what_a_noun_in_small_letters_means() -> None:
    first = "1. Thanks the Independent International Commission of Inquiry on the Syrian Arab Republic.\n\n"
    words = {
        "en": f"{first}2. Welcomes the report of the commission of inquiry.",
        "es": "2. Acoge con beneplácito el informe de la Comisión Internacional Independiente de Investigación sobre "
        "la República Árabe Siria.",
        "fr": "2. Accueille avec satisfaction le rapport de la Commission d’enquête internationale indépendante sur la "
        "République arabe syrienne.",
        "ru": "2. приветствует доклад Независимой международной комиссии по расследованию событий в Сирийской Арабской "
        "Республике.",
    }
    assert [each.target for each in bodies("en", **words) if each.clause == "OP2"] == ["body/coi-syria"]
    del words["ru"]
    assert [each.target for each in bodies("en", **words) if each.clause == "OP2"] == []
