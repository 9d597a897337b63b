"""unkg push"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.push import Progress, Pushed


@click.command()
@click.option("--endpoint", metavar="URL", required=True, help="The server, its data set, or its address of queries.")
@click.option("--update", metavar="URL", help="Where it takes SPARQL Update, if that is not found out.")
@click.option("--graph-store", metavar="URL", help="Where it takes whole graphs, if that is not found out.")
@options.user
@click.option("--delete", is_flag=True, help="Drop there what was pushed once and is no more in the store.")
@options.store
def command(
    endpoint: str, *, update: str | None, graph_store: str | None, user: str | None, delete: bool, store: Path
) -> None:
    """Bring the graph into another SPARQL store.

    That is one named graph a document, and the vocabulary.

    Only graphs that differ from those there are sent, so that a second call sends nothing, and one that was broken off
    goes on where it stopped. Whole graphs go by the Graph Store Protocol, else by SPARQL Update; with --update or
    --graph-store only what is named is used.

    \b
    Examples:   unkg push --endpoint http://localhost:7878
                unkg push --endpoint http://localhost:8890/sparql --user dba
                unkg push --endpoint http://localhost:3030/un --delete
    """
    from kg.connection import Credentials
    from kg.push import Remote, push
    from kg.query import open_store

    remote = Remote(endpoint, update, graph_store, Credentials(**options.credentials(user)))
    try:
        pushed = push(open_store(store), remote, delete=delete, progress=_show if sys.stderr.isatty() else None)
    except KeyboardInterrupt:
        click.echo("\nunkg: broken off; what was sent stays there, and the same command goes on from it", err=True)
        raise
    _report(pushed, endpoint)
    sys.exit(1 if pushed.differing else 0)


def _show(progress: Progress) -> None:
    """One line that is written over: how far, how fast, how long still."""
    rate = progress.statements / progress.seconds if progress.seconds else 0.0
    left = progress.seconds / progress.done * (progress.graphs - progress.done) if progress.done else 0.0
    line = f"{progress.done:,} of {progress.graphs:,} graphs, {rate:,.0f} statements a second, {left:,.0f} s left"
    click.echo(f"\r\x1b[K{line}" if progress.graph else "\r\x1b[K", nl=False, err=True)


def _report(pushed: Pushed, endpoint: str) -> None:
    way = f" by {pushed.way}" if pushed.way else ""
    rate = f", {pushed.statements / pushed.seconds:,.0f} a second" if pushed.sent else ""
    click.echo(f"Pushed to {endpoint}{way}\n")
    click.echo(f"  Sent        {len(pushed.sent):,} graph(s), {pushed.statements:,} statements{rate}")
    click.echo(f"  Same        {pushed.same:,} graph(s), not sent again")
    if pushed.dropped:
        click.echo(f"  Dropped     {len(pushed.dropped):,} graph(s) that are no more in the store")
    elif pushed.gone:
        click.echo(f"  Kept        {len(pushed.gone):,} graph(s) that are no more in the store; --delete drops them")
    for graph, sent, held in pushed.differing:
        click.echo(f"unkg: {endpoint}: {graph}: {sent:,} statements were sent, {held:,} are there", err=True)
