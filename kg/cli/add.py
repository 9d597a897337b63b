"""unkg add"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options, outcome, progress


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@options.store
@options.jobs
def command(paths: tuple[Path, ...], *, store: Path, jobs: int) -> None:
    """Add documents, or other versions of them, to a store.

    PATHs are files, folders and archives as for `unkg build`. A document that the store holds is read again, with the
    versions that it holds in other languages, and replaced. All of it takes effect at once, at the end.

    \b
    Examples:   unkg add A_RES_80_1.en.xml A_RES_80_1.fr.xml
                unkg add session-80.tar.xz --store my-store
    """
    from kg.build import add

    with outcome.stoppable(store), progress.shown("Reading") as step:
        summary = add(paths, store, jobs=jobs, progress=step)
    outcome.show(summary, verb="Added to")
