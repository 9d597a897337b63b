"""What points take over from the words above them, and what a decision tells."""

from __future__ import annotations

import pytest

from kg import languages
from kg.extract.acts import read_acts
from kg.extract.chapeaux import chapeaux, own_acts
from kg.extract.narrated import with_told
from kg.extract.words import words_of
from kg.model import ActReading, Clause, Language, Passage

POINTS: list[tuple[Language, dict[str, str], dict[str, str]]] = [
    # A point of a point stands under the first act above it.
    (
        "en",
        {"OP1": "Requests the Centre:", "OP1.a": "For the forum:", "OP1.a.i": "To publish its report;"},
        {"OP1": "request", "OP1.a": "request", "OP1.a.i": "request"},
    ),
    # What is asked for is no act; an act of the point's own is.
    (
        "en",
        {"OP1": "Urges States to help by:", "OP1.a": "Supporting the forum;", "OP1.b": "Encourages them to pay;"},
        {"OP1": "urge", "OP1.a": "urge", "OP1.b": "encourage"},
    ),
    # The participle in between asks for nothing.
    (
        "en",
        {"OP1": "Calls upon States, recalling their pledge, to:", "OP1.a": "Share their data;"},
        {"OP1": "call-upon", "OP1.a": "call-upon"},
    ),
    ("fr", {"OP1": "Prie le Centre :", "OP1.a": "Soutenant le forum ;"}, {"OP1": "request", "OP1.a": "request"}),
    (
        "es",
        {"OP1": "Exhorta a los Estados a:", "OP1.a": "Apoyando el foro;"},
        {"OP1": "call-upon", "OP1.a": "call-upon"},
    ),
    ("ru", {"OP1": "просит Центр:", "OP1.a": "поддерживая форум;"}, {"OP1": "request", "OP1.a": "request"}),
    # Chinese verbs have one form: only the end of the chapeau tells.
    ("zh", {"OP1": "请各国：", "OP1.a": "支持论坛；"}, {"OP1": "request", "OP1.a": "request"}),
    ("zh", {"OP1": "重申对话的价值，并在这方面：", "OP1.a": "鼓励各国；"}, {"OP1": "reaffirm", "OP1.a": "encourage"}),
    # Words that announce the points say under which act they stand.
    (
        "en",
        {"OP1": "Decides that the mission has the following tasks, and stresses its needs:", "OP1.a": "To help;"},
        {"OP1": "decide", "OP1.a": "decide"},
    ),
    (
        "fr",
        {"OP1": "Décide que les tâches sont les suivantes et souligne les besoins :", "OP1.a": "Aider ;"},
        {"OP1": "decide", "OP1.a": "decide"},
    ),
    # A verb in the passive is the point's own act.
    (
        "en",
        {"OP1": "Recommends the following:", "OP1.a": "Governments are encouraged:", "OP1.a.i": "To trade;"},
        {"OP1": "recommend", "OP1.a": "encourage", "OP1.a.i": "encourage"},
    ),
    (
        "ru",
        {"OP1": "рекомендует Совету следующее:", "OP1.a": "Правительствам предлагается сотрудничать;"},
        {"OP1": "recommend", "OP1.a": "invite"},
    ),
    # Without an act above, the point's own stands.
    ("zh", {"OP1": "大会：", "OP1.a": "鼓励各国；"}, {"OP1.a": "encourage"}),
]


def acts(code: Language, texts: dict[str, str]) -> dict[str, str]:
    rules = languages.rules(code)
    clauses = [Clause(name, "operative", 1, Passage(text, ()), ()) for name, text in texts.items()]
    own = own_acts(clauses, {name: read_acts(words_of(text, rules), rules) for name, text in texts.items()}, rules)
    above = {name: chapeau.act.act for name, chapeau in chapeaux(clauses, own, rules).items()}
    return above | {name: found[0].act for name, found in own.items() if found}


@pytest.mark.parametrize(("code", "texts", "expected"), POINTS)
def test_a_point_has_its_own_act_or_that_above_it(
    code: Language, texts: dict[str, str], expected: dict[str, str]
) -> None:
    assert acts(code, texts) == expected


TOLD: list[tuple[Language, str, list[str]]] = [
    ("en", "At its 99th plenary meeting, on 3 May 2034, the General Assembly decided to reopen the item.", ["decide"]),
    ("en", "Also decided to meet in May, and noted with appreciation the report.", ["decide", "note"]),
    ("en", "Recalling its resolution 90/12, by which it decided to meet,", ["recall"]),
    ("fr", "À sa 99e séance plénière, l’Assemblée générale a également décidé de se réunir.", ["decide"]),
    ("es", "En su 99ª sesión plenaria, la Asamblea General tomó nota del informe.", ["take-note"]),
    ("ru", "На своем 99-м пленарном заседании Генеральная Ассамблея постановила также собраться в мае.", ["decide"]),
    ("zh", "2034年5月3日，大会第99次全体会议决定举行会议。", ["decide"]),
    ("zh", "2034年5月3日大会第99次全体会议根据主席的提议，选举甲国为副主席。", ["designate"]),
    ("zh", "2034年5月3日，大会第99次全体会议决定，邀请专家发言。", ["decide", "invite"]),
    ("ar", "وفي الجلسة نفسها، قررت الجمعية العامة أن تجتمع.", ["decide"]),
    ("ar", "أحاطت الجمعية العامة علما، في جلستها العامة 99، بالتقرير.", ["take-note"]),
    # What it recalls before the verb keeps its own act.
    (
        "en",
        "At its 99th meeting, the Assembly, recalling its decision 90/501, decided to meet.",
        ["decide", "recall", "decide"],
    ),
    # A verb told of another time is not what it did then.
    ("en", "At its 99th meeting, the Assembly, noting that it had decided to meet:", ["note"]),
]


def told(code: Language, text: str) -> tuple[ActReading, ...]:
    rules = languages.rules(code)
    words = words_of(text, rules)
    return with_told(words.folded, read_acts(words, rules), rules)


@pytest.mark.parametrize(("code", "text", "expected"), TOLD)
def test_what_a_decision_tells_is_its_act(code: Language, text: str, expected: list[str]) -> None:
    assert [reading.act for reading in told(code, text)] == expected


def test_what_a_decision_tells_opens_its_paragraph() -> None:
    assert told("en", "At its 99th plenary meeting, the General Assembly decided to meet.")[0].at == 0


def test_an_annex_that_tells_others_what_to_do_does_nothing_itself() -> None:
    rules = languages.rules("zh")
    texts = {"annex-1.OP1": "工作组的任务是：", "annex-1.OP1.a": "鼓励各国；", "annex-1.OP2": "我们鼓励各国；"}
    clauses = [Clause(name, "annex", 1, Passage(text, ()), ()) for name, text in texts.items()]
    own = own_acts(clauses, {name: read_acts(words_of(text, rules), rules) for name, text in texts.items()}, rules)
    assert [found[0].act for found in own.values() if found] == ["encourage"]


def test_a_letter_and_the_accent_that_stands_apart_are_one() -> None:
    assert read_acts(words_of("Guide\u0301 par la Charte", languages.rules("fr")), languages.rules("fr"))


def test_what_goes_with_a_verb_that_is_told_is_kept() -> None:
    text = "À sa 99e séance plénière, l’Assemblée générale a également décidé de se réunir."
    assert told("fr", text)[0].qualifiers == ("also",)
