"""Styles and scripts of the pages, as they ship."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from kg.pages.rendering import ASSETS
from kg.publish.media import MEDIA_TYPES
from kg.serve.messages import Response, digest, packed

#: What is packed already.
_AS_IT_IS = ("image/p", "image/v", "font/")


@cache
def _files() -> dict[str, Path]:
    """What may be asked for, by its path in the site: nothing else is ever read, whatever a path says."""
    found = (path for path in ASSETS.rglob("*") if path.is_file())
    return {f"assets/{path.relative_to(ASSETS).as_posix()}": path for path in found}


@lru_cache(maxsize=256)
def asset(path: str) -> Response | None:
    """The file of that path in the site, None where none ships."""
    file = _files().get(path)
    if file is None:
        return None
    body = file.read_bytes()
    media = MEDIA_TYPES.get(file.suffix.removeprefix("."), "application/octet-stream")
    headers = (("Cache-Control", "no-cache"),)
    if media.startswith(_AS_IT_IS):
        return Response(200, body, media, headers, digest(body))
    return Response(200, b"", media, headers, digest(body), packed(body))
