"""Options that several verbs share, and where their output goes."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from kg.errors import OutputError

if TYPE_CHECKING:
    from kg.query import Endpoint, LocalStore

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

store: Decorator = click.option(
    "--store",
    type=click.Path(path_type=Path),
    default=Path("unkg-store"),
    envvar="UNKG_STORE",
    show_default=True,
    show_envvar=True,
    help="Folder of the store.",
)

endpoint: Decorator = click.option(
    "--endpoint", metavar="URL", help="Ask this SPARQL 1.1 endpoint instead of the store on disk."
)

jobs: Decorator = click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True, help="Processes at work."
)

output: Decorator = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default=Path("-"),
    help="File to write; its ending chooses the format.  [default: standard output]",
)


def form(choices: Sequence[str]) -> Decorator:
    """--format, with the formats that the verb can write; the first is the default where the file's name tells none."""
    return click.option("-f", "--format", "form", metavar="FORMAT", help=f"One of {', '.join(choices)}.")


def chosen(form: str | None, output: Path, *, default: str) -> str:
    """The format asked for, else the ending of the file to write, else the default."""
    return form or output.suffix.removeprefix(".") or default


@contextlib.contextmanager
def writing(output: Path) -> Iterator[IO[bytes]]:
    """The file to write, or standard output for "-"; the file appears only when it is complete."""
    if str(output) == "-":
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            # Whoever read our output has read enough; nothing is left to say, not even when the interpreter ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(0) from None
        return
    partial = output.with_name(f".{output.name}.part")
    try:
        file = partial.open("wb")
    except OSError as error:
        raise OutputError(str(output), f"cannot be written: {error.strerror}") from None
    try:
        with file:
            yield file
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


def opened(store: Path, endpoint: str | None) -> LocalStore | Endpoint:
    """The endpoint, where one is named, else the store."""
    from kg.query import open_endpoint, open_store

    return open_endpoint(endpoint) if endpoint else open_store(store)
