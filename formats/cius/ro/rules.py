"""The rules CIUS-RO adds to EN 16931, on the model, under their official ids.

Source: ROeFactura validation artefacts 1.0.9 for CIUS-RO 1.0.1 (Ministerul Finanțelor). Left to
the official set: the forms of dates (BR-RO-DT*: a date of the model has one), the numbers of
groups that count one at a time (BR-RO-A051, -A052, -A500), and BR-DEC-RO-*, which repeat BR-DEC-*.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from formats.cius.lengths import collapsed, too_long
from formats.cius.ro.lengths import LIMITS
from formats.cius.roots import is_credit_note
from formats.en16931.model import Invoice
from formats.en16931.party import (
    BuyerPostalAddress,
    DeliverToAddress,
    SellerPostalAddress,
    TaxRepresentativePostalAddress,
)
from formats.en16931.rules.base import fatal, is_blank, missing
from formats.en16931.rules.categories import trimmed
from formats.findings import Finding

RULE_SET = "formats.cius.ro:semantic"

CIUS = "urn:cen.eu:en16931:2017#compliant#urn:efactura.mfinante.ro:CIUS-RO:1.0.1"

_INVOICES = frozenset({"380", "384", "389", "751"})
_CREDIT_NOTE = "381"
_TAXED = frozenset({"S", "Z", "E", "AE", "K", "G", "L", "M"})
_VAT_POINTS = frozenset({"3", "35", "432"})
_MOST_NOTES = 20
_LONGEST_NOTE = 300

_COUNTIES = """
AB AG AR B BC BH BN BR BT BV BZ CJ CL CS CT CV DB DJ GJ GL GR HD HR IF IL IS MH MM MS NT OT PH SB
SJ SM SV TL TM TR VL VN VS
"""
COUNTIES = frozenset(f"RO-{county}" for county in _COUNTIES.split())
"""ISO 3166-2:RO, as the artefacts list it."""
BUCHAREST = "RO-B"
SECTORS = frozenset(f"SECTOR{number}" for number in range(1, 7))

_Address = (
    SellerPostalAddress
    | BuyerPostalAddress
    | TaxRepresentativePostalAddress
    | DeliverToAddress
    | None
)


@dataclass(frozen=True, slots=True)
class _Place:
    """The rules of one address; None where there is none.

    Attributes:
        street, city, subdivision: The rule that wants it, and its term.
        sector, county: The rules of how a Romanian address is written.
        always: Whether street and city are wanted of an address that is not there.
    """

    pointer: str
    street: tuple[str, str]
    city: tuple[str, str]
    subdivision: tuple[str | None, str]
    sector: str
    county: str
    always: bool = False


_SELLER = _Place(
    "/seller/postal_address",
    ("BR-RO-081", "BT-35"),
    ("BR-RO-091", "BT-37"),
    (None, "BT-39"),
    "BR-RO-100",
    "BR-RO-110",
    always=True,
)
_BUYER = _Place(
    "/buyer/postal_address",
    ("BR-RO-082", "BT-50"),
    ("BR-RO-092", "BT-52"),
    (None, "BT-54"),
    "BR-RO-101",
    "BR-RO-111",
    always=True,
)
_REPRESENTATIVE = _Place(
    "/seller_tax_representative/postal_address",
    ("BR-RO-140", "BT-64"),
    ("BR-RO-150", "BT-66"),
    (None, "BT-68"),
    "BR-RO-160",
    "BR-RO-170",
)
_DELIVERY = _Place(
    "/delivery_information/deliver_to_address",
    ("BR-RO-180", "BT-75"),
    ("BR-RO-201", "BT-77"),
    ("BR-RO-211", "BT-79"),
    "BR-RO-202",
    "BR-RO-212",
)
_PLACES = (_SELLER, _BUYER, _REPRESENTATIVE, _DELIVERY)

RULES = frozenset(
    {
        *("BR-RO-001", "BR-RO-010", "BR-RO-020_1", "BR-RO-020_2", "BR-RO-030", "BR-RO-040"),
        *("BR-RO-065", "BR-RO-120", "BR-RO-A020"),
        *(rule for place in _PLACES for rule in (place.sector, place.county)),
        *(rule for place in _PLACES for rule, _ in (place.street, place.city)),
        *("BR-RO-211", "BR-RO-L302"),
        *(limit.rule for limit in LIMITS),
    }
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what CIUS-RO finds wrong with the invoice; never raises."""
    representative, delivery = invoice.seller_tax_representative, invoice.delivery_information
    findings = (
        *_document(invoice),
        *_tax_identifiers(invoice),
        *_notes(invoice),
        *_place(_SELLER, invoice.seller.postal_address),
        *_place(_BUYER, invoice.buyer.postal_address),
        *_place(_REPRESENTATIVE, representative.postal_address if representative else None),
        *_place(_DELIVERY, delivery.deliver_to_address if delivery else None),
        *too_long(invoice, LIMITS),
    )
    return tuple(replace(finding, rule_set=RULE_SET) for finding in findings)


