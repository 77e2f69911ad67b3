"""The whole document: an e-SLOG 2.0 invoice, written and read."""

from typing import Any

from lxml import etree
from pydantic import ValidationError

from formats.binding import Trace
from formats.en16931.model import Invoice
from formats.eslog import head, lines, lines_read, money, party, party_read, payment, texts
from formats.eslog.names import MESSAGE, NAMESPACE, ROOT
from formats.eslog.nodes import (
    Claims,
    Node,
    document_of,
    every,
    filled,
    leaf,
    qualified,
    segment,
)
from formats.xml import UnreadableDocumentError, parse


def write(invoice: Invoice) -> bytes:
    """Return the invoice in UTF-8; the same invoice always gives the same bytes.

    What is absent is not written, so an incomplete invoice gives a document that its schema
    refuses; `rules.check` tells before.
    """
    return document_of(message_of(invoice))


def message_of(invoice: Invoice) -> Node:
    """Return the message, its segments in the order of the schema."""
    return segment(
        MESSAGE,
        *head.frame(invoice),
        *head.days(invoice),
        *texts.written(invoice),
        *head.references(invoice),
        *party.written(invoice),
        *head.currencies(invoice),
        payment.terms(invoice),
        *money.adjustments(invoice),
        *(lines.written(line) for line in invoice.lines),
        segment("S_UNS", leaf("D_0081", "D")),
        *money.totals(invoice),
        *money.breakdown(invoice),
    )


def read(content: bytes, trace: Trace | None = None) -> Invoice:
    """Return the invoice that a document holds.

    Raises:
        UnreadableDocumentError: The document is no e-SLOG 2.0 invoice, or a value breaks its
            lexical form.
    """
    return read_element(parse(content), trace)


def read_element(element: etree._Element, trace: Trace | None = None) -> Invoice:
    """Return the invoice of a parsed document. Raises like `read`."""
    message = next(every(element, MESSAGE), None) if root_of(element) else None
    if message is None:
        tag = etree.QName(element).localname
        text = f"{tag} is no e-SLOG 2.0 invoice."
        raise UnreadableDocumentError("unknown-root", text, element.sourceline, "/*")
    claims = Claims()
    try:
        invoice = Invoice.model_validate(_values(message, claims))
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(map(str, first["loc"]))
        raise UnreadableDocumentError("invalid-value", f"{where}: {first['msg']}") from None
    if trace is not None:
        claims.rest(element, trace)
    return invoice


def root_of(element: etree._Element) -> bool:
    """Tell whether an element is the root of an e-SLOG 2.0 document."""
    return element.tag == f"{{{NAMESPACE}}}{ROOT}"


def _values(message: etree._Element, claims: Claims) -> dict[str, Any]:
    found = texts.Texts(message, claims)
    parties: dict[str, Any] = party_read.take(message, claims)
    days = head.take_days(message, claims)
    named = head.take_references(message, claims)
    paid = payment.take_terms(message, claims)
    groups = (_group(message, "SE"), _group(message, "BY"))
    seller, buyer = parties.pop("seller"), parties.pop("buyer")
    delivery = parties.pop("delivery") | days.pop("delivery", {})
    tax_number = parties.pop("buyer_tax_number")
    rows, others = money.take_breakdown(message, claims, found.reasons)
    notes = [*found.notes, *_left_over(found.reasons[len(rows) :])]
    own = found.own | payment.take_own(groups[1], claims)
    own |= filled(buyer_tax_number=tax_number, other_taxes=others)
    if found.legal is not None:
        seller["additional_legal_information"] = found.legal
    return filled(
        **head.take_frame(message, claims),
        **days,
        currency_code=head.take_currency(message, claims, "2"),
        vat_accounting_currency_code=head.take_currency(message, claims, "6"),
        payment_due_date=paid.get("payment_due_date"),
        payment_terms=found.payment_terms,
        notes=notes,
        process_control=found.control,
        delivery_information=delivery,
        payment_instructions=payment.take(
            groups,
            claims,
            means=paid.get("means"),
            text=found.means,
            remittance=named.pop("remittance", None),
        ),
        document_level_allowances=money.take_adjustments(message, claims, charge=False),
        document_level_charges=money.take_adjustments(message, claims, charge=True),
        lines=[lines_read.take(one, claims) for one in every(message, "G_SG26")],
        vat_breakdown=rows,
        extensions={"slovenia": own} if own else None,
        **parties,
        **named,
    ) | {"seller": seller, "buyer": buyer, "totals": money.take_totals(message, claims)}


def _group(message: etree._Element, qualifier: str) -> etree._Element | None:
    return next(qualified(message, "G_SG2", "S_NAD/D_3035", qualifier), None)


def _left_over(reasons: list[tuple[str | None, str | None]]) -> list[dict[str, object]]:
    """Return as notes the reasons of exemption that there is no row for."""
    return [
        filled(subject_code="AGM", note=" ".join(part for part in one if part)) for one in reasons
    ]
