"""`gateway archive` as operators type it; `archive.py` is what it does."""

from typing import Annotated

import typer

_archive = typer.Typer(
    help="The archive's bytes: read all of them again; say what was found.", no_args_is_help=True
)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_archive, name="archive")


@_archive.command()
def scrub(
    rate: Annotated[
        float | None, typer.Option(min=0.001, help="At most so many megabytes a second.")
    ] = None,
    *,
    json: _Json = False,
) -> None:
    """Read all evidence again and name what is damaged or missing: 0 nothing, 1 something.

    It goes on where the last run was left, in whatever process. It may be ended at any moment.
    """
    from gateway.cli.archive import scrub as run

    raise typer.Exit(run(rate, as_json=json))


@_archive.command()
def status(*, json: _Json = False) -> None:
    """Say when all evidence was last read, how far that is, and what was found."""
    from gateway.cli.archive import status as run

    raise typer.Exit(run(as_json=json))
