"""The wheel: built, installed into an environment of its own, and used from a folder that is not the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEED = "A/RES/76/213"

#: What must be in the wheel, by the folder of the checkout and the folder of the wheel.
RESOURCES = {
    "ontology": "kg/_resources/ontology",
    "queries": "kg/_resources/queries",
    "data/registries": "kg/_resources/data/registries",
    "kg/languages": "kg/languages",
    "kg/search": "kg/search",
}


def call(*words: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a program without anything of this environment that could lead back to the checkout."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return subprocess.run(
        list(map(str, words)), cwd=folder, env=kept, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    built = call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment that holds the wheel; what it depends on is lent by this environment."""
    environment = tmp_path_factory.mktemp("installed")
    venv.create(environment, with_pip=False, symlinks=True)
    scheme = {"base": str(environment), "platbase": str(environment)}
    python = Path(sysconfig.get_path("scripts", "venv", scheme)) / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet", wheel)
    installed = call(*pip)
    assert installed.returncode == 0, installed.stderr
    lent = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    path = Path(sysconfig.get_path("purelib", "venv", scheme)) / "lent.pth"
    path.write_text("\n".join(lent) + "\n", encoding="utf-8")
    return python.parent


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty")


def test_the_wheel_holds_every_resource_of_the_checkout(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in RESOURCES.items():
        files = {
            path.name for path in (ROOT / folder).glob("*.*") if path.suffix in (".ttl", ".rq", ".toml", ".jsonld")
        }
        assert files, folder
        assert {f"{inside}/{name}" for name in files} <= held


def test_the_wheel_tells_type_checkers_that_it_is_typed(wheel: Path) -> None:
    assert "kg/py.typed" in zipfile.ZipFile(wheel).namelist()


def test_the_wheel_holds_the_schema_of_the_record_and_the_document_that_ships(wheel: Path) -> None:
    held = zipfile.ZipFile(wheel).namelist()
    assert "kg/record.schema.json" in held
    assert "kg/_resources/data/A_RES_76_213.zh.txt" in held


def test_the_wheel_holds_what_the_pages_take_from_npm_and_not_what_it_is_built_from(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    vendor = ROOT / "kg" / "pages" / "assets" / "vendor"
    bundled = {f"kg/pages/assets/vendor/{path.relative_to(vendor)}" for path in vendor.rglob("*") if path.is_file()}
    assert len(bundled) > 10
    assert bundled <= held
    assert [name for name in held if name.startswith("kg/pages/frontend/") or "node_modules" in name] == []


def test_the_wheel_holds_nothing_but_the_package_and_its_metadata(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kg"}
    assert [name for name in zipfile.ZipFile(wheel).namelist() if "__pycache__" in name] == []


def test_the_resources_come_from_the_wheel(programs: Path, empty: Path) -> None:
    code = "import kg; from kg import resources; print(kg.__file__, resources.root(), resources.documents(), sep='\\n')"
    found = call(programs / "python", "-c", code, folder=empty)
    assert found.returncode == 0, found.stderr
    assert all(Path(line).is_relative_to(programs.parent) for line in found.stdout.splitlines())
    assert len(found.stdout.splitlines()) == 3


def test_what_is_installed_builds_and_answers_away_from_the_checkout(programs: Path, empty: Path) -> None:
    built = call(programs / "unkg", "build", folder=empty)
    assert built.returncode == 0, built.stdout + built.stderr
    assert re.search(r"Documents   3,\d{3} in 1\d,\d{3} language version\(s\)", built.stdout)
    assert re.search(r"Facts       3,\d{3} of these documents are held without their sentences", built.stdout)
    listed = call(programs / "unkg", "query", "--list", folder=empty)
    assert listed.returncode == 0, listed.stderr
    assert "most-cited\n" in listed.stdout
    shown = call(programs / "unkg", "lineage", SEED, folder=empty)
    assert shown.returncode == 0, shown.stderr
    assert "A/RES/74/229" in shown.stdout
    assert [path.name for path in empty.iterdir()] == ["unkg-store"]
