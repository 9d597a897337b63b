"""The dataset side of a publication: everything but the pages, made of documents that were packed one by one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg import query
from kg.errors import OutputError
from kg.pages.site import Site
from kg.publish.about import about
from kg.publish.atom import atom
from kg.publish.changes import change_feed
from kg.publish.croissant import croissant
from kg.publish.dcat import dcat
from kg.publish.downloads import Contents, downloads
from kg.publish.files import File
from kg.publish.folder import Folder
from kg.publish.tombstones import tombstones
from kg.publish.versions import State, released, remember, state
from kg.publish.void import Figures, figures, void

_WORKSHOP = ".making-"
_ALIASES = query.PROLOGUE + (
    "SELECT ?alias ?symbol { ?document unkg:hasVersion ?version ; unkg:alias ?alias ; unkg:symbol ?symbol }"
)


@dataclass(frozen=True, slots=True)
class Dataset:
    """What was published: the files, the releases up to now, and what SPARQL counts."""

    files: tuple[File, ...]
    state: State
    figures: Figures


def dataset(
    site: Site, folder: Folder, held: Contents, *, release: str | None = None, issued: str | None = None
) -> Dataset:
    """Writes the downloads of what was packed, the descriptions of the dataset, and the feeds of what changed.

    `release` names the version, `issued` says when it was made (a day or a time in UTC); without, both follow from what
    the store holds. Raises OutputError.
    """
    now = released(state(folder), held.graphs, name=release, issued=issued, aliases=_aliases(site))
    files = tuple(downloads(site, folder, held, about(site, now), now.latest))
    counted = figures(site.graph)
    void(site, folder, counted, ("downloads/unkg.nq.gz", "downloads/unkg.trig.gz"))
    dcat(site, folder, now, files)
    croissant(site, folder, now, files)
    change_feed(site, folder, now)
    atom(site, folder, now)
    tombstones(site, folder, now)
    # Last, so that what is remembered was published.
    remember(folder, now)
    return Dataset(files, now, counted)


@contextmanager
def workshop(folder: Folder) -> Iterator[Path]:
    """A folder for what is not finished, on the same disk as the site. Raises OutputError."""
    try:
        folder.root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(str(folder.root), f"cannot be made: {error.strerror}") from None
    try:
        # What a process that was killed left behind.
        for left in folder.root.glob(f"{_WORKSHOP}*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=folder.root, prefix=_WORKSHOP) as work:
            yield Path(work)
    except OSError as error:
        raise OutputError(str(folder.root), f"cannot be written: {error.strerror}") from None


def _aliases(site: Site) -> Mapping[str, str]:
    """The documents held by what else they are called."""
    return {str(row["alias"]): str(row["symbol"]) for row in query.rows(site.graph, _ALIASES)}
