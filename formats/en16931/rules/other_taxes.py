"""An invoice about another tax than VAT, as EN 16931 sees it."""

from formats.en16931.model import Invoice

_NO_CATEGORY = {"vat_category_code": None, "vat_rate": None}
_NO_ROW = {
    "category_code": None,
    "category_rate": None,
    "exemption_reason_text": None,
    "exemption_reason_code": None,
}


def as_en16931(invoice: Invoice) -> Invoice:
    """Return the invoice without the terms that would be about VAT, when it is about another tax.

    Its number for that tax (IBT-031) is a tax registration (BT-32) then; categories of other
    taxes are no business terms of EN 16931.
    """
    if invoice.extensions is None or invoice.extensions.tax_scheme is None:
        return invoice
    seller, representative = invoice.seller, invoice.seller_tax_representative
    number = seller.vat_identifier or seller.tax_registration_identifier
    return invoice.model_copy(
        update={
            "seller": seller.model_copy(
                update={"vat_identifier": None, "tax_registration_identifier": number}
            ),
            "buyer": invoice.buyer.model_copy(update={"vat_identifier": None}),
            "seller_tax_representative": representative
            and representative.model_copy(update={"vat_identifier": None}),
            "lines": tuple(line.model_copy(update=_NO_CATEGORY) for line in invoice.lines),
            "document_level_allowances": tuple(
                entry.model_copy(update=_NO_CATEGORY)
                for entry in invoice.document_level_allowances
            ),
            "document_level_charges": tuple(
                entry.model_copy(update=_NO_CATEGORY) for entry in invoice.document_level_charges
            ),
            "vat_breakdown": tuple(
                row.model_copy(update=_NO_ROW) for row in invoice.vat_breakdown
            ),
        }
    )
