"""Whose a certificate for FURS is: the tax number stands in its name.

Source: FURS, Tehnična dokumentacija 1.3, error S005; the certificates of eDavki have it as the
organizational unit that is eight digits.
"""

import re

from cryptography import x509
from cryptography.x509.oid import NameOID

_TAX_NUMBER = re.compile(r"[1-9][0-9]{7}", re.ASCII)


def holders(certificate: bytes) -> frozenset[str]:
    """Return the tax numbers in a certificate (DER); none where it is none of FURS's.

    Raises:
        ValueError: It cannot be read.
    """
    subject = x509.load_der_x509_certificate(certificate).subject
    units = subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return frozenset(str(one.value) for one in units if _TAX_NUMBER.fullmatch(str(one.value)))
