"""unkg explain"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command()
@click.argument("name", metavar="CITATION")
@click.argument("cited", metavar="[CITED]", required=False)
@options.form(("text", "json"))
@options.output
@options.store
@options.endpoint
def command(
    name: str,
    *,
    cited: str | None,
    form: str | None,
    output: Path,
    store: Path,
    endpoint: str | None,
    user: str | None,
) -> None:
    """Say why a citation is in the graph.

    The words in their context in each language, the rule and file that read them, and what else was considered.
    CITATION is the name of a citation, of a clause (all that it cites), or a document; with CITED only what leads
    there.

    \b
    Examples:   unkg explain A/RES/76/213#PP4
                unkg explain A/RES/76/213 A/RES/74/229
                unkg explain A/RES/76/213#PP4.cites.A/RES/74/229
    """
    import json
    from dataclasses import asdict

    from kg.errors import FormatError
    from kg.explain import explain

    chosen = {"txt": "text"}.get(asked := options.chosen(form, output, default="text"), asked)
    if chosen not in ("text", "json"):
        raise FormatError(chosen, "no such format; choose text or json")
    wanted = f"{name}.cites.{cited}" if cited else name
    found = explain(options.opened(store, endpoint, user), wanted)
    with options.writing(output) as out:
        if chosen == "json":
            out.write(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1).encode() + b"\n")
        else:
            out.write("\n\n".join("\n".join(each.lines()) for each in found).encode() + b"\n")
