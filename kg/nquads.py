"""Writes N-Quads: terms as they stand in the file, and the lines of one named graph."""

from __future__ import annotations

#: What is written instead of a character that may not stand in a literal; that with which all begin comes first.
_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))
_XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def iri(name: str) -> str:
    return f"<{name}>"


def text(value: str, language: str | None = None) -> str:
    """A plain literal, or one in a language."""
    # Few literals hold any: to look for each is many times faster than to look each character up.
    for character, written in _ESCAPES:
        if character in value:
            value = value.replace(character, written)
    quoted = f'"{value}"'
    return f"{quoted}@{language}" if language else quoted


def typed(value: str | int | float | bool, datatype: str) -> str:
    """A literal of an XML Schema datatype, by its local name: date, integer, boolean, decimal."""
    written = str(value).lower() if isinstance(value, bool) else str(value)
    return f'"{written}"^^<{_XSD}{datatype}>'


class Lines:
    """The statements of one named graph, each once, in the order in which they were first made."""

    def __init__(self, graph: str) -> None:
        self._graph = graph
        self._lines: dict[str, None] = {}

    def add(self, subject: str, predicate: str, *objects: str | None) -> None:
        """One statement for each object; None, for what is not known, makes none. Subject and predicate are bare names,
        objects are terms."""
        for term in objects:
            if term is not None:
                self._lines[f"<{subject}> <{predicate}> {term} <{self._graph}> .\n"] = None

    def __str__(self) -> str:
        return "".join(self._lines)

    def __len__(self) -> int:
        return len(self._lines)
