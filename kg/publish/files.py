"""The files that the dataset is offered as, and what each of them says of its source, licence and citation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from kg.pages.about_dataset import LICENCE
from kg.pages.addresses import LANGUAGES
from kg.pages.phrases import phrases
from kg.pages.site import Site
from kg.publish.folder import Folder
from kg.publish.tables import Table
from kg.publish.years import Part

CHECKSUMS = "downloads/SHA256SUMS"
MEDIA = {
    "nq": "application/n-quads",
    "trig": "application/trig",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
    "json": "application/csvm+json",
    "txt": "text/plain",
    "cff": "application/yaml",
}
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class File:
    """One file of the dataset. `what` is the phrase that says what it holds; `entries` are its statements or rows;
    `part` is the organ and year that it is of, None where it is of the whole; `table` is the table that it holds."""

    path: str
    size: int
    sha256: str
    what: str
    entries: int | None = None
    part: Part | None = None
    table: Table | None = None

    @property
    def name(self) -> str:
        """The path seen from the folder of downloads."""
        return self.path.removeprefix("downloads/")

    @property
    def packed(self) -> bool:
        return self.path.endswith(".gz")

    @property
    def media(self) -> str:
        """The media type of what is in the file, once it is unpacked."""
        return MEDIA[self.path.removesuffix(".gz").rpartition(".")[2]]


def measured(
    folder: Folder,
    path: str,
    what: str,
    *,
    entries: int | None = None,
    part: Part | None = None,
    table: Table | None = None,
) -> File:
    """A file of the folder with its size and checksum."""
    digest, size = hashlib.sha256(), 0
    with (folder.root / path).open("rb") as file:
        while block := file.read(_AT_ONCE):
            digest.update(block)
            size += len(block)
    return File(path, size, digest.hexdigest(), what, entries, part, table)


def checksums(folder: Folder, files: Iterable[File]) -> None:
    """Writes the checksums as `sha256sum -c` reads them."""
    lines = (f"{file.sha256}  {file.name}\n" for file in sorted(files, key=lambda file: file.name))
    folder.write(CHECKSUMS, "".join(lines).encode())


def damaged(folder: Folder) -> list[str]:
    """The files that are not what their checksums say, or are not there: what `sha256sum -c` would complain of."""
    wrong = []
    for line in (folder.root / CHECKSUMS).read_text(encoding="utf-8").splitlines():
        told, _, name = line.partition("  ")
        path = f"downloads/{name}"
        if not (folder.root / path).is_file() or measured(folder, path, "").sha256 != told:
            wrong.append(name)
    return wrong


def citation(site: Site, version: str, issued: str) -> str:
    """How the dataset is to be cited, in one line."""
    say = phrases("dataset", "en")
    where = site.address or f"{site.names.base}dataset"
    return f"{say['publisher']} ({issued[:4]}). {say['title']}. Release {version}. {where}"


def comment(site: Site) -> bytes:
    """What stands above the statements of a file: source, licence, and where more is said."""
    say = phrases("dataset", "en")
    lines = [say["title"], say["description"], say["unofficial"], say["licence"], LICENCE, f"{site.names.base}dataset"]
    return "".join(f"# {line}\n" for line in lines).encode()


def in_six(key: str) -> dict[str, str]:
    """A phrase of the dataset in all languages."""
    return {code: phrases("dataset", code)[key] for code in LANGUAGES}
