"""Amounts as FA(3) writes them: plain, and with no zeros beyond the decimals it has room for."""

from decimal import Decimal

from formats.lexical import xs_date, xs_decimal

CENTS = 2
PRICE = 8
QUANTITY = 6


def decimal_text(value: Decimal | None, decimals: int = CENTS) -> str | None:
    """Return a number as text; a digit that matters is never cut off, the facets refuse it."""
    if value is None:
        return None
    text = format(value, "f")
    whole, point, fraction = text.partition(".")
    if len(fraction) > decimals:
        fraction = fraction[:decimals] + fraction[decimals:].rstrip("0")
    sign = "-" if whole.startswith("-") else ""
    whole = whole.lstrip("+-").lstrip("0") or "0"
    return f"{sign}{whole}{point}{fraction}" if fraction else f"{sign}{whole}"


def number(text: str | None) -> Decimal | None:
    """Return the number that a text is, None for none. Raises like `xs_decimal`."""
    return None if text is None else xs_decimal(text)


def day(text: str | None) -> str | None:
    """Return a day without the time zone that a schema may allow. Raises like `xs_date`."""
    return None if text is None else xs_date(text).isoformat()


def negated(value: Decimal | None) -> Decimal | None:
    """Return the other sign; nothing has none."""
    return value if value is None or not value else -value
