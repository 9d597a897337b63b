"""unkg load"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options, outcome, progress


@click.command()
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    metavar="FOLDER...",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@options.store
@options.base
@options.vocabulary
def command(folders: tuple[Path, ...], *, store: Path, base: str | None, vocabulary: Path | None) -> None:
    """Make a store of works that a cluster has made.

    FOLDERs are what `unkg build --engine spark` wrote, or copies of it; they hold different documents. The store is
    the one that `unkg build` makes of the same documents, and takes the place of the old one when it is complete.

    \b
    Examples:   unkg load shards/
                unkg load shards-2024/ shards-2025/ --store my-store
    """
    from kg import uris
    from kg.packed import load

    names = uris.Names(base) if base else uris.Names()
    with outcome.stoppable(store), progress.shown("Loading") as step:
        summary = load(folders, store, names=names, vocabulary=options.beside(vocabulary), progress=step)
    outcome.show(summary, verb="Loaded into")
