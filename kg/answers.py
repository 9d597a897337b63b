"""What a query gives: rows, or triples; as Python values, data frames, rdflib graphs, and every usual file format."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from kg.errors import FormatError

if TYPE_CHECKING:
    import pandas
    import rdflib

Value = str | int | float | bool | datetime.date | None
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WIDEST_CELL = 60


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: `rows` in the query's order, each with one Python value a column.

    IRIs and texts are str, xsd:date is datetime.date, numbers are int or float; None is unbound. An ill-formed literal
    stays the str that it is.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    _json: bytes

    @classmethod
    def from_json(cls, results: bytes) -> Rows:
        """From SPARQL 1.1 Query Results JSON."""
        solutions = cast("ox.QuerySolutions", ox.parse_query_results(results, ox.QueryResultsFormat.JSON))
        columns = tuple(variable.value for variable in solutions.variables)
        rows = tuple(tuple(_value(term) for term in solution) for solution in solutions)
        return cls(columns, rows, results)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Mapping[str, Value]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __getitem__(self, index: int) -> Mapping[str, Value]:
        return dict(zip(self.columns, self.rows[index], strict=True))

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame with one column a variable; needs pandas (pip install unkg[pandas])."""
        import pandas

        return pandas.DataFrame(list(self.rows), columns=list(self.columns))

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(f"<tr>{''.join(f'<td>{escape(_shown(v))}</td>' for v in row)}</tr>" for row in self.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def text(self, form: str) -> str:
        """The rows in one of ROW_FORMATS; raises FormatError for another."""
        if form not in ROW_FORMATS:
            raise FormatError(form, f"does not fit rows; choose one of {', '.join(ROW_FORMATS)}")
        return ROW_FORMATS[form](self)


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to a CONSTRUCT or DESCRIBE."""

    triples: tuple[ox.Triple, ...]

    def __len__(self) -> int:
        return len(self.triples)

    def to_rdflib(self) -> rdflib.Graph:
        """An rdflib graph of its own."""
        import rdflib

        return rdflib.Graph().parse(data=self.text("nt"), format="nt")

    def text(self, form: str) -> str:
        """The triples in one of GRAPH_FORMATS; raises FormatError for another."""
        if form not in GRAPH_FORMATS:
            raise FormatError(form, f"does not fit triples; choose one of {', '.join(GRAPH_FORMATS)}")
        written = ox.serialize(self.triples, format=GRAPH_FORMATS[form], prefixes=PREFIXES)
        return (written or b"").decode()


#: Prefixes of every RDF file we write.
PREFIXES = {
    "unkg": "https://w3id.org/unkg/ontology#",
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sdg": "http://metadata.un.org/sdg/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": _XSD,
}

#: RDF formats by the ending of their files; ttl shows a graph as a table would show rows.
GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "table": ox.RdfFormat.TURTLE,
}


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return str(term.value) if isinstance(term, ox.NamedNode) else str(term)
    convert = _CONVERT.get(term.datatype.value.removeprefix(_XSD))
    try:
        return convert(term.value) if convert else term.value
    except ValueError:
        return term.value


_CONVERT: Mapping[str, Callable[[str], Value]] = {
    "date": lambda text: datetime.datetime.strptime(text, "%Y-%m-%d").date(),
    "integer": lambda text: int(_lexical(text, r"[+-]?\d+")),
    "nonNegativeInteger": lambda text: int(_lexical(text, r"\+?\d+")),
    "decimal": lambda text: float(_lexical(text, r"[+-]?(?:\d+\.?\d*|\.\d+)")),
    "double": float,
    "boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}[_lexical(text, "true|false|1|0")],
}


def _lexical(text: str, pattern: str) -> str:
    """The text, where it is written as its datatype demands; Python would take more (1_000)."""
    if not re.fullmatch(pattern, text):
        raise ValueError(text)
    return text


def _shown(value: Value) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _table(rows: Rows) -> str:
    """Columns set apart by spaces; what is wider than a line can show ends in an ellipsis."""
    cells = [list(rows.columns), *([_cut(_shown(value)) for value in row] for row in rows.rows)]
    widths = [max(_width(line[n]) for line in cells) for n in range(len(rows.columns))]
    lines = ["  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(line, widths, strict=True)) for line in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    if _width(text) <= _WIDEST_CELL:
        return text
    while _width(text) >= _WIDEST_CELL:
        text = text[: min(len(text) - 1, _WIDEST_CELL)]
    return f"{text}…"


def _width(text: str) -> int:
    """Columns on the screen: Chinese characters take two."""
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _separated(rows: Rows, delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows([_shown(value) for value in row] for row in rows.rows)
    return out.getvalue()


def _objects(rows: Rows) -> str:
    def plain(value: Value) -> Any:
        return value.isoformat() if isinstance(value, datetime.date) else value

    objects = [{column: plain(value) for column, value in row.items() if value is not None} for row in rows]
    return json.dumps(objects, ensure_ascii=False, indent=1) + "\n"


def _sparql_xml(rows: Rows) -> str:
    solutions = cast("ox.QuerySolutions", ox.parse_query_results(rows._json, ox.QueryResultsFormat.JSON))
    return (solutions.serialize(format=ox.QueryResultsFormat.XML) or b"").decode()


ROW_FORMATS: Mapping[str, Callable[[Rows], str]] = {
    "table": _table,
    "csv": lambda rows: _separated(rows, ","),
    "tsv": lambda rows: _separated(rows, "\t"),
    "json": _objects,
    "srj": lambda rows: rows._json.decode() + "\n",
    "srx": _sparql_xml,
}
