"""The pages of the site: one function a kind of page, the same bytes for the static site and the server."""

from __future__ import annotations

from kg.pages.site import Site, open_site

__all__ = ["Site", "open_site"]
