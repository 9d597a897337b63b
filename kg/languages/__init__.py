"""The words of each language, read from one TOML file a language.

`rules("zh")` gives them compiled; `available()` the languages that have a file. A file that breaks the format raises
RuleError with its name, the key, and what was expected.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, cast

from kg import resources
from kg.errors import RuleError
from kg.languages.alike import Alike
from kg.languages.inflection import Inflection, inflection
from kg.languages.openings import Finder, closings, led
from kg.languages.plural import Plural, plural
from kg.languages.shortnames import ShortNames, short_names
from kg.model import Language


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern and what it stands for: the part of a heading, the unit of a locator, the form of a number."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class RoleRule:
    """What stands right before the name of a body, and right behind it, where the body has that role; `ends` are the
    last words of what stands before."""

    role: str
    ends: tuple[str, ...]
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None


@dataclass(frozen=True, eq=False)
class LanguageRules:
    """The rules of one language; the fields are the tables of its file, compiled.

    There is one such object a language, so that what is worked out by its rules can be kept.
    """

    code: Language
    name: str
    spaced: bool
    letters: re.Pattern[str]
    date: re.Pattern[str]
    months: tuple[str, ...]
    ordinals: Mapping[str, int]
    openings: tuple[Rule, ...]
    headings: tuple[Rule, ...]
    numbered: re.Pattern[str]
    point_letters: str
    numbers: tuple[Rule, ...]
    number_words: Mapping[str, str]
    organs: tuple[Rule, ...]
    nouns: tuple[Rule, ...]
    locators: tuple[Rule, ...]
    goals: tuple[Rule, ...]
    target_letters: Mapping[int, str]
    report_requests: tuple[Rule, ...]
    citation: Mapping[str, re.Pattern[str]]
    date_first: bool
    noun_first: bool
    treaty: Mapping[str, re.Pattern[str]]
    labour: tuple[Rule, ...]
    records: tuple[Rule, ...]
    list_and: re.Pattern[str]
    list_to: re.Pattern[str]
    addressee: Mapping[str, re.Pattern[str]]
    acts: Mapping[str, tuple[str, ...]]
    qualifiers: Mapping[str, tuple[str, ...]]
    act_skip: tuple[str, ...]
    act_boundary: re.Pattern[str]
    before_first_act: re.Pattern[str] | None
    act_first_only: frozenset[str]
    qualifiers_follow: bool
    asked_for: re.Pattern[str] | None
    hands_over: re.Pattern[str] | None
    announces: re.Pattern[str] | None
    narrated: Mapping[str, Any]
    letters_alike: Alike
    contractions: Mapping[str, tuple[str, ...]]
    inflection: Inflection
    plural: Plural
    roles: tuple[RoleRule, ...]
    short_names: ShortNames
    raw: Mapping[str, Any]

    @cached_property
    def stop(self) -> re.Pattern[str]:
        """Finds where a part of a sentence ends, quickly; its first group is what ends it."""
        return led(f"({self.citation['stop'].pattern})")

    @cached_property
    def organ_names(self) -> frozenset[str]:
        """The slugs of the organs whose words the file gives."""
        return frozenset(rule.name for rule in self.organs)

    @cached_property
    def month_numbers(self) -> Mapping[str, int]:
        """1 to 12, by each name of a month in small letters."""
        return {name: n for n, names in enumerate(self.months, start=1) for name in names.casefold().split("|")}

    @cached_property
    def ordinal_words(self) -> re.Pattern[str]:
        """Finds the words of ordinals, the longest first."""
        return re.compile("|".join(sorted(map(re.escape, self.ordinals), key=len, reverse=True)))

    @cached_property
    def longest_number_words(self) -> tuple[tuple[str, str], ...]:
        """What stands in numbers, without its spaces, and what is read instead, the longest words first."""
        bare = ((word.replace(" ", ""), read_as) for word, read_as in self.number_words.items())
        return tuple(sorted(bare, key=lambda item: len(item[0]), reverse=True))

    @cached_property
    def goal_finder(self) -> Finder:
        """Finds the Goals and targets that are named by number."""
        return Finder([rule.pattern for rule in self.goals])

    @cached_property
    def report_finder(self) -> Finder:
        """Finds the requests to report."""
        return Finder([rule.pattern for rule in self.report_requests])

    @cached_property
    def tokens(self) -> tuple[Rule, ...]:
        """Everything a citation is made of, in the order in which they are tried at one place."""
        citation = [Rule(kind, self.citation[kind]) for kind in ("self_reference", "ibid", "vague", "charter")]
        series = [Rule(kind, pattern) for kind, pattern in self.treaty.items()]
        return (
            *self.numbers,
            *numbers(),
            *(Rule(rule.name, rule.pattern) for rule in series),
            *(Rule(f"labour.{rule.name}", rule.pattern) for rule in self.labour),
            *(Rule(f"records.{rule.name}", rule.pattern) for rule in self.records),
            Rule("date", self.date),
            *citation,
            *(Rule(f"locator.{rule.name}", rule.pattern) for rule in self.locators),
            *(Rule(f"noun.{rule.name}", rule.pattern) for rule in self.nouns),
            *(Rule(f"organ.{rule.name}", rule.pattern) for rule in self.organs),
        )


#: A number is followed by white space: 76/213. and 3.5 number nothing.
_MARKS = r"\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_NUMBERED = (
    rf"[ \t“«„\"{_MARKS}]*(?:{{paragraph}}|{{point}})"
    rf"(?:[ \t\u00a0\u3000{_MARKS}]+|(?:[ \t]*\r?\n[ \t]*){{{{1,3}}}}|(?=[\u4e00-\u9fff《]))(?=\S)"
)
_ADDRESSEE = ("between", "lead", "asked_again")
_NARRATED = ("lead", "and", "acts")
#: Keys of [citation] that only some languages need.
_OPTIONAL = (
    *("organ_gap", "organ_after", "organ_ahead", "its_gap", "locator_before", "more_letters"),
    *("charter_gap", "charter_follows", "locator_and", "locator_of", "self_gap", "in_its", "owner_behind"),
    *("quoted", "organ_of", "mark_gap", "set_up"),
)


@cache
def available() -> tuple[Language, ...]:
    """The codes of the languages that have a file, in alphabetical order."""
    codes = sorted(path.stem for path in resources.languages().glob("*.toml") if path.stem != "common")
    return cast("tuple[Language, ...]", tuple(codes))


@cache
def rules(code: Language) -> LanguageRules:
    """The rules of one language."""
    path = resources.languages() / f"{code}.toml"
    if not path.is_file():
        raise RuleError(str(path), f"no such language; there are {', '.join(available())}")
    return _Compiler(str(path), _load(f"{code}.toml")).rules()


@cache
def numbers() -> tuple[Rule, ...]:
    """How documents are numbered, alike in all languages; in the order in which they are tried at one place."""
    return tuple(Rule(entry["form"], re.compile(_apart(entry["pattern"]))) for entry in _load("common.toml")["number"])


#: What does not stand before a number: a word, number or symbol of which it would be part; a stop that ends no word.
APART = r"(?<![A-Za-z0-9/])(?<![A-Za-z0-9]\.)(?<![A-Z]-)"


def _apart(pattern: str) -> str:
    """A number is not part of a longer word, number or symbol."""
    return rf"{APART}{pattern}(?![0-9/]|\.[0-9])"


@cache
def folding() -> Mapping[int, str]:
    """Characters that look like others, each with the one it is read as: a table for str.translate."""
    return _table(_load("common.toml")["fold"])


def _table(alike: Mapping[str, str]) -> Mapping[int, str]:
    """Each character of a key is read as the value, or as the character at its place in a value as long."""
    table: dict[int, str] = {}
    for found, read_as in alike.items():
        wanted = read_as if len(read_as) == len(found) else read_as * len(found)
        table.update(zip(map(ord, found), wanted, strict=True))
    return table


def fold(text: str) -> str:
    """The text with look-alikes replaced one for one: no position moves."""
    return _look_alikes().unified(text)


@cache
def _look_alikes() -> Alike:
    return Alike(folding())


@cache
def _load(name: str) -> Mapping[str, Any]:
    path = resources.languages() / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(str(path), str(error)) from None


class _Compiler:
    """Turns one language file into rules; a missing key or a broken pattern is an error that names it."""

    def __init__(self, path: str, table: Mapping[str, Any]) -> None:
        self.path = path
        self.table = table
        self.fragments = {name: _unnamed(pattern) for name, pattern in self._get("patterns").items()}

    def rules(self) -> LanguageRules:
        citation = self._get("citation")
        phrases = ("self_reference", "ibid", "vague", "charter")
        patterns = ("between", "noun_gap", "stop", "date_gap", "locator_gap", *phrases)
        optional = [key for key in _OPTIONAL if key in citation]
        matching = self._get("act_matching")
        numbering = {**_load("common.toml")["numbering"], **self.table.get("numbering", {})}
        return LanguageRules(
            code=self._get("code"),
            name=self._get("name"),
            spaced=self._get("spaced"),
            letters=self._compile("letters", self._get("letters")),
            date=self._compile("patterns.date", self._get("patterns", "date")),
            months=tuple(self.table.get("months", ())),
            ordinals=self.table.get("ordinals", {}),
            openings=self._named("opening"),
            headings=self._listed("heading", "part"),
            numbered=self._compile("numbering", _NUMBERED.format(**numbering)),
            point_letters=numbering["letters"],
            numbers=tuple(
                Rule(entry["form"], self._compile(f"number {n}", _apart(entry["pattern"])))
                for n, entry in enumerate(self.table.get("number", ()), start=1)
            ),
            number_words=self.table.get("number_words", {}),
            organs=self._named("organs"),
            nouns=self._named("nouns"),
            locators=self._listed("locator", "unit"),
            goals=self._listed("goal", "kind"),
            target_letters=_table(self.table.get("target_letters", {})),
            report_requests=self._listed("report_request", None),
            citation={
                key: self._compile(f"citation.{key}", self._get("citation", key)) for key in (*patterns, *optional)
            },
            date_first=self._get("citation", "date") == "before",
            noun_first=self._get("citation", "noun") == "before",
            treaty={
                key: self._compile(f"treaty.{key}", self._get("treaty", key))
                for key in ("league-of-nations", "united-nations", "volume", "sales")
            },
            labour=self._named("labour"),
            records=self._named("records"),
            list_and=self._compile("lists.and", self._get("lists", "and")),
            list_to=self._compile("lists.to", self._get("lists", "to")),
            addressee={key: self._compile(f"addressee.{key}", self._get("addressee", key)) for key in _ADDRESSEE},
            acts={act: tuple(phrases) for act, phrases in self._get("acts").items()},
            qualifiers={name: tuple(phrases) for name, phrases in self._get("qualifiers").items()},
            act_skip=tuple(matching.get("skip", ())),
            act_boundary=self._compile("act_matching.boundary", self._get("act_matching", "boundary")),
            before_first_act=self._point("before_first", matching),
            act_first_only=frozenset(matching.get("first_only", ())),
            qualifiers_follow=matching.get("qualifiers_follow", True),
            asked_for=self._point("asked_for", matching),
            hands_over=self._point("hands_over", matching),
            announces=self._point("announces", matching),
            narrated={key: self._get("narrated", key) for key in _NARRATED},
            letters_alike=Alike(_table(self.table.get("alike", {}))),
            contractions={article: tuple(those) for article, those in self.table.get("contractions", {}).items()},
            inflection=self._inflection(),
            plural=self._plural(),
            roles=tuple(self._role(n, entry) for n, entry in enumerate(self._get("role"), start=1)),
            short_names=self._short_names(),
            raw=self.table,
        )

    def _get(self, *keys: str) -> Any:
        value: Any = self.table
        for key in keys:
            if key not in value:
                raise RuleError(f"{self.path}: {'.'.join(keys)}", "missing")
            value = value[key]
        return value

    def _expanded(self, pattern: str) -> str:
        """The pattern with the fragments that it names."""
        for name, fragment in self.fragments.items():
            pattern = pattern.replace(f"{{{name}}}", fragment)
        return pattern

    def _compile(self, where: str, pattern: str) -> re.Pattern[str]:
        pattern = self._expanded(pattern)
        try:
            return re.compile(pattern)
        except re.error as error:
            raise RuleError(f"{self.path}: {where}", f"no regular expression ({error}): {pattern}") from None

    def _inflection(self) -> Inflection:
        letters = self._compile("letters", self._get("letters"))
        try:
            return inflection(self.table.get("inflection", {}), letters, self._get("spaced"))
        except KeyError as key:
            raise RuleError(f"{self.path}: inflection", f"lacks {key}") from None

    def _plural(self) -> Plural:
        try:
            return plural(self.table.get("plural", {}))
        except KeyError as key:
            raise RuleError(f"{self.path}: plural", f"lacks {key}") from None

    def _role(self, number: int, entry: Mapping[str, str]) -> RoleRule:
        if "role" not in entry or not {"before", "behind"} & set(entry):
            raise RuleError(f"{self.path}: role {number}", "needs role, and before or behind")
        before = self._compile(f"role {number}.before", f"(?:{entry['before']})$") if "before" in entry else None
        behind = self._compile(f"role {number}.behind", entry["behind"]) if "behind" in entry else None
        ends = closings(self._expanded(entry["before"])) if before else ("",)
        return RoleRule(entry["role"], ends, before, behind)

    def _short_names(self) -> ShortNames:
        for key in ("nouns", "order", "apart", "joint"):
            self._get("names", key)
        alike = Alike(_table(self.table.get("alike", {})))
        return short_names(
            self._get("names"),
            compiled=lambda key, pattern: self._compile(f"names.{key}", pattern),
            written=lambda noun: alike.unified(fold(noun)),
        )

    def _point(self, key: str, matching: Mapping[str, str]) -> re.Pattern[str] | None:
        return self._compile(f"act_matching.{key}", matching[key]) if key in matching else None

    def _named(self, table: str) -> tuple[Rule, ...]:
        return tuple(Rule(name, self._compile(f"{table}.{name}", p)) for name, p in self._get(table).items())

    def _listed(self, table: str, key: str | None) -> tuple[Rule, ...]:
        return tuple(self._entry(table, n, entry, key) for n, entry in enumerate(self._get(table), start=1))

    def _entry(self, table: str, number: int, entry: Mapping[str, Any], key: str | None) -> Rule:
        where = f"{table} {number}"
        for each in (key, "pattern"):
            if each and each not in entry:
                raise RuleError(f"{self.path}: {where}.{each}", "missing")
        return Rule(entry[key] if key else table, self._compile(where, entry["pattern"]))


def _unnamed(pattern: str) -> str:
    """The pattern as a fragment of others: its groups lose their names, which may occur once only."""
    return f"(?:{re.sub(r'[(][?]P<[a-z_]+>', '(?:', pattern)})"


def unnamed(rule: Rule) -> str:
    """The rule's pattern for use inside a larger alternation."""
    return _unnamed(rule.pattern.pattern)
