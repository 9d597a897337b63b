"""Prints what a change of a store did, and what the store now holds."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.state import Summary

_SHOWN = 10


@contextlib.contextmanager
def stoppable(store: Path) -> Iterator[None]:
    """Says what became of a change that Ctrl-C ended."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(
            f"unkg: stopped; {store} is as it was before, and what was read will not be read again the next time",
            err=True,
        )
        raise


def show(summary: Summary, *, verb: str) -> None:
    """Prints the summary; ends with exit code 1 where a source was left out or the graph does not conform."""
    counts = summary.counts
    click.echo(f"\n{verb if summary.changed else 'Nothing has changed in'} {summary.store}\n")
    changes = f"{summary.made:,} made, {summary.kept:,} kept, {summary.dropped:,} taken out"
    if summary.kept or summary.dropped:
        _line("Changes", changes)
    _line("Documents", f"{counts['documents']:,} in {counts['versions']:,} language version(s)")
    if counts["facts"]:
        _line("Facts", f"{counts['facts']:,} of these documents are held without their sentences")
    paragraphs = f"{counts['preambular']:,} preambular, {counts['operative']:,} operative"
    _line("Clauses", f"{paragraphs}; {counts['footnotes']:,} footnotes")
    statuses = ", ".join(f"{counts[status]:,} {status}" for status in ("resolved", "ambiguous", "unresolved"))
    _line("Citations", f"{counts['citations']:,}: {statuses}; {counts['documents cited']:,} other documents cited")
    _line("Named", f"{counts['bodies']:,} bodies, {counts['instruments']:,} instruments, {counts['events']:,} events")
    _line("Statements", f"{counts['statements']:,}, beside the vocabulary")
    if counts["official"]:
        _line("Official", f"{counts['official']:,} statements of the United Nations' own vocabularies")
    verdict = "conforms" if summary.report.conforms else "does NOT conform"
    graphs = "1 graph" if summary.report.graphs == 1 else f"{summary.report.graphs:,} graphs"
    _line("SHACL", f"{verdict}; {graphs} checked, {len(summary.report.violations):,} results")
    _findings(summary)
    if summary.example:
        _next(summary)
    if summary.left_out or not summary.report.conforms:
        sys.exit(1)


def _line(label: str, text: str) -> None:
    click.echo(f"  {label:<12}{text}")


def _findings(summary: Summary) -> None:
    _line("Findings", f"{summary.counts['findings']:,}")
    for severity, document, at, message in summary.findings[:_SHOWN]:
        click.echo(f"    {severity:<8} {document} {at}: {message}")
    for violation in summary.report.violations[:_SHOWN]:
        click.echo(f"    {violation.severity:<8} {violation.node}: {violation.message}")
    if summary.counts["findings"] > _SHOWN or len(summary.report.violations) > _SHOWN:
        click.echo("    … all of them: unkg query findings; unkg validate")
    for left in summary.left_out:
        click.echo(f"unkg: {left.source}: {left.reason}", err=True)


def _next(summary: Summary) -> None:
    option = "" if str(summary.store) == "unkg-store" else f" --store {summary.store}"
    click.echo("\nNext:")
    for example in (
        f"unkg lineage {summary.example}{option}",
        f"unkg query --list{option}",
        f"unkg serve{option}",
        f"unkg export --format graphml -o graph.graphml{option}",
    ):
        click.echo(f"  {example}")
