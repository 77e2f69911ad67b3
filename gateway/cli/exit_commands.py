"""`gateway exit` as people type it; `exits.py` is what it does."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from gateway.cli.remote_commands import HERE, Key, Url

_exit = typer.Typer(
    help="Move a whole entity from one installation to another.", no_args_is_help=True
)

_Entity = Annotated[str, typer.Option(help="Entity id (ent_...).")]
_Account = Annotated[str, typer.Option(help="Account id (acc_...) that takes the entity in.")]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_exit, name="exit")


@_exit.command()
def make(  # noqa: PLR0913 - one for each option
    entity: _Entity,
    key: Key,
    url: Url = HERE,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File; default: the gateway's name for it, here."),
    ] = None,
    *,
    leaving: Annotated[
        bool, typer.Option("--leaving", help="The entity is to move: nothing is issued any more.")
    ] = False,
    secrets_for: Annotated[
        str | None,
        typer.Option(help="What `gateway exit key` prints there: keys and secrets go along."),
    ] = None,
) -> None:
    """Put an entity into one file: 0 it is there, 2 it was not made.

    What it prints first is the id of the exit, for `gateway exit move`.
    """
    from gateway.cli.exits import make as run
    from gateway.cli.remote import opened

    with opened(url, key, entity) as http:
        code = run(http, output, leaving=leaving, secrets_for=secrets_for)
    raise typer.Exit(code)


@_exit.command()
def move(  # noqa: PLR0913, PLR0917 - one for each option
    exit_id: Annotated[str, typer.Argument(metavar="EXIT", help="What `make` printed.")],
    entity: _Entity,
    key: Key,
    to: Annotated[
        str,
        typer.Option(
            help="Verifier key of the log of the installation that takes it in (its"
            " GET /v1/log/key), or a file that holds it. No other may."
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File for the signed statement.")
    ] = Path("moved.txt"),
    url: Url = HERE,
) -> None:
    """Say that an entity moves with an exit, for ever: 0 the statement is there, 2 it does not."""
    from gateway.cli.exits import move as run
    from gateway.cli.remote import opened

    with opened(url, key, entity) as http:
        code = run(http, exit_id, to, output)
    raise typer.Exit(code)


@_exit.command("import")
def take_in(
    file: Annotated[Path, typer.Argument(help="An exit.", exists=True, dir_okay=False)],
    account: _Account,
    log_key: Annotated[
        str, typer.Option(help="Verifier key of the log it comes from, or a file that holds it.")
    ],
    statement: Annotated[
        Path | None,
        typer.Option(
            help="That it has moved, signed; with it the entity may issue here.", exists=True
        ),
    ] = None,
) -> None:
    """Take an entity into this installation: 0 done, 1 the file is refused.

    It goes on where it was ended. Without the statement the entity can be read and issues nothing;
    give the statement later with the same command.
    """
    from gateway.cli.exits import take_in as run

    raise typer.Exit(run(file, account, log_key, statement))


@_exit.command()
def key() -> None:
    """Print the key that other installations seal an entity's secrets to, for this one."""
    from gateway.cli.exits import show_key

    raise typer.Exit(show_key())


@_exit.command()
def status(
    entity: _Entity,
    account: Annotated[str, typer.Option(help="Account id (acc_...) of the entity.")],
    environment: Annotated[
        Literal["sandbox", "live"], typer.Option(help="sandbox or live")
    ] = "sandbox",
) -> None:
    """Say how far an entity is that moves, from here or to here."""
    from gateway.cli.exits import status as run

    raise typer.Exit(run(account, entity, environment))
