"""The pages of the site: one module a kind of page, the same bytes for the static site and the server."""

from __future__ import annotations

from kg.pages.every import (
    beside,
    data_file,
    documents,
    files,
    linkset,
    other_stems,
    page,
    script,
    stems,
    stems_of_document,
)
from kg.pages.site import Site, open_site

__all__ = [
    "Site",
    "beside",
    "data_file",
    "documents",
    "files",
    "linkset",
    "open_site",
    "other_stems",
    "page",
    "script",
    "stems",
    "stems_of_document",
]
