"""The pages behind the two QR codes (kody-qr.md): is the invoice there, and is its issuer genuine?

Both stand at the addresses of the codes, below this authority's own: `/invoice/...` and
`/certificate/...`. What is signed is the address without its scheme, which here has another host.
"""

import base64
import binascii
import datetime
from html import escape

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.replies import HTML, Reply, plain
from gateway.sandbox.ksef import enrolling, granted
from gateway.sandbox.ksef.office import Office
from gateway.sandbox.ksef.shelf import Json

_P256 = 32  # bytes of each of the two numbers
_PSS = padding.PSS(padding.MGF1(hashes.SHA256()), 32)


def page(office: Office, call: Call) -> Reply | None:
    """Return the page of an address; None when it is of neither code."""
    match call.method, call.parts:
        case "GET", ["invoice", nip, day, digest]:
            return _invoice(office, nip, day, digest)
        case "GET", ["certificate", kind, value, nip, serial, digest, signature]:
            signed = f"{call.here.partition('://')[2]}{call.path.rpartition('/')[0]}"
            return _certificate(
                office, f"{kind}:{value}", nip, serial, (digest, signature), signed
            )
    return None


def _invoice(office: Office, nip: str, day: str, digest: str) -> Reply:
    try:
        at = datetime.datetime.strptime(day, "%d-%m-%Y").replace(tzinfo=datetime.UTC).date()
        hash_ = base64.b64encode(_unpacked(digest)).decode()
    except (ValueError, binascii.Error):
        return _said(404, "not-an-address", "Nieprawidłowy adres.")
    rows = office.book.execute(
        "select * from invoice where hash = ? and ksef_number is not null", (hash_,)
    )
    corrected = office.book.execute(
        "select ksef_number from invoice where ksef_number is not null"
        " and json_extract(value, '$.corrects') = ?",
        (hash_,),
    )
    if corrected:
        return _said(200, "corrected", f"Faktura skorygowana: {corrected[0]['ksef_number']}")
    good = rows and rows[0]["seller"] == nip and f'"issueDate": "{at}"' in rows[0]["value"]
    if not good:
        return _said(404, "unknown", "Faktury nie ma w KSeF.")
    return _said(200, "found", f"Faktura jest w KSeF: {rows[0]['ksef_number']}")


def _certificate(  # noqa: PLR0913, PLR0917 - what the address says
    office: Office, context: str, nip: str, serial: str, proof: tuple[str, str], signed: str
) -> Reply:
    found = office.shelf.get("certificate", serial)
    if found is None or found["type"] != "Offline":
        return _said(404, "no-certificate", "Nie ma takiego certyfikatu typu Offline.")
    if not enrolling.valid(found, office.now()):
        return _said(200, "certificate-not-valid", "Certyfikat nie jest ważny.")
    if not _right(found, signed, proof[1]):
        return _said(200, "wrong-signature", "Podpis jest nieprawidłowy.")
    had = granted.permissions(office, context, tuple(found["owner"]))
    if "InvoiceWrite" not in had or not granted.may_issue(office, context, nip):
        return _said(200, "no-permission", "Brak uprawnień do wystawienia faktury.")
    return _said(200, "genuine", "Wystawca jest prawdziwy.")


def _right(certificate: Json, signed: str, signature: str) -> bool:
    """Tell whether an address is signed: by RSA-PSS, or ECDSA as two numbers or DER."""
    key = x509.load_der_x509_certificate(base64.b64decode(certificate["der"])).public_key()
    content = signed.encode()
    try:
        value = _unpacked(signature)
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(value, content, _PSS, hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            if len(value) == 2 * _P256:
                numbers = (int.from_bytes(value[:_P256]), int.from_bytes(value[_P256:]))
                value = encode_dss_signature(*numbers)
            key.verify(value, content, ec.ECDSA(hashes.SHA256()))
        else:
            return False
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _unpacked(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _said(status: int, word: str, text: str) -> Reply:
    html = f'<!doctype html><html lang=pl><body data-verdict="{word}"><p>{escape(text)}</p></body>'
    return plain(status, html, HTML)
