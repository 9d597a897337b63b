"""The years of the resolutions of the Security Council, told by their numbers."""

from __future__ import annotations

import pytest

from kg.security_council import misdated, year_of


@pytest.mark.parametrize(
    ("number", "year"), [(1, 1946), (15, 1946), (16, 1947), (1325, 2000), (2312, 2016), (2721, 2023)]
)
def test_a_number_tells_its_year(number: int, year: int) -> None:
    assert year_of(number) == year


@pytest.mark.parametrize("number", [-1, 0, 2722])
def test_of_other_numbers_nothing_is_known(number: int) -> None:
    assert year_of(number) is None


@pytest.mark.parametrize("symbol", ["S/RES/1325(2001)", "S/RES/2312(2106)", "S/RES/9999(1999)"])
def test_a_number_with_another_year_is_misdated(symbol: str) -> None:
    assert misdated(symbol)


@pytest.mark.parametrize("symbol", ["S/RES/1325(2000)", "S/RES/2900(2031)", "A/RES/70/1"])
def test_what_fits_or_cannot_be_known_is_not(symbol: str) -> None:
    assert not misdated(symbol)
