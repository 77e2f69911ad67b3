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
_WhyIfAny = Annotated[str | None, typer.Option("--reason", help="Why.")]
_Erasure = Annotated[str, typer.Argument(help="As `erasures` tells it.")]
_Destruction = Annotated[str, typer.Argument(help="As `destructions` tells it.")]


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


@_retention.command()
def destructions(key: Key, entity: Entity = None, url: Url = HERE, *, json: _Json = False) -> None:
    """List destructions, the newest first."""
    from gateway.cli.listing import show
    from gateway.cli.remote import opened

    columns = ("id", "state", "reason", "proposed_at", "expires_at", "decided_at", "done_at")
    with opened(url, key, entity) as http:
        raise typer.Exit(show(http, "/v1/retention/destructions", columns, as_json=json))


@_retention.command("propose-destruction")
def propose_destruction(
    reason: _Reason,
    key: Key,
    document: Annotated[
        list[str] | None, typer.Option(help="This document alone; may be given again.")
    ] = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Propose to destroy what no law keeps any more, and print the proposal's id."""
    from gateway.cli.listing import made
    from gateway.cli.remote import opened

    body = {"reason": reason, "document_ids": document or None}
    with opened(url, key, entity) as http:
        raise typer.Exit(made(http, "/v1/retention/destructions", body))


@_retention.command()
def destruction(
    destruction_id: _Destruction,
    key: Key,
    entity: Entity = None,
    url: Url = HERE,
    *,
    json: _Json = False,
) -> None:
    """List the documents of a destruction, and what became of each."""
    from gateway.cli.listing import show
    from gateway.cli.remote import opened

    columns = ("id", "kind", "number", "retain_until", "state", "spared_because")
    path = f"/v1/retention/destructions/{destruction_id}"
    with opened(url, key, entity) as http:
        raise typer.Exit(show(http, path, columns, as_json=json, within="documents"))


@_retention.command("approve-destruction")
def approve_destruction(
    destruction_id: _Destruction,
    key: Key,
    reason: _WhyIfAny = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Approve a destruction that another one proposed: it is done at once."""
    _decide("destructions", destruction_id, "approve", reason, (url, key, entity))


@_retention.command("reject-destruction")
def reject_destruction(
    destruction_id: _Destruction,
    key: Key,
    reason: _WhyIfAny = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Reject a destruction, or take an own proposal back: nothing of it is destroyed."""
    _decide("destructions", destruction_id, "reject", reason, (url, key, entity))


@_retention.command()
def erasures(key: Key, entity: Entity = None, url: Url = HERE, *, json: _Json = False) -> None:
    """List erasures of personal data, the newest first."""
    from gateway.cli.listing import show
    from gateway.cli.remote import opened

    columns = ("id", "customer_id", "state", "reason", "requested_at", "decided_at", "done_at")
    with opened(url, key, entity) as http:
        raise typer.Exit(show(http, "/v1/retention/erasures", columns, as_json=json))


@_retention.command("request-erasure")
def request_erasure(
    customer: Annotated[str, typer.Argument(help="Id of the customer.")],
    key: Key,
    reason: _WhyIfAny = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Ask to erase what is said of a customer, and print the request's id."""
    from gateway.cli.listing import made
    from gateway.cli.remote import opened

    body = {"customer_id": customer, "reason": reason}
    with opened(url, key, entity) as http:
        raise typer.Exit(made(http, "/v1/retention/erasures", body))


@_retention.command()
def erasure(
    erasure_id: _Erasure, key: Key, entity: Entity = None, url: Url = HERE, *, json: _Json = False
) -> None:
    """List the documents that still name the customer, and what keeps each."""
    from gateway.cli.listing import show
    from gateway.cli.remote import opened

    columns = ("id", "kind", "number", "retain_until", "holds", "kept_because")
    path = f"/v1/retention/erasures/{erasure_id}/documents?limit=200"
    with opened(url, key, entity) as http:
        raise typer.Exit(show(http, path, columns, as_json=json))


@_retention.command("approve-erasure")
def approve_erasure(
    erasure_id: _Erasure,
    key: Key,
    reason: _WhyIfAny = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Approve an erasure that another one asked for: the catalogue forgets at once, for ever."""
    _decide("erasures", erasure_id, "approve", reason, (url, key, entity))


@_retention.command("reject-erasure")
def reject_erasure(
    erasure_id: _Erasure,
    key: Key,
    reason: _WhyIfAny = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Reject an erasure, or take an own request back."""
    _decide("erasures", erasure_id, "reject", reason, (url, key, entity))


def _decide(
    what: str, id_: str, verb: str, reason: str | None, place: tuple[str, str, str | None]
) -> None:
    from gateway.cli.listing import made
    from gateway.cli.remote import opened

    with opened(*place) as http:
        raise typer.Exit(made(http, f"/v1/retention/{what}/{id_}/{verb}", {"reason": reason}))


def _day(moment: datetime.datetime | None) -> str | None:
    return None if moment is None else moment.date().isoformat()
