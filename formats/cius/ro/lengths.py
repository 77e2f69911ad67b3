"""How long texts may be: BR-RO-L*, but for BR-RO-L1019, which looks where UBL has nothing.

BR-RO-L1017 and -L1018 speak of reasons (BT-97, BT-104) and measure reason codes; so do we.
"""

from formats.cius.lengths import Limit

_ADDRESSES = (
    # Address, then the rules and terms of line 1, line 2, line 3, city and post code.
    (
        "seller.postal_address",
        *(("BR-RO-L151", "BT-35"), ("BR-RO-L1002", "BT-36"), ("BR-RO-L1003", "BT-162")),
        *(("BR-RO-L0501", "BT-37"), ("BR-RO-L0201", "BT-38")),
    ),
    (
        "buyer.postal_address",
        *(("BR-RO-L152", "BT-50"), ("BR-RO-L1007", "BT-51"), ("BR-RO-L1008", "BT-163")),
        *(("BR-RO-L0502", "BT-52"), ("BR-RO-L0202", "BT-53")),
    ),
    (
        "seller_tax_representative.postal_address",
        *(("BR-RO-L153", "BT-64"), ("BR-RO-L1012", "BT-65"), ("BR-RO-L1013", "BT-164")),
        *(("BR-RO-L0503", "BT-66"), ("BR-RO-L0203", "BT-67")),
    ),
    (
        "delivery_information.deliver_to_address",
        *(("BR-RO-L154", "BT-75"), ("BR-RO-L1014", "BT-76"), ("BR-RO-L1015", "BT-165")),
        *(("BR-RO-L0504", "BT-77"), ("BR-RO-L0204", "BT-78")),
    ),
)
_PARTS = (("line_1", 150), ("line_2", 100), ("line_3", 100), ("city", 50), ("post_code", 20))

LIMITS = (
    *(
        Limit(rule, most, f"{address}.{part}", term)
        for address, *rules in _ADDRESSES
        for (rule, term), (part, most) in zip(rules, _PARTS, strict=True)
    ),
    Limit("BR-RO-L155", 200, "number", "BT-1"),
    Limit("BR-RO-L0302", 200, "contract_reference", "BT-12"),
    Limit("BR-RO-L0303", 200, "purchase_order_reference", "BT-13"),
    Limit("BR-RO-L0304", 200, "sales_order_reference", "BT-14"),
    Limit("BR-RO-L0305", 200, "receiving_advice_reference", "BT-15"),
    Limit("BR-RO-L0306", 200, "despatch_advice_reference", "BT-16"),
    Limit("BR-RO-L0307", 200, "tender_or_lot_reference", "BT-17"),
    Limit("BR-RO-L0308", 200, "invoiced_object_identifier", "BT-18"),
    Limit("BR-RO-L1001", 100, "buyer_accounting_reference", "BT-19"),
    Limit("BR-RO-L301", 300, "payment_terms", "BT-20"),
    Limit("BR-RO-L302", 300, "payment_terms", "BT-20"),
    Limit("BR-RO-L156", 200, "preceding_invoice_references.reference", "BT-25"),
    Limit("BR-RO-L201", 200, "seller.name", "BT-27"),
    Limit("BR-RO-L202", 200, "seller.trading_name", "BT-28"),
    Limit("BR-RO-L1000", 1000, "seller.additional_legal_information", "BT-33"),
    Limit("BR-RO-L1004", 100, "seller.contact.point", "BT-41"),
    Limit("BR-RO-L1005", 100, "seller.contact.telephone_number", "BT-42"),
    Limit("BR-RO-L1006", 100, "seller.contact.email_address", "BT-43"),
    Limit("BR-RO-L203", 200, "buyer.name", "BT-44"),
    Limit("BR-RO-L204", 200, "buyer.trading_name", "BT-45"),
    Limit("BR-RO-L1009", 100, "buyer.contact.point", "BT-56"),
    Limit("BR-RO-L1010", 100, "buyer.contact.telephone_number", "BT-57"),
    Limit("BR-RO-L1011", 100, "buyer.contact.email_address", "BT-58"),
    Limit("BR-RO-L205", 200, "payee.name", "BT-59"),
    Limit("BR-RO-L206", 200, "seller_tax_representative.name", "BT-62"),
    Limit("BR-RO-L207", 200, "delivery_information.deliver_to_party_name", "BT-70"),
    Limit("BR-RO-L1016", 100, "payment_instructions.payment_means_text", "BT-82"),
    Limit("BR-RO-L140", 140, "payment_instructions.remittance_information", "BT-83"),
    Limit(
        "BR-RO-L208", 200, "payment_instructions.credit_transfers.payment_account_name", "BT-85"
    ),
    Limit("BR-RO-L209", 200, "payment_instructions.payment_card_information.holder_name", "BT-88"),
    Limit("BR-RO-L1017", 100, "document_level_allowances.reason_code", "BT-98"),
    Limit("BR-RO-L1018", 100, "document_level_charges.reason_code", "BT-105"),
    Limit("BR-RO-L0308", 200, "additional_supporting_documents.reference", "BT-122"),
    Limit("BR-RO-L1020", 100, "additional_supporting_documents.description", "BT-123"),
    Limit(
        "BR-RO-L210", 200, "additional_supporting_documents.external_document_location", "BT-124"
    ),
    Limit(
        "BR-RO-L211", 200, "additional_supporting_documents.attached_document.filename", "BT-125"
    ),
    Limit("BR-RO-L303", 300, "lines.note", "BT-127"),
    Limit("BR-RO-L302", 300, "lines.note", "BT-127"),
    Limit("BR-RO-L1021", 100, "lines.buyer_accounting_reference", "BT-133"),
    Limit("BR-RO-L1022", 100, "lines.allowances.reason", "BT-139"),
    Limit("BR-RO-L1023", 100, "lines.charges.reason", "BT-144"),
    Limit("BR-RO-L1024", 100, "lines.item_name", "BT-153"),
    Limit("BR-RO-L212", 200, "lines.item_description", "BT-154"),
    Limit("BR-RO-L0505", 50, "lines.item_attributes.name", "BT-160"),
    Limit("BR-RO-L1025", 100, "lines.item_attributes.value", "BT-161"),
)
