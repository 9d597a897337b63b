"""Reading: every character keeps its place, and how a text was saved or set changes nothing that is found in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import languages, read, run, sources
from kg.errors import InputError, UnknownLanguage, UnreadableSource
from kg.model import Block, Outline, Passage, Record, Source, Text

WORDS = "第九十届会议\n\n90/12. 山区可持续发展\n\n大会，\n\n回顾其第 70/1 号决议，\n\n1. **决定**继续努力。\n"


def text(words: str | bytes, *, name: str = "test.txt", language: str | None = None) -> Text:
    data = words.encode() if isinstance(words, str) else words
    return read.read(Source(name, data, language))


def block(words: str) -> Block:
    """The block that holds `words`, among enough Chinese for the language to be known."""
    return next(block for block in text(f"大会，\n\n{words}").blocks[1:] if block.marker is None)


def problem(words: str | bytes, *, language: str | None = None) -> str:
    with pytest.raises(InputError) as raised:
        text(words, language=language)
    assert raised.value.where == "test.txt"
    return raised.value.what


def passages(read: Text) -> list[str]:
    return [block.passage.text for block in read.blocks if block.passage.text]


# Decoding


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("start", [0, len("第九十届会议\n\n90/12. 山区可持续发展\n\n")])
def test_every_unicode_encoding_gives_the_same_words(encoding: str, start: int) -> None:
    words = WORDS[start:]
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    assert passages(text((mark + words).encode(encoding))) == passages(text(words))


@pytest.mark.parametrize("ending", ["\r\n", " \n", "\t\n"])
def test_every_line_ending_gives_the_same_words(ending: str) -> None:
    assert passages(text(WORDS.replace("\n", ending))) == passages(text(WORDS))


@pytest.mark.parametrize("start", ["1. 决定继续努力。", "¹ 见第 70/1 号决议。"])
def test_a_byte_order_mark_hides_no_number_and_no_note(start: str) -> None:
    plain, marked = (text(mark + start).blocks[0] for mark in ("", "\ufeff"))
    assert (marked.number, marked.marker) == (plain.number, plain.marker) != (None, None)


def test_the_digest_is_that_of_the_bytes_as_they_came() -> None:
    assert text(WORDS).digest == text(WORDS).digest != text(WORDS.encode("utf-16")).digest
    assert text(WORDS).digest.startswith("sha256:")


# What cannot be read


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert problem(data) == "is empty; expected the text of a resolution or decision"


def test_a_file_with_nothing_but_a_byte_order_mark_is_empty() -> None:
    assert problem(b"\xef\xbb\xbf\n") == "is empty; expected the text of a resolution or decision"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n\x00\xe2\xe3\xcf\xd3", b"PK\x03\x04\x00\xff", b"\x89PNG\r\n\x1a\n\x00"])
def test_a_binary_file_is_refused(data: bytes) -> None:
    assert problem(data) == "is a binary file; expected text, saved as UTF-8"


def test_a_file_with_control_characters_is_binary_and_the_first_is_told() -> None:
    assert problem("大会，\x01") == "is a binary file (U+0001 at character 3); expected text, saved as UTF-8"


@pytest.mark.parametrize(
    ("data", "byte"), [("大会，回顾".encode("gb18030"), 0), ("Rappelant la résolution".encode("latin-1"), 14)]
)
def test_another_encoding_is_refused_with_the_byte_that_cannot_be_read(data: bytes, byte: int) -> None:
    assert problem(data) == f"is not UTF-8 (byte {byte} cannot be read); expected text, saved as UTF-8"


def test_utf_16_cut_short_is_refused() -> None:
    assert problem("\ufeff大会，".encode("utf-16-le")[:-1]).startswith("is not UTF-16 (byte 6 cannot be read)")


@pytest.mark.parametrize("words", ["გენერალური ასამბლეა", "12345 67890", "—"])
def test_a_language_without_a_file_is_refused_and_those_with_one_are_told(words: str) -> None:
    known = ", ".join(languages.rules(code).name for code in languages.available())
    assert problem(words) == f"is in no language that can be read; there is {known}"
    assert "(its name says ru)" in problem(words, language="ru")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"absent\.txt: no such file or directory"):
        sources.source(tmp_path / "absent.txt")
    with pytest.raises(UnreadableSource, match="is a folder; name the files in it"):
        sources.source(tmp_path)


def test_a_wrong_file_is_an_input_error_of_its_own_kind() -> None:
    with pytest.raises(UnreadableSource):
        text(b"")
    with pytest.raises(UnknownLanguage):
        text("გენერალური ასამბლეა")


@pytest.mark.parametrize(
    ("name", "language"), [("A_RES_76_213.zh.txt", "zh"), ("A_RES_76_213.fr.md", "fr"), ("A_RES_76_213.txt", None)]
)
def test_a_file_name_claims_a_language(tmp_path: Path, name: str, language: str | None) -> None:
    (tmp_path / name).write_bytes(WORDS.encode())
    assert sources.source(tmp_path / name) == Source(name, WORDS.encode(), language)


def test_the_words_decide_the_language_and_not_the_name() -> None:
    assert text(WORDS, language="ru").language == "zh"


# Blocks


@pytest.mark.parametrize(
    ("broken", "joined"),
    [
        ("回顾科学、\n技术和创新，", "回顾科学、技术和创新，"),
        ("回顾科学、  \n\t技术和创新，", "回顾科学、技术和创新，"),
        ("回顾科学、\r\n技术和创新，", "回顾科学、技术和创新，"),
        ("回顾《2030\n年议程》，", "回顾《2030 年议程》，"),
        ("回顾\n2030 年，", "回顾 2030 年，"),
        ("回顾其 2030 年 \n12 月，", "回顾其 2030 年 12 月，"),
    ],
)
def test_wrapped_lines_are_joined_with_a_space_only_beside_digits_and_latin_letters(broken: str, joined: str) -> None:
    assert block(broken).passage.text == joined


def test_an_empty_line_or_a_number_or_a_note_begins_a_block() -> None:
    found = text("大会，\n回顾其决议，\n\n欢迎，\n1. 决定；\n(a) 请；\n¹ 见。\n").blocks
    assert [block.passage.text for block in found] == ["大会，回顾其决议，", "欢迎，", "决定；", "请；", "见。"]
    assert [block.number for block in found] == [None, None, "1", "(a)", None]
    assert [block.marker for block in found] == [None, None, None, None, "1"]


@pytest.mark.parametrize("line", ["90/12. 山区可持续发展", "2030 年议程，", "3.5 亿人，", "(见附件)，"])
def test_what_looks_like_a_number_does_not_number_a_block(line: str) -> None:
    assert (block(line).number, block(line).passage.text) == (None, line)


def test_emphasis_is_no_part_of_the_words() -> None:
    found = block("**又重申**其承诺，__并欢迎__进展，")
    assert found.passage.text == "又重申其承诺，并欢迎进展，"


def test_a_note_mark_is_a_call_and_no_part_of_the_words() -> None:
    found = block("回顾《协定》¹ 和《公约》，¹²\n\n¹ 见甲。\n\n¹² 见乙。")
    assert found.passage.text == "回顾《协定》 和《公约》，"
    assert [(call.marker, found.passage.text[: call.at]) for call in found.calls] == [
        ("1", "回顾《协定》"),
        ("12", "回顾《协定》 和《公约》，"),
    ]


@pytest.mark.parametrize("note", ["", "\n\n² 见第 70/1 号决议。"])
def test_a_superscript_behind_a_unit_is_part_of_the_words(note: str) -> None:
    found = block(f"注意到面积为 100 km² 的山区，{note}")
    assert found.passage.text == "注意到面积为 100 km² 的山区，"
    assert found.calls == ()


def test_marks_of_direction_soft_hyphens_and_tatweel_are_no_part_of_the_words() -> None:
    assert block("回\u200f顾\u00ad其\u0640决\u202a议\u202c，").passage.text == "回顾其决议，"


# Positions


def characters_of(passage: Passage, read: Text) -> str:
    """The characters of the file at the places of the passage's; a line break for a space put in its stead."""
    return "".join(read.characters[passage.position(at)] for at in range(len(passage.text)))


