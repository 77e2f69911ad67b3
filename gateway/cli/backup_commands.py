"""`gateway backup`, `gateway restore`, `gateway drill`: what operators type."""

from pathlib import Path
from typing import Annotated, Literal

import typer

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.command()(backup)
    application.command()(restore)
    application.command()(drill)


def backup(
    target: Annotated[Path, typer.Argument(help="A directory that is empty, or not there yet.")],
    how: Annotated[
        Literal["base", "dump"] | None,
        typer.Option(
            help="base: the cluster's files, with pg_basebackup; dump: one database, with pg_dump."
            " Default: base of the embedded server, dump of another."
        ),
    ] = None,
    former: Annotated[
        Path | None,
        typer.Option(
            help="The backup before, on the same disk: files that it has of the archive are linked"
            ", and take no room.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    *,
    json: _Json = False,
) -> None:
    """Back up database, archive and the log's head; the gateway may run: 0 done, 2 not.

    The master key is not in it. Keep that elsewhere, and apart from the backups.
    """
    from gateway.cli.backups import back_up

    raise typer.Exit(back_up(target, how, former, as_json=json))


def restore(
    backup: Annotated[
        Path, typer.Argument(help="What `gateway backup` made.", exists=True, file_okay=False)
    ],
    head: Annotated[
        list[Path] | None,
        typer.Option(help="A file with a head of the log that you keep; repeatable.", exists=True),
    ] = None,
    log_key: Annotated[
        str | None, typer.Option(help="The log's verifier key that you trust.")
    ] = None,
    *,
    damaged: Annotated[
        bool,
        typer.Option("--damaged", help="Restore what is left, though files of the archive miss."),
    ] = False,
    json: _Json = False,
) -> None:
    """Put a backup into the empty place that the settings name: 0 done, 1 look, 2 not done.

    Bring the master key first. What is stopped halfway goes on when it is run again. 1: it is
    restored, and something contradicts it, or others know more: the gateway says so, too.
    """
    from gateway.cli.restoring import restore as run

    raise typer.Exit(run(backup, tuple(head or ()), log_key, damaged=damaged, as_json=json))


def drill(  # noqa: PLR0913 - one for each option
    backup: Annotated[
        Path, typer.Argument(help="What `gateway backup` made.", exists=True, file_okay=False)
    ],
    place: Annotated[
        Path | None,
        typer.Option(help="An empty directory to restore into; default: a temporary one."),
    ] = None,
    share: Annotated[
        float, typer.Option(min=0.0001, max=1, help="Of the proofs that are followed; 1: all.")
    ] = 1,
    head: Annotated[
        list[Path] | None,
        typer.Option(help="A file with a head of the log that you keep; repeatable.", exists=True),
    ] = None,
    log_key: Annotated[
        str | None, typer.Option(help="The log's verifier key that you trust.")
    ] = None,
    *,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Read the archive in the backup; do not copy it.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="1, too, when others know a larger log.")
    ] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave what was restored.")] = False,
    json: _Json = False,
) -> None:
    """Restore a backup aside, check all of it, say how long it took: 0 whole, 1 not, 2 not done.

    Nothing is issued or sent, and of the installation that goes on the log's head alone is read.
    """
    from gateway.cli.backups import Wanted
    from gateway.cli.backups import drill as run

    wanted = Wanted(
        backup=backup,
        place=place,
        share=share,
        heads=tuple(head or ()),
        log_key=log_key,
        copy=not in_place,
        strict=strict,
        keep=keep,
    )
    raise typer.Exit(run(wanted, as_json=json))
