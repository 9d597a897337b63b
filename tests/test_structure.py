"""The structure of kg/: imports point one way, stages of the line do not know each other, public names are calls."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).parent

#: From the values that all share to the command line; a module imports only from lines above its own, or from its own.
ORDER = (
    "errors model security_council",
    "symbols",
    "uris",
    "resources",
    "languages nquads vocabularies",
    "numerals registry",
    "dates scratch drawing",
    "sources read heading",
    "segment",
    "extract",
    "numbering classify",
    "resolve",
    "links settle_names",
    "settle",
    "merge record",
    "graph",
    "store answers questions refusal",
    "query addresses connection",
    "endpoint remote named_graph",
    "search catalogue",
    "explain network push",
    "export",
    "pages",
    "lineage",
    "pool shacl",
    "validate",
    "manifest run",
    "publish",
    "serve",
    "shards facts",
    "state",
    "plan across holdings indexing",
    "update",
    "build packed",
    "spark",
    "lint evaluate",
    "api",
    "kg",
    "cli",
    "__main__",
)
RANK = {part: rank for rank, line in enumerate(ORDER) for part in line.split()}

#: The stages of the line from a file to its statements; what passes between them is in kg.model.
LINE = ("sources", "read", "segment", "extract", "resolve", "links", "merge", "graph")


def modules(package: Path) -> dict[str, Path]:
    """Every module by its full name; the package itself is kg."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def part(module: str) -> str:
    """The module or folder right below kg that a module belongs to: extract for kg.extract.acts."""
    return module.split(".")[1] if "." in module else module


def imported(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """The modules of ours that a file imports anywhere in it, those for type checkers too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides its module"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield from (name for name in (inner if inner in known else str(node.module),) if name in known)


def imports(package: Path) -> set[tuple[str, str]]:
    """Pairs of importing and imported module; fails where there are none, as an empty check would pass."""
    known = modules(package)
    found = {(name, other) for name, path in known.items() for other in imported(path, known)}
    assert found, f"{package}: no import found"
    return found


def complaints(package: Path) -> list[str]:
    """What is wrong with the imports of a package."""
    found = imports(package)
    unknown = sorted({part(name) for name in modules(package)} - RANK.keys())
    backward = sorted(
        f"{name} imports {other}, which stands behind it"
        for name, other in found
        if {part(name), part(other)} <= RANK.keys()
        and part(name) not in (part(other), "kg")
        and RANK[part(name)] <= RANK[part(other)]
    )
    return [*(f"{name} has no place in the order" for name in unknown), *backward, *circles(found)]


def circles(found: set[tuple[str, str]]) -> list[str]:
    """The first circle of imports, if there is one; the package's own lazy names are no import."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for name, other in found:
        if name != "kg":
            sorter.add(name, other)
    try:
        sorter.prepare()
    except CycleError as error:
        return [f"a circle: {' → '.join(reversed(error.args[1]))}"]
    return []


def acquainted(package: Path) -> list[str]:
    """Stages of the line that import another one."""
    pairs = imports(package)
    return sorted(
        f"{name} imports {other}"
        for name, other in pairs
        if part(name) in LINE and part(other) in LINE and part(name) != part(other)
    )


def test_imports_point_one_way() -> None:
    assert complaints(PACKAGE) == []


def test_stages_of_the_line_do_not_import_each_other() -> None:
    assert acquainted(PACKAGE) == []


def test_every_place_of_the_order_is_taken() -> None:
    assert RANK.keys() == {part(name) for name in modules(PACKAGE)}
    assert set(LINE) < RANK.keys()


def fake(folder: Path, files: dict[str, str]) -> Path:
    """A package that is right but for these files."""
    right = {"__init__.py": "", "errors.py": "", "model.py": "", "read.py": "from kg.model import Text\n"}
    for name, text in {**right, **files}.items():
        path = folder / "kg" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "kg"


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({"model.py": "from kg import graph\n", "graph.py": ""}, "kg.model imports kg.graph"),
        ({"model.py": "def late():\n    import kg.cli.query\n", "cli/query.py": ""}, "kg.model imports kg.cli.query"),
        ({"errors.py": "from kg.model import Text\n"}, "kg.errors imports kg.model"),
        ({"api.py": "from kg import __version__\n"}, "kg.api imports kg,"),
        ({"helpers.py": ""}, "helpers has no place in the order"),
        ({"cli/a.py": "from kg.cli import b\n", "cli/b.py": "from kg.cli.a import x\n"}, "a circle: kg.cli."),
    ],
)
def test_a_damaged_twin_is_refused(tmp_path: Path, files: dict[str, str], complaint: str) -> None:
    assert complaints(fake(tmp_path / "good", {})) == []
    found = complaints(fake(tmp_path / "bad", files))
    assert len(found) == 1
    assert complaint in found[0]


def test_a_stage_that_imports_another_is_refused(tmp_path: Path) -> None:
    assert acquainted(fake(tmp_path / "good", {})) == []
    bad = fake(tmp_path / "bad", {"segment.py": "from kg.read import source\n"})
    assert acquainted(bad) == ["kg.segment imports kg.read"]


def test_an_empty_selection_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no import found"):
        complaints(tmp_path)


@pytest.mark.parametrize("name", kg.__all__)
def test_a_public_name_can_be_called_whatever_was_imported_before(name: str) -> None:
    """kg.extract is a call, though kg/extract/ is a folder, which takes that name once it is imported."""
    before = ", ".join(module for module in modules(PACKAGE) if module != "kg.__main__")
    code = f"import {before}; assert callable(kg.{name}), kg.{name}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_no_two_kits_call_a_fixture_by_the_same_name() -> None:
    """A kit that one module asks for is there for all, and the last of two would stand for both."""
    found = [
        node.name
        for path in sorted(Path(__file__).parent.glob("*kit.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and any("fixture" in ast.unparse(each) for each in node.decorator_list)
    ]
    assert len(found) > 10
    assert sorted(found) == sorted(set(found))
