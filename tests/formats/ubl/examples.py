"""Invoices of our own that between them use every business term; the golden files show them."""

from typing import Any

from formats.en16931 import Invoice


def full_invoice() -> Invoice:
    """Return an invoice with every term that an Invoice can carry and the rules allow together."""
    return Invoice.model_validate(_INVOICE)


def credit_note() -> Invoice:
    """Return a credit note with the terms that a CreditNote keeps elsewhere than an Invoice."""
    return Invoice.model_validate(_INVOICE | _CREDIT_NOTE)


def direct_debit() -> Invoice:
    """Return a reverse charge invoice paid by direct debit, without anything optional."""
    return Invoice.model_validate(_DIRECT_DEBIT)


_ADDRESS = {
    "line_1": "Trg 1",
    "line_2": "2. nadstropje",
    "line_3": "Dvorišče",
    "city": "Ljubljana",
    "post_code": "1000",
    "country_subdivision": "Osrednjeslovenska",
    "country_code": "SI",
}

_PEPPOL = {
    "business_process_type": "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
    "specification_identifier": (
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    ),
}

_SELLER = {
    "name": "Prodajalec & sinovi d.o.o.",
    "trading_name": "Prodajalec",
    "identifiers": [{"value": "4035811991014", "scheme_identifier": "0088"}, "1234"],
    "legal_registration_identifier": {"value": "1234567000", "scheme_identifier": "0223"},
    "vat_identifier": "SI50223054",
    "tax_registration_identifier": "50223054",
    "additional_legal_information": "Osnovni kapital 7.500 EUR, <sodni> register",
    "electronic_address": {"value": "SI50223054", "scheme_identifier": "9949"},
    "postal_address": _ADDRESS,
    "contact": {
        "point": "Računovodstvo",
        "telephone_number": "+386 1 000 00 00",
        "email_address": "racuni@example.org",
    },
}

_BUYER = {
    "name": 'Buyer "B" BV',
    "trading_name": "Buyer",
    "identifier": {"value": "4035811991021", "scheme_identifier": "0088"},
    "legal_registration_identifier": {"value": "12345678", "scheme_identifier": "0106"},
    "vat_identifier": "NL123456789B13",
    "electronic_address": {"value": "4035811991021", "scheme_identifier": "0088"},
    "postal_address": _ADDRESS | {"country_code": "NL"},
    "contact": {
        "point": "Crediteuren",
        "telephone_number": "+31 30 000 00 00",
        "email_address": "inkoop@example.org",
    },
}

_LINE = {
    "identifier": "1",
    "note": "First line.\nSecond line.",
    "object_identifier": {"value": "METER-1", "scheme_identifier": "ABT"},
    "invoiced_quantity": "3.000",
    "unit_code": "HUR",
    "net_amount": "297.00",
    "referenced_purchase_order_line_reference": "10",
    "buyer_accounting_reference": "4000",
    "period": {"start_date": "2026-10-01", "end_date": "2026-10-31"},
    "allowances": [
        {
            "amount": "13.50",
            "base_amount": "270.00",
            "percentage": "5",
            "reason": "Loyalty",
            "reason_code": "95",
        }
    ],
    "charges": [
        {
            "amount": "40.50",
            "base_amount": "270.00",
            "percentage": "15",
            "reason": "Night",
            "reason_code": "ABL",
        }
    ],
    "item_net_price": "180.00",
    "item_price_discount": "20.00",
    "item_gross_price": "200.00",
    "item_price_base_quantity": "2",
    "item_price_base_quantity_unit_code": "HUR",
    "vat_category_code": "S",
    "vat_rate": "22",
    "item_name": "Svetovanje",
    "item_description": "Consulting > 1 day",
    "item_sellers_identifier": "S-1",
    "item_buyers_identifier": "B-1",
    "item_standard_identifier": {"value": "4035811611012", "scheme_identifier": "0160"},
    "item_classification_identifiers": [
        {"value": "80101500", "scheme_identifier": "TST", "scheme_version_identifier": "25"},
        {"value": "85", "scheme_identifier": "STI"},
    ],
    "item_country_of_origin": "SI",
    "item_attributes": [{"name": "Level", "value": "Senior"}, {"name": "Site", "value": "A"}],
}