def _document(invoice: Invoice) -> Iterator[Finding]:
    specification = invoice.process_control.specification_identifier
    if specification != CIUS:
        yield fatal(
            "BR-RO-001",
            "/process_control/specification_identifier",
            "BT-24",
            f"The specification identifier (BT-24) is {specification or 'missing'}.",
            f"Write {CIUS}.",
        )
    if not re.search("[0-9]", invoice.number or ""):
        yield fatal(
            "BR-RO-010",
            "/number",
            "BT-1",
            f"The number (BT-1) is {invoice.number or 'missing'}, without a digit.",
            "Number invoices with digits.",
        )
    code = trimmed(invoice.type_code)
    credit_note = is_credit_note(invoice)
    if code is not None and code not in ({_CREDIT_NOTE} if credit_note else _INVOICES):
        yield fatal(
            "BR-RO-020_2" if credit_note else "BR-RO-020_1",
            "/type_code",
            "BT-3",
            f"Romania does not know type code {code} (BT-3).",
            "Take 380, 384, 389 or 751, or 381 for a credit note.",
        )
    if "RON" not in {
        trimmed(invoice.currency_code),
        trimmed(invoice.vat_accounting_currency_code),
    }:
        yield fatal(
            "BR-RO-030",
            "/vat_accounting_currency_code",
            "BT-6",
            f"The invoice is in {invoice.currency_code} and has no VAT in RON (BT-6).",
            "Give RON as VAT accounting currency, and the total VAT in it.",
        )
    point = trimmed(invoice.value_added_tax_point_date_code)
    if point is not None and point not in _VAT_POINTS:
        yield fatal(
            "BR-RO-040",
            "/value_added_tax_point_date_code",
            "BT-8",
            f"Romania does not know tax point code {point} (BT-8).",
            "Take 3, 35 or 432.",
        )


def _tax_identifiers(invoice: Invoice) -> Iterator[Finding]:
    categories = {
        *(item.vat_category_code for item in invoice.document_level_allowances),
        *(item.vat_category_code for item in invoice.document_level_charges),
    }
    if not is_credit_note(invoice):  # the rules know cac:InvoiceLine only
        categories |= {line.vat_category_code for line in invoice.lines}
    if not categories & _TAXED:
        return
    seller, buyer = invoice.seller, invoice.buyer
    representative = invoice.seller_tax_representative
    if (
        is_blank(seller.vat_identifier)
        and is_blank(seller.tax_registration_identifier)
        and (representative is None or representative.vat_identifier is None)
    ):
        yield fatal(
            "BR-RO-065",
            "/seller/vat_identifier",
            "BT-31",
            "Neither the seller (BT-31, BT-32) nor its tax representative (BT-63) is identified"
            " for tax.",
            "Give the codul de identificare fiscală.",
        )
    if buyer.legal_registration_identifier is None and is_blank(buyer.vat_identifier):
        yield fatal(
            "BR-RO-120",
            "/buyer/vat_identifier",
            "BT-48",
            "The buyer has neither a registration (BT-47) nor a VAT identifier (BT-48).",
            "Give the buyer's VAT identifier or legal registration.",
        )


def _notes(invoice: Invoice) -> Iterator[Finding]:
    if len(invoice.notes) > _MOST_NOTES:
        yield fatal(
            "BR-RO-A020",
            f"/notes/{_MOST_NOTES}",
            "BG-1",
            f"The invoice has {len(invoice.notes)} notes (BG-1); {_MOST_NOTES} are allowed.",
            "Put notes together.",
        )
    for number, note in enumerate(invoice.notes):
        subject = "" if note.subject_code is None else f"#{note.subject_code}#"
        if len(collapsed(f"{subject}{note.note}")) > _LONGEST_NOTE:
            yield fatal(
                "BR-RO-L302",
                f"/notes/{number}/note",
                "BT-22",
                f"The note (BT-22) has more than {_LONGEST_NOTE} characters with its subject.",
                "Shorten it, or make two of it.",
            )


def _place(place: _Place, address: _Address) -> Iterator[Finding]:
    if address is None and not place.always:
        return
    street = address.line_1 if address else None
    city = address.city if address else None
    for (rule, term), field, value in (
        (place.street, "line_1", street),
        (place.city, "city", city),
    ):
        if is_blank(value):
            yield missing(
                rule, f"{place.pointer}/{field}", term, "street" if field != "city" else field
            )
    if address is None:
        return
    rule_of_subdivision, term = place.subdivision
    subdivision = trimmed(address.country_subdivision)
    where = f"{place.pointer}/country_subdivision"
    if rule_of_subdivision is not None and is_blank(subdivision):
        yield missing(rule_of_subdivision, where, term, "country subdivision")
    if trimmed(address.country_code) != "RO":
        return
    if subdivision not in COUNTIES:
        yield fatal(
            place.county,
            where,
            term,
            f"{subdivision or 'Nothing'} ({term}) is no county of Romania.",
            "Take a code of ISO 3166-2:RO, such as RO-B for Bucharest.",
        )
    if subdivision == BUCHAREST and trimmed(city) not in SECTORS:
        yield fatal(
            place.sector,
            f"{place.pointer}/city",
            place.city[1],
            f"{city or 'Nothing'} ({place.city[1]}) is no sector of Bucharest.",
            "Write SECTOR1 to SECTOR6.",
        )
