"""Signatures of others (CMS, RFC 5652) with signed attributes, as CAdES and time stamps have them.

What is signed and which certificate is meant is checked with hashes alone; the signature itself
where the library `cryptography` is installed. Whether a certificate can be trusted is not judged:
that takes a list of whom to believe, and what was revoked when.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import new

from .der import OCTETS, SEQUENCE, SET, DerError, Value, dotted, only

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_TOKEN_CONTENT = "1.2.840.113549.1.9.16.1.4"  # noqa: S105 - an identifier
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_SIGNING_TIME = "1.2.840.113549.1.9.5"
_ESS_CERTIFICATE, _ESS_CERTIFICATE_2 = "1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"
_STAMP = "1.2.840.113549.1.9.16.2.14"
_PSS = "1.2.840.113549.1.1.10"
_IN_0, _IN_1 = 0xA0, 0xA1
_UTC_TIME, _GENERAL_TIME = 0x17, 0x18
_SEQUENCE_OF_SIX = 6
_LARGEST = 16 * 1024 * 1024
"""Bytes of a signature that is read: it is copied, part by part."""

_DIGESTS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature whose hashes fit.

    Attributes:
        who: Subject of the signer's certificate, RFC 4514; None without `cryptography`.
        at: When it was signed: as a time stamp says, else as the signer says; None: nobody says.
        stamped: Who says so; None: the signer.
        checked: Whether the signature itself was checked; it holds then.
    """

    who: str | None
    at: datetime.datetime | None
    stamped: str | None
    checked: bool


def check_signed(message: bytes, content: bytes) -> Signed:
    """Check the one signature over a content that stands elsewhere.

    Raises:
        DerError: It is none, or it does not hold; the message says why.
    """
    encapsulated, certificates, signer = _opened(message)
    if len(encapsulated) != 1:
        raise DerError("it holds what it signs, which should stand elsewhere")
    return _checked(signer, certificates, content)


def check_token(message: bytes, content: bytes) -> Signed:
    """Check a time stamp (RFC 3161) over a content; `at` is the authority's word.

    Raises:
        DerError: It is none, or it does not hold; the message says why.
    """
    encapsulated, certificates, signer = _opened(message)
    if dotted(encapsulated[0]) != _TOKEN_CONTENT or len(encapsulated) != 2:  # noqa: PLR2004
        raise DerError("it is no time stamp")
    told = only(encapsulated[1].must(_IN_0).content).must(OCTETS).content
    info = only(told).must(SEQUENCE).parts()
    if len(info) < 5:  # noqa: PLR2004 - version, policy, imprint, serial number, time
        raise DerError("its content is no TSTInfo")
    imprint = info[2].must(SEQUENCE).parts()
    if len(imprint) != 2 or imprint[1].content != _digest(imprint[0], content):  # noqa: PLR2004
        raise DerError("it is over something else")
    found = _checked(signer, certificates, told, is_token=True)
    return Signed(found.who, _moment(info[4].must(_GENERAL_TIME)), found.who, found.checked)


def _opened(message: bytes) -> tuple[list[Value], list[bytes], list[Value]]:
    """Return what is encapsulated, the certificates, and the one signer, field by field."""
    if len(message) > _LARGEST:
        raise DerError("it is larger than any signature")
    outer = only(message).must(SEQUENCE).parts()
    if len(outer) != 2 or dotted(outer[0]) != _SIGNED_DATA:  # noqa: PLR2004 - type and content
        raise DerError("it is no signed message")
    fields = only(outer[1].must(_IN_0).content).must(SEQUENCE).parts()
    if len(fields) < 4:  # noqa: PLR2004 - version, digests, content, signers
        raise DerError("it is no signed message")
    encapsulated = fields[2].must(SEQUENCE).parts()
    certificates = [
        one.whole for field in fields[3:-1] if field.tag == _IN_0 for one in field.parts()
    ]
    signers = fields[-1].must(SET).parts()
    if len(signers) != 1 or not encapsulated:
        raise DerError(f"it has {len(signers)} signatures, one is expected")
    signer = signers[0].must(SEQUENCE).parts()
    if len(signer) < _SEQUENCE_OF_SIX or signer[3].tag != _IN_0:
        raise DerError("it has no signed attributes")
    return encapsulated, certificates, signer


