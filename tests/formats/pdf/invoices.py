"""Invoices to look at: one that a shop would send, one with every kind of content."""

from typing import Any

from formats.en16931.model import Invoice

_PARTIES: dict[str, Any] = {
    "seller": {
        "name": "Jadran Oprema d.o.o.",
        "trading_name": "Jadran Yachting",
        "vat_identifier": "SI12345678",
        "legal_registration_identifier": "5432109000",
        "electronic_address": {"value": "SI12345678", "scheme_identifier": "9949"},
        "additional_legal_information": "Osnovni kapital 7.500 EUR, vpisan pri sodišču v Kopru",
        "postal_address": {
            "line_1": "Obala 114",
            "city": "Portorož",
            "post_code": "6320",
            "country_code": "SI",
        },
        "contact": {
            "point": "Prodaja",
            "telephone_number": "+386 5 555 01 00",
            "email_address": "prodaja@jadran.example",
        },
    },
    "buyer": {
        "name": "Müller & Söhne Bootsbau GmbH",
        "vat_identifier": "DE123456789",
        "electronic_address": {"value": "DE123456789", "scheme_identifier": "9930"},
        "postal_address": {
            "line_1": "Hafenstraße 12",
            "city": "Hamburg",
            "post_code": "20457",
            "country_code": "DE",
        },
        "contact": {"point": "Einkauf", "email_address": "einkauf@bootsbau.example"},
    },
}

_LINES = [
    ("1", "Winch, two-speed, self-tailing", "4", "C62", "612.50", "2450.00", "22"),
    ("2", "Braided rope 12 mm", "150.5", "MTR", "3.845", "578.67", "22"),
    ("3", "Rigging and sea trial", "16", "HUR", "78.00", "1248.00", "22"),
    ("4", "Handbook „Trim und Tuning“", "10", "C62", "24.90", "249.00", "5"),
]

TYPICAL = Invoice.model_validate(
    _PARTIES
    | {
        "number": "2026-000117",
        "issue_date": "2026-11-20",
        "type_code": "380",
        "currency_code": "EUR",
        "payment_due_date": "2026-12-20",
        "buyer_reference": "PO-HH/4711",
        "purchase_order_reference": "4500012345",
        "payment_terms": "30 days net, 2 % discount within 10 days.",
        "delivery_information": {
            "actual_delivery_date": "2026-11-17",
            "invoicing_period": {"start_date": "2026-11-01", "end_date": "2026-11-17"},
        },
        "notes": [{"note": "Thank you for sailing with us.\nClaims within eight days."}],
        "payment_instructions": [
            {
                "payment_means_type_code": "58",
                "remittance_information": "SI00 2026-117",
                "credit_transfers": [
                    {
                        "payment_account_identifier": "SI56192001234567892",
                        "payment_service_provider_identifier": "SZKBSI2XXXX",
                    }
                ],
            }
        ],
        "document_level_allowances": [
            {
                "amount": "100.00",
                "reason": "Loyalty",
                "vat_category_code": "S",
                "vat_rate": "22",
            }
        ],
        "lines": [
            {
                "identifier": number,
                "item_name": name,
                "invoiced_quantity": quantity,
                "unit_code": unit,
                "item_net_price": price,
                "net_amount": amount,
                "vat_category_code": "S",
                "vat_rate": rate,
            }
            | (
                {
                    "item_sellers_identifier": "W-44",
                    "item_attributes": [{"name": "Material", "value": "Bronze"}],
                }
                if number == "1"
                else {}
            )
            for number, name, quantity, unit, price, amount, rate in _LINES
        ],
        "vat_breakdown": [
            {
                "category_taxable_amount": "4176.67",
                "category_tax_amount": "918.87",
                "category_code": "S",
                "category_rate": "22",
            },
            {
                "category_taxable_amount": "249.00",
                "category_tax_amount": "12.45",
                "category_code": "S",
                "category_rate": "5",
            },
        ],
        "totals": {
            "sum_of_line_net_amounts": "4525.67",
            "sum_of_allowances": "100.00",
            "total_without_vat": "4425.67",
            "total_vat": "931.32",
            "total_with_vat": "5356.99",
            "amount_due": "5356.99",
        },
    }
)
"""A trader's invoice in euro: lines of several units, two rates, a discount, a bank transfer."""

_ADDRESS = {
    "line_1": "Calle Mayor 5",
    "line_2": "Edificio Norte",
    "line_3": "Planta 3",
    "city": "Bilbao",
    "post_code": "48001",
    "country_subdivision": "Bizkaia",
    "country_code": "ES",
}