_INVOICE: dict[str, Any] = {
    "number": "2026-001",
    "issue_date": "2026-11-20",
    "type_code": "380",
    "currency_code": "EUR",
    "vat_accounting_currency_code": "CZK",
    "value_added_tax_point_date_code": "35",
    "payment_due_date": "2026-12-20",
    "buyer_reference": "Dept 4",
    "project_reference": "P-11",
    "contract_reference": "C-12",
    "purchase_order_reference": "PO-13",
    "sales_order_reference": "SO-14",
    "receiving_advice_reference": "RA-15",
    "despatch_advice_reference": "DA-16",
    "tender_or_lot_reference": "TL-17",
    "invoiced_object_identifier": {"value": "OBJ-18", "scheme_identifier": "ABT"},
    "buyer_accounting_reference": "4000:19",
    "payment_terms": "30 days net",
    "notes": [{"subject_code": "AAI", "note": "Read #1 & <keep>"}],
    "process_control": _PEPPOL,
    "preceding_invoice_references": [
        {"reference": "2026-000", "issue_date": "2026-11-01"},
        {"reference": "2025-999"},
    ],
    "seller": _SELLER,
    "buyer": _BUYER,
    "payee": {
        "name": "Factor d.d.",
        "identifier": {"value": "4035811991038", "scheme_identifier": "0088"},
        "legal_registration_identifier": {"value": "7654321000", "scheme_identifier": "0223"},
    },
    "seller_tax_representative": {
        "name": "Zastopnik d.o.o.",
        "vat_identifier": "SI15012557",
        "postal_address": _ADDRESS,
    },
    "delivery_information": {
        "deliver_to_party_name": "Warehouse",
        "deliver_to_location_identifier": {
            "value": "4035811991045",
            "scheme_identifier": "0088",
        },
        "actual_delivery_date": "2026-11-15",
        "invoicing_period": {"start_date": "2026-10-01", "end_date": "2026-10-31"},
        "deliver_to_address": _ADDRESS | {"country_code": "NL"},
    },
    "payment_instructions": [
        {
            "payment_means_type_code": "30",
            "payment_means_text": "Credit transfer",
            "remittance_information": "SI00 2026-001",
            "credit_transfers": [
                {
                    "payment_account_identifier": "SI56192001234567892",
                    "payment_account_name": "Prodajalec",
                    "payment_service_provider_identifier": "LJBASI2X",
                },
                {"payment_account_identifier": "SI56020170014356205"},
            ],
        }
    ],
    "document_level_allowances": [
        {
            "amount": "29.70",
            "base_amount": "297.00",
            "percentage": "10",
            "vat_category_code": "S",
            "vat_rate": "22",
            "reason": "Discount",
            "reason_code": "95",
        }
    ],
    "document_level_charges": [
        {
            "amount": "12.70",
            "base_amount": "127.00",
            "percentage": "10",
            "vat_category_code": "E",
            "vat_rate": "0",
            "reason": "Insurance",
            "reason_code": "AEO",
        }
    ],
    "totals": {
        "sum_of_line_net_amounts": "297.00",
        "sum_of_allowances": "29.70",
        "sum_of_charges": "12.70",
        "total_without_vat": "280.00",
        "total_vat": "58.81",
        "total_vat_in_accounting_currency": "1470.25",
        "total_with_vat": "338.81",
        "paid_amount": "100.00",
        "rounding_amount": "0.19",
        "amount_due": "239.00",
    },
    "vat_breakdown": [
        {
            "category_taxable_amount": "267.30",
            "category_tax_amount": "58.81",
            "category_code": "S",
            "category_rate": "22",
        },
        {
            "category_taxable_amount": "12.70",
            "category_tax_amount": "0.00",
            "category_code": "E",
            "category_rate": "0",
            "exemption_reason_text": "Exempt: Article 132(1)(a)",
            "exemption_reason_code": "VATEX-EU-132-1A",
        },
    ],
    "additional_supporting_documents": [
        {
            "reference": "TS-1",
            "description": "Time sheet",
            "attached_document": {
                "content": "aGVsbG8=",
                "mime_code": "text/csv",
                "filename": "time & sheet.csv",
            },
        },
        {"reference": "WEB-1", "external_document_location": "https://example.org/?a=1&b=2"},
    ],
    "lines": [_LINE],
}

_CREDIT_NOTE: dict[str, Any] = {
    "number": "2026-002",
    "type_code": "381",
    "value_added_tax_point_date_code": None,
    "value_added_tax_point_date": "2026-11-18",
}

_DIRECT_DEBIT: dict[str, Any] = {
    "number": "2026-003",
    "issue_date": "2026-11-20",
    "type_code": "380",
    "currency_code": "EUR",
    "payment_due_date": "2026-12-20",
    "buyer_reference": "Dept 4",
    "sales_order_reference": "SO-14",
    "process_control": _PEPPOL,
    "seller": {
        "name": "Prodajalec d.o.o.",
        "vat_identifier": "SI50223054",
        "electronic_address": {"value": "SI50223054", "scheme_identifier": "9949"},
        "postal_address": {"country_code": "SI"},
    },
    "buyer": {
        "name": "Buyer BV",
        "vat_identifier": "NL123456789B13",
        "electronic_address": {"value": "4035811991021", "scheme_identifier": "0088"},
        "postal_address": {"country_code": "NL"},
    },
    "payment_instructions": [
        {
            "payment_means_type_code": "59",
            "direct_debit": {
                "mandate_reference_identifier": "MANDATE-1",
                "bank_assigned_creditor_identifier": "SI98ZZZ12345678",
                "debited_account_identifier": "NL91ABNA0417164300",
            },
        }
    ],
    "totals": {
        "sum_of_line_net_amounts": "100.00",
        "total_without_vat": "100.00",
        "total_vat": "0.00",
        "total_with_vat": "100.00",
        "amount_due": "100.00",
    },
    "vat_breakdown": [
        {
            "category_taxable_amount": "100.00",
            "category_tax_amount": "0.00",
            "category_code": "AE",
            "category_rate": "0",
            "exemption_reason_text": "Reverse charge",
        }
    ],
    "lines": [
        {
            "identifier": "1",
            "invoiced_quantity": "1",
            "unit_code": "C62",
            "net_amount": "100.00",
            "item_net_price": "100.00",
            "vat_category_code": "AE",
            "vat_rate": "0",
            "item_name": "Design",
        }
    ],
}
