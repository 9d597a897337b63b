"""Akoma Ntoso in six languages: the same clauses from the file and from its plain text, and no word lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg import languages, read, run
from kg.model import Outline, Source
from kg.record import as_json
from kg.segment import segment, unaccounted
from tests.structurekit import (
    WORDS,
    Words,
    container,
    file,
    note,
    p,
    paragraph,
    plain,
    points,
    statement,
)

LANGUAGES = sorted(WORDS)
GOLDEN = Path(__file__).parent / "golden"


def outline(data: bytes, language: str = "en") -> Outline:
    return segment(read.read(Source("A_RES_90_12.xml", data, language)))


def text(words: str, name: str = "A_RES_90_12.txt") -> Outline:
    return segment(read.read(Source(name, words.encode())))


def shown(found: Outline) -> list[tuple[str, str | None]]:
    """Ids and numbers of the clauses between the heading matter and the closing."""
    return [(c.id, c.number) for c in found.clauses if c.id != "header" and not c.id.startswith("closing")]


def codes(found: Outline) -> list[str]:
    return [finding.code for finding in found.findings]


def numbers(words: Words) -> list[str]:
    return [words.paragraph.format(n) for n in range(1, 5)]


def document(language: str) -> bytes:
    """Preamble with a note, points inside points, words behind them, and an annex that counts its own paragraphs."""
    words = WORDS[language]
    one, two, three, _ = numbers(words)
    inner = [(words.romans[0], words.points[0]), (words.romans[1], words.points[1])]
    listed = [(words.point_numbers[0], words.operative[0]), *inner, (words.point_numbers[1], words.points[1])]
    body = points(words.operative[0], one, listed, words.wrap) + paragraph(words.operative[1], two)
    annex = paragraph(words.annex) + paragraph(words.operative[1], one) + paragraph(words.operative[2], two)
    end = (
        f"<conclusions>{p(words.closing)}</conclusions>"
        f"<attachments><attachment><doc><mainBody>{annex}</mainBody></doc></attachment></attachments>"
    )
    preamble = container(words.preambular[0] + note("1", words.note)) + container(words.preambular[1])
    return file(statement(language, preamble, body + paragraph(words.operative[2], three), end))


CLAUSES = [
    *(("PP1", None), ("PP2", None)),
    *(("OP1", "1"), ("OP1.a", "1 (a)"), ("OP1.a.i", "1 (a) (i)"), ("OP1.a.ii", "1 (a) (ii)"), ("OP1.b", "1 (b)")),
    *(("OP2", "2"), ("OP3", "3"), ("annex-1", None), ("annex-1.OP1", "1"), ("annex-1.OP2", "2")),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_has_the_same_clauses_in_every_language(language: str) -> None:
    found = outline(document(language), language)
    assert shown(found) == CLAUSES
    assert codes(found) == []
    assert [(each.id, each.clause) for each in found.footnotes] == [("fn1", "PP1")]
    assert unaccounted(found) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_behind_points_belong_to_the_paragraph_that_holds_them(language: str) -> None:
    clauses = {c.id: c.passage.text for c in outline(document(language), language).clauses}
    assert clauses["OP1"].endswith(WORDS[language].wrap)
    assert clauses["OP1.b"] == WORDS[language].points[1]


def written(language: str) -> list[str]:
    """The paragraphs of the document as plain text, without its note."""
    words = WORDS[language]
    one, two, three, _ = numbers(words)
    a, b = words.point_numbers
    return [
        *(*words.preambular, f"{one} {words.operative[0]}", f"{a} {words.operative[0]}"),
        *(f"{words.romans[0]} {words.points[0]}", f"{words.romans[1]} {words.points[1]}", f"{b} {words.points[1]}"),
        *(f"{two} {words.operative[1]}", f"{three} {words.operative[2]}", words.closing),
        *(words.annex, f"{one} {words.operative[1]}", f"{two} {words.operative[2]}"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_text_gives_the_clauses_of_the_file(language: str) -> None:
    assert shown(text(plain(language, *written(language)))) == CLAUSES


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_at_the_end_with_plain_digits_are_notes(language: str) -> None:
    words = WORDS[language]
    first = f"{words.preambular[0][:-1]}1{words.preambular[0][-1]}"
    found = text(plain(language, first, *written(language)[1:], f"1 {words.note}"))
    assert shown(found) == CLAUSES
    assert [(each.id, each.clause, each.passage.text) for each in found.footnotes] == [("fn1", "PP1", words.note)]


SECTIONS = [
    *(("I", None), ("H1", None), ("I.OP1", "1"), ("I.OP2", "2")),
    *(("II", None), ("H2", None), ("PP1", None), ("II.OP1", "1"), ("II.OP2", "2"), ("II.OP2.a", "2 (a)")),
]


def sectioned(language: str) -> bytes:
    words = WORDS[language]
    one, two, _, _ = numbers(words)
    first = paragraph(words.operative[1], one) + paragraph(words.operative[2], two)
    second = paragraph(words.operative[1], one)
    second += points(words.operative[0], two, [(words.point_numbers[0], words.points[0])])
    heads = [f"<subheading>{label}</subheading><subheading>{title}</subheading>" for label, title in labels(language)]
    reason = f'<crossHeading refersTo="#preamble">{words.preambular[0]}</crossHeading>'
    body = f"<section>{heads[0]}{first}</section><section>{heads[1]}{reason}{second}</section>"
    return file(statement(language, " ", body))


def labels(language: str) -> list[tuple[str, str]]:
    printed = {"zh": ("一", "二"), "ar": ("أولا", "ثانيا")}.get(language, ("I", "II"))
    return list(zip(printed, WORDS[language].section, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_numbers_begin_anew_the_section_belongs_to_the_name(language: str) -> None:
    found = outline(sectioned(language), language)
    assert shown(found) == SECTIONS
    assert codes(found) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sections_of_plain_text_are_those_of_the_file(language: str) -> None:
    words = WORDS[language]
    one, two, _, _ = numbers(words)
    (first, forests), (second, water) = labels(language)
    found = text(
        plain(
            language,
            *(first, forests, f"{one} {words.operative[1]}", f"{two} {words.operative[2]}"),
            *(second, water, words.preambular[0], f"{one} {words.operative[1]}", f"{two} {words.operative[0]}"),
            f"{words.point_numbers[0]} {words.points[0]}",
        )
    )
    assert shown(found) == SECTIONS


@pytest.mark.parametrize("language", LANGUAGES)
def test_sections_whose_numbers_run_on_name_nothing(language: str) -> None:
    words = WORDS[language]
    one, two, _, _ = numbers(words)
    (first, _), (second, _) = labels(language)
    found = text(plain(language, first, f"{one} {words.operative[1]}", second, f"{two} {words.operative[2]}"))
    assert shown(found) == [("I", None), ("OP1", "1"), ("II", None), ("OP2", "2")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_below_the_last_comma_a_paragraph_without_any_number_is_operative(language: str) -> None:
    words = WORDS[language]
    expected = [("PP1", None), ("PP2", None), ("OP1", None)]
    data = file(statement(language, "".join(map(container, words.preambular)), paragraph(words.operative[2])))
    assert shown(outline(data, language)) == expected
    assert shown(text(plain(language, *words.preambular, words.operative[2]))) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_that_a_file_has_lost_are_counted_where_they_are_missing(language: str) -> None:
    words = WORDS[language]
    _, _, three, four = numbers(words)
    body = paragraph(words.operative[1]) + paragraph(words.operative[1])
    body += paragraph(words.operative[1], three) + paragraph(words.operative[2], four)
    found = outline(file(statement(language, container(words.preambular[0]), body)), language)
    assert shown(found) == [("PP1", None), ("OP1", None), ("OP2", None), ("OP3", "3"), ("OP4", "4")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_among_the_words_is_a_number_behind_marks_of_direction_too(language: str) -> None:
    words = WORDS[language]
    body = "".join(paragraph(f"\u200f{words.paragraph.format(n)} {words.operative[n]}") for n in (1, 2))
    found = outline(file(statement(language, container(words.preambular[0]), body)), language)
    assert shown(found) == [("PP1", None), ("OP1", "1"), ("OP2", "2")]
    assert found.clauses[2].passage.text == words.operative[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_recommended_to_another_organ_names_its_own_paragraphs(language: str) -> None:
    words = WORDS[language]
    one, two, _, _ = numbers(words)
    council = next(rule for rule in languages.rules(language).openings if rule.name == "economic-and-social-council")
    names = {
        "ar": "إن المجلس الاقتصادي والاجتماعي،",
        "en": "The Economic and Social Council",
        "es": "El Consejo Económico y Social",
        "fr": "Le Conseil économique et social",
        "ru": "Экономический и Социальный Совет",
        "zh": "经济及社会理事会",
    }
    assert council.pattern.fullmatch(names[language])
    quoted = (words.opening, words.preambular[0], f"{one} {words.operative[1]}", f"{two} {words.operative[2]}")
    title = words.title.replace("90/12", "2035/12")
    found = text("\n\n".join((title, names[language], words.operative[0], *quoted)), "draft.txt")
    assert found.heading.symbol == "E/RES/2035/12"
    assert [c for c, _ in shown(found)] == ["OP1", "draft-1", "draft-1.PP1", "draft-1.OP1", "draft-1.OP2"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["points", "sections"])
def test_the_record_of_a_document_is_the_golden_one(language: str, name: str, regenerate: bool) -> None:
    data = document(language) if name == "points" else sectioned(language)
    record = run.record(Source(f"{name}.{language}.xml", data, language))
    written = json.dumps(as_json(record), ensure_ascii=False, indent=1) + "\n"
    golden = GOLDEN / f"{name}.{language}.json"
    if regenerate:
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")
