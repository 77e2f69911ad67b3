"""Values of cells, and how a text is kept from becoming a formula.

A text that begins with `=`, `+`, `-`, `@` (or its full-width twin), tab, carriage return or an
apostrophe gets one apostrophe in front. Whoever reads the file back takes one apostrophe off every
text that begins with one, and has the text that was there. Columns of amounts, dates and
moments hold nothing but those, and are left as they are.
"""

import datetime
from decimal import Decimal

from gateway.kit.clock import written

Value = str | Decimal | datetime.date | datetime.datetime | None

_DANGEROUS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n", "'")


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def restored(text: str) -> str:
    """Return the text that `defused` was given."""
    return text.removeprefix("'")


def as_text(value: Value) -> str:
    """Return a cell of a CSV file."""
    match value:
        case None:
            return ""
        case str():
            return defused(value)
        case Decimal():
            return f"{value:f}"
        case datetime.datetime():
            return written(value)
    return value.isoformat()
