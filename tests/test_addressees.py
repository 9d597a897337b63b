"""Whom a paragraph asks: behind the verb, behind what is asked once more, and before a verb in the passive."""

from __future__ import annotations

import pytest

from kg import languages
from kg.extract.acts import read_acts
from kg.extract.addressees import read_addressees
from kg.extract.names import read_names
from kg.extract.words import read_words
from kg.model import Clause, Heading, Language, Outline, Passage, Text

ASKED: list[tuple[Language, str, list[str]]] = [
    ("en", "Requests the Secretary-General to report;", ["body/secretary-general"]),
    ("en", "Calls on member states, as appropriate, to help;", ["group/member-states"]),
    ("en", "Reiterates its request to the Secretary-General to report;", ["body/secretary-general"]),
    ("es", "Reitera su solicitud al Secretario General de que informe;", ["body/secretary-general"]),
    ("fr", "Renouvelle sa demande au Secrétaire général de faire rapport ;", ["body/secretary-general"]),
    ("ru", "повторяет свою просьбу к Генеральному секретарю представить доклад;", ["body/secretary-general"]),
    ("ar", "تكرر طلبها إلى الأمين العام أن يقدم تقريرا؛", ["body/secretary-general"]),
    ("zh", "重申其请秘书长提交报告的要求；", ["body/secretary-general"]),
    # A chair stands for the body.
    ("en", "Requests the President of the General Assembly to meet;", ["body/president-of-the-general-assembly"]),
    ("fr", "Prie l’ensemble du système des Nations Unies d’aider ;", ["group/un-system"]),
    ("ru", "предлагает всем соответствующим заинтересованным сторонам помочь;", ["group/all-stakeholders"]),
    # A clause of its own may stand before who is asked.
    ("zh", "鼓励尚未加入公约的会员国加入；", ["group/member-states"]),
    # What is recalled is not asked once more.
    ("en", "Reiterates the need for the Secretary-General to report;", []),
    # The word that joins two names is part of the second.
    ("ar", "يحث الدول الأعضاء والأمم المتحدة على التعاون؛", ["group/member-states", "body/united-nations"]),
    (
        "fr",
        "Invite les États Membres intéressés et le Secrétaire général à coopérer ;",
        ["group/member-states", "body/secretary-general"],
    ),
    # In the passive they stand before the verb.
    ("en", "Governments are encouraged to trade;", ["group/governments"]),
    ("fr", "Les gouvernements sont encouragés à coopérer ;", ["group/governments"]),
    ("ru", "правительствам рекомендуется сотрудничать;", ["group/governments"]),
]


@pytest.mark.parametrize(("code", "words", "expected"), ASKED)
def test_those_are_found_whom_a_paragraph_asks(code: Language, words: str, expected: list[str]) -> None:
    rules = languages.rules(code)
    clause = Clause("OP1", "operative", 1, Passage(words, ()), ())
    outline = Outline(Text("a", code, words, (), ""), Heading("A/RES/90/12", "resolution", "GA"), (clause,), ())
    read = read_words(outline, rules)
    names = read_names(outline, read, rules)
    acts = {"OP1": read_acts(read["OP1"], rules)}
    asked = read_addressees(outline, read, acts, names, rules)
    assert [each.target for each in asked.get("OP1", [])] == expected
