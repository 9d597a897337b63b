"""The page of downloads: every file with its size, what its columns mean, the releases and how to follow them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kg.model import Language
from kg.pages.about_dataset import LICENCE
from kg.pages.addresses import DATA, LANGUAGES, MEDIA_TYPES, Address
from kg.pages.days import written
from kg.pages.numbers import grouped
from kg.pages.phrases import phrases
from kg.pages.rendering import render
from kg.pages.site import Site
from kg.publish import tables
from kg.publish.atom import feed_path
from kg.publish.changes import STREAM, counts, release_stem
from kg.publish.dataset import Dataset
from kg.publish.dcat import titles
from kg.publish.dictionary import labels
from kg.publish.files import CHECKSUMS, File, citation
from kg.publish.folder import Folder
from kg.publish.tables import Table
from kg.publish.versions import NO_DOCUMENT, Release
from kg.publish.years import Part

#: Releases that the page shows, the latest first; the feed tells of all.
RELEASES = 20
#: Documents that the page of a release names, of each kind of change.
LISTED = 400
_MEGABYTE = 1_000_000
_COMMA = ("es", "fr", "ru")
_DESCRIPTIONS = (
    ("VoID", "void.ttl"),
    ("DCAT 3 (Turtle)", "dataset.ttl"),
    ("DCAT 3 (JSON-LD)", "dataset.jsonld"),
    ("Croissant 1.1", "croissant.json"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as the page shows it."""

    path: str
    name: str
    contents: str
    size: str
    entries: str


def downloads_pages(site: Site, folder: Folder, made: Dataset) -> None:
    """Writes the page, and those of the releases, in each language."""
    for language in LANGUAGES:
        folder.write(Address("downloads", language).path, downloads_page(site, made, language))
    release_pages(site, folder, made)


def downloads_page(site: Site, made: Dataset, language: Language) -> bytes:
    """The page in one language."""
    say, release = phrases("dataset", language), made.state.latest
    whole = [file for file in made.files if file.part is None]
    return render(
        site,
        "downloads.html",
        stem="downloads",
        language=language,
        section="dataset",
        description=say["description"],
        licence=LICENCE,
        issued=_issued(release, language),
        citation=citation(site, release.version, release.issued),
        statements=[_shown(site, file, language) for file in whole if not _tabular(file)],
        tables=[_shown(site, file, language) for file in sorted(whole, key=_order) if _tabular(file)],
        columns={f"{table.name}": _columns(site, table, language) for table in tables.TABLES},
        parts=_parts(made, site, language),
        checksums=CHECKSUMS,
        feed=feed_path(language),
        stream=STREAM,
        descriptions=_DESCRIPTIONS,
        releases=[
            (each.version, written(each.issued[:10], language), counts(each))
            for each in made.state.releases[: -RELEASES - 1 : -1]
        ],
        gone=[each for symbol, each in made.state.withdrawn.items() if not symbol.startswith(NO_DOCUMENT)],
    )


def _issued(release: Release, language: str) -> Markup:
    """Which release it is and of when; a version would run the wrong way in Arabic."""
    version = Markup('<bdi dir="ltr">{}</bdi>').format(release.version)
    said = Markup.escape(phrases("dataset", language)["version_now"])
    return said.format(version=version, day=written(release.issued[:10], language))


def size(count: int, language: str) -> str:
    """A size as people read it: 12.3 MB, 12,3 Mo."""
    say = phrases("dataset", language)
    large = count >= _MEGABYTE
    unit, number = ("megabytes", count / _MEGABYTE) if large else ("kilobytes", max(count, 100) / 1000)
    shown = f"{number:.1f}"
    return say[unit].format(number=shown.replace(".", ",") if language in _COMMA else shown)


def release_pages(site: Site, folder: Folder, made: Dataset) -> None:
    """Writes a page for each release, with what it changed, and one at the name of the dataset that leads on."""
    for language in LANGUAGES:
        target = Address("downloads", language).path
        onward = render(site, "onward.html", stem="dataset", language=language, section="dataset", target=target)
        folder.write(Address("dataset", language).path, onward)
        for release in made.state.releases:
            content = _release_page(site, made, release, language)
            folder.write(Address(release_stem(release), language).path, content)


def _release_page(site: Site, made: Dataset, release: Release, language: Language) -> bytes:
    documents = {
        kind: [each.symbol for each in release.of(kind) if not each.symbol.startswith(NO_DOCUMENT)]
        for kind in ("added", "changed", "withdrawn")
    }
    return render(
        site,
        "release.html",
        stem=release_stem(release),
        language=language,
        section="dataset",
        release=release,
        day=written(release.issued[:10], language),
        counts=counts(release),
        documents={kind: symbols[:LISTED] for kind, symbols in documents.items()},
        known=lambda symbol: symbol in made.state.withdrawn or symbol in made.state.graphs,
        stream=STREAM,
        data_forms=tuple((form, MEDIA_TYPES[form]) for form in DATA),
        crumbs=(("downloads", phrases("site", language)["downloads"]), ("", release.version)),
    )


def _tabular(file: File) -> bool:
    return file.table is not None or file.what in ("file_zip", "file_dictionary")


def _order(file: File) -> tuple[bool, int, str]:
    """What spreadsheets open, then table by table, then the dictionary."""
    table = tables.TABLES.index(file.table) if file.table else -1 if file.what == "file_zip" else len(tables.TABLES)
    return (file.part is not None, table, file.path)


def _shown(site: Site, file: File, language: str) -> Shown:
    entries = "" if file.entries is None else grouped(file.entries, language)
    return Shown(file.path, file.name, titles(site, file)[language], size(file.size, language), entries)


def _columns(site: Site, table: Table, language: str) -> list[tuple[str, str, str]]:
    """The name of each column, what it is called in the language, and the kind of its values."""
    say = phrases("dataset", language)
    return [
        (column.name, labels(site, column).get(language, column.note), say[f"type_{column.kind}"])
        for column in table.columns
    ]


def _parts(made: Dataset, site: Site, language: str) -> Mapping[str, Sequence[Mapping[str, Shown | str]]]:
    """The files of each year by organ, the latest year first."""
    say = phrases("dataset", language)
    found: dict[Part, dict[str, Shown | str]] = {}
    for file in made.files:
        if file.part is not None:
            kind = "statements" if file.table is None else file.table.name
            year = str(file.part.year or say["undated"])
            found.setdefault(file.part, {"year": year})[kind] = _shown(site, file, language)
    by_organ: dict[str, list[Mapping[str, Shown | str]]] = {}
    for part, shown in sorted(found.items(), key=lambda each: (each[0].organ, -(each[0].year or 0))):
        by_organ.setdefault(part.organ, []).append(shown)
    return by_organ
