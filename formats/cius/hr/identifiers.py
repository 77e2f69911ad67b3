"""Who the parties are to Croatia: HR-BR-7, -9, -10, -37, -53."""

import re
from collections.abc import Iterator

from formats.en16931.model import Invoice
from formats.en16931.rules.base import fatal, missing
from formats.findings import Finding

RULES = frozenset(f"HR-BR-{number}" for number in (7, 9, 10, 37, 53))


def is_oib(value: str) -> bool:
    """Tell whether a number is an OIB: eleven digits, ISO 7064 MOD 11,10."""
    if not re.fullmatch("[0-9]{11}", value):
        return False
    remainder = 10
    for digit in value[:10]:
        remainder = ((remainder + int(digit)) % 10 or 10) * 2 % 11
    return (11 - remainder) % 10 == int(value[10])


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return the identifiers that are missing or wrong."""
    return (*_parties(invoice), *_operator(invoice), *_tax_numbers(invoice))


def _parties(invoice: Invoice) -> Iterator[Finding]:
    seller, buyer = invoice.seller, invoice.buyer
    if seller.electronic_address is None:
        where = "/seller/electronic_address"
        yield missing("HR-BR-7", where, "BT-34", "seller's electronic address")
    if buyer.electronic_address is None:
        where = "/buyer/electronic_address"
        yield missing("HR-BR-10", where, "BT-49", "buyer's electronic address")


def _operator(invoice: Invoice) -> Iterator[Finding]:
    extensions = invoice.seller.extensions
    name = extensions.operator_name if extensions else None
    number = extensions.operator_identifier if extensions else None
    where = "/seller/extensions"
    if name is None:
        yield missing("HR-BR-37", f"{where}/operator_name", "HR-BT-4", "name of the operator")
    if number is None or not is_oib(number):
        yield fatal(
            "HR-BR-9",
            f"{where}/operator_identifier",
            "HR-BT-5",
            f"The operator's OIB (HR-BT-5) is {number or 'missing'}.",
            "Give the OIB of who issues the invoice, eleven digits.",
        )


def _tax_numbers(invoice: Invoice) -> Iterator[Finding]:
    buyer, representative = invoice.buyer, invoice.seller_tax_representative
    if buyer.vat_identifier is not None:
        country = buyer.postal_address.country_code if buyer.postal_address else None
        yield from _tax_number("/buyer", "BT-48", buyer.vat_identifier, country)
    if representative is not None:
        address = representative.postal_address
        country = address.country_code if address else None
        where, number = "/seller_tax_representative", representative.vat_identifier
        yield from _tax_number(where, "BT-63", number or "", country)


def _tax_number(party: str, term: str, number: str, country: str | None) -> Iterator[Finding]:
    foreign = country is not None and country != "HR"
    if not foreign and not is_oib(number.removeprefix("HR")):
        yield fatal(
            "HR-BR-53",
            f"{party}/vat_identifier",
            term,
            f"{number or 'Nothing'} ({term}) is no Croatian VAT identifier.",
            "Write HR and the OIB, or the country of a foreign party.",
        )
