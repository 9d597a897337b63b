"""unkg evaluate"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.errors import FormatError

if TYPE_CHECKING:
    from kg.evaluate import Evaluation
    from kg.evaluate.against import Changes
    from kg.evaluate.measured import Version
    from kg.evaluate.scores import Score

    Kinds = dict[str, dict[str, Score]]

#: Where a checkout keeps the verdicts and the project's own cases, seen from its root.
_GOLD = Path("tests/gold/adjudicated.toml")
_CASES = Path("tests/cases/citations")

_LISTS = ("misses", "extras", "numbers", "acts", "plain")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, path_type=Path))
@click.option("--sample", type=click.IntRange(1), help="Read only so many works, drawn by their names.")
@click.option("--seed", type=int, default=0, show_default=True, help="Draws another sample.")
@click.option("--language", help="Count only this language: ar, en, es, fr, ru, zh.")
@click.option("--organ", help="Count only documents of this organ, such as security-council.")
@click.option("--list", "kind", type=click.Choice(_LISTS), help="Print these one by one instead.")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Show gains and losses since an earlier run: its JSON result, or records.",
)
@click.option(
    "--gold",
    "verdicts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"Verdicts that correct the links.  [default: {_GOLD}, if there]",
)
@click.option(
    "--cases",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=f"Folder of cases with their citations, scored by kind.  [default: {_CASES}, if there]",
)
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True, help="Processes at work."
)
@options.form(("table", "json"))
@options.output
def command(
    paths: tuple[Path, ...],
    *,
    sample: int | None,
    seed: int,
    language: str | None,
    organ: str | None,
    kind: str | None,
    against: Path | None,
    verdicts: Path | None,
    cases: Path | None,
    jobs: int,
    form: str | None,
    output: Path,
) -> None:
    """Score what is read against the links of published files.

    PATHs are Akoma Ntoso files of the United Nations, folders or archives of them. The words are read without the
    links; recall and precision are then told by language, organ and form of citation. Links are sometimes wrong and
    often missing: verdicts judged from the words (--gold) correct them, and scores are given with and without.

    \b
    Examples:   unkg evaluate published/ --sample 200
                unkg evaluate published.tar.xz --list misses --language fr
                unkg evaluate published/ -o before.json
                unkg evaluate published/ --against before.json
    """
    from kg import evaluate
    from kg.evaluate.against import changes
    from kg.evaluate.own import own

    chosen = {"txt": "table"}.get(asked := options.chosen(form, output, default="table"), asked)
    if chosen not in ("table", "json"):
        raise FormatError(chosen, "no such format; choose one of table, json")
    gold = evaluate.gold(verdicts or (_GOLD if _GOLD.is_file() else None))
    folder = cases or (_CASES if _CASES.is_dir() else None)
    evaluation = evaluate.evaluated(
        evaluate.measured(paths, sample=sample, seed=seed, jobs=jobs),
        gold,
        chosen=lambda target: language in (None, target.language) and organ in (None, target.organ),
    )
    for left in evaluation.left_out:
        click.echo(f"unkg: {left.source}: {left.reason}", err=True)
    if not evaluation.works:
        click.echo(f"unkg: {', '.join(map(str, paths))}: no documents to score", err=True)
        sys.exit(2)
    counted = [v for v in evaluation.versions if language in (None, v.language) and organ in (None, v.organ)]
    if kind:
        shown = _listed(evaluation, kind, counted)
    else:
        kinds = own(folder) if folder else {}
        shown = _WRITERS[chosen](evaluation, kinds, changes(counted, against) if against else None)
    with options.writing(output) as out:
        out.write(shown.encode())


def _listed(evaluation: Evaluation, kind: str, counted: list[Version]) -> str:
    """Targets that are missed or too many, or clauses that are read otherwise than the file shows them."""
    from kg.evaluate import report
    from kg.evaluate.clauses import faults

    if kind in ("misses", "extras"):
        return report.listed(evaluation.misses if kind == "misses" else evaluation.extras)
    return report.placed(faults(counted, kind.removesuffix("s")))


def _as_table(evaluation: Evaluation, kinds: Kinds, changed: Changes | None) -> str:
    from kg.evaluate import report

    parts = [
        report.text(evaluation),
        report.own_gold(kinds) if kinds else "",
        report.changed(changed) if changed else "",
    ]
    return "".join(parts)


def _as_json(evaluation: Evaluation, kinds: Kinds, changed: Changes | None) -> str:
    result = evaluation.as_json()
    result["cases"] = {kind: {name: row.as_json() for name, row in rows.items()} for kind, rows in kinds.items()}
    if changed:
        result["against"] = {
            "gained": [[change.symbol, change.language, *change.mark] for change in changed.gained],
            "lost": [[change.symbol, change.language, *change.mark] for change in changed.lost],
            "moved": changed.moved,
        }
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


_WRITERS: dict[str, Callable[[Evaluation, Kinds, Changes | None], str]] = {"table": _as_table, "json": _as_json}
