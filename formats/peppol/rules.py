"""The rules Peppol BIS Billing 3.0 adds to EN 16931, on the model, under their official ids.

Source: PEPPOL-EN16931-UBL 3.0.21 (OpenPeppol, May 2026 release), and its self-billing twin. What
concerns the syntax only (R008, R043, R044, R051, R080, R100, R101, F001) has no place here; the
national rules in the same file belong to their countries.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.model import Invoice
from formats.en16931.rules.base import XML_SPACE, fatal, missing, plain
from formats.en16931.rules.categories import trimmed
from formats.findings import Finding
from formats.peppol import codes, identifiers, lines

RULE_SET = "formats.peppol:semantic"

BILLING = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
SELF_BILLING = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:selfbilling:3.0"

_WITH_RESPONSE = "urn:peppol:bis:billing_with_response"
_EVERYWHERE = frozenset(
    {
        "urn:peppol:france:billing:regulated",
        "urn:peppol:france:billing:non-regulated",
        _WITH_RESPONSE,
    }
)
PROCESSES = _EVERYWHERE | {"urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"}
SELF_BILLING_PROCESSES = _EVERYWHERE | {"urn:fdc:peppol.eu:2017:poacc:selfbilling:01:1.0"}

_DIRECT_DEBITS = frozenset({"49", "59"})
_GERMAN_ONLY_TYPES = frozenset({"326", "384"})

_RULES = frozenset(
    {
        *(f"PEPPOL-EN16931-R{number:03}" for number in (1, 2, 3, 4, 5, 7, 10, 20)),
        *("PEPPOL-EN16931-R053", "PEPPOL-EN16931-R054", "PEPPOL-EN16931-R055"),
        *("PEPPOL-EN16931-R061", "PEPPOL-EN16931-P0100", "PEPPOL-EN16931-P0101"),
        "PEPPOL-EN16931-P0112",
    }
)
RULES = _RULES | identifiers.RULES | lines.RULES | codes.RULES


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what Peppol BIS Billing 3.0 finds wrong with the invoice; never raises.

    Self-billing has its own processes and type codes; which of the two applies is read from the
    specification identifier (BT-24).
    """
    findings = (
        *_process(invoice),
        *_parties(invoice),
        *_tax_totals(invoice),
        *_direct_debits(invoice),
        *_type_code(invoice),
        *lines.check(invoice),
        *codes.check(invoice),
        *identifiers.check(invoice),
    )
    return tuple(replace(finding, rule_set=RULE_SET) for finding in findings)


def is_self_billing(invoice: Invoice) -> bool:
    """Tell whether the buyer issues the document, by its specification identifier."""
    return (trimmed(invoice.process_control.specification_identifier) or "").startswith(
        SELF_BILLING
    )


def _both_german(invoice: Invoice) -> bool:
    return all(
        address is not None and (address.country_code or "").strip(XML_SPACE).upper() == "DE"
        for address in (invoice.seller.postal_address, invoice.buyer.postal_address)
    )


def _process(invoice: Invoice) -> Iterator[Finding]:
    process = invoice.process_control.business_process_type
    specification = trimmed(invoice.process_control.specification_identifier) or ""
    pointer = "/process_control/business_process_type"
    known = SELF_BILLING_PROCESSES if is_self_billing(invoice) else PROCESSES
    if process is None:
        yield missing("PEPPOL-EN16931-R001", pointer, "BT-23", "business process")
    if trimmed(process) not in known:
        yield fatal(
            "PEPPOL-EN16931-R007",
            pointer,
            "BT-23",
            f"The business process (BT-23) is {process}, which Peppol does not know.",
            f"Write {min(known)}.",
        )
    if not specification.startswith((BILLING, SELF_BILLING)) or "::" in specification:
        yield fatal(
            "PEPPOL-EN16931-R004",
            "/process_control/specification_identifier",
            "BT-24",
            f"The specification identifier (BT-24) is {specification or 'missing'}, not Peppol's.",
            f"Write {BILLING}.",
        )
    if len(invoice.notes) > 1 and not _both_german(invoice):
        yield fatal(
            "PEPPOL-EN16931-R002",
            "/notes/1",
            "BG-1",
            f"The invoice has {len(invoice.notes)} notes (BG-1); Peppol allows one.",
            "Put the notes into one.",
        )


def _parties(invoice: Invoice) -> Iterator[Finding]:
    references = (
        invoice.buyer_reference,
        invoice.purchase_order_reference,
        invoice.sales_order_reference,  # BT-14 brings an order reference NA with it
    )
    if all(reference is None for reference in references):
        yield fatal(
            "PEPPOL-EN16931-R003",
            "/buyer_reference",
            "BT-10",
            "Neither buyer reference (BT-10) nor purchase order reference (BT-13) is given.",
            "Give the reference the buyer asked for.",
        )
    if invoice.buyer.electronic_address is None:
        pointer = "/buyer/electronic_address"
        yield missing("PEPPOL-EN16931-R010", pointer, "BT-49", "buyer's electronic address")
    if invoice.seller.electronic_address is None:
        pointer = "/seller/electronic_address"
        yield missing("PEPPOL-EN16931-R020", pointer, "BT-34", "seller's electronic address")


