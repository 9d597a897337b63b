"""Loose paragraphs → the Goals and targets that each names, and those that its words speak for.

A paragraph is read by itself: what another names before it means nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kg import languages
from kg.extract.acts import read_acts
from kg.extract.goals import read_goals
from kg.extract.names import read_names
from kg.extract.words import read_words, words_of
from kg.languages.wordlist import BETWEEN
from kg.model import Clause, Heading, Language, Mention, Outline, Passage, Run, Text
from kg.read.language import likely_languages


class Goal(NamedTuple):
    """A Goal or target of a paragraph: named in it (`explicit`, score 1), or one that its words speak for; `evidence`
    holds the words."""

    code: str
    explicit: bool
    evidence: tuple[str, ...]
    score: float


class Classified(NamedTuple):
    """What a paragraph is about; `line` counts from 1, `language` is None where the words are in none of the six."""

    line: int
    language: Language | None
    goals: tuple[Goal, ...]
    targets: tuple[Goal, ...]


def classify(paragraphs: str | Iterable[str], *, language: Language | None = None) -> Iterator[Classified]:
    """The Goals and targets of each paragraph, one a line, in the order given; empty ones are passed over. Those
    of which the words say most come first.

    The language of each is known from its words unless one is named.
    """
    lines = paragraphs.split("\n") if isinstance(paragraphs, str) else paragraphs
    for line, paragraph in enumerate(lines, 1):
        words = paragraph.replace(BETWEEN, " ").strip()
        if words:
            yield _classified(line, words, language or _language(words))


def as_json(found: Classified) -> dict[str, Any]:
    """What `unkg classify` prints of a paragraph."""
    goals, targets = ([goal._asdict() for goal in those] for those in (found.goals, found.targets))
    return {"line": found.line, "language": found.language, "goals": goals, "targets": targets}


def _language(words: str) -> Language | None:
    """What the words are in; where the commonest do not tell, what opens them as an act, or names a Goal, does."""
    likely = likely_languages(words)
    if len(likely) == 1:
        return likely[0]
    for code in likely:
        rules = languages.rules(code)
        read = words_of(words, rules)
        if any(act.at == 0 for act in read_acts(read, rules)) or next(rules.goal_finder.matches(read.folded), None):
            return code
    return None


def _classified(line: int, words: str, language: Language | None) -> Classified:
    if language is None:
        return Classified(line, None, (), ())
    mentions = _mentions(words, language)
    by_kind = {
        kind: tuple(
            sorted(
                (
                    _goal(target, mentions)
                    for target in {mention.target for mention in mentions if mention.kind == kind}
                ),
                key=lambda goal: (-goal.score, goal.code),
            )
        )
        for kind in ("goal", "target")
    }
    return Classified(line, language, by_kind["goal"], by_kind["target"])


def _mentions(words: str, language: Language) -> tuple[Mention, ...]:
    passage = Passage(words, (Run(0, 0, len(words)),))
    clause = Clause("line", "preambular", 1, passage, ())
    outline = Outline(Text("line", language, words, (), ""), Heading("", "resolution", ""), (clause,), ())
    rules = languages.rules(language)
    read = read_words(outline, rules)
    return read_goals(outline, read, read_names(outline, read, rules), rules)


def _goal(target: str, mentions: Iterable[Mention]) -> Goal:
    """All that was found of one Goal or target, as one; named in one place, it is named."""
    own = [mention for mention in mentions if mention.target == target]
    code = target.removeprefix("sdg/")
    if own[0].inferred:
        return Goal(code, explicit=False, evidence=own[0].evidence, score=own[0].score or 0)
    return Goal(code, explicit=True, evidence=tuple(dict.fromkeys(mention.surface for mention in own)), score=1.0)
