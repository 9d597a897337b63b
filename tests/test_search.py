"""Search: words in whatever form in six languages, the index behind it, and the verb."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sqlite3
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import languages, nquads
from kg.errors import ParameterError, QuerySyntaxError, StoreMissing, StoreWriteFailed
from kg.model import Span
from kg.nquads import iri, text, typed
from kg.search import NAME, drop, find, stored, write_index
from kg.search import languages as searched_languages
from kg.search.asked import MOST_WORDS, parse
from kg.search.excerpt import excerpt
from kg.search.words import Words, tables
from kg.uris import Names, term
from tests.storekit import loaded, unkg

pytest_plugins = ["tests.storekit"]

NAMES = Names()
EXAMPLES = tables()["example"]

#: Invented works: symbol, day, and by language and clause the words.
WORKS = {
    "A/RES/90/1": (
        "2035-12-07",
        {
            ("en", "PP1"): "Recalling the work of the Technology Bank for the mountain countries,",
            ("en", "OP1"): "Requests the bank to share each technology with women and girls;",
            ("en", "fn1"): "See resolution 89/7, on plastic.",
            ("zh", "PP1"): "回顾山区国家技术库的工作，",
            ("zh", "OP1"): "请该库与妇女和女童分享各项技术；",
            ("fr", "OP1"): "Prie la Banque de partager l’eau avec les femmes rurales ;",
        },
    ),
    "E/RES/2036/4": (
        "2036-06-20",
        {
            ("en", "OP1"): "Encourages women to plant trees; notes the technology of terraces and a bank of seeds.",
            ("ru", "OP1"): "призывает содействовать устойчивому развитию горных районов;",
            ("ar", "OP1"): "يشجع على العمل بقرار الجمعية العامة، وبالتنمية المستدامة للجبال؛",
            ("es", "OP1"): "Alienta la educación de las niñas en los países de montaña;",
        },
    ),
}


def graph(symbol: str, day: str | None, parts: dict[tuple[str, str], str]) -> str:
    """The statements of a work that a search looks at."""
    document = NAMES.document(symbol)
    out = nquads.Lines(NAMES.graph(symbol))
    out.add(document, term("symbol"), text(symbol))
    organ = "general-assembly" if symbol.startswith("A/") else "economic-and-social-council"
    out.add(document, term("organ"), iri(NAMES.named(f"body/{organ}")))
    out.add(document, term("adopted"), typed(day, "date") if day else None)
    out.add(document, term("year"), typed(int(day[:4]) if day else 2031, "integer"))
    out.add(document, "http://purl.org/dc/terms/title", text(f"Mountains in {symbol}", "en"))
    for (language, part), words in parts.items():
        name = NAMES.part(symbol, part)
        kind = {"P": "PreambularParagraph", "O": "OperativeParagraph", "f": "Footnote"}[part[0]]
        out.add(document, term("hasVersion"), iri(NAMES.version(symbol, language)))
        out.add(name, nquads.TYPE, iri(term(kind)))
        out.add(name, term("position"), typed(1, "integer"))
        out.add(name, term("act"), iri(NAMES.named("act/request")) if part == "OP1" else None)
        out.add(name, term("text"), text(words, language))
    return str(out)


def memory(works: dict[str, tuple[str | None, dict[tuple[str, str], str]]]) -> ox.Store:
    store = ox.Store()
    for symbol, (day, parts) in works.items():
        store.load(graph(symbol, day, parts).encode(), ox.RdfFormat.N_QUADS)
    return store


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """The index of WORKS."""
    write_index(memory({**WORKS}), tmp_path / NAME)
    return tmp_path / NAME


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of WORKS without an index."""
    loaded(tmp_path / "store", "".join(graph(symbol, *work) for symbol, work in WORKS.items()))
    return tmp_path / "store"


def found(index: Path, words: str, **filters: str | None) -> list[tuple[str, str, str]]:
    return [(hit.symbol, hit.clause, hit.language) for hit in find(index, words, **filters)]  # type: ignore[arg-type]


# Words of each language


def one(folder: Path, language: str, words: str) -> Path:
    """An index of one paragraph."""
    path = folder / f"{len(list(folder.iterdir()))}.sqlite"
    write_index(memory({"A/RES/90/1": ("2035-12-07", {(language, "OP1"): words})}), path)
    return path


