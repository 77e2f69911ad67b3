"""`gateway log` as operators type it: heads of the log, and with whom they are."""

from typing import Annotated

import typer

_log = typer.Typer(
    help="The archive's log: its newest head, and with whom its heads are.", no_args_is_help=True
)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_log, name="log")


@_log.command("checkpoint")
def checkpoint(
    *,
    cosigned: Annotated[
        bool, typer.Option("--cosigned", help="The newest that a witness cosigned.")
    ] = False,
) -> None:
    """Print the newest signed head of the log: 0 printed, 1 there is none."""
    from gateway.cli.log import show_checkpoint

    raise typer.Exit(show_checkpoint(cosigned=cosigned))


@_log.command("anchors")
def anchors(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most.")] = 20,
    *,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Compare each with the log; check time stamps, cosignatures."
        ),
    ] = False,
    json: _Json = False,
) -> None:
    """List attempts to leave heads with others: 0, or 1 when one is not good."""
    from gateway.cli.log import show_anchors

    raise typer.Exit(show_anchors(limit, check=check, as_json=json))


@_log.command("witnessed")
def witnessed(*, json: _Json = False) -> None:
    """List the logs of others that this installation cosigned, and how far."""
    from gateway.cli.log import show_witnessed

    raise typer.Exit(show_witnessed(as_json=json))


@_log.command("reconcile")
def reconcile(
    reason: Annotated[
        str | None, typer.Option(help="Why; it is logged. Needed with --proceed.")
    ] = None,
    more: Annotated[
        int, typer.Option(min=0, help="Leaves that may be missing beyond those anybody knows of.")
    ] = 0,
    given: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SERIES=NUMBER",
            help="The last number of a series, counted in today's period, where somebody else"
            " knows it: ser_...=1042. Other series leave out as many as leaves are missing.",
        ),
    ] = None,
    *,
    proceed: Annotated[
        bool, typer.Option("--proceed", help="Go on with this database; the newer one is lost.")
    ] = False,
    json: _Json = False,
) -> None:
    """Say what a restored backup lacks: 0 nothing, 1 something; with --proceed, go on without it.

    Stop every process of the gateway before. Numbers that may have been given are left out.
    """
    from gateway.cli.reconciling import go_on, show

    if not proceed:
        raise typer.Exit(show(as_json=json))
    if not reason:
        raise typer.BadParameter("--proceed needs --reason")
    raise typer.Exit(go_on(reason, more, given or [], as_json=json))
