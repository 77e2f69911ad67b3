"""What kind of invoice it is, and what it corrects: InvoiceClass, InvoiceIssuerType, Corrective.

| BT-3 | InvoiceClass | CorrectionMethod | Amounts |
|---|---|---|---|
| 380 and others | OO | | as they are |
| 389 | OO, issued by the buyer (RE) | | as they are |
| 384 | OR | 01 | as they are |
| 381 and other credit notes | OR | 02 | negative |

Read, a correction by the difference whose total is negative is 381, any other 384. A type that
would be read back as another stands in a remark.
"""

import calendar
import datetime
from typing import Any

from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.extensions.facturae import FeCorrective
from formats.en16931.model import Invoice
from formats.facturae.code_lists import METHODS, REASONS
from formats.facturae.cutting import cut
from formats.facturae.tree import Read, Tree, child, day, filled, number, text

_SELF_BILLED = frozenset({"389", "261"})
_CORRECTED, _CREDIT, _ORDINARY = "384", "381", "380"
_REPLACES, _DIFFERENCE = "01", "02"
_DETAIL = "10"
_CORRECTIONS = frozenset({"OR", "CR"})


def sign_of(type_code: str | None) -> int:
    """Return -1 for a credit note, whose amounts are negative here."""
    return -1 if type_code in CREDIT_NOTE_TYPES else 1


def issuer(invoice: Invoice) -> str:
    """Return InvoiceIssuerType: EM the seller, RE the buyer, TE somebody else."""
    extension = invoice.extensions.facturae if invoice.extensions else None
    if extension and extension.third_party_number:
        return "TE"
    return "RE" if invoice.type_code in _SELF_BILLED else "EM"


def header(invoice: Invoice) -> Tree:
    """Return InvoiceHeader."""
    extension = invoice.extensions.facturae if invoice.extensions else None
    corrects = invoice.type_code == _CORRECTED or sign_of(invoice.type_code) < 0
    return {
        "InvoiceNumber": cut(invoice.number, 20) or "",
        "InvoiceSeriesCode": cut(extension.series_code, 20) if extension else None,
        "InvoiceDocumentType": (extension.document_type if extension else None) or "FC",
        "InvoiceClass": "OR" if corrects else "OO",
        "Corrective": _corrective(invoice) if corrects else None,
    }


def _corrective(invoice: Invoice) -> Tree:
    extension = invoice.extensions.facturae if invoice.extensions else None
    given = (extension.corrective if extension else None) or FeCorrective()
    first = next(iter(invoice.preceding_invoice_references), None)
    corrected = first.issue_date if first else None
    start, end = _month(corrected or invoice.issue_date)
    begin, until = given.period_start or start, given.period_end or end
    reason = given.reason_code or _DETAIL
    method = given.method or _usual(invoice.type_code)
    return {
        "InvoiceNumber": cut(first.reference, 20) or None if first else None,
        "InvoiceSeriesCode": cut(given.series_code, 20),
        "ReasonCode": reason,
        "ReasonDescription": REASONS.get(reason, ""),
        "TaxPeriod": {
            "StartDate": begin.isoformat() if begin else "",
            "EndDate": until.isoformat() if until else "",
        },
        "CorrectionMethod": method,
        "CorrectionMethodDescription": METHODS.get(method, ""),
        "AdditionalReasonDescription": cut(given.additional_reason, 2500),
        "InvoiceIssueDate": corrected.isoformat() if corrected else None,
    }


def _usual(type_code: str | None) -> str:
    return _DIFFERENCE if sign_of(type_code) < 0 else _REPLACES


def _month(day: datetime.date | None) -> tuple[datetime.date | None, datetime.date | None]:
    if day is None:
        return None, None
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def type_of(file: Read, tree: Read) -> str:
    """Return BT-3 as the document has it."""
    if text(tree, "InvoiceHeader", "InvoiceClass") in _CORRECTIONS:
        total = number(tree, "InvoiceTotals", "InvoiceTotal")
        method = text(tree, "InvoiceHeader", "Corrective", "CorrectionMethod")
        credit = method == _DIFFERENCE and total is not None and total < 0
        return _CREDIT if credit else _CORRECTED
    return "389" if text(file, "InvoiceIssuerType") == "RE" else _ORDINARY


def may_be(type_code: str, tree: Read) -> bool:
    """Tell whether a document may be of a type: only a correction corrects."""
    correction = text(tree, "InvoiceHeader", "InvoiceClass") in _CORRECTIONS
    return correction is (type_code == _CORRECTED or sign_of(type_code) < 0)


def take_references(tree: Read) -> list[dict[str, Any]]:
    """Return BG-3 as Corrective has it."""
    corrective = child(tree, "InvoiceHeader", "Corrective")
    one = filled(
        reference=text(corrective, "InvoiceNumber"), issue_date=day(corrective, "InvoiceIssueDate")
    )
    return [one] if one else []


def take_corrective(tree: Read, type_code: str) -> dict[str, Any]:
    """Return what the extension says of a correction: all but what follows by itself."""
    corrective = child(tree, "InvoiceHeader", "Corrective")
    if not corrective:
        return {}
    issued = day(tree, "InvoiceIssueData", "IssueDate")
    start, end = _month(day(corrective, "InvoiceIssueDate") or issued)
    begin, until = (
        day(corrective, "TaxPeriod", "StartDate"),
        day(corrective, "TaxPeriod", "EndDate"),
    )
    reason, method = text(corrective, "ReasonCode"), text(corrective, "CorrectionMethod")
    return filled(
        reason_code=None if reason == _DETAIL else reason,
        period_start=None if begin == start else begin,
        period_end=None if until == end else until,
        method=None if method == _usual(type_code) else method,
        series_code=text(corrective, "InvoiceSeriesCode"),
        additional_reason=text(corrective, "AdditionalReasonDescription"),
    )
