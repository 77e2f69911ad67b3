"""What spoils an invoice."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from random import Random
from typing import Any

from formats.en16931.model import Invoice

CENT = Decimal("0.01")

Spoil = Callable[[Invoice, Random], Invoice | None]
"""Spoils an invoice; None where it has nothing to spoil that way."""


class Mends(Enum):
    """Whether a machine can mend it."""

    ALWAYS = "always"
    NEVER = "never"
    MAYBE = "maybe"
    """It depends on the invoice; a patch, if there is one, gives it back."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to spoil an invoice.

    Attributes:
        name: For people.
        rule: One of the rules that must find it.
        pointer: How the pointer of that finding ends.
        mends: Whether a patch must give the invoice back as it was.
        spoil: Does it.
        otherwise: Whether the mended invoice may be another than the one that was spoiled, saying
            the same in another way.
    """

    name: str
    rule: str
    pointer: str
    mends: Mends
    spoil: Spoil
    otherwise: bool = False


def totals(**changes: Callable[[Decimal], Decimal | None]) -> Spoil:
    def spoil(invoice: Invoice, _: Random) -> Invoice | None:
        update = dict[str, Decimal | None]()
        for name, change in changes.items():
            value = getattr(invoice.totals, name)
            if value is None:
                return None
            update[name] = change(value)
        return invoice.model_copy(update={"totals": invoice.totals.model_copy(update=update)})

    return spoil


def item(name: str, change: Callable[[Any, Random], dict[str, object] | None]) -> Spoil:
    """Spoil one line, row, allowance ... of the invoice."""

    def spoil(invoice: Invoice, random: Random) -> Invoice | None:
        items = list(getattr(invoice, name))
        if not items:
            return None
        at = random.randrange(len(items))
        update = change(items[at], random)
        if update is None:
            return None
        items[at] = items[at].model_copy(update=update)
        return invoice.model_copy(update={name: tuple(items)})

    return spoil


def line(change: Callable[[Any, Random], dict[str, object] | None]) -> Spoil:
    return item("lines", change)


def row(change: Callable[[Any, Random], dict[str, object] | None]) -> Spoil:
    return item("vat_breakdown", change)


def top(**changes: Callable[[Any], object]) -> Spoil:
    def spoil(invoice: Invoice, _: Random) -> Invoice | None:
        update = dict[str, object]()
        for name, change in changes.items():
            value = getattr(invoice, name)
            if value is None or (changed := change(value)) == value:
                return None
            update[name] = changed
        return invoice.model_copy(update=update)

    return spoil


def part(group: str, **update: object) -> Spoil:
    def spoil(invoice: Invoice, _: Random) -> Invoice | None:
        part = getattr(invoice, group)
        if part is None or all(getattr(part, name) == value for name, value in update.items()):
            return None
        return invoice.model_copy(update={group: part.model_copy(update=update)})

    return spoil


def vat_identifier(change: Callable[[str], str]) -> Spoil:
    def spoil(invoice: Invoice, _: Random) -> Invoice | None:
        buyer = invoice.buyer
        given, address = buyer.vat_identifier, buyer.postal_address
        if given is None or address is None or given[:2] != address.country_code:
            return None
        update = {"vat_identifier": change(given)}
        return invoice.model_copy(update={"buyer": buyer.model_copy(update=update)})

    return spoil


def country(value: Callable[[str], str]) -> Spoil:
    def spoil(invoice: Invoice, _: Random) -> Invoice | None:
        address = invoice.buyer.postal_address
        if address is None or address.country_code is None:
            return None
        changed = address.model_copy(update={"country_code": value(address.country_code)})
        buyer = invoice.buyer.model_copy(update={"postal_address": changed})
        return invoice.model_copy(update={"buyer": buyer})

    return spoil


def without_row(invoice: Invoice, random: Random) -> Invoice | None:
    rows = list(invoice.vat_breakdown)
    if not rows or rows[at := random.randrange(len(rows))].category_code not in {"S", "Z"}:
        return None
    if at != len(rows) - 1 or len(rows) == 1:
        return None
    del rows[at]
    return invoice.model_copy(update={"vat_breakdown": tuple(rows)})


def without_breakdown(invoice: Invoice, _: Random) -> Invoice | None:
    if any(
        row.exemption_reason_text or row.exemption_reason_code for row in invoice.vat_breakdown
    ):
        return None
    return invoice.model_copy(update={"vat_breakdown": ()})


def without_line(invoice: Invoice, random: Random) -> Invoice | None:
    lines = list(invoice.lines)
    at = random.randrange(len(lines))
    if len(lines) < 2 or not lines[at].net_amount:
        return None
    del lines[at]
    return invoice.model_copy(update={"lines": tuple(lines)})


def same_number(invoice: Invoice, _: Random) -> Invoice | None:
    lines = list(invoice.lines)
    if len(lines) < 2 or lines[1].identifier != "2":
        return None
    lines[1] = lines[1].model_copy(update={"identifier": lines[0].identifier})
    return invoice.model_copy(update={"lines": tuple(lines)})


def by_code(code: str, change: dict[str, object]) -> Spoil:
    def spoil(invoice: Invoice, _: Random) -> Invoice | None:
        rows = list(invoice.vat_breakdown)
        for at, row in enumerate(rows):
            if row.category_code == code and row.exemption_reason_text is None:
                rows[at] = row.model_copy(update=change)
                return invoice.model_copy(update={"vat_breakdown": tuple(rows)})
        return None

    return spoil


def when(wanted: Callable[[Any], bool], update: Callable[[Any], dict[str, object]]) -> Any:  # noqa: ANN401
    return lambda item, _random: update(item) if wanted(item) else None
