"""Every error that unkg raises on purpose.

    UnkgError
    ├── InputError              a file or text that cannot be read as a resolution or decision
    │   ├── UnreadableSource    missing, empty, binary, or in an encoding that is not Unicode
    │   ├── UnknownLanguage     none of the languages with a file in kg/languages/
    │   └── NotAResolution      no heading and no opening words of an organ
    ├── SymbolError             a string that is no document symbol
    ├── UnknownDocument         a symbol that the store does not know
    ├── RuleError               a language file, registry or question that breaks its own format
    ├── StoreError              the store cannot be used
    │   ├── StoreMissing        nothing was built there yet
    │   ├── StoreBusy           another process is writing it
    │   └── StoreWriteFailed    the disk is full or refuses; the old store is untouched
    ├── QueryError              a query that cannot be run
    │   ├── QuerySyntaxError    with line and column
    │   ├── UnknownQuestion     no such file in queries/
    │   ├── ParameterError      a parameter that is missing, unknown or of the wrong type
    │   └── EndpointError       the remote endpoint did not answer
    │       ├── EndpointRefused it answered that it would not, with the status
    │       └── AnswerCut       it gave only a part of the answer
    ├── EngineError             what shall spread work over machines is not installed, does not start, or gave up
    ├── FetchError              an address that did not give what lies there
    ├── OutputError             a file that cannot be written
    ├── ServerError             a server that cannot listen where it should
    └── FormatError             an output format that does not exist or does not fit the answer

What a document lacks is not an error: it is a Finding of its record.
"""

from __future__ import annotations


class UnkgError(Exception):
    """Base of every error here; `where` is the file, symbol or address at fault, `what` says what is wrong with it."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(where, what)
        self.where = where
        self.what = what

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class InputError(UnkgError):
    """A file or text that cannot be read as a resolution or decision."""


class UnreadableSource(InputError):
    """Missing, empty, binary, or in an encoding that is not Unicode."""


class UnknownLanguage(InputError):
    """None of the languages with a file in kg/languages/."""


class NotAResolution(InputError):
    """No heading and no opening words of an organ."""


class SymbolError(UnkgError):
    """A string that is no document symbol."""


class UnknownDocument(UnkgError):
    """A symbol that the store does not know."""


class RuleError(UnkgError):
    """A language file, registry or question that breaks its own format."""


class StoreError(UnkgError):
    """The store cannot be used."""


class StoreMissing(StoreError):
    """Nothing was built there yet."""


class StoreBusy(StoreError):
    """Another process is writing the store."""


class StoreWriteFailed(StoreError):
    """The disk is full or refuses; the old store is untouched."""


class QueryError(UnkgError):
    """A query that cannot be run."""


class QuerySyntaxError(QueryError):
    """A query that is not SPARQL 1.1, or words that cannot be searched for; `line` and `column` count from 1."""

    def __init__(self, where: str, what: str, *, line: int, column: int) -> None:
        super().__init__(f"{where}:{line}:{column}", what)
        self.line = line
        self.column = column


class UnknownQuestion(QueryError):
    """No such file in queries/."""


class ParameterError(QueryError):
    """A parameter that is missing, unknown or of the wrong type."""


class EndpointError(QueryError):
    """The remote endpoint did not answer, or refused."""


class EndpointRefused(EndpointError):
    """The remote endpoint answered that it would not; `status` is that of HTTP."""

    def __init__(self, where: str, what: str, *, status: int) -> None:
        super().__init__(where, what)
        self.status = status


class AnswerCut(EndpointError):
    """The remote endpoint gave only a part of the answer."""


class FormatError(UnkgError):
    """An output format that does not exist or does not fit the answer."""


class EngineError(UnkgError):
    """What shall spread work over machines is not installed, does not start, or gave up."""


class FetchError(UnkgError):
    """An address that did not give what lies there."""


class OutputError(UnkgError):
    """A file that cannot be written."""


class ServerError(UnkgError):
    """A server that cannot listen where it should."""
