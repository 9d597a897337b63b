"""The parts of a site, each made by whichever process is free: pages with their data, and files that stand alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Protocol

from kg import pages
from kg.pages import Site, addresses, rendering
from kg.pages.addresses import LANGUAGES, Address
from kg.publish.dataset import dataset
from kg.publish.downloads import Contents, orders
from kg.publish.folder import Folder
from kg.publish.packing import Order, Packed, pack
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
class Made:
    """The files of a part that belong to the site, how many of them changed, and the graphs that were packed."""

    paths: Sequence[str]
    changed: int
    packed: Packed | None


class Part(Protocol):
    """What one process writes before it takes another; as long as there are pages or documents in it."""

    def __len__(self) -> int: ...

    def write(self, site: Site, folder: Folder, settings: Settings) -> Packed | None:
        """Writes the files, and tells what was packed on the way."""
        ...


@dataclass(frozen=True, slots=True)
class Documents:
    """The pages of documents that are held, whose graphs are packed on the way, so that each is read once."""

    order: Order

    def __len__(self) -> int:
        return len(self.order)

    def write(self, site: Site, folder: Folder, _: Settings) -> Packed:
        return pack(site, self.order, also=lambda symbol: _write(site, folder, pages.stems_of_document(site, symbol)))


@dataclass(frozen=True, slots=True)
class Pages:
    """Any other pages, by their stems."""

    stems: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.stems)

    def write(self, site: Site, folder: Folder, _: Settings) -> None:
        _write(site, folder, self.stems)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Downloads of what was packed, descriptions of the dataset, feeds."""

    packed: Contents

    def __len__(self) -> int:
        return 1

    def write(self, site: Site, folder: Folder, settings: Settings) -> None:
        release, issued = settings.release or None, settings.issued or None
        made = dataset(site, folder, self.packed, release=release, issued=issued)
        downloads_pages(site, folder, made)
        release_pages(site, folder, made)


@dataclass(frozen=True, slots=True)
class Output:
    """Files that stand alone, by the name of what makes them."""

    name: str

    def __len__(self) -> int:
        return 1

    def write(self, site: Site, folder: Folder, _: Settings) -> None:
        for path, content in OUTPUTS[self.name](site):
            folder.write(path, content)


def _redirects(site: Site) -> Iterator[tuple[str, bytes]]:
    """What servers need to know."""
    found = redirect_files(base=site.names.base, address=site.address)
    return ((path, text.encode()) for path, text in found.items())


def _assets(_: Site) -> Iterator[tuple[str, bytes]]:
    """Styles, scripts and what else pages need."""
    for path in sorted(rendering.ASSETS.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"assets/{path.relative_to(rendering.ASSETS).as_posix()}", path.read_bytes()


#: What the search reads, what pages load beside their assets, other spellings of names …; what takes longest first.
OUTPUTS: Mapping[str, Callable[[Site], Iterable[tuple[str, bytes]]]] = {
    "search": search_files,
    "beside": pages.files,
    "redirects": _redirects,
    "stubs": stubs,
    "assets": _assets,
}


def documents(site: Site, work: Path) -> list[Part]:
    """The documents held; their graphs are packed into files in `work`."""
    return [Documents(order) for order in orders(site, work)]


def others(site: Site) -> list[Part]:
    """Everything else that a site consists of, but for the dataset, which is made of what was packed; what takes
    longest comes first."""
    held = {work.symbol for work in site.catalogue.works()}
    cited = (symbol for symbol in pages.documents(site) if symbol not in held)
    stems = [*pages.other_stems(site), *chain.from_iterable(pages.stems_of_document(site, each) for each in cited)]
    return [
        *map(Output, OUTPUTS),
        *(Pages(tuple(stems[at : at + _AT_ONCE])) for at in range(0, len(stems), _AT_ONCE)),
    ]


def make(settings: Settings, part: Part) -> Made:
    """Writes a part into the folder."""
    folder = Folder(Path(settings.folder))
    packed = part.write(_site(settings), folder, settings)
    return Made(sorted(folder.made), folder.changed, packed)


@lru_cache(maxsize=1)
def _site(settings: Settings) -> Site:
    """Each process opens the store once."""
    return pages.open_site(settings.store, address=settings.address, endpoint=settings.endpoint)


def _write(site: Site, folder: Folder, stems: Iterable[str]) -> None:
    """The pages of these stems, and the data where they are of a thing."""
    for stem in stems:
        for path, content in _files(site, stem):
            folder.write(path, content)


def _files(site: Site, stem: str) -> Iterator[tuple[str, bytes]]:
    for language in LANGUAGES:
        path = Address(stem, language).path
        content = pages.page(site, path)
        if content is not None:
            yield path, content
    loaded = pages.script(site, f"{stem}.js")
    if loaded is not None:
        yield f"{stem}.js", loaded
    links = pages.linkset(site, f"{stem}.linkset")
    if links is not None:
        yield f"{stem}.linkset", links
    for form in addresses.DATA:
        content = pages.data_file(site, f"{stem}.{form}")
        if content is not None:
            yield f"{stem}.{form}", content
