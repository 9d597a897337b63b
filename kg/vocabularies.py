"""Vocabularies of the United Nations that do not ship: fetched into a folder of the user's, and read from there.

data/vocabularies.toml says where each lies and on what terms. A folder that holds some has a manifest with the size and
SHA-256 of each file, so that one that was changed or cut short is not taken for what was fetched.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import shutil
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg import resources
from kg.errors import FetchError, OutputError, UnreadableSource
from kg.uris import ONTOLOGY, SDG

_MANIFEST = "manifest.json"
_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
_SUBJECT = "http://purl.org/dc/terms/subject"
_THESAURUS = "http://metadata.un.org/thesaurus/"
_OFFICIAL = ox.NamedNode(f"{ONTOLOGY}officialLabel")

_ATTEMPTS = 3
_SECONDS = 60
_MOST_BYTES = 300_000_000
_PIECE = 1 << 16
#: What a server answers that may do better when it is asked again.
_LATER = (408, 425, 429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One that can be fetched: `pattern` is what its file may be called, `least` how many labels it must hold."""

    name: str
    title: str
    address: str
    pattern: str
    source: str
    terms: str
    least: int = 0
    sha256: str | None = None

    @property
    def file(self) -> str:
        """The name of its file in a folder of vocabularies."""
        return f"{self.name}.ttl"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A vocabulary in a folder: where it came from, its size in bytes, its SHA-256 and how many labels it holds."""

    name: str
    file: str
    origin: str
    size: int
    sha256: str
    labels: int


@cache
def available() -> tuple[Vocabulary, ...]:
    """Every vocabulary that can be fetched."""
    table = tomllib.loads((resources.root() / "data" / "vocabularies.toml").read_text(encoding="utf-8"))
    return tuple(Vocabulary(**entry) for entry in table["vocabulary"])


def default_folder() -> Path:
    """Where vocabularies are kept unless a folder is named: UNKG_VOCABULARY, or a folder among the user's data."""
    if named := os.environ.get("UNKG_VOCABULARY"):
        return Path(named)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "unkg" / "vocabulary"


def fetch(
    folder: Path,
    wanted: Iterable[Vocabulary],
    *,
    origin: Path | None = None,
    mirror: str | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Fetched]:
    """Gets each vocabulary into the folder, from its address, from `mirror` with its file's name behind it, or from
    the file or folder `origin` that was downloaded before. A file takes its place only when it was found whole.

    Raises FetchError, UnreadableSource and OutputError; what was got before stays.
    """
    for each in wanted:
        partial = folder / f".{each.file}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if origin is not None:
                came_from = _copy(_downloaded(each, origin), partial)
            else:
                own = each.address.rpartition("/")[2]
                came_from = _download(f"{mirror.rstrip('/')}/{own}" if mirror else each.address, partial, pause)
            found = _checked(each, came_from, partial)
            partial.replace(folder / each.file)
            _note(folder, found)
        except OSError as error:
            raise OutputError(str(folder), f"cannot be written: {error.strerror or error}") from None
        finally:
            partial.unlink(missing_ok=True)
        yield found


def held(folder: Path) -> tuple[Fetched, ...]:
    """What the folder holds, in the order of names; raises UnreadableSource where a file is not what was fetched."""
    try:
        entries = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        found = tuple(Fetched(**entries[name]) for name in sorted(entries))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError) as error:
        raise UnreadableSource(str(folder / _MANIFEST), f"is no manifest of vocabularies ({error})") from None
    for each in found:
        path = folder / each.file
        if not path.is_file() or _digest(path) != each.sha256:
            raise UnreadableSource(str(path), "is missing or was changed; fetch it again: unkg vocab fetch")
    return found


