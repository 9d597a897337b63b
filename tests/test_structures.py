"""Texts that are not the rule: decisions, statements, pages, stars, collections, malformed and damaged files."""

from __future__ import annotations

import pytest

from kg import languages, read
from kg.errors import UnreadableSource
from kg.model import Outline, Source, Text
from kg.read import akn
from kg.read.numbering import printed_number
from kg.segment import segment, unaccounted
from tests.structurekit import NAMESPACE, WORDS, container, file, meta, note, p, paragraph, plain, statement

ENGLISH = WORDS["en"]


def outline(data: bytes | str, name: str = "test.txt", language: str | None = None) -> Outline:
    return segment(read.read(Source(name, data.encode() if isinstance(data, str) else data, language)))


def shown(found: Outline) -> list[tuple[str, str | None]]:
    return [(c.id, c.number) for c in found.clauses if c.id != "header" and not c.id.startswith("closing")]


def codes(found: Outline) -> list[str]:
    return [finding.code for finding in found.findings]


# Numbers


@pytest.mark.parametrize(
    ("language", "printed", "number"),
    [
        *[("en", "3.", "3"), ("en", "(c)", "(c)"), ("en", "a.", "(a)"), ("en", "(iv)", "(iv)"), ("en", "(1)", "(1)")],
        *[("en", "(aa)", "(aa)"), ("fr", "b)", "(b)"), ("fr", "ii)", "(ii)"), ("es", "1)", "(1)")],
        *[("ru", "а)", "(a)"), ("ru", "с)", "(c)"), ("ru", "d)", "(d)"), ("zh", "（b）", "(b)"), ("zh", "㈢", "(iii)")],
        *[
            ("zh", "(十一)", "(xi)"),
            ("ar", "4 -", "4"),
            ("ar", "’2‘", "(ii)"),
            ("ar", "(هـ)", "(e)"),
            ("ar", "(ج)", "(c)"),
        ],
        *[("ar", "(أأ)", "(aa)"), ("ar", "\u200f7-", "7"), ("en", "–", None), ("en", "•", None), ("en", "A.", None)],
    ],
)
def test_a_printed_number_is_written_alike_in_all_languages(language: str, printed: str, number: str | None) -> None:
    assert printed_number(printed, languages.rules(language)) == number


def test_dashes_belong_to_the_point_they_stand_in() -> None:
    found = outline(plain("en", "1. Requests:", "(a) A report on:", "– The forests;", "– The rivers;", "(b) A plan."))
    assert shown(found) == [("OP1", "1"), ("OP1.a", "1 (a)"), ("OP1.b", "1 (b)")]
    assert found.clauses[2].passage.text.endswith("– The rivers;")


# Texts that no organ opens

DECISIONS = {
    "ar": "في جلستها العامة 46، المعقودة في 7 كانون الأول/ديسمبر 2035، قررت الجمعية العامة أن تعين عضوين.",
    "en": "At its 46th plenary meeting, on 7 December 2035, the General Assembly decided to appoint two members.",
    "es": "En su 46ª sesión plenaria, celebrada el 7 de diciembre de 2035, la Asamblea General decidió nombrar a dos.",
    "fr": "À sa 46e séance plénière, le 7 décembre 2035, l’Assemblée générale a décidé de nommer deux membres.",
    "ru": "На своем 46-м пленарном заседании 7 декабря 2035 года Генеральная Ассамблея постановила назначить членов.",
    "zh": "2035年12月7日，大会第46次全体会议决定任命两名成员。",
}


@pytest.mark.parametrize("language", sorted(DECISIONS))
def test_a_decision_says_at_which_meeting_and_needs_no_opening_line(language: str) -> None:
    title = WORDS[language].title.replace("90/12", "90/412")
    found = outline(f"{title}\n\n{DECISIONS[language]}\n\n{WORDS[language].operative[2]}\n")
    assert (found.heading.symbol, found.heading.kind) == ("A/DEC/90/412", "decision")
    assert shown(found) == [("OP1", None), ("OP2", None)]


