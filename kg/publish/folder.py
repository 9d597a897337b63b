"""The folder of a site: a file is written only where its bytes changed, and goes when it is no longer made."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import OutputError

#: Names the files that belong to the site, one a line, so that nothing of anybody else's is ever removed.
LIST = ".unkg-files"


class Folder:
    """Writes a site into a folder. Paths are relative to it, with slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.made: set[str] = set()
        self.changed = 0
        self._known_folders: set[Path] = set()

    def write(self, path: str, content: bytes) -> bool:
        """Whether the file changed; it appears only when it is complete. Raises OutputError."""
        self.made.add(path)
        target = self.root / path
        try:
            if target.is_file() and target.stat().st_size == len(content) and target.read_bytes() == content:
                return False
            if target.parent not in self._known_folders:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._known_folders.add(target.parent)
            partial = target.with_name(f".{target.name}.{os.getpid()}.part")
            partial.write_bytes(content)
            partial.replace(target)
        except OSError as error:
            raise OutputError(str(target), f"cannot be written: {error.strerror}") from None
        self.changed += 1
        return True

    def take(self, path: str, made: Path) -> bool:
        """Like `write`, with a file that was made on the same disk, which is moved and may be of any size."""
        self.made.add(path)
        target = self.root / path
        try:
            if target.is_file() and filecmp.cmp(target, made, shallow=False):
                made.unlink()
                return False
            target.parent.mkdir(parents=True, exist_ok=True)
            made.replace(target)
        except OSError as error:
            raise OutputError(str(target), f"cannot be written: {error.strerror}") from None
        self.changed += 1
        return True

    def keep(self, paths: Iterable[str]) -> None:
        """Says of files that another process wrote, or that were written before, that they still belong to the site."""
        self.made.update(paths)

    def before(self) -> Iterator[str]:
        """The files that the site consisted of when it was last complete."""
        known = self.root / LIST
        if known.is_file():
            yield from known.read_text(encoding="utf-8").splitlines()

    def finish(self) -> int:
        """Removes what the site no longer has; how many files that is. Raises OutputError."""
        gone = [path for path in self.before() if path not in self.made]
        for path in gone:
            file = self.root / path
            file.unlink(missing_ok=True)
            for folder in file.parents:
                if folder == self.root or any(folder.iterdir()):
                    break
                folder.rmdir()
        (self.root / LIST).write_text("".join(f"{path}\n" for path in sorted(self.made)), encoding="utf-8")
        return len(gone)
