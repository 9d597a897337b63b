"""The script assets/lineage-words.js: what the lineage page says in six languages, and how acts are drawn.

It is made from phrases/lineage.toml, kg/drawing/acts.toml and ontology/acts.ttl: `python -m kg.pages.lineage_words`
writes it, and a test says whether it was.
"""

from __future__ import annotations

import json

from kg import registry
from kg.drawing.families import families
from kg.drawing.svg import markers, style
from kg.pages.addresses import LANGUAGES
from kg.pages.phrases import phrases
from kg.pages.rendering import ASSETS, OWN_NAMES

FILE = ASSETS / "lineage-words.js"


def lineage_words() -> str:
    """The text of the script."""
    told = {
        "languages": OWN_NAMES,
        "say": {language: dict(phrases("lineage", language)) for language in LANGUAGES},
        "families": [
            {"name": each.name, "head": each.head, "acts": list(each.acts), "labels": dict(each.labels)}
            for each in families()
        ],
        "acts": {slug: dict(act.labels) for slug, act in sorted(registry.acts().items())},
        "style": style(),
        "markers": markers(),
    }
    lines = (f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False)}" for key, value in told.items())
    return "globalThis.unkgLineageWords={\n" + ",\n".join(lines) + "\n};\n"


if __name__ == "__main__":
    FILE.write_text(lineage_words(), encoding="utf-8")
