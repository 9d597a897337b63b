"""unkg completion"""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print a script that completes unkg's words in a shell.

    \b
    bash:   eval "$(unkg completion bash)"      in ~/.bashrc
    zsh:    eval "$(unkg completion zsh)"       in ~/.zshrc
    fish:   unkg completion fish > ~/.config/fish/completions/unkg.fish
    """
    from click.shell_completion import get_completion_class

    from kg.cli import unkg

    completion = get_completion_class(shell)
    if completion is None:
        raise click.BadParameter(f"no completion for {shell}")
    click.echo(completion(unkg, {}, "unkg", "_UNKG_COMPLETE").source())
