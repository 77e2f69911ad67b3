"""Taxpayers: certificates with their OIB, and the keys with which a ZKI can be judged.

A ZKI is a digest of a signature, so only the key itself can make it again. This authority gives
taxpayers their certificates with the keys (`POST /test-taxpayers/{OIB}`), and keeps them to look
at ZKIs. Whoever asks for a certificate with a key of his own may show that key afterwards
(`PUT /__sandbox/keys/{serial}`); else his ZKIs are not judged, which is noted.
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
  serial text primary key,
  oib    text not null,
  pem    text not null
);
"""

OFFICE = "fiskalcistest"
"""What the certificate of CIS's test system is called; nobody else gets such a name."""

_OIB = re.compile(r"[0-9]{11}", re.ASCII)
_NAMED = re.compile(r"(?:HR)?([0-9]{11})", re.ASCII)
_CALLED = "FISKAL"


class Taxpayers:
    """Who is known here, and by which keys.

    Args:
        book: Where keys are kept.
        ca: Who certifies them.
    """

    def __init__(self, book: Book, ca: CertificateAuthority) -> None:
        self._book = book
        self._ca = ca

    def enrol(self, oib: str) -> Pair:
        """Return a new key with a certificate for fiscalization.

        Raises:
            ValueError: It is no OIB.
        """
        if not _OIB.fullmatch(oib):
            raise ValueError("an OIB is eleven digits")
        key = new_rsa_key()
        request = asked(subject_of(oib, f"{_CALLED} 1"), key)
        pair = Pair(key, self._ca.issue_for(request, Use.SIGNATURE))
        self._keep(serial_of(pair.certificate), oib, pair)
        return pair

    def show(self, serial: str, pem: str) -> None:
        """Keep the key of a certificate that was asked for with a key of somebody's own.

        Raises:
            KeyError: No such certificate was issued.
            ValueError: It is not its key, or the certificate has no OIB.
        """
        certificate = self._ca.of_serial(serial)
        if certificate is None:
            raise KeyError(serial)
        key = serialization.load_pem_private_key(pem.encode(), None)
        oib = oib_of(certificate)
        if not isinstance(key, rsa.RSAPrivateKey) or oib is None:
            raise ValueError("a key is RSA, and its certificate has an OIB")
        if key.public_key() != certificate.public_key():
            raise ValueError("it is not the certificate's key")
        self._keep(serial, oib, Pair(key, certificate))

    def all_known(self, oib: str) -> bool:
        """Tell whether every certificate of a taxpayer came with its key, or its key was shown."""
        rows = self._book.execute(
            "select 1 from certificate where subject like ? and serial not in"
            " (select serial from taxpayer_key) limit 1",
            (f"%{oib}%",),
        )
        return not rows

    def marks(self, oib: str, content: str) -> set[str]:
        """Return the ZKIs that a taxpayer's keys make of a text; none where none is known."""
        made = set()
        for row in self._book.execute("select pem from taxpayer_key where oib = ?", (oib,)):
            key = serialization.load_pem_private_key(
                row["pem"].encode(), None, unsafe_skip_rsa_key_validation=True
            )  # checked when it was kept
            if isinstance(key, rsa.RSAPrivateKey):
                digest = hashes.SHA1()  # noqa: S303 - the law's
                signature = key.sign(content.encode(), padding.PKCS1v15(), digest)
                made.add(hashlib.md5(signature, usedforsecurity=False).hexdigest())
        return made

    def _keep(self, serial: str, oib: str, pair: Pair) -> None:
        self._book.execute(
            "insert or replace into taxpayer_key values (?, ?, ?)",
            (serial, oib, _pem(pair).decode()),
        )


def office(ca: CertificateAuthority) -> Pair:
    """Return the authority's own key and certificate, as that of CIS's test system is called."""
    key = new_rsa_key()
    request = asked(subject_of("00000000000", OFFICE), key)
    return Pair(key, ca.issue_for(request, Use.SIGNATURE))


def is_office(request: bytes) -> bool:
    """Tell whether somebody asks to be certified as CIS; what is unreadable is nobody's."""
    try:
        pem = request.lstrip().startswith(b"-----")
        load = x509.load_pem_x509_csr if pem else x509.load_der_x509_csr
        subject = load(request).subject
    except ValueError:
        return False
    return any(str(one.value).lower().startswith("fiskalcis") for one in subject)


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


def bundle(pair: Pair, root: x509.Certificate, password: str | None) -> bytes:
    """Return key, certificate and CA: PKCS#12 with a password, PEM without one."""
    if password is not None:
        closed = serialization.BestAvailableEncryption(password.encode())
        return pkcs12.serialize_key_and_certificates(
            pair.name.encode(), pair.key, pair.certificate, [root], closed
        )
    return _pem(pair) + pair.pem + root.public_bytes(serialization.Encoding.PEM)


def asked(subject: x509.Name, key: rsa.RSAPrivateKey) -> bytes:
    """Return a signing request (PKCS#10, PEM)."""
    made = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


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


def _pem(pair: Pair) -> bytes:
    return pair.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
