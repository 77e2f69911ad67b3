"""Where the artefact for CII (EN16931-CII 1.3.16) asks less than the one for UBL.

What is found here keeps nobody from issuing a document in CII; amounts that pass by slack alone
are shown as GW-11.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, localcontext

from formats.en16931.model import Invoice
from formats.en16931.money import EXACT
from formats.en16931.payment import PaymentInstructions
from formats.en16931.rules.categories import CATEGORIES, Category, taxed, trimmed
from formats.findings import Finding, Flag

_SLACK = Decimal(1)
"""Rule 08 of Z, E, AE, K and G: the taxable amount may be off by less than this."""

_OUT_OF_SCOPE = "O"
_BY_01 = {f"{category.rules}-01": category for category in CATEGORIES}
_BY_08 = {
    f"{category.rules}-08": category
    for category in CATEGORIES
    if not category.several_rates and category.code != _OUT_OF_SCOPE
}
_ITEMS_AND_ROWS = 2


def applied(findings: tuple[Finding, ...], invoice: Invoice) -> Iterator[Finding]:
    """Yield what CII finds of what UBL would."""
    for finding in findings:
        if finding.rule in _BY_08:
            yield _with_slack(finding, invoice)
        elif not _is_passed_over(finding, invoice):
            yield finding


def _is_passed_over(finding: Finding, invoice: Invoice) -> bool:
    totals = invoice.totals
    match finding.rule:
        case "BR-CO-14":
            return totals.total_vat is None
        case "BR-CO-15":
            return (
                totals.total_with_vat is not None
                and totals.total_with_vat == totals.total_without_vat
            )
        case "BR-CO-18":  # asked at every line
            return not invoice.lines
        case "BR-49":
            return not _has_means(finding.pointer or "", invoice)
        case "BR-61":  # asked at every account
            return not _instructions(finding.pointer or "", invoice).credit_transfers
        case _:
            category = _BY_01.get(finding.rule)
            return category is not None and _is_broken_down(category, invoice)


def _instructions(pointer: str, invoice: Invoice) -> PaymentInstructions:
    return invoice.payment_instructions[int(pointer.split("/")[2])]


def _is_broken_down(category: Category, invoice: Invoice) -> bool:
    """Rule 01: rows and lines are counted together, rows and document level reductions too."""
    rows = sum(trimmed(row.category_code) == category.code for row in invoice.vat_breakdown)
    own = [item.kind for item in taxed(invoice) if item.code == category.code]
    if category.several_rates:
        lines = own.count("line")
        return all(
            not count or count + rows >= _ITEMS_AND_ROWS for count in (lines, len(own) - lines)
        )
    return category.code == _OUT_OF_SCOPE and not rows


def _with_slack(finding: Finding, invoice: Invoice) -> Finding:
    """Return rule 08 of a category without VAT; off by less than the slack, it is GW-11."""
    row = invoice.vat_breakdown[int((finding.pointer or "").split("/")[2])]
    code, stated = trimmed(row.category_code), row.category_taxable_amount
    with localcontext(EXACT):
        right = sum((item.amount for item in taxed(invoice) if item.code == code), Decimal(0))
        if stated is None or abs(stated - right) >= _SLACK:
            return finding
    return replace(
        finding,
        rule="GW-11",
        flag=Flag.WARNING,
        message=f"{finding.message} In CII it passes {finding.rule} only because that lets it be"
        f" off by less than {_SLACK:f}.",
    )


def _has_means(pointer: str, invoice: Invoice) -> bool:
    """Tell whether payment instructions say anything that CII keeps in payment means."""
    instructions = _instructions(pointer, invoice)
    debit = instructions.direct_debit
    return bool(
        instructions.payment_means_text is not None
        or instructions.credit_transfers
        or instructions.payment_card_information is not None
        or (debit is not None and debit.debited_account_identifier is not None)
    )
