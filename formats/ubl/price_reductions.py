"""Charges in the gross price of an item, and discounts on it beside BT-147."""

from collections.abc import Sequence

from formats.binding import AMOUNT, CODE, DECIMAL, Shape, Value, WriteContext
from formats.binding.markup import branch
from formats.en16931.extensions.item import PriceReduction
from formats.en16931.extensions.line import LineExtensions
from formats.ubl.allowances import indicator
from formats.ubl.names import BINDING


def _shape(*, charge: bool) -> Shape:
    return Shape(
        PriceReduction,
        indicator(charge=charge),
        Value("cbc:AllowanceChargeReasonCode", "reason_code", CODE),  # BT-X-314
        Value("cbc:AllowanceChargeReason", "reason"),  # BT-X-303
        Value("cbc:MultiplierFactorNumeric", "percentage", DECIMAL),  # BT-X-300
        Value("cbc:Amount", "amount", AMOUNT),  # BT-X-302
        Value("cbc:BaseAmount", "base_amount", AMOUNT),  # BT-X-301
    )


REDUCTIONS = {charge: _shape(charge=charge) for charge in (False, True)}
"""By whether they are charges."""


def write_reductions(extensions: LineExtensions, context: WriteContext) -> Sequence[str]:
    """Write further discounts, then charges."""
    return [
        branch("cac:AllowanceCharge", BINDING.inner(REDUCTIONS[charge], each, context))
        for charge, entries in (
            (False, extensions.additional_item_price_discounts),
            (True, extensions.item_price_charges),
        )
        for each in entries
    ]
