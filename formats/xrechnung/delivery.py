"""When it was delivered, and prices per different quantities: BR-DE-TMP-32 and BR-TMP-3.

BR-TMP-3 is asked of CII, the only syntax that keeps a base quantity with the gross price too.
"""

from collections.abc import Iterator

from formats.en16931.line import Line
from formats.en16931.model import Invoice
from formats.en16931.rules.base import RULE_SET, fatal, plain
from formats.findings import Finding, Flag

RULES = frozenset({"BR-DE-TMP-32", "BR-TMP-3"})


def check(invoice: Invoice, *, in_cii: bool) -> Iterator[Finding]:
    """Yield what is wrong with the time of delivery and with base quantities."""
    if not _dated(invoice, in_cii=in_cii):
        yield Finding(
            "BR-DE-TMP-32",
            RULE_SET,
            Flag.INFORMATION,
            "Neither a delivery date (BT-72), nor an invoicing period (BG-14), nor a period of"
            " every line (BG-26) is given; German VAT law wants the time of the supply.",
            term="BT-72",
            pointer="/delivery_information/actual_delivery_date",
            fix="Give the delivery date, an invoicing period, or a period of every line.",
        )
    if in_cii:
        for number, line in enumerate(invoice.lines):
            yield from _base_quantities(line, f"/lines/{number}")


def _dated(invoice: Invoice, *, in_cii: bool) -> bool:
    delivery = invoice.delivery_information
    period = delivery.invoicing_period if delivery else None
    if (delivery is not None and delivery.actual_delivery_date is not None) or (
        period is not None and (period.start_date or period.end_date)
    ):
        return True
    if not in_cii and invoice.value_added_tax_point_date_code is not None:
        return True  # stands in the period in UBL
    return all(
        line.period is not None and (line.period.start_date or line.period.end_date)
        for line in invoice.lines
    )


def _base_quantities(line: Line, pointer: str) -> Iterator[Finding]:
    extensions, quantity = line.extensions, line.item_price_base_quantity
    gross = extensions.item_gross_price_base_quantity if extensions else None
    if extensions is None or gross is None or quantity is None:
        return
    units = (
        line.item_price_base_quantity_unit_code,
        extensions.item_gross_price_base_quantity_unit_code,
    )
    if gross != quantity or (None not in units and units[0] != units[1]):
        yield fatal(
            "BR-TMP-3",
            f"{pointer}/extensions/item_gross_price_base_quantity",
            "BT-149",
            f"The gross price is per {plain(gross)} {units[1] or ''}, the net price (BT-149) per"
            f" {plain(quantity)} {units[0] or ''}.",
            "Give both prices for the same quantity in the same unit.",
        )
