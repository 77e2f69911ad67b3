"""Invoices for Spain's administration: signed as Facturae, and on their way to FACe.

A document that is written as Facturae and names the units of FACe is signed with the entity's key
of the purpose `document-seal`, before its number is taken; the signed bytes go to FACe, whose
directory the operator names. What is archived as the document is the same without its signature.
"""

import datetime
from types import MappingProxyType

from formats.en16931 import Invoice
from formats.facturae.rules import UNIT
from formats.facturae.signing import sign_facturae
from formats.profile import Profile, Syntax
from formats.signatures.signer import SignerError
from formats.signatures.xml import SigningError
from gateway.documents.fiscal.keys import ForPurpose
from gateway.documents.sealing import PURPOSE, SealProblem
from gateway.kit.tenancy import TenantTransaction

CHANNELS = MappingProxyType({"live": "es-face", "sandbox": "es-face-test"})
NAME, MEDIA_TYPE = "facturae.xsig", "application/xml"
"""Of what is sent, as evidence."""

_VAT = "9920"
"""The scheme of Spanish VAT numbers (EAS)."""
_DIR3 = "DIR3"


def goes(profile: Profile, invoice: Invoice) -> bool:
    """Tell whether a document goes to FACe."""
    return profile.syntax is Syntax.FACTURAE and _unit(invoice) is not None


def package(
    tx: TenantTransaction,
    for_purpose: ForPurpose,
    content: bytes,
    invoice: Invoice,
    now: datetime.datetime,
) -> bytes:
    """Return the signed document.

    Raises:
        SealProblem: It cannot be signed; or a problem of the vault that says why no key can.
    """
    del invoice  # its bytes are signed
    signer = for_purpose(tx, PURPOSE, at=now)
    try:
        return sign_facturae(content, signer, at=now)
    except (SignerError, SigningError) as error:
        raise SealProblem(
            f"The document cannot be signed as Facturae: {str(error).rstrip('.')}."
        ) from error


def parties(invoice: Invoice) -> tuple[str, str]:
    """Return who sends, and the unidad tramitadora that it is for."""
    return f"{_VAT}:{invoice.seller.vat_identifier}", f"{_DIR3}:{_unit(invoice)}"


def _unit(invoice: Invoice) -> str | None:
    """Return the DIR3 code of the unidad tramitadora; None where the invoice names none."""
    extension = invoice.extensions.facturae if invoice.extensions else None
    centres = extension.administrative_centres if extension else ()
    return next((one.centre_code for one in centres if one.role_code == UNIT), None)
