"""unkg query"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kg.query import Answer, Graph

_FORMATS = ("table", "csv", "tsv", "json", "srj", "srx", "ttl", "nt", "jsonld", "rdf")


def _complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from kg.questions import all_questions

    found = [asked for name, asked in all_questions().items() if name.startswith(incomplete)]
    return [CompletionItem(asked.name, help=asked.asks) for asked in found]


@click.command()
@click.argument("question", required=False, metavar="NAME|FILE|-", shell_complete=_complete)
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the question.")
@click.option("--list", "listing", is_flag=True, help="Show the questions that ship, with what they take.")
@options.form(_FORMATS)
@options.output
@options.store
@options.endpoint
def command(
    question: str | None,
    *,
    params: tuple[str, ...],
    listing: bool,
    form: str | None,
    output: Path,
    store: Path,
    endpoint: str | None,
    user: str | None,
) -> None:
    """Ask a question that ships, or any SPARQL from a FILE or standard input (-).

    Answers come as a table; --format, or the ending of the file to write, chooses csv, tsv, json (a list of objects),
    srj and srx (SPARQL results), and for CONSTRUCT ttl, nt, jsonld, rdf.

    \b
    Examples:   unkg query --list
                unkg query cited-by --param document=A/RES/69/313
                unkg query my.rq -o answer.csv
                echo 'SELECT ?s { ?s a ?c } LIMIT 3' | unkg query -
                unkg query most-cited --endpoint http://localhost:7878/query
    """
    if listing:
        _list()
        return
    if question is None:
        raise click.UsageError(
            "Name a question, a file, or - for standard input; unkg query --list shows the questions."
        )
    from kg.answers import Rows

    graph = options.opened(store, endpoint, user)
    values = _values(params)
    answer = _ask(graph, question, values)
    text = _text(answer, options.chosen(form, output, default="table"))
    empty = not isinstance(answer, bool) and len(answer) == 0
    # A file that is written holds an answer.
    if not empty or str(output) == "-":
        with options.writing(output) as out:
            out.write(text.encode())
    if isinstance(answer, bool):
        sys.exit(0 if answer else 1)
    if empty:
        click.echo(f"unkg: no answer{_why(graph, values)}", err=True)
        sys.exit(1)
    if isinstance(answer, Rows) and sys.stderr.isatty():
        click.echo(f"{len(answer):,} row(s)", err=True)


def _list() -> None:
    from kg.questions import all_questions

    for asked in all_questions().values():
        click.echo(f"{asked.name}\n    {asked.asks}")
        for parameter in asked.parameters:
            optional = " (may be left out)" if parameter.optional else ""
            click.echo(f"    --param {parameter.name}=…   {parameter.kind}: {parameter.meaning}{optional}")
        click.echo(f"    {asked.sample}")


def _values(params: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise click.BadParameter(f"{param}; expected NAME=VALUE", param_hint="--param")
        if name in values:
            raise click.BadParameter(f"{name} is given twice", param_hint="--param")
        values[name] = value
    return values


def _ask(graph: Graph, question: str, values: dict[str, str]) -> Answer:
    """A name, a file or standard input; what ends in .rq or exists as a file is a file."""
    from kg.errors import ParameterError, UnreadableSource
    from kg.query import ask

    path = Path(question)
    is_file = question == "-" or path.suffix in (".rq", ".sparql") or path.is_file()
    if not is_file:
        return ask(graph, question, **values)
    if values:
        raise ParameterError(question, "--param is for the questions that ship; write the value into the query")
    try:
        text = sys.stdin.read() if question == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8"
        raise UnreadableSource(question, f"cannot be read: {reason}") from None
    return graph.sparql(text, source="standard input" if question == "-" else question)


def _text(answer: Answer, form: str) -> str:
    from kg.errors import FormatError

    if form not in _FORMATS:
        raise FormatError(form, f"no such format; choose one of {', '.join(_FORMATS)}")
    return f"{str(answer).lower()}\n" if isinstance(answer, bool) else answer.text(form)


def _why(graph: Graph, values: dict[str, str]) -> str:
    """A hint where a document asked for is not in the graph at all."""
    from kg import symbols
    from kg.lineage import closest

    for value in values.values():
        symbol = symbols.find(value)
        if symbol is not None and (close := closest(graph, symbol.text)) and symbol.text not in close:
            return f"; {symbol} is not in {graph.where}; the closest are {', '.join(close)}"
    return ""
