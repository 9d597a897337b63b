"""Makes the words of each language alike, for the index and for what is asked of it.

A word becomes a stem: small letters, without accents, endings and what is written to it, by rules as light as its
inflection needs. Scripts without spaces become pairs of characters, and each run of them ends with its last character
alone, so that a word of any length is a phrase of pairs and one character is the beginning of a pair. What is known of
a language stands in words.toml.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from kg.model import Language, Span

_FILE = Path(__file__).with_name("words.toml")
#: Changes whenever words are made alike in another way by the code below.
_VERSION = 1
#: Marks that stand inside words: accents, Arabic vowels, soft hyphens.
_MARKS = "\u0300-\u036f\u0640\u064b-\u065f\u0670\u00ad"
_WORD = rf"[^\W_][\w{_MARKS}]*"
_NOT_WRITTEN = re.compile(rf"[\W_{_MARKS}]+")
_ACCENTED = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]")
#: A word keeps so many letters when a prefix is taken off.
LEAST_AFTER_PREFIX = 3
#: Capitals that are more than these are a word in a title.
LONGEST_INITIALS = 4


class Token(NamedTuple):
    """A stem and the characters of the text that it was made from."""

    stem: str
    span: Span


class Words:
    """The words of one language; keeps what was worked out for each, for as long as it lives."""

    def __init__(self, language: Language) -> None:
        table = tables()[language]
        skip = f"(?!(?i:{table['skip']}))" if "skip" in table else ""
        # What has no spaces is taken apart only where it is the language's own script.
        self._joined = re.compile(f"{table['joined']}+") if "joined" in table else None
        one = f"[^\\W_{table['joined'][1:-1]}]+" if "joined" in table else _WORD
        joined = f"{table['joined']}+|" if "joined" in table else ""
        before = "" if self._joined else r"(?<!\w)"
        self.pattern = re.compile(f"{before}{skip}(?:{joined}{one})")
        self.attached: Sequence[str] = table.get("attached", ())
        self._alike = {ord(letter): to for letters, to in table.get("alike", {}).items() for letter in letters}
        self._irregular: Mapping[str, str] = table.get("irregular", {})
        self._prefixes = sorted(table.get("prefixes", ()), key=len, reverse=True)
        self._endings = [dict(_ending(each) for each in step) for step in table.get("endings", ())]
        self._least = table.get("least", 0)
        self._known = _Known(self.stem)

    def stems(self, text: str) -> str:
        """The stems of a text in their order, set apart by spaces."""
        words = self.pattern.findall(text)
        if self._joined is None:
            return " ".join(map(self._known.__getitem__, words))
        # Runs are as many as the texts have clauses: none is met twice, and none is kept.
        return " ".join(" ".join(pairs(word)) if self.is_joined(word) else self._known[word] for word in words)

    def tokens(self, text: str) -> Iterator[Token]:
        """The same stems, each with its place in the text."""
        for match in self.pattern.finditer(text):
            start, end = match.span()
            if self._joined and self._joined.match(match[0]):
                for at, pair in enumerate(pairs(match[0]), start=start):
                    yield Token(pair, Span(at, at + len(pair)))
            elif stem := self.stem(match[0]):
                yield Token(stem, Span(start, end))

    def is_joined(self, word: str) -> bool:
        """Whether a word of `pattern` is a run of characters without spaces."""
        return self._joined is not None and self._joined.match(word) is not None

    def stem(self, word: str) -> str:
        """The stem of one word; initials (AIDS, ОБСЕ) keep their ending, or aid would be found for them."""
        form = self.form(word)
        return form if 1 < len(word) <= LONGEST_INITIALS and word.isupper() else self._cut(form)

    def form(self, word: str) -> str:
        """The word in small letters without accents, each written in one way; only letters and digits are left."""
        if not word.isascii():
            word = _NOT_WRITTEN.sub("", unicodedata.normalize("NFC", word))
            word = _NOT_WRITTEN.sub("", unicodedata.normalize("NFKC", word))
            word = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in word)
            # The й of Russian is a letter of its own.
            word = _ACCENTED.sub(lambda found: unicodedata.normalize("NFD", found[0])[0], word)
        return word.lower().translate(self._alike) if self._alike else word.lower()

    def _cut(self, word: str) -> str:
        """Without what is written to the word, and without its endings."""
        for prefix in self._prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= LEAST_AFTER_PREFIX:
                word = word.removeprefix(prefix)
                break
        if word in self._irregular:
            return self._irregular[word]
        for step in self._endings:
            # The longest ending is the first that fits.
            ends = (word[at:] for at in range(self._least, len(word)))
            end = next((each for each in ends if each in step), None)
            if end is not None:
                word = word.removesuffix(end) + step[end]
        return word

    def forms(self) -> Iterator[tuple[str, str]]:
        """The form and the stem of every word met so far."""
        for word, stem in self._known.items():
            if stem:
                yield self.form(word), stem


class _Known(dict[str, str]):
    """The stem of every word met so far, worked out once."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, word: str) -> str:
        self[word] = stem = self._work_out(word)
        return stem


def pairs(run: str) -> list[str]:
    """A run of characters without spaces as pairs, and its last character alone."""
    return [*map("".join, pairwise(run)), run[-1]]


def _ending(written: str) -> tuple[str, str]:
    """An ending and what takes its place: ies=y."""
    end, _, instead = written.partition("=")
    return end, instead


@cache
def tables() -> Mapping[str, Any]:
    """words.toml"""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def languages() -> tuple[Language, ...]:
    """The languages whose words are known, in alphabetical order."""
    return tuple(code for code, table in sorted(tables().items()) if code != "example")  # type: ignore[misc]


@cache
def fingerprint() -> str:
    """What changes when words are made alike in another way: an index of another one has to be made again."""
    digest = hashlib.sha256(_FILE.read_bytes()).hexdigest()[:12]
    return f"{_VERSION} {unicodedata.unidata_version} {digest}"
