"""unkg publish"""

from __future__ import annotations

import re
from pathlib import Path

import click

from kg.cli import options, progress


def _address(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if value and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`?#]+", value):
        raise click.BadParameter(f"{value}; expected where the site will lie, such as https://example.org/un/")
    return value


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--address",
    metavar="URL",
    default="",
    callback=_address,
    help="Where the site will lie; feeds, sitemap and canonical links need it.",
)
@click.option("--endpoint", metavar="URL", default="", callback=_address, help="A SPARQL endpoint that pages may name.")
@click.option(
    "--release", metavar="NAME", default="", help="Name of this version of the dataset.  [default: by content]"
)
@click.option("--issued", metavar="DAY", default="", help="When it was made, as 2026-01-31.  [default: by content]")
@options.store
@options.jobs
def command(folder: Path, *, address: str, endpoint: str, release: str, issued: str, store: Path, jobs: int) -> None:
    """Write the graph as a site of linked data.

    A page for every document, body, instrument, event, Goal, act, class and property in six languages, each beside its
    Turtle, JSON-LD and N-Triples; the whole dataset to download; search, pictures, questions. Any web server can serve
    FOLDER, and most of it opens from the disk as well. Called again, it writes only what has changed.

    \b
    Examples:   unkg publish site/
                unkg publish site/ --address https://example.org/un/
                python -m http.server -d site/
    """
    from kg.publish import publish

    try:
        with progress.shown("Publishing") as step:
            done = publish(
                store,
                folder,
                address=address,
                endpoint=endpoint,
                release=release,
                issued=issued,
                jobs=jobs,
                progress=step,
            )
    except KeyboardInterrupt:
        click.echo(f"unkg: stopped; {folder} holds what was written, and the next call goes on with it", err=True)
        raise
    click.echo(
        f"Published {done.files:,} files in {done.folder}: {done.changed:,} written, {done.removed:,} removed,"
        f" the others as they were"
    )
