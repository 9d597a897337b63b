"""What the bodies named in a clause do there: asked to act, author of what is spoken of, host, or just named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import cast

from kg.extract.names import Name
from kg.extract.words import Words
from kg.languages import LanguageRules, RoleRule
from kg.model import Clause, Mention, Role

#: So far before a name and behind it stand the words that tell its role.
_REACH = 100


def mentioned(
    clause: Clause, names: Sequence[Name], asked: Collection[str], words: Words, rules: LanguageRules
) -> Iterator[Mention]:
    """What a clause names, groups aside: bodies with their roles; `asked` are those whom it asks to act."""
    passage = clause.passage
    for name in names:
        kind, target, start, end = name
        if kind == "group":
            continue
        role: Role | None = None
        if kind == "body":
            role = "addressee" if target in asked else _role(name, words.folded, rules.roles)
        yield Mention(clause.id, kind, target, passage.span(start, end), passage.text[start:end], role=role)


def _role(name: Name, text: str, rules: Sequence[RoleRule]) -> Role:
    for rule in rules:
        if not text.endswith(rule.ends, 0, name.start):
            continue
        if rule.before and not rule.before.search(text, max(0, name.start - _REACH), name.start):
            continue
        if rule.behind and not rule.behind.match(text, name.end, name.end + _REACH):
            continue
        return cast("Role", rule.role)
    return "mentioned"
