"""The page that a server sends for what it does not know, or what was withdrawn; a static site has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from kg import symbols
from kg.pages.phrases import phrases
from kg.pages.rendering import render
from kg.pages.site import Site

_PLAIN = re.compile(r"[\w().,@-]+(?:/[\w().,@-]+)*")


def absent_page(
    site: Site, path: str, language: str, *, asked: str, close: Sequence[str], status: Literal[404, 410] = 404
) -> bytes:
    """Says that nothing is at a path, or is there no more, and what is close to what was `asked` for."""
    # Links lead from as deep as the path is, whatever stands in it.
    depth = "/".join("-" for _ in path.split("/"))
    symbol = symbols.find(asked)
    return render(
        site,
        "absent.html",
        stem=path if _PLAIN.fullmatch(path) and ".." not in path else depth,
        language=language,
        section="absent",
        missing=phrases("missing", language),
        asked=asked,
        close=close,
        status=status,
        official=next(iter(symbols.links(symbol)), "") if symbol else "",
    )
