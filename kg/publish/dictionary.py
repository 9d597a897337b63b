"""What explains the files: a dictionary of the columns (CSV on the Web), a README in plain words, how to cite."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from kg.pages.about_dataset import LICENCE
from kg.pages.addresses import LANGUAGES
from kg.pages.phrases import phrases
from kg.pages.site import Site
from kg.publish import tables
from kg.publish.files import File, citation, in_six, measured
from kg.publish.folder import Folder
from kg.publish.tables import Column, Table
from kg.publish.versions import Release

_DATATYPES: Mapping[str, Any] = {
    "string": "string",
    "category": "string",
    "iri": "anyURI",
    "date": {"base": "date", "format": "yyyy-MM-dd"},
    "integer": "integer",
    "boolean": {"base": "boolean", "format": "true|false"},
}
_README = """\
{title}
Release {version}, {issued}

{unofficial}
{licence}
  {address}

What is in the files

unkg.nq.gz            all statements as N-Quads, each document a named graph
unkg.trig.gz          the same as TriG, easier to read for people
nodes, edges          documents and citations, as .csv.gz and .parquet: the network, one citation a row, each with the
                      paragraph it stands in (clause), what that paragraph does (act) and the citing words (words)
unsettled             citations whose document could not be settled, with the candidates or the reason
clauses.parquet       the paragraphs, with their words in Arabic, English, Spanish, French, Russian and Chinese where
                      the texts themselves are held
unkg-csv.zip          nodes, edges and unsettled as .csv, with this file and the dictionary of the columns
ORGAN/YEAR…           the same of the documents of one organ and one year
csv-metadata.json     the dictionary of the columns (CSV on the Web): name, meaning, type
SHA256SUMS            checksums; `sha256sum -c SHA256SUMS` checks all files that lie beside it

How the tables hang together

edges.citing and edges.cited hold what nodes.symbol holds. A row of edges is one citation by one paragraph: a document
that cites another in three paragraphs has three rows. nodes.held is false for documents that are only cited: of these
no more is known than their symbols say. Names (iri) are those of the graph.

R        edges <- read.csv("edges.csv.gz"); nodes <- read.csv("nodes.csv.gz")
         library(igraph); g <- graph_from_data_frame(edges[c("citing", "cited", "act")], vertices = nodes)
Python   pandas.read_csv("edges.csv.gz"), pandas.read_parquet("edges.parquet")
Gephi    File, Import spreadsheet: nodes.csv with symbol renamed to Id, edges.csv with citing and cited renamed to
         Source and Target
Excel    The files are UTF-8 without a byte order mark. Data, From Text/CSV, 65001: Unicode (UTF-8)

How to cite

{citation}
"""
_CITATION = """\
cff-version: 1.2.0
message: "If you use this dataset, please cite it as below, and name the United Nations as the source of the texts."
type: dataset
title: "{title}"
version: "{version}"
date-released: {day}
license: CC-BY-4.0
url: "{address}"
authors:
  - name: "{publisher}"
keywords:
{keywords}
"""


def explained(site: Site, folder: Folder, release: Release) -> list[File]:
    """Writes the dictionary, the README and the citation."""
    made = {
        "csv-metadata.json": (table_metadata(site, release), "file_dictionary"),
        "README.txt": (readme(site, release), "file_readme"),
        "CITATION.cff": (citation_file(site, release), "file_citation"),
    }
    for name, (content, _) in made.items():
        folder.write(f"downloads/{name}", content)
    return [measured(folder, f"downloads/{name}", what) for name, (_, what) in made.items()]


def readme(site: Site, release: Release) -> bytes:
    """What is in the files, in plain words."""
    say = phrases("dataset", "en")
    text = _README.format(
        title=say["title"],
        version=release.version,
        issued=release.issued[:10],
        unofficial=say["unofficial"],
        licence=say["licence"],
        address=LICENCE,
        citation=citation(site, release.version, release.issued),
    )
    others = [code for code in LANGUAGES if code != "en"]
    said = (f"{phrases('dataset', code)['title']}\n{phrases('dataset', code)['unofficial']}\n" for code in others)
    return "\n".join((text, *said)).encode()


def citation_file(site: Site, release: Release) -> bytes:
    """The citation as CITATION.cff."""
    say = phrases("dataset", "en")
    return _CITATION.format(
        title=say["title"],
        version=release.version,
        day=release.issued[:10],
        address=site.address or f"{site.names.base}dataset",
        publisher=say["publisher"],
        keywords="\n".join(f"  - {word.strip()}" for word in say["keywords"].split(";")),
    ).encode()


def table_metadata(site: Site, release: Release) -> bytes:
    """The dictionary of the columns, as CSV on the Web has it: beside the unpacked tables it describes them."""
    about = {
        "@context": "http://www.w3.org/ns/csvw",
        "@id": f"{site.names.base}dataset",
        "dc:title": [{"@value": text, "@language": code} for code, text in in_six("title").items()],
        "dc:description": [{"@value": text, "@language": code} for code, text in in_six("description").items()],
        "dc:rights": [{"@value": text, "@language": code} for code, text in in_six("unofficial").items()],
        "dc:license": {"@id": LICENCE},
        "dc:source": "United Nations",
        "dc:bibliographicCitation": citation(site, release.version, release.issued),
        "dc:creator": f"unkg {version('unkg')}",
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "tables": [_table(site, table) for table in (tables.NODES, tables.EDGES, tables.UNSETTLED)],
    }
    return (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()


def _table(site: Site, table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {
        "url": f"{table.name}.csv",
        "dc:description": [{"@value": text, "@language": code} for code, text in in_six(f"file_{table.name}").items()],
        "tableSchema": {
            "columns": [_column(site, column, table) for column in table.columns],
            "primaryKey": list(table.key),
        },
    }
    if table is tables.EDGES:
        found["tableSchema"]["foreignKeys"] = [
            {"columnReference": [name], "reference": {"resource": "nodes.csv", "columnReference": ["symbol"]}}
            for name in ("citing", "cited")
        ]
    return found


def _column(site: Site, column: Column, table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "titles": [column.name],
        "dc:title": [{"@value": text, "@language": code} for code, text in labels(site, column).items()],
        "dc:description": {"@value": column.note, "@language": "en"},
        "datatype": _DATATYPES[column.kind],
        "required": column.name in table.key,
    }
    if column.means:
        found["propertyUrl"] = column.means
    return found


def labels(site: Site, column: Column) -> Mapping[str, str]:
    """What a column is called, by language: as the store's ontology calls its property, or in words of
    our own."""
    named = site.labels.all(column.means) if column.means else {}
    if named:
        return {code: named[code] for code in LANGUAGES if code in named}
    key = "col_title" if column.name.startswith("title_") else f"col_{column.name}"
    # A store that was built long ago does not know the newest properties.
    return in_six(key) if key in phrases("dataset", "en") else {"en": column.note}
