"""The rules CIUS-PT has of its own, on the model, under their official ids.

Source: urn_feap.gov.pt_CIUS-PT_2.1.1 (eSPap). Left to the official set: structure that the writer
gives by itself (BR-CIUS-PT-08 to -11, -19, -20, -24, -26 to -64), texts with a meaning in their
first characters (-17, DT-CIUS-PT-020_*, -139_*), code lists, the forms of numbers, and sums.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from formats.cius.lengths import texts
from formats.cius.pt.lengths import LIMITS
from formats.cius.roots import is_credit_note
from formats.en16931.model import Invoice
from formats.en16931.party import DeliverToAddress, SellerPostalAddress
from formats.en16931.rules.base import fatal, missing
from formats.en16931.rules.categories import trimmed
from formats.findings import Finding

RULE_SET = "formats.cius.pt:semantic"

_SPECIFICATION = re.compile(
    r"urn.cen.eu.en16931.2017#compliant#urn.feap.gov.pt.CIUS-PT.[^\n\r]{1,10}"
)
_TYPE_CODE = re.compile("[A-Z0-9]{2,3}")
_INVOICES = ("380", "383", "386", "389", "FT", "FS", "FR", "ND", "RP", "RE", "CS", "LD", "RA")
_DEBIT_NOTES = frozenset({"383", "ND"})

_TAXED = {
    **dict.fromkeys(("AA", "RED", "INT"), "BR-CIUS-PT-12"),
    **dict.fromkeys(("S", "NOR"), "BR-CIUS-PT-14"),
}
_EXEMPT = frozenset({"E", "ISE"})
_EXEMPTIONS = (
    "#TAXEXEMPTIONREASONCODE@CLASSIFIEDTAXCATEGORY#",
    "#TAXEXEMPTIONREASON@CLASSIFIEDTAXCATEGORY#",
)

RULES = frozenset(
    {
        *(f"BR-CIUS-PT-{number:02}" for number in (1, 2, 3, 4, 5, 6, 7, 12, 14, 16, 18)),
        *(f"BR-CIUS-PT-{number}" for number in (13, 21, 22, 23, 25, 65, 66)),
        *("DT-CIUS-PT-003_i", "DT-CIUS-PT-022"),
        *(limit.rule for limit in LIMITS),
    }
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what CIUS-PT finds wrong with the invoice; never raises."""
    findings = (
        *_document(invoice),
        *_tax_numbers(invoice),
        *_addresses(invoice),
        *_rates(invoice),
        *_lines(invoice),
        *_texts(invoice),
    )
    return tuple(replace(finding, rule_set=RULE_SET) for finding in findings)


def _document(invoice: Invoice) -> Iterator[Finding]:
    specification = invoice.process_control.specification_identifier
    if specification is not None and not _SPECIFICATION.fullmatch(specification):
        yield fatal(
            "DT-CIUS-PT-022",
            "/process_control/specification_identifier",
            "BT-24",
            f"The specification identifier (BT-24) is {specification}, not CIUS-PT's.",
            "Write urn:cen.eu:en16931:2017#compliant#urn:feap.gov.pt:CIUS-PT:2.1.1.",
        )
    code = invoice.type_code
    credit_note = is_credit_note(invoice)
    if code is not None and not credit_note and not _is_invoice(code):
        yield fatal(
            "DT-CIUS-PT-003_i",
            "/type_code",
            "BT-3",
            f"Portugal does not know type code {code} (BT-3).",
            f"Take one of {', '.join(_INVOICES)}, or 381 for a credit note.",
        )
    if not invoice.preceding_invoice_references:
        where, what = "/preceding_invoice_references", "invoice that this one corrects"
        if credit_note:
            yield missing("BR-CIUS-PT-25", where, "BG-3", what)
        elif code in _DEBIT_NOTES:
            yield missing("BR-CIUS-PT-65", where, "BG-3", what)


