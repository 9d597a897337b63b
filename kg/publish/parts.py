"""The parts of a site, each made by whichever process is free: pages with their data, and files that stand alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg import pages
from kg.pages import Site, addresses, rendering
from kg.pages.addresses import LANGUAGES, Address
from kg.publish.dataset import dataset
from kg.publish.folder import Folder
from kg.publish.page import downloads_pages, release_pages
from kg.publish.redirects import redirect_files
from kg.publish.search_index import search_files
from kg.publish.stubs import stubs

#: Pages that are made by one process before it takes others: those of about a hundred things.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site is made of and for."""

    store: str
    folder: str
    address: str = ""
    endpoint: str = ""
    release: str = ""
    issued: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Pages by their stems, or files that stand alone, by the name of what makes them."""

    stems: tuple[str, ...] = ()
    output: str = ""

    def __len__(self) -> int:
        return len(self.stems) or 1


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a part that belong to the site, and how many of them changed."""

    paths: Sequence[str]
    changed: int


#: Writes files that stand alone.
Output = Callable[[Site, Folder, Settings], None]


def _dataset(site: Site, folder: Folder, settings: Settings) -> None:
    """Downloads, descriptions of the dataset, feeds."""
    made = dataset(site, folder, release=settings.release or None, issued=settings.issued or None)
    downloads_pages(site, folder, made)
    release_pages(site, folder, made)


def _search(site: Site, folder: Folder, _: Settings) -> None:
    """What the search reads."""
    for path, content in search_files(site):
        folder.write(path, content)


def _beside(site: Site, folder: Folder, _: Settings) -> None:
    """What pages load beside their assets."""
    for path, content in pages.files(site):
        folder.write(path, content)


def _stubs(site: Site, folder: Folder, _: Settings) -> None:
    """Other spellings of names."""
    for path, content in stubs(site):
        folder.write(path, content)


def _redirects(site: Site, folder: Folder, _: Settings) -> None:
    """What servers need to know."""
    for path, text in redirect_files(base=site.names.base, address=site.address).items():
        folder.write(path, text.encode())


def assets(_: Site, folder: Folder) -> None:
    """Styles, scripts and what else pages need."""
    for path in sorted(rendering.ASSETS.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            folder.write(f"assets/{path.relative_to(rendering.ASSETS).as_posix()}", path.read_bytes())


#: What takes longest comes first.
OUTPUTS: Mapping[str, Output] = {
    "dataset": _dataset,
    "search": _search,
    "beside": _beside,
    "redirects": _redirects,
    "stubs": _stubs,
    "assets": lambda site, folder, _: assets(site, folder),
}


def parts(site: Site) -> list[Part]:
    """Everything that a site consists of; what takes longest comes first, so that no process is left alone with it."""
    found = [Part(output=name) for name in OUTPUTS]
    stems = list(pages.stems(site))
    found.extend(Part(stems=tuple(stems[at : at + _AT_ONCE])) for at in range(0, len(stems), _AT_ONCE))
    return found


def make(settings: Settings, part: Part) -> Made:
    """Writes a part into the folder."""
    site, folder = _site(settings), Folder(Path(settings.folder))
    if part.output:
        OUTPUTS[part.output](site, folder, settings)
    for stem in part.stems:
        for path, content in _files(site, stem):
            folder.write(path, content)
    return Made(sorted(folder.made), folder.changed)


@lru_cache(maxsize=1)
def _site(settings: Settings) -> Site:
    """Each process opens the store once."""
    return pages.open_site(settings.store, address=settings.address, endpoint=settings.endpoint)


def _files(site: Site, stem: str) -> Iterator[tuple[str, bytes]]:
    """The pages of a stem, and its data where it is a thing's."""
    for language in LANGUAGES:
        path = Address(stem, language).path
        content = pages.page(site, path)
        if content is not None:
            yield path, content
    loaded = pages.script(site, f"{stem}.js")
    if loaded is not None:
        yield f"{stem}.js", loaded
    for form in addresses.DATA:
        content = pages.data_file(site, f"{stem}.{form}")
        if content is not None:
            yield f"{stem}.{form}", content
