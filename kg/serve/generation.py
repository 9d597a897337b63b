"""The generation of a store that is served, and the next one that takes its place while the server runs."""

from __future__ import annotations

import asyncio
import logging
from bisect import bisect_left
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypedDict

import pyoxigraph as ox

from kg import store
from kg.catalogue import Catalogue, Work, open_catalogue
from kg.errors import StoreBusy, StoreError, StoreMissing
from kg.pages import Site, open_site, page
from kg.publish.made_of import MadeOf, made_of
from kg.serve.kept import Kept
from kg.serve.sparql.pool import Limits, Pool
from kg.uris import Names

_log = logging.getLogger("kg.serve")
#: Seconds between two looks at which generation is current.
_EVERY = 1.0
#: So often a store is opened again that changed while it was opened.
_ATTEMPTS = 5
#: Works that are remembered, as lineages near each other join the same ones.
_REMEMBERED = 50_000
#: Symbols that begin alike, as many as are compared with one that is unknown.
_NEIGHBOURS = 200


class Where(TypedDict):
    """Where a site lies, and where its pages ask."""

    address: str
    endpoint: str


@dataclass
class Generation:
    """All that is open of one generation. Pages are made in one thread, which has `site` for itself; what takes long
    and is asked for rarely (the map of the whole) in another, with a site of its own; `here` is for the thread that
    answers requests. `made_of` is what a site of it is made of, None where the store does not tell; `modified` is
    since when this generation is served, by this code, in seconds since 1970."""

    folder: Path
    site: Site
    slow_site: Site
    here: Site
    made_of: MadeOf | None
    modified: int
    pool: Pool
    pages: Kept
    #: The symbols of all documents, held or cited, in order.
    symbols: list[str]
    maker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "pages"))
    slow_maker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "beside"))

    @property
    def store(self) -> ox.Store:
        return self.site.graph.oxigraph

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue for the thread that answers."""
        return self.here.catalogue

    @property
    def names(self) -> Names:
        return self.site.names

    @cached_property
    def work(self) -> Callable[[str], Work | None]:
        """What is known of a document, for the thread that answers; those asked for lately are remembered."""
        return lru_cache(_REMEMBERED)(self.catalogue.find_work)

    @cached_property
    def about(self) -> Callable[[str, str], Mapping[str, Any]]:
        """A document in a few words, with its title in a language where it has one."""
        return lru_cache(_REMEMBERED)(self._about)

    def _about(self, symbol: str, language: str) -> Mapping[str, Any]:
        work = self.work(symbol)
        title = work.title(language) if work else None
        return {
            "symbol": symbol,
            "iri": self.names.document(symbol),
            "title": title[0] if title else None,
            "titleLanguage": title[1] if title else None,
            "adopted": work.adopted if work else None,
            "date": work.date if work else None,
            "held": work.held if work else False,
        }

    def closest(self, symbol: str, count: int = 5) -> list[str]:
        """The symbols known that look most like this one, of those that stand near it in order."""
        place = bisect_left(self.symbols, symbol)
        series = symbol.rpartition("/")[0]
        near = self.symbols[max(place - _NEIGHBOURS // 2, 0) : place + _NEIGHBOURS // 2]
        alike = [each for each in near if not series or each.startswith(series)] or near
        return sorted(alike, key=lambda each: (-SequenceMatcher(None, symbol, each).ratio(), each))[:count]

    def start(self) -> None:
        """Starts the processes for queries, and reads what the first page needs before anyone asks for one."""
        self.pool.start()
        self.maker.submit(page, self.site, "index.html")

    async def close(self) -> None:
        """Lets queries end and closes the rest."""
        await self.pool.close()
        for maker in (self.maker, self.slow_maker):
            maker.shutdown(wait=False, cancel_futures=True)
        self.catalogue.close()


class Live:
    """The store at a path, as it is now; `since` is when the server was started, in seconds since 1970: before that,
    other code may have made other pages. `endpoint` is what pages say where they ask, empty for beside themselves."""

    def __init__(self, path: Path, *, address: str, endpoint: str, limits: Limits, room: int, since: float) -> None:
        self.path = path
        self._where: Where = {"address": address, "endpoint": endpoint}
        self._limits = limits
        self._room = room
        self._since = since
        self._watching: asyncio.Task[None] | None = None
        self._leaving: set[asyncio.Task[None]] = set()
        self.now = self._open()

    def start(self) -> None:
        """Starts the processes for queries, and looks for new generations from now on."""
        self.now.start()
        self._watching = asyncio.get_running_loop().create_task(self._watch())

    async def stop(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
        for leaving in self._leaving:
            leaving.cancel()
        self.now.pool.kill()
        for maker in (self.now.maker, self.now.slow_maker):
            maker.shutdown(wait=False, cancel_futures=True)

    def _open(self) -> Generation:
        """The current generation; opened again where another became current meanwhile. Raises StoreError."""
        for _ in range(_ATTEMPTS):
            folder = store.current(self.path)
            try:
                found = self._opened(folder)
            except StoreError:
                if store.current(self.path) == folder:
                    raise
                continue
            if store.current(self.path) == folder:
                return found
        raise StoreBusy(str(self.path), "changes faster than it can be opened; try again")

    def _opened(self, folder: Path) -> Generation:
        """All of the generation in that folder, if it is still the current one when this ends."""
        site = open_site(self.path, **self._where)
        slow_site, here = (Site(site.graph, open_catalogue(self.path), **self._where) for _ in range(2))
        try:
            made = made_of(self.path, **self._where)
        except StoreMissing:
            made = None
        changed = int(max(self._since, folder.stat().st_mtime))
        pool, kept = Pool(folder, self._limits), Kept(self._room)
        return Generation(folder, site, slow_site, here, made, changed, pool, kept, here.catalogue.symbols())

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            try:
                if store.current(self.path) != self.now.folder:
                    await self._take_over()
            except (StoreError, OSError) as error:
                # What is open stays open and is served on.
                _log.warning("the new state of the store is not taken over: %s", error)

    async def _take_over(self) -> None:
        loop = asyncio.get_running_loop()
        following = await loop.run_in_executor(None, self._open)
        following.start()
        before, self.now = self.now, following
        _log.info("%s is served now", following.folder.name)
        leaving = loop.create_task(before.close())
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)
