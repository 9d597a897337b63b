"""unkg remove"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options, outcome


@click.command()
@click.argument("symbols", nargs=-1, required=True, metavar="SYMBOL...")
@options.store
def command(symbols: tuple[str, ...], *, store: Path) -> None:
    """Take documents out of a store.

    What cites them still does, as it cites documents that were never held. Either all of them are taken out or none.

    \b
    Examples:   unkg remove A/RES/76/213
    """
    from kg.build import remove

    outcome.show(remove(symbols, store), verb="Removed from")
