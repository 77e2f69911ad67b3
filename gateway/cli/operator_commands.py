"""`gateway lanes` and `gateway transmissions` as operators type them; they act on the database."""

from typing import Annotated

import typer

_transmissions = typer.Typer(
    help="Transmissions of all tenants: list, show, why, replay, retry, resolve, cancel.",
    no_args_is_help=True,
)
_lanes = typer.Typer(
    help="Lanes: who works on what; pause and resume channels.", invoke_without_command=True
)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept with what you do.")]
_Id = Annotated[str, typer.Argument(metavar="ID", help="trn_...")]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_lanes, name="lanes")
    application.add_typer(_transmissions, name="transmissions")


@_lanes.callback()
def lanes(context: typer.Context, *, json: _Json = False) -> None:
    """List the lanes that somebody has, or on which something waits."""
    if context.invoked_subcommand is None:
        from gateway.cli.operator import show_lanes

        raise typer.Exit(show_lanes(as_json=json))


@_lanes.command("pause")
def pause(
    channel: Annotated[str, typer.Argument(help="For example sandbox-network.")], reason: _Reason
) -> None:
    """Stop a channel: its lanes are not taken; what is on the wire is finished."""
    from gateway.cli.operator_actions import pause as run

    raise typer.Exit(run(channel, reason))


@_lanes.command("resume")
def resume(
    channel: Annotated[str, typer.Argument(help="For example sandbox-network.")],
) -> None:
    """Let a channel go on."""
    from gateway.cli.operator_actions import resume as run

    raise typer.Exit(run(channel))


@_transmissions.command("list")
def list_transmissions(  # noqa: PLR0913 - one for each option
    channel: Annotated[str | None, typer.Option(help="Of this channel.")] = None,
    entity: Annotated[str | None, typer.Option(help="Of this entity (ent_...).")] = None,
    older: Annotated[
        float | None, typer.Option(min=0, help="Queued more than so many minutes ago.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most.")] = 100,
    *,
    stuck: Annotated[
        bool, typer.Option("--stuck", help="That wait for a person, refused for good too.")
    ] = False,
    unknown: Annotated[
        bool, typer.Option("--unknown", help="Of which nobody knows whether they arrived.")
    ] = False,
    deferred: Annotated[
        bool, typer.Option("--deferred", help="Put aside while their authority is away.")
    ] = False,
    json: _Json = False,
) -> None:
    """List what is not finished, oldest first."""
    from gateway.cli.operator import list_transmissions as run
    from gateway.cli.operator import wanted_of

    asked = {"unknown": unknown, "deferred": deferred}
    states = [name for name, on in asked.items() if on]
    wanted = wanted_of(states, channel, entity, older, person=stuck)
    raise typer.Exit(run(wanted, limit, as_json=json))


@_transmissions.command("show")
def show(transmission: _Id, *, json: _Json = False) -> None:
    """Say where one stands, what it waits for, and how often it was tried."""
    from gateway.cli.operator_views import show as run

    raise typer.Exit(run(transmission, as_json=json))


@_transmissions.command("why")
def why(transmission: _Id, *, json: _Json = False) -> None:
    """Say which event moved what, by which rule, and what is waited for until when."""
    from gateway.cli.operator_views import why as run

    raise typer.Exit(run(transmission, as_json=json))


@_transmissions.command("replay")
def replay(transmission: _Id, *, json: _Json = False) -> None:
    """Put what was exchanged to today's code, sending nothing: 0 the same, 3 something differs."""
    from gateway.cli.operator_views import again as run

    raise typer.Exit(run(transmission, as_json=json))


@_transmissions.command("retry")
def retry(transmission: _Id, reason: _Reason) -> None:
    """Send what is stuck again: 0 done, 1 refused (its bytes may have arrived, or did)."""
    from gateway.cli.operator_actions import retry as run

    raise typer.Exit(run(transmission, reason))


@_transmissions.command("resolve")
def resolve(
    transmission: _Id,
    outcome: Annotated[str, typer.Argument(help="arrived, accepted, rejected or never_arrived.")],
    reason: _Reason,
) -> None:
    """State what became of it, as you learned it from the other side."""
    from gateway.cli.operator_actions import resolve as run

    raise typer.Exit(run(transmission, outcome, reason))


@_transmissions.command("cancel")
def cancel(transmission: _Id, reason: _Reason) -> None:
    """Take a document back that was never sent: 0 done, 1 refused."""
    from gateway.cli.operator_actions import cancel as run

    raise typer.Exit(run(transmission, reason))
