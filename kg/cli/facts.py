"""unkg facts"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path))
@options.store
def command(folder: Path, *, store: Path) -> None:
    """Write what a store says, without the sentences of the documents.

    FOLDER then holds documents, clauses, citations and mentions as one packed TriG file, and a description of it. What
    ships in data/collection was made so.

    \b
    Examples:   unkg build ga.tar.xz sc.tar.xz --store whole
                unkg facts data/collection --store whole
    """
    from kg import facts
    from kg.query import open_store

    count = facts.write(open_store(store), folder)
    click.echo(f"{folder}: the facts of {count:,} document(s)", err=True)
