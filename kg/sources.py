"""Paths → the places of documents: files, folders of them, and archives, which are read without unpacking.

A place is small and can be sent to another process, which loads the bytes there. The places of one work, its language
versions, stand together, so that one task is one work.
"""

from __future__ import annotations

import gzip
import hashlib
import lzma
import re
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

from kg import languages, scratch, symbols
from kg.errors import OutputError, UnreadableSource
from kg.model import Source

#: What is looked for in a folder or an archive; a file that is named is read whatever its name.
READABLE = (".txt", ".md", ".xml")
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz")
#: For messages.
EXPECTED = " or ".join((*READABLE, *ARCHIVES))


def _gzip(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path))


def _lzma(path: Path) -> IO[bytes]:
    return lzma.open(path)


_PACKED: dict[str, Callable[[Path], IO[bytes]]] = {".gz": _gzip, ".tgz": _gzip, ".xz": _lzma, ".txz": _lzma}

_WORK = re.compile(rb'<FRBRWork>.{0,300}?<FRBRuri value="([^"]+)"', re.DOTALL)
_COVER = re.compile(rb"<coverPage.{0,1500}?<docNumber[^>]*>([^<]+)<", re.DOTALL)
#: The metadata of a file with a long vote stands before its cover.
_SNIFFED = 65_536
#: By which a path says what language its file is in: a suffix .fr, a folder French, a name that ends in _F or F.
_FOLDERS = {"arabic": "ar", "english": "en", "spanish": "es", "french": "fr", "russian": "ru", "chinese": "zh"}


class Place(NamedTuple):
    """Where a document lies: a file; a member of a zip; or a member of a tar, `size` bytes from `offset` on, in `plain`
    where the tar is a packed one that was written out.

    `problem` says why an archive cannot be opened; what it holds is then left out and the others are read. `digest` is
    that of the contents, where it was asked for. `data` are the contents themselves, where they came from a machine
    that this one cannot look at; `path` is then what that machine calls the file.
    """

    name: str
    path: str
    member: str | None = None
    offset: int = 0
    size: int = -1
    plain: str | None = None
    problem: str | None = None
    digest: str = ""
    data: bytes | None = None

    @property
    def shown(self) -> str:
        """The place as a person would look it up."""
        return f"{self.path}:{self.member}" if self.member else self.path

    def load(self) -> Source:
        """The document's bytes; raises UnreadableSource where they cannot be read."""
        return Source(name=self.name, data=self._bytes(), language=self.claimed)

    @property
    def claimed(self) -> str | None:
        """The language that its name, or the folder that it lies in, claims."""
        return _claimed(self.member or self.name, self.path)

    def _bytes(self, size: int | None = None) -> bytes:
        if self.problem is not None:
            raise UnreadableSource(self.path, self.problem)
        if self.data is not None:
            return self.data if size is None else self.data[:size]
        try:
            if self.member is not None and self.size < 0:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
                    return file.read() if size is None else file.read(size)
            with Path(self.plain or self.path).open("rb") as file:
                file.seek(self.offset)
                wanted = self.size if size is None else size if self.size < 0 else min(size, self.size)
                return file.read(wanted)
        except IsADirectoryError:
            raise UnreadableSource(self.path, "is a folder; name the files in it, or build from the folder") from None
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            problem = getattr(error, "strerror", None) or str(error)
            raise UnreadableSource(self.path, problem.lower()) from None

    def work(self) -> str:
        """By what the versions of one work are known before they are read: the symbol on the cover, or the name that
        the file gives the work, else the file's own name without its language."""
        try:
            return self._work(self._bytes(_SNIFFED))
        except UnreadableSource:
            return self.name

    def looked_at(self) -> tuple[str, Place]:
        """What `work` gives, and the place with the digest of what lies there; of all that is there when it cannot be
        read, the digest is empty."""
        try:
            data = self._bytes()
        except UnreadableSource:
            return self.name, self
        return self._work(data[:_SNIFFED]), self._replace(digest=f"sha256:{hashlib.sha256(data).hexdigest()}")

    def _work(self, start: bytes) -> str:
        for pattern in (_COVER, _WORK):
            if found := pattern.search(start):
                spelling = found[1].decode("utf-8", errors="replace")
                symbol = symbols.find(spelling)
                return symbols.right_way_round(symbol).text if symbol else spelling
        stem = re.split(r"\.(?=[a-z]{2,3}(?:\.|$))", self.name, maxsplit=1)[0]
        symbol = symbols.find(stem.replace("_", "/"))
        return symbol.text if symbol else self.name


def works(paths: Iterable[str | Path], *, digests: bool = False) -> list[tuple[Place, ...]]:
    """The places of all documents under the paths, those of one work together, in the order of their names; with a
    digest of the contents of each where that is asked for."""
    groups: dict[str, list[Place]] = {}
    for place in places(paths):
        name, found = place.looked_at() if digests else (place.work(), place)
        groups.setdefault(name, []).append(found)
    return [tuple(group) for group in groups.values()]


