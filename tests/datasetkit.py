"""Small sites of our own documents: their dataset published, and published again after something changed.

A test module takes the fixtures with `pytest_plugins = ["tests.datasetkit"]`. (PYTEST_DONT_REWRITE: it is imported by
name as well.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.build import build
from kg.pages import Site, open_site
from kg.publish.dataset import Dataset, dataset, workshop
from kg.publish.downloads import contents, orders
from kg.publish.folder import Folder
from kg.publish.packing import pack
from tests.buildkit import WORDS, marked_up, write

ADDRESS = "https://example.org/un/"
ENDPOINT = "https://example.org/un/sparql"


@dataclass(frozen=True, slots=True)
class Published:
    """A site and the folder that its dataset was published into."""

    site: Site
    folder: Path
    made: Dataset

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()


def texts(seed: Path) -> dict[str, bytes]:
    """The document that ships, one in six languages that another cites, and one more."""
    six = {f"one.{code}.xml": marked_up("90/1", code) for code in WORDS}
    return {
        seed.name: seed.read_bytes(),
        **six,
        "two.en.xml": marked_up("90/2", cites="90/1"),
        "three.fr.xml": marked_up("91/3", "fr", cites="90/1"),
    }


def publish(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    address: str = ADDRESS,
    release: str | None = None,
    issued: str | None = None,
    backwards: bool = False,
) -> Published:
    """Builds a store of these texts and publishes its dataset into `folder`/site; `backwards`, the last document is
    packed first."""
    build([write(folder / "texts", files)], folder / "store", jobs=1)
    site = open_site(folder / "store", address=address, endpoint=ENDPOINT if address else "")
    into = Folder(folder / "site")
    made = offer(site, into, release=release, issued=issued, backwards=backwards)
    into.finish()
    return Published(site, folder / "site", made)


def offer(
    site: Site, folder: Folder, *, release: str | None = None, issued: str | None = None, backwards: bool = False
) -> Dataset:
    """Packs every document of a site, and writes what is made of that."""
    with workshop(folder) as work:
        wanted = orders(site, work)
        packed = [pack(site, order) for order in (wanted[::-1] if backwards else wanted)]
        return dataset(site, folder, contents(site, work, packed), release=release, issued=issued)


@pytest.fixture(scope="session")
def offered(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """To be read, never written."""
    return publish(tmp_path_factory.mktemp("published"), texts(seed))


def bytes_of(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
