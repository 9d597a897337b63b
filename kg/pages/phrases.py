"""The words that pages show, in six languages: one file a section, one table a phrase, the languages side by side."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kg.errors import RuleError
from kg.pages.addresses import LANGUAGES

FOLDER = Path(__file__).parent / "phrases"
#: The table of a file that holds no phrases but what is made of them, for tests.
EXAMPLES = "proof"


@cache
def phrases(section: str, language: str) -> Mapping[str, str]:
    """The phrases of a section in a language, by key; raises RuleError where the file lacks one."""
    path = FOLDER / f"{section}.toml"
    found = {}
    for key, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if key == EXAMPLES:
            continue
        lacking = [code for code in LANGUAGES if not words.get(code)]
        if lacking:
            raise RuleError(str(path), f"{key} lacks {', '.join(lacking)}")
        found[key] = words[language]
    return found


def sections() -> list[str]:
    """The sections that there are."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))
