"""Electronic addresses (BT-34, BT-49) and who a transmission goes to."""

from countries.base import Country
from formats.en16931 import Invoice
from formats.en16931.group import SchemedIdentifier
from formats.en16931.party import Buyer, Seller
from formats.profile import Profile

UNADDRESSED = "sandbox:unaddressed"
"""The sandbox network's box for documents that name no recipient at all."""


def with_electronic_address(seller: Seller, country: Country | None, profile: Profile) -> Seller:
    """Give the seller its country's usual address where the profile needs one and it has none."""
    if not profile.addressed or seller.electronic_address is not None or country is None:
        return seller
    address = country.electronic_address(seller)
    if address is None:
        return seller
    return seller.model_copy(update={"electronic_address": address})


SELF_BILLED = frozenset({"261", "389", "527"})
"""UNTDID 1001: self-billed credit note, invoice and debit note, written by the buyer."""


def participants(invoice: Invoice) -> tuple[str, str]:
    """Return sender and receiver as `scheme:value` (ISO 6523 or EAS code before the colon).

    The electronic addresses decide. A document without them (plain EN 16931 has none) goes by
    the legal registration or any other schemed identifier of the party.
    """
    seller, buyer = _participant(invoice.seller), _participant(invoice.buyer)
    return (buyer, seller) if invoice.type_code in SELF_BILLED else (seller, buyer)


def _participant(party: Seller | Buyer) -> str:
    others = party.identifiers if isinstance(party, Seller) else (party.identifier,)
    for candidate in (party.electronic_address, party.legal_registration_identifier, *others):
        if isinstance(candidate, SchemedIdentifier) and candidate.scheme_identifier:
            return f"{candidate.scheme_identifier}:{candidate.value}"
    return UNADDRESSED
