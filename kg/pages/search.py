"""The page on which one searches; what it reads is written by kg/publish/search_index.py."""

from __future__ import annotations

from kg.pages.phrases import phrases
from kg.pages.rendering import render
from kg.pages.site import Site

STEM = "search"
#: What the template says itself.
_OF_TEMPLATE = frozenset(("title", "ask", "help", "how", "examples", "example_words", "example_name", "no_javascript"))


def search_page(site: Site, language: str) -> bytes:
    """The search page in one language."""
    say = {key: words for key, words in phrases("search", language).items() if key not in _OF_TEMPLATE}
    words = {"language": language, "say": say, "dates": dict(phrases("dates", language))}
    return render(site, "search.html", stem=STEM, language=language, section="search", words=words)
