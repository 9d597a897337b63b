"""What servers need so that the names of a site lead to its files: redirects, content negotiation, headers.

Every file here is made from the templates in servers/ and from four things: the base of the names, the address of the
site, the kinds of things that have pages, and the other spellings of names in servers/aliases.toml. What a host that
only hands out files cannot do is told in servers/README.md, which goes along.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.errors import UnkgError
from kg.pages import addresses
from kg.pages.phrases import phrases
from kg.pages.signposting import data_links, page_links
from kg.publish.aliases import aliases
from kg.publish.media import MEDIA_TYPES, PACKED, type_alone
from kg.uris import BASE, ONTOLOGY, SDG

_TEMPLATES = Path(__file__).parent / "servers"
#: Where the site lies while nobody has said where: at the top of some host.
_SOMEWHERE = "/"
#: Seconds for which an answer may be kept: where a name leads to; pages and data.
_LIFETIMES = {"name": 86_400, "page": 3_600}
#: What paths of pages are made of; parentheses by number, so that all others here are groups.
_SAFE = r"[A-Za-z0-9/\x28\x29.,_~-]"
#: What other spellings may hold beside that.
_SPELLED = "A-Za-z0-9/().,:&@_~+!*'=-"

#: The ranges of an Accept header by how narrow they are, the widest first, and the kinds of files that fit them; of two
#: names of one type, the one that is registered comes last, and so counts.
_RANGES: Sequence[tuple[str, str, Sequence[str]]] = (
    ("any", r"\*/\*", ("html", "ttl", "jsonld", "nt")),
    ("text", r"text/\*", ("html", "ttl")),
    ("application", r"application/\*", ("jsonld", "nt")),
    ("xhtml", r"application/xhtml\+xml", ("html",)),
    ("html", "text/html", ("html",)),
    ("xturtle", "application/x-turtle", ("ttl",)),
    ("turtle", "text/turtle", ("ttl",)),
    ("json", "application/json", ("jsonld",)),
    ("jsonld", r"application/ld\+json", ("jsonld",)),
    ("plain", "text/plain", ("nt",)),
    ("ntriples", "application/n-triples", ("nt",)),
)
#: Parameters of a range other than its quality.
_PARAMETERS = r"(?:\s*;(?!\s*q\s*=)[^,;]*)*"


#: The beginning of a group that keeps what it fits.
_GROUP = re.compile(r"(?<!\\)\((?!\?)")


@dataclass(frozen=True, slots=True)
class Thing:
    """Pages of a kind: a pattern of their paths without ending, whose first group is the path, and the thing's name."""

    pattern: str
    name: str


#: Folders of things whose names are the base and the path.
FOLDERS = ("doc", "body", "group", "instrument", "event", "act", "qualifier", "kind", "scheme")


def things(base: str) -> Sequence[Thing]:
    """The kinds of things that have pages."""
    return (
        Thing(f"((?:{'|'.join(FOLDERS)})/{_SAFE}+?)", f"{base}$1"),
        Thing(f"(sdg/({_SAFE}+?))", f"{SDG}$2"),
        Thing(f"(ontology/({_SAFE}+?))", f"{ONTOLOGY}$2"),
        Thing("(ontology)", ONTOLOGY.rstrip("#")),
        Thing("(dataset)", f"{base}$1"),
    )


def redirect_files(*, base: str = BASE, address: str = "") -> Mapping[str, str]:
    """What to write into the folder of a site, by path; raises UnkgError for an address that is none.

    The redirects of the base's own host are left out where the names lie within the site itself.
    """
    if address and (not address.endswith("/") or not urlsplit(address).netloc):
        raise UnkgError(address, "no address of a site; expected something like https://example.org/un/")
    values = _values(base, address)
    files = {
        ".htaccess": "htaccess",
        "_redirects": "_redirects",
        "_headers": "_headers",
        "404.html": "404.html",
        "redirects/apache.conf": "apache.conf",
        "redirects/nginx-maps.conf": "nginx-maps.conf",
        "redirects/nginx-site.conf": "nginx-site.conf",
        "redirects/README.md": "README.md",
    }
    if address and not base.startswith(address):
        files["redirects/w3id.htaccess"] = "w3id.htaccess"
    rendered = {path: _environment().get_template(template).render(values) for path, template in files.items()}
    # Or else GitHub Pages leaves out what begins with a dot or an underscore.
    return {**rendered, ".nojekyll": ""}


