"""The answers for what is not known, and for what was withdrawn, to people and to programs."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Literal

from kg.model import Language
from kg.pages import addresses
from kg.pages.absent import absent_page
from kg.pages.addresses import LANGUAGES, MEDIA_TYPES
from kg.publish.versions import Withdrawn
from kg.serve import published
from kg.serve.aliases import symbol_of
from kg.serve.generation import Generation
from kg.serve.messages import Refused, Request, Response, plain, problem
from kg.serve.negotiate import choose, choose_language

_KINDS = ("text/html", "application/problem+json", "text/plain")
#: No name is longer, and no more of what was asked for is said again.
_LONGEST = 200
_HEADERS = (("Vary", "Accept, Accept-Language"), ("Cache-Control", "no-cache"))


async def missing(request: Request, now: Generation, path: str) -> Response:
    """404 with the closest symbols."""
    stem, language = _read(request, path)
    asked = (symbol_of(stem) or stem.removeprefix("doc/"))[:_LONGEST]
    close = now.closest(asked) if asked else []
    kind = choose(request.headers.get("accept"), _KINDS)
    if kind == "text/html":
        return await _page(now, path, language, asked, close)
    if kind == "text/plain":
        told = f"; the closest are {', '.join(close)}" if close else ""
        return plain(404, f"{asked} is not known here{told}").with_headers(*_HEADERS)
    return problem(404, "Not known", f"{asked} is not known here", closest=close).with_headers(*_HEADERS)


async def withdrawn(request: Request, now: Generation, path: str, gone: Withdrawn | None) -> Response:
    """410 with what stands in its place; `gone` tells that, where a published site does."""
    stem, language = _read(request, path)
    asked = stem.removeprefix("doc/")[:_LONGEST]
    close = [gone.replaced_by] if gone and gone.replaced_by else []
    form = path.rpartition(".")[2]
    if gone and form in addresses.DATA:
        return Response(410, published.described(now.site, gone, form), MEDIA_TYPES[form])
    if choose(request.headers.get("accept"), _KINDS) == "text/html":
        return await _page(now, path, language, asked, close, status=410)
    told = {"replacedBy": [now.names.document(each) for each in close]} if close else {}
    return problem(410, "Withdrawn", f"{asked} was withdrawn", **told).with_headers(*_HEADERS)


async def _page(
    now: Generation, path: str, language: Language, asked: str, close: list[str], status: Literal[404, 410] = 404
) -> Response:
    make = partial(absent_page, now.site, path, language, asked=asked, close=close, status=status)
    body = await asyncio.get_running_loop().run_in_executor(now.maker, make)
    return Response(status, body, "text/html; charset=utf-8", _HEADERS)


def _read(request: Request, path: str) -> tuple[str, Language]:
    """The path without its ending and the mark of a language, and the language to answer in."""
    found = addresses.parse(path)
    if found is not None and f"@{found.language}." in path:
        return found.stem, found.language
    wanted = choose_language(request.headers.get("accept-language"), LANGUAGES)
    language = next((each for each in LANGUAGES if each == wanted), addresses.DEFAULT)
    return (found.stem if found else path), language


def refused(now: Generation, symbol: str) -> Refused:
    """404 for a program that asked for that symbol, to be raised."""
    close = now.closest(symbol)
    told = f"{symbol} is not known here" + (f"; the closest are {', '.join(close)}" if close else "")
    return Refused(problem(404, "Not known", told, closest=close))
