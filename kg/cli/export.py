"""unkg export"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options

_FORMATS = ("graphml", "gexf", "json", "csv", "dot", "mmd", "cyjs", "ttl", "nt", "rdf", "trig", "nq", "jsonld")


@click.command()
@options.form(_FORMATS)
@options.output
@options.store
@options.endpoint
def command(form: str | None, output: Path, store: Path, endpoint: str | None, user: str | None) -> None:
    """Write the graph for other programs.

    \b
    Networks of documents and citations:
      graphml   Gephi, igraph, yEd, Cytoscape desktop     dot    Graphviz
      gexf      Gephi, Gephi Lite                         mmd    Mermaid
      json      node-link, networkx and D3                cyjs   Cytoscape.js
      csv       one citation a line, with its words
    The graph itself:
      ttl nt rdf (one graph)   trig nq jsonld (a named graph a document)

    \b
    Examples:   unkg export -o graph.graphml
                unkg export --format dot | dot -Tsvg -o graph.svg
                unkg export --format nq | gzip > graph.nq.gz
    """
    from kg.export import export, form_of

    name = options.chosen(form, output, default="")
    if not name:
        raise click.UsageError(f"Choose a format with --format or by the ending of --output: {', '.join(_FORMATS)}.")
    chosen = form_of(name)
    opened = options.opened(store, endpoint, user)
    with options.writing(output) as out:
        export(opened, chosen, out)
