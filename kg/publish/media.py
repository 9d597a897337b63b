"""The media types of files that a site holds, by the ending of the file; one list for every server."""

from __future__ import annotations

from collections.abc import Mapping

#: N-Triples, N-Quads, JSON and what is made of it are in UTF-8 always, and their types take no charset.
MEDIA_TYPES: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig; charset=utf-8",
    "rq": "application/sparql-query; charset=utf-8",
    "srj": "application/sparql-results+json",
    "json": "application/json",
    "linkset": "application/linkset+json",
    "jsonl": "application/jsonl",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "atom": "application/atom+xml; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "graphml": "application/xml; charset=utf-8",
    "gexf": "application/xml; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "ico": "image/vnd.microsoft.icon",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "wasm": "application/wasm",
    "woff2": "font/woff2",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "gz": "application/gzip",
    "xz": "application/x-xz",
    "zst": "application/zstd",
    "zip": "application/zip",
    "sha256": "text/plain; charset=utf-8",
}

#: What a server may send packed by gzip where NAME.gz lies beside NAME.
PACKED = ("html", "ttl", "jsonld", "nt", "nq", "trig", "json", "csv", "tsv", "xml", "atom", "svg", "css", "js", "txt")


def type_alone(ending: str) -> str:
    """The media type without its charset."""
    return MEDIA_TYPES[ending].partition(";")[0]