def _values(base: str, address: str) -> Mapping[str, Any]:
    marked = [language for language in addresses.LANGUAGES if language != addresses.DEFAULT]
    top = urlsplit(address).path or _SOMEWHERE
    kinds = list(addresses.MEDIA_TYPES)
    types = list(MEDIA_TYPES.items())
    return {
        "base": base,
        "address": address,
        "top": top,
        "within": True,
        "lead": f"%{{ENV:ORIGIN}}{top}",
        "languages": addresses.LANGUAGES,
        "default": addresses.DEFAULT,
        "marked": marked,
        "kinds": kinds,
        "data": addresses.DATA,
        "endings": list(MEDIA_TYPES),
        "types": types,
        "types_of": _types_of(),
        "with_charset": sorted({type_alone(ending) for ending, type_ in types if "charset" in type_} - {"text/html"}),
        "packed": PACKED,
        "offered": f"This is offered as {', '.join(addresses.MEDIA_TYPES.values())}.",
        "lifetimes": _LIFETIMES,
        "safe": _SAFE,
        "parameters": _PARAMETERS,
        "ranges": [(pattern, offered) for _, pattern, offered in _RANGES],
        "named_ranges": [(pattern, offered, name) for name, pattern, offered in _RANGES],
        "chains": [(kind, [name for name, _, offered in reversed(_RANGES) if kind in offered]) for kind in kinds],
        "greater": greater(),
        "aliases": aliases(),
        "things": things(base),
        "kinds_of_things": [_GROUP.sub("(?:", thing.pattern) for thing in _below(base)],
        "page_links": lambda stem, name: ", ".join(
            link.header() for link in page_links(f"{top}{stem}", name, home=f"{top}index.html")
        ),
        "data_links": lambda stem: ", ".join(link.header() for link in data_links(f"{top}{stem}")),
        "named_groups": named_groups,
        "named_values": lambda text, mark: re.sub(r"\$(\d)", rf"${{unkg_g{mark}_\1}}", text),
        "spelled": _SPELLED,
        "version": version("unkg"),
        "missing": {language: phrases("missing", language) for language in addresses.LANGUAGES},
        "rules": [(alias.pattern, alias.to) for alias in aliases()],
        "ranges_in_words": ", ".join(re.sub(r"\\", "", pattern) for _, pattern, _ in _RANGES),
    }


def _below(base: str) -> Sequence[Thing]:
    """The things whose names lie below the base, where w3id sees them."""
    return [thing for thing in things(base) if thing.name.startswith((base, ONTOLOGY.rstrip("#")))]


def _types_of() -> Sequence[tuple[str, Sequence[str]]]:
    """Media types without charset, as nginx wants them, and the endings of each."""
    found: dict[str, list[str]] = {}
    for ending in MEDIA_TYPES:
        found.setdefault(type_alone(ending), []).append(ending)
    return tuple(found.items())


def greater() -> str:
    """A pattern for nginx, which cannot compare numbers: fits "x y", two qualities, where y is the greater."""
    digits = "|".join(rf"{digit}\d* 0\.\1[{digit + 1}-9]\d*" for digit in range(9))
    return rf"~^0\.(\d*)(?:\d* 1| 0\.\1\d+|{digits})$"


def named_groups(pattern: str, mark: object) -> str:
    """The pattern with its groups named unkg_g<mark>_1, _2 …, as nginx keeps only those."""
    number = iter(range(1, 10))
    return _GROUP.sub(lambda _: f"(?<unkg_g{mark}_{next(number)}>", pattern)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - configuration, not HTML
    )
    environment.filters["re"] = re.escape
    # Within a script: no end of it may stand in a string.
    environment.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
    return environment
