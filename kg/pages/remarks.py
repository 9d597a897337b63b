"""Sentences that the graph holds in English, in the language of a page: messages of findings, why a citation is open.

They are made from a few forms (phrases/remarks.toml): what a form leaves open is found by its English words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from markupsafe import Markup

from kg import registry
from kg.pages.addresses import LANGUAGES
from kg.pages.days import written
from kg.pages.phrases import phrases

_SLOT = re.compile(r"\{(\w+)\}")
_STATED = re.compile(r"(?P<value>.+?) in (?P<code>ar|en|es|fr|ru|zh)(?:, |$)")
#: Phrases that are no sentences.
_WORDS = frozenset((*(f"in_{code}" for code in LANGUAGES), "comma", "stated", "at_line", "or"))
#: What the slots can hold, where that is not any words.
_HELD = {"line": r"(?: \(line (?P<line>\d+)\))?", "languages": r"(?P<languages>\w\w(?:(?:, | and )\w\w)*)"}


@lru_cache(maxsize=4096)
def said(sentence: str, language: str) -> Markup | None:
    """The sentence in the language; None where it has no form that is known."""
    if language == "en":
        return Markup.escape(sentence)
    for key, form in _forms().items():
        found = form.fullmatch(sentence)
        if found:
            say = phrases("remarks", language)
            values = {name: _value(name, value or "", say, language) for name, value in found.groupdict().items()}
            return Markup.escape(say[key]).format(**values)
    return None


@cache
def _forms() -> Mapping[str, re.Pattern[str]]:
    """Each form by its phrase, the longer before those that could take it for theirs."""
    english = {key: form for key, form in phrases("remarks", "en").items() if key not in _WORDS}
    ordered = sorted(english.items(), key=lambda pair: -len(_SLOT.sub("", pair[1])))
    return {key: re.compile(_pattern(form), re.DOTALL) for key, form in ordered}


def _pattern(form: str) -> str:
    parts = _SLOT.split(form)
    return "".join(_slot(part) if index % 2 else re.escape(part) for index, part in enumerate(parts))


def _slot(name: str) -> str:
    if name == "others":
        return _HELD["languages"].replace("<languages>", "<others>")
    return _HELD.get(name, f"(?P<{name}>.+?)")


def _value(name: str, value: str, say: Mapping[str, str], language: str) -> Markup:
    """What fills a slot of the sentence in the language of the page."""
    if name in ("languages", "others"):
        text = say["comma"].join(say[f"in_{code}"] for code in re.split(", | and ", value))
    elif name in ("language", "other_language"):
        text = say[f"in_{value}"]
    elif name == "line":
        text = say["at_line"].format(line=value) if value else ""
    elif name == "years":
        text = say["or"].join(value.split(" or "))
    elif name.startswith("stated"):
        return _stated(value, say, language, days=name.endswith("days"))
    else:
        return _within(written(value, language) if name.endswith("day") else _named(value, language, name))
    return Markup.escape(text)


def _stated(text: str, say: Mapping[str, str], language: str, *, days: bool) -> Markup:
    """What each version says, with its language: 5 in ar, 6 in en."""
    told = [
        (written(each["value"], language) if days else each["value"], each["code"]) for each in _STATED.finditer(text)
    ]
    form = Markup.escape(say["stated"])
    values = [form.format(value=_within(value), language=say[f"in_{code}"]) for value, code in told]
    return Markup.escape(say["comma"]).join(values)


def _within(text: str) -> Markup:
    """Words of any script in a sentence, which they leave in its order."""
    return Markup("<bdi>{}</bdi>").format(text)


def _named(name: str, language: str, slot: str) -> str:
    """A body of the registry by its English name, in the language; any other word as it is."""
    if slot != "body":
        return name
    entry = next((each for each in registry.entries().values() if each.label() == name), None)
    return entry.label(language) if entry else name
