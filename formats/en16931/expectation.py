"""The guard of a caller who knows what must come out: any difference stops the invoice (GW-06)."""

from decimal import Decimal

from formats.en16931.model import Invoice
from formats.en16931.money import add
from formats.en16931.rules.base import fatal, plain
from formats.findings import Finding


def unexpected(
    total: Decimal | None, amount_due: Decimal | None, invoice: Invoice, rounding: Decimal | None
) -> tuple[Finding, ...]:
    """Return what differs from what the caller expects.

    Args:
        total: The total with VAT (BT-112) that the caller expects, if any.
        amount_due: The amount due for payment (BT-115) that the caller expects, if any.
        invoice: As it was completed.
        rounding: The rounding amount (BT-114) that was added because prices include VAT: the
            total that is expected is the sum of those prices.
    """
    with_vat = invoice.totals.total_with_vat
    seen = with_vat if with_vat is None or rounding is None else add((with_vat, rounding))
    findings = []
    if total is not None and total != seen:
        name = "total with VAT (BT-112)"
        if rounding is not None:
            name = "total with VAT and rounding (BT-112 + BT-114)"
        findings.append(_differs("expected_total", "BT-112", name, total, seen))
    due = invoice.totals.amount_due
    if amount_due is not None and amount_due != due:
        name = "amount due for payment (BT-115)"
        findings.append(_differs("expected_amount_due", "BT-115", name, amount_due, due))
    return tuple(findings)


def _differs(
    field: str, term: str, name: str, expected: Decimal, found: Decimal | None
) -> Finding:
    off = "" if found is None else f", {plain(add((found, expected.copy_negate())))} off"
    return fatal(
        "GW-06",
        f"/{field}",
        term,
        f"The {name} is {plain(found)}, but {plain(expected)} is expected{off}.",
        f"Correct the lines, or expect {plain(found)}.",
    )
