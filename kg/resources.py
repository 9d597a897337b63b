"""Finds ontology/, queries/, data/ and the language files, in a checkout or in an installed package."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from kg.errors import RuleError
from kg.uris import BASE

_PACKAGE = Path(__file__).parent
_CODE = (".py", ".toml", ".json")
#: Folders of the package that hold no code which makes a store; what is built from npm lies in one of them.
_SHOWING = ("_resources", "pages", "publish", "serve")


@cache
def root() -> Path:
    """The folder that holds ontology/, queries/ and data/: the checkout's top, or the package's own copy of them."""
    for candidate in (_PACKAGE / "_resources", _PACKAGE.parent):
        if (candidate / "ontology").is_dir() and (candidate / "queries").is_dir():
            return candidate
    raise RuleError(str(_PACKAGE), "ontology/ and queries/ are missing; install the package again")


def ontology() -> tuple[Path, ...]:
    """The Turtle files of the ontology but for the shapes, which are rules and not part of what is published."""
    return tuple(path for path in sorted((root() / "ontology").glob("*.ttl")) if path.name != "shapes.ttl")


def shapes() -> Path:
    return root() / "ontology" / "shapes.ttl"


def across() -> tuple[Path, ...]:
    """The rules over the whole store."""
    return tuple(sorted((root() / "ontology" / "across").glob("*.rq")))


def registries() -> tuple[Path, ...]:
    return tuple(sorted((root() / "data" / "registries").glob("*.ttl")))


def questions() -> Path:
    return root() / "queries"


def documents() -> Path:
    """The folder with the documents that ship with unkg."""
    return root() / "data"


def languages() -> Path:
    return _PACKAGE / "languages"


@cache
def version() -> str:
    """A digest of all code, rules and registries: what was made with another one may be made differently now. What
    shows a store, and makes nothing of one, does not count."""
    digest = hashlib.blake2b(digest_size=16)
    folders = (folder for folder in _PACKAGE.iterdir() if folder.is_dir() and folder.name not in _SHOWING)
    found = (*_PACKAGE.iterdir(), *(path for folder in folders for path in folder.rglob("*")))
    code = (path for path in found if path.suffix in _CODE)
    for path in (*sorted(code), *ontology(), shapes(), *across(), *registries()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def turtle(path: Path, base: str = BASE) -> str:
    """A Turtle file of ours with its `@base` line set to `base`."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"^@base <[^>]*> \.", f"@base <{base}> .", text, count=1, flags=re.MULTILINE)
