"""The catalogue of a store: its works, who cites whom, and who is named where, in one SQLite file beside the data.

What SPARQL answers in tens of milliseconds, because it joins, is one look-up here: pages, the lineage of a document and
the lists of what cites it are made from it, many thousands of them. It says nothing that the graph does not say.
"""

from __future__ import annotations

from kg.catalogue.read import Catalogue, Edge, Named, Work, open_catalogue
from kg.catalogue.write import FILE, write_catalogue

__all__ = ["FILE", "Catalogue", "Edge", "Named", "Work", "open_catalogue", "write_catalogue"]
