"""What is drawn, and where it stands in the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is drawn. `date` is a day, a year, or two years of which it is one (2017–2018); `language` is
    that of the title, `link` where the document can be read."""

    symbol: str
    date: str | None = None
    title: str | None = None
    language: str = "en"
    held: bool = True
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """All citations of one document by another: their acts in the order of the text, and the paragraphs."""

    citing: str
    cited: str
    acts: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """The room of a document: the dot stands at the left end of its middle, the label behind it (pixels)."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Band:
    """A year, or a span of years, with its columns; without a year, of what has none. `after_gap`: years between are
    left out."""

    year: int | None
    until: int | None
    x: int
    width: int
    after_gap: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything stands: a box a document, a path a line (SVG), a band a year."""

    width: int
    height: int
    boxes: Mapping[str, Box]
    paths: Mapping[tuple[str, str], str]
    bands: tuple[Band, ...]
    #: The documents whose year is not known.
    undated: frozenset[str]
    #: The lines between neighbouring columns that cross, as pairs of lines counted.
    crossings: int
    #: The path of all stretches on which several lines run as one.
    together: str
