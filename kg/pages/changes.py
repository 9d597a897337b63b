"""What changed since the document before: each paragraph beside the one that it goes back to; and how the paragraphs
that name a thing changed from one document of a series to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.catalogue import Work
from kg.pages import comparing
from kg.pages.addresses import LANGUAGES
from kg.pages.comparing import Piece
from kg.pages.days import written
from kg.pages.rendering import render
from kg.pages.site import Site
from kg.pages.texts import paragraphs_of, words_of

#: Series of documents that the page of a thing shows, and documents of each.
_SERIES, _DOCUMENTS = 12, 12


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph and what became of it: its id in the later document and in the earlier one, None where it is not
    there; `pieces` are its words."""

    later: str | None
    earlier: str | None
    pieces: Sequence[Piece]

    @property
    def state(self) -> str:
        """new, gone, changed or same."""
        if self.earlier is None:
            return "new"
        if self.later is None:
            return "gone"
        return "changed" if comparing.changed(self.pieces) else "same"


@dataclass(frozen=True, slots=True)
class Step:
    """The paragraphs of one document that name a thing, each with what changed since the document before."""

    symbol: str
    date: str
    changes: Sequence[Change]


def predecessor(site: Site, symbol: str, language: str) -> Work | None:
    """The document of the series before this one, where both are held with their words in the language."""
    worded = [work for work in site.catalogue.series(symbol) if not work.facts_only]
    series = [work for work in worded if language in work.languages]
    places = [place for place, work in enumerate(series) if work.symbol == symbol]
    return series[places[0] - 1] if places and places[0] > 0 else None


def follows(site: Site, symbol: str) -> bool:
    """Whether there is such a comparison in any language."""
    return any(predecessor(site, symbol, language) is not None for language in LANGUAGES)


def changes_stem(symbol: str) -> str:
    """Where the comparison lies: doc/A/RES/76/213/changes."""
    return f"doc/{symbol}/changes"


def changes_page(site: Site, symbol: str, language: str) -> bytes | None:
    """The comparison with the document before, in the language or, where they are not held in it, in another; None
    where there is none."""
    words = next((each for each in (language, *LANGUAGES) if predecessor(site, symbol, each)), None)
    before = predecessor(site, symbol, words) if words else None
    if words is None or before is None:
        return None
    earlier, later = (_texts(site, each, words) for each in (before.symbol, symbol))
    found = list(_compared(earlier, later))
    work = site.find_work(symbol)
    return render(
        site,
        "changes.html",
        stem=changes_stem(symbol),
        language=language,
        section="changes",
        symbol=symbol,
        words=words,
        before=before,
        dates=[written(each.date if each else None, language) for each in (before, work)],
        changes=found,
        counts={state: sum(each.state == state for each in found) for state in ("same", "changed", "new", "gone")},
        crumbs=((f"doc/{symbol}", symbol), ("", before.symbol)),
    )


def history_page(site: Site, stem: str, language: str) -> bytes | None:
    """How the paragraphs that name a thing changed, in the language or, where they are not held in it, in another; None
    where no two documents of a series name it."""
    label = site.labels.find(site.names.named(stem), language)
    if label is None or not has_history(site, stem):
        return None
    words, found = next(
        ((each, steps) for each in (language, *LANGUAGES) if (steps := list(_histories(site, stem, each, language)))),
        (language, []),
    )
    return render(
        site,
        "history.html",
        stem=f"{stem}/history",
        language=language,
        section="changes",
        thing=stem,
        name=label.text,
        words=words,
        histories=found,
        crumbs=((stem, label.text), ("", "↔")),
    )


def has_history(site: Site, stem: str) -> bool:
    """Whether two documents of a series, held with their words, name the thing."""
    return bool(site.catalogue.naming_by_series(stem))


def _histories(site: Site, stem: str, words: str, language: str) -> Iterator[tuple[str, Sequence[Step]]]:
    """For each series the symbol of its latest document, and the steps, the latest first; texts are in the language of
    `words`, days in that of the page."""
    rows = site.catalogue.naming_by_series(stem)
    series = [list(each) for _, each in groupby(rows, key=lambda row: row[0])]
    for each in series[:_SERIES]:
        steps: list[Step] = []
        earlier: Mapping[str, str] = {}
        for symbol, clauses in groupby(each, key=lambda row: row[1]):
            document = site.names.document(symbol)
            later = {
                clause: text
                for _, _, clause in clauses
                if clause != "header" and (text := words_of(site, f"{document}#{clause}").get(words))
            }
            if later:
                work = site.find_work(symbol)
                found = [change for change in _compared(earlier, later) if change.later or steps]
                steps.append(Step(symbol, written(work.date if work else None, language), found))
                earlier = later
        if len(steps) > 1:
            yield steps[-1].symbol, steps[::-1][:_DOCUMENTS]


def _compared(earlier: Mapping[str, str], later: Mapping[str, str]) -> Iterator[Change]:
    """The paragraphs in the order of the later text; those that are gone behind the one that they followed."""
    back = comparing.matched(earlier, later)
    kept = {old: new for new, old in back.items()}
    gone: dict[str | None, list[str]] = {}
    last: str | None = None
    for old in earlier:
        if old in kept:
            last = kept[old]
        else:
            gone.setdefault(last, []).append(old)
    yield from _gone(gone.get(None, ()), earlier)
    for new, text in later.items():
        before = back.get(new)
        if before is None:
            yield Change(new, None, (Piece(text, "new"),))
        else:
            yield Change(new, before, comparing.changes(earlier[before], text))
        yield from _gone(gone.get(new, ()), earlier)


def _gone(names: Sequence[str], earlier: Mapping[str, str]) -> Iterator[Change]:
    return (Change(None, name, (Piece(earlier[name], "gone"),)) for name in names)


def _texts(site: Site, symbol: str, language: str) -> dict[str, str]:
    """The paragraphs of a document by their ids, in the order of the text."""
    return {clause: words[language] for clause, words in paragraphs_of(site, symbol).items() if language in words}
