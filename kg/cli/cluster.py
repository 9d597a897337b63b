"""What `unkg build` does where a cluster of machines does the work."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click


def options(command: Any) -> Any:
    """The options that say where the work is done, and where its files lie."""
    for option in reversed(
        (
            click.option(
                "--engine",
                type=click.Choice(["local", "spark"]),
                default="local",
                show_default=True,
                help="spark: a cluster makes the works, to be loaded by `unkg load`.",
            ),
            click.option("--master", metavar="URL", help="The cluster: yarn, spark://…, k8s://…, local[4]."),
            click.option(
                "--input", "given", metavar="URI", multiple=True, help="What it reads: files, folders, archives."
            ),
            click.option("--output", metavar="URI", help="Folder that it writes; it must not be there yet."),
            click.option("--conf", metavar="KEY=VALUE", multiple=True, help="A setting of Spark."),
        )
    ):
        command = option(command)
    return command


def build(paths: Sequence[Path], base: str | None, *, cluster: dict[str, Any]) -> None:
    """Makes the works and says what was made; ends with exit code 1 where something was left out or is not right."""
    from kg import spark, uris

    given, output = cluster["given"], cluster["output"]
    if paths or not given or not output:
        raise click.UsageError("--engine spark needs an --input and an --output, and no PATH.")
    settings = dict(_setting(each) for each in cluster["conf"])
    names = uris.Names(base) if base else uris.Names()
    made = spark.build(given, output, master=cluster["master"], names=names, settings=settings)
    click.echo(f"\nMade {made.output}\n")
    click.echo(f"  {'Documents':<12}{made.works:,}")
    click.echo(f"  {'Statements':<12}{made.statements:,}")
    click.echo(f"  {'SHACL':<12}{made.violations:,} results")
    for left in made.examples:
        click.echo(f"unkg: {left.source}: {left.reason}", err=True)
    if made.left_out > len(made.examples):
        click.echo(f"unkg: {made.left_out:,} sources were left out; the descriptions tell of all of them", err=True)
    click.echo(f"\nNext:\n  copy {made.output} to this machine, then: unkg load FOLDER")
    if made.left_out or made.violations:
        sys.exit(1)


def refuse(cluster: dict[str, Any]) -> None:
    """Raises UsageError where a build on this machine is told what only a cluster needs."""
    if any(cluster.values()):
        raise click.UsageError("--master, --input, --output and --conf are for --engine spark.")


def _setting(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not (key and equals):
        raise click.BadParameter(f"{text}; expected KEY=VALUE", param_hint="--conf")
    return key, value
