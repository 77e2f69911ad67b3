"""What is archived with a document when it is issued."""

import datetime
from typing import Literal, Protocol

from formats.en16931 import Invoice
from formats.findings import Report
from formats.rendition import render_html
from gateway.archive.service import EvidenceItem
from gateway.documents import commercial
from gateway.documents.parcels import Parcel
from gateway.documents.preparation import Body, Prepared, as_text
from gateway.documents.reporting import report_json
from gateway.documents.repository import DocumentRow
from gateway.kit.tenancy import TenantTransaction
from gateway.vies import service as vat_checks

TAX_DECISION: Literal["tax-decision"] = "tax-decision"
"""The role of the evidence that says how a document is taxed, and why."""


class Issued(Protocol):
    """A document with its number, as bytes, and what was said of them."""

    @property
    def invoice(self) -> Invoice:
        """The document."""

    @property
    def content(self) -> bytes:
        """As issued."""

    @property
    def report(self) -> Report:
        """What the layers said."""

    @property
    def parcel(self) -> Parcel | None:
        """What goes to a portal."""


def evidence(
    row: DocumentRow, body: Body, issued: Issued, prepared: Prepared, kept: datetime.date
) -> tuple[EvidenceItem, ...]:
    """Return what is archived at issue: bytes, input, report, tax decision, readable rendition.

    And what goes to a portal in a wrapping of its own.
    """
    report = as_text(report_json(issued.report, body)).encode()
    decision = as_text(prepared.tax.record(issued.invoice)).encode()
    page, day = render_html(issued.invoice), issued.invoice.issue_date
    name, media_type = f"{row.kind.value}.xml", "application/xml"
    if not row.kind.fiscal:
        name, media_type = f"{row.kind.value}.json", commercial.MEDIA_TYPE
    return (
        EvidenceItem("document", name, media_type, issued.content, dated=day, kept=kept),
        EvidenceItem("input", "input.json", "application/json", body.text.encode()),
        EvidenceItem("validation-report", "validation-report.json", "application/json", report),
        EvidenceItem(TAX_DECISION, "tax-decision.json", "application/json", decision),
        EvidenceItem("rendition", "rendition.html", "text/html; charset=utf-8", page),
        *(() if issued.parcel is None else (issued.parcel.item,)),
    )


def answer_relied_on(tx: TenantTransaction, prepared: Prepared) -> tuple[EvidenceItem, ...]:
    """Return the answer about the buyer's VAT number as it came, where the document relies on it.

    What the tax decision says of it is ours; these are the authority's own bytes.
    """
    checked = prepared.tax.checked
    if checked is None or not prepared.tax.reliance.exists:
        return ()
    _, received = vat_checks.evidence(tx, checked.id)
    if not received:  # the number's own form decided, and nobody was asked
        return ()
    name, media_type = ("vat-check.json", "application/json")
    if checked.service == "vies":
        name, media_type = ("vat-check.xml", "text/xml")
    return (EvidenceItem("vat-check", name, media_type, received),)