def _tax_totals(invoice: Invoice) -> Iterator[Finding]:
    totals, accounting = invoice.totals, invoice.vat_accounting_currency_code
    pointer = "/totals/total_vat_in_accounting_currency"
    if trimmed(accounting) is not None and trimmed(accounting) == trimmed(invoice.currency_code):
        yield fatal(
            "PEPPOL-EN16931-R005",
            "/vat_accounting_currency_code",
            "BT-6",
            f"VAT accounting currency (BT-6) and invoice currency (BT-5) are both {accounting}.",
            "Leave the VAT accounting currency out.",
        )
    if not invoice.vat_breakdown:
        yield missing("PEPPOL-EN16931-R053", "/vat_breakdown", "BG-23", "VAT breakdown")
    in_accounting = totals.total_vat_in_accounting_currency
    # UBL: a second cac:TaxTotal without breakdown, there exactly when BT-6 is.
    without_breakdown = (in_accounting is not None) + (
        totals.total_vat is not None and not invoice.vat_breakdown
    )
    if accounting is None and in_accounting is None and without_breakdown:
        yield fatal(
            "PEPPOL-EN16931-R054",
            pointer,
            "BT-111",
            f"The total VAT (BT-110) is {plain(totals.total_vat)} without a VAT breakdown (BG-23):"
            " it is taken for a total in the VAT accounting currency (BT-6), and there is none.",
            "Give the VAT breakdown, or the lines that it follows from.",
        )
    elif without_breakdown != (accounting is not None):
        yield fatal(
            "PEPPOL-EN16931-R054",
            pointer,
            "BT-111",
            f"The total VAT in accounting currency (BT-111) is {plain(in_accounting)}, and the"
            f" VAT accounting currency (BT-6) {accounting or 'nothing'}.",
            "Give both BT-6 and BT-111, or neither.",
        )
    if accounting is None:
        return
    in_each = [_in_currency(invoice, code) for code in (accounting, invoice.currency_code)]
    if not (
        all(any(amount <= 0 for amount in amounts) for amounts in in_each)
        or all(any(amount >= 0 for amount in amounts) for amounts in in_each)
    ):
        yield fatal(
            "PEPPOL-EN16931-R055",
            pointer,
            "BT-111",
            f"The total VAT is {plain(totals.total_vat)} (BT-110), in accounting currency"
            f" {plain(in_accounting)} (BT-111): they differ in sign.",
            "Give BT-110 and BT-111 the same sign.",
        )


def _in_currency(invoice: Invoice, code: str | None) -> list[Decimal]:
    """Return the totals of VAT in a currency; white space in @currencyID makes it another one."""
    totals = invoice.totals
    written = (
        (invoice.currency_code, totals.total_vat),
        (invoice.vat_accounting_currency_code, totals.total_vat_in_accounting_currency),
    )
    return [
        amount
        for currency, amount in written
        if amount is not None and (currency or "") == (trimmed(code) or "")
    ]


def _direct_debits(invoice: Invoice) -> Iterator[Finding]:
    for number, instructions in enumerate(invoice.payment_instructions):
        if trimmed(instructions.payment_means_type_code) not in _DIRECT_DEBITS:
            continue
        debit = instructions.direct_debit
        if debit is None or debit.mandate_reference_identifier is None:
            pointer = f"/payment_instructions/{number}/direct_debit/mandate_reference_identifier"
            yield missing("PEPPOL-EN16931-R061", pointer, "BT-89", "mandate of the direct debit")
        elif len(instructions.credit_transfers) > 1:
            # Every account is a cac:PaymentMeans of its own, and the mandate stands once in a
            # document (UBL-SR-55): with the first.
            yield fatal(
                "PEPPOL-EN16931-R061",
                f"/payment_instructions/{number}/credit_transfers/1",
                "BG-17",
                "A direct debit has more than one account (BG-17), and its mandate (BT-89) can"
                " stand with one only.",
                "Keep one account, or none: a direct debit does not need the seller's account.",
            )


def _type_code(invoice: Invoice) -> Iterator[Finding]:
    code = trimmed(invoice.type_code)
    if code is None:
        return
    self_billing = is_self_billing(invoice)
    process = trimmed(invoice.process_control.business_process_type)
    if code in CREDIT_NOTE_TYPES:
        rule = "PEPPOL-EN16931-P0101"
        allowed = codes.SELF_BILLED_CREDIT_NOTES if self_billing else codes.CREDIT_NOTES
    else:
        rule = "PEPPOL-EN16931-P0100"
        allowed = codes.SELF_BILLED_INVOICES if self_billing else codes.INVOICES
    # The self-billing rules leave the type code of the process with responses alone.
    processes = SELF_BILLING_PROCESSES - {_WITH_RESPONSE} if self_billing else PROCESSES
    if process in processes and code not in allowed:
        yield fatal(
            rule,
            "/type_code",
            "BT-3",
            f"Peppol does not allow type code {code} (BT-3) in this process.",
            f"Take one of {', '.join(sorted(allowed, key=int))}.",
        )
    if code in _GERMAN_ONLY_TYPES and not self_billing and not _both_german(invoice):
        yield fatal(
            "PEPPOL-EN16931-P0112",
            "/type_code",
            "BT-3",
            f"Type code {code} (BT-3) is allowed between German parties only.",
            "Use 380, or 381 for a credit note, with a preceding invoice reference.",
        )