def _checked(
    signer: Sequence[Value],
    certificates: Sequence[bytes],
    content: bytes,
    *,
    is_token: bool = False,
) -> Signed:
    algorithm, attributes = signer[2].must(SEQUENCE), _attributes(signer[3])
    signature = signer[5].must(OCTETS).content
    stated = attributes.get(_MESSAGE_DIGEST, [])
    if [one.must(OCTETS).content for one in stated] != [_digest(algorithm, content)]:
        raise DerError("it is over something else")
    certificate = _meant(attributes, certificates)
    said = [_moment(one) for one in attributes.get(_SIGNING_TIME, [])]
    at, stamped = (said[0] if len(said) == 1 else None), None
    for unsigned in (one for one in signer[6:] if one.tag == _IN_1 and not is_token):
        for token in _attributes(unsigned).get(_STAMP, []):
            stamp = check_token(token.whole, signature)
            at, stamped = stamp.at, stamp.who or "an authority"
    signed = bytes([SET]) + signer[3].whole[1:]
    who = _subject(certificate, signed, signature, (_digest_name(algorithm), signer[4]), at)
    return Signed(who, at, stamped, who is not None)


def _attributes(field: Value) -> Mapping[str, list[Value]]:
    found = dict[str, list[Value]]()
    for one in field.parts():
        parts = one.must(SEQUENCE).parts()
        if len(parts) != 2 or dotted(parts[0]) in found:  # noqa: PLR2004 - type and values
            raise DerError("an attribute is not one, or stands there twice")
        found[dotted(parts[0])] = parts[1].must(SET).parts()
    return found


def _digest_name(algorithm: Value) -> str:
    name = _DIGESTS.get(dotted(algorithm.parts()[0]) if algorithm.parts() else "")
    if name is None:
        raise DerError("its digest is not SHA-256, SHA-384 or SHA-512")
    return name


def _digest(algorithm: Value, content: bytes) -> bytes:
    return new(_digest_name(algorithm), content).digest()


def _meant(attributes: Mapping[str, list[Value]], certificates: Sequence[bytes]) -> bytes:
    """Return the certificate that the signature says is the signer's (ESS, RFC 5035)."""
    for kind, usual in ((_ESS_CERTIFICATE_2, "sha256"), (_ESS_CERTIFICATE, "sha1")):
        for attribute in attributes.get(kind, []):
            parts = _first(_first(attribute)).must(SEQUENCE).parts()
            name = usual
            if parts and parts[0].tag == SEQUENCE:  # another digest than the usual one
                name = _digest_name(parts.pop(0))
            for one in certificates:
                if parts and parts[0].must(OCTETS).content == new(name, one).digest():
                    return one
    raise DerError("the certificate that it names is not in it")


def _first(value: Value) -> Value:
    parts = value.must(SEQUENCE).parts()
    if not parts:
        raise DerError("a list is empty")
    return parts[0]


def _moment(value: Value) -> datetime.datetime:
    text = value.must(_UTC_TIME, _GENERAL_TIME).content.decode("ascii", "replace")
    if value.tag == _UTC_TIME:  # RFC 5280, 4.1.2.5.1: two digits of the year, from 1950 on
        text = ("19" if text[:2] >= "50" else "20") + text
    whole, _, part = text.removesuffix("Z").partition(".")
    try:
        found = datetime.datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=datetime.UTC)
        return found.replace(microsecond=int(part[:6].ljust(6, "0")))
    except ValueError as error:
        raise DerError("a time cannot be read") from error


def _subject(
    certificate: bytes,
    signed: bytes,
    signature: bytes,
    algorithm: tuple[str, Value],
    at: datetime.datetime | None,
) -> str | None:
    """Check a signature; return whose, or None where there is no `cryptography`."""
    try:
        from cryptography import x509  # noqa: PLC0415 - it may be missing
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm  # noqa: PLC0415
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa  # noqa: PLC0415
    except ImportError:
        return None
    digests: Mapping[str, hashes.HashAlgorithm] = {
        "sha256": hashes.SHA256(),
        "sha384": hashes.SHA384(),
        "sha512": hashes.SHA512(),
    }
    kinds = algorithm[1].must(SEQUENCE).parts()
    digest = digests[algorithm[0]]
    try:
        known = x509.load_der_x509_certificate(certificate)
        who, key = known.subject.rfc4514_string(), known.public_key()
        valid = known.not_valid_before_utc, known.not_valid_after_utc
        if isinstance(key, rsa.RSAPublicKey):
            usual = padding.PKCS1v15()
            pss = padding.PSS(padding.MGF1(digest), padding.PSS.DIGEST_LENGTH)
            filled = pss if kinds and dotted(kinds[0]) == _PSS else usual
            key.verify(signature, signed, filled, digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(digest))
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, signed)
        else:
            raise DerError("its key is of a kind that is not checked here")
    except InvalidSignature:
        raise DerError("the signature does not fit the certificate") from None
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        if isinstance(error, DerError):
            raise
        raise DerError(f"its certificate cannot be read: {error}") from error
    if at is not None and not valid[0] <= at <= valid[1]:
        raise DerError("its certificate was not valid at that time")
    return who
