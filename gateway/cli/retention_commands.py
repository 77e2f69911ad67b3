"""`gateway retention` as users type it; `retention.py` is what it does."""

import datetime
from typing import Annotated

import typer

from gateway.cli.remote_commands import HERE, Entity, Key, Since, Until, Url

_retention = typer.Typer(
    help="How long documents are kept, and legal holds.", no_args_is_help=True
)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Reason = Annotated[str, typer.Option(help="Why.")]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_retention, name="retention")


@_retention.command()
def explain(  # noqa: PLR0913 - one for each option
    document: Annotated[str, typer.Argument(help="Id of a document, issued or received.")],
    key: Key,
    entity: Entity = None,
    url: Url = HERE,
    as_of: Annotated[
        datetime.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="By the law of this day."),
    ] = None,
    *,
    json: _Json = False,
) -> None:
    """Say until when a document must be kept, and by which law."""
    from gateway.cli.remote import opened
    from gateway.cli.retention import explain as run

    with opened(url, key, entity) as http:
        raise typer.Exit(run(http, document, _day(as_of), as_json=json))


@_retention.command()
def holds(key: Key, entity: Entity = None, url: Url = HERE, *, json: _Json = False) -> None:
    """List the legal holds that have not ended."""
    from gateway.cli.listing import show
    from gateway.cli.remote import opened

    columns = ("id", "reason", "document_id", "kinds", "issued_from", "issued_until", "placed_at")
    with opened(url, key, entity) as http:
        raise typer.Exit(show(http, "/v1/retention/holds?active=true", columns, as_json=json))


@_retention.command()
def hold(  # noqa: PLR0913, PLR0917 - one for each option
    reason: _Reason,
    key: Key,
    document: Annotated[str | None, typer.Option(help="This document alone.")] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="Of this kind; may be given again.")
    ] = None,
    since: Since = None,
    until: Until = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Place a legal hold, and print its id; without a limit it covers all documents."""
    from gateway.cli.listing import made
    from gateway.cli.remote import opened

    body = {
        "reason": reason,
        "document_id": document,
        "kinds": kind or None,
        "issued_from": _day(since),
        "issued_until": _day(until),
    }
    with opened(url, key, entity) as http:
        raise typer.Exit(made(http, "/v1/retention/holds", body))


@_retention.command("end-hold")
def end_hold(
    hold_id: Annotated[str, typer.Argument(help="As `gateway retention holds` tells it.")],
    reason: _Reason,
    key: Key,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """End a legal hold."""
    from gateway.cli.listing import made
    from gateway.cli.remote import opened

    with opened(url, key, entity) as http:
        raise typer.Exit(made(http, f"/v1/retention/holds/{hold_id}/end", {"reason": reason}))


def _day(moment: datetime.datetime | None) -> str | None:
    return None if moment is None else moment.date().isoformat()
