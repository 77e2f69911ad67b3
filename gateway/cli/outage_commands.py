"""`gateway outages` as operators type it; `outages.py` is what it does, on the database."""

from typing import Annotated

import typer

from countries.outages import Outage

_outages = typer.Typer(
    help="Outages that authorities announced: they give documents issued meanwhile more time.",
    invoke_without_command=True,
)

_Id = Annotated[str, typer.Argument(metavar="ID", help="otg_...")]
_Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept with what you do.")]
_MOMENT = 'Like "2026-11-30T08:00+01:00".'
_Source = Annotated[
    str, typer.Option("--source", help="Where it was announced: an address, a number, a day.")
]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_outages, name="outages")


@_outages.callback()
def outages(
    context: typer.Context,
    *,
    every: Annotated[
        bool, typer.Option("--all", help="Every note, also what was changed since.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the outages that count."""
    if context.invoked_subcommand is None:
        from gateway.cli.outages import show

        raise typer.Exit(show(every=every, as_json=json))


@_outages.command()
def note(
    channel: Annotated[str, typer.Argument(help="For example pl-ksef.")],
    kind: Annotated[Outage, typer.Argument(help="What was announced.")],
    source: _Source,
    begins: Annotated[str, typer.Option("--begins", help=_MOMENT)],
    ends: Annotated[
        str | None, typer.Option("--ends", help=f"{_MOMENT} Without: it goes on.")
    ] = None,
) -> None:
    """Note an outage that an authority announced; print its id."""
    from gateway.cli.outages import note as run

    raise typer.Exit(run(channel, kind, begins=begins, ends=ends, source=source))


@_outages.command()
def end(
    outage: _Id,
    at: Annotated[str, typer.Option("--at", help=_MOMENT)],
    reason: _Reason,
    source: Annotated[
        str | None, typer.Option("--source", help="Where its end was announced.")
    ] = None,
) -> None:
    """Note that an outage ended."""
    from gateway.cli.outages import end as run

    raise typer.Exit(run(outage, at=at, reason=reason, source=source))


@_outages.command()
def correct(  # noqa: PLR0913, PLR0917 - one for each option
    outage: _Id,
    reason: _Reason,
    kind: Annotated[Outage | None, typer.Option("--kind", help="What was announced.")] = None,
    begins: Annotated[str | None, typer.Option("--begins", help=_MOMENT)] = None,
    ends: Annotated[str | None, typer.Option("--ends", help=_MOMENT)] = None,
    source: Annotated[str | None, typer.Option("--source", help="Where it was announced.")] = None,
    *,
    goes_on: Annotated[bool, typer.Option("--goes-on", help="It has not ended.")] = False,
) -> None:
    """Note that an outage was another than was noted; what is not named stays."""
    from gateway.cli.outages import correct as run

    raise typer.Exit(
        run(
            outage,
            kind=kind,
            begins=begins,
            ends=ends,
            goes_on=goes_on,
            source=source,
            reason=reason,
        )
    )


@_outages.command()
def withdraw(outage: _Id, reason: _Reason) -> None:
    """Note that an outage never was: it was noted by mistake."""
    from gateway.cli.outages import withdraw as run

    raise typer.Exit(run(outage, reason=reason))
