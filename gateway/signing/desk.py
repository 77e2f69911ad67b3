"""What is asked of the vault over the API: keys made and brought, requests for certificates."""

import base64
import binascii
import datetime
from uuid import UUID

from gateway.kit.tenancy import TenantTransaction
from gateway.problems import RequestInvalidProblem, UnavailableProblem
from gateway.signing import making, requests, service
from gateway.signing.certificates import read as read_certificates
from gateway.signing.encryption import KeyEncryptionError
from gateway.signing.making import NewKey
from gateway.signing.pkcs12.reading import read as read_pkcs12
from gateway.signing.problems import KeyRefusedProblem
from gateway.signing.repository import KeyRow
from gateway.signing.schemas import (
    CertificateInput,
    CertificateRequestInput,
    SigningKeyImport,
    SigningKeyInput,
)
from gateway.signing.service import Vault

_NOT_NOW = "The service that wraps the keys of this installation does not answer."


def generate(
    tx: TenantTransaction, vault: Vault, given: SigningKeyInput, now: datetime.datetime
) -> KeyRow:
    """Make a key in the vault.

    Raises:
        KeyRefusedProblem: The entity has too many.
        UnavailableProblem: It cannot be sealed now.
    """
    new = NewKey(given.name, given.purposes, given.active_from, given.bare, given.metadata)
    try:
        return making.generate(tx, vault.encryption, new, given.kind, now)
    except KeyEncryptionError:
        raise UnavailableProblem(_NOT_NOW) from None


def bring(
    tx: TenantTransaction, vault: Vault, given: SigningKeyImport, now: datetime.datetime
) -> KeyRow:
    """Take the key of a PKCS #12 file.

    Raises:
        KeyRefusedProblem: It is not taken.
        UnavailableProblem: It cannot be sealed now.
    """
    try:
        content = base64.b64decode(given.pkcs12.get_secret_value(), validate=True)
    except (binascii.Error, ValueError):
        raise KeyRefusedProblem("unreadable", "The file is not base64.", "/pkcs12") from None
    brought = read_pkcs12(content, given.password.get_secret_value())
    new = NewKey(given.name, given.purposes, given.active_from, metadata=given.metadata)
    try:
        return making.bring(tx, vault.encryption, new, brought, now)
    except KeyEncryptionError:
        raise UnavailableProblem(_NOT_NOW) from None


def certify(
    tx: TenantTransaction, key_id: UUID, given: CertificateInput, now: datetime.datetime
) -> KeyRow:
    """Give a key a certificate.

    Raises:
        NotFoundProblem: There is no such key for this caller.
        KeyRefusedProblem: The certificate is not the key's, or has expired.
    """
    row = service.get(tx, key_id, lock=True)
    making.add_certificate(tx, row, read_certificates(given.certificate), now)
    return row


def request(
    tx: TenantTransaction, vault: Vault, key_id: UUID, given: CertificateRequestInput
) -> str:
    """Return the request for a certificate of a key, in PEM.

    Raises:
        NotFoundProblem: There is no such key for this caller.
        RequestInvalidProblem: The names cannot be written.
        KeyUnusableProblem: The key cannot be opened.
    """
    row = service.get(tx, key_id)
    parts = given.subject.model_dump(exclude_none=True)
    if not parts:
        raise RequestInvalidProblem([{"pointer": "/subject", "message": "names nobody"}])
    try:
        whom = requests.subject(
            parts,
            dns_names=given.dns_names,
            emails=given.emails,
            uris=given.uris,
            addresses=given.addresses,
        )
    except ValueError as error:
        raise RequestInvalidProblem(
            [{"pointer": "", "message": f"cannot be written into a request: {error}"}]
        ) from None
    return requests.write(row.public_key, whom, vault.over(tx, row))
