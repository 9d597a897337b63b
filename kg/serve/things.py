"""Things and their documents: 303 from a name to the page or data about it, by what the client accepts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import pyoxigraph as ox

from kg.pages import addresses, data
from kg.pages.addresses import LANGUAGES, Address
from kg.serve import pages_source
from kg.serve.aliases import escaped, path_of, symbol_of
from kg.serve.generation import Generation
from kg.serve.messages import Refused, Request, Response, digest, packed, problem
from kg.serve.missing import missing
from kg.serve.negotiate import choose, choose_language

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
_CHARSET = {"html": "text/html; charset=utf-8", "ttl": "text/turtle; charset=utf-8"}
_DEPRECATED = ox.NamedNode("http://www.w3.org/2002/07/owl#deprecated")
_TRUE = ox.Literal(True)


class Things:
    """Answers for everything that has a name, and for its pages; `prefix` is the path below which the site lies."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._making: dict[tuple[str, str], asyncio.Future[Response | None]] = {}

    async def respond(self, request: Request, now: Generation) -> Response:
        path = request.path.removeprefix("/")
        if (uri := request.one("uri")) is not None and path in ("", "resolve"):
            return self._resolve(now, uri)
        if path in ("", "index"):
            return self._home(request)
        address = addresses.parse(path)
        if address is not None:
            response = await self._document(now, path, address)
            return response if response is not None else await missing(request, now, path)
        return self._thing(request, now, path) or await missing(request, now, path)

    async def _document(self, now: Generation, path: str, address: Address) -> Response | None:
        """A page, or a file of data; made once, and kept."""
        kept = now.pages.get(path)
        if kept is not None:
            return kept
        if address.path != path:
            # The English page bears no mark.
            return self._to(address.path, 301)
        key = (now.folder.name, path)
        if key not in self._making:
            work = asyncio.get_running_loop().run_in_executor(now.maker, _made, now, address)
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
            return self._gone(now, stem) or self._chosen(request, stem, wanted)
        symbol = symbol_of(stem)
        if symbol is not None and now.catalogue.find_work(symbol):
            return self._to(f"doc/{symbol}", 301)
        return None

    def _gone(self, now: Generation, stem: str) -> Response | None:
        """410 for what was withdrawn, which the graph says in the words of OWL."""
        name = ox.NamedNode(addresses.iri_of(stem, now.names))
        if stem.startswith("ontology/"):
            return None
        if next(iter(now.store.quads_for_pattern(name, _DEPRECATED, _TRUE, None)), None) is None:
            return None
        return problem(410, "Withdrawn", f"{stem} was withdrawn", data=f"{stem}.ttl")

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


def _made(now: Generation, address: Address) -> Response | None:
    """A page or a file of data as a response, packed; runs in the thread that makes pages."""
    make: Callable[[], bytes | None] = partial(pages_source.page, now.site, address.path)
    beside = addresses.link(address.stem, start=address.path)
    if address.form == "html":
        links = pages_source.typed_links(now.site, address.stem, address.language)
    else:
        links = pages_source.data_links(beside)
        make = partial(_data, now, address)
    body = make()
    if body is None:
        return None
    media = _CHARSET.get(address.form, addresses.MEDIA_TYPES[address.form])
    headers = (("Link", ", ".join(links)), ("Cache-Control", "no-cache"))
    return Response(200, b"", media, headers, digest(body), packed(body))


def _data(now: Generation, address: Address) -> bytes | None:
    try:
        return data.describe(now.site, addresses.iri_of(address.stem, now.names), address.form)
    except ValueError:
        # No name can hold such characters.
        return None
