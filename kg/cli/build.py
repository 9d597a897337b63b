"""unkg build"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli import cluster, options, outcome, progress


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@options.store
@options.jobs
@options.base
@options.vocabulary
@cluster.options
def command(
    paths: tuple[Path, ...],
    *,
    store: Path,
    jobs: int,
    base: str | None,
    vocabulary: Path | None,
    engine: str,
    **there: Any,
) -> None:
    """Build the graph from documents and validate it.

    PATHs are texts of resolutions or decisions, or folders and archives of them; without any, the document that ships
    with unkg is taken, and the facts that ship of some thousand others, without their sentences. The new store is
    written beside the old one and takes its place only when it is complete. What the old one holds already, by the
    contents of the files, is not read again; nor is what was read before Ctrl-C.

    \b
    Examples:   unkg build
                unkg build texts/ A_RES_76_213.zh.txt --store my-store
                unkg build --engine spark --input hdfs:///in --output hdfs:///out
    """
    if engine == "spark":
        cluster.build(paths, base, cluster=there)
        return
    cluster.refuse(there)
    from kg import uris
    from kg.build import build

    names, beside = uris.Names(base) if base else uris.Names(), options.beside(vocabulary)
    if not paths and progress.watched():
        click.echo("Loading the facts that ship, which takes about half a minute", err=True)
    with outcome.stoppable(store), progress.shown("Reading") as step:
        summary = build(paths, store, jobs=jobs, names=names, vocabulary=beside, progress=step)
    outcome.show(summary, verb="Built")
