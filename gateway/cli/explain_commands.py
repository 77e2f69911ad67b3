"""`gateway explain` as users type it; `gateway.explanations.command` is what it does."""

import os
from pathlib import Path
from typing import Annotated

import typer


def register(application: typer.Typer) -> None:
    """Add the command to the tree."""
    application.command()(explain)


def explain(  # noqa: PLR0913 - one for each option
    what: Annotated[
        list[str] | None,
        typer.Argument(
            help="Rule id (BR-CO-15), code (sdi:00400, ksef:440), report (JSON, jsonl, SVRL) or"
            " document (XML, PDF, JSON); - is standard input."
        ),
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", "-d", help="The document that it is about.")
    ] = None,
    language: Annotated[str, typer.Option(help="en, de, fr, it, es or sl.")] = "en",
    profile: Annotated[
        str | None, typer.Option(help="Judge as this profile; `gateway profiles` lists them.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File for the mended document.", dir_okay=False),
    ] = None,
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help="Apply the patches, judge again, write the document.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Explain a rule, a rejection or a report, and mend the document where that is certain.

    Exit codes: 0 explained (with --apply: the document is valid now), 1 it is still not valid,
    2 nothing could be read.
    """
    from gateway.explanations.command import Request, run
    from gateway.place import Place

    request = Request(what or [], document, language, profile, apply, output, json)
    raise typer.Exit(run(request, Place.of(os.environ)))
