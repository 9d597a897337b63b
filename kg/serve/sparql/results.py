"""Rows and triples in the formats of SPARQL 1.1, as far as the limits allow."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.answers import PREFIXES

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Sequence[Term | None]

#: Media types by the short names that `?format=` takes; the first is sent to whoever takes anything.
ROWS: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
GRAPHS: Mapping[str, str] = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
#: What else clients call these formats.
ALSO = {
    "application/json": ROWS["json"],
    "application/xml": ROWS["xml"],
    "text/xml": ROWS["xml"],
    "text/csv": ROWS["csv"],
    "text/tab-separated-values": ROWS["tsv"],
    "text/plain": GRAPHS["nt"],
    "application/x-turtle": GRAPHS["ttl"],
    "text/rdf+n3": GRAPHS["ttl"],
    "text/n3": GRAPHS["ttl"],
}
#: The formats by the names that the W3C gave them.
W3C_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
}
_OXIGRAPH = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_XMLNS = "http://www.w3.org/2005/sparql-results#"


def rows(form: str, variables: Sequence[str], found: Sequence[Row], *, cut: bool = False) -> bytes:
    """Rows in one of ROWS; where they are `cut`, formats that can say so do."""
    return _WRITERS[form](variables, found, cut).encode("utf-8", "replace")


def truth(form: str, yes: bool) -> bytes:
    """The answer to ASK; CSV and TSV have none of their own, and give the word."""
    word = str(yes).lower()
    if form == "json":
        return f'{{"head":{{}},"boolean":{word}}}\n'.encode()
    if form == "xml":
        return f'<?xml version="1.0"?>\n<sparql xmlns="{_XMLNS}"><head/><boolean>{word}</boolean></sparql>\n'.encode()
    return word.encode()


def graph(form: str, triples: Iterable[ox.Triple]) -> bytes:
    """Triples in one of GRAPHS, each once."""
    prefixes = None if form == "nt" else PREFIXES
    return ox.serialize(dict.fromkeys(triples), format=_OXIGRAPH[form], prefixes=prefixes) or b""


def _json(variables: Sequence[str], found: Sequence[Row], cut: bool) -> str:
    head: dict[str, Any] = {"vars": list(variables)}
    if cut:
        head["link"] = ["#cut"]
    bindings = [
        {name: _object(term) for name, term in zip(variables, row, strict=True) if term is not None} for row in found
    ]
    told = {"head": head, "results": {"bindings": bindings}}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def _object(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.Literal):
        if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        datatype = term.datatype.value
        if datatype == _XSD_STRING:
            return {"type": "literal", "value": term.value}
        return {"type": "literal", "value": term.value, "datatype": datatype}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _object(part) for name, part in parts.items()}}


def _xml(variables: Sequence[str], found: Sequence[Row], cut: bool) -> str:
    out = ['<?xml version="1.0"?>\n<sparql xmlns="', _XMLNS, '"><head>']
    out += [f"<variable name={quoteattr(name)}/>" for name in variables]
    out.append('<link href="#cut"/></head><results>' if cut else "</head><results>")
    for row in found:
        out.append("<result>")
        for name, term in zip(variables, row, strict=True):
            if term is not None:
                out += (f"<binding name={quoteattr(name)}>", _element(term), "</binding>")
        out.append("</result>")
    out.append("</results></sparql>\n")
    return "".join(out)


def _element(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_characters(term.value)}</uri>"
    if isinstance(term, ox.Literal):
        if term.language:
            return f"<literal xml:lang={quoteattr(term.language)}>{_characters(term.value)}</literal>"
        datatype = term.datatype.value
        kind = "" if datatype == _XSD_STRING else f" datatype={quoteattr(datatype)}"
        return f"<literal{kind}>{_characters(term.value)}</literal>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_characters(term.value)}</bnode>"
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return f"<triple>{''.join(f'<{name}>{_element(part)}</{name}>' for name, part in parts.items())}</triple>"


#: Characters that XML 1.0 cannot hold in any way, shown as the replacement character; a carriage return as itself.
_FOR_XML = {**dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\ufffd")}


def _characters(text: str) -> str:
    return escape(text.translate(_FOR_XML), {"\r": "&#13;"})


def _csv(variables: Sequence[str], found: Sequence[Row], _cut: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(variables)
    writer.writerows([_value(term) for term in row] for row in found)
    return out.getvalue()


def _value(term: Term | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value


def _tsv(variables: Sequence[str], found: Sequence[Row], _cut: bool) -> str:
    lines = ["\t".join(f"?{name}" for name in variables)]
    lines += ("\t".join("" if term is None else str(term) for term in row) for row in found)
    return "\n".join(lines) + "\n"


_WRITERS: Mapping[str, Callable[[Sequence[str], Sequence[Row], bool], str]] = {
    "json": _json,
    "xml": _xml,
    "csv": _csv,
    "tsv": _tsv,
}
