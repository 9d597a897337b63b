"""Writes the static site: a page for every thing in six languages, its data beside it, and the dataset as a whole.

The same bytes for the same store, wherever and whenever it is made; a file is touched only where its bytes change.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack

from kg import pages
from kg.pool import Progress, as_done
from kg.publish import made_of, parts
from kg.publish.dataset import workshop
from kg.publish.downloads import contents
from kg.publish.folder import Folder
from kg.publish.packing import Packed
from kg.publish.parts import Settings
from kg.publish.sitemap import sitemap
from kg.publish.stubs import stubs


@dataclass(frozen=True, slots=True)
class Published:
    """How many files the site has, how many of them were written, and how many were removed."""

    folder: Path
    files: int
    changed: int
    removed: int


class Wishes(TypedDict, total=False):
    """What a site is for. `address` is where it will lie (https://example.org/un/): feeds, sitemap and canonical links
    need it. `endpoint` is the address of a SPARQL endpoint that pages may name. `release` names the version of the
    dataset, and `issued` says when it was made (a day or a time in UTC), which both follow from the store otherwise."""

    address: str
    endpoint: str
    release: str
    issued: str


def publish(
    path: str | Path,
    folder: str | Path,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    **wishes: Unpack[Wishes],
) -> Published:
    """Writes the site of the store at `path` into `folder`, which may hold an earlier one; what else is in it stays.

    Wishes are address, endpoint, release, issued: see kg.publish.Wishes. Raises StoreMissing, OutputError.
    """
    settings = Settings(str(path), str(folder), **wishes)
    site_folder, made = Folder(Path(folder)), made_of.made_of(Path(path), **wishes)
    if made_of.told(Path(folder)) == made:
        before = list(site_folder.before())
        if before and all((Path(folder) / each).is_file() for each in before):
            return Published(Path(folder), len(before), 0, 0)
    site = pages.open_site(path, address=settings.address, endpoint=settings.endpoint)
    with workshop(site_folder) as work:
        made_of.forget(Path(folder))
        _write(site, site_folder, settings, work, jobs=jobs, progress=progress)
    sitemap(site, site_folder, sorted(site_folder.made.difference(path for path, _ in stubs(site))))
    removed = site_folder.finish()
    # Where the store was built anew meanwhile, some pages are of the one state, some of the other.
    if made_of.made_of(Path(path), **wishes) == made:
        made_of.tell(Path(folder), made)
    return Published(Path(folder), len(site_folder.made), site_folder.changed, removed)


def _write(
    site: pages.Site, folder: Folder, settings: Settings, work: Path, *, jobs: int, progress: Progress | None
) -> None:
    """Everything but the sitemap. The documents held come first, as the dataset is made of what is packed with them."""
    written = partial(_written, folder, settings, jobs=jobs)
    first, rest = parts.documents(site, work), parts.others(site)
    held = sum(map(len, first))
    total = held + sum(map(len, rest)) + 1
    packed = list(written(first, progress=_shifted(progress, 0, total)))
    dataset = parts.Dataset(contents(site, work, packed))
    deque(written([dataset, *rest], progress=_shifted(progress, held, total)), maxlen=0)


def _written(
    folder: Folder, settings: Settings, these: Sequence[parts.Part], *, jobs: int, progress: Progress | None
) -> Iterator[Packed]:
    """Writes these parts, and gives what was packed on the way, as it is done."""
    make = partial(parts.make, settings)
    for made in as_done(these, make, jobs=jobs, progress=progress):
        folder.keep(made.paths)
        folder.changed += made.changed
        if made.packed:
            yield made.packed


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    """Tells of tasks as of a part of more, before which others were done."""
    return progress and (lambda done, _: progress(before + done, total))
