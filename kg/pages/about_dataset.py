"""The dataset as schema.org has it, for search engines: in the home page, and with its files in the descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.pages.addresses import LANGUAGES
from kg.pages.phrases import phrases
from kg.pages.site import Site

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def dataset_jsonld(site: Site) -> dict[str, Any]:
    """What the dataset is, whatever its release."""
    name, say = f"{site.names.base}dataset", phrases("dataset", "en")
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": name,
        "url": f"{site.address or site.names.base}index.html",
        "name": in_six("title"),
        "description": in_six("description"),
        "keywords": [word.strip() for word in say["keywords"].split(";")],
        "inLanguage": list(LANGUAGES),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": say["publisher"], "url": name},
        "isBasedOn": {"@type": "CreativeWork", "name": "Documents of the United Nations", "url": "https://www.un.org/"},
        "usageInfo": say["unofficial"],
        "includedInDataCatalog": {"@type": "DataCatalog", "url": f"{site.address or site.names.base}dataset.ttl"},
    }


def in_six(key: str) -> Sequence[dict[str, str]]:
    """A phrase of the dataset in all languages, as JSON-LD has it."""
    return [{"@value": phrases("dataset", code)[key], "@language": code} for code in LANGUAGES]
