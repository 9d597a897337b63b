"""What the bodies named in a clause do there: asked to act, author of what is spoken of, host, or just named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import cast

from kg.extract.names import Name
from kg.extract.words import Words
from kg.languages import LanguageRules, RoleRule
from kg.model import Mention, Role

#: So far before a name and behind it stand the words that tell its role.
_REACH = 100


def with_roles(names: Sequence[Name], asked: Collection[str], words: Words, rules: LanguageRules) -> Iterator[Mention]:
    """The mentions of a clause, those of bodies with their roles; `asked` are those whom it asks to act."""
    for name in names:
        mention = name.mention
        if mention.kind == "body":
            role = "addressee" if mention.target in asked else _role(name, words.folded, rules.roles)
            mention = mention._replace(role=role)
        yield mention


def _role(name: Name, text: str, rules: Sequence[RoleRule]) -> Role:
    for rule in rules:
        if rule.before and not rule.before.search(text, max(0, name.start - _REACH), name.start):
            continue
        if rule.behind and not rule.behind.match(text, name.end, name.end + _REACH):
            continue
        return cast("Role", rule.role)
    return "mentioned"