STATEMENTS = {
    "ar": "بيان من رئيس مجلس الأمن",
    "en": "Statement by the President of the Security Council",
    "es": "Declaración de la Presidencia del Consejo de Seguridad",
    "fr": "Déclaration du Président du Conseil de sécurité",
    "ru": "Заявление Председателя Совета Безопасности",
    "zh": "安全理事会主席的声明",
}


@pytest.mark.parametrize("language", sorted(STATEMENTS))
def test_the_paragraphs_of_a_statement_are_operative(language: str) -> None:
    words = WORDS[language]
    body = "\n\n".join(f"“{each}" for each in words.operative[1:])
    found = outline(f"S/PRST/2035/7\n\n{STATEMENTS[language]}\n\n{DECISIONS[language]}\n\n{body}\n")
    assert (found.heading.symbol, found.heading.kind) == ("S/PRST/2035/7", "statement")
    assert shown(found) == [("OP1", None), ("OP2", None), ("OP3", None)]


@pytest.mark.parametrize(
    "head", ["Resolution 13 (1946)\nof 12 December 1946", "13 (1946). Resolution of 12 December 1946"]
)
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_a_resolution_of_the_early_security_council_is_read(head: str, between: str) -> None:
    found = outline(f"{head}\n\nThe Security Council,{between}Having considered the matter,\n\nDecides to adjourn.\n")
    assert (found.heading.symbol, found.heading.adopted) == ("S/RES/13(1946)", "1946-12-12")
    assert shown(found) == [("PP1", None), ("OP1", None)]


# Pages


def test_what_belongs_to_the_pages_is_left_out_and_listed() -> None:
    turned = "\n\n2/3\n\n22-28883\n\n\fA/RES/90/12\n\n"
    body = plain(
        "en", ENGLISH.preambular[0], f"1. Invites Member States{turned}to support the mountains;", "2. Decides."
    )
    found = outline("A/RES/90/12\n\n" + body + "\n22-28883 3/3\n")
    assert shown(found) == [("PP1", None), ("OP1", "1"), ("OP2", "2")]
    assert found.clauses[2].passage.text == "Invites Member States to support the mountains;"
    left = [(found.text.characters[each.span.start : each.span.end].strip(), each.reason) for each in found.leftovers]
    assert left == [
        ("2/3", "page counter"),
        ("22-28883", "job number"),
        ("A/RES/90/12", "symbol at the head of the page"),
        ("22-28883 3/3", "page counter"),
    ]
    assert unaccounted(found) == ()


def test_stars_below_a_rule_are_notes_and_the_rule_is_left_over() -> None:
    listed = "The Committee consists of Brazil,* Chad** and Cuba.*"
    found = outline(f"90/412. Members\n\n{DECISIONS['en']}\n\n{listed}\n\n______\n\n* Until 2036.\n")
    assert [(each.id, each.clause) for each in found.footnotes] == [("fn*", "OP2")]
    assert [each.reason for each in found.leftovers] == ["a line or stars that set parts of the text apart"]


def test_notes_may_begin_with_any_number_and_a_star_shifts_none() -> None:
    starred = ENGLISH.preambular[0] + note("*", "Reissued.") + note("2", ENGLISH.note)
    found = outline(file(statement("en", container(starred), paragraph(ENGLISH.operative[2], "1."))), "x.xml")
    assert [(each.id, each.marker, each.clause) for each in found.footnotes] == [
        ("fn*", "*", "PP1"),
        ("fn2", "2", "PP1"),
    ]
    assert codes(found) == []


# Several documents, and several texts in one


def collection() -> bytes:
    parts = []
    for letter in "AB":
        body = paragraph(f"{ENGLISH.operative[1]}", "1.")
        inside = f"<preface>{p(f'<docNumber>{letter}</docNumber>')}</preface>"
        inside += f"<preamble><formula>{p(ENGLISH.opening)}</formula></preamble><mainBody>{body}</mainBody>"
        parts.append(f"<component><statement>{meta('en')}{inside}</statement></component>")
    shared = "<coverPage><p><docNumber>A/RES/90/254 A-B</docNumber></p></coverPage>"
    whole = f"<documentCollection>{meta('en')}{shared}</documentCollection><components>{''.join(parts)}</components>"
    return file(whole)


