"""Acts that are told, not done: a decision says "At its 63rd meeting, … the General Assembly decided to …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg import languages
from kg.languages import LanguageRules
from kg.model import ActReading, Language


class _Telling(NamedTuple):
    """Finds the first verb of a paragraph, behind who acts or as the opening of a point, and each further one."""

    first: re.Pattern[str]
    later: re.Pattern[str]
    verbs: tuple[tuple[re.Pattern[str], str], ...]
    qualifiers: tuple[tuple[re.Pattern[str], str], ...]

    def acts(self, text: str) -> Iterator[ActReading]:
        match = self.first.match(text)
        while match:
            act = next(slug for verb, slug in self.verbs if verb.fullmatch(match["verb"]))
            qualifiers = tuple(slug for word, slug in self.qualifiers if word.search(match["told"]))
            yield ActReading(match.start("told"), match.end(), act, qualifiers)
            match = self.later.search(text, match.end())


def with_told(text: str, acts: tuple[ActReading, ...], rules: LanguageRules) -> tuple[ActReading, ...]:
    """The acts of a paragraph, its look-alikes folded, together with those it tells, in the order of its words.

    The first that is told opens the paragraph, though the meeting and the organ, and at times what it recalls, stand
    before the verb; what is recalled there keeps its own act.
    """
    telling = _telling(rules.code)
    told = list(telling.acts(text))
    if not told:
        return acts
    done = [act for act in acts if not any(act.at < each.end and each.at < act.end for each in told)]
    opening = told[0]._replace(at=0)
    told = told if any(act.at < told[0].at for act in done) else told[1:]
    return (opening, *sorted((*done, *told), key=lambda act: act.at))


@cache
def _telling(code: Language) -> _Telling:
    rules = languages.rules(code)
    table = rules.narrated
    qualifiers = [(word, slug) for slug in ("also", "further") for word in rules.qualifiers.get(slug, ())]
    also = "|".join(re.escape(word) for word, _ in qualifiers)

    def pattern(phrase: str) -> str:
        return re.escape(phrase).replace(r"\ …\ ", f" (?:(?:{also}) )?")

    verbs = [(pattern(phrase), slug) for slug, phrases in table["acts"].items() for phrase in phrases]
    told = "|".join(sorted((verb for verb, _ in verbs), key=len, reverse=True))
    end = r"\b" if rules.spaced else ""
    verb = rf"(?P<told>(?:(?:{also}) )?(?P<verb>{told}){end}(?: (?:{also}){end})?)"
    # Where a verb has one form for what is done and told, only the words before it tell.
    may_lack = "?" if rules.spaced else ""
    return _Telling(
        first=re.compile(rf"\W*(?:{table['lead']}){may_lack}{verb}", re.IGNORECASE),
        later=re.compile(rf"(?:{table['and']}){verb}", re.IGNORECASE),
        verbs=tuple((re.compile(verb, re.IGNORECASE), slug) for verb, slug in verbs),
        qualifiers=tuple(
            (re.compile(rf"{end}{re.escape(word)}{end}", re.IGNORECASE), slug) for word, slug in qualifiers
        ),
    )
