"""What search engines read in a page: schema.org as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kg import symbols
from kg.catalogue import Work
from kg.pages.site import Site

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def legislation(site: Site, work: Work, *, cites: Sequence[str], language: str, path: str) -> str:
    """A document as schema.org Legislation."""
    name = site.names.document(work.symbol)
    organ = site.labels.find(site.names.named(work.organ), language) if work.organ else None
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": name,
        "legislationIdentifier": work.symbol,
        "name": [{"@value": title, "@language": code} for code, title in sorted(work.titles.items())],
        "legislationDate": work.adopted,
        "legislationPassedBy": {"@type": "Organization", "@id": site.names.named(work.organ or ""), "name": organ.text}
        if organ
        else None,
        "inLanguage": list(work.languages),
        "citation": [{"@id": site.names.document(each)} for each in cites],
        "sameAs": list(symbols.links(symbols.parse(work.symbol))),
        "url": site.absolute(path) if site.address else None,
        "isBasedOn": "https://documents.un.org/",
        "sdLicense": _LICENCE,
    }
    return as_script({key: value for key, value in said.items() if value})


def as_script(said: Mapping[str, Any]) -> str:
    """JSON that may stand inside a script element."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
