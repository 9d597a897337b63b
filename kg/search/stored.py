"""Searches a store: its current generation has an index beside its data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from kg import store
from kg.errors import StoreMissing, StoreWriteFailed
from kg.search.filters import Filters
from kg.search.find import Hits, find
from kg.search.index import NAME, write_index

if TYPE_CHECKING:
    from kg.query import LocalStore


def search(
    graph: LocalStore | str | Path,
    words: str,
    *,
    sort: str = "relevance",
    limit: int | None = 20,
    offset: int = 0,
    **filters: Unpack[Filters],
) -> Hits:
    """The paragraphs, headings, footnotes and titles of a store, open or by its path, that hold the words.

    All words are wanted, in whatever form they stand; those in quotation marks one behind the other; OR, NOT or -word,
    word* and parentheses are known. The most relevant come first, or with sort="date" the latest; limit=None gives all.
    Filters are language, since, until, organ, kind, act, document: see kg.search.Filters. An index is made where the
    store has none. Raises QuerySyntaxError, ParameterError, StoreMissing.
    """
    path = Path(graph if isinstance(graph, str | Path) else graph.where)
    return find(index_of(path), words, sort=sort, limit=limit, offset=offset, **filters)


def index_of(path: Path) -> Path:
    """The index of a store; a store that was made without one gets it now."""
    # The folder of the generation is the store's own affair; the index lies in it, so that both are replaced as one.
    index = store.current(path) / NAME
    if not index.exists():
        try:
            write_index(store.open_current(path), index)
        except StoreWriteFailed as error:
            what = f"holds no search index, and none can be written there ({error.what})"
            raise StoreMissing(str(path), f"{what}; build the store again: unkg build --store {path}") from None
    return index
