"""Full-text search over the paragraphs of the documents, in the words of each of the six languages.

    texts       what can be searched, read out of a store
    words       words.toml and code: how the words of a language are made alike
    index       writes them into one SQLite file
    asked       reads what is searched for
    terms       as one language writes it: stems to look up and to mark
    filters     days, organ, act, document
    find        looks up and ranks
    excerpt     the words in context
"""

from __future__ import annotations

from kg.search.find import Hit, Hits, find, open_index
from kg.search.index import drop, write_index

__all__ = ["Hit", "Hits", "drop", "find", "open_index", "write_index"]
