"""`gateway keys` as users type it; `signing.py` and `key_rounds.py` are what it does.

What concerns an entity's keys asks a running gateway. What concerns the installation (`check`,
`rewrap`, `token`) works on its database directly: whoever can run it owns it.
"""

from pathlib import Path
from typing import Annotated, Literal

import typer

from gateway.cli.remote_commands import HERE, Entity, Key, Url

_keys = typer.Typer(
    help="Keys that sign: made or brought, certified, replaced; and how they are sealed.",
    no_args_is_help=True,
)

_Id = Annotated[str, typer.Argument(help="Key id (sgk_...).")]
_Name = Annotated[str, typer.Option(help="What people call the key.")]
_Purposes = Annotated[
    list[str],
    typer.Option("--purpose", help="What it is for, e.g. document-seal; may be given again."),
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Kind = Literal["p-256", "p-384", "p-521", "rsa-2048", "rsa-3072", "rsa-4096", "ed25519"]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_keys, name="keys")


@_keys.command("list")
def list_keys(key: Key, entity: Entity = None, url: Url = HERE, *, json: _Json = False) -> None:
    """List an entity's keys, with the day on which each ends."""
    from gateway.cli.remote import opened
    from gateway.cli.signing import show

    with opened(url, key, entity) as http:
        raise typer.Exit(show(http, as_json=json))


@_keys.command()
def generate(  # noqa: PLR0913, PLR0917 - one for each option
    key: Key,
    purpose: _Purposes,
    name: _Name,
    entity: Entity = None,
    url: Url = HERE,
    kind: Annotated[_Kind, typer.Option(help="Which sort of key.")] = "p-256",
    *,
    bare: Annotated[bool, typer.Option("--bare", help="It signs without a certificate.")] = False,
) -> None:
    """Make a key in the vault; ask for its certificate with `gateway keys csr`."""
    from gateway.cli.remote import opened
    from gateway.cli.signing import made

    body = {"name": name, "purposes": purpose, "kind": kind, "bare": bare}
    with opened(url, key, entity) as http:
        raise typer.Exit(made(http, "/v1/signing-keys", body))


@_keys.command("import")
def import_key(  # noqa: PLR0913, PLR0917 - one for each option
    file: Annotated[Path, typer.Argument(help="PKCS #12 (.p12, .pfx).", exists=True)],
    key: Key,
    purpose: _Purposes,
    name: _Name,
    password: Annotated[
        str,
        typer.Option(
            envvar="GATEWAY_PKCS12_PASSWORD", prompt=True, hide_input=True, help="Of the file."
        ),
    ],
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Bring a key from a PKCS #12 file; its password is asked for."""
    from gateway.cli.remote import opened
    from gateway.cli.signing import brought, made

    body = brought(file, password) | {"name": name, "purposes": purpose}
    with opened(url, key, entity) as http:
        raise typer.Exit(made(http, "/v1/signing-keys/import", body))


@_keys.command()
def csr(  # noqa: PLR0913, PLR0917 - one for each option
    signing_key: _Id,
    key: Key,
    common_name: Annotated[str, typer.Option(help="Whom the certificate is to name.")],
    organization: Annotated[str | None, typer.Option(help="Of the subject.")] = None,
    organization_identifier: Annotated[
        str | None, typer.Option(help="Of the subject, e.g. VATSI-50223054.")
    ] = None,
    country: Annotated[str | None, typer.Option(help="Two letters.")] = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Print the request for a certificate of a key, in PEM."""
    from gateway.cli.remote import opened
    from gateway.cli.signing import requested

    subject = {
        "common_name": common_name,
        "organization": organization,
        "organization_identifier": organization_identifier,
        "country": country,
    }
    with opened(url, key, entity) as http:
        raise typer.Exit(requested(http, signing_key, subject))


@_keys.command()
def certificate(
    signing_key: _Id,
    file: Annotated[Path, typer.Argument(help="PEM, its issuers after it.", exists=True)],
    key: Key,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Give a key its certificate."""
    from gateway.cli.remote import opened
    from gateway.cli.signing import made

    body = {"certificate": file.read_text(encoding="ascii", errors="replace")}
    with opened(url, key, entity) as http:
        raise typer.Exit(made(http, f"/v1/signing-keys/{signing_key}/certificates", body))


@_keys.command()
def retire(signing_key: _Id, key: Key, entity: Entity = None, url: Url = HERE) -> None:
    """Let a key sign no more."""
    from gateway.cli.remote import opened
    from gateway.cli.signing import made

    with opened(url, key, entity) as http:
        raise typer.Exit(made(http, f"/v1/signing-keys/{signing_key}/retire", None))


@_keys.command()
def rotate(  # noqa: PLR0913, PLR0917 - one for each option
    signing_key: _Id,
    successor: Annotated[str, typer.Argument(help="Who signs in its place (sgk_...).")],
    key: Key,
    at: Annotated[str | None, typer.Option(help="From when: 2026-12-01T00:00:00Z.")] = None,
    keep_until: Annotated[
        str | None, typer.Option(help="Until when what it signed counts.")
    ] = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Let another key sign in a key's place, from a moment on."""
    from gateway.cli.remote import opened
    from gateway.cli.signing import made

    body = {"successor_id": successor, "at": at, "keep_until": keep_until}
    with opened(url, key, entity) as http:
        raise typer.Exit(made(http, f"/v1/signing-keys/{signing_key}/rotate", body))


@_keys.command()
def check(*, json: _Json = False) -> None:
    """Say under which version every key is sealed, and whether it opens: 0 all do, 1 one not."""
    from gateway.cli.key_rounds import check as run

    raise typer.Exit(run(as_json=json))


@_keys.command()
def rewrap(*, json: _Json = False) -> None:
    """Wrap every key's data key under the newest version of the master key.

    It may be ended at any moment and run again.
    """
    from gateway.cli.key_rounds import rewrap as run

    raise typer.Exit(run(as_json=json))


@_keys.command()
def token(  # noqa: PLR0913, PLR0917 - one for each option
    label: Annotated[str, typer.Argument(help="Of the key on the token.")],
    account: Annotated[str, typer.Option(help="Account id (acc_...).")],
    entity: Annotated[str, typer.Option(help="Entity id (ent_...).")],
    purpose: _Purposes,
    name: _Name,
    environment: Annotated[
        Literal["sandbox", "live"], typer.Option(help="sandbox or live")
    ] = "sandbox",
    certificate: Annotated[
        Path | None, typer.Option(help="PEM, its issuers after it.", exists=True)
    ] = None,
) -> None:
    """Give an entity a key that is on the token (PKCS #11), where it stays."""
    from gateway.cli.token_keys import give

    code = give(
        label,
        account=account,
        entity=entity,
        environment=environment,
        name=name,
        purposes=purpose,
        certificate=certificate,
    )
    raise typer.Exit(code)
