"""The page and the data of a document that was published once and is no more: its name still answers."""

from __future__ import annotations

import pyoxigraph as ox

from kg.pages.data import FORMATS, PREFIXES
from kg.pages.phrases import phrases
from kg.pages.rendering import render
from kg.pages.site import Site


def withdrawn_page(site: Site, symbol: str, language: str, *, since: str, replaced_by: str | None) -> bytes:
    """Says that the document was withdrawn, on which day (YYYY-MM-DD), and which document took its place if any did."""
    return render(
        site,
        "withdrawn.html",
        stem=f"doc/{symbol}",
        language=language,
        section="withdrawn",
        symbol=symbol,
        since=since,
        replaced_by=replaced_by,
        data_forms=(),
        description=phrases("withdrawn", language)["title"],
    )


def withdrawn_data(triples: list[ox.Triple], form: str) -> bytes:
    """What is left to be said of it, as ttl, jsonld or nt."""
    return ox.serialize(triples, format=FORMATS[form], prefixes=None if form == "nt" else PREFIXES) or b""
