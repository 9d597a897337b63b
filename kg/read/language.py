"""Which of the six languages words are in."""

from __future__ import annotations

import re
from functools import cache

from kg import languages
from kg.errors import UnknownLanguage
from kg.languages import LanguageRules, fold
from kg.model import Language

_TOO_SHORT_TO_TELL = 4
#: So many characters tell the language.
ENOUGH = 5_000
#: A third of English is in its commonest words; a tenth tells it from a language that happens to share some.
_LEAST_SHARE = 0.1
#: In lists and tables there are few such words; but where those of one language stand alone, they are enough.
_ENOUGH_ALONE, _LEAD = 100, 20


def language_of(name: str, characters: str, claimed: str | None) -> Language:
    """The language whose letters, or commonest words, prevail; the name decides nothing, as files are misnamed.

    Raises UnknownLanguage, with the source's name and what it claims, where the words are in none.
    """
    sample = characters[:ENOUGH]
    letters = sum(map(str.isalpha, sample))
    counts: dict[Language, int] = {}
    for code in _scripts_first():
        counts[code] = len("".join(_letters(code).findall(sample)))
        # Where most letters are those of one script, no other language can have as many.
        if counts[code] > max(_TOO_SHORT_TO_TELL, letters / 2):
            return code
    best = max(languages.available(), key=lambda code: counts[code])
    second = max(counts[code] for code in counts if code != best)
    alone = counts[best] >= max(_ENOUGH_ALONE, second * _LEAD)
    # A list of names has few words of any language, but more of its own than of others.
    alone = alone or (claimed == best and counts[best] >= _TOO_SHORT_TO_TELL)
    if alone or counts[best] >= max(_TOO_SHORT_TO_TELL, letters * _LEAST_SHARE):
        return best
    opened = next((code for code in languages.available() if _opens(characters, languages.rules(code))), None)
    if opened is None:
        known = ", ".join(languages.rules(code).name for code in languages.available())
        claim = f" (its name says {claimed})" if claimed else ""
        raise UnknownLanguage(name, f"is in no language that can be read{claim}; there is {known}")
    return opened


@cache
def _scripts_first() -> tuple[Language, ...]:
    """The languages, those first that are known by the letters of their script, which are counted faster than words."""
    return tuple(
        sorted(languages.available(), key=lambda code: not languages.rules(code).letters.pattern.startswith("["))
    )


@cache
def _letters(code: Language) -> re.Pattern[str]:
    """The letters or words by which a language is known, those that stand together at once."""
    return re.compile(f"(?:{languages.rules(code).letters.pattern})+")


def _opens(characters: str, rules: LanguageRules) -> bool:
    """Whether a line is one with which an organ opens a text in that language, or that names an item of an agenda:
    enough where a text is short."""
    lines = [fold(line).strip() for line in characters[:ENOUGH].splitlines()]
    heads = [rule for rule in rules.headings if rule.name == "agenda_item"]
    return any(rule.pattern.fullmatch(line) for rule in (*rules.openings, *heads) for line in lines)


def likely_languages(characters: str) -> tuple[Language, ...]:
    """The languages that a few words, a line or a title, are most likely in; several where their commonest words do not
    tell."""
    counts = {code: sum(map(len, languages.rules(code).letters.findall(characters))) for code in languages.available()}
    most = max(counts.values())
    return tuple(code for code, count in counts.items() if count == most)
