"""Signed data of the Cryptographic Message Syntax (RFC 5652), read without believing it.

BER is read as well as DER, because signing software writes it, and base64 and PEM, because mail
and Italian portals do. What stands twice where the norm allows one, or follows the end, is
refused: whoever reads the other one would see another document.
"""

import base64
import binascii
import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from asn1crypto import algos, cms, core, x509

from formats.signatures.signer import Algorithm
from formats.signatures.structure import check_structure

MAX_BYTES = 48 * 1024 * 1024
MAX_SIGNERS = 32
MAX_CERTIFICATES = 64

DATA = "1.2.840.113549.1.7.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
TST_INFO = "1.2.840.113549.1.9.16.1.4"

CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52"
SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"
SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
SIGNATURE_TIME_STAMP = "1.2.840.113549.1.9.16.2.14"

_SINGLE = frozenset(
    {
        *(CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME, ALGORITHM_PROTECTION),
        *(SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2),
    }
)
"""Attributes that have exactly one value (RFC 5652 11, RFC 5035 3 and 4, RFC 6211 2)."""

_PEM = re.compile(
    rb"\s*-----BEGIN (PKCS7|CMS|PKCS #7 SIGNED DATA)-----\s(.*)-----END \1-----\s*", re.DOTALL
)


class UnreadableCmsError(ValueError):
    """The bytes are not signed data as the norm wants it; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class SignerInfo:
    """One signer's part.

    Attributes:
        issuer: The certificate's issuer as it is compared, or None when `key_id` says which.
        serial: Its serial number.
        key_id: Its subject key identifier.
        digest: `sha256` ...
        algorithm: How it was signed, None when it is nothing we know.
        algorithm_name: The same as the message names it.
        salt: The length of the PSS salt.
        attributes: Signed attributes by object identifier, each with its values.
        attributes_der: What was signed when there are attributes, as it stands; None when there
            are none.
        attributes_again: Makes the same as DER wants it: some software signs DER and sends BER.
        signature: The signature itself.
        stamps: Time stamp tokens over it, in DER.
        declared: Digest and signature algorithm as RFC 6211 repeats them, or None.
        outer: The same as the signer's part has them.
    """

    issuer: object
    serial: int | None
    key_id: bytes | None
    digest: str
    algorithm: Algorithm | None
    algorithm_name: str
    salt: int | None
    attributes: Mapping[str, tuple[Any, ...]]
    attributes_der: bytes | None
    attributes_again: Callable[[], bytes]
    signature: bytes
    stamps: tuple[bytes, ...]
    declared: tuple[bytes, bytes] | None
    outer: tuple[bytes, bytes]

    def single(self, oid: str) -> Any:  # noqa: ANN401 - whatever the attribute holds
        """Return the one value of an attribute, or None."""
        values = self.attributes.get(oid)
        return values[0] if values else None

    @property
    def claimed_at(self) -> datetime.datetime | None:
        """When the signer says it was signed."""
        value = self.single(SIGNING_TIME)
        moment: datetime.datetime | None = value.native if value is not None else None
        return moment


@dataclass(frozen=True, slots=True)
class SignedData:
    """A message.

    Attributes:
        content_type: The object identifier of what is signed.
        content: What is signed, None when it is detached.
        certificates: All that were sent, in DER.
        crls: Revocation lists that were sent, in DER.
        signers: At least one.
    """

    content_type: str
    content: bytes | None
    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    signers: tuple[SignerInfo, ...]


def plain(data: bytes) -> bytes:
    """Return the message without PEM or base64 around it.

    Raises:
        UnreadableCmsError: It is too large, empty, or broken base64.
    """
    if not data:
        raise UnreadableCmsError("The file is empty.")
    if len(data) > MAX_BYTES:
        raise UnreadableCmsError(f"{len(data)} bytes; more than {MAX_BYTES} are not read.")
    if data[:1] == b"\x30":
        return data
    armoured = _PEM.fullmatch(data)
    body = armoured[2] if armoured else data
    try:
        return base64.b64decode(b"".join(body.split()), validate=True)
    except binascii.Error as error:
        raise UnreadableCmsError(f"It is neither DER nor BER nor base64: {error}.") from error


def is_signed_data(data: bytes) -> bool:
    """Tell whether bytes begin as CMS signed data does; nothing more is promised."""
    try:
        return read_outer(plain(data)) is not None
    except UnreadableCmsError:
        return False


def read_outer(data: bytes) -> cms.ContentInfo | None:
    """Read the outermost structure; None when it is something else than signed data."""
    head = data[:32]
    if head[:1] != b"\x30" or b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" not in head:
        return None
    try:
        check_structure(data)
        info = cms.ContentInfo.load(data, strict=True)
        return info if info["content_type"].dotted == SIGNED_DATA else None
    except Exception:  # noqa: BLE001 - the parser raises many kinds
        return None


def read(data: bytes) -> SignedData:
    """Read a message.

    Raises:
        UnreadableCmsError: See there.
    """
    bare = plain(data)
    try:
        check_structure(bare)
        return _signed_data(cms.ContentInfo.load(bare, strict=True))
    except UnreadableCmsError:
        raise
    except Exception as error:
        raise UnreadableCmsError(f"It cannot be read as CMS signed data: {error}") from error


def _signed_data(info: cms.ContentInfo) -> SignedData:
    if info["content_type"].dotted != SIGNED_DATA:
        raise UnreadableCmsError("It is a CMS message, but not signed data.")
    parsed = info["content"]
    signers = parsed["signer_infos"]
    if not 1 <= len(signers) <= MAX_SIGNERS:
        raise UnreadableCmsError(f"It has {len(signers)} signers; 1 to {MAX_SIGNERS} are read.")
    encapsulated = parsed["encap_content_info"]
    certificates = [
        one.chosen.dump() for one in _each(parsed["certificates"]) if one.name == "certificate"
    ]
    if len(certificates) > MAX_CERTIFICATES:
        raise UnreadableCmsError(f"It brings {len(certificates)} certificates.")
    return SignedData(
        content_type=encapsulated["content_type"].dotted,
        content=_content(encapsulated["content"]),
        certificates=tuple(certificates),
        crls=tuple(one.chosen.dump() for one in _each(parsed["crls"]) if one.name == "crl"),
        signers=tuple(_signer(one) for one in signers),
    )


def _each(value: Any) -> Iterable[Any]:  # noqa: ANN401 - of the parser
    """Return the members of a set that may be absent."""
    return () if value is None or isinstance(value, core.Void) else value


def _content(value: Any) -> bytes | None:  # noqa: ANN401 - of the parser
    if value is None or isinstance(value, core.Void):
        return None
    if not isinstance(value, core.OctetString | core.ParsableOctetString):
        raise UnreadableCmsError("Its content is not an OCTET STRING.")  # RFC 5652 5.2
    return bytes(value)


def _signer(info: cms.SignerInfo) -> SignerInfo:
    sid = info["sid"]
    by_name = sid.name == "issuer_and_serial_number"
    digest = info["digest_algorithm"]["algorithm"].native
    algorithm, name, salt = signature_algorithm(info["signature_algorithm"], digest)
    absent = info["signed_attrs"] is None or isinstance(info["signed_attrs"], core.Void)
    signed = None if absent else info["signed_attrs"].untag()
    unsigned = _attributes(info["unsigned_attrs"])
    attributes = {} if signed is None else _attributes(signed)
    protection = attributes.get(ALGORITHM_PROTECTION)
    return SignerInfo(
        issuer=sid.chosen["issuer"].hashable if by_name else None,
        serial=sid.chosen["serial_number"].native if by_name else None,
        key_id=None if by_name else sid.chosen.native,
        digest=digest,
        algorithm=algorithm,
        algorithm_name=name,
        salt=salt,
        attributes=attributes,
        attributes_der=None if signed is None else signed.dump(),
        attributes_again=lambda: b"" if signed is None else signed.dump(force=True),
        signature=info["signature"].native,
        stamps=tuple(value.dump() for value in unsigned.get(SIGNATURE_TIME_STAMP, ())),
        declared=_protection(protection[0]) if protection else None,
        outer=(_oid(info["digest_algorithm"]), _oid(info["signature_algorithm"])),
    )


def _attributes(parsed: Any) -> dict[str, tuple[Any, ...]]:  # noqa: ANN401 - of the parser
    """Return attributes by their identifier.

    Raises:
        UnreadableCmsError: One stands twice, has no value, or has several where one is allowed.
    """
    found: dict[str, tuple[Any, ...]] = {}
    for attribute in _each(parsed):
        oid = attribute["type"].dotted
        values = tuple(attribute["values"])
        if oid in found:
            raise UnreadableCmsError(f"The attribute {oid} stands twice.")
        if not values or (oid in _SINGLE and len(values) != 1):
            raise UnreadableCmsError(f"The attribute {oid} has {len(values)} values.")
        found[oid] = values
    return found


def signature_algorithm(
    parsed: algos.SignedDigestAlgorithm, digest: str
) -> tuple[Algorithm | None, str, int | None]:
    """Translate a signature algorithm; it must use the digest that the signer names.

    Returns:
        The algorithm (None when it is nothing we know, or the digests differ), its name, and the
        salt's length.
    """
    name = parsed["algorithm"].native
    try:
        kind = parsed.signature_algo
    except ValueError:
        return None, name, None
    try:
        hashing = parsed.hash_algo
    except ValueError:
        hashing = digest
    if kind == "ed25519":
        return (Algorithm.ED25519 if digest == "sha512" else None), name, None  # RFC 8419 2.3
    prefix = {"rsassa_pkcs1v15": "rsa-pkcs1v15", "rsassa_pss": "rsa-pss", "ecdsa": "ecdsa"}
    if hashing != digest or kind not in prefix:
        return None, name, None
    salt = None
    if kind == "rsassa_pss":
        parameters = parsed["parameters"]
        mask = parameters["mask_gen_algorithm"]
        if mask["algorithm"].native != "mgf1" or (
            mask["parameters"]["algorithm"].native != hashing
            or parameters["trailer_field"].native not in {1, "trailer_field_bc"}
        ):
            return None, name, None
        salt = parameters["salt_length"].native
    try:
        return Algorithm(f"{prefix[kind]}-{hashing}"), name, salt
    except ValueError:
        return None, name, None


def _oid(identifier: Any) -> bytes:  # noqa: ANN401 - of the parser
    oid: bytes = identifier["algorithm"].dump()
    return oid


def _protection(value: Any) -> tuple[bytes, bytes]:  # noqa: ANN401 - of the parser
    signature = value["signature_algorithm"].untag()
    return _oid(value["digest_algorithm"]), _oid(signature)


def readable_certificate(der: bytes) -> x509.Certificate | None:
    """Read a certificate that was sent along; None when it is unreadable."""
    try:
        parsed = x509.Certificate.load(der, strict=True)
        _ = (parsed.issuer.hashable, parsed.serial_number, parsed.key_identifier)
    except Exception:  # noqa: BLE001 - the parser raises many kinds
        return None
    return parsed
