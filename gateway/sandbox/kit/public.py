"""What a certificate authority shows to everybody: itself, its revocations, and test certificates.

* `GET /ca.pem`, `GET /crl` (DER), `POST /ocsp` (RFC 6960).
* `POST /test-certificates`: a PKCS#10 request, for a certificate; `?use=signature` for one to sign
  with, else one to show in TLS.
"""

from urllib.parse import parse_qs

from cryptography.hazmat.primitives import serialization

from gateway.sandbox.kit import replies
from gateway.sandbox.kit.ca import CertificateAuthority, RequestError
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certificates import Use
from gateway.sandbox.kit.replies import Reply

PEM = "application/x-pem-file"
_OCSP = "application/ocsp-response"
_GRANTED = {one.value: one for one in (Use.CLIENT_TLS, Use.SIGNATURE)}


def told(ca: CertificateAuthority, call: Call) -> Reply | None:
    """Return the answer to a call that is about certificates; None when it is about others."""
    match call.method, call.path:
        case "GET", "/ca.pem":
            return replies.plain(200, ca.root.pem, PEM)
        case "GET", "/crl":
            return replies.plain(200, ca.crl(), "application/pkix-crl")
        case "POST", "/ocsp":
            return replies.plain(200, ca.ocsp(call.body), _OCSP)
        case "POST", "/test-certificates":
            return _granted(ca, call)
        case _:
            return None


def _granted(ca: CertificateAuthority, call: Call) -> Reply:
    asked = parse_qs(call.query).get("use", [Use.CLIENT_TLS.value])[0]
    if asked not in _GRANTED:
        return replies.as_json({"error": f"use is one of {', '.join(_GRANTED)}"}, 400)
    try:
        made = ca.issue_for(call.body, _GRANTED[asked])
    except RequestError as error:
        return replies.as_json({"error": str(error)}, 422)
    pem = made.public_bytes(serialization.Encoding.PEM)
    return replies.plain(201, pem + ca.root.pem, PEM)
