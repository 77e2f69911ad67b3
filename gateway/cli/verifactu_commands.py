"""`gateway verifactu` as users type it; `verifactu.py` is what it does."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from gateway.cli.remote_commands import HERE, Entity, Key, Url

_First = Annotated[
    datetime.datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day, in Spain.")
]
_Last = Annotated[
    datetime.datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day, in Spain.")
]
_File = Annotated[Path, typer.Option("--output", "-o", help="ZIP file.", dir_okay=False)]

_verifactu = typer.Typer(
    help="Spain's rules for billing programs: declaration, checks, exports, demands.",
    no_args_is_help=True,
)


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_verifactu, name="verifactu")


@_verifactu.command()
def declaration(
    key: Key,
    entity: Entity = None,
    url: Url = HERE,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help="Write the page to sign here.", dir_okay=False)
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the declaración responsable: 0 complete, 1 something is not said yet, 2 none."""
    from gateway.cli.remote import opened
    from gateway.cli.verifactu import declaration as run

    with opened(url, key, entity) as http:
        code = run(http, pdf, as_json=json)
    raise typer.Exit(code)


@_verifactu.command()
def check(key: Key, entity: Entity = None, url: Url = HERE) -> None:
    """Look for anomalies of records and events: 0 none, 1 some, 2 not looked."""
    from gateway.cli.remote import opened
    from gateway.cli.verifactu import check as run

    with opened(url, key, entity) as http:
        code = run(http)
    raise typer.Exit(code)


@_verifactu.command()
def export(  # noqa: PLR0913, PLR0917 - one for each option
    key: Key, since: _First, until: _Last, output: _File, entity: Entity = None, url: Url = HERE
) -> None:
    """Export records and events of some days: 0 the file is there, 2 it is not."""
    from gateway.cli.remote import opened
    from gateway.cli.verifactu import export as run

    with opened(url, key, entity) as http:
        code = run(http, (since.date(), until.date()), output)
    raise typer.Exit(code)


@_verifactu.command()
def demand(  # noqa: PLR0913, PLR0917 - one for each option
    reference: Annotated[str, typer.Argument(help="What the AEAT calls its demand.")],
    key: Key,
    since: _First,
    until: _Last,
    entity: Entity = None,
    url: Url = HERE,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the requests here; nothing is sent."),
    ] = None,
    *,
    more: Annotated[bool, typer.Option("--more", help="More follows; it is not the end.")] = False,
) -> None:
    """Send the AEAT records that it demanded: 0 all taken, 1 some refused, 2 not sent."""
    from gateway.cli.remote import opened
    from gateway.cli.verifactu import demand as run

    asked = {
        "reference": reference,
        "from": since.date().isoformat(),
        "to": until.date().isoformat(),
        "last": not more,
    }
    with opened(url, key, entity) as http:
        code = run(http, asked, output)
    raise typer.Exit(code)
