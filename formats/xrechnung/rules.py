"""The rules XRechnung 3.0 adds to EN 16931, on the model, under their official ids.

Source: XRechnung Schematron 2.5.0 for 3.0.2 (KoSIT), UBL and CII. What concerns the syntax only
(BR-DEX-14, PEPPOL-EN16931-R008, -R043, -R044, -R101) has no place here.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from formats.en16931.model import Invoice
from formats.en16931.rules.base import fatal, is_blank, missing, warning
from formats.en16931.rules.categories import trimmed
from formats.findings import Finding, Flag
from formats.peppol import lines
from formats.peppol import rules as peppol
from formats.xrechnung import (
    accounting,
    contacts,
    delivery,
    extension,
    payment,
    sub_lines,
    third_parties,
    vehicles,
)

RULE_SET = "formats.xrechnung:semantic"

CIUS = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
EXTENSION = f"{CIUS}#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0"
CVD = f"{CIUS}#compliant#urn:xeinkauf.de:kosit:xrechnung:cvd_0.9"

_PEPPOL = frozenset(
    f"PEPPOL-EN16931-R{number:03}"
    for number in (1, 5, 10, 20, 40, 41, 42, 46, 53, 54, 55, 61, 110, 111, 120, 121, 130)
)
"""What XRechnung took over from Peppol BIS."""
_PEPPOL_TOTALS = frozenset(f"PEPPOL-EN16931-R{number:03}" for number in (53, 54, 55))
"""Told from elements of UBL; CII has others, see `accounting`."""
_PEPPOL_WARNINGS = frozenset({"PEPPOL-EN16931-R120"})
_FORINT_SLACK = Decimal("0.5")
"""R040 and R120: forints are paid without fillér."""

_TYPE_CODES = frozenset({"326", "380", "384", "389", "381", "875", "876", "877"})
_CORRECTION = "384"
_TAXED = frozenset({"S", "Z", "E", "AE", "K", "G", "L", "M"})

_RULES = frozenset(f"BR-DE-{number}" for number in (14, 15, 16, 17, 21, 22, 26)) | _PEPPOL
RULES = _RULES.union(
    contacts.RULES,
    delivery.RULES,
    payment.RULES,
    extension.RULES,
    sub_lines.RULES,
    third_parties.RULES,
    vehicles.RULES,
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what XRechnung finds wrong with the invoice in UBL; never raises.

    The extension and the CIUS for clean vehicles have rules of their own; whether they apply is
    read from the specification identifier (BT-24).
    """
    return _check(invoice, in_cii=False)


def check_in_cii(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what XRechnung finds wrong with the invoice in CII; never raises."""
    return _check(invoice, in_cii=True)


def _check(invoice: Invoice, *, in_cii: bool) -> tuple[Finding, ...]:
    specification = invoice.process_control.specification_identifier
    findings = [
        *_references(invoice),
        *_taxes(invoice),
        *_attachments(invoice),
        *contacts.check(invoice),
        *delivery.check(invoice, in_cii=in_cii),
        *payment.check(invoice, in_cii=in_cii),
        *_from_peppol(invoice, in_cii=in_cii),
    ]
    if specification == EXTENSION:
        findings += extension.check(invoice)
        findings += sub_lines.check(invoice, in_cii=in_cii)
        if not in_cii:
            findings += third_parties.check(invoice)
    if specification == CVD:
        findings += vehicles.check(invoice)
    return tuple(replace(finding, rule_set=RULE_SET) for finding in findings)


def _from_peppol(invoice: Invoice, *, in_cii: bool) -> Iterator[Finding]:
    slack = _FORINT_SLACK if invoice.currency_code == "HUF" else lines.SLACK
    not_these = lines.RULES | (_PEPPOL_TOTALS if in_cii else frozenset())
    found = [each for each in peppol.check(invoice) if each.rule not in not_these]
    if in_cii:
        found += accounting.check(invoice)
    for finding in (*found, *lines.check(invoice, slack, in_cii=in_cii)):
        if finding.rule in _PEPPOL_WARNINGS:
            yield replace(finding, flag=Flag.WARNING)
        elif finding.rule in _PEPPOL:
            yield finding


def _references(invoice: Invoice) -> Iterator[Finding]:
    specification = invoice.process_control.specification_identifier
    if specification not in {CIUS, EXTENSION, CVD}:
        yield warning(
            "BR-DE-21",
            "/process_control/specification_identifier",
            "BT-24",
            f"The specification identifier (BT-24) is {specification or 'missing'}, not that of"
            " XRechnung 3.0.",
            f"Write {CIUS}.",
        )
    if is_blank(invoice.buyer_reference):
        yield missing("BR-DE-15", "/buyer_reference", "BT-10", "buyer reference (Leitweg-ID)")
    code = trimmed(invoice.type_code)
    if code not in _TYPE_CODES:
        yield warning(
            "BR-DE-17",
            "/type_code",
            "BT-3",
            f"XRechnung does not know type code {code or '(none)'} (BT-3).",
            f"Take one of {', '.join(sorted(_TYPE_CODES))}.",
        )
    if code == _CORRECTION and not invoice.preceding_invoice_references:
        yield warning(
            "BR-DE-26",
            "/preceding_invoice_references",
            "BG-3",
            "A corrected invoice (type code 384) names no preceding invoice (BG-3).",
            "Give the number of the invoice that it corrects.",
        )


def _taxes(invoice: Invoice) -> Iterator[Finding]:
    for number, row in enumerate(invoice.vat_breakdown):
        if row.category_rate is None:
            where = f"/vat_breakdown/{number}/category_rate"
            yield missing("BR-DE-14", where, "BT-119", "VAT rate of the category")
    categories = {  # as they stand: the artefact does not trim them
        *(line.vat_category_code for line in invoice.lines),
        *(item.vat_category_code for item in invoice.document_level_allowances),
        *(item.vat_category_code for item in invoice.document_level_charges),
    }
    seller = invoice.seller
    if (
        categories & _TAXED
        and invoice.seller_tax_representative is None
        and is_blank(seller.vat_identifier)
        and is_blank(seller.tax_registration_identifier)
    ):
        yield fatal(
            "BR-DE-16",
            "/seller/vat_identifier",
            "BT-31",
            "The seller has neither a VAT identifier (BT-31) nor a tax registration (BT-32), and"
            " no tax representative (BG-11).",
            "Give the Umsatzsteuer-Identifikationsnummer or the Steuernummer.",
        )


def _attachments(invoice: Invoice) -> Iterator[Finding]:
    seen: set[str | None] = set()
    for number, document in enumerate(invoice.additional_supporting_documents):
        attached = document.attached_document
        name = attached.filename if attached is not None else None
        if is_blank(name):
            continue
        if name in seen:
            yield fatal(
                "BR-DE-22",
                f"/additional_supporting_documents/{number}/attached_document/filename",
                "BT-125",
                f"Two attachments (BT-125) have the file name {name}.",
                "Give every attachment a name of its own.",
            )
        seen.add(name)
