"""Whose certificate signs: an authority refuses each record that another taxpayer's signed."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from formats.en16931.party import Seller
from formats.furs import holder as furs
from formats.hr_cis import holder as hr_cis
from formats.signatures.signer import Signer
from gateway.documents.fiscal.keys import FiscalKeyProblem

_HOLDERS: Mapping[str, tuple[str, Callable[[bytes], frozenset[str]]]] = MappingProxyType(
    {"si-furs": ("SI", furs.holders), "hr-cis": ("HR", hr_cis.holders)}
)
"""By scheme: what the seller's VAT identifier begins with, and who a certificate names."""


def refuse_stranger(scheme: str, signer: Signer, seller: Seller) -> None:
    """Refuse a certificate that names a taxpayer, and not the seller.

    One that names nobody is left to the authority.

    Raises:
        FiscalKeyProblem: It is another's.
    """
    known = _HOLDERS.get(scheme)
    if known is None or not signer.certificate_chain:
        return
    prefix, holders = known
    number = seller.vat_identifier or seller.tax_registration_identifier or ""
    named = holders(signer.certificate_chain[0])
    if named and number.removeprefix(prefix) not in named:
        raise FiscalKeyProblem(
            f"its certificate is that of {', '.join(sorted(named))}, and the seller is {number}"
        )