def _is_invoice(code: str) -> bool:
    # The set looks for the code and a comma anywhere in its list: 80 is found in 380.
    listed = "".join(f"{each}," for each in _INVOICES)
    return bool(_TYPE_CODE.fullmatch(code)) and f"{code}," in listed


def _tax_numbers(invoice: Invoice) -> Iterator[Finding]:
    seller, buyer = invoice.seller, invoice.buyer
    where = "/seller/vat_identifier"
    if seller.vat_identifier is None and seller.tax_registration_identifier is None:
        yield missing("BR-CIUS-PT-01", where, "BT-31", "seller's NIF")
    if seller.vat_identifier is None:
        yield missing("BR-CIUS-PT-02", where, "BT-31", "seller's VAT identifier")
    if buyer.vat_identifier is None:
        for rule in ("BR-CIUS-PT-03", "BR-CIUS-PT-04"):
            yield missing(rule, "/buyer/vat_identifier", "BT-48", "buyer's VAT identifier")


def _addresses(invoice: Invoice) -> Iterator[Finding]:
    seller = invoice.seller.postal_address
    if seller is not None:
        yield from _address(seller, "/seller/postal_address", 5, ("BT-35", "BT-37", "BT-38"))
    delivery = invoice.delivery_information
    place = delivery.deliver_to_address if delivery else None
    where = "/delivery_information/deliver_to_address"
    if place is None:
        yield missing("BR-CIUS-PT-66", where, "BG-15", "address of delivery")
    else:
        yield from _address(place, where, 21, ("BT-75", "BT-77", "BT-78"))


def _address(
    address: SellerPostalAddress | DeliverToAddress,
    pointer: str,
    first: int,
    terms: tuple[str, str, str],
) -> Iterator[Finding]:
    for number, (term, field, value) in enumerate(
        zip(
            terms,
            ("line_1", "city", "post_code"),
            (address.line_1, address.city, address.post_code),
            strict=True,
        ),
        start=first,
    ):
        if value is None:
            name = field.replace("line_1", "street").replace("_", " ")
            yield missing(f"BR-CIUS-PT-{number:02}", f"{pointer}/{field}", term, name)


def _rates(invoice: Invoice) -> Iterator[Finding]:
    for number, row in enumerate(invoice.vat_breakdown):
        category = trimmed(row.category_code) or ""
        rate = row.category_rate
        rule = _TAXED.get(category)
        if rule is not None and (rate is None or rate <= 0):
            yield fatal(
                rule,
                f"/vat_breakdown/{number}/category_rate",
                "BT-119",
                f"VAT category {category} has the rate {rate}.",
                "Give the rate of the category, more than 0.",
            )
        if category in _EXEMPT and (rate is None or rate != 0):
            yield fatal(
                "BR-CIUS-PT-16",
                f"/vat_breakdown/{number}/category_rate",
                "BT-119",
                f"VAT category {category} has the rate {rate}.",
                "Write 0.",
            )


def _lines(invoice: Invoice) -> Iterator[Finding]:
    for number, line in enumerate(invoice.lines):
        where = f"/lines/{number}/item_attributes"
        if line.vat_category_code in _EXEMPT and not line.item_attributes:
            yield missing("BR-CIUS-PT-18", where, "BG-32", "reason of the exemption")
        for index, item in enumerate(line.item_attributes):
            if line.vat_category_code == "AA" and (item.name or "").startswith(_EXEMPTIONS):
                yield fatal(
                    "BR-CIUS-PT-13",
                    f"{where}/{index}/name",
                    "BT-160",
                    "The line is taxed (AA) and gives a reason of exemption.",
                    "Leave the reason out.",
                )


def _texts(invoice: Invoice) -> Iterator[Finding]:
    for limit in LIMITS:
        for pointer, text in texts(invoice, limit.path):
            if not 1 <= len(text) <= limit.most or "\n" in text or "\r" in text:
                yield fatal(
                    limit.rule,
                    pointer,
                    limit.term,
                    f"{limit.term} has {len(text)} characters; Portugal takes 1 to {limit.most},"
                    " on one line.",
                    "Shorten it, or put it on one line.",
                )
