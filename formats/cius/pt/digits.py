"""Numbers as CIUS-PT wants them written: with two decimals at least (DT-CIUS-PT-106.1 and others).

Amounts and rates have exactly two, prices and quantities two or more. Zeros at the end change no
value, so they are the writer's business and not the caller's.
"""

from decimal import Decimal
from typing import TypeVar

from pydantic import BaseModel

from formats.en16931.model import Invoice
from formats.en16931.money import EXACT

_CENT = Decimal("0.01")

_Group = TypeVar("_Group", bound=BaseModel)


def with_two_decimals(invoice: Invoice) -> Invoice:
    """Return the invoice with zeros added to every number that has fewer than two decimals."""
    return _group(invoice)


def _group(group: _Group) -> _Group:
    changed = {name: new for name, value in group if (new := _padded(value)) is not value}
    return group.model_copy(update=changed) if changed else group


def _padded(value: object) -> object:
    if isinstance(value, BaseModel):
        return _group(value)
    if isinstance(value, tuple):
        items = tuple(map(_padded, value))
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else items
    if isinstance(value, Decimal) and _decimals(value) < 2:  # noqa: PLR2004 - cents
        return value.quantize(_CENT, context=EXACT)
    return value


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 2
