"""An evaluation as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from kg.evaluate import Evaluation
from kg.evaluate.against import Change, Changes
from kg.evaluate.clauses import Place
from kg.evaluate.scores import Score, Target

_COLUMNS = (("resolutions", "resolutions"), ("all", "all symbols"))
_SHOWN = 10

NOTES = (
    "Compared: the set of documents that a version cites, letters of parts left out, as links drop them.",
    "Recall: of a version's own links. Precision: confirmed by a link of any version of the work, where it has any;",
    "decisions, treaties, sales numbers and resolutions of other bodies count for it only where linked or judged.",
    "judged: with verdicts from the words where they differ from the links, and without links to what cannot be;",
    "of works with one set: without differences that are the files' own by verdict.",
)


def text(evaluation: Evaluation, differences: int = _SHOWN) -> str:
    """The tables of scores, the works that cite alike in all languages, and what was left out."""
    parts = (_tables(evaluation), _same(evaluation, differences), _clauses(evaluation), _rest(evaluation))
    return "\n".join([*chain.from_iterable(parts), ""])


def _tables(evaluation: Evaluation) -> Iterator[str]:
    versions = evaluation.versions
    yield f"{len(evaluation.works):,} works, {len(versions):,} versions"
    tables = {name: table for name, table in evaluation.tables.items() if " and " not in name}
    for name, table in tables.items():
        yield ""
        shown = "".join(f"{label:>18}{'recall':>8}{'judged':>8}{'prec.':>8}{'judged':>8}" for _, label in _COLUMNS)
        yield f"{name:<24}{shown}"
        yield from (_row(each, row) for each, row in table.items())
        if name == "language":
            yield _row("total", evaluation.total)
    yield ""
    yield from NOTES


def _row(name: str, row: dict[str, Score]) -> str:
    cells = [f"{name:<24}"]
    for key, _ in _COLUMNS:
        raw, judged = row[key], row[f"{key} judged"]
        cells.append(f"{raw.true:>18,}")
        cells += [f"{_share(share):>8}" for share in (raw.recall, judged.recall, raw.precision, judged.precision)]
    return "".join(cells)


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.4f}"


def _same(evaluation: Evaluation, shown: int) -> Iterator[str]:
    same = evaluation.same
    if not same.works:
        return
    yield ""
    alike, judged = _of(same.resolutions, same.works), _of(same.resolutions_judged, same.works)
    yield f"Works in six languages: {same.works:,}; with one set of resolutions in all: {alike}; judged: {judged}"
    yield f"  of all documents: {_of(same.every, same.works)}; of resolutions by their links: " + _of(
        same.linked_resolutions, same.works
    )
    for each in same.differences[:shown]:
        cited, lacking = " ".join(each.cited), " ".join(each.lacking)
        yield f"  {each.symbol} {each.mark.clause}: {each.target} in {cited}, not in {lacking}"
    if len(same.differences) > shown:
        yield f"  … {len(same.differences) - shown:,} more in the JSON result"


def _clauses(evaluation: Evaluation) -> Iterator[str]:
    """The table of clauses, with what its columns mean."""
    rows = evaluation.clauses
    names = list(rows["total"].shares())
    yield ""
    yield f"{'clauses':<24}" + "".join(f"{name:>20}" for name in names)
    for name, row in rows.items():
        yield f"{name:<24}" + "".join(f"{_share(share):>20}" for share in row.shares().values())
    yield ""
    yield "numbers: printed numbers (num) that begin a clause of that number, in their order; acts: clauses whose first"
    yield "words stand out in italics or bold, and in which an act is read; plain text: versions whose plain text gives"
    yield "the same clauses in the same order."


def _of(number: int, every: int) -> str:
    return f"{number:,} ({number / every:.3f})"


def _rest(evaluation: Evaluation) -> Iterator[str]:
    unread = evaluation.unread
    yield ""
    yield f"Links that lead to no symbol, left out: {unread.total():,}"
    yield f"Extraction: {evaluation.speed / 1e6:.2f} million characters/s"
    yield f"Sources left out: {len(evaluation.left_out):,}"


def own_gold(kinds: Mapping[str, Mapping[str, Score]]) -> str:
    """The scores of the project's own cases."""
    lines = ["", f"{'own cases':<24}{'language':<10}{'expected':>10}{'recall':>8}{'prec.':>8}"]
    for kind, rows in kinds.items():
        for name, row in rows.items():
            lines.append(f"{kind:<24}{name:<10}{row.true:>10,}{_share(row.recall):>8}{_share(row.precision):>8}")
    return "\n".join(lines) + "\n"


def listed(targets: Iterable[Target]) -> str:
    """Targets one by one, as lines that a spreadsheet or `sort` takes."""
    return "".join(
        "\t".join((t.symbol, t.language, t.mark.clause, t.mark.surface, t.mark.target, t.verdict or "")) + "\n"
        for t in targets
    )


def placed(places: Iterable[Place]) -> str:
    """Faults of clauses one by one."""
    return "".join("\t".join((p.symbol, p.language, p.fault.clause, p.fault.what)) + "\n" for p in places)


def changed(changes: Changes) -> str:
    """Gains and losses one by one."""
    head = (
        f"\n{changes.versions:,} versions in both runs: {len(changes.gained):,} gained, {len(changes.lost):,} lost, "
        f"{changes.moved:,} in another clause\n"
    )
    return head + "".join([*map(_gain, changes.gained), *map(_loss, changes.lost)])


def _gain(change: Change) -> str:
    return f"+ {_line(change)}"


def _loss(change: Change) -> str:
    return f"- {_line(change)}"


def _line(change: Change) -> str:
    mark = change.mark
    return "\t".join((change.symbol, change.language, mark.clause, mark.surface, mark.target)) + "\n"
