"""unkg lint"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.lint import Line

_SEVERITIES = ("info", "warning", "error")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "--severity", type=click.Choice(_SEVERITIES), default="info", show_default=True, help="The least to be told."
)
@click.option("--code", "codes", multiple=True, metavar="CODE", help="Only findings of this code; may be repeated.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes at work.")
@options.form(("text", "jsonl", "csv"))
@options.output
def command(
    paths: tuple[Path, ...], *, severity: str, codes: tuple[str, ...], jobs: int, form: str | None, output: Path
) -> None:
    """List what is wrong in the files themselves.

    For those who publish the files: malformed XML, languages that differ, numbers out of sequence, citations that only
    one language has, links that lead elsewhere than the words say, dates that cannot be. PATHs are files, folders or
    archives; give all languages of a work together. Exits with 1 where there is a warning or an error.

    \b
    Examples:   unkg lint resolutions.tar.xz
                unkg lint session-77/ --severity warning -o findings.csv
                unkg lint session-77/ --code link-differs --code links-differ
    """
    from kg import lint, run
    from kg.errors import FormatError

    chosen = {"txt": "text", "json": "jsonl"}.get(asked := options.chosen(form, output, default="text"), asked)
    if chosen not in _WRITERS:
        raise FormatError(chosen, f"no such format; choose one of {', '.join(_WRITERS)}")
    severities = _SEVERITIES[_SEVERITIES.index(severity) :]
    told = [
        line
        for line in lint.lint(run.works(paths, jobs=jobs))
        if line.severity in severities and (not codes or line.code in codes)
    ]
    with options.writing(output) as out:
        out.writelines(part.encode() for part in _WRITERS[chosen](told))
    if any(line.severity != "info" for line in told):
        sys.exit(1)


def _as_text(lines: Iterable[Line]) -> Iterator[str]:
    """Findings below the file, or the work, that they are of; at the end how many of each kind."""
    counts: Counter[str] = Counter()
    heading = None
    for line in lines:
        counts[line.code] += 1
        own = f"{line.document or ''}  {line.file or 'all versions'}".strip()
        if own != heading:
            yield f"{own}\n"
            heading = own
        yield f"  {line.severity:<8} {line.at:<12} {line.code:<22} {line.message}\n"
    total = ", ".join(f"{count} {code}" for code, count in counts.most_common())
    count = sum(counts.values())
    yield f"{count} finding{'' if count == 1 else 's'}{f': {total}' if total else ''}\n"


def _as_jsonl(lines: Iterable[Line]) -> Iterator[str]:
    return (json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in lines)


def _as_csv(lines: Iterable[Line]) -> Iterator[str]:
    from kg.lint import Line

    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Line)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(line) for line in lines)
    yield text.getvalue()


_WRITERS: dict[str, Callable[[Iterable[Line]], Iterator[str]]] = {"text": _as_text, "jsonl": _as_jsonl, "csv": _as_csv}
