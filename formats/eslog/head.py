"""What is said of the document as a whole: number, days, references, currencies."""

import re

from lxml import etree

from formats.en16931.group import SchemedIdentifier
from formats.en16931.model import Invoice
from formats.eslog.nodes import (
    Claims,
    Node,
    day,
    every,
    filled,
    find,
    leaf,
    node,
    qualified,
    said,
    segment,
)

_REFERENCES = {
    "AEP": "project_reference",  # BT-11
    "CT": "contract_reference",  # BT-12
    "ON": "purchase_order_reference",  # BT-13
    "VN": "sales_order_reference",  # BT-14
    "ALO": "receiving_advice_reference",  # BT-15
    "AAK": "despatch_advice_reference",  # BT-16
    "GC": "tender_or_lot_reference",  # BT-17
}
_PRECEDING, _REMITTANCE = "OI", "PQ"
_ISSUED, _TAX_POINT, _DELIVERED, _FROM, _TO = "137", "131", "35", "167", "168"
_PRECEDING_DAY = "384"
_OF_NO_LIST = "ZZZ"
"""UNTDID 1153 and 3155: agreed between the parties. Ours, for identifiers without a scheme."""

_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_LEI_SCHEME = "0199"
_ICD = re.compile(r"[0-9]{4}")
_REFERENCE = "S_RFF/C_C506"


def reference(qualifier: str | None, text: str | None, name: str = "D_1154") -> Node | None:
    """Return a reference segment; None without a text."""
    value = leaf(name, text)
    return value and node("S_RFF", node("C_C506", leaf("D_1153", qualifier), value))


def schemed(identifier: SchemedIdentifier | None) -> Node | None:
    """Return an identifier whose scheme is the qualifier (BT-18, BT-128)."""
    if identifier is None:
        return None
    return reference(identifier.scheme_identifier or _OF_NO_LIST, identifier.value)


def take_schemed(holder: etree._Element, claims: Claims) -> dict[str, object] | None:
    """Return an identifier whose scheme is the qualifier."""
    value = claims.code(holder, f"{_REFERENCE}/D_1154")
    if value is None:
        return None
    scheme = claims.code(holder, f"{_REFERENCE}/D_1153")
    return filled(value=value, scheme_identifier=None if scheme == _OF_NO_LIST else scheme)


def registration(identifier: SchemedIdentifier | None) -> Node | None:
    """Return a legal registration (BT-30, BT-47, BT-61); 0199 where it has no scheme.

    Slovenian documents call the number of their register so, which ISO 6523 gives to the LEI.
    """
    if identifier is None:
        return None
    return reference(identifier.scheme_identifier or _LEI_SCHEME, identifier.value)


def take_registration(holders: list[etree._Element], claims: Claims) -> dict[str, object] | None:
    """Return the first legal registration; 0199 is a scheme of what can be an LEI alone."""
    for holder in holders:
        scheme = said(holder, f"{_REFERENCE}/D_1153")
        if not _ICD.fullmatch(scheme):
            continue
        value = claims.code(holder, f"{_REFERENCE}/D_1154")
        if value is not None:
            national = scheme == _LEI_SCHEME and not _LEI.fullmatch(value)
            return filled(value=value, scheme_identifier=None if national else scheme)
    return None


def electronic(identifier: SchemedIdentifier | None) -> Node | None:
    """Return an electronic address (BT-34, BT-49)."""
    value = None if identifier is None else leaf("D_3148", identifier.value)
    if identifier is None or value is None:
        return None
    scheme = leaf("D_3155", identifier.scheme_identifier or _OF_NO_LIST)
    return node("S_COM", node("C_C076", value, scheme))


def take_electronic(holder: etree._Element, claims: Claims) -> dict[str, object] | None:
    """Return an electronic address."""
    value = claims.code(holder, "S_COM/C_C076/D_3148")
    if value is None:
        return None
    scheme = claims.code(holder, "S_COM/C_C076/D_3155")
    return filled(value=value, scheme_identifier=None if scheme == _OF_NO_LIST else scheme)


def frame(invoice: Invoice) -> list[Node | None]:
    """Return the header of the message, type (BT-3) and number (BT-1)."""
    called = (invoice.number or "").strip()[:14] or "1"
    return [
        segment(
            "S_UNH",
            leaf("D_0062", called),
            segment(
                "C_S009",
                leaf("D_0065", "INVOIC"),
                leaf("D_0052", "D"),
                leaf("D_0054", "01B"),
                leaf("D_0051", "UN"),
            ),
        ),
        segment(
            "S_BGM",
            node("C_C002", leaf("D_1001", invoice.type_code)),
            node("C_C106", leaf("D_1004", invoice.number)),
        ),
    ]


def date(qualifier: str, value: Node | None) -> Node | None:
    """Return a date segment; None without a day."""
    return value and node("S_DTM", node("C_C507", leaf("D_2005", qualifier), value))


