"""Taxpayers of CIS: certificates with their OIB, and the keys behind their ZKIs."""

import re

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID
from typing_extensions import override

from gateway.sandbox.kit.ca import CertificateAuthority
from gateway.sandbox.kit.certificates import Pair, Use
from gateway.sandbox.kit.known_keys import KnownKeys, certified, names_in
from gateway.sandbox.kit.ledger import Book

OFFICE = "fiskalcistest"
"""What the certificate of CIS's test system is called; nobody else gets such a name."""

_OIB = re.compile(r"[0-9]{11}", re.ASCII)
_NAMED = re.compile(r"(?:HR)?([0-9]{11})", re.ASCII)
_CALLED = "FISKAL"


class Taxpayers(KnownKeys):
    """Who is known here, and by which keys.

    Args:
        book: Where keys are kept.
        ca: Who certifies them.
    """

    def __init__(self, book: Book, ca: CertificateAuthority) -> None:
        digest = hashes.SHA1()  # noqa: S303 - the law's
        super().__init__(book, ca, written="{}", digest=digest)

    @override
    def enrol(self, owner: str) -> Pair:
        """Return a new key with a certificate for fiscalization.

        Raises:
            ValueError: It is no OIB.
        """
        if not _OIB.fullmatch(owner):
            raise ValueError("an OIB is eleven digits")
        return self.certify(owner, subject_of(owner, f"{_CALLED} 1"), Use.SIGNATURE)

    @override
    def owner_of(self, certificate: x509.Certificate) -> str | None:
        return oib_of(certificate)


def office(ca: CertificateAuthority) -> Pair:
    """Return the authority's own key and certificate, as that of CIS's test system is called."""
    return certified(ca, subject_of("00000000000", OFFICE), Use.SIGNATURE)


def is_office(request: bytes) -> bool:
    """Tell whether somebody asks to be certified as CIS."""
    return any(one.lower().startswith("fiskalcis") for one in names_in(request))


def oib_of(certificate: x509.Certificate) -> str | None:
    """Return the OIB in a certificate, where FINA writes it: beside the organisation's name."""
    kinds = (NameOID.ORGANIZATION_IDENTIFIER, NameOID.SERIAL_NUMBER)
    said = [
        str(one.value)
        for kind in kinds
        for one in certificate.subject.get_attributes_for_oid(kind)
    ]
    found = {match[1] for text in said if (match := _NAMED.fullmatch(text))}
    return found.pop() if len(found) == 1 else None


def is_for_fiscalization(certificate: x509.Certificate) -> bool:
    """Tell whether a certificate is called as those for fiscalization are."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return any(_CALLED in str(one.value).upper() for one in names)


def subject_of(oib: str, name: str) -> x509.Name:
    """Return a name as FINA's certificates have it since 2020."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "HR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"Test taxpayer {oib}"),
            x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, f"HR{oib}"),
            x509.NameAttribute(NameOID.LOCALITY_NAME, "ZAGREB"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
