"""Families of acts, each with a look of its own, and the words of a picture in six languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Family:
    """Acts that are drawn alike: `light` and `dark` are colours on white and on black, `head` the end of the arrow."""

    name: str
    acts: tuple[str, ...]
    light: str
    dark: str
    dash: str
    head: str
    labels: Mapping[str, str]


@cache
def families() -> tuple[Family, ...]:
    """All families, in the order of the legend."""
    return tuple(
        Family(
            name=name,
            acts=tuple(entry.pop("acts")),
            **{key: entry.pop(key) for key in ("light", "dark", "dash", "head")},
            labels=entry,
        )
        for name, entry in _read("acts.toml").items()
    )


def family(act: str | None) -> Family:
    """The family of an act; the last one for no act."""
    return _by_act().get(act or "", families()[-1])


@cache
def words(language: str) -> Mapping[str, str]:
    """What a picture says, in that language."""
    return {key: phrase[language] for key, phrase in _read("words.toml").items()}


@cache
def _by_act() -> Mapping[str, Family]:
    return {act: each for each in families() for act in each.acts}


def _read(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))
