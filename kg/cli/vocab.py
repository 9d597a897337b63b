"""unkg vocab"""

from __future__ import annotations

from pathlib import Path

import click

_NAMES = ("sdg", "sdg-subjects", "unbis")


@click.group()
def command() -> None:
    """Fetch official labels and the UNBIS Thesaurus.

    They are the United Nations' own and do not ship with unkg; `unkg build` loads what was fetched beside the graph.

    \b
    Examples:   unkg vocab fetch
                unkg vocab list
    """


_folder = click.option(
    "--into",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of vocabularies.  [default: UNKG_VOCABULARY, or unkg/vocabulary among the user's data]",
)


@command.command()
@click.argument("names", nargs=-1, metavar="[NAME]...", type=click.Choice(_NAMES))
@_folder
@click.option(
    "--from", "origin", metavar="PATH", type=click.Path(exists=True, path_type=Path), help="Take downloaded files."
)
@click.option("--mirror", metavar="URL", help="Take the files below this address.")
def fetch(names: tuple[str, ...], *, folder: Path | None, origin: Path | None, mirror: str | None) -> None:
    """Get vocabularies: sdg, sdg-subjects, unbis; without names, all.

    \b
    Examples:   unkg vocab fetch sdg
                unkg vocab fetch --from Downloads/ --into vocabulary/
    """
    from kg import vocabularies

    if origin and mirror:
        raise click.UsageError("--from and --mirror exclude each other")
    into = folder or vocabularies.default_folder()
    wanted = [each for each in vocabularies.available() if not names or each.name in names]
    for each in wanted:
        click.echo(f"{each.title}\n  source  {each.source}\n  terms   {each.terms}")
        for found in vocabularies.fetch(into, [each], origin=origin, mirror=mirror):
            click.echo(f"  file    {into / found.file}: {found.size:,} bytes, {found.labels:,} labels")
            click.echo(f"  sha256  {found.sha256}\n")


@command.command(name="list")
@_folder
def show(folder: Path | None) -> None:
    """List what can be fetched and what is there."""
    from kg import vocabularies

    into = folder or vocabularies.default_folder()
    there = {each.name: each for each in vocabularies.held(into)}
    for each in vocabularies.available():
        found = there.get(each.name)
        state = f"{into / found.file}, {found.size:,} bytes, from {found.origin}" if found else f"not in {into}"
        click.echo(f"{each.name:14}{each.title}\n{'':14}{state}\n{'':14}{each.address}")
