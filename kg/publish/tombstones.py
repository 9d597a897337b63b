"""Tombstones: at the name of a document that was withdrawn stands that it was, when, and what took its place."""

from __future__ import annotations

from collections.abc import Iterator

from kg.pages.addresses import LANGUAGES, Address
from kg.pages.days import written
from kg.pages.rendering import render
from kg.pages.site import Site
from kg.publish.changes import tombstone
from kg.publish.folder import Folder
from kg.publish.versions import NO_DOCUMENT, State, Withdrawn


def tombstones(site: Site, folder: Folder, state: State) -> None:
    """Writes the page in each language, and the data, of each document that was withdrawn and that nothing cites; one
    that is still cited has its page as such documents have."""
    for gone in withdrawn_alone(site, state):
        stem = f"doc/{gone.symbol}"
        for language in LANGUAGES:
            page = render(
                site,
                "withdrawn.html",
                stem=stem,
                language=language,
                section="dataset",
                gone=gone,
                day=written(gone.issued[:10], language),
                data_forms=(),
            )
            folder.write(Address(stem, language).path, page)
        for form, content in tombstone(site, gone).forms().items():
            folder.write(Address(stem, form=form).path, content)


def withdrawn_alone(site: Site, state: State) -> Iterator[Withdrawn]:
    """What was withdrawn and is not spoken of any more."""
    for symbol, gone in state.withdrawn.items():
        if not symbol.startswith(NO_DOCUMENT) and not site.knows(site.names.document(symbol)):
            yield gone
