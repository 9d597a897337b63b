"""What a site was made of: the store, the code and the settings. Where these are the same, so is every byte of it.

`unkg publish` leaves this in the folder when the site is complete, and takes it away before it writes anything there:
the bytes of the folder are those of the site only where this lies there before and after they are read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg import resources, store
from kg.errors import StoreMissing
from kg.manifest import FILE as MANIFEST
from kg.manifest import Manifest

#: Lies in the folder of a site that is complete.
FILE = ".unkg-site.json"
_PACKAGE = Path(__file__).parent.parent
#: What is not shipped, and what lies elsewhere in a checkout, makes no difference to a site.
_ELSEWHERE = ("__pycache__", "frontend", "_resources")
#: Whose versions show in the bytes, beside ours.
_WRITERS = ("unkg", "jinja2", "markupsafe", "pyarrow", "pyoxigraph")
#: What a store says of itself as a whole.
_FACTS = ("made_of", "official", "rules", "counts")


@dataclass(frozen=True, slots=True)
class MadeOf:
    """Digests of the store and of the code, and the settings; an address ends in a slash."""

    store: str
    code: str
    address: str = ""
    endpoint: str = ""
    release: str = ""
    issued: str = ""


def made_of(path: Path, *, address: str = "", endpoint: str = "", release: str = "", issued: str = "") -> MadeOf:
    """What a site of the store at `path` would be made of now; raises StoreMissing, also where it has no manifest."""
    whole = f"{address.rstrip('/')}/" if address else ""
    return MadeOf(_store(path), code(), whole, endpoint, release, issued)


def told(folder: Path) -> MadeOf | None:
    """What the site in the folder was made of, None where it is not complete, or was made by another version."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    names = {field.name for field in fields(MadeOf)}
    fits = isinstance(found, dict) and found.keys() == names and all(isinstance(each, str) for each in found.values())
    return MadeOf(**found) if fits else None


def tell(folder: Path, made: MadeOf) -> None:
    """Says of a site that is complete what it was made of."""
    partial = folder / f"{FILE}.part"
    partial.write_text(json.dumps(asdict(made), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    partial.replace(folder / FILE)


def forget(folder: Path) -> None:
    """Says of the site that it is being written, and may be incomplete."""
    (folder / FILE).unlink(missing_ok=True)


def _store(path: Path) -> str:
    file = store.current(path) / MANIFEST
    if not file.is_file():
        raise StoreMissing(str(path), f"has no manifest; build it again: unkg build --store {path}")
    with closing(Manifest(file)) as manifest:
        facts = {name: manifest.fact(name) for name in _FACTS}
        held = [sorted(manifest.every_batch()), sorted(manifest.works().items()), store.summary(path), facts]
    return hashlib.blake2b(json.dumps(held, sort_keys=True).encode(), digest_size=16).hexdigest()


@cache
def code() -> str:
    """A digest of all that makes pages, as it was when this process first asked: what is installed over it meanwhile
    is not what runs."""
    digest = hashlib.blake2b(digest_size=16)
    for top, path in _code():
        digest.update(f"{path.relative_to(top).as_posix()}\0".encode() + path.read_bytes())
    for name in _WRITERS:
        digest.update(f"{name} {_version(name)}\0".encode())
    return digest.hexdigest()


def _code() -> Iterator[tuple[Path, Path]]:
    """The files of the package, and those of ontology/, queries/ and data/registries that lie in it or beside it."""
    for top in (_PACKAGE, *(resources.root() / each for each in ("ontology", "queries", "data/registries"))):
        inside = (path for path in sorted(top.rglob("*")) if path.is_file())
        yield from ((top, path) for path in inside if not set(path.relative_to(top).parts) & {*_ELSEWHERE})


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
