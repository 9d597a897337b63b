"""The questions that ship in queries/: SPARQL files whose header says what they ask and what they take.

Each parameter stands in its file as one line `VALUES ?name { … }` with a value that works, so that every file runs
unchanged in any SPARQL tool; `bind` puts another value there. An optional parameter may be left at that value.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg import nquads, registry, resources, symbols
from kg.errors import ParameterError, RuleError, SymbolError, UnknownQuestion
from kg.uris import BASE, Names


@dataclass(frozen=True, slots=True)
class Parameter:
    """`kind` says how a value is read: document, body, instrument, goal, act, integer, text, date."""

    name: str
    kind: str
    optional: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """One file of queries/; `row` is a row expected on the graph of A/RES/76/213 alone, or none and why."""

    name: str
    asks: str
    parameters: tuple[Parameter, ...]
    sample: str
    row: str
    scope: str
    sparql: str


_HEADER = re.compile(r"^# (?P<key>question|parameter|sample|row|scope): (?P<value>.+)$", re.MULTILINE)
_PARAMETER = re.compile(r"(?P<name>\w+) \((?P<kind>\w+)(?P<optional>, optional)?\) (?P<meaning>.+)")


@cache
def all_questions() -> Mapping[str, Question]:
    """Every question, by name."""
    return {path.stem: _read(path) for path in sorted(resources.questions().glob("*.rq"))}


def question(name: str) -> Question:
    """The question of that name; raises UnknownQuestion, which says which ones exist."""
    known = all_questions()
    if name not in known:
        close = difflib.get_close_matches(name, known, n=3)
        hint = f"did you mean {' or '.join(close)}? " if close else ""
        raise UnknownQuestion(name, f"no such question; {hint}there are: {', '.join(known)}")
    return known[name]


def bind(asked: Question, values: Mapping[str, str], names: Names) -> str:
    """The question as SPARQL with these values; raises ParameterError for a name that is unknown or missing, and for a
    value that cannot be read."""
    sparql = asked.sparql.replace(f"BASE <{BASE}>", f"BASE <{names.base}>")
    kinds = {parameter.name: parameter for parameter in asked.parameters}
    unknown = [name for name in values if name not in kinds]
    if unknown:
        raise ParameterError(asked.name, f"takes no parameter {unknown[0]}; it takes: {', '.join(kinds) or 'none'}")
    missing = [name for name, parameter in kinds.items() if name not in values and not parameter.optional]
    if missing:
        raise ParameterError(asked.name, f"needs {', '.join(missing)}; for example: {asked.sample}")
    for name, value in values.items():
        term = _term(asked, kinds[name], value, names)
        line = re.compile(rf"(?<=VALUES \?{name} {{)[^}}]*(?=}})")
        sparql = line.sub(f" {term} ".replace("\\", r"\\"), sparql, count=1)
    return sparql


def _term(asked: Question, parameter: Parameter, value: str, names: Names) -> str:
    try:
        return _TERMS[parameter.kind](value, names)
    except (ValueError, SymbolError) as error:
        raise ParameterError(asked.name, f"{parameter.name}={value}: {error}") from None


def _document(value: str, names: Names) -> str:
    return nquads.iri(names.document(symbols.parse(value).text))


def _registered(*prefixes: str) -> Callable[[str, Names], str]:
    """A thing of a registry, by the end of its name, its acronym or its full name in any language; a value that begins
    with a prefix (body/cstd) is taken as it is, for stores that know things our registries lack."""

    def term(value: str, names: Names) -> str:
        if value.startswith(tuple(f"{prefix}/" for prefix in prefixes)):
            return nquads.iri(names.named(value))
        known = next((f"{prefix}/{value}" for prefix in prefixes if registry.find(f"{prefix}/{value}")), None)
        return nquads.iri(names.named(known or _by_label(prefixes, value)))

    return term


def _by_label(prefixes: tuple[str, ...], value: str) -> str:
    wanted = value.casefold()
    entries = [entry for entry in registry.entries().values() if entry.target.partition("/")[0] in prefixes]
    for entry in entries:
        if any(label.casefold() == wanted for _, label in entry.names):
            return entry.target
    slugs = [entry.target.partition("/")[2] for entry in entries]
    close = difflib.get_close_matches(wanted, slugs, n=3, cutoff=0.5)
    raise ValueError(f"no such {prefixes[0]}" + (f"; close to it: {', '.join(close)}" if close else ""))


def _goal(value: str, names: Names) -> str:
    target = f"sdg/{value}"
    if registry.find(target) is None:
        raise ValueError("no Goal or target; expected 1 to 17, or a target such as 17.6 or 9.c")
    return nquads.iri(names.named(target))


def _act(value: str, names: Names) -> str:
    if value not in registry.acts():
        close = difflib.get_close_matches(value, registry.acts(), n=3, cutoff=0.4)
        raise ValueError(f"no such act; the closest are {', '.join(close) or 'none'}")
    return nquads.iri(names.named(f"act/{value}"))


def _integer(value: str, _: Names) -> str:
    if not re.fullmatch(r"[+-]?\d+", value):
        raise ValueError("expected a whole number, such as 2023")
    return str(int(value))


_TERMS: Mapping[str, Callable[[str, Names], str]] = {
    "document": _document,
    "body": _registered("body", "group"),
    "instrument": _registered("instrument"),
    "goal": _goal,
    "act": _act,
    "integer": _integer,
    "text": lambda value, _: nquads.text(value),
    "date": lambda value, _: nquads.typed(datetime.date.fromisoformat(value).isoformat(), "date"),
}


def _read(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in _HEADER.finditer(text):
        found.setdefault(line["key"], []).append(line["value"])
    missing = [key for key in ("question", "sample", "row", "scope") if key not in found]
    if missing:
        raise RuleError(f"queries/{path.name}", f"its header lacks {', '.join(missing)}")
    parameters = tuple(_parameter(path, line, text) for line in found.get("parameter", []))
    asks, sample, row, scope = (found[key][0] for key in ("question", "sample", "row", "scope"))
    return Question(path.stem, asks, parameters, sample, row, scope, text)


def _parameter(path: Path, line: str, text: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None or match["kind"] not in _TERMS:
        kinds = ", ".join(_TERMS)
        raise RuleError(
            f"queries/{path.name}", f"expected '# parameter: name (kind) meaning' with one of {kinds}: {line}"
        )
    if f"VALUES ?{match['name']} {{" not in text:
        raise RuleError(f"queries/{path.name}", f"lacks a line VALUES ?{match['name']} {{ … }}")
    return Parameter(match["name"], match["kind"], match["optional"] is not None, match["meaning"])


def readme() -> str:
    """The list of all questions, as queries/README.md shows it."""
    lines = [
        "# Questions",
        "",
        "Made from the headers of the files: `python -m kg.questions > queries/README.md`. Each file is SPARQL 1.1",
        "that runs unchanged in any tool; `unkg query` puts other values in its `VALUES` lines.",
    ]
    for asked in all_questions().values():
        lines += ["", f"## [{asked.name}]({asked.name}.rq)", "", asked.asks, ""]
        for parameter in asked.parameters:
            optional = ", optional" if parameter.optional else ""
            lines.append(f"- `{parameter.name}` ({parameter.kind}{optional}): {parameter.meaning}")
        lines += [""] if asked.parameters else []
        lines.append(f"    {asked.sample}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(readme(), end="")  # noqa: T201
