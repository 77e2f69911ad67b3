"""Seller, buyer, payee, tax representative and place of delivery.

BR-06 to BR-11, BR-17 to BR-20, BR-56, BR-57, BR-62, BR-63, BR-CO-09, BR-CO-26.
"""

from collections.abc import Iterator

from formats.en16931.codes.countries import VAT_PREFIXES
from formats.en16931.model import Invoice
from formats.en16931.rules.base import fatal, is_blank, missing
from formats.findings import Finding

RULES = frozenset(
    {
        *("BR-06", "BR-07", "BR-08", "BR-09", "BR-10", "BR-11", "BR-17", "BR-18", "BR-19"),
        *("BR-20", "BR-56", "BR-57", "BR-62", "BR-63", "BR-CO-09", "BR-CO-26"),
    }
)

_PREFIXES = f" {' '.join(sorted(VAT_PREFIXES))} "


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what is wrong with the parties (BG-4 to BG-15)."""
    return (
        *_seller(invoice),
        *_buyer(invoice),
        *_payee(invoice),
        *_tax_representative(invoice),
        *_delivery(invoice),
        *_vat_identifiers(invoice),
    )


def _seller(invoice: Invoice) -> Iterator[Finding]:
    seller = invoice.seller
    if is_blank(seller.name):
        yield missing("BR-06", "/seller/name", "BT-27", "seller's name")
    if seller.postal_address is None:
        yield missing("BR-08", "/seller/postal_address", "BG-5", "seller's postal address")
    elif is_blank(seller.postal_address.country_code):
        pointer = "/seller/postal_address/country_code"
        yield missing("BR-09", pointer, "BT-40", "seller's country code")
    if seller.electronic_address and seller.electronic_address.scheme_identifier is None:
        yield _scheme("BR-62", "seller", "BT-34")
    # The SEPA creditor number is BT-90, and identifies nobody, wherever the syntax keeps it.
    known = any(identifier.scheme_identifier != "SEPA" for identifier in seller.identifiers)
    if not (known or seller.vat_identifier or seller.legal_registration_identifier):
        yield fatal(
            "BR-CO-26",
            "/seller",
            "BG-4",
            "Nothing identifies the seller: no identifier (BT-29), no legal registration (BT-30),"
            " no VAT identifier (BT-31).",
            "Give the seller's VAT identifier, legal registration or another identifier.",
        )


def _buyer(invoice: Invoice) -> Iterator[Finding]:
    buyer = invoice.buyer
    if is_blank(buyer.name):
        yield missing("BR-07", "/buyer/name", "BT-44", "buyer's name")
    if buyer.postal_address is None:
        yield missing("BR-10", "/buyer/postal_address", "BG-8", "buyer's postal address")
    elif is_blank(buyer.postal_address.country_code):
        pointer = "/buyer/postal_address/country_code"
        yield missing("BR-11", pointer, "BT-55", "buyer's country code")
    if buyer.electronic_address and buyer.electronic_address.scheme_identifier is None:
        yield _scheme("BR-63", "buyer", "BT-49")


def _scheme(rule: str, party: str, term: str) -> Finding:
    return fatal(
        rule,
        f"/{party}/electronic_address/scheme_identifier",
        term,
        f"The scheme of the {party}'s electronic address ({term}) is missing.",
        "Give scheme_identifier, a code of the EAS list: 0088 for a GLN, 0060 for a D-U-N-S"
        " number, 99nn for the VAT number of a country.",
    )


def _payee(invoice: Invoice) -> Iterator[Finding]:
    payee, seller = invoice.payee, invoice.seller
    if payee is None:
        return
    if payee.name is None:
        yield missing("BR-17", "/payee/name", "BT-59", "payee's name")
        return
    same_name = payee.name == seller.trading_name
    same_identifier = payee.identifier is not None and payee.identifier.value in {
        identifier.value for identifier in seller.identifiers
    }
    if same_name or same_identifier:
        yield fatal(
            "BR-17",
            "/payee/name" if same_name else "/payee/identifier",
            "BT-59" if same_name else "BT-60",
            f"The payee {payee.name} (BG-10) is the seller.",
            "Leave the payee out: it is only given when somebody else gets the money.",
        )


def _tax_representative(invoice: Invoice) -> Iterator[Finding]:
    party = invoice.seller_tax_representative
    if party is None:
        return
    if is_blank(party.name):
        pointer = "/seller_tax_representative/name"
        yield missing("BR-18", pointer, "BT-62", "tax representative's name")
    if party.postal_address is None:
        pointer = "/seller_tax_representative/postal_address"
        yield missing("BR-19", pointer, "BG-12", "tax representative's postal address")
    elif is_blank(party.postal_address.country_code):
        pointer = "/seller_tax_representative/postal_address/country_code"
        yield missing("BR-20", pointer, "BT-69", "tax representative's country code")
    if party.vat_identifier is None:
        pointer = "/seller_tax_representative/vat_identifier"
        yield missing("BR-56", pointer, "BT-63", "tax representative's VAT identifier")


def _delivery(invoice: Invoice) -> Iterator[Finding]:
    delivery = invoice.delivery_information
    address = delivery.deliver_to_address if delivery else None
    if address is not None and address.country_code is None:
        pointer = "/delivery_information/deliver_to_address/country_code"
        yield missing("BR-57", pointer, "BT-80", "deliver to country code")


def _vat_identifiers(invoice: Invoice) -> Iterator[Finding]:
    representative = invoice.seller_tax_representative
    for pointer, term, value in (
        ("/seller/vat_identifier", "BT-31", invoice.seller.vat_identifier),
        ("/buyer/vat_identifier", "BT-48", invoice.buyer.vat_identifier),
        (
            "/seller_tax_representative/vat_identifier",
            "BT-63",
            representative.vat_identifier if representative else None,
        ),
    ):
        if value is not None and value[:2] not in _PREFIXES:
            yield fatal(
                "BR-CO-09",
                pointer,
                term,
                f"The VAT identifier {value} ({term}) does not begin with a country.",
                "Put the ISO 3166-1 country code in front (EL for Greece), e.g. SI12345678.",
            )
