"""The pages of the site: one module a kind of page, the same bytes for the static site and the server."""

from __future__ import annotations

from kg.pages.every import beside, data_file, files, page, script, stems
from kg.pages.site import Site, open_site

__all__ = ["Site", "beside", "data_file", "files", "open_site", "page", "script", "stems"]
