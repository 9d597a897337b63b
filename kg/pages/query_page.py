"""The query page: ready questions as forms, an editor for SPARQL, and what a browser needs to complete and to name."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox
from markupsafe import Markup

from kg import questions, resources
from kg.pages import addresses, vendor
from kg.pages.phrases import phrases
from kg.pages.rendering import Here, direction, render
from kg.pages.site import Site
from kg.questions import Question
from kg.uris import ONTOLOGY, SDG

STEM = "query"
#: The scripts of the page, in the order in which they need each other.
SCRIPTS = ("terms", "form", "editor", "table", "chart", "graph", "page")
#: Things that answers name, by the beginning of their names below the base.
_NAMED = ("act", "body", "event", "group", "instrument", "qualifier")
#: What questions are about, in the order of the list; and what most people come for.
_SCOPES = ("document", "body", "goal", "registry", "collection")
_FIRST = ("cites", "cited-by", "tasks-of-body", "most-cited")
#: What the editor begins with.
_START = f"""\
PREFIX unkg: <{ONTOLOGY}>
SELECT ?document ?adopted WHERE {{
  ?document a unkg:Resolution ; unkg:adopted ?adopted
}}
ORDER BY DESC(?adopted)
LIMIT 20"""
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_OWL = "http://www.w3.org/2002/07/owl#"
_KINDS = {
    f"{_OWL}Class": "class",
    f"{_OWL}ObjectProperty": "property",
    f"{_OWL}DatatypeProperty": "property",
}


def page(site: Site, language: str) -> bytes:
    """The page in a language."""
    here = Here(site, STEM, language)
    return render(
        site,
        "query.html",
        stem=STEM,
        language=language,
        section="query",
        description=phrases("query", language)["description"],
        endpoint=endpoint(site, here),
        editor=here.file(f"assets/vendor/{vendor.bundle('codemirror').file}"),
        scripts=[here.file(f"assets/query-{name}.js") for name in SCRIPTS],
        style=here.file("assets/query.css"),
        asked=[(question.name, phrases("questions", language)[question.name]) for question in shown()],
        known=embedded(known(site, language)),
    )


def endpoint(site: Site, here: Here) -> str:
    """Where the page asks: at the endpoint that the site names, else beside itself."""
    return site.endpoint or here.file("sparql")


def known(site: Site, language: str) -> Mapping[str, Any]:
    """What the scripts of the page know: phrases, questions, what can be completed, and what things are called."""
    return {
        "language": language,
        "direction": direction(language),
        "base": site.names.base,
        "ontology": ONTOLOGY,
        "sdg": SDG,
        "mark": "" if language == addresses.DEFAULT else f"@{language}",
        "say": dict(phrases("query", language)),
        "columns": dict(phrases("columns", language)),
        "questions": [asked(question, language) for question in shown()],
        "start": _START,
        "prefixes": prefixes(),
        "terms": list(terms(site, language)),
        "names": dict(names(site, language)),
    }


def shown() -> list[Question]:
    """The shipped questions as the page lists them: those about one document first, those about the data last."""
    found = questions.all_questions().values()
    scopes = [*_SCOPES, *sorted({each.scope for each in found} - set(_SCOPES))]
    return sorted(found, key=lambda each: (scopes.index(each.scope), each.name not in _FIRST, each.name))


def asked(question: Question, language: str) -> Mapping[str, Any]:
    """A shipped question in the language of the page, with the values of its sample."""
    sample = dict(value.split("=", 1) for value in shlex.split(question.sample) if "=" in value)
    columns = phrases("columns", language)
    return {
        "name": question.name,
        "asks": phrases("questions", language)[question.name],
        "parameters": [
            {
                "name": parameter.name,
                "kind": parameter.kind,
                "optional": parameter.optional,
                "label": columns[parameter.name],
                "sample": language if parameter.name == "language" else sample.get(parameter.name, ""),
            }
            for parameter in question.parameters
        ],
        "sparql": _without_header(question.sparql),
    }


def _without_header(sparql: str) -> str:
    """The query alone: what its header says stands in the form."""
    return re.sub(r"\A(#[^\n]*\n)+", "", sparql)


def prefixes() -> Mapping[str, str]:
    """The prefixes of the data, as its JSON-LD context declares them."""
    path = resources.root() / "ontology" / "context.jsonld"
    context = json.loads(path.read_text(encoding="utf-8"))["@context"]
    return {
        key: value
        for key, value in context.items()
        if isinstance(value, str) and value.endswith(("#", "/")) and not key.startswith("@")
    }


def terms(site: Site, language: str) -> Iterator[Mapping[str, str]]:
    """Classes and properties that the editor completes: those of the ontology, and of other vocabularies those that
    the data use."""
    found = dict(_declared(site))
    for iri, kind in _borrowed():
        if iri not in found and _used(site, iri, kind):
            found[iri] = kind
    known_prefixes = prefixes()
    for iri, kind in sorted(found.items()):
        label = site.labels.find(iri, language)
        yield {"name": _short(iri, known_prefixes), "kind": kind, "label": label.text if label else ""}


def _declared(site: Site) -> Iterator[tuple[str, str]]:
    graph = ox.NamedNode(site.names.vocabulary)
    for owl, kind in _KINDS.items():
        for quad in site.graph.oxigraph.quads_for_pattern(None, _TYPE, ox.NamedNode(owl), graph):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(ONTOLOGY):
                yield quad.subject.value, kind


def _borrowed() -> Iterator[tuple[str, str]]:
    """Terms of other vocabularies, as the JSON-LD context uses them; a class begins with a capital."""
    path = resources.root() / "ontology" / "context.jsonld"
    known_prefixes = prefixes()
    for value in json.loads(path.read_text(encoding="utf-8"))["@context"].values():
        name = value.get("@id", "") if isinstance(value, dict) else str(value)
        prefix, colon, local = name.partition(":")
        if colon and local and prefix in known_prefixes:
            yield known_prefixes[prefix] + local, "class" if local[0].isupper() else "property"


def _used(site: Site, iri: str, kind: str) -> bool:
    node = ox.NamedNode(iri)
    pattern = (None, _TYPE, node) if kind == "class" else (None, node, None)
    return next(iter(site.graph.oxigraph.quads_for_pattern(*pattern)), None) is not None


def _short(iri: str, known_prefixes: Mapping[str, str]) -> str:
    prefix = max((key for key, start in known_prefixes.items() if iri.startswith(start)), key=len)
    return f"{prefix}:{iri.removeprefix(known_prefixes[prefix])}"


def names(site: Site, language: str) -> Iterator[tuple[str, str]]:
    """What the things of the registries are called, by the end of their names: body/cstd, sdg/17.6."""
    for iri in site.labels.iris():
        if iri.startswith(SDG):
            target = f"sdg/{iri.removeprefix(SDG)}"
        else:
            target = iri.removeprefix(site.names.base)
            if target.partition("/")[0] not in _NAMED:
                continue
        label = site.labels.find(iri, language)
        if label is not None:
            yield target, label.text


def embedded(values: object) -> Markup:
    """JSON that can stand in a page: nothing in it ends the element that holds it."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704
