"""unkg lineage"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options

_FORMATS = ("tree", "graphml", "gexf", "json", "csv", "dot", "mmd", "cyjs", "svg", "html")


@click.command()
@click.argument("symbol")
@click.option(
    "--up", "direction", flag_value="up", default="up", help="To what it cites, and what that cites (default)."
)
@click.option("--down", "direction", flag_value="down", help="To what cites it, and what cites that.")
@click.option("--depth", type=click.IntRange(1), default=2, show_default=True, help="How many steps to go.")
@click.option(
    "--lang",
    "language",
    type=click.Choice(["ar", "en", "es", "fr", "ru", "zh"]),
    default="en",
    show_default=True,
    help="Language of the words round a picture (svg, html).",
)
@options.form(_FORMATS)
@options.output
@options.store
@options.endpoint
def command(
    symbol: str,
    *,
    direction: str,
    depth: int,
    language: str,
    form: str | None,
    output: Path,
    store: Path,
    endpoint: str | None,
    user: str | None,
) -> None:
    """Show what a document rests on, or what rests on it.

    Each step shows the paragraphs and their acts, the document they lead to and its date. SYMBOL may be written as
    people write it: A/RES/70/1, 70/1, or the document's link.

    \b
    Examples:   unkg lineage A/RES/76/213
                unkg lineage 70/1 --down --depth 3
                unkg lineage 70/1 --down -o lineage.svg     # a picture
                unkg lineage 76/213 -o lineage.html         # a page, one file
    """
    from kg.errors import FormatError
    from kg.export import NAMES, NETWORK_FORMATS
    from kg.lineage import lineage

    name = options.chosen(form, output, default="tree")
    chosen = NAMES.get(name, name)
    if chosen not in _FORMATS:
        raise FormatError(name, f"no such format; choose one of {', '.join(_FORMATS)}")
    graph = options.opened(store, endpoint, user)
    found = lineage(graph, symbol, direction="down" if direction == "down" else "up", depth=depth)
    with options.writing(output) as out:
        if chosen == "tree":
            out.writelines(f"{line}\n".encode() for line in found.lines())
        elif chosen == "svg":
            out.write(found.to_svg(language=language).encode())
        elif chosen == "html":
            from kg.pages.lineage_file import lineage_file

            out.write(lineage_file(graph, found, language=language))
        else:
            NETWORK_FORMATS[chosen](found.to_networkx(), out)
    if not found.edges:
        held = found.documents[found.root].held
        up = "cites nothing that could be read" if held else "is cited here but not held, so what it cites is not known"
        nothing, other = (up, "--down") if direction == "up" else ("is cited by nothing that is held here", "--up")
        click.echo(f"unkg: {found.root} {nothing}; try {other}", err=True)
        sys.exit(1)
