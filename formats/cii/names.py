"""The names of CII: namespaces, the root, and the codes that mean something there."""

from enum import StrEnum

from formats.binding import Binding

_STANDARD = "urn:un:unece:uncefact:data:standard:"
NAMESPACES = {
    "rsm": _STANDARD + "CrossIndustryInvoice:100",
    "ram": _STANDARD + "ReusableAggregateBusinessInformationEntity:100",
    "qdt": _STANDARD + "QualifiedDataType:100",
    "udt": _STANDARD + "UnqualifiedDataType:100",
}
"""The same in every release from D16B on."""

BINDING = Binding(NAMESPACES)


class Root(StrEnum):
    """The one document: BT-3 tells invoices from credit notes."""

    INVOICE = "CrossIndustryInvoice"


VAT = "VAT"
"""The tax type of every business term about VAT."""

VAT_NUMBER, TAX_NUMBER = "VA", "FC"
"""The schemes that mark BT-31 (BT-48, BT-63) and BT-32."""

INVOICED_OBJECT = "130"
"""UNTDID 1001 code that marks a referenced document as BT-18 or BT-128."""

TENDER_OR_LOT = "50"
"""UNTDID 1001 code that marks a referenced document as BT-17."""

SUPPORTING_DOCUMENT = "916"
"""UNTDID 1001 code that marks a referenced document as BG-24."""

PROJECT_NAME = "Project reference"
"""What stands for the name of the project (BT-11), which CII demands and EN 16931 lacks."""

SEPA = "SEPA"
"""The scheme under which UBL keeps BT-90 with a party; CII has an element of its own for it."""

DIRECT_DEBIT_CODES = frozenset(("49", "59"))
"""BT-81 values (UNTDID 4461) for direct debits."""

TAX_POINT_DATE_CODES = {
    code: other
    for pair in (("3", "5"), ("35", "29"), ("432", "72"))
    for code, other in (pair, pair[::-1])
}
"""BT-8: UNTDID 2005 in the model and in UBL, UNTDID 2475 in CII (BR-CL-06 of each).

Issue date, delivery, payment. Either way by the same table, so that a code of the wrong list stays
wrong, and none is lost.
"""
