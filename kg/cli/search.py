"""unkg search"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.search import Filters, Hit, Hits

_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "iri")
_COLUMNS = ("symbol", "clause", "language", "adopted", "act", "title", "words", "score", "iri")


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--lang", "--language", "language", metavar="CODE", help="One of ar, en, es, fr, ru, zh.")
@click.option("--since", metavar="DAY", help="Adopted on that day or later: 2015, 2015-06 or 2015-06-30.")
@click.option("--until", metavar="DAY", help="Adopted on that day or before.")
@click.option("--organ", metavar="NAME", help="Of that organ: general-assembly.")
@click.option("--kind", metavar="KIND", help="title, heading, preambular, operative, annex or footnote.")
@click.option("--act", metavar="ACT", help="Paragraphs with that act: recall, request …")
@click.option("--document", metavar="SYMBOL", help="In that document, or with a * behind it in all that begin so.")
@click.option("--sort", metavar="ORDER", default="relevance", show_default=True, help="Or date: the latest first.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="So many at most; 0 for all.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Leave out so many first.")
@options.form(_FORMATS)
@options.output
@options.store
def command(
    words: tuple[str, ...],
    *,
    sort: str,
    limit: int,
    offset: int,
    form: str | None,
    output: Path,
    store: Path,
    **filters: Unpack[Filters],
) -> None:
    """Find paragraphs by their words, in six languages.

    All WORDS are wanted, in whatever form they stand: number, gender, case, with or without accents. '"technology
    bank"' finds them one behind the other, OR one of two, NOT none, a * behind a word all that begin so; parentheses
    group. Chinese is found without spaces.

    --format, or the ending of the file to write, chooses csv, tsv, json, jsonl, or iri: the names of the paragraphs as
    SPARQL takes them.

    \b
    Examples:   unkg search technology bank --lang en --since 2015
                unkg search '"устойчивое развитие" NOT города' --act request
                unkg search '(women OR girls) educat*' -o found.csv
                unkg search 妇女 --document 'A/RES/76/*' --format iri
    """
    from kg.search import search

    chosen = options.chosen(form, output, default="table")
    if chosen not in _FORMATS:
        from kg.errors import FormatError

        raise FormatError(chosen, f"no such format; choose one of {', '.join(_FORMATS)}")
    found = search(store, " ".join(words), sort=sort, limit=limit or None, offset=offset, **filters)
    if not found:
        click.echo(f"unkg: {f'only {found.total:,} found' if found.total else _nothing(store)}", err=True)
        sys.exit(1)
    marked = str(output) == "-" and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    with options.writing(output) as out:
        out.write(_text(found, chosen, marked=marked).encode())
    if sys.stderr.isatty():
        click.echo(f"{offset + 1:,} to {offset + len(found):,} of {found.total:,}", err=True)


def _text(found: Hits, form: str, *, marked: bool) -> str:
    if form == "table":
        return "".join(_lines(hit, marked=marked) for hit in found)
    if form == "json":
        return json.dumps([_object(hit) for hit in found], ensure_ascii=False, indent=1) + "\n"
    if form == "jsonl":
        return "".join(json.dumps(_object(hit), ensure_ascii=False) + "\n" for hit in found)
    if form == "iri":
        return "".join(f"<{iri}>\n" for iri in found.iris())
    from kg.answers import Rows

    return Rows(_COLUMNS, tuple(tuple(getattr(hit, column) for column in _COLUMNS) for hit in found), b"").text(form)


def _lines(hit: Hit, *, marked: bool) -> str:
    """Where it stands, and below it the words, with those found in bold."""
    words, end = "", 0
    for mark in hit.marks if marked else ():
        words += hit.words[end : mark.start] + click.style(hit.words[mark.start : mark.end], bold=True)
        end = mark.end
    head = (hit.symbol, hit.clause, str(hit.adopted or "no date"), hit.language, hit.act or hit.kind)
    return f"{'  '.join(head)}\n    {words}{hit.words[end:]}\n"


def _object(hit: Hit) -> dict[str, Any]:
    """All that is known, as JSON; what is not known is left out."""
    import dataclasses

    values = {**dataclasses.asdict(hit), "adopted": hit.adopted.isoformat() if hit.adopted else None}
    return {name: value for name, value in values.items() if value is not None}


def _nothing(store: Path) -> str:
    """That nothing was found, and why that may be."""
    from kg.state import without_sentences

    count = without_sentences(store)
    return f"nothing found; of {count:,} documents only the titles are held" if count else "nothing found"
