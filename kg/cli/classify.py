"""unkg classify"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kg.cli import options

_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(allow_dash=True, path_type=Path))
@click.option(
    "--language", type=click.Choice(_LANGUAGES), help="What all are in.  [default: known from the words of each]"
)
@options.output
def command(file: Path, *, language: str | None, output: Path) -> None:
    """Tell the Goals and targets of loose paragraphs.

    FILE holds one paragraph a line, in any of the six languages; - reads standard input. One JSON object a paragraph is
    printed: its line, its language (null where none can be told), and its goals and targets, the surest first, each
    with its code, whether it is explicit (named in the words), the words that are the evidence, and a score up to 1.

    \b
    Examples:   unkg classify paragraphs.txt -o goals.jsonl
                echo 'Recalling Goal 7 and target 4.b,' | unkg classify -
    """
    from kg.classify import as_json, classify
    from kg.errors import UnreadableSource
    from kg.model import Source
    from kg.read.text import decoded
    from kg.sources import source

    standard_input = str(file) == "-"
    given = Source("standard input", sys.stdin.buffer.read()) if standard_input else source(file)
    characters = decoded(given)
    if not characters.strip():
        raise UnreadableSource(given.name, "is empty; expected paragraphs, one a line")
    with options.writing(output) as out:
        for found in classify(characters, language=language):  # type: ignore[arg-type]  # one of the choices
            out.write((json.dumps(as_json(found), ensure_ascii=False) + "\n").encode())
