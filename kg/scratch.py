"""The folder for what is written out for the time of a run; it goes with the process that made it.

A process that is killed leaves its folder behind: the next one removes it, as nobody holds its lock any more.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from kg.errors import OutputError

_PREFIX = "unkg-"
_LOCK = "lock"


@cache
def folder() -> Path:
    """The folder of this process; raises OutputError where there can be none."""
    tidy()
    try:
        return _made()
    except OSError as error:
        raise OutputError("the folder for temporary files", f"cannot be written: {error}; name one in TMPDIR") from None


def _made() -> Path:
    made = Path(tempfile.mkdtemp(prefix=_PREFIX))
    # Open as long as this process lives, with those that it starts.
    lock = os.open(made / f"{_LOCK}.new", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    # It has its name only when it is locked, so that nobody takes the folder for one that was left.
    (made / f"{_LOCK}.new").rename(made / _LOCK)
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def tidy() -> None:
    """Removes the folders of processes that are no more."""
    with contextlib.suppress(OSError):
        for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
            _remove(left)


def _remove(left: Path) -> None:
    # Those of other people cannot be opened for writing, those of processes at work cannot be locked.
    with contextlib.suppress(OSError), left.open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left.parent, ignore_errors=True)
