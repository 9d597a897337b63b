"""All that is looked up in the words of a language: names, and the cues of Goals and targets."""

from __future__ import annotations

from functools import cache

from kg.extract.cues import cues_of
from kg.extract.lexicon import lexicon
from kg.languages.phrases import Phrasebook
from kg.model import Language


@cache
def phrasebook(language: Language) -> Phrasebook:
    """The names and cues of the language, found together."""
    names = lexicon(language)
    return Phrasebook(names.names, names.long, cues_of(language).phrases)
