"""The command tree. Each command imports what it needs when it runs, so `--help` is quick."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from gateway.cli import (
    archive_commands,
    artefact_commands,
    backup_commands,
    chain_commands,
    document_commands,
    exit_commands,
    explain_commands,
    ksef_commands,
    log_commands,
    operator_commands,
    outage_commands,
    remote_commands,
    retention_commands,
    setup_commands,
    signature_commands,
    signing_commands,
    tax_commands,
    trust_store_commands,
    verifactu_commands,
    vies_commands,
)

application = typer.Typer(
    name="gateway",
    help="Post an invoice; get back a precise reason, or a legally issued document with proof.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich would take longer to load than all the rest
)
keys = typer.Typer(help="API keys: make, list, revoke.", no_args_is_help=True)
application.add_typer(keys, name="api-keys")
document_commands.register(application)
exit_commands.register(application)
explain_commands.register(application)
tax_commands.register(application)
artefact_commands.register(application)
remote_commands.register(application)
vies_commands.register(application)
signature_commands.register(application)
operator_commands.register(application)
archive_commands.register(application)
backup_commands.register(application)
outage_commands.register(application)
signing_commands.register(application)
ksef_commands.register(application)
log_commands.register(application)
trust_store_commands.register(application)
chain_commands.register(application)
verifactu_commands.register(application)
retention_commands.register(application)
setup_commands.register(application)

Format = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Environment = Literal["sandbox", "live"]


@contextmanager
def _quickly() -> Iterator[None]:
    """Import what stays until the end: no garbage is looked for in it, neither now nor later.

    A server is loaded in two thirds of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@application.command()
def serve(
    *,
    worker: Annotated[
        bool, typer.Option(help="Run a worker in this process; else start `gateway worker`.")
    ] = True,
) -> None:
    """Run database, API, worker and sandbox network until stopped."""
    with _quickly():
        from gateway.cli.serving import serve as run

    run(with_worker=worker)


@application.command()
def worker() -> None:
    """Run one more worker against the same database, until stopped."""
    with _quickly():
        from gateway.cli.serving import work

    work()


@application.command()
def demo(
    home: Annotated[Path, typer.Option(help="Directory to use; it is emptied first.")] = Path(
        ".demo"
    ),
) -> None:
    """Show the main job end to end, from nothing to verified bundles."""
    with _quickly():
        from gateway.demo.run import run

    raise typer.Exit(run(home.absolute()))


@application.command()
def seed(
    key: Annotated[
        str,
        typer.Option(envvar="GATEWAY_API_KEY", help="A sandbox key of the account to fill."),
    ],
    url: Annotated[str, typer.Option(help="Where the gateway listens.")] = "http://127.0.0.1:8080",
    number: Annotated[int, typer.Option("--seed", help="All that is made follows from it.")] = 1,
    documents: Annotated[
        int, typer.Option(min=1, max=1000, help="How many each of the sellers gets.")
    ] = 12,
) -> None:
    """Fill a sandbox account: entities that sell to each other, documents in every state."""
    with _quickly():
        from gateway.cli.seeding import seed as run

    raise typer.Exit(run(url, key, number, documents))


@application.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def validate(context: typer.Context) -> None:
    """Judge documents: 0 all valid, 1 one is not valid, 2 one could not be judged.

    The command reads its own arguments (`gateway validate --help`), so that it starts quickly.
    """
    from gateway.validations.command import main as run

    raise typer.Exit(run(context.args))


@application.command()
def verify(  # noqa: PLR0913 - one for each argument and option
    bundle: Annotated[
        Path, typer.Argument(help="An evidence bundle (zip or asice).", exists=True)
    ],
    key: Annotated[
        str | None,
        typer.Option(help="The log's verifier key that you trust, or a file that holds it."),
    ] = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option(help="An older checkpoint of the log that you kept.", exists=True),
    ] = None,
    witness: Annotated[
        list[str] | None, typer.Option(help="Key of a witness that must have cosigned.")
    ] = None,
    *,
    files: Annotated[bool, typer.Option(help="Name each file with its digest.")] = False,
    json: Format = False,
) -> None:
    """Verify an evidence bundle, without server and database: 0 intact, 1 not."""
    from gateway.cli.files import verify_bundle

    raise typer.Exit(
        verify_bundle(bundle, key, checkpoint, witness or (), files=files, as_json=json)
    )


@application.command()
def fsck(
    ledger: Annotated[
        Path | None,
        typer.Option(help="Ledger of the sandbox network; default: the one under the data."),
    ] = None,
    *,
    json: Format = False,
) -> None:
    """Check the invariants INV1 to INV12 over database, archive and ledger: 0 clean, 1 not."""
    with _quickly():
        from gateway.cli.operations import check_invariants

    raise typer.Exit(check_invariants(ledger, as_json=json))


@application.command()
def migrate() -> None:
    """Make roles and tables, or bring them up to date."""
    with _quickly():
        from gateway.cli.operations import migrate as run

    raise typer.Exit(run())


@application.command()
def doctor(*, json: Format = False) -> None:
    """Say what is installed, what is missing, and how to get it."""
    with _quickly():
        from gateway.cli.diagnosis import doctor as run

    raise typer.Exit(run(as_json=json))


@keys.command("create")
def create_key(
    account: Annotated[
        str, typer.Option(help="Account id (acc_...), or the name of a new account.")
    ],
    name: Annotated[str, typer.Option(help="What the key is for.")] = "command line",
    environment: Annotated[Environment, typer.Option(help="sandbox or live")] = "sandbox",
    role: Annotated[Literal["writer", "auditor"], typer.Option(help="What it may do.")] = "writer",
    entity: Annotated[
        str | None, typer.Option(help="Entity id (ent_...) for an entity key.")
    ] = None,
) -> None:
    """Make an API key. It is shown this once, as the last line of the output."""
    with _quickly():
        from gateway.cli.keys import create

    raise typer.Exit(create(account, name, environment, role, entity))


@keys.command("list")
def list_keys(
    account: Annotated[str, typer.Option(help="Account id (acc_...).")],
    environment: Annotated[Environment, typer.Option(help="sandbox or live")] = "sandbox",
    *,
    json: Format = False,
) -> None:
    """List the API keys of an account; the keys themselves are never shown again."""
    with _quickly():
        from gateway.cli.keys import show

    raise typer.Exit(show(account, environment, as_json=json))


@keys.command("revoke")
def revoke_key(
    key: Annotated[str, typer.Argument(help="Key id (key_...).")],
    account: Annotated[str, typer.Option(help="Account id (acc_...).")],
    environment: Annotated[Environment, typer.Option(help="sandbox or live")] = "sandbox",
) -> None:
    """Revoke an API key; the next request with it answers 401."""
    with _quickly():
        from gateway.cli.keys import revoke

    raise typer.Exit(revoke(key, account, environment))
