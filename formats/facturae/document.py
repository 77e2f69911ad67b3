"""The whole document: a Facturae file with one invoice, written as 3.2.2 and read.

What has no element travels in remarks (`remarks.py`), what EN 16931 has no term for is its own
extension (`formats.en16931.extensions.facturae`). What a reader leaves behind is found by writing
what was read, and comparing element by element.
"""

from typing import Any

from lxml import etree
from pydantic import ValidationError

from formats.binding import Trace
from formats.en16931.model import Invoice
from formats.facturae import attachments, centres, lines, nature, party, payment, taxes, totals
from formats.facturae.code_lists import LANGUAGES
from formats.facturae.cutting import cut
from formats.facturae.names import EARLIER, NAMESPACE, READ, ROOT, VERSION
from formats.facturae.remarks import MOST, placed, spelled, told
from formats.facturae.tree import (
    Read,
    Tree,
    child,
    children,
    day,
    filled,
    read_tree,
    text,
    texts,
    unread,
    written,
)
from formats.remarks import Remark, applied
from formats.xml import UnreadableDocumentError, parse

_EURO, _SPANISH = "EUR", "es"
_ORDINARY = "FC"


def write(invoice: Invoice) -> bytes:
    """Return the invoice in UTF-8; the same invoice always gives the same bytes.

    It fits the schema wherever `rules.check` does not refuse it (ES-20).
    """
    bare = written(_whole(invoice, {}))
    try:
        back = read(bare)
    except UnreadableDocumentError:
        return bare
    found = placed(invoice, back)
    return written(_whole(invoice, found)) if found else bare


def _whole(invoice: Invoice, remarks: dict[int | None, list[Remark]]) -> Tree:
    sign = nature.sign_of(invoice.type_code)
    extension = invoice.extensions.facturae if invoice.extensions else None
    sums = totals.totals(invoice, sign)
    sold = party.seller(invoice.seller)
    number = sold["TaxIdentification"]["TaxIdentificationNumber"] or ""
    series = (extension.series_code if extension else None) or ""
    units = extension.administrative_centres if extension else ()
    currency = invoice.currency_code or ""
    note = next(iter(invoice.notes), None)
    references = [cut(one, 250) for one in (extension.legal_references if extension else ())]
    related = attachments.attached(invoice)
    said = spelled(note.note.strip() if note else None, remarks.get(None, []))
    content = {
        "InvoiceHeader": nature.header(invoice),
        "InvoiceIssueData": _issue_data(invoice),
        "TaxesOutputs": taxes.outputs(invoice, sign),
        "TaxesWithheld": taxes.withheld(invoice, sign),
        "InvoiceTotals": sums,
        "Items": {"InvoiceLine": lines.rows(invoice.lines, invoice.vat_breakdown, sign, remarks)},
        "PaymentDetails": payment.payment(invoice, sign),
        "LegalLiterals": {"LegalReference": references} if references else None,
        "AdditionalData": (
            {"RelatedDocuments": related, "InvoiceAdditionalInformation": said}
            if related or said
            else None
        ),
    }
    return {
        "FileHeader": {
            "SchemaVersion": VERSION,
            "Modality": "I",
            "InvoiceIssuerType": nature.issuer(invoice),
            "ThirdParty": party.third_party(invoice),
            "Batch": {
                "BatchIdentifier": f"{number}{(invoice.number or '')[:20]}{series[:20]}"[:70],
                "InvoicesCount": "1",
                **totals.batch(sums),
                "InvoiceCurrencyCode": currency,
            },
        },
        "Parties": {
            "SellerParty": sold,
            "BuyerParty": party.buyer(invoice.buyer, units),
        },
        "Invoices": {"Invoice": content},
    }


def _issue_data(invoice: Invoice) -> Tree:
    extension = invoice.extensions.facturae if invoice.extensions else None
    issued, taxed = invoice.issue_date, invoice.value_added_tax_point_date
    delivery = invoice.delivery_information
    period = delivery.invoicing_period if delivery else None
    days = (period.start_date, period.end_date) if period else (None, None)
    language = (extension.language if extension else None) or _SPANISH
    currency = invoice.currency_code or ""
    return {
        "IssueDate": issued.isoformat() if issued else "",
        "OperationDate": taxed.isoformat() if taxed else None,
        "InvoicingPeriod": (
            {"StartDate": days[0].isoformat(), "EndDate": days[1].isoformat()}
            if days[0] and days[1]
            else None
        ),
        "InvoiceCurrencyCode": currency,
        "TaxCurrencyCode": invoice.vat_accounting_currency_code or currency,
        "LanguageName": language if language in LANGUAGES else _SPANISH,
        "InvoiceDescription": cut(extension.description, MOST) if extension else None,
        "ReceiverTransactionReference": cut(invoice.purchase_order_reference, 20) or None,
        "FileReference": cut(invoice.tender_or_lot_reference, 20) or None,
        "ReceiverContractReference": cut(invoice.contract_reference, 20) or None,
    }


def read(content: bytes, trace: Trace | None = None) -> Invoice:
    """Return the first invoice of a document.

    Raises:
        UnreadableDocumentError: The document is no Facturae 3.1 to 3.2.2 (3.0 is named), or a
            value breaks the lexical form that its schema gives it.
    """
    return read_element(parse(content), trace)


def read_element(element: etree._Element, trace: Trace | None = None) -> Invoice:
    """Return the first invoice of a parsed document; what it leaves behind is noted."""
    if not root_of(element):
        raise _stranger(element)
    tree = read_tree(element)
    invoice = _invoice_of(tree)
    if trace is not None:
        unread(element, parse(write(invoice)), trace)
    return invoice


