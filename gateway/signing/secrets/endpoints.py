"""HTTP for secrets: `/v1/secrets`. They come in, and never out."""

from http import HTTPStatus
from typing import Any, Protocol

from fastapi import APIRouter, Request, Response

from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.openapi import takes
from gateway.problems import UnavailableProblem
from gateway.signing.encryption import KeyEncryption, KeyEncryptionError
from gateway.signing.secrets import service
from gateway.signing.secrets.repository import SecretRow
from gateway.signing.secrets.schemas import SecretInput, SecretKind, SecretList, SecretView
from gateway.signing.secrets.service import NewSecret
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/secrets", tags=["Signing keys"])


class Seals(Protocol):
    """The vault, as far as secrets need it."""

    @property
    def encryption(self) -> KeyEncryption:
        """What wraps data keys."""


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def vault(self) -> Seals:
        """Where secrets are."""


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=SecretView,
    openapi_extra=takes(SecretInput),
    summary="Put a secret into the vault",
)
def create_secret(
    request: Request, tx: WriterTransaction, once: Idempotency, content: JsonContent
) -> Response:
    """Put a secret of the entity into the vault: what an authority gave it to be shown.

    The newest of a kind that has not ended is used. Why one is not taken is said in `reason` of
    the problem `secret-refused`.
    """
    doors: Doors = request.app.state.runtime

    def run() -> Answer:
        given = validated(SecretInput, parse_json(content))
        new = NewSecret(given.kind, given.name, given.value.get_secret_value(), given.expires_at)
        try:
            row = service.keep(tx, doors.vault.encryption, new, clock.now())
        except KeyEncryptionError:
            raise UnavailableProblem(
                "The service that wraps the keys of this installation does not answer."
            ) from None
        return Answer(HTTPStatus.CREATED, to_json(secret_json(row)))

    return once(tx, run)


@router.get("", response_model=SecretList, summary="List secrets")
def list_secrets(
    tx: ReaderTransaction,
    kind: SecretKind | None = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List the entity's secrets, newest first, without their values."""
    before = read_id_cursor(cursor)
    rows = service.page(tx, kind=kind, before=before, limit=limit + 1)
    listed = rows[:limit]
    return {
        "data": [secret_json(row) for row in listed],
        "next_cursor": write_cursor(listed[-1].id) if len(rows) > limit else None,
    }


@router.get("/{secret_id}", response_model=SecretView, summary="Read what is known of a secret")
def read_secret(tx: ReaderTransaction, secret_id: str) -> dict[str, Any]:
    """Read what is known of a secret; its value is not shown."""
    return secret_json(service.get(tx, parse_id(secret_id, "sct")))


@router.delete(
    "/{secret_id}", status_code=HTTPStatus.NO_CONTENT, summary="Wipe a secret from the vault"
)
def delete_secret(tx: WriterTransaction, secret_id: str) -> Response:
    """Wipe a secret from the vault. Its authority is not told: revoke it there."""
    service.delete(tx, parse_id(secret_id, "sct"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


def secret_json(row: SecretRow) -> dict[str, Any]:
    """Return a secret as JSON (`SecretView`)."""
    status = "active" if row.active else "pending"
    return {
        "id": public_id("sct", row.id),
        "object": "secret",
        "entity_id": public_id("ent", row.entity_id),
        "kind": row.kind,
        "name": row.name,
        "status": "expired" if row.is_over(clock.now()) else status,
        "about": {name: row.about.get(name) for name in ("reference", "context", "permissions")},
        "expires_at": row.expires_at and written(row.expires_at),
        "last_used_at": row.last_used_at and written(row.last_used_at),
        "created_at": written(row.created_at),
    }
