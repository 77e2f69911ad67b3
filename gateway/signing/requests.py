"""Requests for certificates (PKCS #10): what an authority needs of a key, and nothing of it more.

Made of parts and a `Signer`, so that keys on tokens can ask too.
"""

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from asn1crypto import algos, core, csr, keys, pem
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.x509.oid import NameOID, ObjectIdentifier

from formats.signatures.signer import Algorithm, Signer

ATTRIBUTES: Mapping[str, ObjectIdentifier] = MappingProxyType(
    {
        "country": NameOID.COUNTRY_NAME,
        "state": NameOID.STATE_OR_PROVINCE_NAME,
        "locality": NameOID.LOCALITY_NAME,
        "street": NameOID.STREET_ADDRESS,
        "postal_code": NameOID.POSTAL_CODE,
        "organization": NameOID.ORGANIZATION_NAME,
        "organization_identifier": NameOID.ORGANIZATION_IDENTIFIER,
        "organizational_unit": NameOID.ORGANIZATIONAL_UNIT_NAME,
        "serial_number": NameOID.SERIAL_NUMBER,
        "given_name": NameOID.GIVEN_NAME,
        "surname": NameOID.SURNAME,
        "title": NameOID.TITLE,
        "common_name": NameOID.COMMON_NAME,
    }
)
"""Our names for the parts of a subject, in the order they are written (ETSI EN 319 412-3)."""

_NAMES: Mapping[Algorithm, str] = MappingProxyType(
    {
        Algorithm.RSA_SHA256: "sha256_rsa",
        Algorithm.ECDSA_SHA256: "sha256_ecdsa",
        Algorithm.ECDSA_SHA384: "sha384_ecdsa",
        Algorithm.ECDSA_SHA512: "sha512_ecdsa",
        Algorithm.ED25519: "ed25519",
    }
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a certificate is to name.

    Attributes:
        name: Its subject, DER.
        alternatives: Its alternative names, DER; None: it has none.
    """

    name: bytes
    alternatives: bytes | None


def subject(
    parts: Mapping[str, str],
    *,
    dns_names: Sequence[str] = (),
    emails: Sequence[str] = (),
    uris: Sequence[str] = (),
    addresses: Sequence[str] = (),
) -> Subject:
    """Return whom a certificate is to name; `parts` by the names of `ATTRIBUTES`.

    Raises:
        ValueError: A part cannot be written: a country of three letters, a name too long.
    """
    named = [
        x509.NameAttribute(oid, parts[name]) for name, oid in ATTRIBUTES.items() if name in parts
    ]
    others: list[x509.GeneralName] = [
        *(x509.DNSName(one) for one in dns_names),
        *(x509.RFC822Name(one) for one in emails),
        *(x509.UniformResourceIdentifier(one) for one in uris),
        *(x509.IPAddress(ipaddress.ip_address(one)) for one in addresses),
    ]
    written = x509.SubjectAlternativeName(others).public_bytes() if others else None
    return Subject(x509.Name(named).public_bytes(), written)


def write(public_key: bytes, whom: Subject, signer: Signer) -> str:
    """Return the request for a certificate of a key, in PEM.

    Args:
        public_key: SubjectPublicKeyInfo, DER.
        whom: Whom it is to name.
        signer: Signs with the key itself.

    Raises:
        SignerError: The key does not sign.
    """
    info = csr.CertificationRequestInfo(
        {
            "version": "v1",
            "subject": asn1.Name.load(whom.name),
            "subject_pk_info": keys.PublicKeyInfo.load(public_key),
            "attributes": [] if whom.alternatives is None else [_extension(whom.alternatives)],
        }
    )
    request = csr.CertificationRequest(
        {
            "certification_request_info": info,
            "signature_algorithm": algos.SignedDigestAlgorithm(
                {"algorithm": _NAMES[signer.algorithm]}
            ),
            "signature": signer.sign(info.dump()),
        }
    )
    return str(pem.armor("CERTIFICATE REQUEST", request.dump()).decode())


def _extension(alternatives: bytes) -> dict[str, object]:
    value = core.ParsableOctetString(alternatives)
    extension = {"extn_id": "subject_alt_name", "critical": False, "extn_value": value}
    return {"type": "extension_request", "values": [[extension]]}
