"""`gateway schemas` as users type it; `artefacts.py` is what the commands do."""

from pathlib import Path
from typing import Annotated, Literal

import typer

schemas = typer.Typer(
    help="Official schemas and rule sets: list, sync, verify, why.", no_args_is_help=True
)
Output = Annotated[Literal["table", "json"], typer.Option("--output", help="How to print.")]
Names = Annotated[
    list[str] | None, typer.Argument(metavar="[ID|FAMILY|GROUP]...", help="Default: all of them.")
]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(schemas, name="schemas")


@schemas.command("list")
def list_artefacts(names: Names = None, *, output: Output = "table") -> None:
    """List the artefacts: whose, which version, in force when, and where this machine has them."""
    from gateway.cli.artefacts import show

    raise typer.Exit(show(names or [], output))


@schemas.command("sync")
def sync(  # noqa: PLR0913 - one for each option
    names: Names = None,
    directory: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="Take everything from this directory; ask neither pip nor the network.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    attempts: Annotated[int, typer.Option(help="Of one transfer.", min=1, max=20)] = 3,
    seconds: Annotated[float, typer.Option(help="The longest one transfer.", min=0.1)] = 300,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = (
        False
    ),
    output: Output = "table",
) -> None:
    """Get what is missing: 0 all at hand, 1 something is not to be had, 2 nothing could be done.

    Every file is compared with the sha256 of the manifest before it is used, whatever its source.
    """
    from gateway.artefacts.policy import Policy
    from gateway.cli.artefact_sync import fetch

    policy = Policy(attempts=attempts, transfer_seconds=seconds)
    raise typer.Exit(fetch(names or [], directory, policy, output, dry_run=dry_run))


@schemas.command("verify")
def verify(names: Names = None, *, output: Output = "table") -> None:
    """Hash every file that is here again: 0 all as declared, 1 something differs.

    What is not installed is listed, and no error: `sync` gets it.
    """
    from gateway.cli.artefacts import verify as run

    raise typer.Exit(run(names or [], output))


@schemas.command("why")
def why(
    name: Annotated[str, typer.Argument(metavar="ID|FAMILY", help="An artefact.")],
    as_of: Annotated[
        str | None, typer.Option(help="Day to judge for, YYYY-MM-DD; default: today.")
    ] = None,
    *,
    output: Output = "table",
) -> None:
    """Explain one artefact: which version judges that day, from which source, who needs it."""
    from gateway.cli.artefacts import explain

    raise typer.Exit(explain(name, as_of, output))
