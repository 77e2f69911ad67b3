"""Taxpayers: certificates with their tax number, and the keys with which a ZOI can be judged.

A ZOI is a digest of a signature, so only the key itself can make it again. FURS gives taxpayers
their certificates with the keys; so does this authority (`POST /test-taxpayers/{tax number}`), and
it keeps them to look at ZOIs. Whoever asks for a certificate with a key of his own may show that
key afterwards (`PUT /__sandbox/keys/{serial}`); else his ZOIs are not judged, which is noted.
"""

import hashlib
import re

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from gateway.sandbox.kit.ca import CertificateAuthority, serial_of
from gateway.sandbox.kit.certificates import Pair, Use, new_rsa_key
from gateway.sandbox.kit.ledger import Book

TABLE = """
create table if not exists taxpayer_key (
  serial     text primary key,
  tax_number text not null,
  pem        text not null
);
"""

OFFICE = "77695771"
"""FURS's own tax number, which nobody else gets."""

_TAX_NUMBER = re.compile(r"[1-9][0-9]{7}", re.ASCII)


class Taxpayers:
    """Who is known here, and by which keys.

    Args:
        book: Where keys are kept.
        ca: Who certifies them.
    """

    def __init__(self, book: Book, ca: CertificateAuthority) -> None:
        self._book = book
        self._ca = ca

    def enrol(self, tax_number: str) -> Pair:
        """Return a new key with a certificate, for TLS and for signatures, as FURS gives them.

        Raises:
            ValueError: It is no tax number, or FURS's own.
        """
        if not _TAX_NUMBER.fullmatch(tax_number) or tax_number == OFFICE:
            raise ValueError("a tax number is eight digits, the first of them not 0")
        key = new_rsa_key()
        request = asked(_subject(tax_number, f"Test taxpayer {tax_number}"), key)
        pair = Pair(key, self._ca.issue_for(request, Use.CLIENT_TLS))
        self._keep(serial_of(pair.certificate), tax_number, pair)
        return pair

    def show(self, serial: str, pem: str) -> None:
        """Keep the key of a certificate that was asked for with a key of somebody's own.

        Raises:
            KeyError: No such certificate was issued.
            ValueError: It is not its key, or the certificate has no tax number.
        """
        certificate = self._ca.of_serial(serial)
        if certificate is None:
            raise KeyError(serial)
        key = serialization.load_pem_private_key(pem.encode(), None)
        number = tax_number_of(certificate)
        if not isinstance(key, rsa.RSAPrivateKey) or number is None:
            raise ValueError("a key is RSA, and its certificate has a tax number")
        if key.public_key() != certificate.public_key():
            raise ValueError("it is not the certificate's key")
        self._keep(serial, number, Pair(key, certificate))

    def all_known(self, tax_number: str) -> bool:
        """Tell whether every certificate of a taxpayer came with its key, or its key was shown."""
        rows = self._book.execute(
            "select 1 from certificate where subject like ? and serial not in"
            " (select serial from taxpayer_key) limit 1",
            (f"%OU={tax_number}%",),
        )
        return not rows

    def marks(self, tax_number: str, content: str) -> set[str]:
        """Return the ZOIs that a taxpayer's keys make of a text; none where none is known."""
        rows = self._book.execute(
            "select pem from taxpayer_key where tax_number = ?", (tax_number,)
        )
        made = set()
        for row in rows:
            key = _loaded(row["pem"])
            if isinstance(key, rsa.RSAPrivateKey):
                signature = key.sign(content.encode(), padding.PKCS1v15(), hashes.SHA256())
                made.add(hashlib.md5(signature, usedforsecurity=False).hexdigest())
        return made

    def _keep(self, serial: str, tax_number: str, pair: Pair) -> None:
        pem = pair.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        self._book.execute(
            "insert or replace into taxpayer_key values (?, ?, ?)",
            (serial, tax_number, pem.decode()),
        )


def _loaded(pem: str) -> object:
    """Return a key that was checked when it was kept; checking it each time takes far longer."""
    return serialization.load_pem_private_key(
        pem.encode(), None, unsafe_skip_rsa_key_validation=True
    )


def office(ca: CertificateAuthority) -> Pair:
    """Return the authority's own key and certificate, as FURS's is called."""
    key = new_rsa_key()
    return Pair(key, ca.issue_for(asked(_subject(OFFICE, "FURS"), key), Use.SIGNATURE))


def is_office(request: bytes) -> bool:
    """Tell whether somebody asks to be certified as FURS; what is unreadable is nobody's."""
    try:
        pem = request.lstrip().startswith(b"-----")
        load = x509.load_pem_x509_csr if pem else x509.load_der_x509_csr
        subject = load(request).subject
    except ValueError:
        return False
    return OFFICE in {str(one.value) for one in subject}


def tax_number_of(certificate: x509.Certificate) -> str | None:
    """Return the tax number in a certificate: the unit that is eight digits."""
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    found = [str(one.value) for one in units if _TAX_NUMBER.fullmatch(str(one.value))]
    return found[0] if len(found) == 1 else None


def bundle(pair: Pair, root: x509.Certificate, password: str | None) -> bytes:
    """Return key, certificate and CA: PKCS#12 with a password, PEM without one."""
    if password is not None:
        closed = serialization.BestAvailableEncryption(password.encode())
        return pkcs12.serialize_key_and_certificates(
            pair.name.encode(), pair.key, pair.certificate, [root], closed
        )
    key = pair.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return key + pair.pem + root.public_bytes(serialization.Encoding.PEM)


def asked(subject: x509.Name, key: rsa.RSAPrivateKey) -> bytes:
    """Return a signing request (PKCS#10, PEM)."""
    made = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


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
