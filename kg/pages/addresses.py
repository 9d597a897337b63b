"""Where the page of a thing lies in the site, and how one page leads to another.

A path is relative to the top of the site and not escaped: doc/A/RES/76/213@fr.html. The folders follow the names; the
English page bears no mark of its language. Links are relative, so that a site works from any folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args
from urllib.parse import quote, unquote

from kg.model import Language
from kg.uris import ONTOLOGY, SDG, Names

LANGUAGES: tuple[Language, ...] = get_args(Language)
#: The language of pages that bear no mark.
DEFAULT: Language = "en"
#: The forms of data beside each page, by the ending of the file.
MEDIA_TYPES = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}
DATA = tuple(form for form in MEDIA_TYPES if form != "html")
#: What may stand unescaped in an address, beside letters and digits; a colon only after the first step.
_SAFE = "/().,;=@-_~'!*+&$"
#: What needs no escape; most do not.
_PLAIN = re.compile(r"[A-Za-z0-9/().,;=@_~'!*+&$-]*")


@dataclass(frozen=True, slots=True)
class Address:
    """One file of a thing: its path without ending, the language of a page, the ending."""

    stem: str
    language: Language = DEFAULT
    form: str = "html"

    @property
    def path(self) -> str:
        mark = "" if self.language == DEFAULT or self.form != "html" else f"@{self.language}"
        return f"{self.stem}{mark}.{self.form}"


def parse(path: str) -> Address | None:
    """The file that a path names, None where it has none of the endings."""
    stem, _, form = path.rpartition(".")
    if form not in MEDIA_TYPES or not stem:
        return None
    bare, mark, language = stem.rpartition("@")
    if mark and language in LANGUAGES:
        return Address(bare, code(language), form)
    return Address(stem, DEFAULT, form)


def stem_of(iri: str, names: Names) -> str | None:
    """The path, without ending, of the page on which a thing stands: its own, or that of the document that it is part
    of; None for what has no page here."""
    if iri.startswith(SDG) and not iri.startswith(f"{SDG}ontology"):
        return f"sdg/{iri.removeprefix(SDG)}"
    if iri.startswith(ONTOLOGY):
        return f"ontology/{iri.removeprefix(ONTOLOGY)}"
    if not iri.startswith(names.base):
        return None
    whole, _, _ = iri.removeprefix(names.base).partition("#")
    bare, mark, language = whole.rpartition("@")
    return unquote(bare if mark and language in LANGUAGES else whole)


def fragment_of(iri: str) -> str:
    """The anchor on that page, empty where the thing is the page's own."""
    if iri.startswith(ONTOLOGY):
        return ""
    return iri.partition("#")[2]


def iri_of(stem: str, names: Names) -> str:
    """The name of the thing whose page that is; the other way round than `stem_of`."""
    if stem.startswith("sdg/"):
        return SDG + stem.removeprefix("sdg/")
    if stem.startswith("ontology/"):
        return ONTOLOGY + stem.removeprefix("ontology/")
    return names.document(stem.removeprefix("doc/")) if stem.startswith("doc/") else names.base + stem


def link(target: str, *, start: str, fragment: str = "") -> str:
    """The address of one path, seen from the page at another: ../../RES/74/229.html#OP3."""
    steps, here = target.split("/"), start.split("/")
    shared = 0
    # The last step is the file's own name, which is always written.
    while shared < min(len(steps), len(here)) - 1 and steps[shared] == here[shared]:
        shared += 1
    away = "../" * (len(here) - 1 - shared) + _escaped("/".join(steps[shared:]))
    return f"{away}#{_escaped(fragment, ':')}" if fragment else away


def _escaped(text: str, also: str = "") -> str:
    return text if _PLAIN.fullmatch(text) else quote(text, safe=_SAFE + also)


def code(language: str) -> Language:
    """The language of that code; raises KeyError where it is none of the six."""
    for each in LANGUAGES:
        if each == language:
            return each
    raise KeyError(language)
