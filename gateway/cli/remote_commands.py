"""The commands that ask a running gateway, as users type them; `remote.py` is what they do."""

import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

Key = Annotated[
    str, typer.Option(envvar="GATEWAY_API_KEY", help="An API key of the account or the entity.")
]
Url = Annotated[str, typer.Option(help="Where the gateway listens.")]
Entity = Annotated[
    str | None, typer.Option(help="Entity id (ent_...), where the key is an account's.")
]
Since = Annotated[
    datetime.datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="First day of issue."),
]
Until = Annotated[
    datetime.datetime | None,
    typer.Option("--to", formats=["%Y-%m-%d"], help="Last day of issue."),
]

HERE = "http://127.0.0.1:8080"


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.command("import")(import_file)
    application.command("export")(export_documents)


def import_file(  # noqa: PLR0913, PLR0917 - one for each option
    what: Annotated[Literal["customers", "items"], typer.Argument(help="What the rows are.")],
    file: Annotated[Path, typer.Argument(help="CSV or .xlsx.", exists=True, dir_okay=False)],
    key: Key,
    entity: Entity = None,
    url: Url = HERE,
    mode: Annotated[
        Literal["all", "each"],
        typer.Option(help="all: nothing when a row is refused; each: every row for itself."),
    ] = "all",
    encoding: Annotated[
        str | None, typer.Option(help="Of CSV that is not UTF-8, e.g. windows-1250.")
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come of it, and write nothing.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the whole report as JSON.")] = False,
) -> None:
    """Take customers or items out of a file: 0 all rows are good, 1 one is refused, 2 not done."""
    from gateway.cli.remote import File, import_rows, opened

    with opened(url, key, entity) as http:
        sent = File.read(file, encoding)
        code = import_rows(http, what, sent, mode=mode, dry_run=dry_run, as_json=json)
    raise typer.Exit(code)


def export_documents(  # noqa: PLR0913, PLR0917 - one for each option
    form: Annotated[
        Literal["csv", "xlsx", "xml_zip", "pdf_zip", "bundle", "asice"],
        typer.Argument(metavar="FORMAT", help="csv, xlsx, xml_zip, pdf_zip, bundle or asice."),
    ],
    key: Key,
    entity: Annotated[
        str | None, typer.Option(help="Entity id (ent_...); without it all that the key reaches.")
    ] = None,
    url: Url = HERE,
    since: Since = None,
    until: Until = None,
    rows: Annotated[
        Literal["documents", "lines"],
        typer.Option(help="csv and xlsx: a row for each document, or for each of their lines."),
    ] = "documents",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File; default: the gateway's name for it, here."),
    ] = None,
) -> None:
    """Export issued documents into one file: 0 it is there, 2 it was not made."""
    from gateway.cli.remote import export, opened

    days = {"from": since, "to": until}
    asked: dict[str, str] = {"format": form, "rows": rows}
    asked |= {name: day.date().isoformat() for name, day in days.items() if day is not None}
    with opened(url, key, entity) as http:
        code = export(http, asked, output)
    raise typer.Exit(code)
