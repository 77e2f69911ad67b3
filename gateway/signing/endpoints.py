"""HTTP for the vault: `/v1/signing-keys`, `/v1/certificates`. Nothing private ever comes out."""

from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Query, Request, Response

from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.moments import Moment
from gateway.kit.pagination import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    MetadataFilter,
    read_id_cursor,
    write_cursor,
)
from gateway.kit.tenancy import TenantTransaction
from gateway.openapi import takes
from gateway.signing import desk, lifecycle, service
from gateway.signing.repository import KeyRow
from gateway.signing.schemas import (
    CertificateInput,
    CertificateList,
    CertificateRequestInput,
    CertificateRequestView,
    CertificateView,
    KeyRevocationInput,
    Purpose,
    RotationInput,
    SigningKeyChange,
    SigningKeyImport,
    SigningKeyInput,
    SigningKeyList,
    SigningKeyView,
)
from gateway.signing.service import Vault
from gateway.signing.views import certificate_json, key_json
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/signing-keys", tags=["Signing keys"])
certificates = APIRouter(prefix="/v1/certificates", tags=["Signing keys"])

_ONE = "/{signing_key_id}"


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def vault(self) -> Vault:
        """Where the keys are."""


def _vault(request: Request) -> Vault:
    doors: Doors = request.app.state.runtime
    return doors.vault


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=SigningKeyView,
    openapi_extra=takes(SigningKeyInput),
)
def create_signing_key(
    request: Request, tx: WriterTransaction, once: Idempotency, content: JsonContent
) -> Response:
    """Make a key in the vault, which it never leaves."""

    def run() -> Answer:
        given = validated(SigningKeyInput, parse_json(content))
        row = desk.generate(tx, _vault(request), given, clock.now())
        return Answer(HTTPStatus.CREATED, to_json(_shown(tx, row)))

    return once(tx, run)


@router.post(
    "/import",
    status_code=HTTPStatus.CREATED,
    response_model=SigningKeyView,
    openapi_extra=takes(SigningKeyImport),
)
def import_signing_key(
    request: Request, tx: WriterTransaction, once: Idempotency, content: JsonContent
) -> Response:
    """Take the key of a PKCS #12 file, with its certificates.

    What is wrong with a file is said in `reason` of the problem `key-refused`.
    """

    def run() -> Answer:
        given = validated(SigningKeyImport, parse_json(content))
        row = desk.bring(tx, _vault(request), given, clock.now())
        return Answer(HTTPStatus.CREATED, to_json(_shown(tx, row)))

    return once(tx, run)