def root_of(element: etree._Element) -> bool:
    """Tell whether an element is the root of a Facturae document that is read."""
    name = etree.QName(element)
    return name.localname == ROOT and name.namespace in READ


def is_ours(element: etree._Element) -> bool:
    """Tell whether an element is the root of a Facturae document, or of one that is refused."""
    name = etree.QName(element)
    return name.localname == ROOT and name.namespace in {*READ, *EARLIER}


def _stranger(element: etree._Element) -> UnreadableDocumentError:
    name = etree.QName(element)
    earlier = EARLIER.get(name.namespace or "")
    message = (
        f"The document is Facturae {earlier}; 3.1 to 3.2.2 are read."
        if earlier
        else f"{name.localname} is no Facturae invoice."
    )
    return UnreadableDocumentError("unknown-root", message, element.sourceline, "/*")


def _invoice_of(tree: Read) -> Invoice:
    """Return the invoice of a document; remarks that may not stand are texts like others."""
    try:
        _, found = _values(tree, None)
        with_remarks = _remarked(tree, found) if found else None
        return with_remarks or Invoice.model_validate(_values(tree, None, plain=True)[0])
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(map(str, first["loc"]))
        raise UnreadableDocumentError("invalid-value", f"{where}: {first['msg']}") from None


def _remarked(tree: Read, found: list[Remark]) -> Invoice | None:
    """Return the invoice with its remarks, None when one of them may not stand."""
    told_type = next((one.text for one in found if one.place == "/type_code"), None)
    content = child(tree, "Invoices", "Invoice")
    if told_type is not None and not nature.may_be(told_type, content):
        return None
    values, _ = _values(tree, told_type)
    if not applied(values, found):
        return None
    try:
        return Invoice.model_validate(values)
    except ValidationError:
        return None


def _values(
    tree: Read, told_type: str | None, *, plain: bool = False
) -> tuple[dict[str, Any], list[Remark]]:
    """Return the terms that a document has, and its remarks.

    Args:
        tree: The document.
        told_type: BT-3 as a remark says it.
        plain: Take remarks for text.
    """
    file, content = child(tree, "FileHeader"), child(tree, "Invoices", "Invoice")
    type_code = nature.type_of(file, content)
    sign = nature.sign_of(told_type or type_code)
    data = child(content, "InvoiceIssueData")
    issued, currency = day(data, "IssueDate"), text(data, "InvoiceCurrencyCode")
    tax_currency = text(data, "TaxCurrencyCode")
    due, terms, instructions = payment.take(content, issued)
    rows = children(content, "Items", "InvoiceLine")
    read_lines = [lines.take(row, sign) for row in rows]
    additional = text(content, "AdditionalData", "InvoiceAdditionalInformation")
    note, found = told(additional)
    for one, _ in read_lines:
        one.setdefault("extensions", None)
    if plain:
        note = additional
        for (one, _), row in zip(read_lines, rows, strict=True):
            one["item_description"] = text(row, "AdditionalLineItemInformation")
    period = child(data, "InvoicingPeriod")
    invoicing = filled(start_date=day(period, "StartDate"), end_date=day(period, "EndDate"))
    values = filled(
        number=text(content, "InvoiceHeader", "InvoiceNumber"),
        issue_date=issued,
        type_code=type_code,
        currency_code=currency,
        vat_accounting_currency_code=None if tax_currency == currency else tax_currency,
        value_added_tax_point_date=day(data, "OperationDate"),
        payment_due_date=due,
        payment_terms=terms,
        contract_reference=text(data, "ReceiverContractReference"),
        purchase_order_reference=text(data, "ReceiverTransactionReference"),
        tender_or_lot_reference=text(data, "FileReference"),
        notes=[{"note": note}] if note else [],
        preceding_invoice_references=nature.take_references(content),
        delivery_information=filled(invoicing_period=invoicing),
        payment_instructions=instructions,
        additional_supporting_documents=attachments.take(content),
        lines=[
            {name: one for name, one in line.items() if one is not None} for line, _ in read_lines
        ],
        vat_breakdown=taxes.breakdown(content, rows, sign),
        extensions=filled(facturae=_extension(tree, content, told_type or type_code, sign)),
        **totals.take(content, sign),
    ) | {
        "process_control": {"specification_identifier": NAMESPACE},
        "seller": party.take_seller(child(tree, "Parties", "SellerParty")),
        "buyer": party.take_buyer(child(tree, "Parties", "BuyerParty")),
    }
    values.setdefault("totals", {})
    return values, [*found, *(one for _, of_line in read_lines for one in of_line)]


def _extension(tree: Read, content: Read, type_code: str, sign: int) -> dict[str, Any]:
    """Return what Facturae says beside EN 16931."""
    header, data = child(content, "InvoiceHeader"), child(content, "InvoiceIssueData")
    kind, language = text(header, "InvoiceDocumentType"), text(data, "LanguageName")
    third = child(tree, "FileHeader", "ThirdParty")
    who = child(third, "Individual")
    names = (text(who, one) for one in ("Name", "FirstSurname", "SecondSurname"))
    return filled(
        series_code=text(header, "InvoiceSeriesCode"),
        document_type=None if kind == _ORDINARY else kind,
        third_party_name=(
            text(third, "LegalEntity", "CorporateName") or " ".join(filter(None, names)) or None
        ),
        third_party_number=text(third, "TaxIdentification", "TaxIdentificationNumber"),
        language=None if language == _SPANISH else language,
        description=text(data, "InvoiceDescription"),
        legal_references=texts(content, "LegalLiterals", "LegalReference"),
        administrative_centres=centres.take(child(tree, "Parties", "BuyerParty")),
        corrective=nature.take_corrective(content, type_code),
        **taxes.take_others(content, sign),
    )
