"""Whose certificate it is, as KSeF reads it.

Source: CIRFMF/ksef-docs, auth/podpis-xades.md, the patterns of what is recognised: the NIP of a
seal stands in organizationIdentifier (2.5.4.97), that of a person in serialNumber (2.5.4.5).
"""

import re

from cryptography import x509

_NAMED = {
    x509.ObjectIdentifier("2.5.4.97"): re.compile(r"VATPL.*?(\d{10})"),
    x509.ObjectIdentifier("2.5.4.5"): re.compile(r"(?:TINPL|NIP).*?(\d{10})"),
}


def nip_in(certificate: bytes) -> str | None:
    """Return the NIP that a certificate in DER names; None where it names a person, or nobody."""
    try:
        subject = x509.load_der_x509_certificate(certificate).subject
    except ValueError:
        return None
    for one in subject:
        written = _NAMED.get(one.oid)
        found = None if written is None else written.search(str(one.value))
        if found is not None:
            return found[1]
    return None
