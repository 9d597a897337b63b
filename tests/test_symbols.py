"""Document symbols: one canonical spelling each, however they are written; look-alikes are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import symbols
from kg.errors import SymbolError

#: Canonical spellings, at least one of each family: kind, organ, session, years.
CANONICAL: dict[str, tuple[str, str | None, str | None, tuple[int, ...]]] = {
    "A/RES/70/1": ("resolution", "general-assembly", "70", (2015, 2016)),
    "A/RES/57/270B": ("resolution", "general-assembly", "57", (2002, 2003)),
    "A/RES/217(III)A": ("resolution", "general-assembly", "III", (1948, 1949)),
    "A/RES/1514(XV)": ("resolution", "general-assembly", "XV", (1960, 1961)),
    "A/RES/S-20/2": ("resolution", "general-assembly", "S-20", ()),
    "A/RES/ES-10/2": ("resolution", "general-assembly", "ES-10", ()),
    "A/RES/1874(S-IV)": ("resolution", "general-assembly", "S-IV", ()),
    "A/RES/2252(ES-V)": ("resolution", "general-assembly", "ES-V", ()),
    "A/DEC/54/449": ("decision", "general-assembly", "54", (1999, 2000)),
    "S/RES/1325(2000)": ("resolution", "security-council", None, (2000,)),
    "S/PRST/1994/16": ("presidential-statement", "security-council", None, (1994,)),
    "E/RES/2021/29": ("resolution", "economic-and-social-council", None, (2021,)),
    "E/RES/1913(LVII)": ("resolution", "economic-and-social-council", "LVII", (1974,)),
    "E/DEC/2021/217": ("decision", "economic-and-social-council", None, (2021,)),
    "A/HRC/RES/17/4": ("resolution", "human-rights-council", "17", (2011,)),
    "A/HRC/RES/S-24/1": ("resolution", "human-rights-council", "S-24", ()),
    "A/HRC/DEC/2/102": ("decision", "human-rights-council", "2", (2006,)),
    "A/HRC/PRST/29/1": ("presidential-statement", "human-rights-council", "29", (2015,)),
    "E/CN.4/RES/2005/74": ("resolution", None, None, (2005,)),
    "E/CN.4/DEC/2005/101": ("decision", None, None, (2005,)),
    "E/CN.6/RES/59/1": ("resolution", None, "59", ()),
    "E/CN.7/RES/63/1": ("resolution", None, "63", ()),
    "E/CN.9/RES/2014/1": ("resolution", None, None, (2014,)),
    "E/CN.15/RES/26/1": ("resolution", None, "26", ()),
    "E/CN.7/DEC/63/15": ("decision", None, "63", ()),
    "UNEP/EA.5/Res.5": ("resolution", "unea", "5", ()),
    "UNEP/EA.5/Dec.5": ("decision", "unea", "5", ()),
    "S/PRST/2000/27/Corr.1": ("presidential-statement", "security-council", None, (2000,)),
    "CAC/COSP/RES/8/1": ("resolution", None, "8", ()),
    "CAC/COSP/DEC/8/1": ("decision", None, "8", ()),
    "CTOC/COP/RES/9/2": ("resolution", None, "9", ()),
    "FCCC/DEC/1/CP.21": ("decision", "unfccc-cop", "CP.21", ()),
    "CBD/DEC/15/4": ("decision", "cbd-cop", "15", (2021, 2022)),
    "CBD/DEC/X/2": ("decision", "cbd-cop", "X", (2010,)),
    "ICCD/DEC/26/COP.15": ("decision", "unccd-cop", "COP.15", ()),
    "IAEA/GC(67)/RES/17": ("resolution", "iaea", "67", ()),
    "WHO/WHA73.1": ("resolution", "who", "73", ()),
    "ILO/C138": ("treaty", "ilo", None, ()),
    "ILO/R202": ("treaty", "ilo", None, ()),
    "HSP/HA.1/Res.2": ("resolution", "un-habitat-assembly", "1", ()),
    "HSP/HA.1/Dec.2": ("decision", "un-habitat-assembly", "1", ()),
    "charter": ("treaty", None, None, ()),
    "AU/Assembly/AU/Dec.729(XXXII)": ("decision", "african-union", None, ()),
    "AU/CM/Res.1356(LIV)": ("resolution", "african-union", None, ()),
    "UNTS/1771/30822": ("treaty", None, None, ()),
    "LNTS/XCIV/2138": ("treaty", None, None, ()),
    "UN-SALES/E.03.II.A.1": ("sales", None, None, ()),
    "A/76/PV.54": ("meeting-record", "general-assembly", "76", (2021, 2022)),
    "S/PV.8000": ("meeting-record", "security-council", None, ()),
    "E/2021/SR.10": ("meeting-record", "economic-and-social-council", None, (2021,)),
    "A/C.6/66/SR.13": ("meeting-record", None, "66", (2011, 2012)),
    "A/C.2/76/L.30": ("document", None, "76", (2021, 2022)),
    "A/76/534/Add.1": ("document", "general-assembly", "76", (2021, 2022)),
    "A/ES-10/273": ("document", "general-assembly", "ES-10", ()),
    "S/2015/939": ("document", "security-council", None, (2015,)),
    "E/2012/31": ("report", "economic-and-social-council", None, (2012,)),
    "E/2012/31/Corr.1": ("report", "economic-and-social-council", None, (2012,)),
    "E/2021/100": ("document", "economic-and-social-council", None, (2021,)),
    "FCCC/CP/2015/10/Add.1": ("document", None, None, ()),
    "A/CONF.219/7": ("document", None, None, ()),
    "A/HRC/29/52": ("document", None, None, ()),
    "AU/Assembly/Decl.8(XXXII)": ("document", None, None, ()),
}

#: Other spellings, and the canonical one.
ALIASES = {
    "UNEP/EA.5/RES.14": "UNEP/EA.5/Res.14",
    "HSP/HA.1/RES.2": "HSP/HA.1/Res.2",
    "70/1": "A/RES/70/1",
    " 70/1\n": "A/RES/70/1",
    "57/270 B": "A/RES/57/270B",
    "A/RES/57/270 B": "A/RES/57/270B",
    "S/RES/1325 (2000)": "S/RES/1325(2000)",
    "S/RES/1325\u00a0(2000)": "S/RES/1325(2000)",
    "217 A (III)": "A/RES/217(III)A",
    "217 (III) A": "A/RES/217(III)A",
    "A/RES/217 A (III)": "A/RES/217(III)A",
    "1514 (XV)": "A/RES/1514(XV)",
    "1874 (S-IV)": "A/RES/1874(S-IV)",
    "S-20/2": "A/RES/S-20/2",
    "ES-10/2": "A/RES/ES-10/2",
    "ES\u201110/2": "A/RES/ES-10/2",
    "A/RES/ES\u201110/2": "A/RES/ES-10/2",
    "2021/29": "E/RES/2021/29",
    "a/res/70/1": "A/RES/70/1",
    "s/res/1325(2000)": "S/RES/1325(2000)",
    "e/res/2021/29": "E/RES/2021/29",
    "A/hrc/RES/27/13": "A/HRC/RES/27/13",
    "https://undocs.org/A/RES/70/1": "A/RES/70/1",
    "https://undocs.org/en/A/RES/70/1": "A/RES/70/1",
    "http://www.undocs.org/ch/A/RES/70/1": "A/RES/70/1",
    "https://undocs.org/A/hrc/RES/27/13": "A/HRC/RES/27/13",
    "https://undocs.org/S/RES/2042 (2012)": "S/RES/2042(2012)",
    "https://undocs.org/S/RES/2042%20(2012)": "S/RES/2042(2012)",
    "https://docs.un.org/zh/A/RES/70/1": "A/RES/70/1",
    "https://docs.un.org/sp/E/2012/31/Corr.1": "E/2012/31/Corr.1",
    **{f"UN-SALES/{edition}.03.II.A.1": "UN-SALES/E.03.II.A.1" for edition in "ACFRS"},
    "/akn/un/statement/deliberation/un-ga/2016-10-13/71-4": "A/RES/71/4",
    "/akn/un/statement/deliberation/unga/2023-12-19/78-153/": "A/RES/78/153",
    "/akn/un/statement/deliberation/ga/2016-10-13/71-4": "A/RES/71/4",
    "/akn/un/statement/deliberation/unsc/2000-01-13/1285-2000/": "S/RES/1285(2000)",
    "/akn/un/statement/deliberation/un-sc/2000-10-31/1325-(2000)": "S/RES/1325(2000)",
}

LOOK_ALIKES = [
    *(
        "",
        " ",
        "/",
        "A",
        "A/",
        "A/RES",
        "A/RES/",
        "A/RES/70",
        "A/RES/70/",
        "E/",
        "S/RES/1325",
        "S/RES/(2000)",
        "No. 30822",
    ),
    *("17/12/2035", "2035-12-17", "12/2035", "17 December 2035", "9/11"),
    *("1/2", "2/3", "1:2", "1/2/3", "24/7", "3.5", "100%", "50/50%"),
    *("A/RES/217(III", "A/RES/217III)", "S/RES/1325(2000))", "S/RES/1325((2000))", "S/RES/1325()", "A/CONF.157/24("),
    *("COVID-19", "and/or", "TCP/IP", "A/H1N1", "https://example.org/A/RES/70/1", "大会第70/1号决议"),
]


@pytest.mark.parametrize("spelling", CANONICAL)
def test_a_canonical_spelling_stays_and_tells_what_it_can(spelling: str) -> None:
    symbol = symbols.parse(spelling)
    assert str(symbol) == symbol.text == spelling
    assert (symbol.kind, symbol.organ, symbol.session, symbol.years) == CANONICAL[spelling]


def test_every_family_has_an_example() -> None:
    used = {next(family for family in symbols.FAMILIES if family.pattern.fullmatch(text)) for text in CANONICAL}
    assert [family.pattern.pattern for family in symbols.FAMILIES if family not in used] == []


@pytest.mark.parametrize("spelling", ALIASES)
def test_another_spelling_means_the_canonical_one(spelling: str) -> None:
    assert symbols.parse(spelling) == symbols.parse(ALIASES[spelling])
    assert str(symbols.parse(spelling)) == ALIASES[spelling]


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_no_symbol(text: str) -> None:
    assert symbols.find(text) is None
    with pytest.raises(SymbolError) as raised:
        symbols.parse(text)
    assert raised.value.where == text
    assert "expected something like A/RES/70/1" in raised.value.what


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("57/270 B", "A/RES/57/270"),
        ("217 A (III)", "A/RES/217(III)"),
        ("E/RES/663 C (XXIV)", "E/RES/663(XXIV)"),
        ("E/RES/1980/67A", "E/RES/1980/67"),
    ],
)
def test_a_lettered_part_knows_its_whole(part: str, whole: str) -> None:
    assert symbols.parse(part).whole == whole
    assert symbols.parse(whole).whole is None


@pytest.mark.parametrize(
    ("symbol", "year"),
    [
        ("A/RES/70/1", 2015),
        ("A/RES/217(III)A", 1948),
        ("A/RES/1(I)", 1946),
        ("A/RES/51/10", 1996),
        ("A/HRC/RES/1/1", 2006),
        ("A/HRC/RES/42/22", 2019),
        ("A/HRC/RES/51/10", 2022),
        ("E/RES/5(I)", 1946),
        ("E/RES/155(VII)C", 1948),
        ("E/RES/288(X)B", 1950),
        ("E/RES/663(XXIV)C", 1957),
        ("E/RES/1079(XXXIX)", 1965),
        ("E/RES/1235(XLII)", 1967),
        ("E/RES/1296(XLIV)", 1968),
        ("E/RES/1503(XLVIII)", 1970),
        ("E/RES/1721(LIII)", 1972),
        ("E/RES/1913(LVII)", 1974),
        ("E/RES/2008(LX)", 1976),
    ],
)
def test_the_session_tells_the_year_of_a_resolution_whose_date_is_known(symbol: str, year: int) -> None:
    assert year in symbols.parse(symbol).years


@given(st.integers(2, 150))
def test_a_session_of_the_assembly_meets_in_two_years_of_which_the_second_is_the_first_of_the_next(number: int) -> None:
    this, following = (symbols.session_years("general-assembly", str(n)) for n in (number, number + 1))
    assert this[1] == following[0]
    assert this == symbols.session_years("general-assembly", symbols.to_roman(number))


@given(
    st.sampled_from(["general-assembly", "human-rights-council", "economic-and-social-council"]), st.integers(1, 120)
)
def test_no_session_meets_before_the_one_before_it(organ: str, number: int) -> None:
    assert symbols.session_years(organ, str(number)) <= symbols.session_years(organ, str(number + 1))


@pytest.mark.parametrize(
    ("organ", "session"), [("general-assembly", "S-20"), ("general-assembly", "ES-10"), (None, "7"), ("unea", "5")]
)
def test_a_session_without_a_rule_tells_no_year(organ: str | None, session: str) -> None:
    assert symbols.session_years(organ, session) == ()


@given(st.integers(1, 399))
def test_roman_numerals_are_read_as_they_are_written(number: int) -> None:
    assert symbols.roman(symbols.to_roman(number)) == number


_ALPHABET = st.characters(codec="ascii", categories=["Lu", "Ll", "Nd", "Pd", "Po", "Ps", "Pe"])
SPELLINGS = st.one_of(
    [st.from_regex(family.pattern, fullmatch=True, alphabet=_ALPHABET) for family in symbols.FAMILIES]
)


@given(SPELLINGS | st.sampled_from([*CANONICAL, *ALIASES]))
def test_what_is_written_is_read_as_the_same_symbol(text: str) -> None:
    symbol = symbols.find(text)
    if symbol is not None:
        assert symbols.parse(str(symbol)) == symbol


@given(st.text() | st.text("AESRHC/RES()DEC0123456789IVXLC.- B"))
def test_any_text_is_a_symbol_or_none(text: str) -> None:
    symbol = symbols.find(text)
    assert symbol is None or symbols.find(symbol.text) == symbol


@given(st.sampled_from([text for text in CANONICAL if "RES" in text]), st.sampled_from([" ", "\u00a0", "\u202f", "  "]))
def test_spaces_around_brackets_and_letters_mean_nothing(text: str, space: str) -> None:
    assert symbols.parse(text.replace("(", f"{space}(").replace(")", f"){space}")).text == text


@pytest.mark.parametrize("text", ["A/RES/70/1", "S/RES/1325(2000)", "E/2012/31/Corr.1"])
def test_a_document_of_the_united_nations_has_links_that_lead_back_to_it(text: str) -> None:
    links = symbols.links(symbols.parse(text))
    assert links
    assert {symbols.parse(link).text for link in links} == {text}


@pytest.mark.parametrize(
    "text", ["UNTS/1771/30822", "UN-SALES/E.03.II.A.1", "FCCC/DEC/1/CP.21", "WHO/WHA73.1", "ILO/C138"]
)
def test_what_has_no_symbol_of_the_united_nations_has_no_link(text: str) -> None:
    assert symbols.links(symbols.parse(text)) == ()


def test_the_year_is_told_only_where_one_is_possible() -> None:
    assert symbols.parse("S/RES/1325(2000)").year == 2000
    assert symbols.parse("A/RES/70/1").year is None


@pytest.mark.parametrize(
    ("symbol", "adopted", "spelling"),
    [
        ("A/RES/76/213", "2021-12-17", "76/213"),
        ("A/RES/76/213", "2021-12-17", "https://undocs.org/A/RES/76/213"),
        ("A/RES/76/213", "2021-12-17", "/akn/un/statement/deliberation/unga/2021-12-17/76-213/"),
        ("S/RES/1325(2000)", "2000-10-31", "/akn/un/statement/deliberation/unsc/2000-10-31/1325-2000/"),
        ("E/RES/2021/29", "2021-07-22", "2021/29"),
    ],
)
def test_the_usual_spellings_of_a_resolution_are_among_its_aliases(symbol: str, adopted: str, spelling: str) -> None:
    assert spelling in symbols.aliases(symbols.parse(symbol), adopted)


@pytest.mark.parametrize(
    "symbol", ["A/RES/76/213", "A/RES/217(III)A", "A/HRC/RES/17/4", "S/RES/1325(2000)", "A/76/236"]
)
def test_every_alias_is_read_as_the_document_it_names(symbol: str) -> None:
    named = symbols.parse(symbol)
    assert {symbols.parse(alias) for alias in symbols.aliases(named, "2021-12-17")} == {named}


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("A/DEC/575/76", "A/DEC/76/575"),
        ("A/RES/213/76", "A/RES/76/213"),
        ("A/RES/76/213", "A/RES/76/213"),
        ("A/DEC/76/575", "A/DEC/76/575"),
        ("A/RES/62/63", "A/RES/62/63"),
        ("A/RES/217(III)A", "A/RES/217(III)A"),
    ],
)
def test_session_and_number_are_changed_about_only_where_no_session_is_so_high(printed: str, meant: str) -> None:
    assert symbols.right_way_round(symbols.parse(printed)).text == meant