def places(paths: Iterable[str | Path]) -> Iterator[Place]:
    """Each document under the paths once: the files named, those in the folders named, and those in archives. A README
    describes the others and is none."""
    for file in files(paths):
        yield from _unpacked(file)


def files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """The files named, whether they are there or not, and those in the folders named that can be read, each once."""
    seen: set[Path] = set()
    for path in map(Path, paths):
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in found:
            wanted = not path.is_dir() or (file.is_file() and _readable(file.name))
            if wanted and file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def carried(path: str, data: bytes) -> Iterator[Place]:
    """The documents of one file of another machine, which calls it `path`, each with its contents and their digest;
    none where nobody looks for a document in a file of such a name."""
    name = path.rsplit("/", 1)[-1]
    if not _readable(name):
        return
    if not name.lower().endswith(ARCHIVES):
        yield Place(name, path, data=data).looked_at()[1]
        return
    with tempfile.TemporaryDirectory(prefix="unkg-") as folder:
        file, plain = Path(folder) / name, Path(folder) / "plain.tar"
        file.write_bytes(data)
        opener = _PACKED.get(file.suffix.lower())
        try:
            if opener is not None:
                with opener(file) as packed, plain.open("wb") as out:
                    shutil.copyfileobj(packed, out, 1 << 20)
        except (gzip.BadGzipFile, EOFError, lzma.LZMAError, zlib.error) as error:
            yield Place(name, path, problem=f"is no archive that can be read ({error})").looked_at()[1]
            return
        for place in _unpacked(file if opener is None else plain):
            yield _carried(place, path)


def _carried(place: Place, path: str) -> Place:
    """The place with its contents, in the file that another machine calls `path`."""
    try:
        data, problem = place.load().data, None
    except UnreadableSource as error:
        data, problem = None, error.what
    name = place.name if place.member else path.rsplit("/", 1)[-1]
    return Place(name, path, place.member, problem=problem, data=data).looked_at()[1]


def source(path: Path) -> Source:
    """The file as a source; a name like A_RES_76_213.zh.txt claims a language."""
    return Place(path.name, str(path)).load()


def _readable(name: str) -> bool:
    return name.lower().endswith((*READABLE, *ARCHIVES)) and Path(name).stem != "README"


def _unpacked(file: Path) -> Iterator[Place]:
    name = file.name.lower()
    if not name.endswith(ARCHIVES) or file.is_dir():
        yield Place(file.name, str(file))
        return
    try:
        yield from _zip(file) if name.endswith(".zip") else _tar(file)
    except (OSError, EOFError, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile) as error:
        yield Place(file.name, str(file), problem=f"is no archive that can be read ({error})")


def _zip(file: Path) -> Iterator[Place]:
    with zipfile.ZipFile(file) as archive:
        for member in sorted(archive.namelist()):
            if _readable(member) and not member.lower().endswith(ARCHIVES):
                yield Place(Path(member).name, str(file), member)


def _tar(file: Path) -> Iterator[Place]:
    """The members of a tar by where they stand in it; a compressed one is first written out plain to a folder for the
    time of the run, as nothing inside it can be found without reading all before it."""
    opener = _PACKED.get(file.suffix.lower())
    plain = file if opener is None else _written_out(file, opener)
    with tarfile.open(plain) as archive:
        members = [member for member in archive if member.isfile() and _readable(member.name)]
    for member in sorted(members, key=lambda member: member.name):
        if not member.name.lower().endswith(ARCHIVES):
            written = None if opener is None else str(plain)
            yield Place(Path(member.name).name, str(file), member.name, member.offset_data, member.size, written)


def _written_out(file: Path, opener: Callable[[Path], IO[bytes]]) -> Path:
    """A compressed tar as a plain one; it is written once as long as it stays the same."""
    state = file.stat()
    same = (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
    if same not in _plain:
        plain = scratch.folder() / f"{len(_plain)}-{file.stem}"
        with opener(file) as packed:
            _copy(packed, plain)
        _plain[same] = plain
    return _plain[same]


#: What was written out, by what tells one state of a file from another.
_plain: dict[tuple[int, ...], Path] = {}


def _copy(packed: IO[bytes], plain: Path) -> None:
    """Raises OutputError where there is no room: that is no fault of the archive."""
    with plain.open("wb") as out:
        while chunk := packed.read(1 << 20):
            try:
                out.write(chunk)
                out.flush()
            except OSError as error:
                plain.unlink()
                what = f"has no room for what is in an archive ({error.strerror}); name another folder in TMPDIR"
                raise OutputError(str(plain.parent), what) from None


def _claimed(name: str, path: str) -> str | None:
    """The language that the name of a file, or the folder it lies in, claims."""
    suffixes = [suffix.removeprefix(".") for suffix in Path(name).suffixes]
    claimed = next((suffix for suffix in suffixes if suffix in languages.available()), None)
    folders = Path(name).parent.parts or Path(path).parent.parts[-1:]
    return claimed or next((_FOLDERS[each.lower()] for each in folders if each.lower() in _FOLDERS), None)
