"""What is bundled from npm: every file is listed and unchanged, its licences permit it, and it fetches nothing."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg import resources
from kg.errors import RuleError
from kg.pages import vendor

FRONTEND = Path(__file__).parent.parent / "kg" / "pages" / "frontend"
PERMISSIVE = {"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"}
#: Names that are never fetched: of the language that draws pictures.
NAMES_ONLY = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", "http://www.w3.org/1999/xlink"}
_ADDRESS = re.compile(r"(?:https?:|wss?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s\"'`)\\]*", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def hashed(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def problems(folder: Path) -> list[str]:
    """What is wrong with a vendor folder, held against its manifest."""
    manifest: Mapping[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    listed = {"manifest.json"}
    found: list[str] = []
    for bundle in manifest["files"]:
        found += differences(folder, bundle["file"], bundle["sha256"])
        found += [f"{bundle['file']}: fetches {each}" for each in addresses(folder / bundle["file"])]
        if bundle["version"] not in bundle["file"]:
            found.append(f"{bundle['file']}: its name lacks its version {bundle['version']}")
        listed.add(bundle["file"])
        for package in bundle["packages"]:
            found += differences(folder, package["text"], package["sha256"])
            if package["licence"] not in PERMISSIVE:
                found.append(f"{package['name']}: its licence is {package['licence']}")
            listed.add(package["text"])
    present = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return found + [f"{name}: is not in the manifest" for name in sorted(present - listed)]


def differences(folder: Path, name: str, expected: str) -> list[str]:
    path = folder / name
    if not path.is_file():
        return [f"{name}: is missing"]
    return [] if hashed(path) == expected else [f"{name}: is not what the manifest tells"]


def addresses(path: Path) -> set[str]:
    """Addresses elsewhere that stand in a script."""
    if not path.is_file():
        return set()
    text = _COMMENT.sub(" ", path.read_text(encoding="utf-8"))
    return {each for each in _ADDRESS.findall(text) if each not in NAMES_ONLY}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(vendor.FOLDER, tmp_path / "vendor")
    return tmp_path / "vendor"


def changed(folder: Path, **values: str) -> None:
    """The manifest with other values for its first package."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["files"][0]["packages"][0].update(values)
    path.write_text(json.dumps(manifest), encoding="utf-8")


def test_what_ships_is_what_its_manifest_tells() -> None:
    assert problems(vendor.FOLDER) == []
    assert {bundle.name for bundle in vendor.bundles()} == {"codemirror", "sigma"}
    assert all(bundle.packages for bundle in vendor.bundles())


def test_a_changed_byte_is_found(copied: Path) -> None:
    name = vendor.bundle("sigma").file
    with (copied / name).open("ab") as file:
        file.write(b" ")
    assert problems(copied) == [f"{name}: is not what the manifest tells"]


def test_a_file_that_is_missing_or_not_listed_is_found(copied: Path) -> None:
    (copied / "licences" / "crelt.txt").unlink()
    (copied / "more.js").write_text("1", encoding="utf-8")
    assert problems(copied) == ["licences/crelt.txt: is missing", "more.js: is not in the manifest"]


@pytest.mark.parametrize(
    "licence", ["GPL-3.0", "LGPL-3.0-or-later", "AGPL-3.0-only", "EPL-2.0 OR GPL-3.0", "UNLICENSED", "MIT OR GPL-3.0"]
)
def test_a_licence_that_is_not_permissive_is_found(copied: Path, licence: str) -> None:
    changed(copied, licence=licence)
    assert problems(copied) == [f"@codemirror/autocomplete: its licence is {licence}"]


@pytest.mark.parametrize("call", ['fetch("https://example.org/x.json")', 'a.src="//cdn.example.org/a.js"'])
def test_a_script_that_fetches_is_found(copied: Path, call: str) -> None:
    with (copied / vendor.bundle("sigma").file).open("a", encoding="utf-8") as file:
        file.write(call)
    assert any("fetches" in problem for problem in problems(copied))


def test_every_licence_is_there_as_a_text() -> None:
    for bundle in vendor.bundles():
        for package in bundle.packages:
            text = (vendor.FOLDER / package.text).read_text(encoding="utf-8")
            assert "Permission" in text, package.name
            assert package.origin == f"npm:{package.name}"


def test_a_bundle_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(RuleError, match="has no bundle yasgui; there are: codemirror, sigma"):
        vendor.bundle("yasgui")


def test_what_shows_a_store_is_no_reason_to_make_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(**files: str) -> str:
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        resources.version.cache_clear()
        return resources.version()

    assert resources.root().is_dir()  # remembered from here on, as ontology and registries stay where they are
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    try:
        first = version(graph_py="1", extract__acts_py="1", pages__frontend__package_json="1")
        assert version(pages__frontend__package_json="2", pages__frontend__more_json="1", serve__app_py="1") == first
        assert version(extract__acts_py="2") != first
        assert version(extract__acts_py="1", graph_py="2") != first
    finally:
        resources.version.cache_clear()


def test_every_direct_dependency_has_one_version_and_the_lock_names_no_host() -> None:
    wanted = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    lock = (FRONTEND / "package-lock.json").read_text(encoding="utf-8")
    assert wanted["private"] is True
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted["devDependencies"].values())
    assert '"resolved"' not in lock
    assert "://" not in re.sub(r'"(?:url|funding)": "[^"]*"', "", lock)
    held = json.loads(lock)["packages"]
    assert all("integrity" in entry for name, entry in held.items() if name)
    for bundle in vendor.bundles():
        for package in bundle.packages:
            assert held[f"node_modules/{package.name}"]["version"] == package.version


def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("needs node and npm")
    for name in ("package.json", "package-lock.json", "build.js", "src"):
        source = FRONTEND / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, tmp_path / name)
    call = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=0"]
    if subprocess.run(call, cwd=tmp_path, capture_output=True, check=False, timeout=300).returncode:
        pytest.skip("needs the packages of npm, from its registry or its cache")
    for target in ("first", "second"):
        subprocess.run([node, "build.js", target], cwd=tmp_path, capture_output=True, check=True)
        made = {str(path.relative_to(tmp_path / target)): hashed(path) for path in files(tmp_path / target)}
        held = {str(path.relative_to(vendor.FOLDER)): hashed(path) for path in files(vendor.FOLDER)}
        assert made == held


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
