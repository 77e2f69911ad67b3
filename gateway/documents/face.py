"""Invoices for Spain's administration: signed as Facturae, and on their way to FACe.

A document that is written as Facturae and names the units of FACe is signed with the entity's key
of the purpose `document-seal`, before its number is taken; the signed bytes go to FACe, whose
directory the operator names. What is archived as the document is the same without its signature.
"""

import datetime
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from formats.en16931 import Invoice
from formats.facturae.rules import UNIT
from formats.facturae.signing import sign_facturae
from formats.profile import Profile, Syntax
from formats.signatures.signer import SignerError
from formats.signatures.xml import SigningError
from gateway.documents.fiscal.keys import ForPurpose
from gateway.documents.sealing import PURPOSE, SealProblem
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import service as transmissions

CHANNELS = MappingProxyType({"live": "es-face", "sandbox": "es-face-test"})

_VAT = "9920"
"""The scheme of Spanish VAT numbers (EAS)."""
_DIR3 = "DIR3"


class _Written(Protocol):
    @property
    def invoice(self) -> Invoice:
        """Return what the document says."""
        ...

    @property
    def content(self) -> bytes:
        """Return its bytes."""
        ...

    @property
    def package(self) -> bytes | None:
        """Return the signed bytes."""
        ...


def goes(profile: Profile, invoice: Invoice) -> bool:
    """Tell whether a document goes to FACe."""
    return profile.syntax is Syntax.FACTURAE and _unit(invoice) is not None


def package(
    tx: TenantTransaction,
    for_purpose: ForPurpose,
    profile: Profile,
    written: _Written,
    now: datetime.datetime,
) -> bytes | None:
    """Return the signed document; None where it does not go to FACe.

    Raises:
        SealProblem: It cannot be signed; or a problem of the vault that says why no key can.
    """
    if not goes(profile, written.invoice):
        return None
    signer = for_purpose(tx, PURPOSE, at=now)
    try:
        return sign_facturae(written.content, signer, at=now)
    except (SignerError, SigningError) as error:
        raise SealProblem(
            f"The document cannot be signed as Facturae: {str(error).rstrip('.')}."
        ) from error


def send(
    tx: TenantTransaction, document_id: UUID, written: _Written, now: datetime.datetime
) -> bool:
    """Queue what goes to FACe, in the transaction that issues it; tell whether it does."""
    unit = _unit(written.invoice)
    if written.package is None or unit is None:
        return False
    transmissions.enqueue(
        tx,
        document_id=document_id,
        channel=CHANNELS[tx.tenant.environment],
        sender=f"{_VAT}:{written.invoice.seller.vat_identifier}",
        receiver=f"{_DIR3}:{unit}",
        payload=written.package,
        now=now,
    )
    return True


def _unit(invoice: Invoice) -> str | None:
    """Return the DIR3 code of the unidad tramitadora; None where the invoice names none."""
    extension = invoice.extensions.facturae if invoice.extensions else None
    centres = extension.administrative_centres if extension else ()
    return next((one.centre_code for one in centres if one.role_code == UNIT), None)
