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


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_chain, name="chain")


@_chain.command()
def verify(
    key: Annotated[str | None, typer.Argument(help="The chain; or --all.")] = None,
    known: _Known = None,
    *,
    ask: _Ask = False,
    all_chains: Annotated[bool, typer.Option("--all", help="Every chain there is.")] = False,
    json: _Json = False,
) -> None:
    """Walk chains again, link by link, and name the first broken one: 0 sound, 1 broken.

    With --ask or --known also compare with the authority: a chain that differs is halted, 3.
    """
    from gateway.cli.chains import verify as run

    if (key is None) != all_chains:
        raise typer.BadParameter("name one chain, or say --all")
    raise typer.Exit(run(key, _source(known, ask=ask), as_json=json))


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
def reseed(
    key: Annotated[str, typer.Argument(help="The chain.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept for good.")],
    known: _Known = None,
    *,
    ask: _Ask = False,
    empty: Annotated[
        bool,
        typer.Option("--empty", help="Name no predecessor, where the law says so."),
    ] = False,
) -> None:
    """Close a chain and begin its successor behind what the authority has (--ask, --known)."""
    from gateway.cli.chains import reseed as run

    raise typer.Exit(run(key, reason, _source(known, ask=ask), empty=empty))


def _source(known: Path | None, *, ask: bool) -> Path | Literal["ask"] | None:
    """Return where the authority's records come from; of two, none counts more."""
    if ask and known is not None:
        raise typer.BadParameter("--ask or --known, not both")
    return "ask" if ask else known
