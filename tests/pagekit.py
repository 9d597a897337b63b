"""Pages in a folder with all that they load, as a site has them, for tests that look at a few of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg.pages.rendering import ASSETS


def lay_out(folder: Path, pages: dict[str, bytes]) -> Path:
    """The folder, with these pages by their paths and the assets that ship."""
    for path, content in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    shutil.copytree(ASSETS, folder / "assets", dirs_exist_ok=True)
    return folder
