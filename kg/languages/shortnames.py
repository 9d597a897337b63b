"""Short names, made from full ones: "Advisory Committee on Questions" is called "the Advisory Committee" afterwards.

The table [names] of a language's file gives the nouns, by the article that stands before them, and says where the words
stand that belong to a noun.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

#: So many characters before a name are looked at.
_REACH = 24
#: A small word of so many letters joins two nouns: "y", "et".
_JOINS = 2
#: Where the noun stands among the words that say what a thing is.
Order = Literal["last", "first", "before owner", "behind adjectives", "joined"]


class ShortName(NamedTuple):
    """A short name, with the article that belongs to it and the noun it is made of."""

    article: str
    bare: str
    noun: str


@dataclass(frozen=True)
class Part:
    """What before a full name that is an ordinary word, or behind it, shows that it is a part of another name."""

    not_behind: re.Pattern[str] | None
    not_before: re.Pattern[str] | None


@dataclass(frozen=True)
class Variant:
    """What else stands for a part of a name: "Relatora Especial" for "Relator Especial"."""

    part: re.Pattern[str]
    others: tuple[str, ...]


@dataclass(frozen=True)
class ShortNames:
    """How the short names of a language are made.

    `nouns` gives the article of each noun. Names are `joined` without blanks and end with the noun; or it is the `last`
    word (Advisory Committee), the `first` (Comité consultatif), or the first noun `behind adjectives` (Консультативный
    комитет) of what stands before the words that are set `apart` ("of", "on"); or it is the very first word `before
    owner` and adjectives (بعثة الأمم المتحدة المتكاملة), and called again without its `owner`; `joint` is what joins
    the name of a part with that of the whole ("of the"). `not_behind` and `not_before` find what shows that a noun in a
    text is part of a longer name, as does `stranger_behind` where the noun has no article; `stands_behind`, that it is
    none all the same, `another_before`, that this is surely another's; `kept` what stands before the noun of a name
    that is never called by it alone; `number` is that of a session, which may stand inside a name; `parts` are full
    names that are also words (秘书处); `holder_not_behind` and `holder_not_before` show that the holder of an office
    is another organization's; `small_behind` finds the words behind which a name is written small ("son groupe de
    travail"), as `own_behind` does those behind which stands an office of the organ that speaks ("su Presidencia");
    `variants` are other ways to write a name; `determiners` what stands in the place of an article ("dicha Comisión").
    A full name of `long` words or more is found however capitals are set in it.
    """

    nouns: Mapping[str, str]
    order: Order
    long: int | None
    apart: re.Pattern[str]
    joint: re.Pattern[str]
    owner: re.Pattern[str] | None
    not_behind: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    stands_behind: re.Pattern[str] | None
    another_before: re.Pattern[str] | None
    kept: re.Pattern[str] | None
    number: re.Pattern[str] | None
    stranger_behind: re.Pattern[str] | None
    holder_not_behind: re.Pattern[str] | None
    holder_not_before: re.Pattern[str] | None
    small_behind: re.Pattern[str] | None
    own_behind: re.Pattern[str] | None
    parts: Mapping[str, Part]
    variants: tuple[Variant, ...]
    determiners: Mapping[str, Sequence[str]]

    def written(self, name: str) -> tuple[str, ...]:
        """The name, and in all other ways in which it is written as the language's variants have it."""
        names = [name]
        for variant in self.variants:
            known = [each for each in names if variant.part.search(each)]
            names += [variant.part.sub(other, each) for each in known for other in variant.others]
        return tuple(dict.fromkeys(names))

    def of(self, name: str) -> Iterator[ShortName]:
        """The short names of a full one; none where no noun is known."""
        words = self.apart.split(name, maxsplit=1)[0].strip().split(" ")
        for noun, article in self.nouns.items():
            if (self.order == "joined" and self._ends(name, noun)) or (" " in noun and self._heads(noun, name)):
                yield ShortName(article, noun, noun)
        if self.order == "last":
            yield from self._ending_at(words, len(words) - 1)
        elif self.order == "behind adjectives":
            nouns = (n for n, word in enumerate(words) if _large(word) in self.nouns)
            yield from self._ending_at(words, next(nouns, -1))
        elif self.order == "first":
            yield from self._beginning_with_noun(words)
        elif self.order == "before owner":
            yield from self._before_owner(name)

    def added(self, name: str, shorter: str) -> str | None:
        """What a name has more than a shorter one, where the two hang together as by "of the"."""
        if self.order == "joined":
            rest = name.removesuffix(shorter)
            joint = self.joint.search(rest)
            return rest[: joint.start()] if joint and rest != name else None
        rest = name.removeprefix(shorter)
        joint = self.joint.match(rest) if rest != name else None
        return rest[joint.end() :] if joint else None

    def _ends(self, name: str, noun: str) -> bool:
        """Whether the name ends with the noun and may be called by it alone."""
        return name.endswith(noun) and not (self.kept and self.kept.search(name.removesuffix(noun)))

    def _heads(self, noun: str, name: str) -> bool:
        """Whether the name is called by that noun of several words, and does not only hold it behind another noun."""
        before, found, _ = name.partition(noun)
        return bool(found) and not self.apart.search(before)

    def _ending_at(self, words: Sequence[str], at: int) -> Iterator[ShortName]:
        """Advisory Committee, Committee."""
        if at >= 0 and _large(words[at]) in self.nouns:
            noun = _large(words[at])
            for first in range(at + 1):
                yield ShortName(self.nouns[noun], _large(" ".join(words[first : at + 1])), noun)

    def _beginning_with_noun(self, words: Sequence[str]) -> Iterator[ShortName]:
        """Comité consultatif, Comité."""
        at = next((n for n, word in enumerate(words) if self._bare(word) in self.nouns), None)
        if at is not None:
            noun = self._bare(words[at])
            for last in range(at + 1, len(words) + 1):
                # "la Declaración y" is half of "Declaración y Programa de Acción".
                if not (words[last - 1].islower() and len(words[last - 1]) <= _JOINS):
                    yield ShortName(self.nouns[noun], " ".join([noun, *words[at + 1 : last]]), noun)

    def _before_owner(self, name: str) -> Iterator[ShortName]:
        """البعثة, البعثة المتكاملة, البعثة المتكاملة في الغابة of بعثة الأمم المتحدة المتكاملة في الغابة."""
        first, _, rest = name.partition(" ")
        noun = self._bare(first)
        if noun not in self.nouns:
            return
        owner = self.owner.match(rest) if self.owner and first == noun else None
        if first == noun:
            rest = rest[owner.end() :].lstrip() if owner else ""
        purpose = bool(owner and owner["purpose"])
        if owner and rest:
            # What is "for" something is so behind the noun too: مفوضية شؤون اللاجئين, but المكتب المعني بالمخدرات.
            yield ShortName("" if purpose else self.nouns[noun], f"{noun} {rest}", noun)
        words = self.apart.split(f" {rest}", maxsplit=1)[0].split()
        for last in range(len(words) + 1):
            yield ShortName(self.nouns[noun], " ".join([noun, *words[:last]]), noun)
            if owner and last and not purpose:
                yield ShortName("", " ".join([noun, owner[0], *words[:last]]), noun)

    def _bare(self, word: str) -> str:
        """The noun without an article that is written to it (الـ)."""
        written = next((a for a in self._written if word.startswith(a) and word.removeprefix(a) in self.nouns), "")
        return word.removeprefix(written)

    @property
    def _written(self) -> set[str]:
        return {article for article in self.nouns.values() if article and article[-1].isalpha()}

    def stands_alone(self, text: str, start: int, end: int) -> bool:
        """Whether what stands there is a short name and no part of a longer one."""
        if not _between(self.not_behind, self.not_before, text, start, end) or text.startswith(self._pointing, start):
            return True
        return _between(self.stands_behind, None, text, start, end)

    def means_nothing(self, text: str, start: int, end: int) -> bool:
        """Whether a bare noun is a word like any other and no part of a name: names are joined to it without blanks."""
        return self.order == "joined" and self.stands_alone(text, start, end)

    def stands_whole(self, text: str, start: int, end: int) -> bool:
        """Whether the full name that stands there is no part of another."""
        part = self.parts.get(text[start:end]) if self.parts else None
        return part is None or not _between(part.not_behind, part.not_before, text, start, end)

    def names_another(self, text: str, end: int) -> bool:
        """Whether the noun that ends there is the first of a longer name: "Fonds des Nations Unies …"."""
        return self.another_before is not None and self.another_before.match(text, end) is not None

    def shows_a_name(self, text: str, start: int, end: int) -> bool:
        """Whether a noun without article that stands there is part of a name: "core Agency programmes" holds none."""
        return self.stranger_behind is None or _between(self.stranger_behind, self.not_before, text, start, end)

    def holds_elsewhere(self, text: str, start: int, end: int) -> bool:
        """Whether the holder of an office who is named there ("the Secretary-General") is another organization's."""
        return _between(self.holder_not_behind, self.holder_not_before, text, start, end)

    @cached_property
    def _pointing(self) -> tuple[str, ...]:
        """What begins no part of a longer name, where names are joined to what stands before them (该)."""
        return tuple({article for article in self.nouns.values() if article}) if self.order == "joined" else ()

    def may_be_small(self, text: str, start: int) -> bool:
        """Whether a name is written small behind what stands there."""
        return _between(self.small_behind, None, text, start, start)

    def is_own(self, name: str) -> bool:
        """Whether a short name says itself whose it is ("sa présidence")."""
        at = name.find(" ") + 1
        return self.may_be_small(name, at) or _between(self.own_behind, None, name, at, at)

    @property
    def marks(self) -> Iterator[str]:
        """The nouns that by themselves show a name that nobody knows, as a short name would have an article."""
        if self.order in ("last", "joined"):
            yield from (noun for noun, article in self.nouns.items() if article)


