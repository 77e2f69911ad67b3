"""An invoice as a caller gives it, and how it is completed.

The caller may leave out every amount that follows from others. What is left out is computed; what
is given is compared with what is computed, and kept when the rules of EN 16931 accept it.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from formats.en16931.amounts import (
    DocumentLevelAllowance,
    DocumentLevelCharge,
    Totals,
    VatBreakdown,
)
from formats.en16931.clash import Clash
from formats.en16931.currency import amount_decimals
from formats.en16931.currency_clash import inexact
from formats.en16931.draft_amounts import Amounts
from formats.en16931.expectation import unexpected
from formats.en16931.line import Line
from formats.en16931.model import (
    NO_ORDER,
    NOTE_WITH_SUBJECT,
    Invoice,
    InvoiceNote,
    InvoiceTerms,
    ProcessControl,
)
from formats.en16931.money import EXACT, Amount, Quantity, add, round_amount
from formats.en16931.party import Seller
from formats.en16931.rules import totals as totals_rules
from formats.en16931.rules import vat_amounts
from formats.en16931.tax_inclusive import Net, without_vat
from formats.en16931.terms import Term
from formats.en16931.totals import (
    TotalsInput,
    VatExemption,
    category_tax_amount,
    compute,
    compute_vat_breakdown,
    find_exemption,
    rate_in_breakdown,
    taxed_alike,
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

    The findings are about amounts only (BR-CO-10 to 18, BR-x-08, BR-x-09), one per wrong amount,
    and about amounts that can neither be read nor computed (BR-24, BR-31, BR-36, BR-41, BR-43,
    BR-45, BR-46), which stay absent and count as nothing in the sums they belong to;
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
    parts = _parts(draft, amounts)
    claim = draft.totals or Totals()
    if parts.net and draft.rounding_permitted and claim.rounding_amount is None:
        parts, claim = _rounded(parts, claim)
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
        accounting_decimals=amount_decimals(draft.vat_accounting_currency_code),
    )
    if amounts.gaps:  # the totals of a sum with a hole in it are compared with nothing
        computed = compute(source)
        return Completed(
            invoice.model_copy(
                update={"totals": computed.totals, "vat_breakdown": computed.vat_breakdown}
            ),
            tuple(amounts.gaps),
        )
    invoice, findings = _judged(invoice, claim, _breakdown(draft, source), source)
    clashes = (*parts.clashes, *inexact(invoice, amounts.decimals))
    stated = unexpected(draft.expected_total, draft.expected_amount_due, invoice, parts.rounding)
    return Completed(
        invoice, (*findings, *(clash.finding() for clash in clashes), *stated), clashes
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """Lines, allowances and charges with their amounts, without VAT."""

    lines: tuple[Line, ...]
    allowances: tuple[DocumentLevelAllowance, ...]
    charges: tuple[DocumentLevelCharge, ...]
    net: Net | None = None
    clashes: tuple[Clash, ...] = ()
    rounding: Decimal | None = None


def _parts(draft: InvoiceDraft, amounts: Amounts) -> _Parts:
    lines = tuple(
        amounts.line(line, f"/lines/{index}", str(index + 1))
        for index, line in enumerate(draft.lines)
    )

    def of_lines(item: DocumentLevelAllowance | DocumentLevelCharge) -> Decimal | None:
        """Return the sum of the lines that are taxed like an allowance or charge."""
        alike = [line.net_amount for line in lines if taxed_alike(line, item)]
        return add(alike) if alike else None

    parts = _Parts(
        lines,
        amounts.reductions(
            draft.document_level_allowances, "/document_level_allowances", of_lines
        ),
        amounts.reductions(draft.document_level_charges, "/document_level_charges", of_lines),
    )
    if not draft.prices_include_vat:
        return parts
    net = without_vat(parts.lines, parts.allowances, parts.charges, amounts.decimals)
    return _Parts(net.lines, net.allowances, net.charges, net, net.clashes)


def _rounded(parts: _Parts, claim: Totals) -> tuple[_Parts, Totals]:
    """Let the rounding amount (BT-114) carry what the net amounts cannot reach."""
    net = parts.net
    if net is None or not net.clashes:
        return parts, claim
    rounding = EXACT.subtract(net.seen, net.reached)
    if rounding != round_amount(rounding):  # the sum itself has fractions of a cent
        return parts, claim
    return (
        replace(parts, clashes=(), rounding=rounding),
        claim.model_copy(update={"rounding_amount": rounding}),
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


def _breakdown(draft: InvoiceDraft, source: TotalsInput) -> tuple[VatBreakdown, ...]:
    """Return the caller's rows, with the amounts and exemption reasons that they lack.

    Rows without any amount only explain: the rows beside them are computed.
    """
    if not draft.vat_breakdown:
        return ()
    computed = {
        (row.category_code, row.category_rate): row.category_taxable_amount
        for row in compute_vat_breakdown(source)
    }
    rows = []
    for row in draft.vat_breakdown:
        code, rate = row.category_code, row.category_rate
        if rate is None:
            rate = _only_rate(code, computed)
        taxable, tax = row.category_taxable_amount, row.category_tax_amount
        if taxable is None:
            taxable = computed.get((code, rate_in_breakdown(code, rate)))
        if tax is None and taxable is not None:
            tax = category_tax_amount(taxable, rate, source.decimals)
        update: dict[str, Decimal | str | None] = {
            "category_taxable_amount": taxable,
            "category_tax_amount": tax,
            "category_rate": rate,
        }
        reason = find_exemption(draft.vat_exemptions, code, rate)
        if reason and not row.exemption_reason_text and not row.exemption_reason_code:
            update |= {"exemption_reason_text": reason.text, "exemption_reason_code": reason.code}
        rows.append(row.model_copy(update=update))
    explained = {(row.category_code, row.category_rate) for row in rows}
    if all(_without_amounts(row) for row in draft.vat_breakdown):
        rows += [
            row
            for row in compute(source).vat_breakdown
            if (row.category_code, row.category_rate) not in explained
        ]
    return tuple(rows)


def _only_rate(
    code: str | None, rows: Mapping[tuple[str | None, Decimal | None], Decimal | None]
) -> Decimal | None:
    """Return the rate of a category that has one only; out of scope has none."""
    rates = [rate for category, rate in rows if category == code]
    return rates[0] if len(rates) == 1 else None


def _without_amounts(row: VatBreakdown) -> bool:
    return row.category_taxable_amount is None and row.category_tax_amount is None
