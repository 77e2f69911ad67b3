"""`gateway tax` as users type it; `gateway.tax.command` is what it does."""

from enum import StrEnum
from typing import Annotated

import typer

tax = typer.Typer(help="How sales are taxed, and why.", no_args_is_help=True)


class Output(StrEnum):
    """In which form the answer is printed."""

    TEXT = "text"
    JSON = "json"


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(tax, name="tax")


@tax.callback()
def _tax() -> None:
    """How sales are taxed, and why."""


@tax.command()
def explain(
    file: Annotated[
        str, typer.Argument(help="The body of POST /v1/tax/determine; - is standard input.")
    ],
    output: Annotated[Output, typer.Option(help="text or json")] = Output.TEXT,
) -> None:
    """Determine the VAT of a sale, line by line, with rules, sources and what would change it.

    Exit codes: 0 every line is decided, 1 a fact is missing, 2 the facts could not be read.
    """
    from gateway.tax.command import run

    raise typer.Exit(run(file, as_json=output is Output.JSON))
