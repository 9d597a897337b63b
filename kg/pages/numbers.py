"""Numbers as pages write them: what is more than three digits stands in groups, as each language parts them."""

from __future__ import annotations

#: Where a comma does not part the thousands, it stands before a fraction.
_ENGLISH, _OTHERS = ",", "\u202f"


def grouped(number: int, language: str) -> str:
    """63,009 in English, 63 009 in the other languages, with a blank at which no line ends."""
    return f"{number:,}".replace(",", _ENGLISH if language == "en" else _OTHERS)