def test_every_language_is_searched_and_has_examples() -> None:
    assert searched_languages() == languages.available()
    assert {example["language"] for example in EXAMPLES} == set(searched_languages())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each['language']} {each['words']}")
def test_an_example_of_the_words_of_a_language(example: dict[str, str], tmp_path: Path) -> None:
    language, words = example["language"], example["words"]
    (hit,) = find(one(tmp_path, language, example["in"]), words, language=language, kind="operative")
    assert hit.marks
    assert found(one(tmp_path, language, example["not_in"]), words, language=language, kind="operative") == []


@pytest.mark.parametrize(
    ("words", "symbol", "clause", "language", "marked"),
    [
        ("banks", "A/RES/90/1", "PP1", "en", ["Bank"]),
        ("女童", "A/RES/90/1", "OP1", "zh", ["女童"]),
        ("库", "A/RES/90/1", "PP1", "zh", ["库"]),
        ("技术库的工作", "A/RES/90/1", "PP1", "zh", ["技术库的工作"]),
        ("l'eau", "A/RES/90/1", "OP1", "fr", ["eau"]),
        ("femme rurale", "A/RES/90/1", "OP1", "fr", ["femmes", "rurales"]),
        ("Устойчивое развитие", "E/RES/2036/4", "OP1", "ru", ["устойчивому", "развитию"]),
        ("قرار", "E/RES/2036/4", "OP1", "ar", ["بقرار"]),
        ("التنمية", "E/RES/2036/4", "OP1", "ar", ["وبالتنمية"]),
        ("جبال", "E/RES/2036/4", "OP1", "ar", ["للجبال"]),
        ("pais", "E/RES/2036/4", "OP1", "es", ["países"]),
        ("educacion", "E/RES/2036/4", "OP1", "es", ["educación"]),
        ("89/7", "A/RES/90/1", "fn1", "en", ["89/7"]),
    ],
)
def test_words_are_found_in_whatever_form(
    index: Path, words: str, symbol: str, clause: str, language: str, marked: list[str]
) -> None:
    hits = find(index, words, language=language)
    (hit,) = [each for each in hits if (each.symbol, each.clause) == (symbol, clause)]
    assert [hit.words[mark.start : mark.end] for mark in hit.marks] == marked


@pytest.mark.parametrize("language", searched_languages())
def test_the_tokens_of_a_text_are_its_stems_each_at_its_place(language: str) -> None:
    words = Words(language)  # type: ignore[arg-type]
    for example in EXAMPLES:
        for shown in (example["in"], example["not_in"]):
            tokens = list(words.tokens(shown))
            assert " ".join(token.stem for token in tokens) == " ".join(words.stems(shown).split())
            assert all(shown[token.span.start : token.span.end].strip() for token in tokens)


def test_a_stem_holds_nothing_that_the_index_would_take_apart() -> None:
    odd = "㈢ ⑴ ½ ﷺ ＡＢ٣ İ ß a\u0301b co\u00adoperate"
    for language in searched_languages():
        assert all(stem.isalnum() for stem in Words(language).stems(odd).split())


# How words are put together


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("technology bank", {"A/RES/90/1 PP1", "A/RES/90/1 OP1", "E/RES/2036/4 OP1"}),
        ('"technology bank"', {"A/RES/90/1 PP1"}),
        ("“technology bank”", {"A/RES/90/1 PP1"}),
        ('"bank technology"', set()),
        ("technology AND bank -women", {"A/RES/90/1 PP1"}),
        ("technology NOT (girls OR seeds)", {"A/RES/90/1 PP1"}),
        ("girls OR seeds", {"A/RES/90/1 OP1", "E/RES/2036/4 OP1"}),
        ("women girls OR seeds", {"A/RES/90/1 OP1", "E/RES/2036/4 OP1"}),
        ("(girls technology) OR plastic", {"A/RES/90/1 OP1", "A/RES/90/1 fn1"}),
        ("techno*", {"A/RES/90/1 PP1", "A/RES/90/1 OP1", "E/RES/2036/4 OP1"}),
        ('"technology ban*"', {"A/RES/90/1 PP1"}),
        ("terraces*", {"E/RES/2036/4 OP1"}),
        ("techno", set()),
        ("women unheardof", set()),
        ("women OR unheardof -unseen", {"A/RES/90/1 OP1", "E/RES/2036/4 OP1"}),
    ],
)
def test_words_are_put_together_as_the_syntax_says(index: Path, words: str, expected: set[str]) -> None:
    assert {f"{symbol} {clause}" for symbol, clause, _ in found(index, words, language="en")} == expected


