"""An invoice as a caller gives it, and how it is completed.

The caller may leave out every amount that follows from others. What is left out is computed; what
is given is compared with what is computed, and kept when the rules of EN 16931 accept it.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from formats.en16931.amounts import (
    Totals,
    VatBreakdown,
)
from formats.en16931.clash import Clash
from formats.en16931.currency import amount_decimals
from formats.en16931.currency_clash import inexact
from formats.en16931.draft_amounts import Amounts
from formats.en16931.draft_breakdown import completed_rows
from formats.en16931.draft_parts import complete_parts, rounded
from formats.en16931.expectation import unexpected
from formats.en16931.model import (
    NO_ORDER,
    NOTE_WITH_SUBJECT,
    Invoice,
    InvoiceNote,
    InvoiceTerms,
    ProcessControl,
)
from formats.en16931.money import Amount, Quantity
from formats.en16931.party import Seller
from formats.en16931.rules import totals as totals_rules
from formats.en16931.rules import vat_amounts
from formats.en16931.rules.base import warning
from formats.en16931.terms import Term
from formats.en16931.totals import (
    TotalsInput,
    VatExemption,
    compute,
)
from formats.findings import Finding


class InvoiceDraft(InvoiceTerms):
    """An invoice without its seller, and without the amounts that follow from others.

    Attributes:
        vat_exemptions: Why categories bear no VAT; goes into the VAT breakdown (BT-120, BT-121).
        vat_accounting_exchange_rate: Units of the VAT accounting currency (BT-6) for one unit of
            the invoice currency; gives the total VAT in it (BT-111).
        prices_include_vat: Whether prices, line amounts, allowances and charges include VAT.
        rounding_permitted: Whether the amount due may be rounded (BT-114) by a cent where prices
            that include VAT cannot add up otherwise.
        expected_total: The total with VAT (BT-112) that must come out.
        expected_amount_due: The amount due for payment (BT-115) that must come out.
    """

    totals: Annotated[Totals | None, Term("BG-22")] = None
    vat_breakdown: Annotated[tuple[VatBreakdown, ...] | None, Term("BG-23")] = None
    vat_exemptions: tuple[VatExemption, ...] = ()
    vat_accounting_exchange_rate: Quantity | None = Field(
        default=None,
        description="Units of the VAT accounting currency (BT-6) for one unit of the invoice "
        "currency; gives the total VAT in it (BT-111).",
    )
    prices_include_vat: bool = Field(
        default=False,
        description="Prices, line amounts, allowances and charges are given with VAT; the net "
        "amounts are derived so that the total is their sum.",
    )
    rounding_permitted: bool = Field(
        default=False,
        description="With prices_include_vat: a cent that no net amounts can reach becomes the "
        "rounding amount (BT-114), instead of the finding GW-07.",
    )
    expected_total: Amount | None = Field(
        default=None,
        description="The total with VAT (BT-112) that must come out; else finding GW-06.",
    )
    expected_amount_due: Amount | None = Field(
        default=None,
        description="The amount due (BT-115) that must come out; else finding GW-06.",
    )


@dataclass(frozen=True, slots=True)
class Completed:
    """An invoice with all its amounts, and what is wrong with those the caller gave.

    Attributes:
        invoice: Complete but for what cannot be computed.
        findings: About amounts; one for each clash among them.
        clashes: Demands that exclude each other, with the values that prove it.
    """

    invoice: Invoice
    findings: tuple[Finding, ...]
    clashes: tuple[Clash, ...] = ()


def complete(  # noqa: PLR0913 - what the draft lacks, each by its own name
    draft: InvoiceDraft,
    *,
    seller: Seller,
    number: str | None,
    issue_date: datetime.date | None,
    type_code: str | None,
    process_control: ProcessControl,
    accounting_exchange_rate: Decimal | None = None,
) -> Completed:
    """Make an invoice of a draft: fill in what is missing, judge the amounts that were given.

    Filled in: line identifiers ("1", "2" ...), net prices from gross prices, the discount between
    the two, the base quantity (1) of a unit without one, VAT rate 0 for categories without VAT,
    amounts of allowances and charges, line net amounts, VAT breakdown and totals. Put where EN
    16931 has a place for it: a subject code (BT-21) written in front of its note, and the order NA
    that Peppol BIS writes beside a sales order. The seller, number, date, type and process of the
    arguments win over the draft's.

    The findings are about amounts only (BR-CO-10 to 18, BR-x-08, BR-x-09, GW-02, GW-09 and
    PEPPOL-EN16931-R121), one per wrong amount, and about amounts that can neither be read nor
    computed (BR-24, BR-31, BR-36, BR-41, BR-43, BR-45, BR-46), which stay absent and count as
    nothing in the sums they belong to;
    `formats.en16931.rules.check` judges the whole invoice and finds the same broken.

    Args:
        draft: What the caller gave.
        seller: BG-4.
        number: BT-1.
        issue_date: BT-2.
        type_code: BT-3.
        process_control: BG-2, as the profile wants it.
        accounting_exchange_rate: Units of the VAT accounting currency (BT-6) for one unit of the
            invoice currency, for BT-111.
    """
    amounts = Amounts(amount_decimals(draft.currency_code))
    parts = complete_parts(draft, amounts, prices_include_vat=draft.prices_include_vat)
    claim = draft.totals or Totals()
    if parts.net and draft.rounding_permitted and claim.rounding_amount is None:
        parts, claim = rounded(parts, claim)
    terms = {name: value for name, value in draft if name in InvoiceTerms.model_fields}
    invoice = Invoice.model_validate(
        terms
        | {
            "number": number,
            "issue_date": issue_date,
            "type_code": type_code,
            "process_control": process_control,
            "seller": seller,
            "notes": [_note(note) for note in draft.notes],
            "purchase_order_reference": _purchase_order(draft),
            "lines": parts.lines,
            "document_level_allowances": parts.allowances,
            "document_level_charges": parts.charges,
            "totals": claim,
        }
    )
    source = replace(
        totals_rules.totals_input(invoice),
        exemptions=draft.vat_exemptions,
        accounting_exchange_rate=accounting_exchange_rate or draft.vat_accounting_exchange_rate,
        accounting_decimals=_accounting_decimals(draft),
    )
    if amounts.gaps:  # the totals of a sum with a hole in it are compared with nothing
        computed = compute(source)
        return Completed(
            invoice.model_copy(
                update={"totals": computed.totals, "vat_breakdown": computed.vat_breakdown}
            ),
            (*parts.findings, *amounts.gaps),
        )
    invoice, findings = _judged(
        invoice, claim, completed_rows(draft.vat_breakdown, source), source
    )
    clashes = (*parts.clashes, *inexact(invoice, amounts.decimals))
    stated = unexpected(draft.expected_total, draft.expected_amount_due, invoice, parts.rounding)
    return Completed(
        invoice,
        (
            *parts.findings,
            *_one_currency(draft),
            *findings,
            *(clash.finding() for clash in clashes),
            *stated,
        ),
        clashes,
    )


def _accounting_decimals(draft: InvoiceDraft) -> int | None:
    code = draft.vat_accounting_currency_code
    return None if code in {None, draft.currency_code} else amount_decimals(code)


def _one_currency(draft: InvoiceDraft) -> Iterator[Finding]:
    """Warn of a VAT accounting currency that is the invoice currency anyway.

    It stays as it is, since it is said: EN 16931 in UBL takes BT-110 for BT-111 then, and
    refuses two (BR-CO-15). CII (BR-53) and Peppol (R005) refuse it in any case.
    """
    code = draft.vat_accounting_currency_code
    if code is not None and code == draft.currency_code:
        yield warning(
            "GW-09",
            "/vat_accounting_currency_code",
            "BT-6",
            f"VAT accounting currency (BT-6) and invoice currency (BT-5) are both {code}:"
            " Peppol (PEPPOL-EN16931-R005) and EN 16931 in CII (BR-53) refuse that.",
            "Leave vat_accounting_currency_code out: the total VAT (BT-110) is in it already.",
        )


def _note(note: InvoiceNote) -> InvoiceNote:
    found = None if note.subject_code else NOTE_WITH_SUBJECT.fullmatch(note.note)
    return InvoiceNote(subject_code=found[1], note=found[2]) if found else note


def _purchase_order(draft: InvoiceDraft) -> str | None:
    reference = draft.purchase_order_reference
    return None if draft.sales_order_reference and reference == NO_ORDER else reference


def _judged(
    invoice: Invoice,
    claim: Totals,
    claimed_rows: tuple[VatBreakdown, ...],
    source: TotalsInput,
) -> tuple[Invoice, tuple[Finding, ...]]:
    """Put in the totals: the caller's where there are any, ours elsewhere; say which are wrong."""
    claimed = invoice.model_copy(update={"vat_breakdown": claimed_rows})
    wrong_rows = vat_amounts.check(claimed)
    trusted = claimed_rows and not wrong_rows
    computed = compute(source, vat_breakdown=claimed_rows if trusted else None)
    totals = {name: value for name, value in claim if value is not None}
    invoice = invoice.model_copy(
        update={
            "totals": computed.totals.model_copy(update=totals),
            "vat_breakdown": claimed_rows or computed.vat_breakdown,
        }
    )
    findings: dict[str | None, Finding] = {}
    for finding in (*wrong_rows, *totals_rules.check(invoice)):
        findings.setdefault(finding.pointer, finding)
    return invoice, tuple(findings.values())
