"""Terms that a national format has no element for, as texts that name their place.

A remark names the term and its place in the canonical invoice (`BT-10 /buyer_reference`) and says
its value. Read, remarks add what nothing else in the document says; they never change what an
element says, but for the codes of `CHANGEABLE`, of which national formats know fewer than
EN 16931. How they are spelled is each format's own.
"""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from formats.en16931.comparison import differences
from formats.en16931.group import SchemedIdentifier
from formats.en16931.leaves import Leaf, leaves_at
from formats.en16931.model import Invoice

CHANGEABLE = re.compile(
    "/type_code|/payment_instructions/0/payment_means_type_code|/lines/[0-9]+/(identifier|unit_code)"
)
"""Codes that a format may not tell apart: BT-3, BT-81, BT-126, BT-130. The remark goes before."""

_ADDABLE = re.compile(
    "/vat_breakdown/[0-9]+/exemption_reason_(text|code)"
    "|/totals/(sum_of_allowances|sum_of_charges|paid_amount|rounding_amount"
    "|total_vat_in_accounting_currency)"
)
"""All that a remark may say of the VAT breakdown and the totals."""

_NATIONAL = ("poland", "spain", "facturae")
_OTHERS = ("/process_control", *(f"/extensions/{name}" for name in _NATIONAL))
_MOST = 1_000
"""Members of a list that a remark may name."""


class Remark(NamedTuple):
    """A term that stands in a remark.

    Attributes:
        place: JSON pointer into the canonical invoice.
        text: Its value.
        term: Its identifier.
    """

    place: str
    text: str
    term: str


def homeless(invoice: Invoice, back: Invoice) -> Iterator[Leaf]:
    """Yield what an invoice says and a reader does not find again."""
    seen = set()
    for pointer in differences(invoice, back):
        if pointer.startswith(_OTHERS) or _national(pointer):
            continue
        for leaf in leaves_at(invoice, pointer):
            if leaf.pointer not in seen and next(leaves_at(back, leaf.pointer), None) != leaf:
                seen.add(leaf.pointer)
                yield leaf


def _national(pointer: str) -> bool:
    return any(f"/extensions/{name}" in pointer for name in _NATIONAL)


def travelling(invoice: Invoice, back: Invoice) -> Iterator[tuple[Leaf, str, str]]:
    """Yield what is homeless and can travel: the leaf, its place and its text.

    Args:
        invoice: What is to be written.
        back: What is read without any remark.
    """
    for leaf in homeless(invoice, back):
        absent = next(leaves_at(back, leaf.pointer), None) is None
        if _follows(leaf, back) or not (absent or CHANGEABLE.fullmatch(leaf.pointer)):
            continue
        for place, text in _texts(leaf):
            yield leaf, place, text


def _follows(leaf: Leaf, back: Invoice) -> bool:
    """Tell whether a leaf is an amount that must follow, or of a row that there is no sum for."""
    steps = leaf.pointer.split("/")
    if steps[1] == "vat_breakdown" and int(steps[2]) >= len(back.vat_breakdown):
        return True
    return steps[1] in {"totals", "vat_breakdown"} and not _ADDABLE.fullmatch(leaf.pointer)


def _texts(leaf: Leaf) -> Iterator[tuple[str, str]]:
    value = leaf.value
    if isinstance(value, SchemedIdentifier):
        for name, part in value:
            if part is not None:
                yield f"{leaf.pointer}/{name}", part
    elif isinstance(value, bool):
        yield leaf.pointer, "true" if value else "false"
    elif isinstance(value, Decimal):
        yield leaf.pointer, format(value, "f")
    elif isinstance(value, datetime.date):
        yield leaf.pointer, value.isoformat()
    elif isinstance(value, str):
        yield leaf.pointer, value


def applied(values: dict[str, Any], found: list[Remark]) -> bool:
    """Put remarks into the values of an invoice; tell whether all of them may stand there."""
    return all(_put(values, remark) for remark in found)


def _put(values: dict[str, Any], remark: Remark) -> bool:
    *steps, last = remark.place.split("/")[1:]
    amount = steps[:1] in (["totals"], ["vat_breakdown"])
    if (
        remark.place.startswith(_OTHERS)
        or not set(steps).isdisjoint(_NATIONAL)
        or (amount and not _ADDABLE.fullmatch(remark.place))
    ):
        return False
    annotation: object | None = Invoice
    holder: Any = values
    for step, following in zip(steps, [*steps, last][1:], strict=True):
        annotation = _inner(annotation, step)
        holder = _entered(holder, step, [] if following.isdecimal() else {})
        if annotation is None or holder is None:
            return False
    kind = _inner(annotation, last)
    if kind is None or _group(kind) is not None:
        return False
    value = remark.text == "true" if bool in get_args(kind) else remark.text
    if isinstance(holder, list):
        new = last.isdecimal() and int(last) == len(holder)
        holder.append(value)
        return new
    if not isinstance(holder, dict) or (last in holder and not CHANGEABLE.fullmatch(remark.place)):
        return False
    holder[last] = value
    return True


def _entered(holder: Any, step: str, new: Any) -> Any:  # noqa: ANN401 - values as JSON has them
    """Return what stands at a step, made where nothing does; None where nothing can."""
    if isinstance(holder, list):
        if not step.isdecimal() or int(step) > min(len(holder), _MOST):
            return None
        if int(step) == len(holder):
            holder.append(new)
        return holder[int(step)]
    return holder.setdefault(step, new) if isinstance(holder, dict) else None


def _inner(annotation: object | None, step: str) -> object | None:
    """Return what stands at a step below: a field of a group, a member of a tuple."""
    if step.isdecimal():
        several = _several(annotation)
        return None if several is None else get_args(several)[0]
    group = _group(annotation)
    field = group.model_fields.get(step) if group else None
    return None if field is None else field.annotation


def _several(annotation: object) -> object | None:
    if get_origin(annotation) is tuple:
        return annotation
    return next((one for one in map(_several, get_args(annotation)) if one is not None), None)


def _group(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) is tuple:
        return None
    return next((one for one in map(_group, get_args(annotation)) if one is not None), None)
