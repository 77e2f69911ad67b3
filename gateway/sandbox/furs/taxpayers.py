"""Taxpayers of FURS: certificates with their tax number, and the keys behind their ZOIs."""

import re

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID
from typing_extensions import override

from gateway.sandbox.kit.ca import CertificateAuthority
from gateway.sandbox.kit.certificates import Pair, Use
from gateway.sandbox.kit.known_keys import KnownKeys, certified, names_in
from gateway.sandbox.kit.ledger import Book

OFFICE = "77695771"
"""FURS's own tax number, which nobody else gets."""

_TAX_NUMBER = re.compile(r"[1-9][0-9]{7}", re.ASCII)


class Taxpayers(KnownKeys):
    """Who is known here, and by which keys.

    Args:
        book: Where keys are kept.
        ca: Who certifies them.
    """

    def __init__(self, book: Book, ca: CertificateAuthority) -> None:
        super().__init__(book, ca, written="OU={}", digest=hashes.SHA256())

    @override
    def enrol(self, owner: str) -> Pair:
        """Return a new key with a certificate, for TLS and for signatures, as FURS gives them.

        Raises:
            ValueError: It is no tax number, or FURS's own.
        """
        if not _TAX_NUMBER.fullmatch(owner) or owner == OFFICE:
            raise ValueError("a tax number is eight digits, the first of them not 0")
        return self.certify(owner, _subject(owner, f"Test taxpayer {owner}"), Use.CLIENT_TLS)

    @override
    def owner_of(self, certificate: x509.Certificate) -> str | None:
        return tax_number_of(certificate)


def office(ca: CertificateAuthority) -> Pair:
    """Return the authority's own key and certificate, as FURS's is called."""
    return certified(ca, _subject(OFFICE, "FURS"), Use.SIGNATURE)


def is_office(request: bytes) -> bool:
    """Tell whether somebody asks to be certified as FURS."""
    return OFFICE in names_in(request)


def tax_number_of(certificate: x509.Certificate) -> str | None:
    """Return the tax number in a certificate: the unit that is eight digits."""
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    found = [str(one.value) for one in units if _TAX_NUMBER.fullmatch(str(one.value))]
    return found[0] if len(found) == 1 else None


def _subject(tax_number: str, name: str) -> x509.Name:
    """Return a name as FURS's certificates have it."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "SI"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "state-institutions"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "DavPotRacTEST"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, tax_number),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, "1"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
