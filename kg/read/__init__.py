"""Source → Text: one file a format, chosen by what the bytes are and not by the file's name."""

from __future__ import annotations

from kg.errors import UnreadableSource
from kg.model import Source, Text
from kg.read.akn import looks_like_akn, read_akn
from kg.read.text import read_text

__all__ = ["read", "texts"]


def texts(source: Source) -> tuple[Text, ...]:
    """The documents that the source holds, mostly one; raises UnreadableSource or UnknownLanguage, with its name."""
    return read_akn(source) if looks_like_akn(source.data) else (read_text(source),)


def read(source: Source) -> Text:
    """The one document that the source holds; raises UnreadableSource where it holds several."""
    found = texts(source)
    if len(found) > 1:
        held = ", ".join(str(text.published.symbol if text.published else None) for text in found)
        raise UnreadableSource(source.name, f"holds {len(found)} documents ({held}); expected one")
    return found[0]
