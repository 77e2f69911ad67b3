"""Where the model holds country codes; several rules look at all of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from formats.en16931.model import Invoice


@dataclass(frozen=True, slots=True)
class Place:
    """A country code, and where it stands."""

    pointer: str
    term: str
    code: str


def address_countries(invoice: Invoice) -> Iterator[Place]:
    """Yield the country codes of all addresses (BT-40, BT-55, BT-69, BT-80)."""
    representative = invoice.seller_tax_representative
    delivery = invoice.delivery_information
    for pointer, term, address in (
        ("/seller/postal_address", "BT-40", invoice.seller.postal_address),
        ("/buyer/postal_address", "BT-55", invoice.buyer.postal_address),
        (
            "/seller_tax_representative/postal_address",
            "BT-69",
            representative.postal_address if representative else None,
        ),
        (
            "/delivery_information/deliver_to_address",
            "BT-80",
            delivery.deliver_to_address if delivery else None,
        ),
    ):
        if address is not None and address.country_code is not None:
            yield Place(f"{pointer}/country_code", term, address.country_code)


def country_codes(invoice: Invoice) -> Iterator[Place]:
    """Yield every country code, those of items (BT-159) included."""
    yield from address_countries(invoice)
    for number, line in enumerate(invoice.lines):
        if line.item_country_of_origin is not None:
            pointer = f"/lines/{number}/item_country_of_origin"
            yield Place(pointer, "BT-159", line.item_country_of_origin)
