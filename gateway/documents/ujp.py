"""Invoices for Slovenia's public bodies: packed as UJP's users exchange them, and on their way.

A document that is written as e-SLOG and whose buyer is known by an account at UJP is put into a
package with its envelope and a PDF, before its number is taken. The PDF is plain: whatever the
entity's own look needs (a logo from elsewhere, the authority's stamp) is there only later.
"""

import datetime
from types import MappingProxyType

from countries.si import COUNTRY
from formats.en16931 import Invoice
from formats.eslog.envelope import UJP, UJP_TEST, is_public
from formats.eslog.package import package as packed
from formats.pdf import RenderOptions, render
from formats.profile import Profile, Syntax
from gateway.documents.fiscal.keys import ForPurpose
from gateway.kit.tenancy import TenantTransaction

CHANNELS = MappingProxyType({"live": "si-ujp", "sandbox": "si-ujp-test"})
NAME, MEDIA_TYPE = "ujp.zip", "application/zip"
"""Of what is sent, as evidence."""

_AGENTS = MappingProxyType({"live": UJP, "sandbox": UJP_TEST})
_VAT = "9949"
"""The scheme of Slovenian VAT numbers (EAS)."""


def goes(profile: Profile, invoice: Invoice) -> bool:
    """Tell whether a document goes to UJP."""
    return profile.syntax is Syntax.ESLOG and is_public(invoice)


def package(
    tx: TenantTransaction,
    for_purpose: ForPurpose,
    content: bytes,
    invoice: Invoice,
    now: datetime.datetime,
) -> bytes:
    """Return the document with its envelope, which SI-13 found can be addressed, and its PDF."""
    del for_purpose  # who carries it signs it
    page = render(invoice, RenderOptions(locale="sl"), created_at=now)
    here = now.astimezone(COUNTRY.zone)
    return packed(invoice, content, page, at=here, agent=_AGENTS[tx.tenant.environment])


def parties(invoice: Invoice) -> tuple[str, str]:
    """Return who sends, and the buyer's mailbox."""
    own = invoice.extensions.slovenia if invoice.extensions else None
    account = (own and own.buyer_account) or ""
    sender = invoice.seller.vat_identifier or invoice.seller.tax_registration_identifier
    return f"{_VAT}:{sender}", f"ujp:{''.join(account.split())}"
