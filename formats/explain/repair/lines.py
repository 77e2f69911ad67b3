"""Lines: amounts that their own price contradicts, numbers, signs, and units of the price."""

from collections.abc import Iterator
from decimal import Decimal

from formats.en16931.currency import amount_decimals
from formats.en16931.line import Line
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT
from formats.en16931.rules import totals as totals_rules
from formats.en16931.rules.lines import net_amount
from formats.en16931.totals import compute, line_net_amount
from formats.explain.repair.amounts import FOLLOWING, inconsistent
from formats.explain.repair.edits import GONE, Case, Edit, Mend, amount

_NET_AMOUNT = frozenset({"GW-02", "PEPPOL-EN16931-R120", "BR-24", "GW-11"})
_SUMS = totals_rules.RULES
_NUMBERS = frozenset({"BR-21", "GW-10"})
_NEGATIVE = frozenset({"BR-27"})
_BASE_UNIT = frozenset({"PEPPOL-EN16931-R130"})
_BASE_ZERO = frozenset({"PEPPOL-EN16931-R121"})


def net_amounts(case: Case) -> Iterator[Mend]:
    """Yield line net amounts (BT-131) that the totals say were meant as the price gives them."""
    if not case.broken(_NET_AMOUNT | _SUMS):
        return
    wrong = inconsistent(case.invoice) or _inexact(case.invoice)
    if not wrong:
        return
    lines = list(case.invoice.lines)
    edits = []
    for number in wrong:
        right = _computed(lines[number], amount_decimals(case.invoice.currency_code))
        if right is None:
            return
        lines[number] = lines[number].model_copy(update={"net_amount": right})
        edits.append(Edit(f"/lines/{number}/net_amount", amount(right)))
    mended = case.invoice.model_copy(update={"lines": tuple(lines)})
    if _matches(mended, case):
        rules = _NET_AMOUNT | _SUMS
        places = [f"/lines/{number}" for number in wrong]
        because = tuple(
            f"{place}/{name}"
            for place in places
            for name in ("invoiced_quantity", "item_net_price", "item_price_base_quantity")
        )
        yield Mend(rules, tuple(edits), because=because)


def _inexact(invoice: Invoice) -> tuple[int, ...]:
    """Return the line that is off by a cent or two, if it is the only one."""
    decimals = amount_decimals(invoice.currency_code)
    off = tuple(
        number
        for number, line in enumerate(invoice.lines)
        if _computed(line, decimals) not in {None, line.net_amount}
    )
    return off if len(off) == 1 else ()


def _computed(line: Line, decimals: int) -> Decimal | None:
    if line.invoiced_quantity is None or line.item_net_price is None:
        return None
    return line_net_amount(
        line.invoiced_quantity,
        line.item_net_price,
        base_quantity=line.item_price_base_quantity,
        allowances=[item.amount for item in line.allowances],
        charges=[item.amount for item in line.charges],
        minor_units=decimals,
    )


def _matches(invoice: Invoice, case: Case) -> bool:
    """Tell whether the totals that the caller states are those that the lines give."""
    right = compute(
        totals_rules.totals_input(invoice), vat_breakdown=invoice.vat_breakdown or None
    ).totals
    stated = [
        (value, getattr(right, name))
        for name, value in invoice.totals
        if value is not None and name in FOLLOWING and case.stated(f"/totals/{name}")
    ]
    return bool(stated) and all(value == computed for value, computed in stated)


def numbers(case: Case) -> Iterator[Mend]:
    """Yield numbers (BT-126) for lines that have none, or the same as a line before them."""
    if not case.broken(_NUMBERS):
        return
    lines = case.invoice.lines
    taken = {(line.identifier or "").strip() for line in lines}
    seen: set[str] = set()
    beyond = len(lines)
    for number, line in enumerate(lines):
        identifier = (line.identifier or "").strip()
        if identifier and identifier not in seen:
            seen.add(identifier)
            continue
        new = str(number + 1)
        while new in taken:
            beyond += 1
            new = str(beyond)
        taken.add(new)
        place = f"/lines/{number}/identifier"
        yield Mend(_NUMBERS, (Edit(place, new),), place)


def signs(case: Case) -> Iterator[Mend]:
    """Yield the same amount with a price that is not negative (BT-146): the quantity bears it."""
    if not case.broken(_NEGATIVE):
        return
    for number, line in enumerate(case.invoice.lines):
        price, quantity = line.item_net_price, line.invoiced_quantity
        if price is None or price >= 0 or quantity is None:
            continue
        place = f"/lines/{number}"
        if line.net_amount is None or not case.stated(f"{place}/net_amount"):
            continue  # a slip of the pen, or something taken back: the amount would tell
        positive = Edit(f"{place}/item_net_price", amount(price.copy_negate()))
        gross = line.item_gross_price
        if gross is not None or line.item_price_discount is not None:
            continue
        turned = line.model_copy(update={"item_net_price": price.copy_negate()})
        if not any(net_amount(turned, "", 2)):
            yield Mend(_NEGATIVE | _NET_AMOUNT, (positive,), place)  # only the price has a sign
            continue
        other = Edit(f"{place}/invoiced_quantity", amount(EXACT.minus(quantity)))
        yield Mend(_NEGATIVE, (positive, other), place)


def price_bases(case: Case) -> Iterator[Mend]:
    """Yield what the price is for (BT-149, BT-150), where the line net amount says it."""
    if not case.broken(_BASE_UNIT | _BASE_ZERO):
        return
    for number, line in enumerate(case.invoice.lines):
        place = f"/lines/{number}"
        base, unit = line.item_price_base_quantity, line.item_price_base_quantity_unit_code
        if line.net_amount is None or any(net_amount(line, "", 2)):
            continue
        if base is not None and base == 0 and unit is None:
            where = f"{place}/item_price_base_quantity"
            yield Mend(_BASE_ZERO, (Edit(where, GONE),), where, (f"{place}/net_amount",))
        elif unit is not None and line.unit_code is not None and unit != line.unit_code:
            where = f"{place}/item_price_base_quantity_unit_code"
            because = (f"{place}/net_amount", f"{place}/unit_code")
            yield Mend(_BASE_UNIT, (Edit(where, line.unit_code),), where, because)
