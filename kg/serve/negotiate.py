"""Chooses among the media types that there are by what a client accepts: q-values, wildcards, the most specific range.

RFC 9110, 12.5.1: the most specific range that fits a type gives its quality, a quality of 0 refuses it; of types that
are equally welcome, the one that is offered first is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

#: Parameters that say how a type is liked best, and not that it is taken in no other way.
_HINTS = ("charset", "profile")
#: A header with more ranges is read so far; no client sends as many.
_MOST_RANGES = 50


@dataclass(frozen=True, slots=True)
class Range:
    """One media range of an Accept header, with its parameters but for q."""

    main: str
    sub: str
    parameters: tuple[tuple[str, str], ...]
    quality: float

    def fits(self, offered: Range) -> bool:
        """Whether a type that is offered lies in this range; what it says in parameters must be said by the type."""
        return (
            self.main in ("*", offered.main)
            and self.sub in ("*", offered.sub)
            and set(self.parameters) <= set(offered.parameters)
        )

    @property
    def specific(self) -> tuple[bool, bool, int]:
        return self.main != "*", self.sub != "*", len(self.parameters)


@lru_cache(maxsize=1024)
def choose(accept: str | None, offered: tuple[str, ...]) -> str | None:
    """The media type to send, None where nothing that is offered is welcome; without a header the first is."""
    ranges = parse(accept or "*/*")
    best, quality = None, 0.0
    for media in offered:
        welcome = _quality(ranges, _parsed(media))
        if welcome > quality:
            best, quality = media, welcome
    return best


def parse(accept: str) -> tuple[Range, ...]:
    """The ranges of a header, without those that cannot be read; where none can be, anything is taken."""
    read = (_parsed(part) for part in _split(accept, ",")[:_MOST_RANGES])
    return tuple(each for each in read if each is not None) or (Range("*", "*", (), 1.0),)


def takes_gzip(accept_encoding: str | None) -> bool:
    """Whether a client takes gzip."""
    qualities = {}
    for part in (accept_encoding or "").lower().split(","):
        name, _, rest = part.partition(";")
        qualities[name.strip()] = _number(rest.strip().removeprefix("q=")) if rest.strip() else 1.0
    return (qualities.get("gzip", qualities.get("*")) or 0) > 0


def choose_language(accept_language: str | None, offered: Sequence[str]) -> str | None:
    """The language that is wanted most of those offered (en-GB wants en), None where none is named."""
    wanted: dict[str, float] = {}
    for part in (accept_language or "").lower().split(",")[:_MOST_RANGES]:
        name, _, rest = part.strip().partition(";")
        quality = _number(rest.strip().removeprefix("q=")) if rest.strip() else 1.0
        primary = name.strip().split("-")[0]
        wanted[primary] = max(wanted.get(primary, 0.0), quality or 0.0)
    welcome = (language for language in offered if wanted.get(language))
    return max(welcome, key=lambda each: wanted[each], default=None)


def _quality(ranges: tuple[Range, ...], offered: Range | None) -> float:
    fitting = [each for each in ranges if offered is not None and each.fits(offered)]
    return max(fitting, key=lambda each: each.specific).quality if fitting else 0.0


@lru_cache(maxsize=256)
def _parsed(part: str) -> Range | None:
    """One range; None where it cannot be read."""
    words = [word.strip() for word in _split(part, ";")]
    main, slash, sub = words[0].lower().partition("/")
    if not slash or not main or not sub or (main == "*" and sub != "*"):
        # `*` alone is what some old clients send for anything.
        if words[0] != "*":
            return None
        main = sub = "*"
    quality, parameters = 1.0, []
    for word in words[1:]:
        name, _, value = word.partition("=")
        name, value = name.strip().lower(), value.strip().strip('"').lower()
        if name == "q":
            read = _number(value)
            if read is None:
                return None
            quality = read
            # What follows q is no parameter of the type.
            break
        if name and name not in _HINTS:
            parameters.append((name, value))
    return Range(main, sub, tuple(parameters), quality)


def _number(text: str) -> float | None:
    """A quality from 0 to 1, None where it is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def _split(text: str, at: str) -> list[str]:
    """Parts between commas or semicolons that do not stand in quotes."""
    if '"' not in text:
        return [part for part in text.split(at) if part.strip()]
    parts, quoted, start = [], False, 0
    for place, character in enumerate(text):
        if character == '"' and text[place - 1 : place] != "\\":
            quoted = not quoted
        elif character == at and not quoted:
            parts.append(text[start:place])
            start = place + 1
    return [part for part in (*parts, text[start:]) if part.strip()]
