"""`gateway verifactu` as users type it; `verifactu.py` is what it does."""

from pathlib import Path
from typing import Annotated

import typer

from gateway.cli.remote_commands import HERE, Entity, Key, Url

_verifactu = typer.Typer(
    help="Spain's rules for billing programs: the declaration.", no_args_is_help=True
)


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_verifactu, name="verifactu")


@_verifactu.callback()
def _group() -> None:
    """Keep the name of each command, however few there are."""


@_verifactu.command()
def declaration(
    key: Key,
    entity: Entity = None,
    url: Url = HERE,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help="Write the page to sign here.", dir_okay=False)
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the declaración responsable: 0 complete, 1 something is not said yet, 2 none."""
    from gateway.cli.remote import opened
    from gateway.cli.verifactu import declaration as run

    with opened(url, key, entity) as http:
        code = run(http, pdf, as_json=json)
    raise typer.Exit(code)
