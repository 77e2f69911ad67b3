"""`gateway archive` as operators type it; `archive.py` is what it does."""

import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from gateway.cli.remote_commands import HERE, Key, Since, Until, Url

_archive = typer.Typer(
    help="What is archived: read all of it again, or judge it again.", no_args_is_help=True
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


@_archive.command()
def revalidate(  # noqa: PLR0913, PLR0917 - one for each option
    key: Key,
    entity: Annotated[
        str | None, typer.Option(help="Entity id (ent_...); without it all that the key reaches.")
    ] = None,
    url: Url = HERE,
    as_of: Annotated[
        datetime.datetime | None,
        typer.Option(
            "--as-of", formats=["%Y-%m-%d"], help="By the rules of this day; default: of today."
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only issued documents of this kind; repeatable.")
    ] = None,
    direction: Annotated[
        Literal["issued", "received"] | None, typer.Option(help="Only these; default: both.")
    ] = None,
    id_: Annotated[
        list[str] | None, typer.Option("--id", help="Only this document; repeatable.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The report: .json, or .csv for a table."),
    ] = None,
    *,
    own_day: Annotated[
        bool, typer.Option("--own-day", help="Each by the rules of the day it was judged by.")
    ] = False,
    json: _Json = False,
) -> None:
    """Judge archived documents again: 0 as it was, 1 some differ or were not judged, 2 not done.

    It asks a running gateway, and changes no document.
    """
    from gateway.cli.remote import opened
    from gateway.cli.revalidations import revalidate as run

    days = {"as_of": as_of, "from": since, "to": until}
    asked: dict[str, object] = {
        name: day.date().isoformat() for name, day in days.items() if day is not None
    }
    lists = {"kinds": kind, "ids": id_, "directions": None if direction is None else [direction]}
    asked |= {name: value for name, value in lists.items() if value}
    if own_day:
        asked["own_day"] = True
    with opened(url, key, entity) as http:
        code = run(http, asked, output, as_json=json)
    raise typer.Exit(code)
