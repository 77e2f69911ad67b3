"""`gateway setup` as users type it; `setup.py` is what it does."""

import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from gateway.cli.remote_commands import HERE, Entity, Key, Url

_setup = typer.Typer(
    help="What an entity still needs, and the steps that lead there.", no_args_is_help=True
)
_premises = typer.Typer(
    help="Business premises, of which an authority is told.", no_args_is_help=True
)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Premise = Annotated[str, typer.Argument(help="Id of the premise (prm_...).")]
_Day = Annotated[
    datetime.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From this day on.")
]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_setup, name="setup")
    _setup.add_typer(_premises, name="premises")


@_setup.command()
def steps(  # noqa: PLR0913 - one for each option
    key: Key,
    entity: Entity = None,
    url: Url = HERE,
    *,
    purpose: Annotated[
        Literal["sandbox", "live", "sending"], typer.Option("--for", help="Ready for what.")
    ] = "live",
    everything: Annotated[bool, typer.Option("--all", help="Also what is done.")] = False,
    json: _Json = False,
) -> None:
    """Show what is missing, and the next step: 0 ready, 1 not ready, 2 not asked."""
    from gateway.cli.remote import opened
    from gateway.cli.setup import steps as run

    with opened(url, key, entity) as http:
        raise typer.Exit(run(http, purpose, everything=everything, as_json=json))


@_setup.command()
def choose(
    scheme: Annotated[
        str, typer.Argument(help="si-furs, hr-cis, pl-ksef, es-verifactu; none takes it away.")
    ],
    key: Key,
    details: Annotated[
        list[str] | None, typer.Argument(help="What the scheme wants to know: numbering=B ...")
    ] = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Choose the fiscal scheme of an entity: 0 done, 2 refused."""
    from gateway.cli.remote import opened
    from gateway.cli.setup import choose as run

    with opened(url, key, entity) as http:
        raise typer.Exit(run(http, scheme, details or []))


@_setup.command()
def series(  # noqa: PLR0913, PLR0917 - one for each option
    code: Annotated[str, typer.Argument(help="Its name, which documents say.")],
    key: Key,
    pattern: Annotated[
        str | None, typer.Option(help="How numbers look: {premise}-{device}-{seq}.")
    ] = None,
    premise: Annotated[str | None, typer.Option(help="Code of the business premise.")] = None,
    device: Annotated[str | None, typer.Option(help="Code of the device, or till.")] = None,
    counts_with: Annotated[
        str | None, typer.Option(help="Series (ser_...) that it counts together with.")
    ] = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Make a series of numbers and print its id: 0 made, 2 refused."""
    body = {"code": code, "pattern": pattern, "premise": premise, "device": device}
    _made("/v1/series", {**body, "counts_with": counts_with}, key, entity, url)


@_premises.command()
def declare(  # noqa: PLR0913, PLR0917 - one for each option
    code: Annotated[str, typer.Argument(help="The first part of its numbers.")],
    content: Annotated[
        str, typer.Argument(help="What its authority wants to know: JSON, or @file.")
    ],
    key: Key,
    valid_from: _Day = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Declare a premise and print its id; its authority is told by `register`: 0 made, 2 not."""
    from gateway.cli.setup import content_of
    from gateway.kit.console import fail

    try:
        said = content_of(content)
    except (OSError, ValueError) as error:
        fail(f"the content cannot be read: {error}", 2)
    body = {"code": code, "content": said, "valid_from": _written(valid_from)}
    _made("/v1/premises", body, key, entity, url)


@_premises.command("list")
def list_premises(
    key: Key, entity: Entity = None, url: Url = HERE, *, json: _Json = False
) -> None:
    """List the premises and where they stand."""
    from gateway.cli.listing import show
    from gateway.cli.remote import opened

    with opened(url, key, entity) as http:
        columns = ("id", "code", "state", "valid_from")
        raise typer.Exit(show(http, "/v1/premises", columns, as_json=json))


@_premises.command("register")
def register_premise(premise: _Premise, key: Key, entity: Entity = None, url: Url = HERE) -> None:
    """Have the authority told of a premise: 0 it took it, 2 it did not."""
    _told(f"/v1/premises/{premise}/register", key, entity, url)


@_premises.command()
def close(premise: _Premise, key: Key, entity: Entity = None, url: Url = HERE) -> None:
    """Close a premise for good, and have the authority told: 0 done, 2 not."""
    _told(f"/v1/premises/{premise}/close", key, entity, url)


@_premises.command()
def act(
    key: Key,
    output: Annotated[Path, typer.Option("--output", "-o", help="The PDF.")] = Path(
        "internal-act.pdf"
    ),
    adopted_on: _Day = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Write the internal act (Slovenia) as PDF: 0 it is there, 2 not."""
    from gateway.cli.remote import opened
    from gateway.cli.setup import act as run

    with opened(url, key, entity) as http:
        raise typer.Exit(run(http, _written(adopted_on), output))


def _written(day: datetime.datetime | None) -> str | None:
    return None if day is None else day.date().isoformat()


def _made(path: str, body: dict[str, Any], key: str, entity: str | None, url: str) -> None:
    from gateway.cli.listing import made as run
    from gateway.cli.remote import opened

    with opened(url, key, entity) as http:
        raise typer.Exit(run(http, path, body))


def _told(path: str, key: str, entity: str | None, url: str) -> None:
    from gateway.cli.remote import opened
    from gateway.cli.setup import told as run

    with opened(url, key, entity) as http:
        raise typer.Exit(run(http, path))
