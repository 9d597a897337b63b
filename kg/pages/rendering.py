"""Fills the templates: HTML with everything escaped, and relative links made from names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.pages import addresses, locators, remarks
from kg.pages.addresses import LANGUAGES, Address
from kg.pages.numbers import grouped
from kg.pages.phrases import phrases
from kg.pages.site import Site
from kg.pages.titles import title_of
from kg.uris import term

#: How each language calls itself.
OWN_NAMES = {"ar": "العربية", "en": "English", "es": "Español", "fr": "Français", "ru": "Русский", "zh": "中文"}
#: The pages that stand in the menu.
MENU = (
    *("documents", "bodies", "instruments", "events", "goals", "lineage"),
    *("map", "questions", "query", "ontology", "downloads", "about"),
)
ASSETS = Path(__file__).parent / "assets"


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["direction"] = direction
    environment.globals["own_names"] = OWN_NAMES
    environment.globals["version"] = version("unkg")
    return environment


def direction(language: str) -> str:
    """The way a language is written: rtl or ltr."""
    return "rtl" if language == "ar" else "ltr"


class Here:
    """The page that is being made: what its template needs to lead to others."""

    def __init__(self, site: Site, stem: str, language: str) -> None:
        self.site = site
        self.stem = stem
        self.language = language
        self._marks = {code: Address("", code).path for code in LANGUAGES}
        self.path = f"{stem}{self._marks[addresses.code(language)]}"

    def to(self, stem: str, *, fragment: str = "", language: str | None = None) -> str:
        """The link to a page, in this page's language or the one given."""
        mark = self._marks[addresses.code(language or self.language)]
        return addresses.link(stem + mark, start=self.path, fragment=fragment)

    @cached_property
    def versions(self) -> Sequence[tuple[str, str]]:
        """The page in each language: the code, and the link there."""
        return [(code, self.to(self.stem, language=code)) for code in LANGUAGES]

    @property
    def menu(self) -> Sequence[tuple[str, str]]:
        """The pages that every page leads to, and the links there."""
        return _menu(self.path.count("/"), self.language)

    def file(self, path: str) -> str:
        """The link to any other file of the site."""
        return addresses.link(path, start=self.path)

    @property
    def feed(self) -> str:
        """The path of the Atom feed in the page's language; a site whose address is known has one."""
        return f"feed{self._marks[addresses.code(self.language)].removesuffix('.html')}.atom"

    def thing(self, iri: str) -> str:
        """The link to the page of a thing, or its own name where it has no page here."""
        stem = addresses.stem_of(iri, self.site.names)
        return self.to(stem, fragment=addresses.fragment_of(iri)) if stem else iri

    def document(self, symbol: str, fragment: str = "") -> str:
        return self.to(f"doc/{symbol}", fragment=fragment)

    def label(self, iri: str) -> Markup:
        """The name of a thing, marked with its language where that is not the page's."""
        found = self.site.labels.find(iri, self.language)
        if found is None:
            return Markup.escape(iri.rpartition("/")[2].rpartition("#")[2])
        return self.words(found.text, found.language)

    def words(self, text: str, language: str) -> Markup:
        """Words of a language, marked with it where it is not the page's."""
        if language == self.language:
            return Markup.escape(text)
        return Markup('<span lang="{}" dir="{}">{}</span>').format(language, direction(language), text)

    def title(self, symbol: str) -> Markup:
        """What a document is called; empty where that is not known."""
        found = title_of(self.site, symbol, self.language)
        return self.words(*found) if found else Markup("")

    def clause(self, name: str) -> Markup:
        """A paragraph by its name, which is alike in all languages: PP4, OP3.a; the heading in words."""
        return _clause(name, self.language)

    def notation(self, text: str) -> Markup:
        """A number of a thing, which says what it numbers at times: Chapter VII."""
        own = locators.said(f"{text[:1].lower()}{text[1:]}", self.language)
        return Markup.escape(f"{own[:1].upper()}{own[1:]}" if own else text)

    def number(self, text: str) -> Markup:
        """A number with its point as the language writes it: 22 (a), 22 (أ)."""
        return Markup("<bdi>{}</bdi>").format(locators.numbered(text, self.language))

    def place(self, locator: str) -> Markup:
        """Where in a document a citation points; as the graph has it, marked as English, where that cannot be said."""
        own = locators.said(locator, self.language)
        return self.words(own, self.language) if own else self.words(locator, "en")

    def status(self, status: str) -> Markup:
        """Whether a citation is settled: ambiguous, unresolved."""
        return self.label(term(status.capitalize()))

    def remark(self, sentence: str) -> Markup:
        """A sentence of the graph, which has it in English alone; marked so where the page's language has no form."""
        return remarks.said(sentence, self.language) or self.words(sentence, "en")

    def count(self, number: int) -> str:
        """How many, in groups of three digits as the language parts them."""
        return grouped(number, self.language)

    def act(self, slug: str) -> str:
        return self.site.labels.act(slug, self.language)


@lru_cache(maxsize=4096)
def _clause(name: str, language: str) -> Markup:
    """Pages name the same few clauses again and again."""
    return Markup("<bdi>{}</bdi>").format(phrases("site", language)["header"] if name == "header" else name)


@cache
def _menu(depth: int, language: str) -> Sequence[tuple[str, str]]:
    """The same for all pages that lie as deep."""
    up = "../" * depth
    return [(stem, f"{up}{Address(stem, addresses.code(language)).path}") for stem in MENU]


def render(site: Site, template: str, *, stem: str, language: str, section: str, **values: Any) -> bytes:
    """A page. Templates see `here` (links and names), `say` (the section's phrases), `chrome` (those of all pages),
    `language`, `direction`, and the values given."""
    here = Here(site, stem, language)
    return (
        _environment()
        .get_template(template)
        .render(
            here=here,
            say=phrases(section, language),
            chrome=phrases("site", language),
            language=language,
            direction=direction(language),
            languages=[(code, OWN_NAMES[code]) for code in LANGUAGES],
            **_defaults(values),
        )
        .encode()
    )


def _defaults(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a page may leave out: data beside it, JSON-LD in it, typed links, its description."""
    return {"data_forms": (), "jsonld": "", "typed_links": (), "description": "", "crumbs": (), **values}