def test_each_part_of_a_collection_is_a_text_with_its_letter() -> None:
    found = [segment(each) for each in read.texts(Source("x.xml", collection()))]
    assert [each.heading.symbol for each in found] == ["A/RES/90/254A", "A/RES/90/254B"]
    assert [shown(each) for each in found] == [[("OP1", "1")], [("OP1", "1")]]
    assert [codes(each) for each in found] == [[], []]


def test_lettered_texts_in_one_plain_text_keep_their_letters() -> None:
    parts = [(letter, ENGLISH.opening, ENGLISH.preambular[0], "1. Decides.") for letter in "AB"]
    words = "\n\n".join((ENGLISH.title, *parts[0], *parts[1]))
    assert [c for c, _ in shown(outline(words))] == ["A.PP1", "A.OP1", "B", "B.PP1", "B.OP1"]


def test_the_words_decide_the_language_against_folder_and_header() -> None:
    words = WORDS["fr"]
    data = file(statement("fr", container(words.preambular[0]), paragraph(words.operative[2], "1.")))
    found = outline(data.replace(b'"fra"', b'"eng"'), "x.xml", "es")
    assert found.text.language == "fr"
    assert codes(found) == ["language-claimed", "language-claimed"]


# Malformed and damaged files

GOOD = file(statement("en", container(ENGLISH.preambular[0]), "\n" + paragraph(ENGLISH.operative[2], "1.")))


@pytest.mark.parametrize(
    ("whole", "broken", "line"),
    [
        (b"</content></paragraph>", b"</content></docTitle>", 3),
        (b"</content></paragraph>", b"</paragraph>", 3),
        (b"of the matter.", b"of the <b>matter.", 3),
    ],
)
def test_a_malformed_file_is_mended_where_no_word_is_lost(whole: bytes, broken: bytes, line: int) -> None:
    found = outline(GOOD.replace(whole, broken), "x.xml")
    assert shown(found) == [("PP1", None), ("OP1", "1")]
    assert codes(found) == ["xml-malformed"]
    assert f"at line {line}, column " in found.findings[0].message


@pytest.mark.parametrize("broken", [b"of the & matter.", b"of the < matter."])
def test_a_malformed_file_is_refused_where_words_would_be_lost(broken: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"line 3, column .*words would be lost"):
        read.texts(Source("x.xml", GOOD.replace(b"of the matter.", broken)))


def test_a_file_that_breaks_off_is_refused() -> None:
    with pytest.raises(UnreadableSource, match=r"line 3, column .*the file breaks off before its end"):
        read.texts(Source("x.xml", GOOD.replace(b"</akomaNtoso>", b"")))


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match="is empty"):
        read.texts(Source("x.xml", data))


def test_a_file_without_a_statement_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="holds no statement"):
        read.texts(Source("x.xml", f'<akomaNtoso xmlns="{NAMESPACE}"/>'.encode()))


def test_a_reader_that_drops_words_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def text() -> Text:
        return read.read(Source("x.xml", GOOD))

    assert "text-lost" not in {finding.code for finding in text().findings}
    take = akn._Walk._take
    monkeypatch.setattr(akn._Walk, "_take", lambda walk, words: take(walk, (words or "").replace("seized ", "")))
    lost = [finding for finding in text().findings if finding.code == "text-lost"]
    assert [finding.severity for finding in lost] == ["error"]
    assert "toremain” comes “seized" in lost[0].message


@pytest.mark.parametrize(("words", "kept"), [("a b c", "a c"), ("a b", "b a"), ("a", "a b"), ("a b", "")])
def test_words_lost_turned_round_or_added_are_told(words: str, kept: str) -> None:
    assert len(list(akn.lost_words(words, kept))) == 1
    assert list(akn.lost_words(words, words.replace(" ", "\n "))) == []