def below(outline: Outline) -> list[Passage]:
    """The passages of all paragraphs and notes below the header."""
    return [clause.passage for clause in outline.clauses[1:]] + [note.passage for note in outline.footnotes]


def test_every_character_of_the_seed_stands_where_its_passage_says(seed_record: Record) -> None:
    outline = seed_record.reading.outline
    for block in outline.text.blocks:
        assert characters_of(block.passage, outline.text) == block.passage.text
    for passage in below(outline):
        assert characters_of(passage, outline.text) == passage.text
    assert characters_of(outline.clauses[0].passage, outline.text).split() == outline.clauses[0].passage.text.split()


def test_every_citation_and_mention_of_the_seed_is_shown_where_it_stands(seed_record: Record) -> None:
    citations = [(citation.span, citation.surface) for citation in seed_record.citations]
    mentions = [(mention.span, mention.surface) for mention in seed_record.reading.mentions]
    characters = seed_record.reading.outline.text.characters
    assert citations
    assert mentions
    for span, surface in citations + mentions:
        assert characters[span.start : span.end] == surface


@given(st.text("大会回顾¹²*_ \n\r\t\u00a0\u200f\ufeff1.(a)（", max_size=60))
def test_every_character_stands_where_its_passage_says(words: str) -> None:
    read = text(f"大会，回顾，\n\n{words}\n\n¹ 见。")
    for block in read.blocks:
        place = characters_of(block.passage, read)
        for shown, character in zip(place, block.passage.text, strict=True):
            assert character in (shown, " ")
        assert block.passage.position(len(block.passage.text)) <= block.spans[0].end


