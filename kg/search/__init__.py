"""Full-text search over the paragraphs of the documents, in the words of each of the six languages.

texts       what can be searched, read out of a store
words       words.toml and code: how the words of a language are made alike
index       writes them into one SQLite file
asked       reads what is searched for
terms       as one language writes it: stems to look up and to mark
filters     days, organ, kind, act, document
find        looks up and ranks
offered     what a search may be narrowed to
excerpt     the words in context
stored      all that for a store
"""

from __future__ import annotations

from kg.search.filters import Filters
from kg.search.find import SORTS, Hit, Hits, find, open_index
from kg.search.index import NAME, drop, write_index
from kg.search.offered import Offered, offered
from kg.search.stored import search
from kg.search.texts import KINDS
from kg.search.words import languages

__all__ = [
    "KINDS",
    "NAME",
    "SORTS",
    "Filters",
    "Hit",
    "Hits",
    "Offered",
    "drop",
    "find",
    "languages",
    "offered",
    "open_index",
    "search",
    "write_index",
]