@pytest.mark.parametrize(
    ("words", "column", "what"),
    [
        ("", 1, "nothing is searched for"),
        (" \t", 1, "nothing is searched for"),
        ('women "technology bank', 7, "a quotation mark that is never closed"),
        ("women »bank", 7, "a quotation mark that was never opened"),
        ("women OR", 7, "OR has no word behind it"),
        ("women OR -bank", 7, "OR has no word behind it"),
        ("OR women", 1, "OR stands between two words"),
        ("women AND", 7, "AND has no word behind it"),
        ("women -", 7, "- has no word behind it"),
        ("women NOT", 7, "NOT has no word behind it"),
        ("-women", 1, "only what is not to be found"),
        ("(women bank", 1, "a parenthesis that is never closed"),
        ("women (", 7, "a parenthesis that is never closed"),
        ("women) bank", 6, "a parenthesis that was never opened"),
        (") bank", 1, "a parenthesis that was never opened"),
        ("women ()", 7, "parentheses with nothing in them"),
        ("妇女 &", 4, "no letter or digit"),
        ("*", 1, "no letter or digit"),
        ("wo*men", 3, "* may only end a word"),
        ('a "te*ch bank"', 6, "* may only end a word"),
        ("(" * 40 + "a" + ")" * 40, 17, "too many parentheses"),
        ("a " * (MOST_WORDS + 1), 1, "too much at once"),
    ],
)
def test_words_that_cannot_be_searched_for_are_refused_at_their_place(words: str, column: int, what: str) -> None:
    with pytest.raises(QuerySyntaxError, match=what.replace("*", r"\*").replace("(", r"\(")) as caught:
        parse(words)
    assert (caught.value.line, caught.value.column) == (1, column)
    if len(words) < 40 and words.isascii():
        assert caught.value.what.splitlines()[-1] == " " * (column + 1) + "^"


@pytest.mark.parametrize(
    "words", ["NEAR(bank seeds)", "stems:bank", "^bank", "{bank}", "bank'; DROP TABLE texts", "\x00bank"]
)
def test_what_means_something_to_the_index_is_words_here(index: Path, words: str) -> None:
    before = index.read_bytes()
    assert {symbol for symbol, _, _ in found(index, words)} <= {"A/RES/90/1", "E/RES/2036/4"}
    assert index.read_bytes() == before


