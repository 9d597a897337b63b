"""Characters that are read as others: look-alikes, and letters that a language writes either way."""

from __future__ import annotations

import re
from collections.abc import Mapping


class Alike:
    """Characters each of which is read as another.

    Texts hold few of them: to find these and to replace one at a time is twenty times faster than str.translate, which
    looks up every character. So none may be read as one that is itself read as another.
    """

    def __init__(self, table: Mapping[int, str]) -> None:
        self.read_as = {chr(found): wanted for found, wanted in table.items()}
        self.pattern = re.compile(f"[{re.escape(''.join(self.read_as))}]") if table else None

    def unified(self, text: str) -> str:
        """The text with each of them replaced."""
        at = 0
        while self.pattern and (found := self.pattern.search(text, at)):
            at = found.end()
            text = text.replace(found[0], self.read_as[found[0]])
        return text
