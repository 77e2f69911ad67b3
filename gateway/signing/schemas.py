"""What the API takes and gives for signing keys and certificates."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr

from formats.en16931.group import Text
from gateway.kit.moments import Moment
from gateway.signing.purposes import PURPOSES
from gateway.tenants.schemas import Environment, Input, Metadata, Name, View

Kind = Literal["p-256", "p-384", "p-521", "rsa-2048", "rsa-3072", "rsa-4096", "ed25519"]
Reason = Literal[
    "unspecified",
    "key_compromise",
    "affiliation_changed",
    "superseded",
    "cessation_of_operation",
]
KeyStatus = Literal["waiting", "upcoming", "active", "replaced", "retired", "revoked", "expired"]


def _known(purpose: str) -> str:
    if purpose not in PURPOSES:
        raise ValueError(f"is no purpose; there are {', '.join(PURPOSES)}")
    return purpose


Purpose = Annotated[str, Field(max_length=63), AfterValidator(_known)]
Purposes = Annotated[
    list[Purpose],
    Field(
        min_length=1,
        max_length=20,
        description="; ".join(f"`{name}`: {text}" for name, text in PURPOSES.items()),
    ),
]
Pem = Annotated[
    str, Field(max_length=65536, description="In PEM; its issuers may follow, in any order.")
]
Part = Annotated[Text, Field(min_length=1, max_length=64)]
Alternative = Annotated[str, Field(min_length=1, max_length=253)]


class SigningKeyInput(Input):
    """A key that is made in the vault, and never leaves it.

    It signs once it has a certificate: ask for one with its request (`.../csr`).
    """

    name: Name
    purposes: Purposes
    kind: Kind = "p-256"
    bare: bool = Field(default=False, description="True: it signs without a certificate.")
    active_from: Moment | None = Field(
        default=None, description="From when it signs; without it, from now on."
    )
    metadata: Metadata = Field(default={})


class SigningKeyImport(Input):
    """A key that was made elsewhere: a PKCS #12 file (.p12, .pfx) with one key.

    Neither the file nor its password is kept; no answer shows anything of the key.
    """

    name: Name
    purposes: Purposes
    pkcs12: SecretStr = Field(max_length=180_000, description="The file, in base64.")
    password: SecretStr = Field(max_length=1000, default=SecretStr(""))
    active_from: Moment | None = Field(
        default=None, description="From when it signs; without it, from now on."
    )
    metadata: Metadata = Field(default={})


class SigningKeyChange(Input):
    """What to change of a key, as JSON Merge Patch (RFC 7396)."""

    name: Name | None = None
    purposes: Purposes | None = None
    metadata: dict[str, Any] | None = None


class CertificateInput(Input):
    """A certificate for a key that is here."""

    certificate: Pem


class SubjectInput(Input):
    """Whom a certificate is to name; an authority may change it."""

    common_name: Part | None = None
    organization: Part | None = None
    organization_identifier: Part | None = Field(
        default=None, description="E.g. `VATSI-50223054` (ETSI EN 319 412-1)."
    )
    organizational_unit: Part | None = None
    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    state: Part | None = None
    locality: Part | None = None
    street: Part | None = None
    postal_code: Annotated[Text, Field(min_length=1, max_length=40)] | None = None
    serial_number: Part | None = None
    given_name: Part | None = None
    surname: Part | None = None
    title: Part | None = None


class CertificateRequestInput(Input):
    """What a request for a certificate says. The key signs it."""

    subject: SubjectInput
    dns_names: list[Alternative] = Field(default=[], max_length=20)
    emails: list[Alternative] = Field(default=[], max_length=20)
    uris: list[Alternative] = Field(default=[], max_length=20)
    addresses: list[Alternative] = Field(default=[], max_length=20, description="IP addresses.")


class RotationInput(Input):
    """From when another key signs in place of this one."""

    successor_id: str = Field(description="A key of the entity, with all purposes of this one.")
    at: Moment | None = Field(default=None, description="From when; without it, from now on.")
    keep_until: Moment | None = Field(
        default=None,
        description="Until when what this one signed counts; without it, for ever.",
    )


class KeyRevocationInput(Input):
    """Why a key must not sign any more."""

    reason: Reason = "unspecified"


class RevocationView(View):
    """What the certificate's authority says of it."""

    status: Literal["unchecked", "good", "revoked", "unknown"]
    source: Literal["ocsp", "crl"] | None
    checked_at: datetime.datetime | None
    age_seconds: int | None = Field(description="How old the answer is: since it was fetched.")
    this_update: datetime.datetime | None
    next_update: datetime.datetime | None
    detail: str | None


class CertificateView(View):
    """A certificate of a key."""

    id: str = Field(examples=["crt_01jd0000000000000000000000"])
    object: Literal["certificate"] = "certificate"
    entity_id: str
    signing_key_id: str
    status: Literal["valid", "not_yet_valid", "expired", "revoked"]
    subject: str
    issuer: str
    serial_number: str = Field(description="Hexadecimal.")
    fingerprint: str = Field(description="SHA-256, hexadecimal.")
    not_before: datetime.datetime
    not_after: datetime.datetime
    days_left: int = Field(description="Whole days until it expires; below 0: since it has.")
    revocation: RevocationView
    certificate: str = Field(description="PEM.")
    chain: list[str] = Field(description="Its issuers in PEM, the nearest first, no root.")
    created_at: datetime.datetime


class CertificateList(View):
    """One page of certificates, newest first."""

    object: Literal["list"] = "list"
    data: list[CertificateView]
    next_cursor: str | None


class SigningKeyView(View):
    """A key: everything but the key."""

    id: str = Field(examples=["sgk_01jd0000000000000000000000"])
    object: Literal["signing_key"] = "signing_key"
    entity_id: str
    environment: Environment
    name: str
    origin: Literal["generated", "imported", "token"]
    kind: str
    purposes: list[str]
    status: KeyStatus = Field(
        description="`waiting` for a certificate; `upcoming`; `active`; `replaced` by its "
        "successor; `retired`; `revoked`; `expired`: its last certificate has."
    )
    bare: bool
    public_key: str = Field(description="PEM.")
    active_from: datetime.datetime
    active_until: datetime.datetime | None
    kept_until: datetime.datetime | None
    successor_id: str | None
    retired_at: datetime.datetime | None
    revoked_at: datetime.datetime | None
    revocation_reason: Reason | None
    certificates: list[CertificateView] = Field(description="The one valid longest first.")
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime


class SigningKeyList(View):
    """One page of keys, newest first."""

    object: Literal["list"] = "list"
    data: list[SigningKeyView]
    next_cursor: str | None


class CertificateRequestView(View):
    """A request for a certificate (PKCS #10)."""

    object: Literal["certificate_request"] = "certificate_request"
    signing_key_id: str
    csr: str = Field(description="PEM: for the authority.")