# What it is narrowed to


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"since": "2036"}, {"E/RES/2036/4"}),
        ({"since": "2035-12-07"}, {"A/RES/90/1", "E/RES/2036/4"}),
        ({"since": "2035-12-08"}, {"E/RES/2036/4"}),
        ({"until": "2035"}, {"A/RES/90/1"}),
        ({"until": "2036-06"}, {"A/RES/90/1", "E/RES/2036/4"}),
        ({"since": datetime.date(2036, 1, 1)}, {"E/RES/2036/4"}),
        ({"organ": "general-assembly"}, {"A/RES/90/1"}),
        ({"organ": "Economic and Social Council"}, {"E/RES/2036/4"}),
        ({"kind": "preambular"}, {"A/RES/90/1"}),
        ({"act": "request", "language": "en"}, {"A/RES/90/1", "E/RES/2036/4"}),
        ({"act": "recall"}, set()),
        ({"document": "90/1"}, {"A/RES/90/1"}),
        ({"document": "A/RES/*"}, {"A/RES/90/1"}),
        ({"document": "A/RES/?0/*"}, set()),
        ({"document": "A/RES/91/1"}, set()),
        ({"language": "zh"}, set()),
        ({"since": None}, {"A/RES/90/1", "E/RES/2036/4"}),
    ],
)
def test_a_search_is_narrowed(index: Path, filters: dict[str, str], expected: set[str]) -> None:
    hits = find(index, "technology bank", **filters)  # type: ignore[arg-type]
    assert {hit.symbol for hit in hits} == expected
    assert hits.total == len(hits)


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("since", "yesterday", "no day; expected 2015, 2015-06 or 2015-06-30"),
        ("until", "2035-02-30", "no day"),
        ("organ", "general-asembly", "general-assembly"),
        ("kind", "paragraph", "expected title or heading"),
        ("act", "recal", "recall"),
        ("language", "de", "ar or en or es or fr or ru or zh"),
        ("document", "no symbol", "no symbol"),
        ("sort", "length", "relevance or date"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(index: Path, name: str, value: str, what: str) -> None:
    with pytest.raises(ParameterError, match=what) as caught:
        find(index, "bank", **{name: value})  # type: ignore[arg-type]
    assert caught.value.where == f"{name}={value}"


# What is shown


def test_a_hit_tells_where_it_stands(index: Path) -> None:
    (hit,) = find(index, '"technology bank"')
    assert (hit.symbol, hit.clause, hit.kind, hit.language) == ("A/RES/90/1", "PP1", "preambular", "en")
    assert hit.iri == NAMES.part("A/RES/90/1", "PP1")
    assert (hit.title, hit.adopted) == ("Mountains in A/RES/90/1", datetime.date(2035, 12, 7))
    assert (hit.organ, hit.act) == ("general-assembly", None)
    assert hit.text == hit.words == WORKS["A/RES/90/1"][1]["en", "PP1"]
    assert hit.score > 0


def test_the_best_comes_first_of_equals_the_latest_and_by_date_the_latest_of_all(tmp_path: Path) -> None:
    works: dict[str, tuple[str | None, dict[tuple[str, str], str]]] = {
        "A/RES/90/1": ("2035-01-01", {("en", "PP1"): "Water, and a long story of everything else that was said."}),
        "A/RES/90/2": ("2036-01-01", {("en", "PP1"): "Water."}),
        "A/RES/90/3": ("2037-01-01", {("en", "PP1"): "Water."}),
        "A/RES/90/4": (None, {("en", "PP1"): "Water here, and a long story of much else and more that was told."}),
    }
    write_index(memory(works), tmp_path / NAME)
    assert [hit.symbol[-1] for hit in find(tmp_path / NAME, "water")] == ["3", "2", "1", "4"]
    by_date = find(tmp_path / NAME, "water", sort="date")
    assert [hit.symbol[-1] for hit in by_date] == ["3", "2", "1", "4"]
    assert by_date[3].adopted is None
    # Without a date, the year that the symbol tells counts.
    assert [hit.symbol[-1] for hit in find(tmp_path / NAME, "water", until="2031")] == ["4"]


def test_an_english_word_in_few_chinese_texts_comes_behind_the_english_ones(tmp_path: Path) -> None:
    english = {("en", f"OP{n}"): f"Encourages women to work; number {n} of the list of all women." for n in range(20)}
    chinese = {("zh", f"OP{n}"): "鼓励会员国" for n in range(20)}
    works: dict[str, tuple[str | None, dict[tuple[str, str], str]]] = {
        "A/RES/90/1": ("2035-01-01", {**english, **chinese, ("zh", "OP20"): "Women 组织"})
    }
    write_index(memory(works), tmp_path / NAME)
    assert [hit.language for hit in find(tmp_path / NAME, "women", limit=None)] == ["en"] * 20 + ["zh"]


def test_the_total_counts_what_the_page_does_not_show(index: Path) -> None:
    every = find(index, "technology OR women OR bank", language="en", limit=None)
    assert every.total == len(every) == 3
    pages = [find(index, every.query, language="en", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [(len(page), page.total) for page in pages] == [(2, 3), (1, 3), (0, 3)]
    assert [hit for page in pages for hit in page] == list(every)


def test_an_excerpt_shows_the_marks_and_ends_between_words() -> None:
    text = "once upon a time " * 30 + "the technology bank opened " + "and all was well " * 30
    at = text.index("technology")
    shown, (mark,) = excerpt(text, [Span(at, at + 15)])
    assert shown[mark.start : mark.end] == "technology bank"
    assert (shown[0], shown[-1]) == ("…", "…")
    assert len(shown) <= 202
    assert set(shown.strip("…").split()) <= set(text.split())


@pytest.mark.parametrize("text", ["水" * 500, "a" * 500, " " * 500, "水 " * 300, "a", ""])
def test_an_excerpt_of_anything_holds_its_mark(text: str) -> None:
    for at in range(0, len(text), 7):
        shown, (mark,) = excerpt(text, [Span(at, at + 1)], width=40)
        assert shown[mark.start : mark.end] == text[at]
        assert len(shown) <= 43


# The index


def test_given_works_are_replaced_and_the_others_stay(index: Path) -> None:
    changed = {"A/RES/90/1": ("2035-12-08", {("en", "PP1"): "Recalling the rivers,"})}
    assert write_index(memory({**changed}), index, graphs=[NAMES.graph("A/RES/90/1")]) == 2
    assert found(index, "technology", kind="preambular") == []
    assert found(index, "technolog*", kind="operative") == [("E/RES/2036/4", "OP1", "en")]
    (hit,) = find(index, "river")
    assert (hit.symbol, hit.adopted) == ("A/RES/90/1", datetime.date(2035, 12, 8))
    assert find(index, "mountains in", kind="title").total == 2


def test_a_work_that_the_store_has_no_more_is_gone_when_its_graph_is_written(index: Path) -> None:
    assert write_index(ox.Store(), index, graphs=[NAMES.graph("A/RES/90/1")]) == 0
    assert {hit.symbol for hit in find(index, "technology OR mountains", limit=None)} == {"E/RES/2036/4"}


def test_what_is_dropped_is_not_found_and_leaves_nothing_behind(index: Path) -> None:
    drop(index, [NAMES.graph("A/RES/90/1"), NAMES.graph("A/RES/11/1")])
    assert {hit.symbol for hit in find(index, "technology OR mountains", limit=None)} == {"E/RES/2036/4"}
    drop(index, [NAMES.graph("E/RES/2036/4")])
    with sqlite3.connect(index) as database:
        for table in ("works", "texts", "bodies", *(f"vocabulary_{language}" for language in searched_languages())):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
        for language in searched_languages():
            database.execute(f"INSERT INTO words_{language} (words_{language}) VALUES ('integrity-check')")
    database.close()


def test_works_written_one_by_one_are_found_like_all_at_once(index: Path, tmp_path: Path) -> None:
    store, path = memory({**WORKS}), tmp_path / "grown.sqlite"
    for symbol in WORKS:
        write_index(store, path, graphs=[NAMES.graph(symbol)])
    for words in ("technology", "妇女", "التنمية", "terra*", "mountains"):
        assert sorted(found(path, words)) == sorted(found(index, words))


def test_graphs_that_hold_no_document_give_nothing(tmp_path: Path) -> None:
    store = memory({})
    store.load(b'<urn:a> <http://purl.org/dc/terms/title> "bank"@en <urn:g> .', ox.RdfFormat.N_QUADS)
    assert write_index(store, tmp_path / NAME) == 0
    assert find(tmp_path / NAME, "bank").total == 0


def test_a_missing_foreign_or_older_index_is_named(index: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="holds no search index"):
        find(tmp_path / "none.sqlite", "bank")
    foreign = tmp_path / "foreign.sqlite"
    with sqlite3.connect(foreign) as database:
        database.execute("CREATE TABLE made (fingerprint TEXT)")
    database.close()
    with pytest.raises(StoreMissing, match="is no search index"):
        find(foreign, "bank")
    with sqlite3.connect(index) as database:
        database.execute("UPDATE made SET fingerprint = 'older'")
    database.close()
    for call in (
        lambda: find(index, "bank"),
        lambda: drop(index, []),
        lambda: write_index(ox.Store(), index, graphs=[]),
    ):
        with pytest.raises(StoreMissing, match="another version; build the store again"):
            call()


@pytest.mark.parametrize("damage", ["cut", "overwritten", "text", "empty"])
def test_a_damaged_index_is_an_error_that_says_what_to_do(index: Path, damage: str) -> None:
    content = index.read_bytes()
    damaged = {
        "cut": content[: len(content) // 3],
        "overwritten": content[:4096] + b"\xff" * (len(content) - 4096),
        "text": b"no database" * 1000,
        "empty": b"",
    }
    index.write_bytes(damaged[damage])
    with pytest.raises(StoreMissing, match="build the store again: unkg build"):
        find(index, "bank OR technology OR 妇女", limit=None)


def test_an_index_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(StoreWriteFailed, match="cannot be written"):
        write_index(memory({**WORKS}), tmp_path / "nowhere" / NAME)
    (tmp_path / NAME).mkdir()
    with pytest.raises(StoreWriteFailed, match="cannot be written"):
        write_index(memory({**WORKS}), tmp_path / NAME)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_change_that_fails_leaves_the_index_as_it_was(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(found(index, "technology OR women"))

    def broken(self: Words, _: str) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Words, "stems", broken)
        with pytest.raises(KeyboardInterrupt):
            write_index(memory({**WORKS}), index, graphs=[NAMES.graph("A/RES/90/1")])
    assert sorted(found(index, "technology OR women")) == before


# The library and the verb


def test_a_store_without_an_index_gets_one_when_it_is_searched(store: Path) -> None:
    hits = kg.search(store, "technology bank", language="en", since="2036")
    assert [hit.symbol for hit in hits] == ["E/RES/2036/4"]
    assert (store / "generation-0001" / NAME).is_file()
    assert kg.search(kg.open_store(store), "妇女").total == kg.search(str(store), "妇女").total == 1


def test_a_store_that_was_never_built_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="holds no store"):
        kg.search(tmp_path / "none", "bank")


def test_a_store_that_may_not_be_written_says_to_build_again(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise StoreWriteFailed("search.sqlite", "cannot be written: unable to open database file")

    monkeypatch.setattr(stored, "write_index", refused)
    with pytest.raises(
        StoreMissing, match=r"holds no search index, and none can be written there .* unkg build --store"
    ):
        kg.search(store, "bank")


def test_what_was_found_goes_into_a_query(store: Path) -> None:
    hits = kg.search(store, "technology bank women", limit=None)
    assert hits.iris() == (NAMES.part("A/RES/90/1", "OP1"), NAMES.part("E/RES/2036/4", "OP1"))
    prefix = "PREFIX unkg: <https://w3id.org/unkg/ontology#>"
    answer = kg.open_store(store).sparql(f"{prefix} SELECT DISTINCT ?act {{ {hits.values()} ?clause unkg:act ?act }}")
    assert answer.rows == ((NAMES.named("act/request"),),)  # type: ignore[union-attr]


def test_the_verb_shows_place_and_words(store: Path) -> None:
    done = unkg("search", '"technology bank"', "--store", store)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"A/RES/90/1  PP1  2035-12-07  en  preambular\n    {WORKS['A/RES/90/1'][1]['en', 'PP1']}\n"


def test_the_verb_writes_every_format(store: Path, tmp_path: Path) -> None:
    def shown(form: str) -> str:
        done = unkg("search", "women", "NOT", "trees", "--lang", "en", "--format", form, "--store", store)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    (row,) = csv.DictReader(io.StringIO(shown("csv")))
    assert (row["symbol"], row["clause"], row["adopted"]) == ("A/RES/90/1", "OP1", "2035-12-07")
    assert shown("tsv").splitlines()[0].split("\t") == list(row)
    assert json.loads(shown("json")) == [json.loads(shown("jsonl"))]
    (mark,) = json.loads(shown("jsonl"))["marks"]
    assert json.loads(shown("jsonl"))["words"][slice(*mark)] == "women"
    assert shown("iri") == f"<{NAMES.part('A/RES/90/1', 'OP1')}>\n"
    unkg("search", "women", "-o", tmp_path / "found.csv", "--store", store)
    assert len((tmp_path / "found.csv").read_text("utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("unheardof",), 1, "unkg: nothing found"),
        (("women", "--offset", "9"), 1, "unkg: only 2 found"),
        (('"women',), 2, "unkg: search:1:1: a quotation mark that is never closed"),
        (("women", "--format", "pdf"), 2, "no such format"),
        (("women", "--since", "soon"), 2, "since=soon: no day"),
        ((), 2, "Missing argument 'WORDS...'"),
    ],
)
def test_the_verb_says_what_is_wrong(store: Path, words: tuple[str, ...], code: int, message: str) -> None:
    done = unkg("search", *words, "--store", store)
    assert done.returncode == code
    assert message in done.stderr
    assert done.stdout == ""
