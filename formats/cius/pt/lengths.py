"""How long texts may be: DT-CIUS-PT-*, most of them.

The set matches `^(.{1,n})$`: at least one character, no more than n, and all on one line.
"""

from formats.cius.lengths import Limit

_PARTS = ("line_1", "line_2", "line_3", "city", "post_code", "country_subdivision")

# Address, the rule of its first line (the others count on from there), and the terms.
_ADDRESSES = (
    ("seller.postal_address", 33, (35, 36, 162, 37, 38, 39)),
    ("buyer.postal_address", 48, (50, 51, 163, 52, 53, 54)),
    ("seller_tax_representative.postal_address", 62, (64, 65, 164, 66, 67, 68)),
    ("delivery_information.deliver_to_address", 73, (75, 76, 165, 77, 78, 79)),
)


def _limit(number: str, most: int, path: str, term: str) -> Limit:
    return Limit(f"DT-CIUS-PT-{number}", most, path, term)


LIMITS = (
    *(
        _limit(f"{first + offset:03}", 200, f"{address}.{part}", f"BT-{term}")
        for address, first, terms in _ADDRESSES
        for offset, (part, term) in enumerate(zip(_PARTS, terms, strict=True))
    ),
    _limit("001", 50, "number", "BT-1"),
    _limit("009", 50, "buyer_reference", "BT-10"),
    _limit("011", 20, "contract_reference", "BT-12"),
    _limit("012", 20, "purchase_order_reference", "BT-13"),
    _limit("013", 20, "sales_order_reference", "BT-14"),
    _limit("014", 20, "receiving_advice_reference", "BT-15"),
    _limit("015", 20, "despatch_advice_reference", "BT-16"),
    _limit("016", 20, "tender_or_lot_reference", "BT-17"),
    _limit("017.1", 50, "invoiced_object_identifier", "BT-18"),
    _limit("018", 50, "buyer_accounting_reference", "BT-19"),
    _limit("019", 200, "payment_terms", "BT-20"),
    _limit("021", 50, "process_control.business_process_type", "BT-23"),
    _limit("023", 50, "preceding_invoice_references.reference", "BT-25"),
    _limit("025", 200, "seller.name", "BT-27"),
    _limit("026", 200, "seller.trading_name", "BT-28"),
    _limit("027.1", 50, "seller.identifiers", "BT-29"),
    _limit("028.1", 200, "seller.legal_registration_identifier", "BT-30"),
    _limit("030", 50, "seller.vat_identifier", "BT-31"),
    _limit("030", 50, "seller.tax_registration_identifier", "BT-32"),
    _limit("031", 200, "seller.additional_legal_information", "BT-33"),
    _limit("032.1", 50, "seller.electronic_address", "BT-34"),
    _limit("039", 200, "seller.contact.point", "BT-41"),
    _limit("040", 200, "seller.contact.telephone_number", "BT-42"),
    _limit("041", 200, "seller.contact.email_address", "BT-43"),
    _limit("042", 200, "buyer.name", "BT-44"),
    _limit("043", 200, "buyer.trading_name", "BT-45"),
    _limit("044.1", 50, "buyer.identifier", "BT-46"),
    _limit("045.1", 50, "buyer.legal_registration_identifier", "BT-47"),
    _limit("046.2", 50, "buyer.vat_identifier", "BT-48"),
    _limit("047.1", 50, "buyer.electronic_address", "BT-49"),
    _limit("054", 200, "buyer.contact.point", "BT-56"),
    _limit("055", 200, "buyer.contact.telephone_number", "BT-57"),
    _limit("056", 200, "buyer.contact.email_address", "BT-58"),
    _limit("057", 200, "payee.name", "BT-59"),
    _limit("058.1", 50, "payee.identifier", "BT-60"),
    _limit("059.1", 50, "payee.legal_registration_identifier", "BT-61"),
    _limit("060", 200, "seller_tax_representative.name", "BT-62"),
    _limit("061.2", 50, "seller_tax_representative.vat_identifier", "BT-63"),
    _limit("068", 200, "delivery_information.deliver_to_party_name", "BT-70"),
    _limit("069.1", 50, "delivery_information.deliver_to_location_identifier", "BT-71"),
    _limit("079.3", 150, "payment_instructions.payment_means_text", "BT-82"),
    _limit("081", 50, "payment_instructions.credit_transfers.payment_account_identifier", "BT-84"),
    _limit("082", 200, "payment_instructions.credit_transfers.payment_account_name", "BT-85"),
    _limit(
        "083",
        50,
        "payment_instructions.credit_transfers.payment_service_provider_identifier",
        "BT-86",
    ),
    _limit(
        "084.1",
        200,
        "payment_instructions.payment_card_information.primary_account_number",
        "BT-87",
    ),
    _limit("085", 200, "payment_instructions.payment_card_information.holder_name", "BT-88"),
    _limit("086", 50, "payment_instructions.direct_debit.mandate_reference_identifier", "BT-89"),
    _limit("087", 50, "payment_instructions.direct_debit.debited_account_identifier", "BT-91"),
    _limit("107", 200, "vat_breakdown.exemption_reason_text", "BT-120"),
    _limit("108", 5, "vat_breakdown.exemption_reason_code", "BT-121"),
    _limit("017.1", 50, "additional_supporting_documents.reference", "BT-122"),
    _limit("109", 200, "additional_supporting_documents.description", "BT-123"),
    _limit("110", 200, "additional_supporting_documents.external_document_location", "BT-124"),
    _limit("113", 50, "additional_supporting_documents.attached_document.filename", "BT-125"),
    _limit("114.1", 50, "lines.identifier", "BT-126"),
    _limit("115", 500, "lines.note", "BT-127"),
    _limit("116.1", 50, "lines.object_identifier", "BT-128"),
    _limit("119", 20, "lines.referenced_purchase_order_line_reference", "BT-132"),
    _limit("120", 200, "lines.buyer_accounting_reference", "BT-133"),
    _limit("126", 200, "lines.allowances.reason", "BT-139"),
    _limit("126", 200, "lines.charges.reason", "BT-144"),
    _limit("133", 200, "lines.item_name", "BT-153"),
    _limit("134", 200, "lines.item_description", "BT-154"),
    _limit("135", 50, "lines.item_sellers_identifier", "BT-155"),
    _limit("136", 50, "lines.item_buyers_identifier", "BT-156"),
    _limit("137.1", 50, "lines.item_standard_identifier", "BT-157"),
    _limit("138.1", 50, "lines.item_classification_identifiers", "BT-158"),
    _limit("139", 200, "lines.item_attributes.name", "BT-160"),
    _limit("140", 200, "lines.item_attributes.value", "BT-161"),
)
