"""`gateway ksef` as users type it; `ksef.py` is what it does."""

from typing import Annotated, Literal

import typer

from gateway.cli.remote_commands import HERE, Entity, Key, Url

_ksef = typer.Typer(
    help="Poland: who may do what at KSeF in an entity's name; its tokens.", no_args_is_help=True
)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Permissions = Annotated[
    list[str],
    typer.Option("--permission", help="E.g. InvoiceWrite; may be given again."),
]
_To = Literal["person", "entity", "authorization"]
_Name = Annotated[str, typer.Option(help="What people call the token.")]


def register(application: typer.Typer) -> None:
    """Add the commands to the tree."""
    application.add_typer(_ksef, name="ksef")


@_ksef.command()
def access(
    key: Key,
    entity: Entity = None,
    url: Url = HERE,
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Ask KSeF now.")] = False,
    json: _Json = False,
) -> None:
    """Say whether the entity may issue at KSeF, and why: 0 it may, 1 not, 2 not asked."""
    from gateway.cli.ksef import access as run
    from gateway.cli.remote import opened

    with opened(url, key, entity) as http:
        raise typer.Exit(run(http, fresh=fresh, as_json=json))


@_ksef.command()
def grants(key: Key, entity: Entity = None, url: Url = HERE, *, json: _Json = False) -> None:
    """List what others may do at KSeF in the entity's name."""
    from gateway.cli.listing import show
    from gateway.cli.remote import opened

    columns = ("id", "to", "identifier_type", "identifier", "permission", "description", "since")
    with opened(url, key, entity) as http:
        raise typer.Exit(show(http, "/v1/ksef/grants", columns, as_json=json))


@_ksef.command()
def grant(  # noqa: PLR0913, PLR0917 - one for each option
    to: Annotated[_To, typer.Argument(help="person, entity or authorization.")],
    identifier: Annotated[str, typer.Argument(help="Whose: a NIP, or a PESEL.")],
    key: Key,
    permission: _Permissions,
    description: Annotated[str, typer.Option(help="What it is for; KSeF shows it.")],
    identifier_type: Annotated[
        Literal["Nip", "Pesel", "PeppolId"], typer.Option("--type", help="Of the identifier.")
    ] = "Nip",
    first_name: Annotated[str | None, typer.Option(help="Of a person.")] = None,
    last_name: Annotated[str | None, typer.Option(help="Of a person.")] = None,
    full_name: Annotated[str | None, typer.Option(help="Of an entity.")] = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Have KSeF grant a permission, and wait until it has."""
    from gateway.cli.ksef import asked
    from gateway.cli.remote import opened

    body = {
        "to": to,
        "identifier_type": identifier_type,
        "identifier": identifier,
        "permissions": permission,
        "description": description,
        "first_name": first_name,
        "last_name": last_name,
        "full_name": full_name,
    }
    with opened(url, key, entity) as http:
        raise typer.Exit(asked(http, "POST", "/v1/ksef/grants", body))


@_ksef.command()
def revoke(
    permission: Annotated[str, typer.Argument(help="Its id, as `gateway ksef grants` tells it.")],
    key: Key,
    to: Annotated[
        Literal["person", "authorization"], typer.Option(help="As the list says.")
    ] = "person",
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Have KSeF revoke a permission, and wait until it has."""
    from gateway.cli.ksef import asked
    from gateway.cli.remote import opened

    with opened(url, key, entity) as http:
        path = f"/v1/ksef/grants/{permission}"
        raise typer.Exit(asked(http, "DELETE", path, params={"to": to}))


@_ksef.command()
def tokens(key: Key, entity: Entity = None, url: Url = HERE, *, json: _Json = False) -> None:
    """List the KSeF tokens of the entity's NIP, and which of them are in the vault."""
    from gateway.cli.listing import show
    from gateway.cli.remote import opened

    columns = ("reference", "status", "author", "permissions", "secret_id", "last_used_at")
    with opened(url, key, entity) as http:
        raise typer.Exit(show(http, "/v1/ksef/tokens", columns, as_json=json))


@_ksef.command("make-token")
def make_token(
    key: Key,
    name: _Name,
    permission: _Permissions = ["InvoiceRead", "InvoiceWrite"],  # noqa: B006 - typer copies it
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Have KSeF make a token, and keep it in the vault; nobody sees it."""
    from gateway.cli.ksef import asked
    from gateway.cli.remote import opened

    body = {"name": name, "permissions": permission}
    with opened(url, key, entity) as http:
        raise typer.Exit(asked(http, "POST", "/v1/ksef/tokens", body))


@_ksef.command("bring-token")
def bring_token(  # noqa: PLR0913, PLR0917 - one for each option
    key: Key,
    name: _Name,
    token: Annotated[
        str,
        typer.Option(envvar="GATEWAY_KSEF_TOKEN", prompt=True, hide_input=True, help="It."),
    ],
    expires_at: Annotated[
        str | None, typer.Option(help="When it ends: 2026-12-31T23:00:00Z.")
    ] = None,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Put a token that was made in KSeF into the vault; it is asked for."""
    from gateway.cli.ksef import asked
    from gateway.cli.remote import opened

    body = {"kind": "ksef-token", "name": name, "value": token, "expires_at": expires_at}
    with opened(url, key, entity) as http:
        raise typer.Exit(asked(http, "POST", "/v1/secrets", body))


@_ksef.command("revoke-token")
def revoke_token(
    secret: Annotated[str, typer.Argument(help="Its id in the vault (sct_...).")],
    key: Key,
    entity: Entity = None,
    url: Url = HERE,
) -> None:
    """Have KSeF revoke a token of the vault, and wipe it here."""
    from gateway.cli.ksef import asked
    from gateway.cli.remote import opened

    with opened(url, key, entity) as http:
        raise typer.Exit(asked(http, "DELETE", f"/v1/ksef/tokens/{secret}"))
