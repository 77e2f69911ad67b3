"""`gateway trust-stores` as operators type it; `trust_stores.py` is what it does.

It works on the installation's database directly: whoever can run it owns it.
"""

from pathlib import Path
from typing import Annotated

import typer

_stores = typer.Typer(
    help="Trust stores: whom this installation believes, by name.", no_args_is_help=True
)

_Name = Annotated[str, typer.Argument(help="The store's name, e.g. seals.")]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_stores, name="trust-stores")


@_stores.command("list")
def list_stores(
    name: Annotated[str | None, typer.Argument(help="Only this store.")] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the certificates of every store."""
    from gateway.cli.trust_stores import show

    raise typer.Exit(show(name, as_json=json))


@_stores.command()
def add(
    name: _Name,
    file: Annotated[Path, typer.Argument(help="PEM or DER, or a directory of them.", exists=True)],
    *,
    anchors: Annotated[
        bool, typer.Option("--anchors", help="Believe all, not only those signed by themselves.")
    ] = False,
) -> None:
    """Put certificates into a store; the first ones make it.

    Those signed by themselves are believed; the others help to find a way to one of them.
    """
    from gateway.cli.trust_stores import add as run

    raise typer.Exit(run(name, file, believe_all=anchors))


@_stores.command()
def remove(
    name: _Name,
    fingerprint: Annotated[
        str | None, typer.Option(help="SHA-256 of the only certificate to take out.")
    ] = None,
) -> None:
    """Take a store away, or one certificate out of it."""
    from gateway.cli.trust_stores import remove as run

    raise typer.Exit(run(name, fingerprint))
