"""The code lists of XRechnung's extension: BR-DEX-01, BR-DEX-04 to BR-DEX-08.

They stand for BR-CL-24, -10, -11, -21, -25 and -26 of EN 16931 and know what health applications
and public bodies need beyond: XML attachments, schemes XR01 to XR03.
"""

from collections.abc import Iterator

from formats.en16931.group import SchemedIdentifier
from formats.en16931.model import Invoice
from formats.en16931.rules.base import fatal
from formats.en16931.rules.categories import trimmed
from formats.findings import Finding
from formats.xrechnung.code_lists import ELECTRONIC_ADDRESS_SCHEMES, IDENTIFIER_SCHEMES

RULES = frozenset(f"BR-DEX-{number:02}" for number in (1, 4, 5, 6, 7, 8))

_OWN_SCHEMES = frozenset({"XR01", "XR02", "XR03"})
_IDENTIFIERS = IDENTIFIER_SCHEMES | _OWN_SCHEMES
_ADDRESSES = ELECTRONIC_ADDRESS_SCHEMES | _OWN_SCHEMES
_CREDITORS = _IDENTIFIERS | {"SEPA"}
_MEDIA_TYPES = frozenset(
    {
        *("application/pdf", "image/png", "image/jpeg", "text/csv", "application/xml"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    }
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return the codes that the extension does not allow."""
    return (*_schemes(invoice), *_attachments(invoice))


def _schemes(invoice: Invoice) -> Iterator[Finding]:
    for rule, pointer, term, identifier, allowed in _identifiers(invoice):
        scheme = trimmed(identifier.scheme_identifier) if identifier is not None else None
        if scheme is not None and scheme not in allowed:
            yield fatal(
                rule,
                f"{pointer}/scheme_identifier",
                term,
                f"{scheme} is no scheme that XRechnung's extension allows for {term}.",
                "Take a code of ISO/IEC 6523 (for an electronic address: of EAS).",
            )


_Identified = tuple[str, str, str, SchemedIdentifier | None, frozenset[str]]


def _identifiers(invoice: Invoice) -> Iterator[_Identified]:
    seller, buyer, payee = invoice.seller, invoice.buyer, invoice.payee
    registration = "legal_registration_identifier"
    for number, identifier in enumerate(seller.identifiers):
        yield "BR-DEX-04", f"/seller/identifiers/{number}", "BT-29", identifier, _CREDITORS
    yield "BR-DEX-04", "/buyer/identifier", "BT-46", buyer.identifier, _IDENTIFIERS
    for whose, term, legal in (
        ("seller", "BT-30", seller.legal_registration_identifier),
        ("buyer", "BT-47", buyer.legal_registration_identifier),
        ("payee", "BT-61", payee.legal_registration_identifier if payee else None),
    ):
        yield "BR-DEX-05", f"/{whose}/{registration}", term, legal, _IDENTIFIERS
    if payee is not None:
        yield "BR-DEX-04", "/payee/identifier", "BT-60", payee.identifier, _CREDITORS
    address = "electronic_address"
    yield "BR-DEX-07", f"/seller/{address}", "BT-34", seller.electronic_address, _ADDRESSES
    yield "BR-DEX-07", f"/buyer/{address}", "BT-49", buyer.electronic_address, _ADDRESSES
    delivery = invoice.delivery_information
    location = delivery.deliver_to_location_identifier if delivery else None
    where = "/delivery_information/deliver_to_location_identifier"
    yield "BR-DEX-08", where, "BT-71", location, _IDENTIFIERS
    for number, line in enumerate(invoice.lines):
        where = f"/lines/{number}/item_standard_identifier"
        yield "BR-DEX-06", where, "BT-157", line.item_standard_identifier, _IDENTIFIERS


def _attachments(invoice: Invoice) -> Iterator[Finding]:
    for number, document in enumerate(invoice.additional_supporting_documents):
        attached = document.attached_document
        if attached is not None and attached.mime_code not in _MEDIA_TYPES:
            yield fatal(
                "BR-DEX-01",
                f"/additional_supporting_documents/{number}/attached_document/mime_code",
                "BT-125",
                f"XRechnung's extension does not allow {attached.mime_code} (BT-125).",
                "Attach PDF, PNG, JPEG, CSV, XLSX, ODS or XML.",
            )
