"""The rules Croatia adds to EN 16931, on the model, under their official ids.

Source: HR-CIUS-EXT-EN16931-UBL, rules for CIUS-HR and EXT-HR 2025, 1.0.0 (Porezna uprava), as
compiled with the state of 2026-03-12. Left to the official set: what is told from the Croatian
extension and the names of its tax categories (HR-BR-11, -13, -16, -26 to -32, -36, -54, -55,
-S-10 to -AE-10, -CL-1), references of lines (-17 to -19), the list of goods KPD (-CL-2), empty
elements (-33), and HR-BR-56 inside the extension.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from formats.cius.hr import amounts, dates, identifiers
from formats.cius.lengths import collapsed
from formats.en16931.model import Invoice
from formats.en16931.rules.base import fatal, missing
from formats.en16931.rules.categories import trimmed
from formats.findings import Finding

RULE_SET = "formats.cius.hr:semantic"

SPECIFICATION = (
    "urn:cen.eu:en16931:2017#compliant#urn:mfin.gov.hr:cius-2025:1.0"
    "#conformant#urn:mfin.gov.hr:ext-2025:1.0"
)

_PROCESS = re.compile("P[1-9]|P1[0-2]|P99:.*", re.DOTALL)
_LONGEST_PROCESS = 200
_LONGEST_CONTRACT = 1024
_LONGEST_NAME = 1024
_LONGEST_DESCRIPTION = 4096

_CATEGORIES = ("S", "Z", "E", "AE")
_KPD = "CG"
_WITHOUT_KPD = frozenset(
    {"386", "81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"}
)
"""Type codes of documents whose items need no KPD code: prepayments, credit notes."""

_RULES = frozenset(
    {
        *(f"HR-BR-{number}" for number in (1, 5, 6, 20, 21, 25, 34, 42, 43, 46, 47)),
        *(f"HR-BR-{category}-{number}" for category in _CATEGORIES for number in (1, 2, 3)),
    }
)
RULES = _RULES | dates.RULES | identifiers.RULES | amounts.RULES


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what Croatia finds wrong with the invoice; never raises."""
    findings = (
        *_document(invoice),
        *_taxed_buyers(invoice),
        *_lines(invoice),
        *dates.check(invoice),
        *identifiers.check(invoice),
        *amounts.check(invoice),
    )
    return tuple(replace(finding, rule_set=RULE_SET) for finding in findings)


def _document(invoice: Invoice) -> Iterator[Finding]:
    if re.search("[ \t\r\n]", invoice.number or ""):
        yield fatal(
            "HR-BR-1",
            "/number",
            "BT-1",
            f"The number (BT-1) is {invoice.number}, with white space in it.",
            "Leave the white space out.",
        )
    control = invoice.process_control
    specification = collapsed(control.specification_identifier or "")
    if specification != SPECIFICATION:
        yield fatal(
            "HR-BR-5",
            "/process_control/specification_identifier",
            "BT-24",
            f"The specification identifier (BT-24) is {specification or 'missing'}.",
            f"Write {SPECIFICATION}.",
        )
    process, where = control.business_process_type, "/process_control/business_process_type"
    if process is None or not _PROCESS.fullmatch(collapsed(process)):
        yield fatal(
            "HR-BR-34",
            where,
            "BT-23",
            f"The business process (BT-23) is {process or 'missing'}, not P1 to P12 or P99.",
            "Write P1 for an invoice under a contract; P99: and a word for one of your own.",
        )
    contract = invoice.contract_reference
    for rule, most, pointer, term, text in (
        ("HR-BR-42", _LONGEST_PROCESS, where, "BT-23", process),
        ("HR-BR-43", _LONGEST_CONTRACT, "/contract_reference", "BT-12", contract),
    ):
        if len(text or "") > most:
            yield _too_long(rule, pointer, term, most)
    for number, reference in enumerate(invoice.preceding_invoice_references):
        if reference.reference is None or reference.issue_date is None:
            where = f"/preceding_invoice_references/{number}"
            yield missing("HR-BR-6", where, "BG-3", "number and date of the preceding invoice")


def _taxed_buyers(invoice: Invoice) -> Iterator[Finding]:
    """Every category of tax wants the buyer's VAT identifier."""
    if invoice.buyer.vat_identifier is not None:
        return
    for number, codes in enumerate(
        (
            [line.vat_category_code for line in invoice.lines],
            [item.vat_category_code for item in invoice.document_level_allowances],
            [item.vat_category_code for item in invoice.document_level_charges],
        ),
        start=1,
    ):
        used = set(map(trimmed, codes))
        for category in _CATEGORIES:
            if category in used:
                yield fatal(
                    f"HR-BR-{category}-{number}",
                    "/buyer/vat_identifier",
                    "BT-48",
                    f"VAT category {category} is used, and the buyer has no VAT identifier.",
                    "Give the buyer's OIB with HR in front, or its foreign VAT identifier.",
                )


def _lines(invoice: Invoice) -> Iterator[Finding]:
    freed = trimmed(invoice.type_code) in _WITHOUT_KPD
    for number, line in enumerate(invoice.lines):
        pointer = f"/lines/{number}"
        for rule, most, field, term, text in (
            ("HR-BR-46", _LONGEST_NAME, "item_name", "BT-153", line.item_name),
            (
                "HR-BR-47",
                _LONGEST_DESCRIPTION,
                "item_description",
                "BT-154",
                line.item_description,
            ),
        ):
            if len(text or "") > most:
                yield _too_long(rule, f"{pointer}/{field}", term, most)
        base = line.item_price_base_quantity
        if base is not None and base <= 0:
            yield fatal(
                "HR-BR-20",
                f"{pointer}/item_price_base_quantity",
                "BT-149",
                f"The price base quantity (BT-149) is {base:f}.",
                "Give the quantity the price is for, or leave it out for one.",
            )
        unit = line.item_price_base_quantity_unit_code
        measured = base is not None and line.invoiced_quantity is not None
        if measured and unit is not None and unit != line.unit_code:
            yield fatal(
                "HR-BR-21",
                f"{pointer}/item_price_base_quantity_unit_code",
                "BT-150",
                f"The price is per {unit} (BT-150), the quantity in {line.unit_code}.",
                "Give both in one unit.",
            )
        schemes = {item.scheme_identifier for item in line.item_classification_identifiers}
        if _KPD not in schemes and not freed:
            where = f"{pointer}/item_classification_identifiers"
            yield missing("HR-BR-25", where, "BT-158", "KPD code of the item (scheme CG)")


def _too_long(rule: str, pointer: str, term: str, most: int) -> Finding:
    return fatal(rule, pointer, term, f"{term} has more than {most} characters.", "Shorten it.")