@router.get("", response_model=SigningKeyList)
def list_signing_keys(
    tx: ReaderTransaction,
    metadata: MetadataFilter,
    purpose: Purpose | None = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List the entity's keys, newest first."""
    before = read_id_cursor(cursor)
    rows = service.page(tx, purpose=purpose, metadata=metadata, before=before, limit=limit + 1)
    page, now = rows[:limit], clock.now()
    certified = service.certificates_of(tx, [row.id for row in page])
    environment = tx.tenant.environment
    return {
        "data": [key_json(row, certified[row.id], environment, now) for row in page],
        "next_cursor": write_cursor(page[-1].id) if len(rows) > limit else None,
    }


@router.get(_ONE, response_model=SigningKeyView)
def read_signing_key(tx: ReaderTransaction, signing_key_id: str) -> dict[str, Any]:
    """Read a key, with its certificates."""
    return _shown(tx, service.get(tx, parse_id(signing_key_id, "sgk")))


@router.patch(_ONE, response_model=SigningKeyView, openapi_extra=takes(SigningKeyChange))
def change_signing_key(
    tx: WriterTransaction, signing_key_id: str, content: JsonContent
) -> dict[str, Any]:
    """Change name, purposes or metadata of a key by JSON Merge Patch."""
    identifier = parse_id(signing_key_id, "sgk")
    return _shown(tx, lifecycle.change(tx, identifier, parse_json(content), clock.now()))


@router.delete(_ONE, status_code=HTTPStatus.NO_CONTENT)
def destroy_signing_key(tx: WriterTransaction, signing_key_id: str) -> Response:
    """Destroy a key that signs no more. Its certificates stay, and what it signed counts."""
    lifecycle.destroy(tx, parse_id(signing_key_id, "sgk"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post(
    f"{_ONE}/csr",
    response_model=CertificateRequestView,
    openapi_extra=takes(CertificateRequestInput),
)
def request_certificate(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    signing_key_id: str,
    content: JsonContent,
) -> Response:
    """Write the request (CSR) with which an authority is asked for a certificate of the key."""
    identifier = parse_id(signing_key_id, "sgk")

    def run() -> Answer:
        given = validated(CertificateRequestInput, parse_json(content))
        text = desk.request(tx, _vault(request), identifier, given)
        body = {
            "object": "certificate_request",
            "signing_key_id": public_id("sgk", identifier),
            "csr": text,
        }
        return Answer(HTTPStatus.OK, to_json(body))

    return once(tx, run)


@router.post(
    f"{_ONE}/certificates",
    status_code=HTTPStatus.CREATED,
    response_model=SigningKeyView,
    openapi_extra=takes(CertificateInput),
)
def add_certificate(
    tx: WriterTransaction, once: Idempotency, signing_key_id: str, content: JsonContent
) -> Response:
    """Give a key its certificate: the first, or the next before that one expires.

    It must be the key's own. The issuers between it and the root may be sent with it.
    """
    identifier = parse_id(signing_key_id, "sgk")

    def run() -> Answer:
        given = validated(CertificateInput, parse_json(content))
        row = desk.certify(tx, identifier, given, clock.now())
        return Answer(HTTPStatus.CREATED, to_json(_shown(tx, row)))

    return once(tx, run)


@router.post(f"{_ONE}/rotate", response_model=SigningKeyView, openapi_extra=takes(RotationInput))
def rotate_signing_key(
    tx: WriterTransaction, once: Idempotency, signing_key_id: str, content: JsonContent
) -> Response:
    """Say from when another key signs in place of this one, and how long this one still counts."""
    identifier = parse_id(signing_key_id, "sgk")

    def run() -> Answer:
        given = validated(RotationInput, parse_json(content))
        row = lifecycle.rotate(tx, identifier, given, clock.now())
        return Answer(HTTPStatus.OK, to_json(_shown(tx, row)))

    return once(tx, run)


@router.post(f"{_ONE}/retire", response_model=SigningKeyView)
def retire_signing_key(tx: WriterTransaction, once: Idempotency, signing_key_id: str) -> Response:
    """Let a key sign no more. What it signed counts."""
    identifier = parse_id(signing_key_id, "sgk")

    def run() -> Answer:
        row = lifecycle.retire(tx, identifier, clock.now())
        return Answer(HTTPStatus.OK, to_json(_shown(tx, row)))

    return once(tx, run)


@router.post(
    f"{_ONE}/revoke", response_model=SigningKeyView, openapi_extra=takes(KeyRevocationInput)
)
def revoke_signing_key(
    tx: WriterTransaction, once: Idempotency, signing_key_id: str, content: JsonContent
) -> Response:
    """Let a key sign no more, because something is wrong with it. Tell its authority too."""
    identifier = parse_id(signing_key_id, "sgk")

    def run() -> Answer:
        given = validated(KeyRevocationInput, parse_json(content))
        row = lifecycle.revoke(tx, identifier, given.reason, clock.now())
        return Answer(HTTPStatus.OK, to_json(_shown(tx, row)))

    return once(tx, run)


@certificates.get("", response_model=CertificateList)
def list_certificates(
    tx: ReaderTransaction,
    expires_before: Annotated[
        Moment | None, Query(description="Only those that expire before this moment.")
    ] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List the certificates of the entity's keys, newest first, also those that expired."""
    before, now = read_id_cursor(cursor), clock.now()
    rows = service.certificate_page(
        tx, expires_before=expires_before, before=before, limit=limit + 1
    )
    page = rows[:limit]
    return {
        "data": [certificate_json(row, now) for row in page],
        "next_cursor": write_cursor(page[-1].id) if len(rows) > limit else None,
    }


@certificates.get("/{certificate_id}", response_model=CertificateView)
def read_certificate(tx: ReaderTransaction, certificate_id: str) -> dict[str, Any]:
    """Read a certificate, with what is known of its revocation."""
    row = service.get_certificate(tx, parse_id(certificate_id, "crt"))
    return certificate_json(row, clock.now())


def _shown(tx: TenantTransaction, row: KeyRow) -> dict[str, Any]:
    found = service.certificates_of(tx, [row.id])[row.id]
    return key_json(row, found, tx.tenant.environment, clock.now())
