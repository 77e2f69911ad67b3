"""Totals: P_15, the VAT in PLN (P_14_xW) and Rozliczenie.

The sums of the lines, of the net amounts and of the VAT are not in FA(3); they follow from P_13_x
and P_14_x. What was paid before (BT-113) is a deduction (Odliczenia) with a reason of its own, as
long as Platnosc does not tell of payments.
"""

from decimal import Decimal
from typing import Any

from formats.en16931.amounts import VatBreakdown
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT, add, round_quotient
from formats.ksef.numbers import decimal_text, number
from formats.ksef.party import filled
from formats.ksef.rates import DOMESTIC, ELSEWHERE, GROUPS, group_of
from formats.ksef.tree import Tree

PAID_BEFORE = "Zapłacono wcześniej (BT-113)"
"""Powod of a deduction that is BT-113."""

_ZLOTY = "PLN"
_CONVERTED = ("1", "2", "3", "4")
_ROUNDING = Decimal("0.01")
"""By so much a tax in PLN may differ from its part of BT-111."""


def vat_in_zloty(invoice: Invoice, sign: int) -> Tree:
    """Return P_14_xW: the taxes that BT-111 is the sum of, each converted (art. 106e ust. 11).

    Taxes of other states (P_14_5) have no such field; their part of BT-111 stands in none. Nothing
    is returned where neither BT-X-260 nor BT-111 tells the rate well enough; `rules` says so.
    """
    total = invoice.totals.total_vat_in_accounting_currency
    foreign = invoice.currency_code not in {None, _ZLOTY}
    if not foreign or total is None or invoice.vat_accounting_currency_code != _ZLOTY:
        return {}
    taxes = _taxes(invoice.vat_breakdown)
    parts = _converted(taxes, total, rate_to_zloty(invoice))
    return {
        f"P_14_{group}W": decimal_text(_signed(part, sign))
        for group, part in parts.items()
        if group in _CONVERTED
    }


def rate_to_zloty(invoice: Invoice) -> Decimal | None:
    """Return what one unit of the invoice's currency is in PLN, where BT-X-260 says it."""
    said = invoice.extensions
    if said is None or said.exchange_rate is None:
        return None
    source, target = said.exchange_source_currency_code, said.exchange_target_currency_code
    fits = source in {None, invoice.currency_code} and target in {None, _ZLOTY}
    return said.exchange_rate if fits else None


def _converted(
    taxes: dict[str, Decimal], total: Decimal, rate: Decimal | None
) -> dict[str, Decimal]:
    """Return taxes in PLN that add up to a total; nothing where no rate makes them do so."""
    whole = add(taxes.values())
    if rate is not None:
        one, other = rate, Decimal(1)
    elif len({tax > 0 for tax in taxes.values() if tax}) <= 1:  # else they cancel each other
        one, other = total, whole
    else:
        return {}
    if not other:
        return {} if total else dict.fromkeys(taxes, Decimal(0))
    parts = {
        group: round_quotient(EXACT.multiply(tax, one), other) for group, tax in taxes.items()
    }
    left = EXACT.subtract(total, add(parts.values()))
    if abs(left) > _ROUNDING * len(parts):
        return {}
    if parts:
        largest = max(parts, key=lambda group: (abs(parts[group]), group))
        parts[largest] = EXACT.add(parts[largest], left)
    return parts


def _taxes(rows: tuple[VatBreakdown, ...]) -> dict[str, Decimal]:
    taxes: dict[str, Decimal] = {}
    for row in rows:
        group = group_of(row, reverse=DOMESTIC)  # bears no tax, wherever
        if group in (*_CONVERTED, ELSEWHERE) and row.category_tax_amount is not None:
            taxes[group] = EXACT.add(taxes.get(group, Decimal(0)), row.category_tax_amount)
    return taxes


def _signed(value: Decimal, sign: int) -> Decimal:
    return value * sign if value else value


def total(invoice: Invoice, sign: int) -> str | None:
    """Return P_15."""
    value = invoice.totals.total_with_vat
    return None if value is None else decimal_text(_signed(value, sign))


def settlement(invoice: Invoice, given: Tree, sign: int) -> Tree:
    """Return Rozliczenie as it follows from BT-113, when the extension has none."""
    totals = invoice.totals
    content = given.get("Fa", {})
    other = content.get("Rozliczenie")
    if not totals.paid_amount or _payments(content) or (other and not is_paid_before(other)):
        return {}
    paid = decimal_text(_signed(totals.paid_amount, sign))
    due = totals.amount_due
    return filled(
        Odliczenia=[{"Kwota": paid, "Powod": PAID_BEFORE}],
        SumaOdliczen=paid,
        DoZaplaty=None if due is None else decimal_text(_signed(due, sign)),
    )


def _payments(content: Tree) -> bool:
    payment = content.get("Platnosc", {})
    return "Zaplacono" in payment or "ZnacznikZaplatyCzesciowej" in payment


def take(tree: Tree, rows: list[Tree], sign: int) -> dict[str, Any]:
    """Return BG-22 as FA(3) has it or lets it follow; `rows` is BG-23."""
    gross = number(tree.get("P_15"))
    net = add(row.get("category_taxable_amount") for row in rows)
    vat = add(row.get("category_tax_amount") for row in rows)
    gross = None if gross is None else _signed(gross, sign)
    paid, due = _paid_and_due(tree, gross, sign)
    converted = [number(tree.get(f"P_14_{group}W")) for group in GROUPS]
    told = any(one is not None for one in converted) and not number(tree.get("P_14_5"))
    in_zloty = add(converted) if told else None  # of taxes elsewhere nothing says how much
    return filled(
        sum_of_line_net_amounts=net,
        total_without_vat=net,
        total_vat=vat,
        total_vat_in_accounting_currency=None if in_zloty is None else _signed(in_zloty, sign),
        total_with_vat=gross,
        paid_amount=paid,
        amount_due=due,
    )


def _paid_and_due(
    tree: Tree, gross: Decimal | None, sign: int
) -> tuple[Decimal | None, Decimal | None]:
    """Return BT-113 and BT-115: what the settlement says, else what was paid already."""
    rest = tree.get("Rozliczenie", {})
    due = number(rest.get("DoZaplaty"))
    if "DoRozliczenia" in rest:
        due = -(number(rest["DoRozliczenia"]) or Decimal(0))
    if due is not None:
        due = _signed(due, sign)
    payment = tree.get("Platnosc", {})
    parts = [
        number(one.get("KwotaZaplatyCzesciowej")) for one in payment.get("ZaplataCzesciowa", ())
    ]
    if due is not None:
        if rest.get("SumaOdliczen") and is_paid_before(rest):
            return _signed(number(rest["SumaOdliczen"]) or Decimal(0), sign), due
        return (None if gross is None else EXACT.subtract(gross, due)), due
    if gross is None:
        return None, None
    if payment.get("Zaplacono") == "1" or payment.get("ZnacznikZaplatyCzesciowej") == "2":
        return gross, Decimal(0)
    paid = _signed(add(parts), sign) if parts else None
    return paid, gross if paid is None else EXACT.subtract(gross, paid)


def is_paid_before(rest: Tree) -> bool:
    """Tell whether the one thing that is settled is BT-113."""
    reasons = [one.get("Powod") for one in rest.get("Odliczenia", ())]
    return reasons == [PAID_BEFORE] and not rest.get("Obciazenia")