def statements(folder: Path) -> Iterator[ox.Triple]:
    """What the folder's vocabularies say, for a graph: the thesaurus as it is, and of Goals and targets the official
    labels and their subjects. Our own labels stay the preferred ones, so an official one is no skos:prefLabel."""
    for each in held(folder):
        for triple in _triples(folder / each.file):
            subject, predicate = triple.subject, triple.predicate.value
            if not isinstance(subject, ox.NamedNode) or isinstance(triple.object, ox.BlankNode):
                continue
            if subject.value.startswith(_THESAURUS) or (subject.value.startswith(SDG) and predicate == _SUBJECT):
                yield triple
            elif subject.value.startswith(SDG) and predicate == _LABEL:
                yield ox.Triple(subject, _OFFICIAL, triple.object)


def _downloaded(vocabulary: Vocabulary, origin: Path) -> Path:
    """The file of the vocabulary among those downloaded before, the last by name where there are several."""
    if origin.is_file() and origin.match(vocabulary.pattern):
        return origin
    names = (vocabulary.pattern, vocabulary.file)
    found: Sequence[Path] = sorted(path for name in names for path in origin.glob(name)) if origin.is_dir() else ()
    if not found:
        raise UnreadableSource(str(origin), f"holds no {vocabulary.pattern}, the {vocabulary.title}")
    return found[-1]


def _copy(path: Path, to: Path) -> str:
    shutil.copyfile(path, to)
    return str(path)


def _download(address: str, to: Path, pause: Callable[[float], None]) -> str:
    """Writes what the address gives to the file, asking again where that may help; raises FetchError."""
    if not address.startswith(("https://", "http://")):
        raise FetchError(address, "is no address of the web; expected https:// or http://")
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            headers = {"User-Agent": "unkg", "Accept": "text/turtle, */*"}
            request = urllib.request.Request(address, headers=headers)  # noqa: S310  # only http and https come here
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer, to.open("wb") as out:  # noqa: S310
                _write(answer, out, address)
            return address
        except urllib.error.HTTPError as error:
            problem, final = f"answered {error.code} {error.reason}", error.code not in _LATER
        except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            problem, final = f"cannot be reached: {getattr(error, 'reason', None) or error}", False
        if final or attempt == _ATTEMPTS:
            break
        pause(2.0**attempt)
    raise FetchError(address, f"{problem}; download it by other means and name it: unkg vocab fetch --from PATH")


def _write(answer: http.client.HTTPResponse, out: IO[bytes], address: str) -> None:
    size = 0
    while piece := answer.read(_PIECE):
        size += out.write(piece)
        if size > _MOST_BYTES:
            raise FetchError(address, f"gives more than {_MOST_BYTES:,} bytes; no vocabulary is as large")
    promised = answer.headers.get("Content-Length")
    if promised is not None and size != int(promised):
        raise ConnectionError(f"gave {size:,} of {int(promised):,} bytes")


def _checked(vocabulary: Vocabulary, origin: str, path: Path) -> Fetched:
    """The file as fetched; raises FetchError where it is not the vocabulary, or not the version that is known."""
    digest = _digest(path)
    if vocabulary.sha256 and digest != vocabulary.sha256:
        raise FetchError(origin, f"has SHA-256 {digest}; expected {vocabulary.sha256} of the {vocabulary.title}")
    try:
        labels = sum(triple.predicate.value == _LABEL for triple in _triples(path))
    except UnreadableSource as error:
        raise FetchError(origin, error.what) from None
    if labels < vocabulary.least:
        raise FetchError(
            origin, f"holds {labels} labels; expected at least {vocabulary.least} of the {vocabulary.title}"
        )
    return Fetched(vocabulary.name, vocabulary.file, origin, path.stat().st_size, digest, labels)


def _triples(path: Path) -> Iterator[ox.Triple]:
    try:
        with path.open("rb") as file:
            for quad in ox.parse(file, ox.RdfFormat.TURTLE, lenient=True):
                yield quad.triple
    except SyntaxError as error:
        raise UnreadableSource(str(path), f"is no Turtle: {error}") from None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _note(folder: Path, found: Fetched) -> None:
    """Enters the file in the folder's manifest."""
    path = folder / _MANIFEST
    entries = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    text = json.dumps({**entries, found.name: asdict(found)}, ensure_ascii=False, indent=1, sort_keys=True)
    partial = path.with_suffix(".part")
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(path)