@given(st.text("大会回顾¹²*_ \n\r\t\u00a0\u200f\ufeff1.(a)（", max_size=60))
def test_blocks_hold_every_character_but_white_space_once(words: str) -> None:
    read = text(f"大会，回顾，\n\n{words}")
    at = 0
    for block in read.blocks:
        assert not read.characters[at : block.spans[0].start].strip()
        at = block.spans[0].end
    assert not read.characters[at:].strip()


# How a text is set changes nothing that is found in it


class Setting:
    """The seed set anew: `places` are those between two characters of a paragraph or note."""

    def __init__(self, record: Record) -> None:
        outline = record.reading.outline
        self.words = outline.text.characters
        self.places = [passage.position(at) for passage in below(outline) for at in range(1, len(passage.text))]
        self.found = self.read(self.words)

    def read(self, words: str) -> list[object]:
        record = run.record(Source("A_RES_76_213.zh.txt", words.encode()))
        return [
            [
                (c.clause, c.via, c.form, c.status, c.target, c.candidates, c.act, dict(c.locator), c.date)
                for c in record.citations
            ],
            [(clause, [act.act for act in acts]) for clause, acts in record.reading.acts.items()],
            [(m.clause, m.kind, m.target, m.inferred) for m in record.reading.mentions],
            [(finding.code, finding.at) for finding in record.findings],
        ]

    def put(self, marks: dict[int, str]) -> list[object]:
        """What is found with these marks put in before the characters at their places."""
        words = self.words
        for at in sorted(marks, reverse=True):
            words = words[:at] + marks[at] + words[at:]
        return self.read(words)

    def replace(self, replaced: set[int], alike: Callable[[str], str]) -> list[object]:
        """What is found with the characters at these places replaced by others that look alike."""
        return self.read("".join(alike(c) if at in replaced else c for at, c in enumerate(self.words)))

    def breakable(self, at: int) -> bool:
        """Whether a line may end there: not inside a number, symbol or Latin word, nor before a space or note mark."""
        before, after = self.words[at - 1], self.words[at]
        return not (before.isascii() and after.isascii()) and after not in SUPERSCRIPTS + " "


SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
FULL_WIDTH = str.maketrans("0123456789()/.", "０１２３４５６７８９（）／．")


@pytest.fixture(scope="module")
def setting(seed_record: Record) -> Setting:
    return Setting(seed_record)


def some(places: list[int]) -> st.SearchStrategy[set[int]]:
    return st.sets(st.sampled_from(places), min_size=len(places) // 20, max_size=len(places) // 4)


seldom = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@seldom
@given(data=st.data())
def test_a_line_break_inside_a_paragraph_changes_nothing(data: st.DataObject, setting: Setting) -> None:
    places = data.draw(some([at for at in setting.places if setting.breakable(at)]))
    assert setting.put(dict.fromkeys(places, "\n")) == setting.found


@seldom
@given(data=st.data(), mark=st.sampled_from("\u0640\u200e\u200f\u202a\u00ad\u200b\ufeff"))
def test_a_mark_that_does_not_print_changes_nothing(data: st.DataObject, mark: str, setting: Setting) -> None:
    assert setting.put(dict.fromkeys(data.draw(some(setting.places)), mark)) == setting.found


@seldom
@given(data=st.data(), space=st.sampled_from("\u00a0\u2009\u202f\u3000\t"))
def test_any_space_is_a_space(data: st.DataObject, space: str, setting: Setting) -> None:
    places = data.draw(some([at for at in setting.places if setting.words[at] == " "]))
    assert setting.replace(places, lambda _: space) == setting.found


@seldom
@given(data=st.data())
def test_full_width_digits_and_brackets_are_digits_and_brackets(data: st.DataObject, setting: Setting) -> None:
    places = data.draw(some([at for at in setting.places if setting.words[at] in "0123456789()/."]))
    assert setting.replace(places, lambda character: character.translate(FULL_WIDTH)) == setting.found


def test_a_chinese_text_without_any_space_inside_its_paragraphs_says_the_same(setting: Setting) -> None:
    words = setting.words
    spaces = {at for at in setting.places if words[at] == " " and not (words[at - 1] + words[at + 1]).isascii()}
    assert setting.replace(spaces, lambda _: "") == setting.found


@pytest.mark.parametrize(
    ("opening", "language"),
    [
        ("The General Assembly,", "en"),
        ("La Asamblea General,", "es"),
        ("L’Assemblée générale,", "fr"),
        ("大会，", "zh"),
    ],
)
def test_a_short_text_is_known_by_its_opening_line(opening: str, language: str) -> None:
    words = f"90/12. XYZ\n\n{opening}\n\n1. Abc defg hijk lmnop qrstu vwxyz abcdef ghijkl mnopqr stuvwx.\n"
    assert read.read(Source("short.txt", words.encode())).language == language
