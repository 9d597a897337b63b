"""With which characters the matches of a pattern can begin: no match is lost by trying a pattern only there."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg import languages
from kg.extract.tokens import _BARE, tokens
from kg.extract.words import words_of
from kg.languages import Rule, unnamed
from kg.languages.openings import Finder, closings, held, led, openings, spans
from kg.model import Language

CODES = languages.available()


def begins(pattern: str) -> set[str]:
    """The openings of a pattern, those that are one of several characters in brackets."""
    return {each.words or f"[{each.set}]" for each in openings(pattern)}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"resolutions?", {"resolution"}),
        (r"\b[Rr]esolutions?\b", {"Resolution", "resolution"}),
        (r"(?P<day>[0-9]{1,2}) May", {"[0-9]"}),
        (r"(?:the )?Council|[Ii]ts(?= own)", {"the Council", "Council", "Its own", "its own"}),
        (r"(?<![a-z])(?:al)?qarar", {"alqarar", "qarar"}),
        (r"a(?=b)bc", {"abc"}),
        (r"a(?!b)c+d", {"ac"}),
        (r"(?:ab)+c", {"ab"}),
        (r"\u0645\u0627", {"ما"}),
        (r"no\.? [0-9]", {"no. ", "no "}),
        (r"[^,]x", {r"[\s\S]"}),
        (r"(?:a|b|\d)x", {"ax", "bx", r"[\d]"}),
    ],
)
def test_a_pattern_begins_with(pattern: str, expected: set[str]) -> None:
    assert begins(pattern) == expected


@pytest.mark.parametrize("pattern", ["", "a?", "(?:a|)", r"(?i)a", r"(?P<x>a)(?P=x)", r"\b", "a)"])
def test_a_pattern_that_may_be_empty_or_is_not_known_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"cannot tell|no pattern of a language file"):
        openings(pattern)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"(?:[a-z]+ session, )?Supplement No[.] ?[0-9]+", {"Supplement No."}),
        (r"(?:[A-Z][a-z]+ )+(?:League|Union)\b", {"League", "Union"}),
        (r"[0-9]{1,2} (?:May|June) 2", {" May 2", " June 2"}),
        (r"[0-9]+/[0-9]+", set()),
        (r"[0-9]+ (?:pages)?", set()),
        (r"[0-9]+ pages|[0-9]+ p", set()),
    ],
)
def test_every_match_holds(pattern: str, expected: set[str]) -> None:
    assert held(pattern) == expected


#: Pieces of which patterns are put together, and characters of which texts are.
PIECE = st.sampled_from(
    ["a", "b", "ab", "[ab]", "[^a]", "[a-c]", r"\d", "(?:a|bc)", "(?:ab?|c)", "(?=ab)", "(?!b)", "(?<=a)", r"\b", "."]
)
PATTERN = st.lists(st.tuples(PIECE, st.sampled_from(["", "?", "*", "+", "{2}", "{0,2}", "+?"])), min_size=1, max_size=5)
TEXT = st.text("abc1 ", max_size=30)


@given(pieces=st.lists(PATTERN, min_size=1, max_size=3), text=TEXT)
def test_no_match_is_lost(pieces: list[list[tuple[str, str]]], text: str) -> None:
    bare = "(?=", "(?!", "(?<", r"\b"
    written = ("".join(part + ("" if part.startswith(bare) else times) for part, times in each) for each in pieces)
    pattern = "|".join(written)
    try:
        openings(pattern)
    except ValueError:
        return
    found = list(re.finditer(pattern, text))
    expected = [match.span() for match in found]
    assume(all(match[0] for match in found))
    words = held(pattern) or {""}
    assert all(any(word in text[match.start() :] for word in words) for match in found)
    assert list(spans(led(f"({pattern})"), text)) == expected
    assert [match.span() for _, match in Finder([re.compile(pattern)]).matches(text)] == expected


@pytest.mark.parametrize("code", CODES)
def test_every_rule_of_citations_has_an_opening(code: Language) -> None:
    rules = languages.rules(code).tokens
    assert all(openings(rule.pattern.pattern) for rule in rules)
    # A part of a sentence without a digit is searched by words alone.
    assert {
        each for rule in rules if rule.name in _BARE for each in openings(rule.pattern.pattern) if each.set
    } == set()


def in_one_alternation(text: str, rules: tuple[Rule, ...]) -> list[tuple[str, int, int]]:
    """The tokens of a text as one alternation of all rules finds them."""
    joined = "|".join(f"(?P<rule{n}>{unnamed(rule)})" for n, rule in enumerate(rules))
    found = []
    for match in re.finditer(joined, text):
        rule = rules[int((match.lastgroup or "").removeprefix("rule"))]
        found.append((rule.name, match.start(), match.end()))
    return found


@pytest.mark.parametrize("code", CODES)
def test_tokens_are_those_of_one_alternation_of_all_rules(code: Language) -> None:
    rules = languages.rules(code)
    examples = [rule for table in ("locator", "number") for rule in rules.raw.get(table, ())]
    listed = [rule["example"] if isinstance(rule["example"], list) else [rule["example"]] for rule in examples]
    written = [each["text"] if isinstance(each, dict) else each for those in listed for each in those]
    numbers = "76/213, 57/270 B, 1325 (2000), 217 A (III), ES-10/15, A/76/534/Add.1, 1/CP.21, 3 May 2035"
    text = languages.fold(", ".join([*written, numbers]))
    found = [(token.kind, token.start, token.end) for token in tokens(words_of(text, rules), rules, everywhere=True)]
    parts = [0, *(end for _, end in spans(rules.stop, text)), len(text)]
    expected = [
        (kind, begin + start, begin + end)
        for begin, stop in pairwise(parts)
        for kind, start, end in in_one_alternation(text[begin:stop], rules.tokens)
    ]
    assert found == expected
    assert found


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"reports? (?:of|by) (?:the )?", {" of ", " by ", " of the ", " by the "}),
        (r"[0-9]+ of |letter from ", {" of ", "letter from "}),
        (r"by [a-z]*", {""}),
        (r"(?:a very long phrase|a short one)", {""}),
        (r"of(?= the)", {""}),
    ],
)
def test_every_match_ends_with_one_of_the_closings(pattern: str, expected: set[str]) -> None:
    found = closings(pattern)
    assert all(any(ending.endswith(wanted) for wanted in expected) for ending in found), found
    assert any(each == "" for each in found) == ("" in expected)


@pytest.mark.parametrize("code", CODES)
def test_the_closings_of_roles_tell_something(code: Language) -> None:
    assert any(all(rule.ends) for rule in languages.rules(code).roles if rule.before)
