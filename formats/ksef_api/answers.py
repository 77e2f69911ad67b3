"""What KSeF answers, as values. Members that are not used here are left out; new ones are ignored.

The names are those of open-api.json, in snake case.
"""

import base64
import binascii
import datetime
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel
from typing_extensions import override

from formats.json.parsing import MalformedJsonError, parse_json
from formats.ksef_api.encryption import EncryptionError, PublicKey


class AnswerError(ValueError):
    """It is not what KSeF answers to this; the message says what is wrong."""


class KsefAnswer(BaseModel):
    """What all of them have: members in camel case, and unknown ones ignored."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True
    )


A = TypeVar("A", bound=KsefAnswer)


def _hash(text: str) -> str:
    try:
        if len(base64.b64decode(text, validate=True)) == 32:  # noqa: PLR2004 - SHA-256
            return text
    except binascii.Error as error:
        raise ValueError("not base64") from error
    raise ValueError("not SHA-256")


Hash = Annotated[str, AfterValidator(_hash)]
"""SHA-256 in base64."""


def read(body: bytes, kind: type[A]) -> A:
    """Read an answer.

    Raises:
        AnswerError: It is not one of that kind.
    """
    try:
        return validated(parse_json(body), kind)
    except MalformedJsonError as error:
        raise AnswerError(f"not JSON: {error}") from error


def validated(value: object, kind: type[A]) -> A:
    """Return JSON that was parsed already as an answer.

    Raises:
        AnswerError: It is not one of that kind.
    """
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise AnswerError(f"{kind.__name__}: {place}: {first['msg']}") from error


class Challenge(KsefAnswer):
    """`POST /auth/challenge`; good for ten minutes."""

    challenge: str
    timestamp: AwareDatetime
    timestamp_ms: int


class Token(KsefAnswer):
    """A token, and until when it is good."""

    token: str
    valid_until: AwareDatetime


class LoginBegun(KsefAnswer):
    """`POST /auth/xades-signature`, `POST /auth/ksef-token`."""

    reference_number: str
    authentication_token: Token


class Status(KsefAnswer):
    """How far something is; see `formats.ksef_api.codes`."""

    code: int
    description: str
    details: tuple[str, ...] | None = None
    extensions: dict[str, Any] | None = None

    @override
    def __str__(self) -> str:
        """Return it for people, with its details."""
        return "; ".join((f"{self.code} {self.description}", *(self.details or ())))


class LoginStatus(KsefAnswer):
    """`GET /auth/{referenceNumber}`."""

    status: Status


class Tokens(KsefAnswer):
    """`POST /auth/token/redeem`, once."""

    access_token: Token
    refresh_token: Token


class Refreshed(KsefAnswer):
    """`POST /auth/token/refresh`."""

    access_token: Token


class OnlineOpened(KsefAnswer):
    """`POST /sessions/online`."""

    reference_number: str
    valid_until: AwareDatetime


class InvoiceTaken(KsefAnswer):
    """`POST /sessions/online/{referenceNumber}/invoices`: it is known, and nothing else."""

    reference_number: str


class PartUpload(KsefAnswer):
    """Where one part of a package goes, and with what headers."""

    ordinal_number: int
    method: str
    url: str
    headers: dict[str, str | None]


class BatchOpened(KsefAnswer):
    """`POST /sessions/batch`."""

    reference_number: str
    part_upload_requests: tuple[PartUpload, ...]


class UpoPage(KsefAnswer):
    """A page of a session's UPO, at most 10,000 invoices."""

    reference_number: str
    download_url: str


class UpoPages(KsefAnswer):
    """The pages of a session's UPO."""

    pages: tuple[UpoPage, ...]


class SessionStatus(KsefAnswer):
    """`GET /sessions/{referenceNumber}`."""

    status: Status
    date_created: AwareDatetime
    valid_until: AwareDatetime | None = None
    upo: UpoPages | None = None
    invoice_count: int | None = None
    successful_invoice_count: int | None = None
    failed_invoice_count: int | None = None


class InvoiceStatus(KsefAnswer):
    """`GET /sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}`."""

    ordinal_number: int
    reference_number: str
    invoice_hash: Hash
    invoicing_date: AwareDatetime
    status: Status
    invoice_number: str | None = None
    ksef_number: str | None = None
    invoice_file_name: str | None = None
    acquisition_date: AwareDatetime | None = None
    permanent_storage_date: AwareDatetime | None = None
    invoicing_mode: str | None = None


class InvoicePage(KsefAnswer):
    """`GET /sessions/{referenceNumber}/invoices`."""

    invoices: tuple[InvoiceStatus, ...]
    continuation_token: str | None = None


class SessionItem(KsefAnswer):
    """One session of a list."""

    reference_number: str
    status: Status
    date_created: AwareDatetime
    total_invoice_count: int


class SessionPage(KsefAnswer):
    """`GET /sessions`: the newest first."""

    sessions: tuple[SessionItem, ...]
    continuation_token: str | None = None


class KeyCertificate(KsefAnswer):
    """One of the ministry's public keys."""

    certificate: str
    certificate_id: Hash
    public_key_id: Hash
    valid_from: AwareDatetime
    valid_to: AwareDatetime
    usage: tuple[str, ...]


FOR_SESSIONS = "SymmetricKeyEncryption"
FOR_TOKENS = "KsefTokenEncryption"


def public_key(body: bytes, usage: str, at: datetime.datetime) -> PublicKey:
    """Return the ministry's key for something: of those in force, the one that ends last.

    Args:
        body: The answer of `GET /security/public-key-certificates`.
        usage: `FOR_SESSIONS` or `FOR_TOKENS`.
        at: The moment.

    Raises:
        AnswerError: There is none, or one is not what it says.
    """
    try:
        listed = parse_json(body)
        known = [KeyCertificate.model_validate(one) for one in listed]
    except (MalformedJsonError, ValidationError, TypeError) as error:
        raise AnswerError(f"no list of public keys: {str(error)[:200]}") from error
    good = [one for one in known if usage in one.usage and one.valid_from <= at < one.valid_to]
    if not good:
        raise AnswerError(f"no public key for {usage} is in force")
    chosen = max(good, key=lambda one: one.valid_to)
    try:
        found = PublicKey.of(base64.b64decode(chosen.certificate, validate=True))
    except (binascii.Error, EncryptionError) as error:
        raise AnswerError(f"the certificate cannot be read: {error}") from error
    if found.id != chosen.public_key_id:
        raise AnswerError("publicKeyId is not the digest of the key in the certificate")
    return found
