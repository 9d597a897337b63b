"""What `unkg publish` wrote and is not made on request: downloads, feeds, descriptions of the dataset, tombstones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kg.errors import ServerError
from kg.pages.site import Site
from kg.publish.changes import tombstone
from kg.publish.folder import LIST, Folder
from kg.publish.media import MEDIA_TYPES
from kg.publish.versions import Withdrawn, withdrawn
from kg.serve.messages import Response, digest, packed

#: A file that is larger is sent piece by piece, and not kept.
SMALL = 1_000_000
_AT_ONCE = 1 << 20
#: Files without an ending.
_BARE = {".well-known/void": MEDIA_TYPES["ttl"]}
#: What is packed already.
_AS_IT_IS = ("gz", "xz", "zst", "zip", "parquet", "png", "ico", "woff2", "wasm")


class PublishedSite:
    """A folder that `unkg publish` wrote; nothing outside the list of its files is ever sent."""

    def __init__(self, folder: Path) -> None:
        self._folder = Folder(folder)
        if not (folder / LIST).is_file():
            raise ServerError(str(folder), f"holds no site; publish one first: unkg publish {folder}")
        self._read: tuple[int, frozenset[str], Mapping[str, Withdrawn]] | None = None

    @property
    def root(self) -> Path:
        return self._folder.root

    def holds(self, path: str) -> bool:
        """Whether the site has a file of that path."""
        return path in self._state()[0]

    def file(self, path: str) -> Response | None:
        """A file of the site by its path, None where it has none; a large one is read to tag it."""
        if not self.holds(path):
            return None
        file = self.root / path
        try:
            state = file.stat()
            return _response(file, path, state.st_mtime_ns, state.st_size)
        except OSError:
            return None

    def withdrawn(self, symbol: str) -> Withdrawn | None:
        """What became of a document that was published once, None where it still is or never was."""
        return self._state()[1].get(symbol)

    def _state(self) -> tuple[frozenset[str], Mapping[str, Withdrawn]]:
        """The paths of the files, and what was withdrawn; read again when the site was published again."""
        try:
            changed = (self.root / LIST).stat().st_mtime_ns
        except OSError:
            changed = 0
        if self._read is None or self._read[0] != changed:
            gone = {each.symbol: each for each in withdrawn(self._folder)}
            self._read = (changed, frozenset(self._folder.before()), gone)
        return self._read[1], self._read[2]


def described(site: Site, gone: Withdrawn, form: str) -> bytes:
    """What is said of a document that was withdrawn, as ttl, jsonld or nt."""
    return tombstone(site, gone).forms()[form]


@lru_cache(maxsize=512)
def _response(file: Path, path: str, changed: int, size: int) -> Response:
    """The file with a tag of its contents and the second in which it was changed; its body is left out where it is
    large, or is sent as it lies there, any part of it alone where that is wanted."""
    ending = path.rpartition(".")[2]
    media = _BARE.get(path) or MEDIA_TYPES.get(ending, "application/octet-stream")
    headers, modified = (("Cache-Control", "no-cache"),), changed // 1_000_000_000
    if size > SMALL or ending in _AS_IT_IS:
        return Response(200, b"", media, headers, _tag(file), file=file, modified=modified)
    body = file.read_bytes()
    return Response(200, b"", media, headers, digest(body), packed(body), modified=modified)


def _tag(file: Path) -> str:
    """As `digest`, without ever holding more of the file than a piece."""
    told = hashlib.blake2b(digest_size=12)
    with file.open("rb") as opened:
        while block := opened.read(_AT_ONCE):
            told.update(block)
    return told.hexdigest()
