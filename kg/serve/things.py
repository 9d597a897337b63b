"""Things and their documents: 303 from a name to the page or data about it, by what the client accepts."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kg.pages import addresses
from kg.pages.addresses import LANGUAGES, Address
from kg.serve.aliases import escaped, path_of, symbol_of
from kg.serve.generation import Generation
from kg.serve.making import ENDINGS, is_slow, make
from kg.serve.messages import Refused, Request, Response, problem
from kg.serve.missing import missing, withdrawn
from kg.serve.negotiate import choose, choose_language, takes_gzip
from kg.serve.published import PublishedSite
from kg.serve.ready import Ready

#: What a thing's name leads to, in the order in which it is sent to whoever takes anything.
_FORMS = {addresses.MEDIA_TYPES[form]: form for form in ("html", "ttl", "jsonld", "nt")}
#: What else clients call these.
_ALSO = {
    "application/xhtml+xml": "html",
    "application/json": "jsonld",
    "text/plain": "nt",
    "application/n-quads": "nt",
    "text/n3": "ttl",
    "application/x-turtle": "ttl",
}
#: The endings of what is a file, and never the end of a name.
_ENDING = re.compile(rf"\.(?:{'|'.join(map(re.escape, ENDINGS))})$")
_DEPRECATED = ox.NamedNode("http://www.w3.org/2002/07/owl#deprecated")
_TRUE = ox.Literal(True)


class Things:
    """Answers for everything that has a name, and for its pages; `prefix` is the path below which the site lies,
    `published` what was written to be sent beside them, or in their place; `store` is told where the two differ."""

    def __init__(self, prefix: str, published: PublishedSite | None, store: Path) -> None:
        self._prefix = prefix
        self._published = published
        self._ready = Ready(published, store) if published else None
        self._making: dict[tuple[str, str], asyncio.Future[Response | None]] = {}

    async def respond(self, request: Request, now: Generation) -> Response:
        path = request.path.removeprefix("/")
        if (uri := request.one("uri")) is not None and path in ("", "resolve"):
            return self._resolve(now, uri)
        if path in ("", "index"):
            return self._home(request)
        symbol, address = _symbol(path), addresses.parse(path)
        gone = self._published.withdrawn(symbol) if self._published and symbol else None
        if gone and now.work(gone.symbol) is None:
            return await withdrawn(request, now, path, gone)
        if address is not None and address.path != path:
            # The English page bears no mark.
            return self._to(address.path, 301)
        if _ENDING.search(path):
            # What stands in the place of a document that was withdrawn once is no page of ours.
            packed = takes_gzip(request.headers.get("accept-encoding"))
            found = (None if gone else await self._as_published(now, path, packed)) or await self._made(now, path)
        else:
            found = self._thing(request, now, path)
        if found is None and self._published:
            found = await asyncio.get_running_loop().run_in_executor(None, self._published.file, path)
        if found is not None and found.status == 410:
            return await withdrawn(request, now, path, None)
        return found or await missing(request, now, path)

    async def _as_published(self, now: Generation, path: str, packed: bool) -> Response | None:
        """What is kept, else what lies in the folder where that is what would be made; read once, and kept packed."""
        if self._ready is None or path in now.pages:
            return now.pages.get(path)
        found = await self._ready.response(now, path, pack=packed)
        if found is not None and found.packed:
            now.pages.put(path, found)
        return found

    async def _made(self, now: Generation, path: str) -> Response | None:
        """A page, or a file of data, or what pages load; made once, and kept."""
        kept = now.pages.get(path)
        if kept is not None:
            return kept
        key = (now.folder.name, path)
        if key not in self._making:
            site, maker = (now.slow_site, now.slow_maker) if is_slow(path) else (now.site, now.maker)
            work = asyncio.get_running_loop().run_in_executor(maker, partial(make, site, path, modified=now.modified))
            self._making[key] = work
            work.add_done_callback(lambda _: self._making.pop(key, None))
        # Whoever waits may go; the others still want it.
        made = await asyncio.shield(self._making[key])
        if made is not None:
            now.pages.put(path, made)
        return made

    def _thing(self, request: Request, now: Generation, path: str) -> Response | None:
        """From a name to what is known of it: 303; from another spelling to the name: 301; None where it names nothing
        that is known."""
        bare, mark, language = path.rpartition("@")
        stem, wanted = (bare, language) if mark and language in LANGUAGES else (path, None)
        if _known(now, stem):
            return Response(410) if _deprecated(now, stem) else self._chosen(request, stem, wanted)
        symbol = symbol_of(stem)
        if symbol is not None and now.catalogue.find_work(symbol):
            return self._to(f"doc/{symbol}", 301)
        return None

    def _chosen(self, request: Request, stem: str, language: str | None) -> Response:
        """303 to the page in the language, or the data in the form, that fits; 406 where none does."""
        accept = request.headers.get("accept")
        form = request.one("format")
        if form is None:
            media = choose(accept, (*_FORMS, *_ALSO))
            form = {**_FORMS, **_ALSO}.get(media or "")
        elif form not in addresses.MEDIA_TYPES:
            form = None
        if form is None:
            return problem(406, "Nothing that is accepted", f"{stem} comes as {', '.join(_FORMS)}", offered=[*_FORMS])
        languages = request.headers.get("accept-language")
        code = language or request.one("lang") or choose_language(languages, LANGUAGES) or addresses.DEFAULT
        known = next((each for each in LANGUAGES if each == code), addresses.DEFAULT)
        target = Address(stem, known, form).path
        return self._to(target, 303).with_headers(("Vary", "Accept, Accept-Language"), *self._alternates(stem))

    def _alternates(self, stem: str) -> tuple[tuple[str, str], ...]:
        """The forms that there are, in the header Link."""
        return tuple(
            ("Link", f'<{self._prefix}{escaped(stem)}.{form}>; rel="alternate"; type="{media}"')
            for media, form in _FORMS.items()
        )

    def _home(self, request: Request) -> Response:
        code = choose_language(request.headers.get("accept-language"), LANGUAGES) or addresses.DEFAULT
        known = next(each for each in LANGUAGES if each == code)
        return self._to(Address("index", known).path, 302).with_headers(("Vary", "Accept-Language"))

    def _resolve(self, now: Generation, uri: str) -> Response:
        """From any link or spelling to the name here."""
        path = path_of(uri, now.names)
        symbol = symbol_of(path)
        stem = f"doc/{symbol}" if symbol and not path.startswith(("body/", "sdg/")) else path
        if _known(now, stem.partition("@")[0]):
            return self._to(stem, 301)
        raise Refused(problem(404, "Not known", f"{uri} leads to nothing here"))

    def _to(self, path: str, status: int) -> Response:
        return Response(status, b"", "", (("Location", f"{self._prefix}{escaped(path)}"),))


def _known(now: Generation, stem: str) -> bool:
    """Whether the name with that path is one of a thing here."""
    if stem.startswith("doc/"):
        return now.catalogue.find_work(stem.removeprefix("doc/")) is not None
    if stem == "ontology":
        return True
    if "/" not in stem:
        return False
    try:
        name = ox.NamedNode(addresses.iri_of(stem, now.names))
    except ValueError:
        return False
    return next(iter(now.store.quads_for_pattern(name, None, None, None)), None) is not None


def _deprecated(now: Generation, stem: str) -> bool:
    """Whether the graph says that a thing is no longer to be used; a term of the vocabulary still has its page."""
    if stem.startswith("ontology"):
        return False
    name = ox.NamedNode(addresses.iri_of(stem, now.names))
    return next(iter(now.store.quads_for_pattern(name, _DEPRECATED, _TRUE, None)), None) is not None


def _symbol(path: str) -> str | None:
    """The symbol of the document that a path is about: its name, its page or its data."""
    stem = path.removeprefix("doc/")
    if stem == path:
        return None
    found = addresses.parse(stem)
    return symbol_of(found.stem if found else stem)