def days(invoice: Invoice) -> list[Node | None]:
    """Return the days of the document; the code of BT-8 is a qualifier without a day."""
    delivery = invoice.delivery_information
    period = delivery and delivery.invoicing_period
    code = leaf("D_2005", invoice.value_added_tax_point_date_code)
    return [
        date(_ISSUED, day("D_2380", invoice.issue_date)),
        date(_TAX_POINT, day("D_2380", invoice.value_added_tax_point_date)),
        node("S_DTM", node("C_C507", code)),
        date(_DELIVERED, day("D_2380", delivery.actual_delivery_date if delivery else None)),
        *period_days(period),
    ]


def period_days(period: object) -> tuple[Node | None, Node | None]:
    """Return the days of a period (BG-14, BG-26)."""
    start, end = getattr(period, "start_date", None), getattr(period, "end_date", None)
    return date(_FROM, day("D_2380", start)), date(_TO, day("D_2380", end))


def take_days(message: etree._Element, claims: Claims) -> dict[str, object]:
    """Return the days of the document, and of its delivery under `delivery`."""
    code = None
    for one in every(message, "S_DTM"):
        if not said(one, "C_C507/D_2380") and code is None:
            code = claims.code(one, "C_C507/D_2005")
    delivery = filled(
        actual_delivery_date=take_day(message, claims, _DELIVERED),
        invoicing_period=take_period(message, claims),
    )
    return filled(
        issue_date=take_day(message, claims, _ISSUED),
        value_added_tax_point_date=take_day(message, claims, _TAX_POINT),
        value_added_tax_point_date_code=code,
        delivery=delivery,
    )


def take_day(holder: etree._Element, claims: Claims, qualifier: str) -> object | None:
    """Return the first day of a kind."""
    for one in qualified(holder, "S_DTM", "C_C507/D_2005", qualifier):
        if (found := claims.day(one, "C_C507/D_2380")) is not None:
            return found
    return None


def take_period(holder: etree._Element, claims: Claims) -> dict[str, object]:
    """Return a period, empty where there is none."""
    return filled(
        start_date=take_day(holder, claims, _FROM), end_date=take_day(holder, claims, _TO)
    )


def references(invoice: Invoice) -> list[Node | None]:
    """Return the references of the document (BT-11 to BT-18, BG-3, BT-83)."""
    means = invoice.payment_instructions[:1]
    made = [
        node("G_SG1", reference(code, getattr(invoice, field)))
        for code, field in _REFERENCES.items()
    ]
    made.append(node("G_SG1", schemed(invoice.invoiced_object_identifier)))
    for one in invoice.preceding_invoice_references:
        named = reference(_PRECEDING, one.reference)
        if named is not None:
            issued = date(_PRECEDING_DAY, day("D_2380", one.issue_date))
            made.append(node("G_SG1", named, issued))
    made += [node("G_SG1", reference(_REMITTANCE, one.remittance_information)) for one in means]
    return made


def take_references(message: etree._Element, claims: Claims) -> dict[str, object]:
    """Return the references; the remittance information (BT-83) is among them."""
    found: dict[str, object] = {}
    preceding: list[dict[str, object]] = []
    for holder in every(message, "G_SG1"):
        code = said(holder, f"{_REFERENCE}/D_1153")
        if not said(holder, f"{_REFERENCE}/D_1154"):
            continue
        field = _REFERENCES.get(code) or {_REMITTANCE: "remittance"}.get(code)
        if code == _PRECEDING:
            named = claims.code(holder, f"{_REFERENCE}/D_1154")
            issued = take_day(holder, claims, _PRECEDING_DAY)
            preceding.append(filled(reference=named, issue_date=issued))
        elif field is None and "invoiced_object_identifier" not in found:
            found["invoiced_object_identifier"] = take_schemed(holder, claims)
        elif field is not None and field not in found:
            found[field] = claims.code(holder, f"{_REFERENCE}/D_1154")
    return found | filled(preceding_invoice_references=preceding)


def currencies(invoice: Invoice) -> list[Node | None]:
    """Return the currency of the invoice (BT-5), and that of its VAT (BT-6)."""
    return [
        code and node("G_SG7", node("S_CUX", node("C_C504", leaf("D_6347", qualifier), code)))
        for qualifier, code in (
            ("2", leaf("D_6345", invoice.currency_code)),
            ("6", leaf("D_6345", invoice.vat_accounting_currency_code)),
        )
    ]


def take_currency(message: etree._Element, claims: Claims, qualifier: str) -> str | None:
    """Return the currency of a kind."""
    for one in qualified(message, "G_SG7", "S_CUX/C_C504/D_6347", qualifier):
        if (code := claims.code(one, "S_CUX/C_C504/D_6345")) is not None:
            return code
    return None


def take_frame(message: etree._Element, claims: Claims) -> dict[str, object]:
    """Return type and number."""
    head = find(message, "S_BGM")
    if head is None:
        return {}
    return filled(
        type_code=claims.code(head, "C_C002/D_1001"), number=claims.code(head, "C_C106/D_1004")
    )
