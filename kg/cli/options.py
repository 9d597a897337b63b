"""Options that several verbs share, and where their output goes."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from kg.errors import OutputError

if TYPE_CHECKING:
    from kg.endpoint import Endpoint
    from kg.query import LocalStore

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


def endpoint(command: Callable[..., Any]) -> Callable[..., Any]:
    """--endpoint and --user; a password is no option, as others on the machine see the words of a call."""
    named = click.option("--endpoint", metavar="URL", help="Ask this SPARQL 1.1 endpoint instead of the store on disk.")
    return named(user(command))


user: Decorator = click.option(
    "--user",
    metavar="NAME",
    help="Who asks; the password is in UNKG_PASSWORD, or is asked for. UNKG_TOKEN holds a bearer token instead.",
)

jobs: Decorator = click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True, help="Processes at work."
)


def _checked(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """The base with a slash at its end; raises BadParameter where it is no absolute IRI."""
    if value is None or re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value):
        return value if value is None or value.endswith(("/", "#")) else f"{value}/"
    raise click.BadParameter(f"{value}; expected an IRI such as https://example.org/un/", param_hint="--base")


base: Decorator = click.option(
    "--base",
    metavar="IRI",
    callback=_checked,
    help="What the names of the graph begin with.  [default: https://w3id.org/unkg/]",
)

vocabulary: Decorator = click.option(
    "--vocabulary",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of vocabularies got by `unkg vocab fetch`.  [default: where they are kept, if there are any]",
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


def opened(store: Path, endpoint: str | None, user: str | None) -> LocalStore | Endpoint:
    """The endpoint, where one is named, else the store."""
    from kg.query import open_store

    if endpoint is None:
        return open_store(store)
    from kg.endpoint import open_endpoint

    return open_endpoint(endpoint, **credentials(user))


def beside(vocabulary: Path | None) -> Path | None:
    """The folder of vocabularies that was named, else the one where they are kept, if there are any."""
    from kg import vocabularies

    kept = vocabularies.default_folder()
    return vocabulary or (kept if vocabularies.held(kept) else None)


def credentials(user: str | None) -> dict[str, str | None]:
    """Who asks, from --user and the environment; a password that is not there is asked for at the terminal."""
    token, password = os.environ.get("UNKG_TOKEN") or None, os.environ.get("UNKG_PASSWORD")
    if user is None:
        return {"token": token}
    if password is None:
        if not sys.stdin.isatty():
            raise click.UsageError("--user needs the password in the environment, as UNKG_PASSWORD.")
        password = click.prompt(f"Password of {user}", hide_input=True, err=True)
    return {"user": user, "password": password}
