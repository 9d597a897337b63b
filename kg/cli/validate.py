"""unkg validate"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options


@click.command()
@click.argument("path", required=False, metavar="[STORE|FILE]", type=click.Path(path_type=Path))
@options.form(("table", "json", "ttl"))
@options.output
@options.store
def command(path: Path | None, form: str | None, output: Path, store: Path) -> None:
    """Check a store or an RDF file against the shapes of the ontology.

    Each result says which node is at fault, what is wrong and how to mend it; --format json or ttl (the SHACL report)
    for programs. The exit code is 1 where anything is wrong; warnings leave it at 0.

    \b
    Examples:   unkg validate
                unkg validate my-graph.ttl --format json
    """
    from kg.api import validate

    asked = path or store
    report = validate(asked)
    text = report.text(options.chosen(form, output, default="table"))
    with options.writing(output) as out:
        out.write(text.encode())
    wrong = sum(violation.severity == "error" for violation in report.violations)
    verdict = "conforms" if report.conforms else f"does not conform: {wrong} error(s)"
    others = len(report.violations) - wrong
    click.echo(f"{asked}: {verdict}, {others} warning(s); {report.graphs} graph(s) checked", err=True)
    if not report.conforms:
        sys.exit(1)