RICH = Invoice.model_validate(
    TYPICAL.model_dump(mode="json", exclude_none=True)
    | {
        "type_code": "381",
        "currency_code": "USD",
        "vat_accounting_currency_code": "EUR",
        "value_added_tax_point_date_code": "35",
        "project_reference": "Refit 2026",
        "contract_reference": "C-77",
        "despatch_advice_reference": "DA-5",
        "invoiced_object_identifier": {"value": "HULL-9", "scheme_identifier": "ABZ"},
        "buyer_accounting_reference": "4000-12",
        "preceding_invoice_references": [
            {"reference": "2026-000090", "issue_date": "2026-09-30"},
            {"reference": "2026-000091"},
        ],
        "notes": [
            {"subject_code": "AAK", "note": "Discount agreement of 2 January applies."},
            {"note": "Goods remain ours until paid."},
        ],
        "payee": {
            "name": "Factoring AG",
            "identifier": {"value": "4098765000000", "scheme_identifier": "0088"},
        },
        "seller_tax_representative": {
            "name": "Representante Fiscal SL",
            "vat_identifier": "ESB12345678",
            "postal_address": _ADDRESS,
        },
        "delivery_information": {
            "deliver_to_party_name": "Werft Nord",
            "deliver_to_location_identifier": {"value": "LOC-1", "scheme_identifier": "0088"},
            "actual_delivery_date": "2026-11-17",
            "deliver_to_address": _ADDRESS | {"line_1": "Kai 4", "city": "Kiel"},
        },
        "payment_instructions": [
            {
                "payment_means_type_code": "59",
                "payment_means_text": "SEPA Core",
                "direct_debit": {
                    "mandate_reference_identifier": "M-2026-5",
                    "bank_assigned_creditor_identifier": "SI56ZZZ12345678",
                    "debited_account_identifier": "DE89370400440532013000",
                },
            },
            {
                "payment_means_type_code": "48",
                "payment_card_information": {
                    "primary_account_number": "411111******1111",
                    "holder_name": "Erika Müller",
                },
            },
        ],
        "document_level_charges": [
            {
                "amount": "35.00",
                "base_amount": "350.00",
                "percentage": "10",
                "reason": "Freight",
                "reason_code": "FC",
                "vat_category_code": "K",
                "vat_rate": "0",
            }
        ],
        "additional_supporting_documents": [
            {
                "reference": "TS-1",
                "description": "Time sheet",
                "attached_document": {
                    "content": "JVBERi0=",
                    "mime_code": "application/pdf",
                    "filename": "timesheet.pdf",
                },
            },
            {"reference": "WWW", "external_document_location": "https://jadran.example/doc/1"},
        ],
        "lines": [
            {
                "identifier": "1",
                "item_name": "Winch, two-speed, self-tailing",
                "item_description": "Chromed bronze, 44 mm drum.\nWith handle and base plate.",
                "note": "Replaces W-43",
                "invoiced_quantity": "4",
                "unit_code": "C62",
                "item_net_price": "612.50",
                "item_gross_price": "650.00",
                "item_price_discount": "37.50",
                "item_price_base_quantity": "1",
                "item_price_base_quantity_unit_code": "C62",
                "net_amount": "2425.00",
                "vat_category_code": "K",
                "vat_rate": "0",
                "item_sellers_identifier": "W-44",
                "item_buyers_identifier": "B-900",
                "item_standard_identifier": {
                    "value": "4012345678901",
                    "scheme_identifier": "0160",
                },
                "item_classification_identifiers": [
                    {
                        "value": "25174900",
                        "scheme_identifier": "TST",
                        "scheme_version_identifier": "23",
                    }
                ],
                "item_country_of_origin": "IT",
                "item_attributes": [{"name": "Material", "value": "Bronze"}],
                "period": {"start_date": "2026-11-01", "end_date": "2026-11-30"},
                "referenced_purchase_order_line_reference": "10",
                "object_identifier": {"value": "SER-1", "scheme_identifier": "ABT"},
                "buyer_accounting_reference": "4000-13",
                "allowances": [
                    {
                        "amount": "49.00",
                        "base_amount": "2450.00",
                        "percentage": "2",
                        "reason": "Bulk",
                        "reason_code": "95",
                    }
                ],
                "charges": [{"amount": "24.00", "reason": "Engraving", "reason_code": "AA"}],
            }
        ],
        "vat_breakdown": [
            {
                "category_taxable_amount": "2360.00",
                "category_tax_amount": "0.00",
                "category_code": "K",
                "category_rate": "0",
                "exemption_reason_text": "Intra-Community supply",
                "exemption_reason_code": "VATEX-EU-IC",
            }
        ],
        "totals": {
            "sum_of_line_net_amounts": "2425.00",
            "sum_of_allowances": "100.00",
            "sum_of_charges": "35.00",
            "total_without_vat": "2360.00",
            "total_vat": "0.00",
            "total_vat_in_accounting_currency": "0.00",
            "total_with_vat": "2360.00",
            "paid_amount": "60.00",
            "rounding_amount": "0.05",
            "amount_due": "2300.05",
        },
        "process_control": {
            "business_process_type": "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
            "specification_identifier": "urn:cen.eu:en16931:2017",
        },
    }
)
"""A credit note in another currency that has something in nearly every group."""

LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 60">
<path d="M10 50 L40 6 L40 50 Z" fill="#0b6e99"/><path d="M44 50 L44 16 L68 50 Z" fill="#f2a33a"/>
<path d="M6 54 H74" stroke="#0b6e99" stroke-width="4"/>
<circle cx="100" cy="30" r="12" fill="#0b6e99"/><rect x="122" y="18" width="80" height="8"
 fill="#0b6e99"/><rect x="122" y="34" width="56" height="8" fill="#f2a33a"/></svg>"""
"""A logo of shapes: no type, so that it looks the same wherever it is drawn."""
