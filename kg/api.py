"""The calls of the public API that are no stage of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg import run, sources
from kg.model import Source
from kg.record import as_json
from kg.store import open_current
from kg.validate import Report, validate_file, validate_store


def extract(source: str | Path | bytes, *, name: str = "text") -> dict[str, Any]:
    """The record of one document: from a file's path, or from its words as str or bytes, which `name` then names.

    A str is words where it has a line break, else a path. Raises UnreadableSource, UnknownLanguage, NotAResolution.
    """
    if isinstance(source, bytes):
        return as_json(run.record(Source(name, source)))
    if isinstance(source, str) and "\n" in source:
        return as_json(run.record(Source(name, source.encode(errors="replace"))))
    return as_json(run.record(sources.source(Path(source))))


def validate(path: str | Path) -> Report:
    """What the shapes find in a store or in an RDF file; raises StoreMissing, UnreadableSource, FormatError."""
    path = Path(path)
    # A name with the ending of a file is meant as one, also where there is none.
    is_file = path.is_file() or (path.suffix and not path.is_dir())
    return validate_file(path) if is_file else validate_store(open_current(path))
