"""Reading BG-20, BG-21, BG-27 and BG-28; the twin of `allowances.py`."""

from typing import TypeVar

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.line import LineAllowance, LineCharge
from formats.ubl.element import Element
from formats.ubl.vat_read import vat_category

_DocumentLevel = TypeVar("_DocumentLevel", DocumentLevelAllowance, DocumentLevelCharge)
_LineLevel = TypeVar("_LineLevel", LineAllowance, LineCharge)


def read_document_level(
    document: Element, kind: type[_DocumentLevel], *, charge: bool
) -> tuple[_DocumentLevel, ...]:
    """Read BG-20, or BG-21 for charges."""
    entries = []
    for element in _elements(document, charge=charge):
        category = vat_category(element.groups("TaxCategory"))
        entries.append(
            kind(
                amount=element.decimal("Amount"),
                base_amount=element.decimal("BaseAmount"),
                percentage=element.decimal("MultiplierFactorNumeric"),
                vat_category_code=category.code("ID"),
                vat_rate=category.decimal("Percent"),
                reason=element.text("AllowanceChargeReason"),
                reason_code=element.code("AllowanceChargeReasonCode"),
            )
        )
    return tuple(entries)


def read_line_level(
    line: Element, kind: type[_LineLevel], *, charge: bool
) -> tuple[_LineLevel, ...]:
    """Read BG-27, or BG-28 for charges."""
    return tuple(
        kind(
            amount=element.decimal("Amount"),
            base_amount=element.decimal("BaseAmount"),
            percentage=element.decimal("MultiplierFactorNumeric"),
            reason=element.text("AllowanceChargeReason"),
            reason_code=element.code("AllowanceChargeReasonCode"),
        )
        for element in _elements(line, charge=charge)
    )


def _elements(parent: Element, *, charge: bool) -> list[Element]:
    return [
        element
        for element in parent.groups("AllowanceCharge")
        if element.boolean("ChargeIndicator") is charge
    ]
