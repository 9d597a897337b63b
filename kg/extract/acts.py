"""What a paragraph does: the act that opens it, and each further act that opens a later part of it.

At the opening, phrases of acts, qualifiers and words to skip are taken, longest first, in any order, until none fits;
the first act is the paragraph's, the qualifiers go with it. In a phrase, "…" stands for any run of qualifiers and words
to skip ("expressing … concern"), "……" for the few words of an object ("对……表示赞赏").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from kg import languages
from kg.extract.squeezed import squeezed
from kg.languages import LanguageRules
from kg.model import ActReading, Language

_GAP = "…"
_OBJECT = "……"
_ANY_OBJECT = r"[^.。；;]{1,80}?"


class _Taken(NamedTuple):
    """A phrase found at a place: what it stands for, where it ends, and the qualifiers inside it."""

    end: int
    role: Literal["act", "qualifier", "skip"]
    slug: str
    inside: tuple[str, ...] = ()


def read_acts(text: str, rules: LanguageRules) -> tuple[ActReading, ...]:
    """The acts of a paragraph in the order of its words; the first opens it where its `at` is the first word's."""
    phrases = _phrases(rules.code)
    words = squeezed(text, rules, lower=True)
    readings: list[ActReading] = []
    end = 0
    for start in (0, *(boundary.end() for boundary in rules.act_boundary.finditer(words.text))):
        found = phrases.read(words.text, start) if start >= end else None
        if found is None or (readings and found.act in rules.act_first_only):
            continue
        end = found.end
        at, stop = words.place(found.at, found.end)
        readings.append(ActReading(at, stop, found.act, found.qualifiers))
    return tuple(readings)


@dataclass(frozen=True)
class _Phrases:
    """The phrases of a language, ready to be matched; `gapped` are those with a gap, by their first character."""

    plain: re.Pattern[str]
    meaning: Mapping[str, tuple[Literal["act", "qualifier", "skip"], str]]
    gapped: Mapping[str, list[tuple[str, re.Pattern[str], str]]]
    inner: re.Pattern[str]
    inner_meaning: Mapping[str, str]
    blank: re.Pattern[str]
    qualifiers_follow: bool

    def read(self, text: str, start: int) -> ActReading | None:
        """The act whose words begin at `start`, in the positions of `text`."""
        act: str | None = None
        qualifiers: list[str] = []
        at = self._past_blank(text, start)
        first, end = at, at
        while taken := self._longest(text, at):
            if act is not None and (taken.role == "act" or not self.qualifiers_follow):
                break
            act = taken.slug if taken.role == "act" else act
            qualifiers.extend((taken.slug,) if taken.role == "qualifier" else taken.inside)
            end = taken.end if taken.role != "skip" else end
            at = self._past_blank(text, taken.end)
        return ActReading(first, end, act, tuple(dict.fromkeys(qualifiers))) if act else None

    def _past_blank(self, text: str, at: int) -> int:
        blank = self.blank.match(text, at)
        return blank.end() if blank else at

    def _longest(self, text: str, at: int) -> _Taken | None:
        found = [taken for taken in (self._plain(text, at), *self._gapped(text, at)) if taken]
        return max(found, key=lambda taken: taken.end, default=None)

    def _plain(self, text: str, at: int) -> _Taken | None:
        match = self.plain.match(text, at)
        return _Taken(match.end(), *self.meaning[match[0]]) if match else None

    def _gapped(self, text: str, at: int) -> Iterator[_Taken]:
        for beginning, pattern, slug in self.gapped.get(text[at : at + 1], ()):
            if text.startswith(beginning, at) and (match := pattern.match(text, at)):
                inside = tuple(self.inner_meaning[word] for gap in match.groups() for word in self.inner.findall(gap))
                yield _Taken(match.end(), "act", slug, inside)


@cache
def _phrases(code: Language) -> _Phrases:
    rules = languages.rules(code)

    def folded(phrase: str) -> str:
        return squeezed(phrase, rules, lower=True).text

    acts = [(folded(phrase), slug) for slug, listed in rules.acts.items() for phrase in listed]
    qualifiers = [(folded(phrase), slug) for slug, listed in rules.qualifiers.items() for phrase in listed]
    skips = [folded(phrase) for phrase in rules.act_skip]
    meaning: dict[str, tuple[Literal["act", "qualifier", "skip"], str]] = {}
    meaning.update((phrase, ("skip", "")) for phrase in skips if _GAP not in phrase)
    meaning.update((phrase, ("qualifier", slug)) for phrase, slug in qualifiers if _GAP not in phrase)
    meaning.update((phrase, ("act", slug)) for phrase, slug in acts if _GAP not in phrase)
    inner = {_bare(phrase): slug for phrase, slug in qualifiers}
    gap = _gap({*inner, *map(_bare, skips)}, rules)
    gapped: dict[str, list[tuple[str, re.Pattern[str], str]]] = {}
    for phrase, slug in acts:
        if _GAP in phrase:
            beginning = phrase.split(_GAP)[0].strip()
            gapped.setdefault(beginning[0], []).append((beginning, _with_gap(phrase, gap, rules), slug))
    return _Phrases(
        plain=re.compile(_alternatives(meaning, rules)),
        meaning=meaning,
        gapped=gapped,
        inner=re.compile(_alternatives(inner, rules)),
        inner_meaning=inner,
        blank=re.compile(r'[ ,，،、\t“"«(]*'),
        qualifiers_follow=rules.qualifiers_follow,
    )


def _bare(phrase: str) -> str:
    """A qualifier or word to skip that counts only inside a gap is written with the gap before it."""
    return phrase.lstrip(f"{_GAP} ")


def _gap(words: Iterable[str], rules: LanguageRules) -> str:
    separator = "[ ,]+" if rules.spaced else "[ ,]*"
    return f"{separator}((?:(?:{_alternatives(words, rules)}){separator})*?)"


def _with_gap(phrase: str, gap: str, rules: LanguageRules) -> re.Pattern[str]:
    if _OBJECT in phrase:
        return re.compile(_ANY_OBJECT.join(re.escape(part) for part in phrase.split(_OBJECT)))
    parts = [re.escape(part.strip()) for part in phrase.split(_GAP)]
    return re.compile(gap.join(parts) + _word_end(phrase, rules))


def _alternatives(phrases: Iterable[str], rules: LanguageRules) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase) + _word_end(phrase, rules) for phrase in longest_first) or "(?!)"


def _word_end(phrase: str, rules: LanguageRules) -> str:
    return r"(?!\w)" if rules.spaced and phrase[-1:].isalnum() else ""
