"""Sentences of one language, read for what they name."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import extract
from kg.model import Clause, Heading, Language, Mention, Outline, Passage, Run, Text


def mentions(language: Language, *sentences: str, title: str | None = None) -> Sequence[Mention]:
    """What the paragraphs OP1, OP2 … of a resolution of the Assembly name, in the order of the words."""
    clauses = tuple(
        Clause(f"OP{n}", "operative", n, Passage(sentence, (Run(0, 0, len(sentence)),)), ())
        for n, sentence in enumerate(sentences, start=1)
    )
    heading = Heading("A/RES/90/1", "resolution", "general-assembly", title)
    text = Text("example", language, " ".join(sentences), (), "")
    found = extract(Outline(text, heading, clauses, ())).mentions
    return [mention for mention in found if not mention.inferred]


def named_under(language: Language, title: str, *sentences: str) -> list[str]:
    """The targets of what the paragraphs name in a resolution with that title."""
    clauses = (
        Clause("header", "heading", 0, Passage(title, (Run(0, 0, len(title)),)), ()),
        *(
            Clause(f"OP{n}", "operative", n, Passage(sentence, (Run(0, 0, len(sentence)),)), ())
            for n, sentence in enumerate(sentences, start=1)
        ),
    )
    text = Text("example", language, " ".join([title, *sentences]), (), "")
    heading = Heading("A/RES/90/1", "resolution", "general-assembly", title)
    found = extract(Outline(text, heading, clauses, ())).mentions
    return [mention.target for mention in found if not mention.inferred and mention.clause != "header"]


def named(language: Language, *sentences: str) -> list[str]:
    """The targets of what they name."""
    return [mention.target for mention in mentions(language, *sentences)]
