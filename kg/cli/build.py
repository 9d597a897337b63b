"""unkg build"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.run import Progress, Summary

_SHOWN = 10


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@options.store
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True, help="Processes at work."
)
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

    PATHs are texts of resolutions or decisions, or folders of them; without any, the documents that ship with unkg are
    taken. The new store is written beside the old one and takes its place only when it is complete.

    \b
    Examples:   unkg build
                unkg build texts/ A_RES_76_213.zh.txt --store my-store
    """
    from kg import resources, run, uris, vocabularies

    names = uris.Names(_checked(base)) if base else uris.Names()
    kept = vocabularies.default_folder()
    beside = vocabulary or (kept if vocabularies.held(kept) else None)
    with _progress() as progress:
        summary = run.build(
            paths or [resources.documents()], store, jobs=jobs, names=names, vocabulary=beside, progress=progress
        )
    _print(summary, run.counts(summary), store)
    if summary.left_out or not summary.report.conforms:
        sys.exit(1)


def _checked(base: str) -> str:
    """The base with a slash at its end; raises BadParameter where it is no absolute IRI."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", base):
        raise click.BadParameter(f"{base}; expected an IRI such as https://example.org/un/", param_hint="--base")
    return base if base.endswith(("/", "#")) else f"{base}/"


class _progress:  # noqa: N801  # reads as what it shows
    """A bar on standard error while documents are read, if a person is watching."""

    def __enter__(self) -> Progress | None:
        if not sys.stderr.isatty():
            return None
        self._bar = click.progressbar(length=1, label="Reading", file=sys.stderr, show_pos=True)
        self._bar.__enter__()
        return self._step

    def _step(self, done: int, total: int) -> None:
        self._bar.length = total
        self._bar.update(1 if done else 0)

    def __exit__(self, *exception: object) -> None:
        if hasattr(self, "_bar"):
            self._bar.render_finish()


def _print(summary: Summary, counts: dict[str, int], store: Path) -> None:
    def line(label: str, text: str) -> None:
        click.echo(f"  {label:<12}{text}")

    click.echo(f"\nBuilt {store}\n")
    line("Documents", f"{counts['documents']:,} in {counts['versions']:,} language version(s)")
    line(
        "Clauses",
        f"{counts['preambular']:,} preambular, {counts['operative']:,} operative; {counts['footnotes']:,} footnotes",
    )
    statuses = ", ".join(f"{counts[status]:,} {status}" for status in ("resolved", "ambiguous", "unresolved"))
    line("Citations", f"{counts['citations']:,}: {statuses}; {counts['documents cited']:,} documents cited")
    line("Named", f"{counts['bodies']:,} bodies, {counts['instruments']:,} instruments, {counts['events']:,} events")
    line("Statements", f"{counts['statements']:,}, beside the vocabulary")
    if summary.official:
        line("Official", f"{summary.official:,} statements of the United Nations' own vocabularies")
    verdict = "conforms" if summary.report.conforms else "does NOT conform"
    graphs = "1 graph" if summary.report.graphs == 1 else f"{summary.report.graphs} graphs"
    line("SHACL", f"{verdict}; {graphs} checked, {len(summary.report.violations)} results")
    _print_findings(summary)
    option = "" if str(store) == "unkg-store" else f" --store {store}"
    click.echo("\nNext:")
    for example in (
        f"unkg lineage {summary.works[0].symbol}{option}",
        f"unkg query --list{option}",
        f"unkg export --format graphml -o graph.graphml{option}",
    ):
        click.echo(f"  {example}")


def _print_findings(summary: Summary) -> None:
    findings = [(work.symbol, finding) for work in summary.works for finding in work.findings]
    click.echo(f"  {'Findings':<12}{len(findings):,}")
    for symbol, finding in findings[:_SHOWN]:
        click.echo(f"    {finding.severity:<8} {symbol} {finding.at}: {finding.message}")
    for violation in summary.report.violations[:_SHOWN]:
        click.echo(f"    {violation.severity:<8} {violation.node}: {violation.message}")
    hidden = len(findings) + len(summary.report.violations) - 2 * _SHOWN
    if hidden > 0:
        click.echo("    … all of them: unkg query findings; unkg validate")
    for left in summary.left_out:
        click.echo(f"unkg: {left.source}: {left.reason}", err=True)
