"""`gateway chain` as operators type it; `chains.py` is what it does."""

from pathlib import Path
from typing import Annotated, Literal

import typer

_chain = typer.Typer(help="Hash chains: verify, show, re-seed.", no_args_is_help=True)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Known = Annotated[
    Path | None,
    typer.Option(
        "--known",
        help="What the authority has: JSON, a list of {sequence, digest, number, registration}.",
    ),
]

_Ask = Annotated[
    bool, typer.Option("--ask", help="Ask the authority itself what it has, where it tells.")
]

_Force = Annotated[
    bool, typer.Option("--force", help="Go on where this would be refused; the text says why.")
]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_chain, name="chain")


@_chain.command()
def verify(  # noqa: PLR0913 - one for each option
    key: Annotated[str | None, typer.Argument(help="The chain; or --all.")] = None,
    known: _Known = None,
    *,
    ask: _Ask = False,
    halt: Annotated[
        bool,
        typer.Option("--halt", help="Halt a chain that differs, and note what is not ours."),
    ] = False,
    force: _Force = False,
    all_chains: Annotated[bool, typer.Option("--all", help="Every chain there is.")] = False,
    json: _Json = False,
) -> None:
    """Walk chains again, link by link, and name the first broken one: 0 sound, 1 broken.

    With --ask or --known also compare with the authority: 3 where it differs. Nothing is changed
    without --halt.
    """
    from gateway.cli.chains import verify as run

    if (key is None) != all_chains:
        raise typer.BadParameter("name one chain, or say --all")
    source = _source(known, ask=ask)
    raise typer.Exit(run(key, source, as_json=json, halt=halt, force=force))


@_chain.command()
def withdraw(
    key: Annotated[str, typer.Argument(help="The chain.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept for good.")],
) -> None:
    """Take back what `verify --halt` noted by mistake, and let the chain go on."""
    from gateway.cli.chains import withdraw as run

    raise typer.Exit(run(key, reason))


@_chain.command()
def show(
    key: Annotated[str | None, typer.Argument(help="The chain; all without it.")] = None,
    *,
    json: _Json = False,
) -> None:
    """Show where chains stand."""
    from gateway.cli.chains import show as run

    raise typer.Exit(run(key, as_json=json))


@_chain.command()
def reseed(  # noqa: PLR0913 - one for each option
    key: Annotated[str, typer.Argument(help="The chain.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept for good.")],
    known: _Known = None,
    *,
    ask: _Ask = False,
    empty: Annotated[
        bool,
        typer.Option("--empty", help="Name no predecessor, where the law says so."),
    ] = False,
    force: _Force = False,
) -> None:
    """Close a chain and begin its successor behind what the authority has (--ask, --known)."""
    from gateway.cli.chains import reseed as run

    raise typer.Exit(run(key, reason, _source(known, ask=ask), empty=empty, force=force))


def _source(known: Path | None, *, ask: bool) -> Path | Literal["ask"] | None:
    """Return where the authority's records come from; of two, none counts more."""
    if ask and known is not None:
        raise typer.BadParameter("--ask or --known, not both")
    return "ask" if ask else known
