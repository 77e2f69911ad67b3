"""Who to talk to, and where: BR-DE-2 to BR-DE-11, BR-DE-27, BR-DE-28, BR-TMP-2."""

import re
from collections.abc import Iterator

from formats.en16931.model import Invoice
from formats.en16931.party import BuyerPostalAddress, DeliverToAddress, SellerPostalAddress
from formats.en16931.rules.base import XML_SPACE, is_blank, missing, warning
from formats.findings import Finding

RULES = frozenset({*(f"BR-DE-{number}" for number in (*range(2, 12), 27, 28)), "BR-TMP-2"})

# XPath's \s is XML's space; Python's is more.
_EMAIL = re.compile(r"[^@ \t\r\n]+@([^@. \t\r\n]+\.)+[^@. \t\r\n]+")
_DIGITS = 3
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")

_Address = SellerPostalAddress | BuyerPostalAddress | DeliverToAddress | None


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what is wrong with the seller's contact and the addresses."""
    return (*_contact(invoice), *_addresses(invoice), *_locations(invoice))


def _contact(invoice: Invoice) -> Iterator[Finding]:
    contact = invoice.seller.contact
    if contact is None:
        yield missing("BR-DE-2", "/seller/contact", "BG-6", "seller's contact")
        return
    for rule, field, term, name, value in (
        ("BR-DE-5", "point", "BT-41", "contact point of the seller", contact.point),
        ("BR-DE-6", "telephone_number", "BT-42", "seller's phone", contact.telephone_number),
        ("BR-DE-7", "email_address", "BT-43", "seller's e-mail", contact.email_address),
    ):
        if is_blank(value):
            yield missing(rule, f"/seller/contact/{field}", term, name)
    phone = contact.telephone_number or ""
    if sum(character in "0123456789" for character in phone) < _DIGITS:
        yield warning(
            "BR-DE-27",
            "/seller/contact/telephone_number",
            "BT-42",
            f"The seller's phone (BT-42) is {phone or 'missing'}: fewer than three digits.",
            "Give a phone number.",
        )
    email = " ".join((contact.email_address or "").strip(XML_SPACE).split(" "))
    if not _EMAIL.fullmatch(email):
        yield warning(
            "BR-DE-28",
            "/seller/contact/email_address",
            "BT-43",
            f"The seller's e-mail (BT-43) is {email or 'missing'}, which is no e-mail address.",
            "Give an address like name@example.org.",
        )


def _addresses(invoice: Invoice) -> Iterator[Finding]:
    delivery = invoice.delivery_information
    places: tuple[tuple[str, str, _Address, tuple[str, str], tuple[str, str]], ...] = (
        (
            "/seller/postal_address",
            "seller's",
            invoice.seller.postal_address,
            ("BR-DE-3", "BT-37"),
            ("BR-DE-4", "BT-38"),
        ),
        (
            "/buyer/postal_address",
            "buyer's",
            invoice.buyer.postal_address,
            ("BR-DE-8", "BT-52"),
            ("BR-DE-9", "BT-53"),
        ),
        (
            "/delivery_information/deliver_to_address",
            "delivery",
            delivery.deliver_to_address if delivery else None,
            ("BR-DE-10", "BT-77"),
            ("BR-DE-11", "BT-78"),
        ),
    )
    for pointer, whose, address, (city_rule, city), (code_rule, code) in places:
        if address is None:
            continue
        if is_blank(address.city):
            yield missing(city_rule, f"{pointer}/city", city, f"{whose} city")
        if is_blank(address.post_code):
            yield missing(code_rule, f"{pointer}/post_code", code, f"{whose} post code")


def _locations(invoice: Invoice) -> Iterator[Finding]:
    for number, document in enumerate(invoice.additional_supporting_documents):
        location = document.external_document_location
        if location is not None and not _URL.match(location):
            yield warning(
                "BR-TMP-2",
                f"/additional_supporting_documents/{number}/external_document_location",
                "BT-124",
                f"{location} (BT-124) is no address of a document.",
                "Write it with its scheme, like https://example.org/document.",
            )
