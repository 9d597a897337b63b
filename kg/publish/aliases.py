"""Other spellings of names, and the names they lead to: servers/aliases.toml, for every server and for the 404 page."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import RuleError

PATH = Path(__file__).parent / "servers" / "aliases.toml"
#: So often one spelling leads to the next, at most: blanks, then a link, then its letters.
_STEPS = 6


@dataclass(frozen=True, slots=True)
class Alias:
    """`pattern` fits a whole path below the base; `to` is the path it leads to, with $1 for the first group."""

    why: str
    pattern: str
    to: str


@cache
def aliases() -> Sequence[Alias]:
    """The rules in the order in which they are tried."""
    return tuple(alias for rule in _rules() for alias in _written_out(rule))


def examples() -> Iterator[tuple[str, str]]:
    """A path and the name that it comes to, for each rule."""
    for rule in _rules():
        yield from ((path, name) for path, name in rule["examples"])


def name_of(path: str, rules: Sequence[Alias] | None = None) -> str:
    """The path of the name that a spelling leads to: the path itself where no rule fits."""
    for _ in range(_STEPS):
        following = _step(path, aliases() if rules is None else rules)
        if following is None:
            return path
        path = following
    raise RuleError(str(PATH), f"{path} leads on and on; make a rule narrower")


def _step(path: str, rules: Sequence[Alias]) -> str | None:
    for alias in rules:
        found = re.fullmatch(alias.pattern, path)
        if found:
            template = re.sub(r"\$(\d)", r"\\g<\1>", alias.to)
            return found.expand(template)
    return None


def _rules() -> Sequence[Mapping[str, Any]]:
    rules = tomllib.loads(PATH.read_text(encoding="utf-8")).get("rule", [])
    for rule in rules:
        lacking = [key for key in ("why", "from", "to", "examples") if not rule.get(key)]
        if lacking:
            raise RuleError(str(PATH), f"{rule.get('why', 'a rule')}: lacks {', '.join(lacking)}")
    return tuple(rules)


def _written_out(rule: Mapping[str, Any]) -> Iterator[Alias]:
    for series in rule.get("series", [""]):
        # In whatever letters, as all readers of these patterns know it: [Aa]/[Rr][Ee][Ss].
        letters = "".join(f"[{each}{each.lower()}]" if each.isalpha() else each for each in series)
        pattern = rule["from"].replace("{series}", series).replace("{any}", letters)
        yield Alias(rule["why"], pattern, rule["to"].replace("{series}", series))
