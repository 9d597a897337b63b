"""Names: readable, valid, and the same whenever and wherever they are made."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import uris
from kg.uris import Names

BASE = "https://w3id.org/unkg/"
OTHER = "http://localhost:8080/graph/"


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (lambda names: names.document("A/RES/76/213"), "doc/A/RES/76/213"),
        (lambda names: names.document("A/RES/217(III)A"), "doc/A/RES/217(III)A"),
        (lambda names: names.document("S/RES/1325(2000)"), "doc/S/RES/1325(2000)"),
        (lambda names: names.graph("A/RES/76/213"), "graph/A/RES/76/213"),
        (lambda names: names.version("A/RES/76/213", "zh"), "doc/A/RES/76/213@zh"),
        (lambda names: names.part("A/RES/76/213", "PP4"), "doc/A/RES/76/213#PP4"),
        (lambda names: names.part("A/RES/76/213", "OP3.a"), "doc/A/RES/76/213#OP3.a"),
        (lambda names: names.part("A/RES/76/213", "fn6"), "doc/A/RES/76/213#fn6"),
        (lambda names: names.part("A/RES/76/213", "annex-1.OP2"), "doc/A/RES/76/213#annex-1.OP2"),
        (
            lambda names: names.part("A/RES/76/213", "PP4.cites.A/RES/74/229"),
            "doc/A/RES/76/213#PP4.cites.A/RES/74/229",
        ),
        (lambda names: names.words("A/RES/76/213", "zh", 1203, 1209), "doc/A/RES/76/213@zh#char=1203,1209"),
        (lambda names: names.named("body/cstd"), "body/cstd"),
        (lambda names: names.named("act/recall"), "act/recall"),
    ],
)
def test_a_name_is_readable_and_only_its_base_depends_on_the_base(made: Callable[[Names], str], name: str) -> None:
    assert made(Names()) == BASE + name
    assert made(Names(OTHER)) == OTHER + name


@pytest.mark.parametrize("base", [BASE, OTHER])
def test_goals_and_targets_keep_the_names_of_the_united_nations(base: str) -> None:
    assert Names(base).named("sdg/17") == "http://metadata.un.org/sdg/17"
    assert Names(base).named("sdg/4.b") == "http://metadata.un.org/sdg/4.b"


def test_a_term_belongs_to_the_ontology() -> None:
    assert uris.term("recalls") == "https://w3id.org/unkg/ontology#recalls"


@given(st.text(min_size=1), st.text(min_size=1), st.sampled_from([BASE, OTHER]))
def test_whatever_is_named_the_name_is_an_iri(symbol: str, identifier: str, base: str) -> None:
    names = Names(base)
    for name in (names.document(symbol), names.graph(symbol), names.part(symbol, identifier)):
        assert ox.NamedNode(name).value == name
        assert name.startswith(base)
    assert ox.NamedNode(names.words(symbol, "zh", 0, 1)).value


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_symbols_have_different_names(one: str, other: str) -> None:
    assert (Names().document(one) == Names().document(other)) == (one == other)


PLACES: list[tuple[dict[str, tuple[str, ...]], tuple[str, ...]]] = [
    ({}, ()),
    ({"paragraph": ("19",)}, ("OP19",)),
    ({"paragraph": ("19(b)",)}, ("OP19.b",)),
    ({"paragraph": ("52", "53")}, ("OP52", "OP53")),
    ({"annex": ()}, ("annex",)),
    ({"annex": ("II",)}, ("annex-2",)),
    ({"annex": ("II",), "paragraph": ("5", "6")}, ("annex-2.OP5", "annex-2.OP6")),
    ({"paragraph": ("5", "6"), "annex": ("II",)}, ("annex-2.OP5", "annex-2.OP6")),
    ({"annex": ("I", "II")}, ("annex-1", "annex-2")),
    ({"section": ("III",)}, ("III",)),
    ({"section": ("VIII",), "paragraph": ("8(a)",)}, ("VIII.OP8.a",)),
    ({"chapter": ("I",), "section": ("A",)}, ("chapter-I.A",)),
    ({"article": ("73(e)",)}, ("article-73.e",)),
]


@pytest.mark.parametrize(("locator", "fragments"), PLACES)
def test_a_locator_leads_from_the_whole_to_its_parts(
    locator: dict[str, tuple[str, ...]], fragments: tuple[str, ...]
) -> None:
    assert uris.places(locator, operative=True) == fragments


@pytest.mark.parametrize(("locator", "fragments"), PLACES)
def test_a_paragraph_of_anything_but_a_resolution_is_not_operative(
    locator: dict[str, tuple[str, ...]], fragments: tuple[str, ...]
) -> None:
    expected = tuple(fragment.replace("OP", "para-") for fragment in fragments)
    assert uris.places(locator, operative=False) == expected


@pytest.mark.parametrize("locator", [locator for locator, _ in PLACES])
def test_every_place_has_a_name_of_its_own(locator: dict[str, tuple[str, ...]]) -> None:
    places = uris.places(locator, operative=True)
    names = {ox.NamedNode(Names().part("A/RES/70/1", place)).value for place in places}
    assert len(names) == len(places)
