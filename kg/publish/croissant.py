"""schema.org and Croissant: the dataset for search engines and for programs that load tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from kg.pages.about_dataset import LICENCE, dataset_jsonld
from kg.pages.about_dataset import in_six as in_six_literals
from kg.pages.addresses import LANGUAGES
from kg.pages.phrases import phrases
from kg.pages.site import Site
from kg.publish.changes import home, version_name
from kg.publish.files import File, citation, in_six
from kg.publish.folder import Folder
from kg.publish.tables import Column
from kg.publish.versions import State
from kg.publish.void import dataset_name

CROISSANT = "http://mlcommons.org/croissant/1.1"
_GZIP = "application/gzip"
_TYPES: Mapping[str, str] = {
    "string": "sc:Text",
    "category": "sc:Text",
    "iri": "sc:URL",
    "date": "sc:Date",
    "integer": "sc:Integer",
    "boolean": "sc:Boolean",
}
_CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def released_jsonld(site: Site, state: State, files: Iterable[File]) -> dict[str, Any]:
    """The dataset as schema.org has it, with its release and the files of the whole."""
    release = state.latest
    return {
        **dataset_jsonld(site),
        "version": release.version,
        "sameAs": version_name(site.names, release.version),
        "datePublished": state.releases[0].issued,
        "dateModified": release.issued,
        "citation": citation(site, release.version, release.issued),
        "distribution": [_download(site, file) for file in files if file.part is None],
    }


def croissant(site: Site, folder: Folder, state: State, files: Iterable[File]) -> None:
    """Writes the description of the tables: what programs for machine learning and data portals load them by."""
    text = json.dumps(described(site, state, list(files)), ensure_ascii=False, indent=1) + "\n"
    folder.write("croissant.json", text.encode())


def described(site: Site, state: State, files: list[File]) -> dict[str, Any]:
    """The Parquet and CSV files of the whole, and the columns of each table."""
    release, say = state.latest, phrases("dataset", "en")
    whole = [file for file in files if file.part is None and file.table is not None]
    unofficial = in_six("unofficial")
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CROISSANT,
        "@id": dataset_name(site),
        "name": "unkg",
        "alternateName": list(in_six("title").values()),
        "description": {code: f"{text} {unofficial[code]}" for code, text in in_six("description").items()},
        "license": LICENCE,
        "url": f"{home(site)}index.html",
        "version": release.version,
        "datePublished": state.releases[0].issued,
        "dateModified": release.issued,
        "citeAs": _bibtex(site, state),
        "creator": {"@type": "Organization", "name": say["publisher"]},
        "publisher": {"@type": "Organization", "name": say["publisher"]},
        "keywords": [word.strip() for word in say["keywords"].split(";")],
        "inLanguage": list(LANGUAGES),
        "isLiveDataset": False,
        "distribution": [_file_object(site, file) for file in whole],
        "recordSet": [_record_set(file) for file in whole if file.path.endswith(".parquet")],
    }


def _file_object(site: Site, file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": in_six(file.what),
        "contentUrl": home(site) + quote(file.path) if site.address else file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": _GZIP if file.packed else "application/x-parquet",
        "sha256": file.sha256,
    }


def _record_set(file: File) -> dict[str, Any]:
    table = file.table
    assert table is not None
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": in_six(f"file_{table.name}"),
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_field(column, table.name, file.name) for column in table.columns],
    }


def _field(column: Column, table: str, file: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": column.note,
        "dataType": _TYPES[column.kind],
        "source": {"fileObject": {"@id": file}, "extract": {"column": column.name}},
    }
    if column.name in ("citing", "cited", "symbol") and table != "nodes":
        found["references"] = {"field": {"@id": "nodes/symbol"}}
    if column.means:
        found["equivalentProperty"] = column.means
    return found


def _download(site: Site, file: File) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": in_six_literals(file.what),
        "contentUrl": home(site) + quote(file.path),
        "encodingFormat": [file.media, _GZIP] if file.packed else file.media,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
        "license": LICENCE,
    }


def _bibtex(site: Site, state: State) -> str:
    say, release = phrases("dataset", "en"), state.latest
    return (
        f"@misc{{unkg, author = {{{say['publisher']}}}, title = {{{say['title']}}}, year = {{{release.issued[:4]}}}, "
        f"version = {{{release.version}}}, url = {{{site.address or dataset_name(site)}}}}}"
    )
