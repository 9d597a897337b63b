"""What a document is called: by its title or, where that is not held, by what registries know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.pages.addresses import LANGUAGES
from kg.pages.phrases import phrases
from kg.pages.site import Site
from kg.uris import term

#: What registries may say of a document, the most telling first, and the phrase for it.
_KNOWN_FOR = {"adoptedBy": "adopts", "setOutIn": "contains", "proclaimedBy": "proclaims", "reportedIn": "reports"}
#: Things that are named of a document that is known for several.
_MOST = 3


def title_of(site: Site, symbol: str, language: str) -> tuple[str, str] | None:
    """The title of a document and the language it is in: that of `language`, or another where it is not held in that;
    or the name of the instrument that the document is; or what it adopts, contains, proclaims, reports on. None where
    none of this is known."""
    work = site.find_work(symbol)
    title = work.title(language) if work else None
    if title:
        return title
    instrument = site.instrument_of(symbol)
    if instrument:
        found = site.labels.find(instrument, language)
        return (found.text, found.language) if found else None
    return _known_for(site, symbol, language)


def called(site: Site, symbol: str, language: str) -> str:
    """The symbol of a document; the name of one that has none of its own, such as the Charter."""
    instrument = None if any(map(str.isdigit, symbol)) else site.instrument_of(symbol)
    label = site.labels.find(instrument, language) if instrument else None
    return label.text if label else symbol


def titles_of(site: Site, symbol: str) -> Mapping[str, str]:
    """What a document is called in each language in which that is known."""
    work = site.find_work(symbol)
    if work and work.titles:
        return work.titles
    found = {code: title_of(site, symbol, code) for code in LANGUAGES}
    return {code: title[0] for code, title in found.items() if title and title[1] == code}


def _known_for(site: Site, symbol: str, language: str) -> tuple[str, str] | None:
    said = site.registered.get(site.names.document(symbol), ())
    for property_, phrase in _KNOWN_FOR.items():
        things = sorted({thing for thing, how in said if how == term(property_)})
        labels = [label for thing in things if (label := site.labels.find(thing, language))]
        if labels:
            # One language for the whole, so that it can be marked with it.
            spoken = language if all(label.language == language for label in labels) else "en"
            names = [label.text for thing in things if (label := site.labels.find(thing, spoken))]
            return phrases("titles", spoken)[phrase].format(names=_joined(names, spoken)), spoken
    return None


def _joined(names: Sequence[str], language: str) -> str:
    return phrases("titles", language)["between"].join(names[:_MOST]) + ("…" if len(names) > _MOST else "")
