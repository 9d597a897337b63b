"""What the README promises: every command of it runs, every file it names exists."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

pytest_plugins = ["tests.storekit"]

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
#: Commands that stand together are meant to be called in that order.
BLOCKS = [
    tuple(line.split("  #")[0].strip() for line in block.splitlines())
    for block in re.findall(r"(?:^    unkg .+\n)+", README, re.MULTILINE)
]


def test_the_readme_shows_commands() -> None:
    assert sum(map(len, BLOCKS)) >= 10


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block[0])
def test_the_commands_of_the_readme_run(block: tuple[str, ...], store_path: Path, tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    for command in block:
        run(command, store_path, tmp_path)


def run(command: str, store_path: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "kg", *shlex.split(command)[1:]]
    done = subprocess.run(
        words,
        cwd=tmp_path,
        env={"UNKG_STORE": str(store_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    written = re.search(r"-o (\S+)", command)
    assert (tmp_path / written[1]).stat().st_size if written else done.stdout or done.stderr


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(((?!http)[^)#]+)\)", README))))
def test_a_file_that_the_readme_names_exists(link: str) -> None:
    assert (ROOT / link).exists()


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    (tmp_path / "data").symlink_to(ROOT / "data")
    done = subprocess.run(
        [sys.executable, "-c", code[1]],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "('A/RES/76/213', 'OP1', 'reaffirm')" in done.stdout
