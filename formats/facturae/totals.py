"""Totals: InvoiceTotals, BG-22, and the same once more for the file (Batch).

    TotalGrossAmount             BT-106
    TotalGrossAmountBeforeTaxes  BT-109 = BT-106 - BT-107 + BT-108
    TotalTaxOutputs              BT-110
    InvoiceTotal                 BT-112 - what is withheld
    TotalOutstandingAmount       InvoiceTotal - payments on account
    TotalExecutableAmount        BT-115

The buyer pays what is withheld to the tax office, so it is part of BT-113; the rest of BT-113 is a
payment on account.
"""

from decimal import Decimal
from typing import Any

from formats.en16931.model import Invoice
from formats.en16931.money import EXACT, add
from formats.facturae.lines import changes, take_changes
from formats.facturae.taxes import signed
from formats.facturae.tree import Read, Tree, amount, children, filled, number

_ZERO = Decimal(0)


def totals(invoice: Invoice, sign: int) -> Tree:
    """Return InvoiceTotals."""
    said = invoice.totals
    whole = said.total_with_vat or _ZERO
    withheld = _withheld(invoice)
    total = EXACT.subtract(whole, withheld)
    before = EXACT.subtract(said.paid_amount, withheld) if said.paid_amount else _ZERO
    outstanding = EXACT.subtract(total, before)
    due = outstanding if said.amount_due is None else said.amount_due
    issued = invoice.issue_date
    paid = {
        "PaymentOnAccount": {
            "PaymentOnAccountDate": issued.isoformat() if issued else "",
            "PaymentOnAccountAmount": _text(before, sign),
        }
    }
    return {
        "TotalGrossAmount": _text(said.sum_of_line_net_amounts, sign),
        "GeneralDiscounts": changes("Discount", invoice.document_level_allowances, sign),
        "GeneralSurcharges": changes("Charge", invoice.document_level_charges, sign),
        "TotalGeneralDiscounts": _given(said.sum_of_allowances, sign),
        "TotalGeneralSurcharges": _given(said.sum_of_charges, sign),
        "TotalGrossAmountBeforeTaxes": _text(said.total_without_vat, sign),
        "TotalTaxOutputs": _text(said.total_vat, sign),
        "TotalTaxesWithheld": _text(withheld, sign),
        "InvoiceTotal": _text(total, sign),
        "PaymentsOnAccount": paid if before else None,
        "TotalOutstandingAmount": _text(outstanding, sign),
        "TotalPaymentsOnAccount": _text(before, sign) if before else None,
        "TotalExecutableAmount": _text(due, sign),
    }


def batch(made: Tree) -> Tree:
    """Return the sums of a file with one invoice: those of the invoice."""
    names = {
        "TotalInvoicesAmount": "InvoiceTotal",
        "TotalOutstandingAmount": "TotalOutstandingAmount",
        "TotalExecutableAmount": "TotalExecutableAmount",
    }
    return {name: {"TotalAmount": made[other]} for name, other in names.items()}


def take(tree: Read, sign: int) -> dict[str, Any]:
    """Return BG-22, BG-20 and BG-21."""
    said = {
        name: signed(number(tree, "InvoiceTotals", element), sign)
        for name, element in (
            ("gross", "TotalGrossAmount"),
            ("allowances", "TotalGeneralDiscounts"),
            ("charges", "TotalGeneralSurcharges"),
            ("net", "TotalGrossAmountBeforeTaxes"),
            ("tax", "TotalTaxOutputs"),
            ("due", "TotalExecutableAmount"),
        )
    }
    net, tax, due = said["net"], said["tax"], said["due"]
    whole = None if net is None or tax is None else EXACT.add(net, tax)
    paid = None if whole is None or due is None else EXACT.subtract(whole, due)
    return {
        "totals": filled(
            sum_of_line_net_amounts=said["gross"],
            sum_of_allowances=said["allowances"],
            sum_of_charges=said["charges"],
            total_without_vat=net,
            total_vat=tax,
            total_with_vat=whole,
            paid_amount=paid or None,
            amount_due=due,
        ),
        "document_level_allowances": _changes(tree, "GeneralDiscounts", "Discount", sign),
        "document_level_charges": _changes(tree, "GeneralSurcharges", "Charge", sign),
    }


def _changes(tree: Read, group: str, kind: str, sign: int) -> list[dict[str, Any]]:
    whole: Read = next(iter(children(tree, "InvoiceTotals")), {})
    return take_changes(whole, group, kind, sign)


def _withheld(invoice: Invoice) -> Decimal:
    extension = invoice.extensions.facturae if invoice.extensions else None
    return add(one.tax_amount for one in (extension.withheld_taxes if extension else ()))


def _text(value: Decimal | None, sign: int) -> str:
    return amount(signed(value, sign) or _ZERO)


def _given(value: Decimal | None, sign: int) -> str | None:
    return None if value is None else _text(value, sign)
