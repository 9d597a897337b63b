"""The answer for what is not known: what was asked for, and the closest that there is."""

from __future__ import annotations

from html import escape

from kg.serve.aliases import escaped, symbol_of
from kg.serve.generation import Generation
from kg.serve.messages import Request, Response, plain, problem
from kg.serve.negotiate import choose


async def missing(request: Request, now: Generation, path: str) -> Response:
    """404 for people or programs, with the closest symbols."""
    asked = (symbol_of(path) or path.removeprefix("doc/"))[:200]
    close = now.closest(asked) if asked else []
    media = choose(request.headers.get("accept"), ("text/html", "application/problem+json", "text/plain"))
    if media == "text/html":
        up = "../" * path.count("/")
        items = "".join(f'<li><a href="{up}{escaped(f"doc/{each}")}">{escape(each)}</a></li>' for each in close)
        body = f'<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><title>404</title><p>{escape(asked)}</p>'
        return Response(404, f"{body}<ul>{items}</ul></html>\n".encode(), "text/html; charset=utf-8")
    if media == "text/plain":
        return plain(404, f"{asked} is not known here; the closest are {', '.join(close)}")
    return problem(404, "Not known", f"{asked} is not known here", closest=close)
