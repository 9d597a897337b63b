"""Pages and data that `unkg publish` made already, sent as they lie in its folder, with the headers of those made here.

That is done only while the folder says of itself that it is complete, and made of the same store by the same code for
the same address: see kg.publish.made_of. Whoever writes there takes that away first, so that what is read between two
looks at it is what this server would make.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shlex
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pyoxigraph as ox
from markupsafe import escape

from kg.pages import Site, addresses, lineage_page, signposting, vocabulary
from kg.publish.made_of import FILE, MadeOf, told
from kg.serve.generation import Generation
from kg.serve.making import Headers, headers_of, is_slow, response_of
from kg.serve.messages import Response
from kg.serve.published import PublishedSite

_log = logging.getLogger("kg.serve.ready")
#: Reading and packing go on beside the thread that answers.
_READERS = min(os.cpu_count() or 1, 4)
#: Where the links of a page stand.
_HEAD = 10_000
#: So often a file is read again that may have been written meanwhile.
_ATTEMPTS = 3
#: What the picture of a document's lineage is drawn from, and its typed links.
_BESIDE = (f"{lineage_page.stem_of('')}.js".removeprefix("doc/"), f".{signposting.LINKSET}")
#: Ways in which a site may be made of something else, and what of the settings of the server that is.
_REASONS = {
    "store": "of another state of the store",
    "code": "by another version of unkg",
    "address": "for another address",
    "endpoint": "for another SPARQL endpoint",
}

#: The folder's word on what it was made of: which file, how large, written when.
_Sign = tuple[int, int, int]


class Ready:
    """The pages in a published folder, for as long as they are those of the generation that is served."""

    def __init__(self, published: PublishedSite, store: Path) -> None:
        self._published = published
        self._store = store
        self._readers = ThreadPoolExecutor(_READERS, "ready")
        #: The word that fits the generation, as far as is known.
        self._looked: tuple[_Sign | None, MadeOf | None] | None = None
        #: What the reason was told of.
        self._said: tuple[_Sign | None, MadeOf | None] | None = None
        self._reason = ""

    async def response(self, now: Generation, path: str, *, pack: bool) -> Response | None:
        """What lies at a path; None where the folder does not hold it, or may hold something else than is made here."""
        if not self._published.holds(path):
            return None
        for _ in range(_ATTEMPTS):
            sign = self._fitting(now)
            if sign is None:
                return None
            read = partial(self._published.file, path)
            if _is_made(now.here, path):
                headers = headers_of(now.here, path)
                read = partial(_read, self._published.root / path, path, now.here.address, headers, pack)
            found, written = await asyncio.get_running_loop().run_in_executor(self._readers, self._while, sign, read)
            if not written:
                return found
            self._looked = None
        return None

    def _fitting(self, now: Generation) -> _Sign | None:
        """The word of the folder that fits the generation; looked for again until there is one."""
        if self._looked is None or self._looked[0] is None or self._looked[1] != now.made_of:
            sign = self._sign()
            if self._said != (sign, now.made_of):
                self._said = (sign, now.made_of)
                self._reason = self._unfit(now)
                if self._reason:
                    _log.warning("%s", self._reason)
            self._looked = (None if self._reason else sign, now.made_of)
        return self._looked[0]

    def _while(self, sign: _Sign, read: Callable[[], Response | None]) -> tuple[Response | None, bool]:
        """What is read while the folder keeps its word, and whether it did not."""
        if self._sign() != sign:
            return None, True
        found = read()
        return found, self._sign() != sign

    def _sign(self) -> _Sign | None:
        try:
            state = (self._published.root / FILE).stat()
        except OSError:
            return None
        return state.st_ino, state.st_mtime_ns, state.st_size

    def _unfit(self, now: Generation) -> str:
        """Why the pages of the folder are not those of the generation, and what to do; empty where they are."""
        found, wanted = told(self._published.root), now.made_of
        if wanted is None:
            return f"{self._store} has no manifest, so pages are made anew; build it again: unkg build"
        if found is None:
            reason = "it is not complete"
        else:
            wrong = [what for name, what in _REASONS.items() if getattr(found, name) != getattr(wanted, name)]
            if not wrong:
                return ""
            reason = f"it was made {' and '.join(wrong)}"
        options = {"--store": str(self._store), "--address": wanted.address, "--endpoint": wanted.endpoint}
        call = ["unkg", "publish", str(self._published.root)]
        call += [word for name, value in options.items() if value for word in (name, value)]
        where = self._published.root
        return f"{where}: its pages are not sent, but made anew, as {reason}; publish it again: {shlex.join(call)}"


def _is_made(site: Site, path: str) -> bool:
    """Whether a path of a site is one that is made here too, and not of what `unkg publish` alone makes."""
    address = addresses.parse(path)
    if is_slow(path) or path.endswith(_BESIDE):
        return True
    if address is None or address.form == "html":
        return address is not None
    return address.stem.partition("/")[0] in (vocabulary.STEM, "doc") or _is_subject(site, address.stem)


def _is_subject(site: Site, stem: str) -> bool:
    """Whether anything is said of the thing."""
    name = ox.NamedNode(addresses.iri_of(stem, site.names))
    return next(iter(site.graph.oxigraph.quads_for_pattern(name, None, None, None)), None) is not None


def _read(file: Path, path: str, address: str, headers: Headers, pack: bool) -> Response | None:
    """The file with its headers; a page that leads to another says so itself, and has none."""
    try:
        with file.open("rb") as opened:
            body, modified = opened.read(), int(os.fstat(opened.fileno()).st_mtime)
    except OSError:
        return None
    if address and path.endswith(".html"):
        own = f'<link rel="canonical" href="{escape(address + path)}">'.encode()
        headers = headers if own in body[:_HEAD] else headers[:1]
    return response_of(path, body, headers, modified=modified, pack=pack)
