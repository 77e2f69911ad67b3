"""`gateway signatures` as users type it; `gateway.signatures.command` is what it does."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from formats.signatures.trust import TrustStore

signatures = typer.Typer(help="Signatures: verify them.", no_args_is_help=True)


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(signatures, name="signatures")


@signatures.callback()
def _group() -> None:
    """Keep `verify` a command of its own, though it is the only one."""


@signatures.command()
def verify(  # noqa: PLR0913 - one for each argument and option
    file: Annotated[str, typer.Argument(help="XML, .p7m, .p7s, JWS, PDF or ASiC; - is stdin.")],
    detached: Annotated[
        list[Path] | None, typer.Option("--detached", help="A file that is signed and not inside.")
    ] = None,
    trust: Annotated[
        str | None,
        typer.Option(
            "--trust",
            help="Certificates to believe: PEM, DER, or a directory of them; or store:NAME, a"
            " trust store of this installation.",
        ),
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", help="The moment of judgement, ISO 8601; now without.")
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    partly: Annotated[
        bool, typer.Option("--partly", help="Exit with 0 though something is not signed.")
    ] = False,
) -> None:
    """Verify every signature of a file, and say what is signed and what is not.

    Without --trust nobody is trusted, and nothing is TOTAL-PASSED. Nothing is fetched.

    Exit codes: 0 every signature passed and everything is signed, 1 one did not or there is none,
    2 nothing could be read, 3 every signature passed and something is not signed.
    """
    from gateway.signatures.command import Request, run

    believed = None if trust is None else _believed(trust)
    raise typer.Exit(run(Request(file, detached or [], believed, at, json, partly)))


def _believed(trust: str) -> "Path | TrustStore":
    """Return where certificates are, or the store that is named; a file never passes for one."""
    kind, _, name = trust.partition(":")
    if kind != "store":
        return Path(trust)
    from gateway.cli.trust_stores import named

    return named(name)
