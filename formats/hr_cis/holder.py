"""Whose a certificate for fiscalization is: FINA writes the OIB into its name.

Source: Porezna uprava, Tehnička specifikacija za korisnike 2.6, errors s003 and s005. Where in the
name it stands changed over the years: after the organisation's name, or beside it.
"""

import re

from cryptography import x509
from cryptography.x509.oid import NameOID
from stdnum.hr import oib

_NAMED = re.compile(r"(?<![0-9A-Z])(?:VAT)?(?:HR)?-?([0-9]{11})(?![0-9])", re.ASCII)
_PLACES = (NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATION_IDENTIFIER, NameOID.SERIAL_NUMBER)


def holders(certificate: bytes) -> frozenset[str]:
    """Return the OIBs in a certificate (DER); none where it names nobody.

    Raises:
        ValueError: It cannot be read.
    """
    subject = x509.load_der_x509_certificate(certificate).subject
    said = [str(one.value) for place in _PLACES for one in subject.get_attributes_for_oid(place)]
    found = {number for text in said for number in _NAMED.findall(text)}
    return frozenset(number for number in found if oib.is_valid(number))
