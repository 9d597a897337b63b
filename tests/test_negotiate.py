"""Content negotiation: which of the media types that there are is sent for an Accept header."""

from __future__ import annotations

import pytest

from kg.serve.negotiate import choose, choose_language, parse, takes_gzip

OFFERED = ("text/html", "text/turtle", "application/ld+json", "application/n-triples")


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ("text/*", "text/html"),
        ("application/*", "application/ld+json"),
        # The highest quality wins, whatever comes first.
        ("text/html;q=0.5, text/turtle;q=0.9", "text/turtle"),
        ("text/turtle;q=0.9,text/html;q=0.95", "text/html"),
        ("text/turtle; q=0.5, application/ld+json; q=0.5", "text/turtle"),
        # The more specific range gives the quality.
        ("*/*;q=1, text/html;q=0.1", "text/turtle"),
        ("text/*;q=0.3, text/html;q=0.7, text/turtle;q=0.4, */*;q=0.5", "text/html"),
        ("text/*, text/html;q=0", "text/turtle"),
        ("*/*, text/html;q=0, text/turtle;q=0", "application/ld+json"),
        # A quality of 0 refuses, also where the range is the only one.
        ("text/html;q=0", None),
        ("*/*;q=0", None),
        ("image/png", None),
        ("image/png, */*;q=0.01", "text/html"),
        # A profile says how JSON-LD is liked best; other parameters must be told to fit.
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
        ('text/turtle;q=0.2, application/ld+json;profile="a,b;c";q=1', "application/ld+json"),
        ("text/turtle;version=1.2", None),
        # What stands behind q is no parameter of the type.
        ("text/turtle;q=1;level=1", "text/turtle"),
        # What cannot be read counts for nothing; where nothing can be read, anything is taken.
        ("text/turtle;q=high, application/n-triples", "application/n-triples"),
        ("text/turtle;q=2, application/n-triples;q=0.1", "application/n-triples"),
        ("nonsense", "text/html"),
        ("*/turtle, application/n-triples", "application/n-triples"),
        (",,,", "text/html"),
        # As browsers ask.
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "text/html"),
        # As rdflib and Jena ask.
        ("application/n-triples;q=0.9,text/turtle,application/rdf+xml;q=0.8,*/*;q=0.1", "text/turtle"),
        ("text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,*/*;q=0.3", "text/turtle"),
    ],
)
def test_what_is_sent(accept: str | None, sent: str | None) -> None:
    assert choose(accept, OFFERED) == sent


def test_parameters_that_are_told_fit() -> None:
    assert choose("text/html;level=1", ("text/plain", "text/html;level=1")) == "text/html;level=1"
    assert choose("text/html;level=1;q=0.1, text/html;q=0.9", ("text/html;level=1", "text/html")) == "text/html"


def test_a_header_of_any_length_is_read() -> None:
    assert len(parse(", ".join(f"text/x{n}" for n in range(10_000)))) <= 50
    assert choose(f"{'text/x,' * 10}text/turtle", OFFERED) == "text/turtle"


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        (None, False),
        ("", False),
        ("gzip", True),
        ("br, GZIP", True),
        ("gzip;q=0", False),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("identity", False),
        ("deflate, gzip;q=0.5", True),
    ],
)
def test_who_takes_gzip(header: str | None, takes: bool) -> None:
    assert takes_gzip(header) is takes


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, None),
        ("fr", "fr"),
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("de, en;q=0.5", "en"),
        ("en;q=0.5, zh-Hans;q=0.9", "zh"),
        ("de", None),
        ("*", None),
        ("ar;q=0, en;q=0.1", "en"),
        ("es;q=x, ru", "ru"),
    ],
)
def test_the_language_that_is_wanted(header: str | None, code: str | None) -> None:
    assert choose_language(header, ("ar", "en", "es", "fr", "ru", "zh")) == code
