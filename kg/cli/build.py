"""unkg build"""

from __future__ import annotations

import re
from pathlib import Path

import click

from kg.cli import options, outcome, progress


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@options.store
@options.jobs
@click.option(
    "--base", metavar="IRI", help="What the names of the graph begin with.  [default: https://w3id.org/unkg/]"
)
@click.option(
    "--vocabulary",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of vocabularies got by `unkg vocab fetch`.  [default: where they are kept, if there are any]",
)
def command(paths: tuple[Path, ...], *, store: Path, jobs: int, base: str | None, vocabulary: Path | None) -> None:
    """Build the graph from documents and validate it.

    PATHs are texts of resolutions or decisions, or folders and archives of them; without any, the document that ships
    with unkg is taken, and the facts that ship of some thousand others, without their sentences. The new store is
    written beside the old one and takes its place only when it is complete. What the old one holds already, by the
    contents of the files, is not read again; nor is what was read before Ctrl-C.

    \b
    Examples:   unkg build
                unkg build texts/ A_RES_76_213.zh.txt --store my-store
    """
    from kg import uris, vocabularies
    from kg.build import build

    names = uris.Names(_checked(base)) if base else uris.Names()
    kept = vocabularies.default_folder()
    beside = vocabulary or (kept if vocabularies.held(kept) else None)
    with outcome.stoppable(store), progress.shown("Reading") as step:
        summary = build(paths, store, jobs=jobs, names=names, vocabulary=beside, progress=step)
    outcome.show(summary, verb="Built")


def _checked(base: str) -> str:
    """The base with a slash at its end; raises BadParameter where it is no absolute IRI."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", base):
        raise click.BadParameter(f"{base}; expected an IRI such as https://example.org/un/", param_hint="--base")
    return base if base.endswith(("/", "#")) else f"{base}/"
