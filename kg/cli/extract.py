"""unkg extract"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.model import LeftOut, Record

_WORDS = 40


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(allow_dash=True, path_type=Path))
@options.form(("jsonl", "table"))
@options.output
def command(paths: tuple[Path, ...], form: str | None, output: Path) -> None:
    """Print what the words of documents say, as records.

    One JSON object a line for each language version: heading, clauses, footnotes, citations, mentions, requests to
    report, findings. --format table shows the same to people. A PATH of - reads standard input.

    \b
    Examples:   unkg extract A_RES_76_213.zh.txt --format table
                unkg extract texts/ -o records.jsonl
                cat resolution.txt | unkg extract -
    """
    from kg.model import LeftOut

    chosen = options.chosen(form, output, default="jsonl")
    writers = {"jsonl": _as_json, "json": _as_json, "table": _as_table, "txt": _as_table}
    if chosen not in writers:
        raise click.BadParameter(f"{chosen}; choose jsonl or table", param_hint="--format")
    read, failed = 0, 0
    with options.writing(output) as out:
        for outcome in _records(paths):
            if isinstance(outcome, LeftOut):
                failed += 1
                click.echo(f"unkg: {outcome.source}: {outcome.reason}", err=True)
            else:
                read += 1
                out.write(writers[chosen](outcome).encode())
        if not read:
            # Leaving the block by an error, so that no empty file takes the place of another.
            if not failed:
                click.echo(f"unkg: {', '.join(map(str, paths))}: no documents here", err=True)
            raise click.exceptions.Exit(2)
    if failed:
        click.echo(f"unkg: {read} records written; {failed} sources left out, named above", err=True)
        sys.exit(2)


def _records(paths: tuple[Path, ...]) -> Iterator[Record | LeftOut]:
    from kg import run
    from kg.errors import InputError
    from kg.model import LeftOut, Source

    yield from run.records([path for path in paths if str(path) != "-"])
    if Path("-") in paths:
        try:
            for work in run.works_in(Source("standard input", sys.stdin.buffer.read())):
                yield from work.records
        except InputError as error:
            yield LeftOut(error.where, error.what)


def _as_json(record: Record) -> str:
    from kg.record import as_json

    return json.dumps(as_json(record), ensure_ascii=False) + "\n"


def _as_table(record: Record) -> str:
    from kg.record import as_json

    data = as_json(record)
    facts = [f"{data['symbol']}  {data['language']}  {data['adopted'] or ''}", str(data["title"] or "")]
    lines = [*facts, "", f"{'clause':<10}{'act':<26}what"]
    for clause in data["clauses"]:
        act = " ".join([clause["act"] or "", *clause["qualifiers"]])
        lines.append(
            f"{clause['id']:<10}{act:<26}{clause['text'][:_WORDS]}{'…' if len(clause['text']) > _WORDS else ''}"
        )
        lines.extend(f"{'':<10}{'':<26}→ {target}" for target in clause["addressees"])
        for citation in data["citations"]:
            if citation["clause"] == clause["id"]:
                shown = (
                    citation["target"]
                    or f"{citation['surface']} ({citation['status']}: {citation['reason'] or citation['candidates']})"
                )
                place = " ".join(f"{unit} {', '.join(values)}" for unit, values in (citation["locator"] or {}).items())
                lines.append(f"{'':<10}{'':<26}cites {shown} {place} {citation['date'] or ''}".rstrip())
        named = dict.fromkeys(
            m["target"] for m in data["mentions"] if m["clause"] == clause["id"] and not m["inferred"]
        )
        about = dict.fromkeys(m["target"] for m in data["mentions"] if m["clause"] == clause["id"] and m["inferred"])
        lines.extend([f"{'':<10}{'':<26}names {', '.join(named)}"] if named else [])
        lines.extend([f"{'':<10}{'':<26}about {', '.join(about)}"] if about else [])
    lines.extend(f"{finding['severity']}: {finding['at']}: {finding['message']}" for finding in data["findings"])
    return "\n".join([*lines, "", ""])