def _between(behind: re.Pattern[str] | None, before: re.Pattern[str] | None, text: str, start: int, end: int) -> bool:
    """Whether one of the two patterns finds itself right before the place or right behind it."""
    if before and before.match(text, end):
        return True
    return behind is not None and behind.search(text, max(0, start - _REACH), start) is not None


def _large(word: str) -> str:
    return word[:1].upper() + word[1:]


_OPTIONAL = (
    *("owner", "not_behind", "not_before", "another_before", "stranger_behind", "kept", "number"),
    *("holder_not_behind", "holder_not_before", "small_behind", "own_behind"),
)


def short_names(
    table: Mapping[str, Any], *, compiled: Callable[[str, str], re.Pattern[str]], written: Callable[[str], str]
) -> ShortNames:
    """What the table [names] of a language says; `compiled` makes a pattern of a key and its words, `written` gives a
    noun as it stands in the names."""
    words, determiners = table.get("stands_behind"), table.get("determiners", {})
    optional = {key: compiled(key, table[key]) if key in table else None for key in _OPTIONAL}
    return ShortNames(
        nouns={written(noun): written(article) for article, nouns in table["nouns"].items() for noun in nouns},
        order=table["order"],
        long=table.get("long"),
        apart=compiled("apart", table["apart"]),
        joint=compiled("joint", table["joint"]),
        stands_behind=compiled("stands_behind", f"(?:{'|'.join(words)})$") if words else None,
        parts={written(name): _part(entry, compiled) for entry in table.get("part", ()) for name in entry["names"]},
        variants=tuple(_variant(entry, compiled, written) for entry in table.get("variant", ())),
        determiners={written(article): tuple(map(written, those)) for article, those in determiners.items()},
        **optional,
    )


def _variant(
    entry: Mapping[str, Any], compiled: Callable[[str, str], re.Pattern[str]], written: Callable[[str], str]
) -> Variant:
    return Variant(compiled("variant.part", entry["part"]), tuple(map(written, entry["others"])))


def _part(entry: Mapping[str, str], compiled: Callable[[str, str], re.Pattern[str]]) -> Part:
    behind, before = (
        compiled(f"part.{key}", entry[key]) if key in entry else None for key in ("not_behind", "not_before")
    )
    return Part(behind, before)
