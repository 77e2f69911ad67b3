"""The lines: BR-21 to BR-28, BR-30, BR-41 to BR-44, BR-54, BR-64, BR-65, BR-CO-04, 20, 23, 24.

And one of our own: GW-02, the line net amount follows from quantity and price. EN 16931-1 defines
it so (BT-131) but has no rule; Peppol has one (PEPPOL-EN16931-R120), with the same tolerance.
"""

from collections.abc import Iterator
from decimal import Decimal

from formats.en16931.currency import amount_decimals
from formats.en16931.line import Line, LineAllowance, LineCharge
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT
from formats.en16931.rules.base import fatal, is_blank, missing, plain, warning
from formats.en16931.totals import line_net_amount
from formats.findings import Finding

RULES = frozenset(
    {
        *("BR-21", "BR-22", "BR-23", "BR-24", "BR-25", "BR-26", "BR-27", "BR-28", "BR-30"),
        *("BR-41", "BR-42", "BR-43", "BR-44", "BR-54", "BR-64", "BR-65"),
        *("BR-CO-04", "BR-CO-20", "BR-CO-23", "BR-CO-24", "GW-02"),
    }
)

_TOLERANCE = Decimal("0.02")


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what is wrong with the lines (BG-25 to BG-32)."""
    decimals = amount_decimals(invoice.currency_code)
    return tuple(
        finding
        for number, line in enumerate(invoice.lines)
        for finding in _line(line, f"/lines/{number}", decimals)
    )


def _line(line: Line, pointer: str, decimals: int) -> Iterator[Finding]:
    yield from _terms(line, pointer)
    yield from _price(line, pointer, decimals)
    yield from _period(line, pointer)
    yield from _reductions(line, pointer)
    yield from _item(line, pointer)


def _terms(line: Line, pointer: str) -> Iterator[Finding]:
    if is_blank(line.identifier):
        yield missing("BR-21", f"{pointer}/identifier", "BT-126", "line identifier")
    if line.invoiced_quantity is None:
        yield missing("BR-22", f"{pointer}/invoiced_quantity", "BT-129", "invoiced quantity")
    if line.unit_code is None:
        yield missing("BR-23", f"{pointer}/unit_code", "BT-130", "unit of the quantity")
    if line.net_amount is None:
        yield missing("BR-24", f"{pointer}/net_amount", "BT-131", "line net amount")
    if is_blank(line.item_name):
        yield missing("BR-25", f"{pointer}/item_name", "BT-153", "item name")
    if line.vat_category_code is None:
        yield _uncategorized(line, f"{pointer}/vat_category_code")


def _uncategorized(line: Line, pointer: str) -> Finding:
    """BR-CO-04; where the line has the category of another tax, that may be what is wrong."""
    extensions = line.extensions
    others = (*extensions.item_tax_categories, *extensions.taxes) if extensions else ()
    if not any(tax.category_code is not None for tax in others):
        return missing("BR-CO-04", pointer, "BT-151", "VAT category code")
    return fatal(
        "BR-CO-04",
        pointer,
        "BT-151",
        "The VAT category code (BT-151) is missing: the line's tax category is not of VAT.",
        "Write VAT as the tax scheme of the line's tax category, if VAT is meant.",
    )


def _price(line: Line, pointer: str, decimals: int) -> Iterator[Finding]:
    net, gross = line.item_net_price, line.item_gross_price
    if net is None:
        yield missing("BR-26", f"{pointer}/item_net_price", "BT-146", "item net price")
    if net is None or net < 0:  # the official test of BR-27 also fails on a missing price
        yield _negative("BR-27", f"{pointer}/item_net_price", "BT-146", net)
    if gross is not None and gross < 0:
        yield _negative("BR-28", f"{pointer}/item_gross_price", "BT-148", gross)
    yield from net_amount(line, pointer, decimals)


def net_amount(line: Line, pointer: str, decimals: int) -> Iterator[Finding]:
    """GW-02: the line net amount is what it follows from, within the tolerance."""
    net = line.item_net_price
    if net is None or line.invoiced_quantity is None or line.net_amount is None:
        return
    right = line_net_amount(
        line.invoiced_quantity,
        net,
        base_quantity=line.item_price_base_quantity,
        allowances=[allowance.amount for allowance in line.allowances],
        charges=[charge.amount for charge in line.charges],
        minor_units=decimals,
    )
    if EXACT.subtract(line.net_amount, right).copy_abs() > _TOLERANCE:
        yield warning(
            "GW-02",
            f"{pointer}/net_amount",
            "BT-131",
            f"The line net amount (BT-131) is {plain(line.net_amount)}, but quantity, price,"
            f" allowances and charges give {plain(right)}.",
            f"Write {plain(right)}; a JSON body can leave it out.",
        )


def _negative(rule: str, pointer: str, term: str, price: Decimal | None) -> Finding:
    if price is None:
        return fatal(
            rule,
            pointer,
            term,
            f"The item price ({term}) is missing, and must be 0 or more.",
            "Give the item price, 0 or more.",
        )
    return fatal(
        rule,
        pointer,
        term,
        f"The item price ({term}) is {plain(price)}, but must be 0 or more.",
        "Give a price of 0 or more; make the quantity negative to take something back.",
    )


def _period(line: Line, pointer: str) -> Iterator[Finding]:
    period = line.period
    if period is None:
        return
    if period.start_date is None and period.end_date is None:
        yield fatal(
            "BR-CO-20",
            f"{pointer}/period",
            "BG-26",
            "The period of the line (BG-26) has neither start (BT-134) nor end (BT-135).",
            "Give one of them, or leave the period out.",
        )
    if period.start_date and period.end_date and period.end_date < period.start_date:
        yield fatal(
            "BR-30",
            f"{pointer}/period/end_date",
            "BT-135",
            f"The period of the line ends ({period.end_date}) before it starts"
            f" ({period.start_date}).",
            "Correct start or end, or exchange them.",
        )


def _reductions(line: Line, pointer: str) -> Iterator[Finding]:
    for number, allowance in enumerate(line.allowances):
        where = f"{pointer}/allowances/{number}"
        if allowance.amount is None:
            yield missing("BR-41", f"{where}/amount", "BT-136", "amount of the line allowance")
        if _without_reason(allowance):
            for rule in ("BR-42", "BR-CO-23"):
                yield missing(rule, f"{where}/reason", "BT-139", "reason of the line allowance")
    for number, charge in enumerate(line.charges):
        where = f"{pointer}/charges/{number}"
        if charge.amount is None:
            yield missing("BR-43", f"{where}/amount", "BT-141", "amount of the line charge")
        if _without_reason(charge):
            for rule in ("BR-44", "BR-CO-24"):
                yield missing(rule, f"{where}/reason", "BT-144", "reason of the line charge")


def _without_reason(item: LineAllowance | LineCharge) -> bool:
    return item.reason is None and item.reason_code is None


def _item(line: Line, pointer: str) -> Iterator[Finding]:
    for number, attribute in enumerate(line.item_attributes):
        if attribute.name is None or attribute.value is None:
            term, name = ("BT-160", "name") if attribute.name is None else ("BT-161", "value")
            where = f"{pointer}/item_attributes/{number}/{name}"
            yield missing("BR-54", where, term, f"{name} of the item attribute")
    standard = line.item_standard_identifier
    if standard is not None and standard.scheme_identifier is None:
        where = f"{pointer}/item_standard_identifier/scheme_identifier"
        yield missing("BR-64", where, "BT-157", "scheme of the item standard identifier")
    for number, classification in enumerate(line.item_classification_identifiers):
        if classification.scheme_identifier is None:
            where = f"{pointer}/item_classification_identifiers/{number}/scheme_identifier"
            yield missing("BR-65", where, "BT-158", "scheme of the item classification")
