"""unkg serve"""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path

import click

from kg.cli import options


def _address(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str:
    """The address with a slash at its end; raises BadParameter where it is none of the web."""
    if value is None:
        return ""
    if not re.fullmatch(r"https?://[^\s/?#<>\"]+(?:/[^\s?#<>\"]*)?", value):
        raise click.BadParameter(f"{value}; expected an address such as https://example.org/un/")
    return value if value.endswith("/") else f"{value}/"


@click.command()
@click.option("--host", metavar="NAME", default="127.0.0.1", show_default=True, help="Listen there; 0.0.0.0: to all.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any that is free.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Processes that answer. Each makes one page at a time and keeps what it made: some 300 MB of memory.",
)
@click.option(
    "--address", metavar="URL", callback=_address, help="Where it is reached from outside: https://example.org/un/."
)
@click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder that `unkg publish` wrote: its downloads, feeds and tombstones are served, its pages too"
    " as long as it was made of this state of the store, by this version, for this --address.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1),
    metavar="SECONDS",
    default=30.0,
    show_default=True,
    help="A query is ended after.",
)
@click.option("--rows", type=click.IntRange(1), default=10_000, show_default=True, help="Rows an answer may have.")
@click.option(
    "--concurrency",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default=True,
    help="Queries at work at once; others wait a moment.",
)
@click.option("--verbose", is_flag=True, help="Log each request on standard error.")
@options.store
def command(
    *,
    host: str,
    port: int,
    workers: int,
    address: str,
    site: Path | None,
    timeout: float,
    rows: int,
    concurrency: int,
    verbose: bool,
    store: Path,
) -> None:
    """Answer over HTTP: pages, data, SPARQL, a JSON API.

    What a build adds to the store is served as soon as it is there. Ctrl-C ends the server.

    \b
    Examples:   unkg serve
                curl -L -H 'Accept: text/turtle' localhost:8000/doc/A/RES/76/213
                curl localhost:8000/sparql -d 'query=SELECT * {?s ?p ?o} LIMIT 5'
    """
    from kg.serve.running import Settings, serve
    from kg.serve.sparql.pool import Limits

    logging.basicConfig(format="unkg: %(message)s", level=logging.INFO if verbose else logging.WARNING)
    limits = Limits(seconds=timeout, rows=rows, concurrency=concurrency)
    settings = Settings(store, host=host, port=port, workers=workers, address=address, site=site, limits=limits)
    serve(settings, listening=lambda shown: click.echo(f"Listening at {shown}   (Ctrl-C ends)"))
