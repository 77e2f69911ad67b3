"""The commands on invoices as users type them; `conversions.py` is what they do."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Files = Annotated[
    list[str],
    typer.Argument(help="UBL, CII, hybrid PDF, JSON, CSV or XLSX; - is standard input."),
]
File = Annotated[str, typer.Argument(help="An invoice in any format; - is standard input.")]
Encoding = Annotated[str | None, typer.Option(help="Of CSV that is not UTF-8, e.g. windows-1250.")]
Decimal = Annotated[
    Literal[".", ","] | None, typer.Option(help="Decimal sign of CSV that leaves it open.")
]
TemplateName = Annotated[
    Literal["classic", "modern", "condensed"], typer.Option(help="Layout of the pages.")
]
Locale = Annotated[str, typer.Option(help="Language of the pages, e.g. de, fr, sl.")]
Logo = Annotated[Path | None, typer.Option(help="PNG, JPEG or SVG.", exists=True, dir_okay=False)]
Color = Annotated[str | None, typer.Option(help="Main colour of the pages, e.g. #1f4e79.")]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.command()(convert)
    application.command()(inspect)
    application.command()(diff)
    application.command()(render)
    application.command()(profiles)


def convert(  # noqa: PLR0913 - one for each option
    files: Annotated[
        list[str] | None,
        typer.Argument(help="UBL, CII, hybrid PDF, JSON, CSV or XLSX; - is standard input."),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Profile; `gateway profiles` lists them.")
    ] = None,
    directory: Annotated[
        Path | None, typer.Option("--out", help="Directory to write into.", file_okay=False)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File; default: standard output.")
    ] = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse to lose anything.")] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Write NAME.report.json: what was lost, and where.")
    ] = False,
    xml: Annotated[
        bool, typer.Option("--xml", help="Of Factur-X profiles the XML alone, without PDF.")
    ] = False,
    template_csv: Annotated[
        bool, typer.Option("--template-csv", help="Print a CSV file to fill in, and end.")
    ] = False,
    encoding: Encoding = None,
    decimal: Decimal = None,
    template: TemplateName = "classic",
    locale: Locale = "en",
    logo: Logo = None,
    color: Color = None,
) -> None:
    """Write invoices in another profile: 0 done, 1 refused or fatal findings, 2 not readable.

    --strict, and the total that the source expects, refuse to write. Fatal findings about what had
    to be completed are said on standard error, and the document is written nevertheless. What the
    target has no room for is said there too, and listed with --report. One bad file never stops
    the others; the exit code is the worst of all.
    """
    from formats.spreadsheet import SheetOptions
    from formats.spreadsheet import template_csv as print_template
    from gateway.cli import conversions
    from gateway.kit.console import out

    if template_csv:
        out.file.write(print_template().decode())
        raise typer.Exit
    if not files or to is None:
        raise typer.BadParameter("give files, and the profile with --to")
    if directory is not None and output is not None:
        raise typer.BadParameter("--out and --output exclude each other")
    code = conversions.convert(
        files,
        to,
        directory,
        output,
        conversions.render_options(template, locale, color, logo),
        SheetOptions(encoding, decimal),
        strict=strict,
        report=report,
        xml_only=xml,
    )
    raise typer.Exit(code)


def inspect(
    files: Files,
    output: Annotated[
        Literal["jsonl", "json", "table"], typer.Option(help="One invoice a line, or more of it.")
    ] = "jsonl",
    encoding: Encoding = None,
    decimal: Decimal = None,
) -> None:
    """Print the canonical invoice of files in any format: 0 all read, 2 some not readable.

    `jsonl` is the invoice alone, one line each; `json` also says what the file is, what of it is
    no business term, and the semantic hash; `table` is for people. Files that cannot be read are
    said as lines of JSON on standard error, and do not stop the others.
    """
    from formats.spreadsheet import SheetOptions
    from gateway.cli import conversions

    raise typer.Exit(conversions.inspect(files, output, SheetOptions(encoding, decimal)))


def diff(
    old: File,
    new: File,
    output: Annotated[Literal["table", "json"], typer.Option(help="For people or programs.")] = (
        "table"
    ),
    *,
    process_control: Annotated[
        bool,
        typer.Option("--process-control", help="Also compare what they claim to follow (BG-2)."),
    ] = False,
) -> None:
    """Show by business term what changed between two invoices, whatever their formats.

    Exit code 0: they say the same; 1: they do not; 2: one cannot be read.
    """
    from gateway.cli.conversions import compare

    as_json = output == "json"
    raise typer.Exit(compare(old, new, as_json=as_json, process_control=process_control))


def render(  # noqa: PLR0913, PLR0917 - one for each option
    file: File,
    output: Annotated[Path, typer.Option("--out", "-o", help="The PDF to write.")],
    template: TemplateName = "classic",
    locale: Locale = "en",
    logo: Logo = None,
    color: Color = None,
) -> None:
    """Write an invoice as PDF/A-3b for people: 0 done, 2 not readable."""
    from formats.spreadsheet import SheetOptions
    from gateway.cli import conversions

    options = conversions.render_options(template, locale, color, logo)
    raise typer.Exit(conversions.render(file, output, options, SheetOptions()))


def profiles(
    output: Annotated[Literal["table", "json"], typer.Option(help="For people or programs.")] = (
        "table"
    ),
) -> None:
    """List the profiles: syntax, identifier, and whether official rules prove them."""
    from gateway.cli.conversions import list_profiles

    raise typer.Exit(list_profiles(as_json=output == "json"))
