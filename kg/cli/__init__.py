"""The command line: one file a verb, each imported only when it is called."""

from __future__ import annotations

import importlib
import sys

import click

from kg import __version__
from kg.errors import UnkgError, UnknownDocument

#: The verbs in the order in which they are used, each with the line that `unkg --help` shows.
VERBS = {
    "build": "Build the graph from documents and validate it.",
    "add": "Add documents, or other versions of them, to a store.",
    "remove": "Take documents out of a store.",
    "load": "Make a store of works that a cluster has made.",
    "extract": "Print what the words of documents say, as records.",
    "classify": "Tell the Goals and targets of loose paragraphs.",
    "query": "Ask a question that ships, or any SPARQL.",
    "search": "Find paragraphs by their words, in six languages.",
    "lineage": "Show what a document rests on, or what rests on it.",
    "explain": "Say why a citation is in the graph.",
    "export": "Write the graph for other programs.",
    "publish": "Write the graph as a site of linked data.",
    "facts": "Write what a store says, without the sentences of the documents.",
    "serve": "Answer over HTTP: pages, data, SPARQL, a JSON API.",
    "push": "Bring the graph into another SPARQL store.",
    "lint": "List what is wrong in the files themselves.",
    "validate": "Check a store or an RDF file against the shapes.",
    "evaluate": "Score what is read against the links of published files.",
    "vocab": "Fetch official labels and the UNBIS Thesaurus.",
    "completion": "Print a script that completes unkg's words in a shell.",
}


#: What shells expect of a program that Ctrl-C ended.
_INTERRUPTED = 130


class _Verbs(click.Group):
    """Knows the verbs by name, so that help is printed without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(f"kg.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="unkg")
def unkg() -> None:
    """A knowledge graph of the cross-references in resolutions and decisions of the United Nations.

    \b
    Begin with:   unkg build                      the documents that ship with unkg
                  unkg lineage A/RES/76/213       what it rests on
                  unkg query --list               the questions that can be asked

    Exit codes: 0 fine, 1 something is wrong or there is no answer, 2 wrong call or unreadable input.
    """


def main() -> None:
    """Runs the command line; an error of ours becomes one message on standard error."""
    try:
        code = unkg.main(prog_name="unkg", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.Abort:
        code = _INTERRUPTED
    except UnkgError as error:
        click.echo(f"unkg: {error}", err=True)
        code = 1 if isinstance(error, UnknownDocument) else 2
    sys.exit(code)
