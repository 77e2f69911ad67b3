"""`gateway vies` as users type it; `vies.py` is what it does. Both ask a running gateway."""

from pathlib import Path
from typing import Annotated

import typer

from gateway.cli.remote_commands import HERE, Entity, Key, Url

_vies = typer.Typer(help="VAT numbers, checked with the authority.", no_args_is_help=True)

_Retry = Annotated[bool, typer.Option("--retry", help="Go on asking what is unknown.")]
_MaxAge = Annotated[
    int | None,
    typer.Option(min=0, help="Seconds that an earlier answer may be old; default: a day."),
]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_vies, name="vies")


@_vies.command()
def check(  # noqa: PLR0913 - one for each option
    number: Annotated[str, typer.Argument(help="With the letters of its country: SI50223054.")],
    key: Key,
    entity: Entity = None,
    url: Url = HERE,
    max_age: _MaxAge = None,
    *,
    retry: _Retry = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check one number: 0 valid, 1 invalid, 3 unknown, 2 not done."""
    from gateway.cli.remote import opened
    from gateway.cli.vies import check as run

    with opened(url, key, entity) as http:
        code = run(http, number, max_age, retry=retry, as_json=json)
    raise typer.Exit(code)


@_vies.command()
def batch(  # noqa: PLR0913, PLR0917 - one for each option
    key: Key,
    file: Annotated[
        Path | None,
        typer.Argument(
            help="CSV or .xlsx with a column `vat_id`, or one number per line.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    entity: Entity = None,
    url: Url = HERE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Report: .csv, .xlsx or .json.")
    ] = None,
    max_age: _MaxAge = None,
    *,
    customers: Annotated[
        bool, typer.Option("--customers", help="In place of a file: those of all customers.")
    ] = False,
    retry: _Retry = False,
) -> None:
    """Check many numbers: 0 all valid, 1 one is invalid, 3 one is unknown, 2 not done."""
    from gateway.cli.remote import opened
    from gateway.cli.vies import asked
    from gateway.cli.vies import batch as run

    body = asked(file, customers=customers, max_age=max_age, retry=retry)
    with opened(url, key, entity) as http:
        code = run(http, body, output)
    raise typer.Exit(code)
