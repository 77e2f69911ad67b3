"""Saying who we are: the signed `AuthTokenRequest`, and the encrypted KSeF token.

Source: CIRFMF/ksef-docs, uwierzytelnianie.md, auth/schemy/schemat_auth_v2-1.xsd (the namespace
2.1: the pattern of 2.0 is none that XSD processors read), auth/podpis-xades.md.
"""

import base64
import datetime
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lxml import etree
from typing_extensions import override

from formats.ksef_api.encryption import PublicKey, wrap
from formats.signatures.signer import Signer
from formats.signatures.xml import Properties, sign_enveloped

NAMESPACE = "http://ksef.mf.gov.pl/auth/token/2.1"


class ContextType(StrEnum):
    """In whose name the system is used; the words of the JSON, and of the XML's elements."""

    NIP = "Nip"
    INTERNAL_ID = "InternalId"
    NIP_VAT_EU = "NipVatUe"
    PEPPOL_ID = "PeppolId"


class SubjectType(StrEnum):
    """By what of the certificate the one who signs is known."""

    SUBJECT = "certificateSubject"  # NIP or PESEL in its subject
    FINGERPRINT = "certificateFingerprint"  # SHA-256 of it, to which somebody gave permissions


@dataclass(frozen=True, slots=True)
class Context:
    """In whose name the system is used.

    Attributes:
        type: What kind of number it is.
        value: The number.
    """

    type: ContextType
    value: str

    @override
    def __str__(self) -> str:
        """Return it as it stands in our own headers: `Nip:5265877635`."""
        return f"{self.type}:{self.value}"

    @classmethod
    def parse(cls, text: str) -> "Context":
        """Read what `str` wrote.

        Raises:
            ValueError: It is of no kind that KSeF knows.
        """
        kind, _, value = text.partition(":")
        if not value:
            raise ValueError(f"no context: {text!r}")
        return cls(ContextType(kind), value)

    def as_dict(self) -> dict[str, str]:
        """Return it as it stands in JSON."""
        return {"type": self.type.value, "value": self.value}


@dataclass(frozen=True, slots=True)
class AllowedAddresses:
    """From where the tokens may be used: at most ten of each (IPv4).

    Attributes:
        addresses: `192.0.2.1`.
        ranges: `192.0.2.1-192.0.2.9`.
        masks: `192.0.2.0/24`.
    """

    addresses: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()


def write_request(
    challenge: str,
    context: Context,
    subject: SubjectType = SubjectType.SUBJECT,
    allowed: AllowedAddresses | None = None,
) -> bytes:
    """Return the unsigned `AuthTokenRequest`."""
    root = etree.Element(f"{{{NAMESPACE}}}AuthTokenRequest", nsmap={None: NAMESPACE})
    _add(root, "Challenge", challenge)
    _add(_add(root, "ContextIdentifier"), context.type, context.value)
    _add(root, "SubjectIdentifierType", subject)
    if allowed is not None:
        listed = _add(_add(root, "AuthorizationPolicy"), "AllowedIps")
        for name, values in (
            ("Ip4Address", allowed.addresses),
            ("Ip4Range", allowed.ranges),
            ("Ip4Mask", allowed.masks),
        ):
            for value in values:
                _add(listed, name, value)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def signed_request(  # noqa: PLR0913 - what the document says, and by whom
    challenge: str,
    context: Context,
    signer: Signer,
    at: datetime.datetime,
    *,
    subject: SubjectType = SubjectType.SUBJECT,
    allowed: AllowedAddresses | None = None,
) -> bytes:
    """Return the `AuthTokenRequest` with an enveloped XAdES signature.

    With the properties of TS 101 903 (version 1): .NET, which judges it, knows these for certain.

    Raises:
        SignerError: The key cannot be used.
        SigningError: It cannot be signed with this key.
    """
    document = write_request(challenge, context, subject, allowed)
    return sign_enveloped(document, signer, properties=Properties(signing_time=at, version=1))


def token_body(  # noqa: PLR0913 - what the call says
    challenge: str,
    timestamp_ms: int,
    context: Context,
    *,
    token: str,
    key: PublicKey,
    seed: bytes,
) -> bytes:
    """Return the body of `POST /auth/ksef-token`.

    Args:
        challenge: As it was given.
        timestamp_ms: `timestampMs`, given with the challenge: the token is bound to it.
        context: In whose name.
        token: The KSeF token.
        key: The ministry's key for tokens.
        seed: 32 random bytes.
    """
    encrypted = wrap(f"{token}|{timestamp_ms}".encode(), key, seed)
    body: dict[str, Any] = {
        "challenge": challenge,
        "contextIdentifier": context.as_dict(),
        "encryptedToken": base64.b64encode(encrypted).decode(),
        "publicKeyId": key.id,
    }
    return json.dumps(body).encode()


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    made.text = text
    return made
