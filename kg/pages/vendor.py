"""What the pages take from npm: bundled files in assets/vendor/ with their licences, as their manifest tells.

They are built in kg/pages/frontend, which is not part of the wheel; nothing of it is needed to make or see pages.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import RuleError

FOLDER = Path(__file__).parent / "assets" / "vendor"
MANIFEST = FOLDER / "manifest.json"


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package that went into a bundle; `text` is the file of its licence, below the vendor folder."""

    name: str
    version: str
    licence: str
    origin: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file for browsers; `variable` is the global name under which a page's scripts find it."""

    name: str
    version: str
    file: str
    variable: str
    bytes: int
    sha256: str
    packages: tuple[Package, ...]


@cache
def bundles() -> tuple[Bundle, ...]:
    """Every bundle that ships; raises RuleError where the manifest cannot be read."""
    try:
        manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
        return tuple(_bundle(dict(entry)) for entry in manifest["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        advice = "build it again: cd kg/pages/frontend && npm ci && npm run build"
        raise RuleError(str(MANIFEST), f"does not tell what is bundled ({error}); {advice}") from None


def bundle(name: str) -> Bundle:
    """The bundle of that name; raises RuleError, which says which ones exist."""
    for each in bundles():
        if each.name == name:
            return each
    known = ", ".join(each.name for each in bundles())
    raise RuleError(str(MANIFEST), f"has no bundle {name}; there are: {known}")


def _bundle(entry: dict[str, object]) -> Bundle:
    packages = entry.pop("packages")
    if not isinstance(packages, list):
        raise TypeError("packages is no list")
    made = tuple(Package(**each) for each in packages)
    return Bundle(variable=str(entry.pop("global")), packages=made, **entry)  # type: ignore[arg-type]
