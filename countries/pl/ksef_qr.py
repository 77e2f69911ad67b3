"""The addresses in the QR codes of a Polish invoice (kody weryfikujące).

Code I is on every visual invoice and leads to it in KSeF: NIP, day of issue and SHA-256 of the
very bytes of the XML. Code II is added when the invoice was issued offline; its address names the
issuer's KSeF certificate (type Offline) and is signed with that certificate's key: RSASSA-PSS with
SHA-256 and 32 bytes of salt, or ECDSA on P-256 with the signature as R and S side by side.

Nothing is signed here: `certificate_statement` is what to sign, `certificate_address` takes the
signature.

Source: CIRFMF/ksef-docs, kody-qr.md (21 August 2025).
"""

import base64
import datetime
import hashlib
import re
from enum import StrEnum

OFFLINE_LABEL = "OFFLINE"
"""Under code I as long as the invoice has no KSeF number, which stands there afterwards."""

CERTIFICATE_LABEL = "CERTYFIKAT"
"""Under code II."""

_SHA256 = re.compile(r"[A-Za-z0-9_-]{43}")
_NIP = re.compile(r"[0-9]{10}")
_SERIAL = re.compile(r"[0-9A-F]+")
_VALUE = re.compile(r"[A-Za-z0-9+*-]+")


class Environment(StrEnum):
    """The environments of KSeF; each has its own invoices and its own addresses."""

    TEST = "qr-test.ksef.mf.gov.pl"
    DEMO = "qr-demo.ksef.mf.gov.pl"
    PRODUCTION = "qr.ksef.mf.gov.pl"


class Context(StrEnum):
    """What a session was opened by: the kind of the context identifier."""

    NIP = "Nip"
    INTERNAL_ID = "InternalId"
    NIP_VAT_UE = "NipVatUe"
    PEPPOL_ID = "PeppolId"


def invoice_hash(content: bytes) -> str:
    """Return the SHA-256 of an invoice's XML as the addresses have it (base64url, unpadded)."""
    return base64url(hashlib.sha256(content).digest())


def base64url(value: bytes) -> str:
    """Return bytes in the URL-safe alphabet of RFC 4648 section 5, without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def invoice_address(
    environment: Environment | str,
    seller_nip: str,
    issue_date: datetime.date,
    sha256: str,
    *,
    protocol: str = "https",
) -> str:
    """Return the address in code I.

    Args:
        environment: Where the invoice is, or will be; a host for any other system.
        seller_nip: Podmiot1/DaneIdentyfikacyjne/NIP.
        issue_date: P_1.
        sha256: Of `invoice_hash`.
        protocol: `http` for a local system.

    Raises:
        ValueError: The NIP is not ten digits, or the hash is none.
    """
    _refuse_unless(_NIP, seller_nip, "The seller's NIP")
    _refuse_unless(_SHA256, sha256, "The hash")
    return f"{protocol}://{environment}/invoice/{seller_nip}/{issue_date:%d-%m-%Y}/{sha256}"


def certificate_statement(  # noqa: PLR0913 - the parts of one address, in its order
    environment: Environment | str,
    context: Context,
    context_value: str,
    *,
    seller_nip: str,
    serial_number: str,
    sha256: str,
) -> str:
    """Return what the issuer signs for code II: its address without scheme and signature.

    Args:
        environment: Where the invoice will be; a host for any other system.
        context: How the issuer is known to KSeF.
        context_value: Its identifier of that kind.
        seller_nip: Podmiot1/DaneIdentyfikacyjne/NIP; not the issuer's, who may be another.
        serial_number: Of the issuer's KSeF certificate, hexadecimal.
        sha256: Of `invoice_hash`.

    Raises:
        ValueError: A part has characters that it cannot have.
    """
    _refuse_unless(_VALUE, context_value, "The context identifier")
    _refuse_unless(_NIP, seller_nip, "The seller's NIP")
    _refuse_unless(_SERIAL, serial_number, "The serial number of the certificate")
    _refuse_unless(_SHA256, sha256, "The hash")
    issuer = f"{context}/{context_value}/{seller_nip}/{serial_number}"
    return f"{environment}/certificate/{issuer}/{sha256}"


def certificate_address(statement: str, signature: bytes, *, protocol: str = "https") -> str:
    """Return the address in code II: the statement that was signed, and the signature."""
    return f"{protocol}://{statement}/{base64url(signature)}"


def _refuse_unless(form: re.Pattern[str], value: str, what: str) -> None:
    if not form.fullmatch(value):
        raise ValueError(f"{what} cannot be {value!r}.")
