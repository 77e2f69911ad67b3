"""How many digits prices, rates and quantities may have: HR-BR-56."""

from collections.abc import Iterator
from decimal import Decimal

from formats.en16931.model import Invoice
from formats.en16931.rules.base import fatal
from formats.findings import Finding

RULES = frozenset({"HR-BR-56"})

_MOST_CHARACTERS = 30
_MOST_DECIMALS = 10


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return the numbers that have too many digits."""
    return tuple(
        fatal(
            "HR-BR-56",
            pointer,
            term,
            f"{term} is {value:f}: more than {_MOST_DECIMALS} decimals or"
            f" {_MOST_CHARACTERS} characters.",
            "Round it.",
        )
        for pointer, term, value in _numbers(invoice)
        if value is not None and not _fits(f"{value:f}")
    )


def _fits(text: str) -> bool:
    return len(text) <= _MOST_CHARACTERS and len(text.partition(".")[2]) <= _MOST_DECIMALS


def _numbers(invoice: Invoice) -> Iterator[tuple[str, str, Decimal | None]]:
    for number, row in enumerate(invoice.vat_breakdown):
        yield f"/vat_breakdown/{number}/category_rate", "BT-119", row.category_rate
    for number, item in enumerate(invoice.document_level_allowances):
        yield f"/document_level_allowances/{number}/vat_rate", "BT-96", item.vat_rate
    for number, extra in enumerate(invoice.document_level_charges):
        yield f"/document_level_charges/{number}/vat_rate", "BT-103", extra.vat_rate
    for number, line in enumerate(invoice.lines):
        for field, term, value in (
            ("invoiced_quantity", "BT-129", line.invoiced_quantity),
            ("item_net_price", "BT-146", line.item_net_price),
            ("item_price_discount", "BT-147", line.item_price_discount),
            ("item_gross_price", "BT-148", line.item_gross_price),
            ("item_price_base_quantity", "BT-149", line.item_price_base_quantity),
            ("vat_rate", "BT-152", line.vat_rate),
        ):
            yield f"/lines/{number}/{field}", term, value
