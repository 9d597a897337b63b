"""Taking a text apart: each block in its paragraph or note, and no character in none of them, or in two."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import read
from kg.errors import NotAResolution
from kg.model import Clause, Footnote, Leftover, Outline, Record, Source, Span
from kg.segment import segment, unaccounted

HEADING = """第九十届会议

议程项目 18 (c)

2035 年 12 月 17 日大会决议

[根据第二委员会的报告(A/90/455, 第 12 段)通过]

90/12. 山区可持续发展

大会，
"""


def outline(body: str, *, heading: str = HEADING, name: str = "test.txt") -> Outline:
    return segment(read.read(Source(name, f"{heading}\n{body}".encode())))


def ids(outline: Outline) -> list[str]:
    return [clause.id for clause in outline.clauses if clause.id != "header"]


def clause(outline: Outline, identifier: str) -> Clause:
    return next(clause for clause in outline.clauses if clause.id == identifier)


def parts(outline: Outline) -> list[Clause | Footnote]:
    return [*outline.clauses, *outline.footnotes]


def findings(outline: Outline) -> list[tuple[str, str]]:
    return [(finding.code, finding.at) for finding in outline.findings]


@pytest.fixture(scope="module")
def seed_outline(seed_record: Record) -> Outline:
    return seed_record.reading.outline


# The seed


def test_the_seed_has_41_preambular_and_37_operative_paragraphs_and_11_notes(seed_outline: Outline) -> None:
    kinds = Counter(clause.kind for clause in seed_outline.clauses)
    assert (kinds["preambular"], kinds["operative"], len(seed_outline.footnotes)) == (41, 37, 11)
    body = [clause.id for clause in seed_outline.clauses if clause.kind != "heading"]
    assert body == [*(f"PP{n}" for n in range(1, 42)), *(f"OP{n}" for n in range(1, 38))]


def test_a_note_of_the_seed_belongs_to_the_paragraph_that_calls_it(seed_outline: Outline) -> None:
    callers = ["PP3", "PP3", "PP4", "PP5", "PP7", "PP8", "PP9", "PP26", "OP1", "OP3", "OP11"]
    assert [(note.id, note.clause) for note in seed_outline.footnotes] == [
        (f"fn{n}", caller) for n, caller in enumerate(callers, start=1)
    ]
    for note in seed_outline.footnotes:
        assert note.call is not None
        assert note.clause is not None
        assert (note.marker, note.call) in [(c.marker, c.at) for c in clause(seed_outline, note.clause).calls]


def test_the_paragraph_of_the_seed_that_a_page_break_cut_is_joined_and_told(seed_outline: Outline) -> None:
    assert findings(seed_outline) == [("clause-joined", "OP29")]
    joined = clause(seed_outline, "OP29")
    assert "以便为进一步努力开展协作" in joined.passage.text
    assert len(joined.spans) == 2


def test_the_heading_matter_of_the_seed_stands_in_its_header_and_closing(seed_outline: Outline) -> None:
    heading = seed_outline.heading
    assert (heading.symbol, heading.kind, heading.organ) == ("A/RES/76/213", "resolution", "general-assembly")
    assert (heading.title, heading.adopted) == ("科学、技术和创新促进可持续发展", "2021-12-17")
    assert (heading.session, heading.meeting) == ("76", 54)
    assert (heading.agenda_item, heading.agenda_title) == ("22 (a)", "全球化与相互依存：科学、技术和创新促进可持续发展")
    assert (heading.report, dict(heading.report_locator)) == ("A/76/534/Add.1", {"paragraph": ("7",)})
    assert (seed_outline.clauses[0].id, seed_outline.clauses[-1].id) == ("header", "closing")


# Paragraphs


def test_a_paragraph_keeps_the_number_that_is_printed_before_it() -> None:
    found = outline("回顾其决议，\n\n1. **决定**继续努力；\n\n2. **请**秘书长提出报告。")
    assert [(c.id, c.kind, c.number, c.passage.text) for c in found.clauses[1:]] == [
        ("PP1", "preambular", None, "回顾其决议，"),
        ("OP1", "operative", "1", "决定继续努力；"),
        ("OP2", "operative", "2", "请秘书长提出报告。"),
    ]
    assert found.findings == ()


def test_points_belong_to_the_paragraph_above_them_and_roman_ones_to_the_point_above_them() -> None:
    body = "1. 请秘书长：\n\n(a) 提出：\n\n(i) 报告；\n\n(ii) 建议；\n\n(b) 继续努力；\n\n2. 决定：\n\n(a) 审议。"
    found = outline(body)
    assert ids(found) == ["OP1", "OP1.a", "OP1.a.i", "OP1.a.ii", "OP1.b", "OP2", "OP2.a"]
    numbers = ["1", "1 (a)", "1 (a) (i)", "1 (a) (ii)", "1 (b)", "2", "2 (a)"]
    assert [clause.number for clause in found.clauses[1:]] == numbers
    assert {clause.kind for clause in found.clauses[1:]} == {"operative"}


def test_points_are_counted_as_letters_or_as_roman_numbers() -> None:
    found = outline("1. 请：\n\n(a) 甲：\n\n(i) 乙；\n\n(ii) 丙；\n\n(iv) 丁；\n\n(b) 戊。")
    assert [(c.id, c.position) for c in found.clauses[2:]] == [
        ("OP1.a", 1),
        ("OP1.a.i", 1),
        ("OP1.a.ii", 2),
        ("OP1.a.iv", 4),
        ("OP1.b", 2),
    ]


def test_the_point_i_behind_the_point_h_is_a_letter() -> None:
    points = "\n\n".join(f"({letter}) 采取措施；" for letter in "abcdefghij")
    assert ids(outline(f"1. 请：\n\n{points}"))[1:] == [f"OP1.{letter}" for letter in "abcdefghij"]


def test_points_of_a_preambular_paragraph_are_preambular() -> None:
    found = outline("回顾：\n\n(a) 其决议，\n\n(b) 其决定，\n\n1. 决定继续。")
    assert [(c.id, c.kind) for c in found.clauses[1:]] == [
        ("PP1", "preambular"),
        ("PP1.a", "preambular"),
        ("PP1.b", "preambular"),
        ("OP1", "operative"),
    ]


def test_a_number_out_of_sequence_is_told_and_later_ones_follow_it() -> None:
    found = outline("1. 决定；\n\n3. 请；\n\n4. 敦促。")
    assert ids(found) == ["OP1", "OP3", "OP4"]
    assert findings(found) == [("number-out-of-sequence", "OP3")]
    assert found.findings[0].message == "paragraph 3 follows paragraph 1; it is counted as 3"


def test_a_number_that_was_there_before_is_told_and_no_two_paragraphs_share_a_name() -> None:
    found = outline("1. 决定；\n\n2. 请；\n\n2. 敦促。")
    assert findings(found) == [("number-out-of-sequence", "OP3")]
    assert len(set(ids(found))) == len(found.clauses) - 1


def test_a_paragraph_without_a_number_among_the_numbered_ones_is_preambular_and_told() -> None:
    found = outline("回顾其决议，\n\n1. 决定；\n\n又回顾其第 70/1 号决议，\n\n2. 请。")
    assert ids(found) == ["PP1", "OP1", "PP2", "OP2"]
    assert findings(found) == [("preambular-in-body", "PP2")]


def test_a_short_line_without_a_stop_is_a_heading() -> None:
    found = outline("回顾其决议，\n\n一般原则\n\n1. 决定；\n\n执行情况\n\n2. 请。")
    assert [(c.id, c.kind) for c in found.clauses[2:]] == [
        ("H1", "heading"),
        ("OP1", "operative"),
        ("H2", "heading"),
        ("OP2", "operative"),
    ]


def test_a_paragraph_cut_by_a_page_break_or_a_note_is_joined_and_told() -> None:
    found = outline("1. 决定在各级继续\n\n努力¹ 并加强合作；\n\n2. 请秘书长\n\n¹ 见 A/90/1。\n\n提出报告。")
    assert [c.passage.text for c in found.clauses[1:]] == ["决定在各级继续努力 并加强合作；", "请秘书长提出报告。"]
    assert findings(found) == [("clause-joined", "OP1"), ("clause-joined", "OP2")]
    assert [(note.clause, note.call) for note in found.footnotes] == [("OP1", len("决定在各级继续努力"))]


def test_a_note_that_goes_on_below_is_one_note() -> None:
    found = outline("回顾其决议，¹\n\n¹ 见《正式记录，\n\n第九十届会议》(A/90/1)。\n\n1. 决定继续。")
    assert [note.passage.text for note in found.footnotes] == ["见《正式记录，第九十届会议》(A/90/1)。"]
    assert ids(found) == ["PP1", "OP1"]


def test_a_note_that_nothing_calls_is_told() -> None:
    found = outline("回顾其决议，\n\n¹ 见 A/90/1。\n\n1. 决定继续。")
    assert findings(found) == [("footnote-uncalled", "fn1")]
    assert found.footnotes[0].clause is None


def test_a_mark_used_twice_calls_its_note_from_the_first_place() -> None:
    found = outline("回顾《协定》¹ 及其执行，\n\n1. 重申《协定》¹ 的规定。\n\n¹ 见 A/90/1。")
    assert [note.clause for note in found.footnotes] == ["PP1"]


def test_the_date_and_the_meeting_close_the_text() -> None:
    found = outline("1. 决定继续。\n\n2035 年 12 月 17 日\n第 61 次全体会议")
    assert ids(found) == ["OP1", "closing"]
    assert (found.heading.adopted, found.heading.meeting) == ("2035-12-17", 61)


ANNEX = "1. 通过本决议附件；\n\n2. 请秘书长。\n\n附件{n}\n\n行动纲领\n\n回顾目标，\n\n1. 各国应合作。\n\n(a) 继续努力。"


@pytest.mark.parametrize("title", ["附件", "附件一", "**附件**"])
def test_an_annex_counts_its_own_paragraphs(title: str) -> None:
    found = outline(ANNEX.replace("附件{n}", title))
    assert ids(found) == ["OP1", "OP2", "annex-1", "annex-1.H1", "annex-1.P1", "annex-1.OP1", "annex-1.OP1.a"]
    assert {clause.kind for clause in found.clauses[-3:]} == {"annex"}
    assert found.findings == ()


def test_a_second_annex_begins_again() -> None:
    found = outline("1. 通过。\n\n附件一\n\n1. 各国应合作。\n\n附件二\n\n1. 各国应报告。")
    assert ids(found) == ["OP1", "annex-1", "annex-1.OP1", "annex-2", "annex-2.OP1"]


# The heading matter


@pytest.mark.parametrize(
    ("opening", "symbol", "organ"),
    [
        ("大会，", "A/RES/90/12", "general-assembly"),
        ("人权理事会，", "A/HRC/RES/90/12", "human-rights-council"),
    ],
)
def test_the_organ_that_opens_the_text_gives_the_number_its_symbol(opening: str, symbol: str, organ: str) -> None:
    found = outline("1. 决定继续。", heading=f"90/12. 山区可持续发展\n\n{opening}\n")
    assert (found.heading.symbol, found.heading.organ) == (symbol, organ)


def test_the_file_name_gives_the_symbol_where_the_text_has_none() -> None:
    heading = "山区可持续发展\n\n大会，\n"
    assert outline("1. 决定。", heading=heading, name="A_RES_90_12.zh.txt").heading.symbol == "A/RES/90/12"
    with pytest.raises(NotAResolution, match="no number stands before the title and the file's name holds no symbol"):
        outline("1. 决定。", heading=heading, name="resolution.txt")


def test_a_file_name_that_says_another_symbol_is_not_believed_and_told() -> None:
    found = outline("1. 决定继续。", name="A_RES_90_13.zh.txt")
    assert found.heading.symbol == "A/RES/90/12"
    assert findings(found) == [("name-differs", "document")]


@pytest.mark.parametrize("heading", ["", "90/12. 山区可持续发展\n", "90/12. 山区可持续发展\n\n委员会，\n"])
def test_a_text_that_no_organ_opens_is_refused(heading: str) -> None:
    with pytest.raises(NotAResolution) as raised:
        outline("回顾其决议，\n\n1. 决定继续。", heading=heading)
    assert raised.value.where == "test.txt"
    assert raised.value.what.startswith(
        "no organ opens the text; expected a line with nothing but the name of one (大会"
    )


# Nothing is lost


PIECES = [
    *("回顾其第 70/1 号决议，", "又回顾其决议，¹", "回顾：", "一般原则", "附件", "附件二"),
    *("1. **决定**继续努力；", "2. 请秘书长²提出报告。", "7. 敦促各国在各级", "1. 促请各国。"),
    *("(a) 提出报告；", "(i) 建议；", "(ii) 评价；", "(z) 其他。", "继续努力。", "并且"),
    *("¹ 见 A/90/1。", "² 见《正式记录，", "第九十届会议》(A/90/2)。", "³ 同上。"),
    *("2035 年 12 月 17 日", "第 61 次全体会议", "**", "\u200f", "3/5", "大会，"),
]
BODIES = st.lists(st.sampled_from(PIECES) | st.text("大会回顾，。；：1.(a)¹ \n*", max_size=20), max_size=25)


@given(BODIES, st.sampled_from(["\n", "\n\n", "\n\n\n"]))
def test_every_character_of_any_text_stands_in_one_part(pieces: list[str], between: str) -> None:
    found = outline(between.join(pieces))
    assert unaccounted(found) == ()
    assert "text-lost" not in {finding.code for finding in found.findings}


@given(BODIES)
def test_every_part_of_any_text_has_a_name_of_its_own(pieces: list[str]) -> None:
    found = outline("\n\n".join(pieces))
    names = [part.id for part in parts(found)]
    assert [name for name, count in Counter(names).items() if count > 1] == []


@given(BODIES)
def test_the_words_of_any_text_stand_in_the_order_of_the_file(pieces: list[str]) -> None:
    found = outline("\n\n".join(pieces))
    for part in parts(found):
        assert list(part.spans) == sorted(part.spans)


def test_nothing_of_the_seed_is_lost(seed_outline: Outline) -> None:
    assert unaccounted(seed_outline) == ()


def test_an_outline_without_one_of_its_paragraphs_has_lost_it(seed_outline: Outline) -> None:
    for lost in seed_outline.clauses:
        damaged = replace(seed_outline, clauses=tuple(c for c in seed_outline.clauses if c is not lost))
        assert unaccounted(damaged), lost.id


def test_an_outline_without_one_of_its_notes_has_lost_it(seed_outline: Outline) -> None:
    for lost in seed_outline.footnotes:
        damaged = replace(seed_outline, footnotes=tuple(n for n in seed_outline.footnotes if n is not lost))
        assert unaccounted(damaged), lost.id


def test_an_outline_with_a_paragraph_twice_counts_it_twice(seed_outline: Outline) -> None:
    for doubled in seed_outline.clauses:
        damaged = replace(seed_outline, clauses=(*seed_outline.clauses, doubled))
        assert unaccounted(damaged), doubled.id


@settings(deadline=None)
@given(data=st.data())
def test_an_outline_with_one_character_less_has_lost_it(data: st.DataObject, seed_outline: Outline) -> None:
    at = data.draw(st.integers(1, len(seed_outline.clauses) - 1))
    kept = seed_outline.clauses[at]
    short = kept._replace(spans=(*kept.spans[:-1], Span(kept.spans[-1].start, kept.spans[-1].end - 1)))
    damaged = replace(seed_outline, clauses=(*seed_outline.clauses[:at], short, *seed_outline.clauses[at + 1 :]))
    assert [span.start for span in unaccounted(damaged)] == [kept.spans[-1].end - 1]


def test_what_is_left_over_with_a_reason_is_not_lost(seed_outline: Outline) -> None:
    lost = seed_outline.clauses[5]
    damaged = replace(seed_outline, clauses=tuple(c for c in seed_outline.clauses if c is not lost))
    leftovers = tuple(Leftover(span, "printed page number") for span in lost.spans)
    assert unaccounted(replace(damaged, leftovers=leftovers)) == ()
